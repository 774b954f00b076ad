//! Weights: constant inside a weighting cell, which is a district's sex × age class, several age groups
//! of it merged, or the district's unclassed respondents.
//!
//! The way of a weight: [`Policy`] says what shall be; `sample` counts who answered beside the persons;
//! `collapse` merges thin age groups, or [`rake`] and [`calibrate`] fit cells to margins; [`Weights`]
//! hold the result with the residual form that the variance needs, and [`WeightLog`] tells of it.

mod calibrate;
mod cholesky;
mod collapse;
mod error;
mod log;
mod margin;
mod policy;
mod rake;
mod residual;
mod sample;

use std::collections::BTreeMap;

pub use calibrate::{Distance, calibrate};
pub use collapse::collapse;
pub use error::WeightError;
pub use log::{Merge, WeightLog};
pub use margin::{By, Margin};
use margin::{Columns, check, check_thin, margins};
pub use policy::{Lonely, Policy, Scheme, VarianceForm};
pub use rake::{Raked, Trimming, median, rake, rake_trimmed, trim};
use residual::Residuals;
use sample::Sample;
pub use sample::{Cell, Stratum};

use super::{
    domain::Frame,
    fold::{Atom, Totals, real},
};

/// Respondents who share a weight.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedCell {
    /// Position of the stratum.
    pub stratum: usize,
    /// Sex and age classes; none for the unclassed.
    pub classes: Vec<(u8, u8)>,
    /// Whether they are weighted by class.
    pub classed: bool,
    /// Respondents.
    pub respondents: u64,
    /// Design weight.
    pub design: f64,
    /// Final weight.
    pub weight: f64,
}

impl WeightedCell {
    /// Design weights of the cell in all.
    fn base(&self) -> f64 {
        real(self.respondents) * self.design
    }
}

/// Weights of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The scheme used.
    pub scheme: Scheme,
    /// Cells with respondents.
    pub cells: Vec<WeightedCell>,
    /// Districts, or merged districts.
    pub strata: Vec<Stratum>,
    /// What was done about strata of one respondent.
    pub lonely: Lonely,
    places: BTreeMap<Cell, usize>,
    residuals: Residuals,
    fitted: Option<Fitted>,
    cycles: u32,
    trimming: Option<Trimming>,
    trim: Option<f64>,
}

/// What raked or calibrated weights were fitted to.
#[derive(Debug, Clone, PartialEq)]
struct Fitted {
    /// Positions of the classed cells.
    classed: Vec<usize>,
    /// Margins over those.
    margins: Vec<Margin>,
    /// Distance of a calibration; none for raking.
    distance: Option<Distance>,
}

/// Weights of `totals` under `policy`. Only counts of respondents are looked at, never answers.
///
/// Sources: design weight d = N_h/n_h; post-stratification N_c·k_h/n_c; raking to N_h·k_h and
/// Σ_h N_{h,sex,age}·k_h, where k_h = 1 − u_h/n_h and the district's u_h unclassed respondents keep
/// N_h/n_h, so that weights sum to N_h.
///
/// # Errors
/// [`WeightError`], naming the district, cell or category.
pub fn weigh(policy: &Policy, frame: &Frame, totals: &Totals) -> Result<Weights, WeightError> {
    let sample = Sample::count(policy, frame, totals)?;
    let scheme = match policy.scheme {
        Some(scheme) => scheme,
        None => automatic(policy, &sample)?,
    };
    policy.check_trim(scheme)?;
    match scheme {
        Scheme::None | Scheme::Design => Ok(designed(policy, &sample, scheme)),
        Scheme::Poststratify => poststratified(policy, &sample),
        Scheme::Rake => raked(policy, Fit::of(policy, &sample, scheme, None)?),
        Scheme::Calibrate => calibrated(policy, Fit::of(policy, &sample, scheme, None)?),
    }
}

/// Weights raked (or, by `policy`, calibrated) to totals that are not those of a round; `given` holds
/// each margin's totals in the frame's order.
///
/// # Errors
/// As [`weigh`].
pub fn weigh_to(
    policy: &Policy,
    frame: &Frame,
    totals: &Totals,
    given: &[(By, Vec<f64>)],
) -> Result<Weights, WeightError> {
    let sample = Sample::count(policy, frame, totals)?;
    if policy.scheme == Some(Scheme::Calibrate) {
        calibrated(policy, Fit::of(policy, &sample, Scheme::Calibrate, Some(given))?)
    } else {
        raked(policy, Fit::of(policy, &sample, Scheme::Rake, Some(given))?)
    }
}

