//! What was printed before this service, in a panel of its own: as printed, by whom, with hollow
//! words only. No interval, no verdict, no difference, no axis shared with our estimates.

use super::words;
use crate::{
    service::history::Published,
    survey::{
        history::{PrintedUnit, PrintedValue},
        release::Release,
    },
    web::i18n::Locale,
};

/// The panel.
#[derive(Debug, Clone)]
pub struct Panel {
    /// A table a series.
    pub series: Vec<Printed>,
}

/// One series.
#[derive(Debug, Clone)]
pub struct Printed {
    /// Its id.
    pub id: String,
    /// Name, scale and direction.
    pub title: String,
    /// A row a value.
    pub rows: Vec<PrintedRow>,
    /// What can be said between periods.
    pub remarks: Vec<String>,
}

/// One value.
#[derive(Debug, Clone)]
pub struct PrintedRow {
    /// Period.
    pub period: String,
    /// As printed.
    pub printed: String,
    /// Who printed it.
    pub source: String,
    /// Remark.
    pub note: String,
    /// That staff have marked it, by whom and why.
    pub holds: Option<String>,
}

impl Panel {
    /// The series of the municipality of `release`, or all where nothing is released yet.
    #[must_use]
    pub fn of(locale: Locale, published: &Published, release: Option<&Release>) -> Option<Self> {
        let here = |value: &&PrintedValue| release.is_none_or(|release| value.area == release.total());
        let history = published.history();
        let series: Vec<Printed> = history
            .series()
            .into_iter()
            .filter_map(|id| {
                let values: Vec<&PrintedValue> =
                    history.values.iter().filter(|value| value.series == id).filter(here).collect();
                Some(printed(locale, published, id, values.first()?, &values))
            })
            .collect();
        (!series.is_empty()).then_some(Self { series })
    }
}

fn printed(locale: Locale, published: &Published, id: &str, first: &PrintedValue, values: &[&PrintedValue]) -> Printed {
    let name = match id {
        "LULEA-PI" => locale.say("history-pi"),
        "LULEA-NOCRIME" => locale.say("history-nocrime"),
        "LULEA-SAFELATE" => locale.say("history-safelate"),
        "LULEA-RECOM" => locale.say("history-recom"),
        other => other.to_owned(),
    };
    let unit = match first.unit {
        PrintedUnit::Percent => locale.say("unit-percent"),
        PrintedUnit::Index { from, to } => {
            locale.fill("unit-index").with("from", locale.number(from, 0)).with("to", locale.number(to, 0)).to_string()
        }
        PrintedUnit::Count => locale.say("unit-count"),
        PrintedUnit::Rate => locale.say("unit-rate"),
    };
    let row = |value: &&PrintedValue| PrintedRow {
        period: value.period.clone(),
        printed: value.printed.clone(),
        source: value.source.clone(),
        note: value.note.clone(),
        holds: published.mark(value).map(|said| {
            locale
                .fill("history-holds")
                .with("person", said.person.name.clone())
                .with("date", locale.date(crate::clock::stockholm_date(said.at)))
                .with("note", said.note.clone())
                .to_string()
        }),
    };
    Printed {
        id: id.to_owned(),
        title: locale
            .fill("history-series")
            .with("name", name)
            .with("unit", unit)
            .with("direction", words::direction(locale, first.direction))
            .to_string(),
        rows: values.iter().map(row).collect(),
        remarks: remarks(locale, published, id, values),
    }
}

/// Where a period has several values, what they are; and why nothing is computed between periods.
fn remarks(locale: Locale, published: &Published, id: &str, values: &[&PrintedValue]) -> Vec<String> {
    let history = published.history();
    let mut periods: Vec<&str> = Vec::new();
    for value in values {
        if !periods.contains(&value.period.as_str()) {
            periods.push(&value.period);
        }
    }
    let Some(area) = values.first().map(|value| value.area.as_str()) else { return Vec::new() };
    let mut remarks = Vec::new();
    for period in periods.iter().filter(|period| history.ambiguous(id, period, area)) {
        let of_period = values.iter().filter(|value| value.period == *period);
        let marked = of_period.clone().find(|value| published.mark(value).is_some());
        remarks.push(match marked {
            Some(value) => locale
                .fill("history-marked")
                .with("period", (*period).to_owned())
                .with("printed", value.printed.clone())
                .with("source", value.source.clone())
                .to_string(),
            None => locale
                .fill("history-contradicted")
                .with("period", (*period).to_owned())
                .with("values", locale.list(&of_period.map(|value| value.printed.clone()).collect::<Vec<_>>()))
                .to_string(),
        });
    }
    if let [.., before, last] = periods.as_slice() {
        let found = published.reasons(id, area, (before, last));
        let reasons = words::reasons(locale, &found.iter().collect::<Vec<_>>(), |_| None);
        remarks.push(locale.fill("history-uncompared").with("reasons", locale.list(&reasons)).to_string());
    }
    remarks
}
