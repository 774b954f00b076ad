//! Estimates of every domain from folded totals: weighted means and shares, composites with the
//! covariances of their parts, linearised variance, intervals, design effect.
//!
//! All respondents of the round stay in: a domain, and missing answers too, only set linearised
//! values to 0. The variance is V = Σ_h (1−f_h)·n_h/(n_h−1)·Σ_{c∈h} [(w_c/W_D)²·Q_c + n_c(ū_c − ū_h)²]
//! over weighting cells c, which equals the respondent-level sum (Taylor linearisation; formulas of
//! [R `survey`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    domain::{Domain, Frame, Group},
    fold::{Atom, AtomTotals, CoMoments, Moments, Totals, real},
    interval::{self, Method},
    weight::{Cell, Scheme, Weights},
};

/// What a measure is, for the kernels.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureKind {
    /// Values 0 and 1.
    Share,
    /// Values 0 to 100.
    Mean,
    /// Σ a·θ over parts: position and weight; a share enters as 100·p.
    Composite(Vec<(usize, f64)>),
    /// Needs a cut table that is not there.
    NoCutTable,
}

/// Why there is no figure, or no standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nobody was asked.
    NotAsked,
    /// The cut table is missing.
    CutTableMissing,
    /// Nobody has a valid value.
    NotEstimable,
    /// One valid value: no variance.
    NotEstimableVariance,
    /// All values equal: no interval.
    NoVariance,
}

impl Missing {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::CutTableMissing => "cut_table_missing",
            Self::NotEstimable => "not_estimable",
            Self::NotEstimableVariance => "not_estimable_variance",
            Self::NoVariance => "no_variance",
        }
    }
}

/// An unrounded estimate. Shares 0-1, points 0-100. Staff only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EstimateRecord {
    /// Position of the measure.
    pub measure: usize,
    /// The group.
    pub domain: Domain,
    /// Persons asked.
    pub asked: u64,
    /// Persons with a value; of a composite the smallest of its parts.
    pub valid: u64,
    /// Persons in the numerator (shares).
    pub ones: Option<u64>,
    /// Persons who said "don't know".
    pub dont_know: u64,
    /// Sum of the weights of persons with a value.
    pub sum_w: f64,
    /// The estimate.
    pub estimate: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// Persons with a value less districts that hold one.
    pub df: Option<i64>,
    /// Design effect against simple random sampling with replacement.
    pub deff: Option<f64>,
    /// Effective number of persons.
    pub n_eff: Option<f64>,
    /// Interval.
    pub ci: Option<(f64, f64)>,
    /// How the interval was made.
    pub ci_method: Option<Method>,
    /// 1 − valid/asked.
    pub nonresponse: Option<f64>,
    /// All valid values are equal.
    pub homogeneous: bool,
    /// Why something is missing.
    pub missing: Option<Missing>,
}

/// One weighting cell's part in a domain and measure.
struct Part {
    district: Option<u16>,
    respondents: f64,
    weight: f64,
    moments: Moments,
    /// Mean linearised value over the whole cell, after the residual form.
    residual: f64,
}

/// Folded totals with their weights, ready for estimates.
pub struct Estimator<'a> {
    frame: &'a Frame,
    kinds: &'a [MeasureKind],
    totals: &'a Totals,
    weights: &'a Weights,
}

impl<'a> Estimator<'a> {
    /// Estimates of `totals`, whose measures are `kinds`, under `weights`.
    #[must_use]
    pub const fn new(frame: &'a Frame, kinds: &'a [MeasureKind], totals: &'a Totals, weights: &'a Weights) -> Self {
        Self { frame, kinds, totals, weights }
    }

    /// Every measure for every domain of the frame, measure by measure.
    #[must_use]
    pub fn all(&self) -> Vec<EstimateRecord> {
        let domains = self.frame.domains();
        (0..self.kinds.len())
            .flat_map(|measure| domains.iter().map(move |(domain, group)| (measure, domain, group)))
            .map(|(measure, domain, group)| self.one(measure, domain, *group))
            .collect()
    }

    /// One measure for one domain.
    #[must_use]
    pub fn one(&self, measure: usize, domain: &Domain, group: Group) -> EstimateRecord {
        match &self.kinds[measure] {
            MeasureKind::NoCutTable => empty(measure, domain, Missing::CutTableMissing),
            MeasureKind::Composite(parts) => self.composite(measure, parts, domain, group),
            MeasureKind::Share => self.simple(measure, true, domain, group),
            MeasureKind::Mean => self.simple(measure, false, domain, group),
        }
    }

