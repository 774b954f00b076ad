//! What became of everyone who was sampled: S = O + B + C + P + I + M. Complete, partial and
//! insufficient are known only after the opening. A rate cannot be made without its formula.

mod rate;

use serde::{Deserialize, Serialize};

pub use rate::{Rate, RateKind};

use crate::questionnaire::missing;

/// Percent of the core items that make a sheet complete.
pub const COMPLETE: usize = 80;
/// Percent of the core items that make a sheet partial.
pub const PARTIAL: usize = 50;

/// How much of the core a sheet answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    /// At least 80 % of the core items.
    Complete,
    /// At least 50 %.
    Partial,
    /// Less: kept, but not estimated.
    Insufficient,
}

impl Completeness {
    /// Of a sheet with these `codes`, where `core` are the places of the core items. A version
    /// without core items has complete sheets only.
    #[must_use]
    pub fn of(core: &[usize], codes: &[u8]) -> Self {
        let answered = core.iter().filter(|&&item| codes.get(item).is_some_and(|&code| is_answered(code))).count();
        if answered * 100 >= core.len() * COMPLETE {
            Self::Complete
        } else if answered * 100 >= core.len() * PARTIAL {
            Self::Partial
        } else {
            Self::Insufficient
        }
    }

    /// Whether the sheet counts in estimates.
    #[must_use]
    pub const fn estimated(self) -> bool {
        matches!(self, Self::Complete | Self::Partial)
    }
}

/// An option, "Vill inte svara", "not applicable" and "Vet inte" are answers; 94, 95 and 99 are not.
const fn is_answered(code: u8) -> bool {
    matches!(code, 1..=missing::MOST_OPTIONS | missing::REFUSED | missing::NOT_APPLICABLE | missing::DONT_KNOW)
}

/// Response accounting of a district, or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Accounting {
    /// S: sampled.
    pub sampled: u64,
    /// O: dead, moved out.
    pub over_coverage: u64,
    /// B: returned blank or declined.
    pub blank: u64,
    /// C: complete sheets.
    pub complete: u64,
    /// P: partial sheets.
    pub partial: u64,
    /// I: insufficient sheets.
    pub insufficient: u64,
}

impl Accounting {
    /// Counts one sheet.
    pub const fn count(&mut self, sheet: Completeness) {
        match sheet {
            Completeness::Complete => self.complete += 1,
            Completeness::Partial => self.partial += 1,
            Completeness::Insufficient => self.insufficient += 1,
        }
    }

    /// C + P + I: codes used.
    #[must_use]
    pub const fn used(&self) -> u64 {
        self.complete + self.partial + self.insufficient
    }

    /// C + P: sheets that are estimated.
    #[must_use]
    pub const fn answered(&self) -> u64 {
        self.complete + self.partial
    }

    /// M: the rest. Nothing if more is accounted for than was sampled.
    #[must_use]
    pub fn missing(&self) -> Option<u64> {
        self.sampled.checked_sub(self.over_coverage + self.blank + self.used())
    }

    fn eligible(&self) -> u64 {
        self.sampled.saturating_sub(self.over_coverage)
    }

    /// RR1: complete sheets of those who could answer.
    #[must_use]
    pub fn rr1(&self) -> Option<Rate> {
        Rate::new(RateKind::Rr1, self.complete, self.eligible())
    }

    /// RR2, the headline: answered.
    #[must_use]
    pub fn rr2(&self) -> Option<Rate> {
        Rate::new(RateKind::Rr2, self.answered(), self.eligible())
    }

    /// Answered of all sampled.
    #[must_use]
    pub fn raw(&self) -> Option<Rate> {
        Rate::new(RateKind::Raw, self.answered(), self.sampled)
    }

    /// Used codes of those who could answer: all that is known while a round is open.
    #[must_use]
    pub fn used_rate(&self) -> Option<Rate> {
        Rate::new(RateKind::Used, self.used(), self.eligible())
    }

    /// The sum of districts.
    #[must_use]
    pub fn sum<'a>(districts: impl IntoIterator<Item = &'a Self>) -> Self {
        districts.into_iter().fold(Self::default(), |all, one| Self {
            sampled: all.sampled + one.sampled,
            over_coverage: all.over_coverage + one.over_coverage,
            blank: all.blank + one.blank,
            complete: all.complete + one.complete,
            partial: all.partial + one.partial,
            insufficient: all.insufficient + one.insufficient,
        })
    }
}

/// Σ N_h·RR2_h / Σ N_h: beside RR2, since districts differ in size. `districts` are persons of the
/// population and accounting; nothing if a district has nobody who could answer.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
pub fn weighted_rate(districts: &[(u64, Accounting)]) -> Option<Rate> {
    let persons: u64 = districts.iter().map(|(persons, _)| persons).sum();
    let mut sum = 0.0;
    for (persons, accounting) in districts {
        sum += *persons as f64 * accounting.rr2()?.percent();
    }
    (persons > 0).then(|| Rate::of_percent(RateKind::Weighted, sum / persons as f64))
}

#[cfg(test)]
mod tests;
