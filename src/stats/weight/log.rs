//! What was done to weight a round: for staff, and the coarse part of it for the release. Weights
//! themselves are never published.

use serde::{Deserialize, Serialize};

use super::{Scheme, Trimming, VarianceForm, Weights, median};
use crate::stats::{domain::Frame, fold::real};

/// Age groups that are weighted as one in a district and sex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// District, or districts joined by `+`.
    pub district: String,
    /// Sex class.
    pub sex: String,
    /// Age groups, youngest first.
    pub ages: Vec<String>,
}

impl std::fmt::Display for Merge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {} {}", self.district, self.sex, self.ages.join("+"))
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightLog {
    /// The scheme used.
    pub scheme: Scheme,
    /// How the variance follows it.
    pub variance: VarianceForm,
    /// Age groups weighted together.
    pub merges: Vec<Merge>,
    /// Districts weighted together, each group joined by `+`.
    pub merged_districts: Vec<String>,
    /// Cycles of raking.
    pub cycles: u32,
    /// What trimming did.
    pub trimming: Option<Trimming>,
    /// Times the median of the cap, if weights are trimmed.
    pub trim: Option<f64>,
    /// Smallest weight.
    pub min: f64,
    /// Largest weight.
    pub max: f64,
    /// Median weight, over respondents.
    pub median: f64,
    /// Smallest and largest weight over the design weight.
    pub moved: (f64, f64),
    /// Kish's planning value n·Σw²/(Σw)².
    pub kish_deff: f64,
    /// n over that.
    pub kish_n_eff: f64,
    /// Respondents whose sex or age class is unknown.
    pub unclassed: u64,
    /// Districts where they are more than one in ten.
    pub unclassed_high: Vec<String>,
}

/// The largest weight over the median above which staff are warned.
const SPREAD: f64 = 5.0;

impl WeightLog {
    /// Stable codes of what staff should look at.
    #[must_use]
    pub fn warnings(&self) -> Vec<&'static str> {
        let spread = self.max > SPREAD * self.median;
        [("unclassed_high", !self.unclassed_high.is_empty()), ("weights_spread", spread)]
            .into_iter()
            .filter_map(|(code, holds)| holds.then_some(code))
            .collect()
    }

    /// Scheme and trimming, as text.
    #[must_use]
    pub fn method(&self) -> String {
        let trim = self.trim.map(|factor| format!("trim {factor}"));
        [self.scheme.key().to_owned()].into_iter().chain(trim).collect::<Vec<_>>().join("; ")
    }

    /// Everything that was merged, as text in an order that does not depend on that of the districts.
    #[must_use]
    pub fn merged(&self) -> Vec<String> {
        let sorted = |joined: &str| {
            let mut districts: Vec<&str> = joined.split('+').collect();
            districts.sort_unstable();
            districts.join("+")
        };
        let districts = self.merged_districts.iter().map(|districts| format!("districts {}", sorted(districts)));
        let cells = self.merges.iter().map(|merge| Merge { district: sorted(&merge.district), ..merge.clone() });
        let mut merged: Vec<String> = districts.chain(cells.map(|merge| merge.to_string())).collect();
        merged.sort_unstable();
        merged
    }

    /// Method and everything merged: two rounds are weighted alike if theirs are equal.
    #[must_use]
    pub fn key(&self) -> String {
        [self.method()].into_iter().chain(self.merged()).collect::<Vec<_>>().join("; ")
    }
}

impl Weights {
    /// What was done.
    #[must_use]
    pub fn log(&self, frame: &Frame) -> WeightLog {
        let respondents: Vec<f64> = self.cells.iter().map(|cell| real(cell.respondents)).collect();
        let weights: Vec<f64> = self.cells.iter().map(|cell| cell.weight).collect();
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for (respondents, weight) in respondents.iter().zip(&weights) {
            count += respondents;
            sum += respondents * weight;
            squares += respondents * weight * weight;
        }
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, 0.0_f64), |(min, max), value| (min.min(value), max.max(value)))
        };
        let (min, max) = ends(&mut weights.iter().copied());
        let kish_deff = count * squares / (sum * sum);
        let names = |strata: &mut dyn Iterator<Item = &super::Stratum>| strata.map(|s| s.name.clone()).collect();
        WeightLog {
            scheme: self.scheme,
            variance: self.form(),
            merges: self.merges(frame),
            merged_districts: names(&mut self.strata.iter().filter(|stratum| stratum.districts.len() > 1)),
            cycles: self.cycles,
            trimming: self.trimming,
            trim: self.trim,
            min,
            max,
            median: median(&weights, &respondents),
            moved: ends(&mut self.cells.iter().map(|cell| cell.weight / cell.design)),
            kish_deff,
            kish_n_eff: count / kish_deff,
            unclassed: self.strata.iter().map(|stratum| stratum.unclassed).sum(),
            unclassed_high: names(
                &mut self.strata.iter().filter(|stratum| stratum.unclassed * 10 > stratum.respondents),
            ),
        }
    }

    fn merges(&self, frame: &Frame) -> Vec<Merge> {
        let mut merges = Vec::new();
        for cell in self.cells.iter().filter(|cell| cell.classes.len() > 1) {
            let name = |names: &[String], place: u8| names.get(usize::from(place)).cloned().unwrap_or_default();
            merges.push(Merge {
                district: self.strata.get(cell.stratum).map_or_else(String::new, |stratum| stratum.name.clone()),
                sex: cell.classes.first().map_or_else(String::new, |class| name(&frame.sexes, class.0)),
                ages: cell.classes.iter().map(|class| name(&frame.ages, class.1)).collect(),
            });
        }
        merges
    }
}
