//! Response rates: each carries which it is, and so its formula; one without cannot be made.

use serde::{Deserialize, Serialize};

/// The rates that are printed, each with the formula that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    /// Complete sheets.
    Rr1,
    /// Complete and partial sheets: the headline.
    Rr2,
    /// Of everyone sampled.
    Raw,
    /// Districts by their size.
    Weighted,
    /// Codes used, before the opening.
    Used,
}

impl RateKind {
    /// The formula in the letters of the accounting.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Rr1 => "RR1 = C/(S−O)",
            Self::Rr2 => "RR2 = (C+P)/(S−O)",
            Self::Raw => "(C+P)/S",
            Self::Weighted => "Σ N·RR2 / Σ N",
            Self::Used => "(C+P+I)/(S−O)",
        }
    }
}

/// A rate; which it is, and so its formula, belongs to it. Written with the formula beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "WrittenRate", into = "WrittenRate")]
pub struct Rate {
    /// Which rate.
    pub kind: RateKind,
    percent: f64,
}

#[derive(Serialize, Deserialize)]
struct WrittenRate {
    rate: RateKind,
    #[serde(default)]
    formula: String,
    percent: f64,
}

impl From<WrittenRate> for Rate {
    fn from(written: WrittenRate) -> Self {
        Self { kind: written.rate, percent: written.percent }
    }
}

impl From<Rate> for WrittenRate {
    fn from(rate: Rate) -> Self {
        Self { rate: rate.kind, formula: rate.formula().to_owned(), percent: rate.percent }
    }
}

impl Rate {
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    pub(super) fn new(kind: RateKind, numerator: u64, denominator: u64) -> Option<Self> {
        (denominator > 0).then(|| Self { kind, percent: 100.0 * numerator as f64 / denominator as f64 })
    }

    pub(super) const fn of_percent(kind: RateKind, percent: f64) -> Self {
        Self { kind, percent }
    }

    /// Its formula.
    #[must_use]
    pub const fn formula(&self) -> &'static str {
        self.kind.formula()
    }

    /// Percent, 0-100.
    #[must_use]
    pub const fn percent(&self) -> f64 {
        self.percent
    }

    /// The rate to one decimal, half up, as printed.
    #[must_use]
    pub fn printed(self) -> Self {
        Self { percent: (self.percent * 10.0 + 1e-9).round() / 10.0, ..self }
    }
}
