//! Who answered: the exact accounting of every area with its rates and formulas. No answer's content is
//! here.

use serde::{Deserialize, Serialize};

use crate::survey::accounting::{Accounting, Rate};

/// What became of everyone who was sampled in an area: S = O + B + C + P + I + M, exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Area code.
    pub area: String,
    /// S, O, B, C, P and I.
    #[serde(flatten)]
    pub counts: Accounting,
    /// M: the rest.
    pub rest: u64,
    /// C + P: answers used in the estimates.
    pub answered: u64,
    /// RR1, RR2, raw, and for everybody weighted; each to one decimal, with its formula.
    pub rates: Vec<Rate>,
}

impl Response {
    /// Of an area; nothing if more is accounted for than was sampled. `weighted` is the rate of all
    /// districts by their size.
    #[must_use]
    pub fn of(area: &str, counts: Accounting, weighted: Option<Rate>) -> Option<Self> {
        let rates = [counts.rr1(), counts.rr2(), counts.raw(), weighted].into_iter().flatten().map(Rate::printed);
        Some(Self {
            area: area.to_owned(),
            counts,
            rest: counts.missing()?,
            answered: counts.answered(),
            rates: rates.collect(),
        })
    }

    /// RR2, the headline; nothing if nobody could answer.
    #[must_use]
    pub fn headline(&self) -> Option<Rate> {
        self.counts.rr2().map(Rate::printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounting_is_exact_and_every_rate_has_its_formula() {
        let counts =
            Accounting { sampled: 3_600, over_coverage: 48, blank: 31, complete: 2_080, partial: 96, insufficient: 22 };
        let response = Response::of("2580", counts, None).unwrap();
        assert_eq!((response.answered, response.rest), (2_176, 1_323));
        let written = serde_json::to_value(&response).unwrap();
        for (key, value) in [("sampled", 3_600), ("over_coverage", 48), ("blank", 31), ("insufficient", 22)] {
            assert_eq!(written[key], value, "{key}");
        }
        let rates: Vec<(f64, &str)> = response.rates.iter().map(|rate| (rate.percent(), rate.formula())).collect();
        assert_eq!(rates, [(58.6, "RR1 = C/(S−O)"), (61.3, "RR2 = (C+P)/(S−O)"), (60.4, "(C+P)/S")]);
        assert_eq!(serde_json::from_value::<Response>(written).unwrap(), response);
        assert_eq!(Response::of("2580", Accounting { over_coverage: 3_000, ..counts }, None), None);
    }
}
