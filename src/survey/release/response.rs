//! Who answered: the exact accounting of every area with its rates and formulas, and how those who
//! answered are composed beside the population. No answer's content is here.

use serde::{Deserialize, Serialize};

use crate::{
    stats::disclosure::published_n,
    survey::accounting::{Accounting, Rate},
};

/// Fewest answers of a group whose number is shown.
const FEWEST: u64 = 30;

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

/// A group among those who answered, beside the population.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Composed {
    /// `woman` or `man`; absent for both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// Age group; absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
    /// Answers, rounded as every published n; absent below 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<u64>,
    /// Of all answers, whole percent; made from the rounded number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_percent: Option<f64>,
    /// Persons of the population table.
    pub persons: u64,
    /// Of the population, percent to one decimal.
    pub persons_percent: f64,
}

impl Composed {
    /// A group with `answered` of `all` answers and `persons` of `population`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    pub fn of(
        group: (Option<&str>, Option<&str>),
        (answered, all): (u64, u64),
        (persons, population): (u64, u64),
    ) -> Self {
        let percent = |part: u64, whole: u64| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
        let shown = (answered >= FEWEST).then(|| published_n(answered));
        Self {
            sex: group.0.map(str::to_owned),
            age: group.1.map(str::to_owned),
            answered: shown,
            answered_percent: shown.map(|shown| percent(shown, all).round().min(100.0)),
            persons,
            persons_percent: (percent(persons, population) * 10.0).round() / 10.0,
        }
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

    #[test]
    fn no_group_below_30_shows_its_number() {
        let group = |answered| Composed::of((Some("woman"), None), (answered, 624), (500, 2_000));
        assert_eq!((group(29).answered, group(29).answered_percent), (None, None));
        assert_eq!((group(30).answered, group(30).answered_percent), (Some(30), Some(5.0)));
        assert_eq!((group(314).answered, group(314).persons_percent), (Some(310), 25.0));
    }
}
