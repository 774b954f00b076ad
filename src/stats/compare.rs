//! Differences between rounds. No difference is formed before comparability was asked: a hard reason
//! without a bridge leaves nothing but its reasons.

use serde::{Deserialize, Serialize};

use super::{
    domain::{Domain, DomainKind},
    estimate::EstimateRecord,
    family,
    interval::normal,
    quantile::two_sided_p,
};

/// An adjusted p below this makes a difference an established change.
pub const SIGNIFICANCE: f64 = 0.05;

/// How much a reason weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Annotation only.
    Note,
    /// The difference stands, with a caveat beside it.
    Soft,
    /// Hard, but a named person has declared it harmless.
    Bridged,
    /// Not comparable.
    Hard,
}

/// Why two values differ in what they mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code of the break register.
    pub code: String,
    /// Its weight.
    pub class: Class,
    /// The item it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Id of the person's statement that it rests on or was made lighter by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
}

impl Reason {
    /// A reason without an item.
    #[must_use]
    pub fn new(code: &str, class: Class, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), class, item: None, detail: detail.into(), declared: None }
    }
}

/// Whether any reason forbids a difference.
#[must_use]
pub fn forbids(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| reason.class == Class::Hard)
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Established, in the better direction.
    Improved,
    /// Established, in the worse direction.
    Worse,
    /// Not established; it does not mean that nothing happened.
    NoEstablishedChange,
    /// A hard reason forbids it.
    NotComparable,
}

impl Verdict {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::NoEstablishedChange => "no_established_change",
            Self::NotComparable => "not_comparable",
        }
    }
}

impl Class {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Soft => "soft",
            Self::Bridged => "bridged",
            Self::Hard => "hard",
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// A lower value.
    Lower,
    /// A higher value.
    Higher,
    /// Neither: a difference, never a verdict.
    Neither,
}

/// An unrounded difference, later minus earlier round. Staff only.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRecord {
    /// The group.
    pub domain: Domain,
    /// The reasons found.
    pub reasons: Vec<Reason>,
    /// Difference and its standard error; absent where it must not or cannot be formed.
    pub diff: Option<(f64, f64)>,
    /// z statistic and two-sided p.
    pub test: Option<(f64, f64)>,
    /// Adjusted p of the family, once there is one.
    pub p_adjusted: Option<f64>,
    /// Tests in the family.
    pub family: usize,
}

impl ChangeRecord {
    /// Interval of the difference.
    #[must_use]
    pub fn ci(&self) -> Option<(f64, f64)> {
        self.diff.map(|(diff, se)| normal(diff, se))
    }

    /// What the comparison says for a measure of which `better` is better; nothing where there is no
    /// test, or for a measure without direction.
    #[must_use]
    pub fn verdict(&self, better: Better) -> Option<Verdict> {
        if forbids(&self.reasons) {
            return Some(Verdict::NotComparable);
        }
        let (diff, p) = (self.diff?.0, self.p_adjusted?);
        let rising = match better {
            Better::Neither => return None,
            Better::Higher => diff > 0.0,
            Better::Lower => diff < 0.0,
        };
        Some(match (p < SIGNIFICANCE, rising) {
            (false, _) => Verdict::NoEstablishedChange,
            (true, true) => Verdict::Improved,
            (true, false) => Verdict::Worse,
        })
    }
}

/// The difference of two independent estimates of one domain; `reasons` were found beforehand.
/// se = √(se₁² + se₂²), p = erfc(|z|/√2).
#[must_use]
pub fn change(earlier: &EstimateRecord, later: &EstimateRecord, mut reasons: Vec<Reason>) -> ChangeRecord {
    let missing = |record: &EstimateRecord| record.se.is_none_or(|se| se <= 0.0);
    let absent = |record: &EstimateRecord| record.estimate.is_none();
    let mut record = ChangeRecord {
        domain: later.domain.clone(),
        reasons: Vec::new(),
        diff: None,
        test: None,
        p_adjusted: None,
        family: 0,
    };
    if absent(earlier) || absent(later) {
        let code = [earlier, later].iter().find_map(|r| r.missing).map_or("not_asked", |missing| missing.code());
        reasons.push(Reason::new(code, Class::Hard, ""));
    }
    if !forbids(&reasons) && (missing(earlier) || missing(later)) {
        reasons.push(Reason::new("no_variance", Class::Hard, ""));
    }
    if !forbids(&reasons)
        && let (Some(first), Some(second)) = (earlier.estimate, later.estimate)
        && let (Some(first_se), Some(second_se)) = (earlier.se, later.se)
    {
        let se = first_se.hypot(second_se);
        let z = (second - first) / se;
        record.diff = Some((second - first, se));
        record.test = Some((z, two_sided_p(z)));
    }
    record.reasons = reasons;
    record
}

/// Which tests are adjusted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// All domains of a type, one measure, one pair of rounds: Benjamini-Hochberg.
    BenjaminiHochberg,
    /// The headline measures of the municipality: Holm.
    Holm,
}

/// Adjusts the tests of one family in place. Records without a test leave it.
pub fn adjust(records: &mut [&mut ChangeRecord], adjustment: Adjustment) {
    let p: Vec<Option<f64>> = records.iter().map(|record| record.test.map(|(_, p)| p)).collect();
    let size = p.iter().flatten().count();
    let adjusted = match adjustment {
        Adjustment::BenjaminiHochberg => family::benjamini_hochberg(&p),
        Adjustment::Holm => family::holm(&p),
    };
    for (record, p) in records.iter_mut().zip(adjusted) {
        record.p_adjusted = p;
        record.family = size;
    }
}

/// Adjusts the changes of one measure, type of domain by type of domain, by Benjamini and Hochberg.
pub fn adjust_by_kind(records: &mut [ChangeRecord]) {
    for kind in DomainKind::ALL {
        let mut of_kind: Vec<&mut ChangeRecord> =
            records.iter_mut().filter(|record| record.domain.kind == kind).collect();
        adjust(&mut of_kind, Adjustment::BenjaminiHochberg);
    }
}
