//! Cut tables: from which percentage on a share gives how many points of a step index. They are imported
//! as their owner hands them over, whole or refused whole; none is shipped, and none is made up here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    import::{Faults, ImportFault, Imported},
    table::{Row, Table, number},
};
use crate::{
    questionnaire::{Direction, Kind, Questionnaire},
    stats::{
        estimate::{Cuts, Indicator as Cut},
        replicate::MOST_SHARES,
    },
};

/// What is done to a percentage before its points are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Nothing.
    None,
    /// To a whole number, half away from zero.
    Integer,
}

/// Where a table comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Name under which rounds refer to the table.
    pub id: String,
    /// Who handed it over.
    pub supplier: String,
    /// When.
    #[serde(deserialize_with = "super::round::day")]
    pub received_on: NaiveDate,
    /// The document that it stands in.
    pub document: String,
    /// First day that it is meant for.
    #[serde(deserialize_with = "super::round::day")]
    pub valid_from: NaiveDate,
    /// Number of indicators.
    pub k: usize,
    /// Rounding of percentages.
    pub p_rounding: Rounding,
}

/// One share and its steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Id of the share.
    pub measure: String,
    /// What it is about, for reading only.
    pub domain: String,
    /// From which percentage on how many points; rising, the first from 0.
    pub steps: Vec<(f64, u8)>,
}

/// A cut table, bound to a questionnaire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CutTable {
    /// Where it comes from.
    pub meta: Meta,
    /// Id of the questionnaire whose shares it reads.
    pub questionnaire: String,
    /// Shares in the order of the file.
    pub indicators: Vec<Indicator>,
}

/// Most points of a step.
const MOST_POINTS: u64 = 6;

impl CutTable {
    /// Reads `meta.toml` and `cuts.csv` (`indicator,domain,from_percent,points`, one row a step) for the
    /// shares of `questionnaire`.
    ///
    /// # Errors
    /// The name of the file with every fault of it: `toml`; `indicator_unknown`, `indicator_not_a_share`,
    /// `indicator_direction`, `cuts_gap`, `cuts_not_rising`, `percent_range`, `points_range`,
    /// `points_falling`, `domain_mixed`, `k_differs` and the common refusals.
    pub fn parse(
        meta: &str,
        cuts: &[u8],
        questionnaire: &Questionnaire,
    ) -> Result<Self, (&'static str, Vec<ImportFault>)> {
        let meta: Meta = toml::from_str(meta).map_err(|error| {
            let before = error.span().and_then(|span| meta.get(..span.start));
            let line = before.map(|before| before.matches('\n').count() as u64 + 1);
            let fault = ImportFault::of_file("toml", "", format!("{}; mend it here", error.message().trim()));
            ("meta.toml", vec![ImportFault { row: line, ..fault }])
        })?;
        let indicators = indicators(cuts, &meta, questionnaire).map_err(|faults| ("cuts.csv", faults))?;
        Ok(Self { meta, questionnaire: questionnaire.id().to_owned(), indicators })
    }

    /// The table for the kernels; nothing if `questionnaire` lacks one of its shares.
    #[must_use]
    pub fn kernel(&self, questionnaire: &Questionnaire) -> Option<Cuts> {
        let indicators: Vec<Cut> = self.shares(questionnaire).collect();
        let whole_percent = self.meta.p_rounding == Rounding::Integer;
        (indicators.len() == self.indicators.len()).then_some(Cuts { indicators, whole_percent })
    }

    /// The shares of the table that `questionnaire` has, for the kernels.
    pub fn shares<'a>(&'a self, questionnaire: &'a Questionnaire) -> impl Iterator<Item = Cut> + 'a {
        self.indicators.iter().filter_map(|indicator| {
            let (measure, found) = questionnaire.measure(&indicator.measure)?;
            let share = matches!(found.kind, Kind::Share { .. });
            share.then(|| Cut { measure, steps: indicator.steps.clone() })
        })
    }
}

fn indicators(bytes: &[u8], meta: &Meta, questionnaire: &Questionnaire) -> Imported<Vec<Indicator>> {
    let table = Table::read(bytes)?;
    table.require(&["indicator", "domain", "from_percent", "points"])?;
    let mut faults = Faults::default();
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows() {
        let (Some(id), Some(step)) = (faults.keep(row.filled("indicator")), faults.keep(step(row))) else { continue };
        let place = *places.entry(id).or_insert_with(|| {
            if let Some(fault) = unfit(row, id, questionnaire) {
                faults.add(fault);
            }
            let (measure, domain) = (id.to_owned(), row.get("domain").to_owned());
            indicators.push(Indicator { measure, domain, steps: Vec::new() });
            indicators.len() - 1
        });
        let indicator = &mut indicators[place];
        if indicator.domain != row.get("domain") {
            faults.add(row.fault("domain_mixed", "domain", format!("write {} as before", indicator.domain)));
        }
        match indicator.steps.last() {
            None if step.0 > 0.0 => {
                faults.add(row.fault("cuts_gap", "from_percent", "an indicator's first row starts at 0"));
            }
            Some((before, _)) if step.0 <= *before => {
                faults.add(row.fault("cuts_not_rising", "from_percent", format!("give more than {before}")));
            }
            Some((_, before)) if step.1 < *before => {
                faults.add(row.fault("points_falling", "points", format!("give at least {before}")));
            }
            _ => {}
        }
        indicator.steps.push(step);
    }
    let found = indicators.len();
    if found != meta.k || found == 0 || found > MOST_SHARES {
        let detail = format!("meta.toml says k = {}, from 1 to {MOST_SHARES}; give as many indicators", meta.k);
        faults.add(ImportFault::of_file("k_differs", found.to_string(), detail));
    }
    faults.finish(indicators)
}

/// A row's percentage and points.
fn step(row: Row<'_>) -> Result<(f64, u8), ImportFault> {
    let percent = number(row.filled("from_percent")?)
        .ok_or_else(|| row.fault("not_a_number", "from_percent", "give a percentage"))?;
    if !(0.0..=100.0).contains(&percent) {
        return Err(row.fault("percent_range", "from_percent", "give 0 to 100"));
    }
    let points = row.count("points", "points_range", "points_range")?;
    let refuse = || row.fault("points_range", "points", format!("give a whole number from 0 to {MOST_POINTS}"));
    let points = u8::try_from(points).ok().filter(|points| u64::from(*points) <= MOST_POINTS).ok_or_else(refuse)?;
    Ok((percent, points))
}

/// Why `id` is no indicator; nothing if it is one.
fn unfit(row: Row<'_>, id: &str, questionnaire: &Questionnaire) -> Option<ImportFault> {
    let Some((_, measure)) = questionnaire.measure(id) else {
        let detail = format!("the questionnaire {} declares no such share", questionnaire.id());
        return Some(row.fault("indicator_unknown", "indicator", detail));
    };
    if !matches!(measure.kind, Kind::Share { .. }) {
        return Some(row.fault("indicator_not_a_share", "indicator", "name a share"));
    }
    let lower = measure.direction == Direction::LowerBetter;
    (!lower).then(|| row.fault("indicator_direction", "indicator", "name a share of which lower is better"))
}
