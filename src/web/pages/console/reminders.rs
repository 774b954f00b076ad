//! Reminders of a round: how many got one, and when. Never who.

use crate::{store::StoredLetterRun, web::i18n::Locale};

/// A row for each reminder.
pub fn rows(locale: Locale, runs: &[StoredLetterRun]) -> impl Iterator<Item = (String, String)> + use<'_> {
    runs.iter().filter(|run| run.number > 0).map(move |run| {
        let when = locale.date_and_time(run.made_at);
        let text = locale.fill("console-reminder-text").with("letters", run.letters).with("when", when);
        (locale.fill("console-reminder").with("number", run.number).plain(), text.plain())
    })
}
