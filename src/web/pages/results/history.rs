//! What was printed before this service, in a panel of its own: as printed, by whom, with hollow
//! words only. No interval, no verdict, no axis shared with our estimates.

use crate::{
    survey::{
        history::{History, PrintedUnit, PrintedValue},
        release::Release,
    },
    web::{i18n::Locale, pages::results::words},
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
    /// Period, as printed, source, remark.
    pub rows: Vec<[String; 4]>,
    /// What can be said between periods.
    pub remarks: Vec<String>,
}

impl Panel {
    /// The series of the municipality of `release`, or all where nothing is released yet.
    #[must_use]
    pub fn of(locale: Locale, history: &History, release: Option<&Release>) -> Option<Self> {
        let here = |value: &&PrintedValue| release.is_none_or(|release| value.area == release.total());
        let series: Vec<Printed> = history
            .series()
            .into_iter()
            .filter_map(|id| {
                let values: Vec<&PrintedValue> =
                    history.values.iter().filter(|value| value.series == id).filter(here).collect();
                Some(printed(locale, history, id, values.first()?, &values))
            })
            .collect();
        (!series.is_empty()).then_some(Self { series })
    }
}

fn printed(locale: Locale, history: &History, id: &str, first: &PrintedValue, values: &[&PrintedValue]) -> Printed {
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
    let direction = words::direction(locale, first.direction);
    let rows = values
        .iter()
        .map(|value| [value.period.clone(), value.printed.clone(), value.source.clone(), value.note.clone()])
        .collect();
    Printed {
        id: id.to_owned(),
        title: locale
            .fill("history-series")
            .with("name", name)
            .with("unit", unit)
            .with("direction", direction)
            .to_string(),
        rows,
        remarks: remarks(locale, history, id, first),
    }
}

/// Where several figures of a period contradict each other: what each would say of the next period.
fn remarks(locale: Locale, history: &History, id: &str, first: &PrintedValue) -> Vec<String> {
    let mut periods: Vec<&str> = Vec::new();
    for value in history.values.iter().filter(|value| value.series == id && value.area == first.area) {
        if !periods.contains(&value.period.as_str()) {
            periods.push(&value.period);
        }
    }
    let mut remarks = Vec::new();
    for pair in periods.windows(2) {
        let [from, to] = pair else { continue };
        let (old, new) = (history.figures(id, from, &first.area), history.figures(id, to, &first.area));
        if old.len() < 2 && new.len() < 2 {
            continue;
        }
        let mut differences: Vec<String> = Vec::new();
        for (old, new) in old.iter().flat_map(|old| new.iter().map(move |new| (old, new))) {
            let difference = new.value - old.value;
            let text = locale.number(difference, old.decimals().max(new.decimals()));
            let signed = if difference > 0.0 { format!("+{text}") } else { text };
            if !differences.contains(&signed) {
                differences.push(signed);
            }
        }
        remarks.push(
            locale
                .fill("history-ambiguous")
                .with("from", (*from).to_owned())
                .with("to", (*to).to_owned())
                .with("differences", differences.join(locale.say("list-or").as_str()))
                .to_string(),
        );
    }
    remarks
}
