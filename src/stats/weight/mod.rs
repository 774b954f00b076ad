//! Weights: constant inside a weighting cell, which is a district's sex × age class, several age groups
//! of it merged, or the district's unclassed respondents.
//!
//! The way of a weight: [`Policy`] says what shall be; `sample` counts who answered beside the persons;
//! `collapse` merges thin age groups, or `rake` and `calibrate` fit cells to margins; [`Weights`]
//! hold the result with the residual form that the variance needs, and [`WeightLog`] tells of it.

mod calibrate;
mod cholesky;
mod collapse;
mod error;
mod fit;
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
use fit::{Fit, Fitted, calibrated, raked};
pub use log::{Merge, WeightLog};
pub use margin::{By, Margin};
use margin::{check_thin, margins};
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
