//! Weights: constant inside a weighting cell, which is a district's sex × age class or the district's
//! unclassed respondents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    domain::Frame,
    fold::{Atom, Totals, real},
};

/// How answers are weighted. Raking and calibration have their own issue; their place is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Every answer counts one, and no finite population is assumed.
    None,
    /// Persons over respondents, by district.
    Design,
    /// Persons over respondents, by district × sex × age.
    Poststratify,
}

impl Scheme {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Design => "design",
            Self::Poststratify => "poststratify",
        }
    }

    /// The residual form of the variance that goes with it.
    #[must_use]
    pub const fn variance_form(self) -> &'static str {
        match self {
            Self::None | Self::Design => "design",
            Self::Poststratify => "poststratified",
        }
    }
}

/// Why weights cannot be made: what to do stands in the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// Nobody answered.
    #[error("round_empty: the round has no responses")]
    RoundEmpty,
    /// A district without population or respondents.
    #[error(
        "stratum_empty: district {0} has no population or no responses; load its population, or leave it out of the area set"
    )]
    StratumEmpty(String),
    /// A district with one respondent.
    #[error(
        "stratum_lonely: district {0} has one response, so its variance cannot be estimated; merge it with a neighbour for weighting"
    )]
    StratumLonely(String),
    /// More respondents than persons.
    #[error("sample_exceeds_population: district {0} has more responses than persons; check the population table")]
    SampleExceedsPopulation(String),
    /// Respondents in a cell without persons.
    #[error("sample_outside_population: responses in {0}, where the population table has nobody; check the table")]
    SampleOutsidePopulation(String),
    /// A cell with persons and no respondents.
    #[error(
        "cell_empty: {0} has persons but no responses; use wider age groups in the population table, or the scheme `design`"
    )]
    CellEmpty(String),
    /// Respondents without a district in a weighted scheme.
    #[error("sample_outside_population: {0} responses have no district; only the scheme `none` can use them")]
    NoDistrict(u64),
}

impl WeightError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RoundEmpty => "round_empty",
            Self::StratumEmpty(_) => "stratum_empty",
            Self::StratumLonely(_) => "stratum_lonely",
            Self::SampleExceedsPopulation(_) => "sample_exceeds_population",
            Self::SampleOutsidePopulation(_) | Self::NoDistrict(_) => "sample_outside_population",
            Self::CellEmpty(_) => "cell_empty",
        }
    }
}

/// A weighting cell: a district and its classed part, or none for the unclassed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// District; absent for imported answers without one.
    pub district: Option<u16>,
    /// Sex and age classes; absent for the unclassed.
    pub class: Option<(u8, u8)>,
}

impl Cell {
    /// The cell of an atom's respondents.
    #[must_use]
    pub fn of(atom: Atom) -> Self {
        Self { district: atom.district, class: atom.sex.zip(atom.age) }
    }
}

/// Weights of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The scheme used.
    pub scheme: Scheme,
    /// Respondents and weight by cell.
    pub cells: BTreeMap<Cell, (u64, f64)>,
    /// By district: respondents and sampling fraction f = n/N (0 for the scheme `none`).
    pub strata: BTreeMap<Option<u16>, (u64, f64)>,
}

/// What was done, for the log of the release. Weights themselves are never published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightLog {
    /// The scheme used.
    pub scheme: Scheme,
    /// Smallest weight.
    pub min: f64,
    /// Largest weight.
    pub max: f64,
    /// Kish's planning value n·Σw²/(Σw)².
    pub kish_deff: f64,
    /// n over that.
    pub kish_n_eff: f64,
    /// Respondents whose sex or age class is unknown.
    pub unclassed: u64,
    /// Districts where they are more than one in ten.
    pub unclassed_high: Vec<String>,
}

