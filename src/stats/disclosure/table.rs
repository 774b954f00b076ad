//! What may be shown. A [`SafeTable`] has no constructor outside this room.

use serde::{Deserialize, Serialize};

use crate::stats::{
    compare::{Reason, Verdict},
    domain::Domain,
};

/// One published figure: shown or withheld whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedRecord {
    /// Measure id.
    pub measure: String,
    /// The group.
    pub domain: Domain,
    /// Percent, points or steps, as rounded.
    pub value: Option<f64>,
    /// Lower bound.
    pub lower: Option<f64>,
    /// Upper bound.
    pub upper: Option<f64>,
    /// Answers, rounded.
    pub n: Option<u64>,
    /// The unit of rounding.
    pub rounded_to: Option<f64>,
    /// `..` withheld, `.` no such figure, or letters of flags.
    pub status: String,
    /// `withheld`, why there is no such figure, or the flags in words.
    pub reason: String,
}

/// How sure a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PClass {
    /// Adjusted p below 0.001.
    #[serde(rename = "<0.001")]
    Thousandth,
    /// Adjusted p below 0.01.
    #[serde(rename = "<0.01")]
    Hundredth,
    /// Adjusted p below 0.05.
    #[serde(rename = "<0.05")]
    Twentieth,
    /// Not established.
    #[serde(rename = "not established")]
    NotEstablished,
}

impl PClass {
    /// The class of an adjusted p.
    #[must_use]
    pub fn of(p: f64) -> Self {
        match p {
            p if p < 0.001 => Self::Thousandth,
            p if p < 0.01 => Self::Hundredth,
            p if p < 0.05 => Self::Twentieth,
            _ => Self::NotEstablished,
        }
    }
}

/// One published change: later minus earlier round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedChange {
    /// Measure id.
    pub measure: String,
    /// The group.
    pub domain: Domain,
    /// Period of the earlier round.
    pub from: String,
    /// Percentage points, points or steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
    /// Lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// Upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// The smaller number of answers, rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// The unit of rounding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded_to: Option<f64>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_class: Option<PClass>,
    /// What it says; nothing for a measure without direction or a withheld change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// `..`, `.`, `u` or empty.
    #[serde(default)]
    pub status: String,
    /// Reasons, hard and soft.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// Figures and changes that passed the gate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafeTable {
    pub(super) records: Vec<PublishedRecord>,
    pub(super) changes: Vec<PublishedChange>,
}

impl SafeTable {
    /// Published figures, measure by measure, domains in order.
    #[must_use]
    pub fn records(&self) -> &[PublishedRecord] {
        &self.records
    }

    /// Published changes, earlier round by earlier round.
    #[must_use]
    pub fn changes(&self) -> &[PublishedChange] {
        &self.changes
    }

    /// Reads a table back out of a release. The caller has checked the release's hash: what was
    /// released has passed the gate.
    ///
    /// # Errors
    /// JSON of another shape.
    pub fn read_back(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Parts {
            records: Vec<PublishedRecord>,
            changes: Vec<PublishedChange>,
        }
        let Parts { records, changes } = serde_json::from_value(value)?;
        Ok(Self { records, changes })
    }
}