/// Post-stratification if every cell has enough respondents after collapsing, else raking if every
/// category has.
fn automatic(policy: &Policy, sample: &Sample<'_>) -> Result<Scheme, WeightError> {
    match collapse::cells(sample, policy.min_cell) {
        Ok(_) => return Ok(Scheme::Poststratify),
        Err(WeightError::WeightsRefused { .. } | WeightError::CellEmpty(_)) => {}
        Err(other) => return Err(other),
    }
    let cells: Vec<usize> = sample.filled().filter(|cell| sample.cells[*cell].class.is_some()).collect();
    let respondents: Vec<u64> = cells.iter().map(|cell| sample.cells[*cell].respondents).collect();
    match check_thin(&margins(sample, &cells, None), &respondents, policy.min_cell) {
        Err(WeightError::MarginCategoryThin { margin, category, respondents, least }) => {
            let category = format!("{category} ({margin})");
            Err(WeightError::WeightsRefused { category, respondents, least, raked: true })
        }
        other => other.map(|()| Scheme::Rake),
    }
}

fn designed(policy: &Policy, sample: &Sample<'_>, scheme: Scheme) -> Weights {
    Weights::start(policy, sample, scheme, sample.filled().map(|cell| vec![cell]))
}

fn poststratified(policy: &Policy, sample: &Sample<'_>) -> Result<Weights, WeightError> {
    let classed = collapse::cells(sample, policy.min_cell)?;
    let unclassed = sample.filled().filter(|cell| sample.cells[*cell].class.is_none()).map(|cell| vec![cell]);
    let groups: Vec<Vec<usize>> = classed.into_iter().chain(unclassed).collect();
    let mut weights = Weights::start(policy, sample, Scheme::Poststratify, groups.iter().cloned());
    for (cell, group) in weights.cells.iter_mut().zip(&groups).filter(|(cell, _)| cell.classed) {
        let persons: f64 = group.iter().map(|place| sample.target(&sample.cells[*place])).sum();
        cell.weight = persons / real(cell.respondents);
    }
    weights.residuals = Residuals::Poststratified;
    Ok(weights)
}

/// Weights before fitting, the positions of classed cells among them, and the margins over those.
struct Fit {
    weights: Weights,
    classed: Vec<usize>,
    respondents: Vec<u64>,
    margins: Vec<Margin>,
}

impl Fit {
    fn of(
        policy: &Policy,
        sample: &Sample<'_>,
        scheme: Scheme,
        given: Option<&[(By, Vec<f64>)]>,
    ) -> Result<Self, WeightError> {
        let weights = designed(policy, sample, scheme);
        let classed: Vec<usize> = (0..weights.cells.len()).filter(|cell| weights.cells[*cell].classed).collect();
        let places: Vec<usize> = sample.filled().filter(|cell| sample.cells[*cell].class.is_some()).collect();
        let respondents: Vec<u64> = classed.iter().map(|cell| weights.cells[*cell].respondents).collect();
        let margins = margins(sample, &places, given);
        check_thin(&margins, &respondents, policy.min_cell)?;
        Ok(Self { weights, classed, respondents, margins })
    }

    fn counts(&self) -> Vec<f64> {
        self.respondents.iter().map(|count| real(*count)).collect()
    }

    fn columns(&self) -> Columns {
        Columns::of(&self.margins, &self.respondents)
    }

    /// One value a cell, from one a classed cell.
    fn spread<T: Clone>(&self, of_classed: &[T], unclassed: &T) -> Vec<T> {
        let mut all = vec![unclassed.clone(); self.weights.cells.len()];
        for (place, value) in self.classed.iter().zip(of_classed) {
            all[*place] = value.clone();
        }
        all
    }

    /// The weights with `fitted` ones of the classed cells and the residuals that go with them.
    fn finish(
        self,
        fitted: &[f64],
        sweeps: Option<Vec<Vec<f64>>>,
        distance: Option<Distance>,
    ) -> Result<Weights, WeightError> {
        let mut columns = self.columns();
        columns.rows = self.spread(&columns.rows, &vec![0.0; columns.names.len()]);
        let stages = sweeps.map(|stages| {
            let stages = self.margins.iter().zip(stages).map(|(margin, stage)| {
                let over_all = Margin { of: self.spread(&margin.of, &None), ..margin.clone() };
                (over_all, self.spread(&stage, &1.0))
            });
            stages.collect::<Vec<_>>()
        });
        let mut weights = self.weights;
        for (place, weight) in self.classed.iter().zip(fitted) {
            weights.cells[*place].weight = *weight;
        }
        weights.residuals = match stages {
            Some(stages) => Residuals::RakeR { stages },
            None => Residuals::calibrated(&weights.cells, &columns)?,
        };
        weights.fitted = Some(Fitted { classed: self.classed, margins: self.margins, distance });
        Ok(weights)
    }
}

fn raked(policy: &Policy, mut fit: Fit) -> Result<Weights, WeightError> {
    let start: Vec<f64> = fit.classed.iter().map(|cell| fit.weights.cells[*cell].design).collect();
    let counts = fit.counts();
    let mut raked = rake(&start, &counts, &fit.margins)?;
    if let Some(factor) = policy.trim {
        let (trimmed, trimming) = rake_trimmed(raked, factor, &counts, &fit.margins)?;
        fit.weights.trimming = Some(trimming);
        raked = trimmed;
    }
    fit.weights.cycles = raked.cycles;
    let sweeps = policy.rake_r.then_some(raked.stages);
    fit.finish(&raked.weights, sweeps, None)
}

