//! The one maker of a tracing subscriber. Respondent routes leave counts, not lines.