/// Weights of `totals` under `scheme`. Only counts of respondents are looked at, never answers.
///
/// Sources: design weight N_h/n_h; post-stratification N_c·(1 − u_h/n_h)/n_c, with u_h the district's
/// unclassed respondents, who keep N_h/n_h, so that weights sum to N_h.
///
/// # Errors
/// [`WeightError`], naming the district or cell.
pub fn weigh(scheme: Scheme, frame: &Frame, totals: &Totals) -> Result<Weights, WeightError> {
    if totals.respondents() == 0 {
        return Err(WeightError::RoundEmpty);
    }
    let mut counts: BTreeMap<Cell, u64> = BTreeMap::new();
    let mut strata: BTreeMap<Option<u16>, (u64, f64)> = BTreeMap::new();
    for (atom, found) in &totals.atoms {
        *counts.entry(Cell::of(*atom)).or_default() += found.respondents;
        strata.entry(atom.district).or_default().0 += found.respondents;
    }
    let name = |district: Option<u16>| match district {
        Some(place) => frame.districts.get(usize::from(place)).cloned().unwrap_or_default(),
        None => "(no district)".to_owned(),
    };
    for (&district, &(respondents, _)) in &strata {
        if respondents < 2 {
            return Err(WeightError::StratumLonely(name(district)));
        }
    }
    if scheme == Scheme::None {
        let cells = counts.into_iter().map(|(cell, respondents)| (cell, (respondents, 1.0))).collect();
        return Ok(Weights { scheme, cells, strata });
    }
    if let Some((respondents, _)) = strata.get(&None) {
        return Err(WeightError::NoDistrict(*respondents));
    }
    for place in 0..frame.districts.len() {
        let key = u16::try_from(place).ok();
        let persons = frame.district_persons(place);
        match strata.get_mut(&key) {
            Some(stratum) if persons > 0 => {
                if stratum.0 > persons {
                    return Err(WeightError::SampleExceedsPopulation(name(key)));
                }
                stratum.1 = real(stratum.0) / real(persons);
            }
            _ => return Err(WeightError::StratumEmpty(name(key))),
        }
    }
    let mut cells = BTreeMap::new();
    for (&cell, &respondents) in &counts {
        let (in_district, fraction) = strata.get(&cell.district).copied().unwrap_or_default();
        let design = 1.0 / fraction;
        let weight = match (scheme, cell.class, cell.district) {
            (Scheme::Poststratify, Some((sex, age)), Some(district)) => {
                let persons = frame.persons(usize::from(district), usize::from(sex), usize::from(age));
                if persons == 0 {
                    return Err(WeightError::SampleOutsidePopulation(cell_name(frame, cell)));
                }
                let unclassed = counts.get(&Cell { class: None, ..cell }).copied().unwrap_or(0);
                real(persons) * (1.0 - real(unclassed) / real(in_district)) / real(respondents)
            }
            _ => design,
        };
        cells.insert(cell, (respondents, weight));
    }
    if scheme == Scheme::Poststratify {
        refuse_empty_cells(frame, &cells)?;
    }
    Ok(Weights { scheme, cells, strata })
}

fn refuse_empty_cells(frame: &Frame, cells: &BTreeMap<Cell, (u64, f64)>) -> Result<(), WeightError> {
    for district in 0..frame.districts.len() {
        for sex in 0..frame.sexes.len() {
            for age in 0..frame.ages.len() {
                let class = u8::try_from(sex).ok().zip(u8::try_from(age).ok());
                let cell = Cell { district: u16::try_from(district).ok(), class };
                if frame.persons(district, sex, age) > 0 && !cells.contains_key(&cell) {
                    return Err(WeightError::CellEmpty(cell_name(frame, cell)));
                }
            }
        }
    }
    Ok(())
}

fn cell_name(frame: &Frame, cell: Cell) -> String {
    let district = cell.district.and_then(|place| frame.districts.get(usize::from(place)));
    let class =
        cell.class.and_then(|(sex, age)| Some((frame.sexes.get(usize::from(sex))?, frame.ages.get(usize::from(age))?)));
    match (district, class) {
        (Some(district), Some((sex, age))) => format!("{district}, {sex}, {age}"),
        (Some(district), None) => format!("{district}, class unknown"),
        _ => "no district".to_owned(),
    }
}

impl Weights {
    /// Weight of an atom's respondents.
    #[must_use]
    pub fn of(&self, atom: Atom) -> f64 {
        self.cells.get(&Cell::of(atom)).map_or(0.0, |(_, weight)| *weight)
    }

    /// What was done.
    #[must_use]
    pub fn log(&self, frame: &Frame) -> WeightLog {
        let (mut count, mut sum, mut squares, mut min, mut max) = (0_u64, 0.0, 0.0, f64::INFINITY, 0.0_f64);
        let (mut unclassed, mut unclassed_high) = (0, Vec::new());
        for (cell, &(respondents, weight)) in &self.cells {
            count += respondents;
            sum += real(respondents) * weight;
            squares += real(respondents) * weight * weight;
            min = min.min(weight);
            max = max.max(weight);
            if cell.class.is_none() {
                unclassed += respondents;
                let in_district = self.strata.get(&cell.district).map_or(0, |stratum| stratum.0);
                if respondents * 10 > in_district {
                    unclassed_high
                        .extend(cell.district.and_then(|place| frame.districts.get(usize::from(place)).cloned()));
                }
            }
        }
        let kish_deff = real(count) * squares / (sum * sum);
        WeightLog {
            scheme: self.scheme,
            min,
            max,
            kish_deff,
            kish_n_eff: real(count) / kish_deff,
            unclassed,
            unclassed_high,
        }
    }
}
