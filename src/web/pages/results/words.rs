//! Sentences about figures, made by rule (people specification, 5.2). A sentence never says that an
//! index "has increased" alone; direction, interval and number of answers stand beside every value.

use crate::{
    export::csv::decimals,
    questionnaire::Direction,
    stats::{
        compare::{Class, Reason, Verdict},
        disclosure::PublishedRecord,
    },
    survey::{
        comparison::Comparison,
        release::{Notice, PublishedMeasure, Release, Shown, Unit, name_in},
        staff::Organisation,
    },
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

/// A change as a table shows it.
#[derive(Debug, Clone)]
pub struct Change {
    /// ▲ ▼ ◇ ⊘, or empty for a first round.
    pub mark: &'static str,
    /// "förbättring (+2,3)", for tables.
    pub short: String,
    /// The whole sentence.
    pub sentence: String,
    /// What to bear in mind, where the rounds can be compared.
    pub caveats: Vec<String>,
}

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

/// The figure of a record; nothing is the mark of what does not exist.
#[must_use]
pub fn figure(locale: Locale, record: Option<&PublishedRecord>, unit: Unit) -> Figure {
    shown(locale, record.map(Shown::from).as_ref(), unit)
}

/// The same of a record or a change.
#[must_use]
pub fn shown(locale: Locale, of: Option<&Shown<'_>>, unit: Unit) -> Figure {
    let with_value = of.and_then(|shown| Some((shown, shown.value?)));
    let Some((record, value)) = with_value else {
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
    let decimals = decimals(record.rounded_to, unit);
    let mut notes = Vec::new();
    if record.status.contains('u') {
        notes.push(locale.say("figure-uncertain"));
    }
    if record.status.contains('i') {
        notes.push(locale.say("figure-nonresponse"));
    }
    Figure {
        value: locale.number(value, decimals),
        interval: record.interval.map_or_else(String::new, |(low, high)| {
            format!("{}–{}", locale.number(low, decimals), locale.number(high, decimals))
        }),
        n: record.n.map_or_else(String::new, |n| count(locale, n)),
        flags: record.status.to_owned(),
        note: notes.join(" "),
        shown: true,
    }
}

/// A whole number.
#[must_use]
pub fn count(locale: Locale, n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    locale.number(n as f64, 0)
}

/// "I Porsön är …": value, interval, answers and direction, or that it is not shown.
#[must_use]
pub fn level(
    locale: Locale,
    release: &Release,
    area: &str,
    measure: &PublishedMeasure,
    record: Option<&PublishedRecord>,
) -> String {
    let figure = figure(locale, record, measure.unit);
    if !figure.shown {
        return figure.note;
    }
    let place = release.area(area).map_or("", |area| name_in(&area.names, locale.tag())).to_owned();
    let said = match measure.unit {
        Unit::Percent => locale.fill("level-percent"),
        Unit::Points => locale.fill("level-points"),
        Unit::Steps => locale.fill("level-steps"),
    };
    let sentence = said
        .with("area", place)
        .with("measure", name_in(&measure.names, locale.tag()).to_owned())
        .with("value", figure.value)
        .with("interval", figure.interval)
        .with("n", figure.n)
        .to_string();
    let mut parts = vec![sentence, direction(locale, measure.direction)];
    if !figure.note.is_empty() {
        parts.push(figure.note);
    }
    parts.join(" ")
}

/// A change in words; a first round has none.
#[must_use]
pub fn change(locale: Locale, comparison: Option<&Comparison>, unit: Unit) -> Change {
    let Some(comparison) = comparison else {
        let sentence = locale.say("change-first");
        return Change { mark: "", short: "–".to_owned(), sentence, caveats: Vec::new() };
    };
    let from = comparison.from.clone();
    let Some(found) = comparison.found else {
        let reasons = comparison.reasons.iter().filter(|reason| reason.class == Class::Hard);
        let reasons = locale.list(&distinct(reasons.map(|found| reason(locale, found))));
        let sentence = locale.fill("change-refused").with("from", from).with("reasons", reasons.clone()).to_string();
        let short = format!("{}: {reasons}", locale.say("verdict-refused"));
        return Change { mark: "⊘", short, sentence, caveats: Vec::new() };
    };
    let decimals = decimals(Some(found.rounded_to), unit);
    let number = |value: f64| locale.number(value, decimals);
    let signed = if found.value > 0.0 { format!("+{}", number(found.value)) } else { number(found.value) };
    let said = |key: &'static str| {
        let units = match unit {
            Unit::Percent => locale.say("units-percent"),
            Unit::Points => locale.say("units-points"),
            Unit::Steps => locale.say("units-steps"),
        };
        locale
            .fill(key)
            .with("from", from.clone())
            .with("difference", signed.clone())
            .with("units", units)
            .with("lower", number(found.ci.0))
            .with("upper", number(found.ci.1))
            .to_string()
    };
    let (mark, word, sentence) = match comparison.verdict {
        Some(Verdict::Improved) => ("▲", locale.say("verdict-improved"), said("change-improved")),
        Some(Verdict::Worse) => ("▼", locale.say("verdict-worse"), said("change-worse")),
        Some(Verdict::NoEstablishedChange) => ("◇", locale.say("verdict-none"), said("change-none")),
        Some(Verdict::NotComparable) | None => ("", locale.say("verdict-neutral"), said("change-neutral")),
    };
    let soft = comparison.reasons.iter().filter(|reason| reason.class != Class::Hard);
    let short = format!("{word} ({signed})");
    Change { mark, short, sentence, caveats: distinct(soft.map(|found| reason(locale, found))) }
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Why two rounds differ in what they mean.
#[must_use]
pub fn reason(locale: Locale, reason: &Reason) -> String {
    let text = match reason.code.as_str() {
        "wording" => locale.say("reason-wording"),
        "options" => locale.say("reason-options"),
        "order" | "order_minor" => locale.say("reason-order"),
        "routing" => locale.say("reason-routing"),
        "formula" => locale.say("reason-formula"),
        "mode" => locale.say("reason-mode"),
        "mode_mix" => locale.say("reason-mode-mix"),
        "translation" => locale.say("reason-translation"),
        "age_range" => locale.say("reason-age-range"),
        "stream" => locale.say("reason-stream"),
        "survey" => locale.say("reason-survey"),
        "area_set" => locale.say("reason-area-set"),
        "area_absent" => locale.say("reason-area-absent"),
        "not_asked" => locale.say("reason-not-asked"),
        "withheld" => locale.say("reason-withheld"),
        "no_variance" => locale.say("reason-no-variance"),
        "superseded" => locale.say("reason-superseded"),
        "season" => locale.say("reason-season"),
        "weighting" => locale.say("reason-weighting"),
        "response_drop" => locale.say("reason-response-drop"),
        other => other.replace('_', " "),
    };
    match &reason.item {
        Some(item) => locale.fill("reason-of-item").with("reason", text).with("item", item.clone()).to_string(),
        None => text,
    }
}