    fn atoms(&self, group: Group) -> impl Iterator<Item = (&Atom, &AtomTotals)> {
        // Who is unclassed counts in the total, by district and by tenure, never by sex or by age.
        let classed = |atom: &Atom| {
            (atom.sex.is_some() || self.frame.sexes.is_empty()) && (atom.age.is_some() || self.frame.ages.is_empty())
        };
        let of_class = group.sex.is_some() || group.age.is_some();
        self.totals.atoms.iter().filter(move |(atom, _)| {
            let at = |wanted: Option<usize>, found: Option<usize>| wanted.is_none_or(|wanted| found == Some(wanted));
            (!of_class || classed(atom))
                && at(group.district, atom.district.map(usize::from))
                && at(group.sex, atom.sex.map(usize::from))
                && at(group.age, atom.age.map(usize::from))
                && at(group.tenure, atom.tenure.map(usize::from))
        })
    }

    /// Moments of a measure in a domain by weighting cell.
    fn by_cell(&self, measure: usize, group: Group) -> BTreeMap<Cell, Moments> {
        let mut cells: BTreeMap<Cell, Moments> = BTreeMap::new();
        for (atom, totals) in self.atoms(group) {
            let cell = cells.entry(Cell::of(*atom)).or_default();
            *cell = cell.merge(&totals.measures[measure]);
        }
        cells
    }

    /// Weighted sum of valid persons and weighted mean.
    fn mean(&self, cells: &BTreeMap<Cell, Moments>) -> (f64, f64) {
        let (mut sum, mut values) = (0.0, 0.0);
        for (cell, moments) in cells {
            let weight = self.weights.cells.get(cell).map_or(0.0, |(_, weight)| *weight) * real(moments.valid);
            sum += weight;
            values += weight * moments.mean;
        }
        (sum, if sum > 0.0 { values / sum } else { 0.0 })
    }

    fn parts(&self, cells: &BTreeMap<Cell, Moments>, mean: f64, sum_w: f64) -> Vec<Part> {
        self.weights
            .cells
            .iter()
            .map(|(cell, &(respondents, weight))| {
                let moments = cells.get(cell).copied().unwrap_or_default();
                let respondents = real(respondents);
                let linear = weight * real(moments.valid) * (moments.mean - mean) / (respondents * sum_w);
                let poststratified = self.weights.scheme == Scheme::Poststratify && cell.class.is_some();
                let residual = if poststratified { 0.0 } else { linear };
                Part { district: cell.district, respondents, weight, moments, residual }
            })
            .collect()
    }

    /// (1 − f)·n/(n − 1) of a district.
    fn factor(&self, district: Option<u16>) -> f64 {
        let (respondents, fraction) = self.weights.strata.get(&district).copied().unwrap_or_default();
        let respondents = real(respondents);
        if respondents < 2.0 { 0.0 } else { (1.0 - fraction) * respondents / (respondents - 1.0) }
    }

    /// Mean residual of each district over all its respondents.
    fn district_means(&self, residuals: impl Iterator<Item = (Option<u16>, f64, f64)>) -> BTreeMap<Option<u16>, f64> {
        let mut sums: BTreeMap<Option<u16>, f64> = BTreeMap::new();
        for (district, respondents, residual) in residuals {
            *sums.entry(district).or_default() += respondents * residual;
        }
        for (district, sum) in &mut sums {
            *sum /= real(self.weights.strata.get(district).map_or(1, |stratum| stratum.0));
        }
        sums
    }

    fn simple(&self, measure: usize, share: bool, domain: &Domain, group: Group) -> EstimateRecord {
        let cells = self.by_cell(measure, group);
        let all = cells.values().fold(Moments::default(), |sum, moments| sum.merge(moments));
        let mut record = counted(measure, domain, &all, share);
        if all.asked == 0 || all.valid == 0 {
            record.missing = Some(if all.asked == 0 { Missing::NotAsked } else { Missing::NotEstimable });
            return record;
        }
        let (sum_w, mean) = self.mean(&cells);
        let parts = self.parts(&cells, mean, sum_w);
        let means = self.district_means(parts.iter().map(|part| (part.district, part.respondents, part.residual)));
        let (mut variance, mut squares) = (0.0, 0.0);
        for part in &parts {
            let (valid, delta) = (real(part.moments.valid), part.moments.mean - mean);
            let within = part.moments.squares + valid * (1.0 - valid / part.respondents) * delta * delta;
            let ratio = part.weight / sum_w;
            let between = part.residual - means.get(&part.district).copied().unwrap_or(0.0);
            variance += self.factor(part.district) * (ratio * ratio * within + part.respondents * between * between);
            squares += part.weight * (part.moments.squares + valid * delta * delta);
        }
        let range = if share { 1.0 } else { 100.0 };
        record.sum_w = sum_w;
        record.estimate = Some(mean);
        record.homogeneous = squares <= 0.0 || all.squares <= 0.0;
        let districts = cells.iter().filter(|(_, m)| m.valid > 0).map(|(cell, _)| cell.district);
        let districts: std::collections::BTreeSet<_> = districts.collect();
        let df = i64::try_from(all.valid).unwrap_or(i64::MAX) - i64::try_from(districts.len()).unwrap_or(0);
        record.df = Some(df);
        self.spread(&mut record, variance, squares / sum_w, share, range);
        record
    }

