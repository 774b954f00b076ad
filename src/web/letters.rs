//! The words of letters, from the locales. Setting and writing them is the service's.

use crate::{
    export::letter::{Wording, Words},
    service::letters::Run,
    survey::round::Plan,
    web::i18n::Locale,
};

/// A language of a round that letters have no words in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no texts of letters in {0}; a round whose letters are printed here names other languages")]
pub struct NoWords(pub String);

/// What the letters of a round say, in each of its languages. `contact` is whom people can ask; nothing is
/// said of it where it is empty.
///
/// # Errors
/// [`NoWords`].
pub fn wording(plan: &Plan, run: Run, contact: &str) -> Result<Wording, NoWords> {
    let words = plan.languages.iter().map(|tag| {
        let locale = Locale::of_tag(tag).ok_or_else(|| NoWords(tag.clone()))?;
        Ok(words(locale, plan, run, contact.trim()))
    });
    let sender = plan.organisations.first().cloned().unwrap_or_default();
    Ok(Wording { sender, words: words.collect::<Result<_, _>>()? })
}

fn words(locale: Locale, plan: &Plan, run: Run, contact: &str) -> Words {
    let (title, intro) = match run {
        Run::First { .. } => ("letter-title", "letter-intro"),
        Run::Reminder => ("letter-remind-title", "letter-remind-intro"),
    };
    let intro = locale
        .fill(intro)
        .with("organisations", locale.list(&plan.organisations))
        .with("minutes", plan.minutes)
        .with("date", locale.date(plan.closes_on));
    let mut before = vec![intro.plain()];
    if run == Run::Reminder {
        before.push(locale.say("letter-remind-code"));
    }
    before.push(locale.say("letter-how"));
    let mut after = vec![locale.say("letter-voluntary")];
    if !contact.is_empty() {
        after.push(locale.fill("letter-contact").with("contact", contact.to_owned()).plain());
    }
    Words {
        language: locale.tag().to_owned(),
        right_to_left: locale.dir() == "rtl",
        title: locale.say(title),
        before,
        door: locale.say("letter-door"),
        code: locale.say("letter-code"),
        scanned: locale.say("letter-scanned"),
        after,
        number: locale.say("letter-number"),
        brief: [locale.say("letter-brief"), locale.say("letter-brief-where")],
    }
}
