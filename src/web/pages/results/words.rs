//! Sentences about figures and changes, made by rule in each language (people specification, 5.2). A
//! sentence never says that an index "has increased" alone; direction, interval and number of answers
//! stand beside every value, and what to bear in mind beside every change.

mod change;
mod figure;
mod group;

use std::collections::BTreeSet;

pub use change::{Change, change};
pub use figure::{Figure, figure, level, shown};
pub use group::group;

use crate::{
    questionnaire::Direction,
    stats::compare::{Class, Reason},
    survey::{
        area::Redrawn,
        breaks::Declaration,
        release::{Notice, Unit},
        staff::Organisation,
    },
    web::i18n::Locale,
};

/// Most items that a reason names one by one.
const MOST_ITEMS: usize = 4;

/// Which way is better, as a sentence.
#[must_use]
pub fn direction(locale: Locale, direction: Direction) -> String {
    match direction {
        Direction::HigherBetter => locale.say("direction-higher"),
        Direction::LowerBetter => locale.say("direction-lower"),
        Direction::Neutral => locale.say("direction-neutral"),
    }
}

/// "procent", "poäng av 100".
#[must_use]
pub fn unit(locale: Locale, unit: Unit) -> String {
    match unit {
        Unit::Percent => locale.say("unit-percent"),
        Unit::Points => locale.say("unit-points"),
        Unit::Steps => locale.say("unit-steps"),
    }
}

/// Key of a unit in the locales' selectors.
const fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        Unit::Steps => "steps",
    }
}

/// What a release has to say of itself everywhere.
#[must_use]
pub fn notice(locale: Locale, notice: Notice) -> String {
    match notice {
        Notice::Demo => locale.say("notice-demo"),
        Notice::PartialGate => locale.say("notice-gate"),
        Notice::Unweighted => locale.say("notice-unweighted"),
        Notice::Unsigned => locale.say("notice-unsigned"),
    }
}

/// The organisation in the reader's language.
#[must_use]
pub fn organisation(locale: Locale, organisation: Organisation) -> String {
    match organisation {
        Organisation::Kommun => locale.say("organisation-kommun"),
        Organisation::Polis => locale.say("organisation-polis"),
    }
}

/// That a round was held on older areas than its figures are for.
#[must_use]
pub fn redrawn(locale: Locale, redrawn: &Redrawn) -> String {
    let phrase = locale.fill("facts-redrawn").with("from", redrawn.from.to_string());
    phrase.with("to", redrawn.to.to_string()).to_string()
}

/// A whole number.
#[must_use]
pub fn count(locale: Locale, n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    locale.number(n as f64, 0)
}

/// Each text once, in order.
pub(in crate::web::pages) fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}

/// The words of a code.
fn coded(locale: Locale, code: &str) -> String {
    locale.fill("reason").with("code", code.to_owned()).to_string()
}

/// Why two rounds differ in what they mean, each code once with its items and with what a person has
/// said of it.
#[must_use]
pub fn reasons<'s>(
    locale: Locale,
    found: &[&Reason],
    said_of: impl Fn(&Reason) -> Option<&'s Declaration>,
) -> Vec<String> {
    let alike = |one: &Reason, other: &Reason| {
        (&one.code, one.class, &one.declared) == (&other.code, other.class, &other.declared)
    };
    let first = |place: usize| !found[..place].iter().any(|before| alike(before, found[place]));
    let texts = (0..found.len()).filter(|&place| first(place)).map(|place| {
        let of = found[place..].iter().filter(|other| alike(found[place], other));
        let items = distinct(of.filter_map(|reason| reason.item.clone()));
        told(locale, found[place], &items, said_of(found[place]))
    });
    distinct(texts)
}

fn told(locale: Locale, reason: &Reason, items: &[String], said: Option<&Declaration>) -> String {
    let mut text = coded(locale, &reason.code);
    if items.len() > MOST_ITEMS {
        text = locale.fill("reason-of-items").with("reason", text).with("count", items.len()).to_string();
    } else if !items.is_empty() {
        text = locale.fill("reason-of-item").with("reason", text).with("items", locale.list(items)).to_string();
    }
    let Some(said) = said else { return text };
    let key = if reason.class == Class::Bridged { "reason-bridged" } else { "reason-declared" };
    locale
        .fill(key)
        .with("reason", text)
        .with("note", said.note.clone())
        .with("person", said.person.name.clone())
        .with("date", locale.date(crate::clock::stockholm_date(said.at)))
        .to_string()
}

#[cfg(test)]
mod tests;
