//! An estimate as it is kept, and why it may be missing. Nothing is computed but what follows from
//! counts.

use serde::{Deserialize, Serialize};

use super::Step;
use crate::stats::{
    domain::Domain,
    fold::{Moments, real},
    interval::Method,
    weight::VarianceForm,
};

/// Why there is no figure, or no standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nobody was asked.
    NotAsked,
    /// The cut table is missing.
    CutTableMissing,
    /// An indicator of the cut table is missing.
    KItemsChanged,
    /// Nobody has a valid value.
    NotEstimable,
    /// One valid value: no variance.
    NotEstimableVariance,
    /// All values equal: no interval.
    NoVariance,
}

impl Missing {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::CutTableMissing => "cut_table_missing",
            Self::KItemsChanged => "k_items_changed",
            Self::NotEstimable => "not_estimable",
            Self::NotEstimableVariance => "not_estimable_variance",
            Self::NoVariance => "no_variance",
        }
    }
}

/// An unrounded estimate. Shares 0-1, points 0-100. Staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EstimateRecord {
    /// Position of the measure.
    pub measure: usize,
    /// The group.
    pub domain: Domain,
    /// Persons asked.
    pub asked: u64,
    /// Persons with a value; of a composite the smallest of its parts.
    pub valid: u64,
    /// Persons in the numerator (shares).
    pub ones: Option<u64>,
    /// Persons who said "don't know".
    pub dont_know: u64,
    /// Sum of the weights of persons with a value.
    pub sum_w: f64,
    /// The estimate.
    pub estimate: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// Persons with a value less districts that hold one.
    pub df: Option<i64>,
    /// Design effect against simple random sampling with replacement.
    pub deff: Option<f64>,
    /// Effective number of persons.
    pub n_eff: Option<f64>,
    /// Interval.
    pub ci: Option<(f64, f64)>,
    /// How the interval was made.
    pub ci_method: Option<Method>,
    /// 1 − valid/asked.
    pub nonresponse: Option<f64>,
    /// All valid values are equal.
    pub homogeneous: bool,
    /// Why something is missing.
    pub missing: Option<Missing>,
    /// How the variance followed the weighting.
    #[serde(default)]
    pub variance_form: VarianceForm,
    /// The bounds of a bounded share are more than 10 percentage points apart: uncertain whatever its n.
    #[serde(default)]
    pub wide_bounds: bool,
    /// Where the variance of a step measure comes from.
    #[serde(default)]
    pub step: Option<Step>,
}

pub(super) fn counted(measure: usize, domain: &Domain, all: &Moments, share: bool) -> EstimateRecord {
    let mut record = empty(measure, domain, Missing::NotAsked);
    record.asked = all.asked;
    record.valid = all.valid;
    record.ones = share.then_some(all.ones);
    record.dont_know = all.dont_know;
    record.nonresponse = (all.asked > 0).then(|| 1.0 - real(all.valid) / real(all.asked));
    record.missing = None;
    record
}

pub(super) fn empty(measure: usize, domain: &Domain, missing: Missing) -> EstimateRecord {
    EstimateRecord {
        measure,
        domain: domain.clone(),
        asked: 0,
        valid: 0,
        ones: None,
        dont_know: 0,
        sum_w: 0.0,
        estimate: None,
        se: None,
        df: None,
        deff: None,
        n_eff: None,
        ci: None,
        ci_method: None,
        nonresponse: None,
        homogeneous: false,
        missing: Some(missing),
        variance_form: VarianceForm::default(),
        wide_bounds: false,
        step: None,
    }
}