    /// Standard error, design effect and interval from the variance; `spread` is the weighted
    /// variance of the values, Σw(y−ȳ)²/Σw.
    #[expect(clippy::unused_self, reason = "belongs to the estimator's steps")]
    fn spread(&self, record: &mut EstimateRecord, variance: f64, spread: f64, share: bool, range: f64) {
        let (Some(mean), valid) = (record.estimate, real(record.valid)) else { return };
        if record.valid < 2 {
            record.missing = Some(Missing::NotEstimableVariance);
            return;
        }
        let floor = (1e-12 * range) * (1e-12 * range);
        let variance = if variance < floor { 0.0 } else { variance };
        let se = variance.sqrt();
        record.se = Some(se);
        if record.homogeneous {
            record.n_eff = Some(valid);
            if share {
                let found = interval::of_share(mean.round(), se, valid, 0.0);
                record.ci = found.map(|(bounds, _)| bounds);
                record.ci_method = found.map(|(_, method)| method);
            } else {
                record.missing = Some(Missing::NoVariance);
            }
            return;
        }
        let s2 = spread * valid / (valid - 1.0);
        let deff = variance / (s2 / valid);
        record.deff = Some(deff);
        record.n_eff = Some(if deff > 0.0 { valid / deff } else { valid });
        let found = if share {
            #[expect(clippy::cast_precision_loss, reason = "degrees of freedom are small")]
            let df = record.df.unwrap_or(0) as f64;
            interval::of_share(mean, se, valid, df)
        } else {
            Some((interval::normal(mean, se), Method::Z))
        };
        record.ci = found.map(|(bounds, _)| bounds);
        record.ci_method = found.map(|(_, method)| method);
    }

    /// Moments of a pair of measures in a domain by weighting cell.
    fn pair_by_cell(&self, first: usize, second: usize, group: Group) -> BTreeMap<Cell, CoMoments> {
        let mut cells: BTreeMap<Cell, CoMoments> = BTreeMap::new();
        let place = self.totals.pairs().iter().position(|pair| *pair == (first, second));
        if let Some(place) = place {
            for (atom, totals) in self.atoms(group) {
                let cell = cells.entry(Cell::of(*atom)).or_default();
                *cell = cell.merge(&totals.pairs[place]);
            }
        }
        cells
    }

    fn composite(&self, measure: usize, parts: &[(usize, f64)], domain: &Domain, group: Group) -> EstimateRecord {
        let records: Vec<EstimateRecord> = parts.iter().map(|&(part, _)| self.one(part, domain, group)).collect();
        let mut record = empty(measure, domain, Missing::NotAsked);
        record.missing = records.iter().find_map(|part| part.missing.filter(|_| part.se.is_none()));
        record.asked = records.iter().map(|part| part.asked).min().unwrap_or(0);
        record.valid = records.iter().map(|part| part.valid).min().unwrap_or(0);
        record.nonresponse = records.iter().filter_map(|part| part.nonresponse).reduce(f64::max);
        record.sum_w = records.iter().map(|part| part.sum_w).reduce(f64::min).unwrap_or(0.0);
        let estimates: Option<Vec<f64>> = records.iter().map(|part| part.estimate).collect();
        let Some(estimates) = estimates else { return record };
        let scale: Vec<f64> = parts
            .iter()
            .map(|&(part, weight)| weight * if self.kinds[part] == MeasureKind::Share { 100.0 } else { 1.0 })
            .collect();
        record.estimate = Some(scale.iter().zip(&estimates).map(|(scale, estimate)| scale * estimate).sum());
        record.n_eff = records.iter().filter_map(|part| part.n_eff).reduce(f64::min);
        record.df = records.iter().filter_map(|part| part.df).min();
        if records.iter().any(|part| part.se.is_none()) {
            return record;
        }
        record.missing = None;
        let variance = self.composite_variance(parts, &scale, &records, group);
        let se = if variance < 1e-20 { 0.0 } else { variance.sqrt() };
        record.se = Some(se);
        record.homogeneous = records.iter().all(|part| part.homogeneous);
        if se > 0.0 {
            record.ci = record.estimate.map(|estimate| interval::normal(estimate, se));
            record.ci_method = Some(Method::Z);
        } else {
            record.missing = Some(Missing::NoVariance);
        }
        record
    }

