//! What a correction corrects: every figure that is not the same in two releases. Nothing is computed
//! of them: what was published stands beside what is published now.

use super::Figures;
use crate::stats::{
    compare::Verdict,
    disclosure::{PublishedChange, PublishedRecord},
    domain::Domain,
};

/// What is published of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown<'a> {
    /// The value, or the difference.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// Answers, rounded.
    pub n: Option<u64>,
    /// The unit of rounding.
    pub rounded_to: Option<f64>,
    /// `..`, `.`, or letters of flags.
    pub status: &'a str,
    /// What a difference says.
    pub verdict: Option<Verdict>,
}

impl<'a> From<&'a PublishedRecord> for Shown<'a> {
    fn from(of: &'a PublishedRecord) -> Self {
        Self {
            value: of.value,
            interval: of.lower.zip(of.upper),
            n: of.n,
            rounded_to: of.rounded_to,
            status: &of.status,
            verdict: None,
        }
    }
}

impl<'a> From<&'a PublishedChange> for Shown<'a> {
    fn from(of: &'a PublishedChange) -> Self {
        Self {
            value: of.difference,
            interval: of.lower.zip(of.upper),
            n: of.n,
            rounded_to: of.rounded_to,
            status: &of.status,
            verdict: of.verdict,
        }
    }
}

/// Which figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Which<'a> {
    /// Measure id.
    pub measure: &'a str,
    /// The group.
    pub domain: &'a Domain,
    /// The earlier period, where it is a difference between two rounds.
    pub since: Option<&'a str>,
}

/// A figure that differs between two releases.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected<'a> {
    /// Which figure.
    pub which: Which<'a>,
    /// As the replaced release has it; nothing if it does not stand there.
    pub old: Option<Shown<'a>>,
    /// As the correction has it; nothing if it does not stand there.
    pub new: Option<Shown<'a>>,
}

fn all(figures: &Figures) -> impl Iterator<Item = (Which<'_>, Shown<'_>)> {
    let records = figures
        .table()
        .records()
        .iter()
        .map(|record| (Which { measure: &record.measure, domain: &record.domain, since: None }, record.into()));
    let changes = figures.table().changes().iter().map(|change| {
        (Which { measure: &change.measure, domain: &change.domain, since: Some(&change.from) }, change.into())
    });
    records.chain(changes)
}

/// A figure of `other` as `figures` has it; nothing where its area has another boundary there.
fn find<'a>(figures: &'a Figures, other: &Figures, which: Which<'_>) -> Option<Shown<'a>> {
    let area = which.domain.area.as_ref();
    if area.is_some_and(|code| figures.head.key.boundaries.get(code) != other.head.key.boundaries.get(code)) {
        return None;
    }
    match which.since {
        None => figures.record(which.measure, which.domain).map(Shown::from),
        Some(period) => figures.change(which.measure, which.domain, period).map(Shown::from),
    }
}

/// Every figure of `new` that is not as in `old`, in the order of the release; then those that are gone.
#[must_use]
pub fn corrected<'a>(old: &'a Figures, new: &'a Figures) -> Vec<Corrected<'a>> {
    let differ = all(new).filter_map(|(which, shown)| {
        let before = find(old, new, which);
        (before != Some(shown)).then_some(Corrected { which, old: before, new: Some(shown) })
    });
    let gone = all(old).filter_map(|(which, shown)| {
        find(new, old, which).is_none().then_some(Corrected { which, old: Some(shown), new: None })
    });
    differ.chain(gone).collect()
}
