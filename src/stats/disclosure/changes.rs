//! Changes to earlier rounds as they are published: found between what both rounds show, adjusted in
//! their families, rounded. Which figures may be shown is decided elsewhere.

use super::{Earlier, MeasureInfo, primary::Status, rounding, table::PublishedChange};
use crate::stats::{
    compare::{self, Adjustment, ChangeRecord, Class, Reason},
    domain::DomainKind,
    estimate::EstimateRecord,
};

/// Changes against one earlier round. The families hold exactly what is comparable and shown in both
/// rounds: a withheld p must not shift a published one.
pub(super) fn changes(
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
