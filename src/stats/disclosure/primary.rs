//! Which figures may be shown by themselves: the smallest numbers and the quality rules, judged on
//! unrounded numbers, in the order of the statistics specification; the first hit wins.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::MeasureInfo;
use crate::stats::{
    domain::Domain,
    estimate::{EstimateRecord, Missing},
};

/// Fewer valid answers than this, and answers that are all or nearly all alike tell of each who answered.
pub const FEW: u64 = 100;
/// Percent of the answers on one side of a sensitive share of few answers that are nearly all.
pub const NEARLY_ALL: u64 = 90;
/// Answers on one side of a sensitive share that are too few to be shown, from and to.
pub const SMALL_COUNT: (u64, u64) = (1, 4);
/// Item non-response above which a shown figure is flagged.
pub const FLAGGED_NONRESPONSE: f64 = 0.10;

/// Least numbers behind a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    /// Valid answers, at least; never below 10.
    pub n_min: u64,
    /// Effective answers, at least; never below 10.
    pub n_eff_min: f64,
    /// Item non-response above which a figure is withheld.
    pub nonresponse: f64,
    /// Valid answers below which a figure is uncertain.
    pub uncertain_n: u64,
    /// Half-width above which points are uncertain, percent of the range.
    pub uncertain_points: f64,
    /// Half-width above which shares are uncertain, percentage points.
    pub uncertain_share: f64,
}

impl Default for Floor {
    fn default() -> Self {
        Self {
            n_min: 30,
            n_eff_min: 20.0,
            nonresponse: 0.30,
            uncertain_n: 100,
            uncertain_points: 7.5,
            uncertain_share: 10.0,
        }
    }
}

/// Why a figure is withheld. Staff only: readers see one word for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// No valid answer.
    NotEstimable,
    /// Too few valid answers.
    TooFew,
    /// Too few effective answers.
    TooFewEffective,
    /// Too much item non-response.
    Nonresponse,
    /// All or nearly all answers are the same.
    Homogeneous,
    /// A sensitive share with one to four answers on a side.
    SmallCount,
    /// A part of a composite is withheld.
    PartWithheld,
    /// Shown, it would tell too much of another.
    Complementary,
}

impl Withheld {
    /// Key in reports for staff.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotEstimable => "not_estimable",
            Self::TooFew => "too_few",
            Self::TooFewEffective => "too_few_effective",
            Self::Nonresponse => "nonresponse",
            Self::Homogeneous => "homogeneous",
            Self::SmallCount => "small_count",
            Self::PartWithheld => "part_withheld",
            Self::Complementary => "complementary",
        }
    }

    /// Whether the figure is withheld for what its few answers would tell, and so has to stay unknown.
    #[must_use]
    pub const fn protects(self) -> bool {
        matches!(self, Self::TooFew | Self::Homogeneous | Self::SmallCount)
    }
}

/// What becomes of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No such figure exists, and why.
    Absent(Missing),
    /// It exists and is not shown.
    Withheld(Withheld),
    /// It is shown.
    Shown {
        /// Item non-response between 10 and 30 %.
        nonresponse: bool,
        /// Few answers or a wide margin.
        uncertain: bool,
    },
}

impl Status {
    /// Whether the figure is shown.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        matches!(self, Self::Shown { .. })
    }
}

/// The status of every record, in their order.
pub(super) fn judge(records: &[&EstimateRecord], measures: &[MeasureInfo], floor: &Floor) -> Vec<Status> {
    let mut statuses: Vec<Status> =
        records.iter().map(|record| alone(record, &measures[record.measure], floor)).collect();
    withhold_composites(records, measures, &mut statuses);
    statuses
}

/// Withholds every composite and step measure of which a part is not shown.
pub(super) fn withhold_composites(records: &[&EstimateRecord], measures: &[MeasureInfo], statuses: &mut [Status]) {
    let shown: HashSet<(usize, &Domain)> = records
        .iter()
        .zip(statuses.iter())
        .filter(|(_, status)| status.is_shown())
        .map(|(record, _)| (record.measure, &record.domain))
        .collect();
    for (record, status) in records.iter().zip(statuses) {
        let hidden = |part: &usize| !shown.contains(&(*part, &record.domain));
        if status.is_shown() && measures[record.measure].needs().iter().any(hidden) {
            *status = Status::Withheld(Withheld::PartWithheld);
        }
    }
}

fn alone(record: &EstimateRecord, measure: &MeasureInfo, floor: &Floor) -> Status {
    match record.missing {
        Some(missing @ (Missing::NotAsked | Missing::CutTableMissing)) => return Status::Absent(missing),
        // That nobody was asked an indicator everybody may know; that those asked gave no valid answer
        // is withheld as it is of any other measure.
        Some(missing @ Missing::KItemsChanged) if record.asked == 0 => return Status::Absent(missing),
        Some(Missing::NotEstimable | Missing::KItemsChanged) => return Status::Withheld(Withheld::NotEstimable),
        Some(Missing::NotEstimableVariance | Missing::NoVariance) | None => {}
    }
    let nonresponse = record.nonresponse.unwrap_or(0.0);
    let few = record.valid < FEW;
    let sides = record.ones.map(|ones| [ones, record.valid - ones]);
    let lopsided = sides.is_some_and(|sides| sides.iter().any(|&side| side * 100 >= record.valid * NEARLY_ALL));
    let small = sides.is_some_and(|sides| sides.iter().any(|&side| (SMALL_COUNT.0..=SMALL_COUNT.1).contains(&side)));
    let withheld = if record.valid < floor.n_min {
        Some(Withheld::TooFew)
    } else if record.n_eff.is_none_or(|n_eff| n_eff < floor.n_eff_min) {
        Some(Withheld::TooFewEffective)
    } else if nonresponse > floor.nonresponse + 1e-12 {
        Some(Withheld::Nonresponse)
    } else if (record.homogeneous && (measure.points || few)) || (few && measure.sensitive && lopsided) {
        Some(Withheld::Homogeneous)
    } else if measure.sensitive && small {
        Some(Withheld::SmallCount)
    } else {
        None
    };
    if let Some(reason) = withheld {
        return Status::Withheld(reason);
    }
    let half =
        record.ci.zip(record.estimate).map_or(0.0, |((low, high), estimate)| (estimate - low).max(high - estimate));
    let wide = if measure.share {
        half * 100.0 > floor.uncertain_share
    } else {
        half > floor.uncertain_points / 100.0 * measure.range
    };
    Status::Shown {
        nonresponse: nonresponse > FLAGGED_NONRESPONSE,
        uncertain: record.valid < floor.uncertain_n || wide || record.wide_bounds,
    }
}
