//! The letters of figures and the codes of changes as files and pages carry them: the first value
//! after a break, what is uncertain, why something is not compared. The words for them are not here.

use std::collections::BTreeSet;

use super::Figures;
use crate::{
    stats::{
        compare::Reason,
        disclosure::{PublishedChange, PublishedRecord},
        domain::Domain,
    },
    survey::breaks::parts_series,
};

impl Figures {
    /// The period before, as far as this release compares.
    #[must_use]
    pub fn period_before(&self) -> Option<&str> {
        self.head.compared_with.iter().map(|with| with.period.as_str()).max()
    }

    /// The change of a measure for a group since the period before.
    #[must_use]
    pub fn change_before(&self, measure: &str, domain: &Domain) -> Option<&PublishedChange> {
        self.change(measure, domain, self.period_before()?)
    }

    /// Codes of the breaks, lifted or not, that part a figure from the one before it; none for a figure
    /// that is not shown.
    #[must_use]
    pub fn breaks_before(&self, record: &PublishedRecord) -> Vec<&str> {
        let Some(change) = record.value.and_then(|_| self.change_before(&record.measure, &record.domain)) else {
            return Vec::new();
        };
        distinct(change.reasons.iter().filter(|reason| parts_series(reason)))
    }

    /// Mark or letters of a figure, in the order `b i u`.
    #[must_use]
    pub fn letters(&self, record: &PublishedRecord) -> String {
        let after = if self.breaks_before(record).is_empty() { "" } else { "b" };
        format!("{after}{}", record.status)
    }

    /// What mark and letters stand for, separated by `;`.
    #[must_use]
    pub fn reason(&self, record: &PublishedRecord) -> String {
        let mut codes = self.breaks_before(record);
        codes.extend(Some(record.reason.as_str()).filter(|reason| !reason.is_empty()));
        codes.join(";")
    }
}

/// Why a change is not told, or what to bear in mind with it, separated by `;`: the column of files.
#[must_use]
pub fn change_reason(change: &PublishedChange) -> String {
    let codes = distinct(change.reasons.iter());
    let first = match change.status.as_str() {
        ".." => return codes.join(";"),
        "." => "not_comparable",
        "u" => "uncertain",
        _ => "",
    };
    let mut told: Vec<&str> = Some(first).filter(|first| !first.is_empty()).into_iter().collect();
    told.extend(codes);
    told.join(";")
}

fn distinct<'r>(reasons: impl Iterator<Item = &'r Reason>) -> Vec<&'r str> {
    let mut seen = BTreeSet::new();
    reasons.map(|reason| reason.code.as_str()).filter(|code| seen.insert(*code)).collect()
}
