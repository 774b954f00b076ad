//! How columns of a foreign file become items: the mapping file, checked against the questionnaire
//! before a row is read. Every value that may occur is listed; any other refuses its row.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    questionnaire::{Questionnaire, missing},
    survey::answer_sheet::Mode,
};

/// A mapping as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    questionnaire: RawQuestionnaire,
    mode: Option<RawMode>,
    rows: Option<RawRows>,
    area: Option<RawCoded>,
    #[serde(default)]
    item: BTreeMap<String, RawItem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestionnaire {
    id: String,
    version: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawMode {
    One(String),
    Column(RawCoded),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRows {
    column: String,
    equals: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCoded {
    column: String,
    codes: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    column: String,
    codes: BTreeMap<String, u8>,
}

/// A column whose values stand for something.
#[derive(Debug)]
pub(super) struct Coded<T> {
    pub(super) column: String,
    pub(super) codes: BTreeMap<String, T>,
}

/// How a row's mode of answering is known.
#[derive(Debug)]
pub(super) enum ModeOf {
    /// Every row has this mode.
    Every(Mode),
    /// A column says.
    Column(Coded<Mode>),
}

/// A checked mapping.
#[derive(Debug)]
pub struct Mapping {
    /// Column and value of the rows that are read; the others are skipped.
    pub(super) rows: Option<(String, String)>,
    pub(super) mode: ModeOf,
    /// Values to area codes; `None` = in the total only.
    pub(super) area: Option<Coded<Option<String>>>,
    /// Item position, its column and its codes.
    pub(super) items: Vec<(usize, Coded<u8>)>,
}

/// Why a mapping cannot be used; all reasons at once.
#[derive(Debug, thiserror::Error)]
#[error("the mapping cannot be used:\n{}", .0.join("\n"))]
pub struct MappingError(pub Vec<String>);

impl Mapping {
    /// Parses a mapping for `questionnaire` and the area codes `areas`.
    ///
    /// # Errors
    /// Everything that does not fit, each with its key and the remedy.
    pub fn parse(text: &str, questionnaire: &Questionnaire, areas: &[&str]) -> Result<Self, MappingError> {
        let raw: Raw = toml::from_str(text).map_err(|error| MappingError(vec![error.to_string()]))?;
        let mut faults = Vec::new();
        if raw.questionnaire.id != questionnaire.id() || raw.questionnaire.version != questionnaire.version() {
            faults.push(format!(
                "questionnaire: the mapping is for {} {}, the round has {} {}",
                raw.questionnaire.id,
                raw.questionnaire.version,
                questionnaire.id(),
                questionnaire.version()
            ));
        }
        let mode = mode(raw.mode, &mut faults);
        let area = raw.area.map(|coded| area(coded, areas, &mut faults));
        let mut items = Vec::new();
        for (id, item) in raw.item {
            let Some((position, _)) = questionnaire.item(&id) else {
                faults.push(format!("item.{id}: no such item; correct the id"));
                continue;
            };
            for (value, code) in &item.codes {
                if !questionnaire.offers(position, *code, areas.len())
                    && !matches!(*code, missing::FILTERED | missing::UNSEEN | missing::SKIPPED)
                {
                    faults.push(format!("item.{id}.codes: \"{value}\" = {code}, but the item has no code {code}"));
                }
            }
            items.push((position, Coded { column: item.column, codes: item.codes }));
        }
        if faults.is_empty() {
            Ok(Self { rows: raw.rows.map(|rows| (rows.column, rows.equals)), mode, area, items })
        } else {
            Err(MappingError(faults))
        }
    }

    /// Every column that the mapping reads, once.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = self.items.iter().map(|(_, coded)| coded.column.as_str()).collect();
        columns.extend(self.rows.iter().map(|(column, _)| column.as_str()));
        columns.extend(self.area.iter().map(|coded| coded.column.as_str()));
        if let ModeOf::Column(coded) = &self.mode {
            columns.push(&coded.column);
        }
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

fn mode(raw: Option<RawMode>, faults: &mut Vec<String>) -> ModeOf {
    let mut parsed = |text: &str| {
        let mode = Mode::parse(text);
        if mode.is_none() {
            faults.push(format!("mode: `{text}` is none of web, paper, assisted"));
        }
        mode.unwrap_or(Mode::Paper)
    };
    match raw {
        Some(RawMode::One(text)) => ModeOf::Every(parsed(&text)),
        Some(RawMode::Column(coded)) => {
            let codes = coded
                .codes
                .into_iter()
                .map(|(value, text)| {
                    let mode = parsed(&text);
                    (value, mode)
                })
                .collect();
            ModeOf::Column(Coded { column: coded.column, codes })
        }
        None => {
            faults.push("mode: say how people answered, for example mode = \"paper\"".to_owned());
            ModeOf::Every(Mode::Paper)
        }
    }
}

fn area(coded: RawCoded, areas: &[&str], faults: &mut Vec<String>) -> Coded<Option<String>> {
    for (value, code) in &coded.codes {
        if !code.is_empty() && !areas.contains(&code.as_str()) {
            faults.push(format!("area.codes: \"{value}\" = \"{code}\", but the area set has no such area"));
        }
    }
    let codes = coded.codes.into_iter().map(|(value, code)| (value, (!code.is_empty()).then_some(code))).collect();
    Coded { column: coded.column, codes }
}
