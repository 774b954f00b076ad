//! A figure in words and as a table shows it: value, interval, answers, marks, direction.

use super::{coded, count, direction, unit_key};
use crate::{
    export::csv::decimals,
    stats::disclosure::PublishedRecord,
    survey::release::{Figures, PublishedMeasure, Shown, Unit, name_in},
    web::i18n::Locale,
};

/// A figure as a table shows it.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// The value with its unit's decimals, or its mark.
    pub value: String,
    /// "23,1–26,4", or empty.
    pub interval: String,
    /// Answers, or empty.
    pub n: String,
    /// Letters of flags, explained below every table.
    pub flags: String,
    /// What mark and flags stand for; empty where there is nothing to say.
    pub note: String,
    /// Whether there is a value.
    pub shown: bool,
}

/// The figure of a record of `release`; nothing is the mark of what does not exist.
#[must_use]
pub fn figure(locale: Locale, release: &Figures, record: Option<&PublishedRecord>, unit: Unit) -> Figure {
    let after: Vec<String> = record.map_or_else(Vec::new, |record| {
        release.breaks_before(record).into_iter().map(|code| coded(locale, code)).collect()
    });
    let flags = record.map_or_else(String::new, |record| release.letters(record));
    told(locale, record.map(Shown::from).as_ref(), unit, flags, &after)
}

/// A record or a change as a table shows it, without the breaks before it.
#[must_use]
pub fn shown(locale: Locale, of: Option<&Shown<'_>>, unit: Unit) -> Figure {
    told(locale, of, unit, of.map_or_else(String::new, |shown| shown.status.to_owned()), &[])
}

pub(super) fn told(locale: Locale, of: Option<&Shown<'_>>, unit: Unit, flags: String, after: &[String]) -> Figure {
    let Some((shown, value)) = of.and_then(|shown| Some((shown, shown.value?))) else {
        let withheld = of.is_some_and(|shown| shown.status == "..");
        let note = if withheld { "figure-withheld" } else { "figure-absent" };
        let mark = if withheld { ".." } else { "." };
        return Figure {
            value: mark.to_owned(),
            interval: String::new(),
            n: String::new(),
            flags: String::new(),
            note: locale.say(note),
            shown: false,
        };
    };
    let decimals = decimals(shown.rounded_to, unit);
    let mut notes = Vec::new();
    if !after.is_empty() {
        notes.push(locale.fill("figure-after-break").with("reasons", locale.list(after)).to_string());
    }
    if flags.contains('i') {
        notes.push(locale.say("figure-nonresponse"));
    }
    if flags.contains('u') {
        notes.push(locale.say("figure-uncertain"));
    }
    Figure {
        value: locale.number(value, decimals),
        interval: shown.interval.map_or_else(String::new, |(low, high)| {
            format!("{}–{}", locale.number(low, decimals), locale.number(high, decimals))
        }),
        n: shown.n.map_or_else(String::new, |n| count(locale, n)),
        flags,
        note: notes.join(" "),
        shown: true,
    }
}

/// "I Porsön är …": value, interval, answers and direction, or that it is not shown.
#[must_use]
pub fn level(
    locale: Locale,
    release: &Figures,
    area: &str,
    measure: &PublishedMeasure,
    record: Option<&PublishedRecord>,
) -> String {
    let place = release.area(area).map_or("", |area| name_in(&area.names, locale.tag()));
    said_of(locale, place, measure, record, figure(locale, release, record, measure.unit))
}

pub(super) fn said_of(
    locale: Locale,
    place: &str,
    measure: &PublishedMeasure,
    record: Option<&PublishedRecord>,
    figure: Figure,
) -> String {
    if !figure.shown {
        return figure.note;
    }
    // Nobody among those asked is not nobody: the upper end is what can be said.
    let none = measure.unit == Unit::Percent && record.is_some_and(|record| record.value == Some(0.0));
    let upper = record.and_then(|record| Some(locale.number(record.upper?, decimals(record.rounded_to, measure.unit))));
    let kind = if none { "percent_none" } else { unit_key(measure.unit) };
    let sentence = locale
        .fill("level")
        .with("kind", kind)
        .with("area", place.to_owned())
        .with("measure", name_in(&measure.names, locale.tag()).to_owned())
        .with("value", figure.value)
        .with("upper", upper.unwrap_or_default())
        .with("interval", figure.interval)
        .with("n", figure.n)
        .with("direction", direction(locale, measure.direction))
        .to_string();
    if figure.note.is_empty() {
        return sentence;
    }
    locale.fill("level-noted").with("level", sentence).with("note", figure.note).to_string()
}
