//! Ledger entries small enough to be read, for the tests of this room.

use super::{
    atoms::{AtomKey, Geography},
    ledger::{LedgerEntry, LedgerMeasure},
};
use crate::stats::domain::{Domain, DomainKind};

/// Everybody of a district.
pub fn key(area: &str) -> AtomKey {
    AtomKey { area: Some(area.into()), sex: None, age: None, tenure: None }
}

pub fn district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.into()), ..Domain::everybody() }
}

/// A measure of 0 to 100 of which nothing is shown yet.
pub fn measure(id: &str, valid: &[u64], weight: &[f64]) -> LedgerMeasure {
    LedgerMeasure {
        id: id.into(),
        range: 100.0,
        valid: valid.to_vec(),
        weight: weight.to_vec(),
        parts: Vec::new(),
        shown: Vec::new(),
        told: Vec::new(),
        protected: Vec::new(),
    }
}

/// A release of the round "one".
pub fn entry(release: &str, atoms: Vec<AtomKey>, measures: Vec<LedgerMeasure>) -> LedgerEntry {
    LedgerEntry {
        release: release.into(),
        round: "one".into(),
        publication_hash: String::new(),
        before: Vec::new(),
        respondents: vec![100; atoms.len()],
        atoms,
        geography: Geography::new(),
        answered: Vec::new(),
        measures,
    }
}