    /// The variance of a composite: linearised values are summed per respondent before squaring, so
    /// covariances count.
    fn composite_variance(
        &self,
        parts: &[(usize, f64)],
        scale: &[f64],
        records: &[EstimateRecord],
        group: Group,
    ) -> f64 {
        let of_part: Vec<Vec<Part>> = parts
            .iter()
            .zip(records)
            .map(|(&(part, _), record)| {
                self.parts(&self.by_cell(part, group), record.estimate.unwrap_or(0.0), record.sum_w)
            })
            .collect();
        let cells: Vec<(&Cell, &(u64, f64))> = self.weights.cells.iter().collect();
        let summed: Vec<f64> = (0..cells.len())
            .map(|cell| of_part.iter().zip(scale).map(|(part, scale)| scale * part[cell].residual).sum())
            .collect();
        let means = self
            .district_means(cells.iter().zip(&summed).map(|((cell, found), &sum)| (cell.district, real(found.0), sum)));
        let mut variance = 0.0;
        for (place, (cell, (respondents, _))) in cells.iter().enumerate() {
            let between = summed[place] - means.get(&cell.district).copied().unwrap_or(0.0);
            variance += self.factor(cell.district) * real(*respondents) * between * between;
        }
        for (k, own) in of_part.iter().enumerate() {
            for (l, other) in of_part.iter().enumerate() {
                let pair = if k == l {
                    BTreeMap::new()
                } else {
                    self.pair_by_cell(parts[k.min(l)].0, parts[k.max(l)].0, group)
                };
                for (place, (cell, _)) in cells.iter().enumerate() {
                    let (first, second) = (&own[place], &other[place]);
                    let centre =
                        |part: &Part, record: &EstimateRecord| part.moments.mean - record.estimate.unwrap_or(0.0);
                    let (at_k, at_l) = (centre(first, &records[k]), centre(second, &records[l]));
                    let joint = if k == l {
                        first.moments.squares + real(first.moments.valid) * at_k * at_k
                    } else {
                        let both = pair.get(cell).copied().unwrap_or_default();
                        let (mean_k, mean_l) = if k < l { both.means } else { (both.means.1, both.means.0) };
                        let (gap_k, gap_l) =
                            (mean_k - records[k].estimate.unwrap_or(0.0), mean_l - records[l].estimate.unwrap_or(0.0));
                        both.products + real(both.valid) * gap_k * gap_l
                    };
                    let sums = real(first.moments.valid) * at_k * real(second.moments.valid) * at_l / first.respondents;
                    let ratio = first.weight * first.weight / (records[k].sum_w * records[l].sum_w);
                    variance += self.factor(cell.district) * scale[k] * scale[l] * ratio * (joint - sums);
                }
            }
        }
        variance
    }
}

/// Pairs of measures whose co-moments the composites among `kinds` need.
#[must_use]
pub fn pairs(kinds: &[MeasureKind]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for kind in kinds {
        if let MeasureKind::Composite(parts) = kind {
            for (place, (first, _)) in parts.iter().enumerate() {
                for (second, _) in &parts[place + 1..] {
                    // The order within a pair is that of the parts, as the variance asks for it.
                    pairs.push((*first, *second));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn counted(measure: usize, domain: &Domain, all: &Moments, share: bool) -> EstimateRecord {
    let mut record = empty(measure, domain, Missing::NotAsked);
    record.asked = all.asked;
    record.valid = all.valid;
    record.ones = share.then_some(all.ones);
    record.dont_know = all.dont_know;
    record.nonresponse = (all.asked > 0).then(|| 1.0 - real(all.valid) / real(all.asked));
    record.missing = None;
    record
}

fn empty(measure: usize, domain: &Domain, missing: Missing) -> EstimateRecord {
    EstimateRecord {
        measure,
        domain: domain.clone(),
        asked: 0,
        valid: 0,
        ones: None,
        dont_know: 0,
        sum_w: 0.0,
        estimate: None,
        se: None,
        df: None,
        deff: None,
        n_eff: None,
        ci: None,
        ci_method: None,
        nonresponse: None,
        homogeneous: false,
        missing: Some(missing),
    }
}
