//! A change in words and as a table shows it: verdict, difference, direction, and what to bear in mind.
//! A refused one has its reasons and no number.

use super::{direction, reasons, unit_key};
use crate::{
    export::csv::decimals,
    stats::compare::{Class, Reason, Verdict},
    survey::{
        breaks::Code,
        comparison::{Comparison, Difference},
        release::PublishedMeasure,
    },
    web::i18n::Locale,
};

/// A change as a table shows it.
#[derive(Debug, Clone)]
pub struct Change {
    /// ▲ ▼ ◇ ⊘, or empty for a first round.
    pub mark: &'static str,
    /// "förbättring (+2,3)" with what to bear in mind, for tables.
    pub short: String,
    /// The whole sentence.
    pub sentence: String,
    /// What to bear in mind, as a sentence, where the rounds can be compared.
    pub caveat: Option<String>,
    /// The response rate has moved: who answered is worth a look.
    pub response: bool,
}

/// A change of `measure` in words; a first round has none.
#[must_use]
pub fn change(locale: Locale, comparison: Option<&Comparison>, measure: &PublishedMeasure) -> Change {
    let bare = |mark, short, sentence| Change { mark, short, sentence, caveat: None, response: false };
    let Some(comparison) = comparison else {
        return bare("", locale.say("change-none-yet"), locale.say("change-first"));
    };
    let told = |of: &dyn Fn(&Reason) -> bool| {
        let found: Vec<&Reason> = comparison.reasons.iter().filter(|found| of(found)).collect();
        reasons(locale, &found, |reason| comparison.said_of(reason))
    };
    let Some(found) = comparison.found else {
        let refused = locale.list(&told(&|reason| reason.class == Class::Hard));
        let said = |key| {
            let phrase = locale.fill(key).with("from", comparison.from.clone());
            phrase.with("reasons", refused.clone()).to_string()
        };
        return bare("⊘", said("change-short-refused"), said("change-refused"));
    };
    let caveats = told(&|reason| reason.class != Class::Hard);
    let verdict = comparison.verdict.map_or("neutral", Verdict::key);
    let mark = match verdict {
        "improved" => "▲",
        "worse" => "▼",
        "no_established_change" => "◇",
        _ => "",
    };
    let said = |key| difference(locale, key, verdict, comparison, found, measure);
    let listed = (!caveats.is_empty()).then(|| locale.list(&caveats));
    let short = match &listed {
        None => said("change-short"),
        Some(caveats) => {
            let phrase = locale.fill("change-short-noted").with("change", said("change-short"));
            phrase.with("caveats", caveats.clone()).to_string()
        }
    };
    Change {
        mark,
        short,
        sentence: said("change"),
        caveat: listed.map(|caveats| locale.fill("change-caveats").with("caveats", caveats).to_string()),
        response: comparison.reasons.iter().any(|reason| reason.code == Code::ResponseDrop.key()),
    }
}

fn difference(
    locale: Locale,
    key: &'static str,
    verdict: &'static str,
    comparison: &Comparison,
    found: Difference,
    measure: &PublishedMeasure,
) -> String {
    let decimals = decimals(Some(found.rounded_to), measure.unit);
    let number = |value: f64| locale.number(value, decimals);
    let signed = if found.value > 0.0 { format!("+{}", number(found.value)) } else { number(found.value) };
    locale
        .fill(key)
        .with("verdict", verdict)
        .with("unit", unit_key(measure.unit))
        .with("from", comparison.from.clone())
        .with("difference", signed)
        .with("lower", number(found.ci.0))
        .with("upper", number(found.ci.1))
        .with("direction", direction(locale, measure.direction))
        .to_string()
}
