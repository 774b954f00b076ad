//! The gate: the only maker of a [`SafeTable`]. Here it applies the smallest numbers and the rounding
//! ladder. Complementary withholding, the ledger and the attack have their own place between the two
//! (`withhold`, `ledger`, `attack`) and are not applied yet; the report says so, and every release
//! repeats it.

mod primary;
mod rounding;
mod table;

pub use primary::{Floor, Status, Withheld};
pub use rounding::{Unit, published_n, unit_for};
pub use table::{PClass, PublishedChange, PublishedRecord, SafeTable};

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    compare::{self, Adjustment, Better, ChangeRecord, Class, Reason},
    domain::{Domain, DomainKind},
    estimate::EstimateRecord,
};

/// A measure as the gate sees it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact of the measure")]
pub struct MeasureInfo {
    /// Id.
    pub id: String,
    /// A share: 0-1 inside, percent outside.
    pub share: bool,
    /// Length of the scale as published: 100 for percent and points, 6 for steps.
    pub range: f64,
    /// Any item of it is sensitive.
    pub sensitive: bool,
    /// Stands in the tables of the municipality only.
    pub municipal: bool,
    /// A mean of points or a composite of them.
    pub points: bool,
    /// Parts of a composite.
    pub parts: Vec<usize>,
    /// Which way is better.
    pub better: Better,
    /// One of the headline measures.
    pub headline: bool,
}

/// Types of domains that the table plan asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For measures of every level.
    pub full: Vec<DomainKind>,
    /// For measures of the municipality only.
    pub municipal: Vec<DomainKind>,
}

/// An earlier round to compare with. Keys are measure ids with the group or its area.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// Its period.
    pub period: String,
    /// Its unrounded estimates.
    pub estimates: HashMap<(String, Domain), EstimateRecord>,
    /// What it showed.
    pub shown: HashSet<(String, Domain)>,
    /// Reasons by area; absent area = everybody.
    pub reasons: HashMap<(String, Option<String>), Vec<Reason>>,
}

/// What the gate did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateReport {
    /// Steps that were applied.
    pub applied: Vec<String>,
    /// Steps of the whole gate that were not.
    pub not_applied: Vec<String>,
    /// Figures shown.
    pub shown: usize,
    /// Figures withheld.
    pub withheld: usize,
    /// Figures flagged.
    pub flagged: usize,
}

/// Why nothing may leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GateRefusal {
    /// Not even the total of one measure may be shown.
    #[error("gate_exhausted: no figure has enough answers to be shown")]
    NothingLeft,
}

/// Lets through what may be shown.
///
/// # Errors
/// [`GateRefusal`]; then nothing leaves.
pub fn gate(
    plan: &Plan,
    measures: &[MeasureInfo],
    estimates: &[EstimateRecord],
    earlier: &[Earlier],
    floor: &Floor,
) -> Result<(SafeTable, GateReport), GateRefusal> {
    let planned = |record: &&EstimateRecord| {
        measures.get(record.measure).is_some_and(|measure| {
            let kinds = if measure.municipal { &plan.municipal } else { &plan.full };
            kinds.contains(&record.domain.kind)
        })
    };
    let planned: Vec<&EstimateRecord> = estimates.iter().filter(planned).collect();
    let statuses = primary::judge(&planned, measures, floor);
    let records: Vec<PublishedRecord> = planned
        .iter()
        .zip(&statuses)
        .map(|(record, status)| rounding::publish(record, &measures[record.measure], *status))
        .collect();
    let shown = records.iter().filter(|record| record.value.is_some()).count();
    if shown == 0 {
        return Err(GateRefusal::NothingLeft);
    }
    let changes = earlier.iter().flat_map(|earlier| changes(&planned, &statuses, measures, earlier)).collect();
    let report = GateReport {
        applied: vec!["minimum_n".to_owned(), "rounding".to_owned()],
        not_applied: vec!["complementary".to_owned(), "ledger".to_owned(), "attack".to_owned()],
        shown,
        withheld: records.iter().filter(|record| record.status == "..").count(),
        flagged: records.iter().filter(|record| record.value.is_some() && !record.status.is_empty()).count(),
    };
    Ok((SafeTable { records, changes }, report))
}

/// Changes against one earlier round. The families hold exactly what is comparable and shown in both
/// rounds: a withheld p must not shift a published one.
fn changes(
    planned: &[&EstimateRecord],
    statuses: &[Status],
    measures: &[MeasureInfo],
    earlier: &Earlier,
) -> Vec<PublishedChange> {
    let mut found: Vec<(usize, usize, ChangeRecord)> = Vec::new();
    for (place, record) in planned.iter().enumerate() {
        let measure = &measures[record.measure];
        let key = (measure.id.clone(), record.domain.clone());
        let old = earlier.estimates.get(&key);
        let shown_then = earlier.shown.contains(&key);
        let mut reasons =
            earlier.reasons.get(&(measure.id.clone(), record.domain.area.clone())).cloned().unwrap_or_default();
        let withheld = !statuses[place].is_shown() || !shown_then;
        if withheld && old.is_some() && !compare::forbids(&reasons) {
            reasons.push(Reason::new("withheld", Class::Hard, ""));
        }
        let change = if let Some(old) = old {
            compare::change(old, record, reasons)
        } else {
            if !compare::forbids(&reasons) {
                let code = if record.domain.area.is_some() { "area_absent" } else { "not_asked" };
                reasons.push(Reason::new(code, Class::Hard, ""));
            }
            ChangeRecord { domain: record.domain.clone(), reasons, diff: None, test: None, p_adjusted: None, family: 0 }
        };
        found.push((place, record.measure, change));
    }
    for (measure, info) in measures.iter().enumerate() {
        for kind in DomainKind::ALL {
            let headline = info.headline && kind == DomainKind::Total;
            let mut family: Vec<&mut ChangeRecord> = found
                .iter_mut()
                .filter(|(_, of, change)| *of == measure && change.domain.kind == kind && !headline)
                .map(|(_, _, change)| change)
                .collect();
            compare::adjust(&mut family, Adjustment::BenjaminiHochberg);
        }
    }
    let mut headlines: Vec<&mut ChangeRecord> = found
        .iter_mut()
        .filter(|(_, measure, change)| measures[*measure].headline && change.domain.kind == DomainKind::Total)
        .map(|(_, _, change)| change)
        .collect();
    compare::adjust(&mut headlines, Adjustment::Holm);
    found
        .iter()
        .map(|(place, measure, change)| {
            let measure = &measures[*measure];
            let old = earlier.estimates.get(&(measure.id.clone(), change.domain.clone()));
            rounding::publish_change(planned[*place], old, measure, change, &earlier.period)
        })
        .collect()
}
