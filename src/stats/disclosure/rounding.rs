//! The rounding ladder: the fewer answers, the coarser the figure, so that one answer moves it by
//! about one step at most.

use super::{
    MeasureInfo,
    primary::Status,
    table::{PClass, PublishedChange, PublishedRecord},
};
use crate::stats::{
    compare::{ChangeRecord, Reason, Verdict},
    estimate::EstimateRecord,
    fold::real,
    quantile::Z,
};

/// A unit of rounding: mantissa · 10^−decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    mantissa: i32,
    decimals: u8,
}

const LADDER: [Unit; 8] = [
    Unit { mantissa: 1, decimals: 2 },
    Unit { mantissa: 2, decimals: 2 },
    Unit { mantissa: 5, decimals: 2 },
    Unit { mantissa: 1, decimals: 1 },
    Unit { mantissa: 2, decimals: 1 },
    Unit { mantissa: 5, decimals: 1 },
    Unit { mantissa: 1, decimals: 0 },
    Unit { mantissa: 2, decimals: 0 },
];
/// Answers from which on figures are as fine as they get.
const FINEST: u64 = 1_000;
const COARSEST: Unit = Unit { mantissa: 5, decimals: 0 };

impl Unit {
    /// The unit as a number.
    #[must_use]
    pub fn size(self) -> f64 {
        f64::from(self.mantissa) / self.divisor()
    }

    /// Decimals that it is written with.
    #[must_use]
    pub fn decimals(self) -> usize {
        usize::from(self.decimals)
    }

    fn divisor(self) -> f64 {
        10_f64.powi(i32::from(self.decimals))
    }

    /// k units as the closest number, so that it prints exactly.
    #[must_use]
    pub fn times(self, k: f64) -> f64 {
        k * f64::from(self.mantissa) / self.divisor() + 0.0
    }

    /// How many units `x` is, rounded half away from zero. What lies half way lies there up to the last
    /// bits of a sum, which depend on the order of the responses; the figure must not.
    #[must_use]
    pub fn count(self, x: f64) -> f64 {
        let steps = (x.abs() / self.size() + 0.5 + 1e-9).floor();
        if x < 0.0 { -steps } else { steps }
    }
}

/// The unit for a figure about `valid` answers on a scale of length `range`: on a scale of 100 the
/// smallest of 0.1, 0.2, 0.5, 1, 2, 5 that is at least 100/n; on others the smallest of 1, 2, 5
/// times a power of ten that is at least that share of the range. Nothing below 20 answers.
#[must_use]
pub fn unit_for(valid: u64, range: f64) -> Option<Unit> {
    if valid < 20 {
        return None;
    }
    let of_hundred = |unit: &&Unit| unit.decimals < 2 && unit.size() + 1e-12 >= 100.0 / real(valid);
    let base = LADDER.iter().find(of_hundred).copied().unwrap_or(COARSEST);
    let wanted = base.size() * range / 100.0;
    Some(LADDER.iter().find(|unit| unit.size() + 1e-12 >= wanted).copied().unwrap_or(COARSEST))
}

/// The whole ladder on a scale of length `range`: from how many answers on which unit holds, fewest first.
#[must_use]
pub fn ladder(range: f64) -> Vec<(u64, Unit)> {
    let mut steps: Vec<(u64, Unit)> = Vec::new();
    for valid in 1..=FINEST {
        let Some(unit) = unit_for(valid, range) else { continue };
        if steps.last().is_none_or(|(_, last)| *last != unit) {
            steps.push((valid, unit));
        }
    }
    steps
}

/// The published number of answers: to the nearest 5 below 100, to the nearest 10 above, half up.
#[must_use]
pub const fn published_n(valid: u64) -> u64 {
    if valid < 100 { (valid * 2 + 5) / 10 * 5 } else { (valid + 5) / 10 * 10 }
}

/// The numbers of answers that a published number may stand for, given that fewer than `n_min` are
/// never shown.
#[must_use]
pub const fn n_range(published: u64, n_min: u64) -> (u64, u64) {
    let (low, high) = match published {
        0..100 => (published.saturating_sub(2), published + 2),
        100 => (98, 104),
        _ => (published - 5, published + 4),
    };
    (if low > n_min { low } else { n_min }, high)
}

/// The numbers of answers that a published number may stand for beside a figure printed with `unit` on a
/// scale of length `range`: the unit tells of the number too.
#[must_use]
pub fn told_n(published: u64, unit: f64, range: f64, n_min: u64) -> (u64, u64) {
    let (low, high) = n_range(published, n_min);
    let fits = |valid: &u64| unit_for(*valid, range).is_some_and(|own| (own.size() - unit).abs() < 1e-9 * unit);
    let alike: Vec<u64> = (low..=high).filter(fits).collect();
    alike.first().copied().zip(alike.last().copied()).unwrap_or((low, high))
}

/// Margin on one side: the distance and the rounding error together, up to the next unit.
fn margin(distance: f64, unit: Unit) -> f64 {
    let size = unit.size();
    let spread = (distance * distance + Z * Z * size * size / 12.0).sqrt();
    (spread / size - 1e-9).ceil()
}

