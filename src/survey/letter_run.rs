//! When letters and reminders may go out: the letters before a round opens, then at most three reminders,
//! a week apart.

use chrono::{DateTime, TimeDelta, Utc};

/// Days between two runs.
pub const DAYS_APART: i64 = 7;
/// Reminders of a round at most.
pub const MOST_REMINDERS: i64 = 3;

/// Why no reminder may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReminder {
    /// Nobody has got a letter.
    #[error("no letters have gone out yet; `trygg letters run` writes them")]
    NoLetters,
    /// The last run is too young.
    #[error("the last letters are of {0}; a reminder may follow {DAYS_APART} days later")]
    TooSoon(DateTime<Utc>),
    /// There were as many as there may be.
    #[error("{MOST_REMINDERS} reminders have gone out, and no more may")]
    Enough,
}

/// The number of the reminder that may go out at `now`, after runs of these numbers and instants, the last
/// one last.
///
/// # Errors
/// [`NoReminder`].
pub fn reminder(last: Option<(i64, DateTime<Utc>)>, now: DateTime<Utc>) -> Result<i64, NoReminder> {
    match last {
        None => Err(NoReminder::NoLetters),
        Some((number, _)) if number >= MOST_REMINDERS => Err(NoReminder::Enough),
        Some((_, made_at)) if now < made_at + TimeDelta::days(DAYS_APART) => Err(NoReminder::TooSoon(made_at)),
        Some((number, _)) => Ok(number + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_reminders_follow_the_letters_a_week_apart() {
        let start: DateTime<Utc> = "2026-09-01T10:00:00Z".parse().unwrap();
        let week = TimeDelta::days(7);
        assert_eq!(reminder(None, start), Err(NoReminder::NoLetters));
        assert_eq!(reminder(Some((0, start)), start + week - TimeDelta::seconds(1)), Err(NoReminder::TooSoon(start)));
        for number in 0..3 {
            assert_eq!(reminder(Some((number, start)), start + week), Ok(number + 1));
        }
        assert_eq!(reminder(Some((3, start)), start + week * 9), Err(NoReminder::Enough));
    }
}
