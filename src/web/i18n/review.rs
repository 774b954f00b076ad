//! Whether somebody competent has approved a file of texts. It says so itself, in its first three lines:
//!
//! ```text
//! ### status: draft
//! ### reviewed_by:
//! ### reviewed_on:
//! ```
//!
//! or `reviewed`, with a name and a date. Nothing else is understood, and what is not understood is a draft.

use chrono::NaiveDate;

/// Why the first lines of a file are not understood.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ReviewFault {
    /// A line is missing or another one.
    #[error("line {0} is `### {1}: …`")]
    Line(usize, &'static str),
    /// The status is neither.
    #[error("the status is `draft` or `reviewed`, not `{0}`")]
    Status(String),
    /// A draft with a reviewer.
    #[error("a draft names no reviewer and no date")]
    DraftWithReviewer,
    /// Reviewed by nobody, or on no day.
    #[error("a reviewed file names who reviewed it, and when as YYYY-MM-DD")]
    Reviewer,
}

const KEYS: [&str; 3] = ["status", "reviewed_by", "reviewed_on"];

/// Whether the first three lines of `text` say that somebody has reviewed it.
///
/// # Errors
/// The first thing that is not as it has to be.
pub(super) fn reviewed(text: &str) -> Result<bool, ReviewFault> {
    let mut lines = text.lines();
    let mut values = [""; 3];
    for (place, (value, key)) in values.iter_mut().zip(KEYS).enumerate() {
        let line = lines.next().and_then(|line| line.strip_prefix("### ")?.strip_prefix(key)?.strip_prefix(':'));
        *value = line.ok_or(ReviewFault::Line(place + 1, key))?.trim();
    }
    match values {
        ["draft", "", ""] => Ok(false),
        ["draft", ..] => Err(ReviewFault::DraftWithReviewer),
        ["reviewed", by, on] if by.is_empty() || NaiveDate::parse_from_str(on, "%Y-%m-%d").is_err() => {
            Err(ReviewFault::Reviewer)
        }
        ["reviewed", ..] => Ok(true),
        [other, ..] => Err(ReviewFault::Status(other.to_owned())),
    }
}

/// Whether the file `text` counts as a draft.
pub(super) fn is_draft(text: &str) -> bool {
    !matches!(reviewed(text), Ok(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: &str, by: &str, on: &str) -> String {
        format!("### status: {status}\n### reviewed_by: {by}\n### reviewed_on: {on}\n\nkey = Text\n")
    }

    #[test]
    fn a_file_is_reviewed_by_somebody_on_a_day_or_a_draft() {
        assert_eq!(reviewed(&head("draft", "", "")), Ok(false));
        assert_eq!(reviewed(&head("reviewed", "Anna Alm", "2027-01-31")), Ok(true));
        assert!(is_draft(&head("draft", "", "")) && !is_draft(&head("reviewed", "Anna Alm", "2027-01-31")));
    }

    #[test]
    fn whatever_else_stands_there_is_a_fault_and_counts_as_a_draft() {
        for (text, fault) in [
            (String::new(), ReviewFault::Line(1, "status")),
            ("key = Text".to_owned(), ReviewFault::Line(1, "status")),
            ("### status: draft\n\n### reviewed_by:".to_owned(), ReviewFault::Line(2, "reviewed_by")),
            ("## status: draft\n".to_owned(), ReviewFault::Line(1, "status")),
            (head("Draft", "", ""), ReviewFault::Status("Draft".to_owned())),
            (head("", "", ""), ReviewFault::Status(String::new())),
            (head("draft", "Anna Alm", ""), ReviewFault::DraftWithReviewer),
            (head("reviewed", "", "2027-01-31"), ReviewFault::Reviewer),
            (head("reviewed", "Anna Alm", ""), ReviewFault::Reviewer),
            (head("reviewed", "Anna Alm", "31 januari"), ReviewFault::Reviewer),
        ] {
            assert_eq!(reviewed(&text), Err(fault), "{text}");
            assert!(is_draft(&text), "{text}");
        }
    }
}