pub(super) fn publish(record: &EstimateRecord, measure: &MeasureInfo, status: Status) -> PublishedRecord {
    let bare = |status: &str, reason: &str| PublishedRecord {
        measure: measure.id.clone(),
        domain: record.domain.clone(),
        value: None,
        lower: None,
        upper: None,
        n: None,
        rounded_to: None,
        status: status.to_owned(),
        reason: reason.to_owned(),
    };
    let (nonresponse, uncertain) = match status {
        Status::Absent(missing) => return bare(".", missing.code()),
        Status::Withheld(_) => return bare("..", "withheld"),
        Status::Shown { nonresponse, uncertain } => (nonresponse, uncertain),
    };
    let (Some(unit), Some(estimate)) = (unit_for(record.valid, measure.range), record.estimate) else {
        return bare("..", "withheld");
    };
    let scale = if measure.share { 100.0 } else { 1.0 };
    let value = unit.count(estimate * scale);
    let bounds = record.ci.map(|(low, high)| {
        let low = unit.times(value - margin((estimate - low) * scale, unit));
        let high = unit.times(value + margin((high - estimate) * scale, unit));
        if measure.share { (low.max(0.0), high.min(100.0)) } else { (low, high) }
    });
    let mut letters = String::new();
    let mut reasons = Vec::new();
    for (on, letter, reason) in [(nonresponse, 'i', "nonresponse"), (uncertain, 'u', "uncertain")] {
        if on {
            letters.push(letter);
            reasons.push(reason);
        }
    }
    PublishedRecord {
        value: Some(unit.times(value)),
        lower: bounds.map(|(low, _)| low),
        upper: bounds.map(|(_, high)| high),
        n: Some(published_n(record.valid)),
        rounded_to: Some(unit.size()),
        ..bare(&letters, &reasons.join(";"))
    }
}

/// A level as it is printed, with its unit.
fn printed(record: &EstimateRecord, measure: &MeasureInfo) -> Option<(f64, Unit)> {
    let unit = unit_for(record.valid, measure.range)?;
    let scale = if measure.share { 100.0 } else { 1.0 };
    Some((unit.times(unit.count(record.estimate? * scale)), unit))
}

/// A change is the difference of the two printed levels, so that it tells nothing that they do not: what
/// was printed of one round can never be narrowed by what is printed of the next, and nobody wonders
/// why 63.7 less 63.2 should be 0.4. Its margin, in the coarser unit of the two, counts both
/// rounding errors in; test and verdict are
/// those of the unrounded difference.
pub(super) fn publish_change(
    later: &EstimateRecord,
    earlier: Option<&EstimateRecord>,
    measure: &MeasureInfo,
    change: &ChangeRecord,
    from: &str,
) -> PublishedChange {
    let verdict = change.verdict(measure.better);
    let withheld = change.reasons.iter().any(|reason| reason.code == "withheld");
    let refused = change.diff.is_none();
    let mut published = PublishedChange {
        measure: measure.id.clone(),
        domain: change.domain.clone(),
        from: from.to_owned(),
        difference: None,
        lower: None,
        upper: None,
        n: None,
        rounded_to: None,
        p_class: None,
        verdict: if withheld { None } else { verdict.or(refused.then_some(Verdict::NotComparable)) },
        status: if withheld {
            "..".to_owned()
        } else if refused {
            ".".to_owned()
        } else {
            String::new()
        },
        reasons: if withheld {
            vec![Reason { detail: String::new(), ..Reason::new("withheld", crate::stats::compare::Class::Hard, "") }]
        } else {
            change.reasons.clone()
        },
    };
    let (Some((diff, _)), Some(earlier), Some((low, high)), false) = (change.diff, earlier, change.ci(), withheld)
    else {
        return published;
    };
    let (Some(before), Some(after)) = (printed(earlier, measure), printed(later, measure)) else { return published };
    let (fine, unit) = if before.1.size() > after.1.size() { (after.1, before.1) } else { (before.1, after.1) };
    let scale = if measure.share { 100.0 } else { 1.0 };
    let errors = before.1.size().hypot(after.1.size());
    let margin = |distance: f64| {
        let spread = (distance * scale).hypot(Z * errors / 12_f64.sqrt());
        unit.times((spread / unit.size() - 1e-9).ceil())
    };
    let decimals = 10_f64.powi(i32::from(fine.decimals.max(unit.decimals)));
    let exact = |x: f64| (x * decimals).round() / decimals + 0.0;
    let value = after.0 - before.0;
    let fewest = earlier.valid.min(later.valid);
    published.difference = Some(exact(value));
    published.lower = Some(exact(value - margin(diff - low)));
    published.upper = Some(exact(value + margin(high - diff)));
    published.n = Some(published_n(fewest));
    published.rounded_to = Some(fine.size());
    published.p_class = change.p_adjusted.map(PClass::of);
    if fewest < 100 {
        "u".clone_into(&mut published.status);
    }
    published
}
