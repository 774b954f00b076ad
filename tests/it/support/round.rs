//! A round to compare with another: what its figures depend on besides the answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly, and their numbers are small and exact")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use trygg::{
    questionnaire::{Definition, Stream},
    stats::compare::{Class, Reason},
    survey::{answer_sheet::Mode, breaks::Key, round::AreaSetRef},
};

use super::definition::parsed;

/// The municipality.
pub const TOTAL: &str = "2580";
/// A district of it.
pub const PORSON: &str = "2580T08";

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A round of autumn 2023 that fields `definition`.
pub fn round(definition: &Definition) -> Key {
    let districts = (1..=12).map(|number| format!("2580T{number:02}"));
    let areas = districts.chain([TOTAL.to_owned()]);
    Key {
        fingerprint: parsed(definition).fingerprint(),
        stream: Stream::Resident,
        ages: (16, 85),
        modes: vec![Mode::Web, Mode::Paper],
        paper_share: 40.0,
        field: (day("2023-09-15"), day("2023-11-10")),
        area_set: AreaSetRef { id: "lulea-12".into(), version: "2019".into() },
        boundaries: areas.map(|code| (code, "lulea-12 2019".to_owned())).collect(),
        total: TOTAL.into(),
        scheme: "poststratify".into(),
        merges: Vec::new(),
        population_date: Some(day("2022-12-31")),
        cuts: BTreeMap::new(),
        response_rate: Some(61.3),
    }
}

/// Codes with their classes, each once.
pub fn told(reasons: &[Reason]) -> Vec<(&str, Class)> {
    let mut told: Vec<(&str, Class)> = reasons.iter().map(|reason| (reason.code.as_str(), reason.class)).collect();
    told.sort_unstable();
    told.dedup();
    told
}
