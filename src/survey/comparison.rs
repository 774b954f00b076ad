//! What two releases say together of one measure and group. Comparability is asked first; a refusal
//! holds its reasons and nothing else. The difference was computed when the later one was released.

use super::{
    breaks::{self, Code, Declaration},
    release::Release,
};
use crate::stats::{
    compare::{Reason, Verdict, forbids},
    disclosure::PClass,
    domain::Domain,
};

/// A comparison of two releases, later with earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Measure id.
    pub measure: String,
    /// The group.
    pub domain: Domain,
    /// Period of the earlier one.
    pub from: String,
    /// Period of the later one.
    pub to: String,
    /// Difference and what belongs to it; absent where it is refused.
    pub found: Option<Difference>,
    /// What it says; nothing for a measure without direction or a withheld figure.
    pub verdict: Option<Verdict>,
    /// Reasons, hard and soft.
    pub reasons: Vec<Reason>,
    /// What persons had said that the reasons rest on.
    pub said: Vec<Declaration>,
}

/// A rounded difference, later minus earlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Percentage points, points or steps.
    pub value: f64,
    /// Interval.
    pub ci: (f64, f64),
    /// The smaller number of answers, rounded.
    pub n: u64,
    /// Unit of rounding.
    pub rounded_to: f64,
    /// How sure it is.
    pub p_class: Option<PClass>,
}

impl Comparison {
    /// A refusal with its reasons and nothing else.
    #[must_use]
    pub fn refused(measure: &str, domain: Domain, periods: (&str, &str), reasons: Vec<Reason>) -> Self {
        Self {
            measure: measure.to_owned(),
            domain,
            from: periods.0.to_owned(),
            to: periods.1.to_owned(),
            found: None,
            verdict: Some(Verdict::NotComparable),
            reasons,
            said: Vec::new(),
        }
    }

    /// What a person had said of a reason.
    #[must_use]
    pub fn said_of(&self, reason: &Reason) -> Option<&Declaration> {
        let id = reason.declared.as_deref()?;
        self.said.iter().find(|said| said.id.to_string() == id)
    }
}

/// Compares `later` with `earlier`. `successor` is the release that has taken the place of the
/// earlier one that `later` was compared with, if any.
#[must_use]
pub fn compare(
    later: &Release,
    earlier: &Release,
    measure: &str,
    domain: &Domain,
    successor: Option<&str>,
) -> Comparison {
    let (old, new) = (earlier.head(), later.head());
    let refused = |reasons| Comparison::refused(measure, domain.clone(), (&old.period, &new.period), reasons);
    let area = domain.area.as_deref().unwrap_or_else(|| later.total());
    if let Some(successor) = successor {
        return refused(vec![reason(Code::Superseded, format!("{successor} has taken its place"))]);
    }
    if !new.compared_with.iter().any(|with| with.release == old.id) {
        let mut reasons = breaks::reasons(&old.key, &new.key, measure, area);
        if !forbids(&reasons) {
            let detail = format!("{} was released before {}; release it again", new.id, old.id);
            reasons.push(reason(Code::Superseded, detail));
        }
        return refused(reasons);
    }
    let Some(change) = later.change(measure, domain, &old.period) else {
        return refused(vec![reason(Code::NotAsked, "the table plan has no such figure".to_owned())]);
    };
    let found = match (change.difference, change.lower.zip(change.upper), change.n, change.rounded_to) {
        (Some(value), Some(ci), Some(n), Some(rounded_to)) => {
            Some(Difference { value, ci, n, rounded_to, p_class: change.p_class })
        }
        _ => None,
    };
    let verdict = if found.is_none() { Some(Verdict::NotComparable) } else { change.verdict };
    let named = |said: &&Declaration| {
        let id = said.id.to_string();
        change.reasons.iter().any(|reason| reason.declared.as_ref() == Some(&id))
    };
    let said = new.declarations.iter().filter(named).cloned().collect();
    Comparison { found, verdict, said, ..refused(change.reasons.clone()) }
}

fn reason(code: Code, detail: String) -> Reason {
    Reason::new(code.key(), code.class(), detail)
}