fn calibrated(policy: &Policy, fit: Fit) -> Result<Weights, WeightError> {
    check(&fit.margins, &fit.counts())?;
    let columns = fit.columns();
    let of_classed = || fit.classed.iter().map(|cell| &fit.weights.cells[*cell]);
    let base: Vec<f64> = of_classed().map(WeightedCell::base).collect();
    let factors = calibrate(&base, &columns.rows, &columns.totals, &columns.names, policy.distance)?;
    let fitted: Vec<f64> = of_classed().zip(factors).map(|(cell, factor)| cell.design * factor).collect();
    fit.finish(&fitted, None, Some(policy.distance))
}

impl Weights {
    /// Design weights of `groups` of the sample's cells.
    fn start(policy: &Policy, sample: &Sample<'_>, scheme: Scheme, groups: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut weights = Self {
            scheme,
            cells: Vec::new(),
            strata: sample.strata.clone(),
            lonely: policy.lonely,
            places: BTreeMap::new(),
            residuals: Residuals::Design,
            fitted: None,
            cycles: 0,
            trimming: None,
            trim: policy.trim,
        };
        for group in groups {
            let Some(stratum) = group.first().map(|place| sample.cells[*place].stratum) else { continue };
            let members = || group.iter().map(|place| &sample.cells[*place]);
            let districts = sample.districts().filter(|(_, own)| *own == stratum).map(|(district, _)| district);
            for district in districts {
                let cells = members().map(|cell| Cell { district, class: cell.class });
                weights.places.extend(cells.map(|cell| (cell, weights.cells.len())));
            }
            let design = sample.strata[stratum].design();
            let classes: Vec<(u8, u8)> = members().filter_map(|cell| cell.class).collect();
            weights.cells.push(WeightedCell {
                stratum,
                classed: !classes.is_empty(),
                classes,
                respondents: members().map(|cell| cell.respondents).sum(),
                design,
                weight: design,
            });
        }
        weights
    }

    /// Position of the cell of an atom's respondents.
    #[must_use]
    pub fn place(&self, atom: Atom) -> Option<usize> {
        self.places.get(&Cell::of(atom)).copied()
    }

    /// Weight of an atom's respondents.
    #[must_use]
    pub fn of(&self, atom: Atom) -> f64 {
        self.place(atom).map_or(0.0, |place| self.cells[place].weight)
    }

    /// The same weights trimmed to `factor` times their median and not raked again, so that they miss
    /// their margins: R's `trimWeights` after `rake`. No setting leads here; it serves comparison with
    /// that package.
    ///
    /// # Errors
    /// As [`trim`].
    pub fn trimmed_only(mut self, factor: f64) -> Result<Self, WeightError> {
        let weights: Vec<f64> = self.cells.iter().map(|cell| cell.weight).collect();
        let counts: Vec<f64> = self.cells.iter().map(|cell| real(cell.respondents)).collect();
        let trimmed = trim(&weights, &counts, factor * median(&weights, &counts))?;
        for (cell, weight) in self.cells.iter_mut().zip(trimmed) {
            cell.weight = weight;
        }
        Ok(self)
    }

    /// Factors by which other start weights, `base` in all a cell, meet what these weights meet: the same
    /// scheme and cells, the unclassed left as they are. Trimming is kept, not repeated: raking starts
    /// from the round's own factors. Nothing where there are no such factors.
    pub(super) fn recalibrated(&self, base: &[f64]) -> Option<Vec<f64>> {
        let mut factors = vec![1.0; self.cells.len()];
        if self.scheme == Scheme::Poststratify {
            for ((factor, cell), base) in factors.iter_mut().zip(&self.cells).zip(base).filter(|((_, c), _)| c.classed)
            {
                *factor = cell.weight * real(cell.respondents) / base;
            }
        }
        if let Some(Fitted { classed, margins, distance }) = &self.fitted {
            let counts: Vec<f64> = classed.iter().map(|place| base[*place]).collect();
            let fitted = if let Some(distance) = distance {
                let respondents: Vec<u64> = classed.iter().map(|place| self.cells[*place].respondents).collect();
                let columns = Columns::of(margins, &respondents);
                calibrate(&counts, &columns.rows, &columns.totals, &columns.names, *distance).ok()?
            } else {
                let moved = |place: &usize| self.cells[*place].weight / self.cells[*place].design;
                let start: Vec<f64> = classed.iter().map(moved).collect();
                rake(&start, &counts, margins).ok()?.weights
            };
            for (place, factor) in classed.iter().zip(fitted) {
                factors[*place] = factor;
            }
        }
        factors.iter().all(|factor| factor.is_finite()).then_some(factors)
    }

    /// How the variance follows the weighting.
    #[must_use]
    pub const fn form(&self) -> VarianceForm {
        self.residuals.form()
    }

    /// Turns cells' mean linearised values into mean residuals.
    pub(super) fn residuals(&self, means: &mut [f64]) {
        self.residuals.apply(&self.cells, means);
    }
}
