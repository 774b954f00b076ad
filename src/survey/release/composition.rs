//! How those who answered are composed beside the population, by sex and age: rounded, and nothing of
//! a small group. No answer's content is here.

use serde::{Deserialize, Serialize};

use crate::stats::disclosure::published_n;

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
    /// Fewest answers of a group whose number is shown.
    pub const FEWEST: u64 = 30;

    /// A group with `answered` of `all` answers and `persons` of `population`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    pub fn of(
        group: (Option<&str>, Option<&str>),
        (answered, all): (u64, u64),
        (persons, population): (u64, u64),
    ) -> Self {
        let percent = |part: u64, whole: u64| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
        let shown = (answered >= Self::FEWEST).then(|| published_n(answered));
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
    fn no_group_below_30_shows_its_number() {
        let group = |answered| Composed::of((Some("woman"), None), (answered, 624), (500, 2_000));
        assert_eq!((group(29).answered, group(29).answered_percent), (None, None));
        assert_eq!((group(30).answered, group(30).answered_percent), (Some(30), Some(5.0)));
        assert_eq!((group(314).answered, group(314).persons_percent), (Some(310), 25.0));
    }
}
