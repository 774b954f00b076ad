//! What a release has told for ever: its atoms with their counts and weights, and every figure it
//! shows. Kept for each release, read by every gate after it. No mean of an atom is ever here.

use serde::{Deserialize, Serialize};

use super::atoms::{AtomKey, Geography};
use crate::stats::domain::Domain;

/// The entry of one release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Release id.
    pub release: String,
    /// The round: releases of one round tell of the same responses.
    pub round: String,
    /// Hash of the table plan and floors in force.
    pub publication_hash: String,
    /// Releases before it that its gate knew of, in their order: none of them can be forgotten after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// Atoms.
    pub atoms: Vec<AtomKey>,
    /// Responses by atom.
    pub respondents: Vec<u64>,
    /// Areas that are not atoms' own.
    #[serde(default, skip_serializing_if = "Geography::is_empty")]
    pub geography: Geography,
    /// Responses by district as the accounting prints them; absent district = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<(Option<String>, u64)>,
    /// Measures that have a value of a respondent, and composites.
    pub measures: Vec<LedgerMeasure>,
}

/// One measure of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerMeasure {
    /// Measure id.
    pub id: String,
    /// Length of its scale as published.
    pub range: f64,
    /// Valid answers by atom; empty for a composite.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub valid: Vec<u64>,
    /// Sum of their weights by atom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weight: Vec<f64>,
    /// Parts of a composite: measure id and factor on the published scales.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<(String, f64)>,
    /// Figures shown.
    pub shown: Vec<Shown>,
    /// What shown step measures tell of this share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// Domains withheld because of what few answers would tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<Domain>,
}

/// A figure as printed: `k` units of `unit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The group.
    pub domain: Domain,
    /// Units.
    pub k: i64,
    /// The unit of rounding.
    pub unit: f64,
    /// Least and greatest number of answers that the printed number stands for.
    pub n: (u64, u64),
}

impl Shown {
    /// The printed value.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a printed figure is some thousands of units")]
    pub fn value(&self) -> f64 {
        self.k as f64 * self.unit
    }
}

/// What a shown step measure tells of one of its shares, as if each share's points were printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The step measure.
    pub by: String,
    /// The group.
    pub domain: Domain,
    /// From where to where the share lies, percent.
    pub between: (f64, f64),
}
