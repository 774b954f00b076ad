//! What became of everyone who was sampled: S = O + B + C + P + I + M. Complete, partial and
//! insufficient are known only after the opening. A rate cannot be made without its formula.

use serde::{Deserialize, Serialize};

use crate::questionnaire::missing;

/// Percent of the core items that make a sheet complete.
const COMPLETE: usize = 80;
/// Percent of the core items that make a sheet partial.
const PARTIAL: usize = 50;

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
    fn new(kind: RateKind, numerator: u64, denominator: u64) -> Option<Self> {
        (denominator > 0).then(|| Self { kind, percent: 100.0 * numerator as f64 / denominator as f64 })
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
    (persons > 0).then(|| Rate { kind: RateKind::Weighted, percent: sum / persons as f64 })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const WORKED: Accounting =
        Accounting { sampled: 3_600, over_coverage: 48, blank: 31, complete: 2_080, partial: 96, insufficient: 22 };

    fn printed(rate: Option<Rate>) -> String {
        rate.map_or_else(String::new, |rate| format!("{:.1} {}", rate.percent(), rate.formula()))
    }

    #[test]
    fn the_worked_numbers_come_out() {
        assert_eq!(WORKED.missing(), Some(1_323));
        assert_eq!(printed(WORKED.rr1()), "58.6 RR1 = C/(S−O)");
        assert_eq!(printed(WORKED.rr2()), "61.3 RR2 = (C+P)/(S−O)");
        assert_eq!(printed(WORKED.raw()), "60.4 (C+P)/S");
        assert_eq!(printed(WORKED.used_rate()), "61.9 (C+P+I)/(S−O)");
    }

    #[test]
    fn a_printed_contradiction_of_rates_is_two_formulas() {
        // Kävlinge: 61.7 % printed, 1 653 of 2 700; 61.7 % is RR2 with 21 over-covered.
        let kavlinge = Accounting { sampled: 2_700, over_coverage: 21, complete: 1_653, ..Accounting::default() };
        assert_eq!(printed(kavlinge.raw()), "61.2 (C+P)/S");
        assert_eq!(printed(kavlinge.rr2()), "61.7 RR2 = (C+P)/(S−O)");
    }

    #[test]
    fn the_weighted_rate_stands_beside_the_plain_one() {
        let small = Accounting { sampled: 100, complete: 80, ..Accounting::default() };
        let large = Accounting { sampled: 100, complete: 40, ..Accounting::default() };
        assert_eq!(printed(Accounting::sum([&small, &large]).rr2()), "60.0 RR2 = (C+P)/(S−O)");
        assert_eq!(printed(weighted_rate(&[(1_000, small), (3_000, large)])), "50.0 Σ N·RR2 / Σ N");
        assert_eq!(weighted_rate(&[(1_000, small), (5, Accounting::default())]), None);
        assert_eq!(weighted_rate(&[]), None);
    }

    #[test]
    fn a_rate_is_written_with_its_formula_and_read_back() {
        let rate = WORKED.rr2().map(Rate::printed).unwrap();
        let written = serde_json::to_value(rate).unwrap();
        assert_eq!(written, serde_json::json!({ "rate": "rr2", "formula": "RR2 = (C+P)/(S−O)", "percent": 61.3 }));
        assert_eq!(serde_json::from_value::<Rate>(written).unwrap(), rate);
    }

    #[test]
    fn raw_and_weighted_rates_are_two_numbers() {
        // NTU 2017, local: 79 933 of 200 000 is 40.0 % raw; 44 % was printed.
        let all = Accounting { sampled: 200_000, complete: 79_933, ..Accounting::default() };
        assert_eq!(printed(all.raw()), "40.0 (C+P)/S");
        let (small, large) = (
            Accounting { sampled: 100_000, complete: 35_933, ..Accounting::default() },
            Accounting { sampled: 100_000, complete: 44_000, ..Accounting::default() },
        );
        assert_eq!(Accounting::sum([&small, &large]), all);
        assert_eq!(printed(weighted_rate(&[(0, small), (1, large)])), "44.0 Σ N·RR2 / Σ N");
    }

    #[test]
    fn nobody_sampled_gives_no_rate() {
        assert_eq!(Accounting::default().rr2(), None);
        let more = Accounting { sampled: 1, complete: 2, ..Accounting::default() };
        assert_eq!(more.missing(), None);
    }

    #[rstest]
    #[case(29, Completeness::Complete)]
    #[case(28, Completeness::Partial)]
    #[case(18, Completeness::Partial)]
    #[case(17, Completeness::Insufficient)]
    #[case(0, Completeness::Insufficient)]
    fn of_36_core_items_29_are_complete_and_18_partial(#[case] answered: usize, #[case] expected: Completeness) {
        let core: Vec<usize> = (2..38).collect();
        // Answers of every kind count, machine codes do not.
        let mut codes = vec![99; 40];
        for (place, code) in codes[2..2 + answered].iter_mut().enumerate() {
            *code = [1, 93, 96, 97, 98][place % 5];
        }
        codes[39] = 94;
        codes[0] = 1;
        codes[1] = 1;
        assert_eq!(Completeness::of(&core, &codes), expected);
        assert_eq!(expected.estimated(), expected != Completeness::Insufficient);
    }

    #[test]
    fn without_core_items_every_sheet_is_complete() {
        assert_eq!(Completeness::of(&[], &[99, 95]), Completeness::Complete);
    }
}
