//! One respondent's checked answers; only `Questionnaire` can make one.
