//! Margins that weights must meet, and the checks of them before and after. Nothing is adjusted here.

use super::{
    WeightError,
    sample::{Counted, Sample, class_name, classes},
};
use crate::stats::fold::real;

/// Largest relative difference between the totals of two margins.
const TOTALS: f64 = 1e-9;
/// Largest relative difference between a category's weighted and wanted total.
const MET: f64 = 1e-8;
/// Differences of that kind closer to each other than this are ties.
const TIE: f64 = 1e-9;

/// A classification of cells with the total of each category.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Its name.
    pub name: String,
    /// Categories in order, with their totals.
    pub categories: Vec<(String, f64)>,
    /// The category of each cell; absent where the margin knows none.
    pub of: Vec<Option<usize>>,
}

impl Margin {
    /// Sum over the cells of each category.
    pub(super) fn sums(&self, of_cell: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut sums = vec![0.0; self.categories.len()];
        for (category, value) in self.of.iter().zip(of_cell) {
            if let Some(category) = category {
                sums[*category] += value;
            }
        }
        sums
    }
}

/// What a margin classifies by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// District, or districts weighted as one.
    District,
    /// Sex.
    Sex,
    /// Age group.
    Age,
    /// Sex and age group.
    SexAge,
}

/// The margins of a round: persons of each district, and of each sex × age in the municipality.
const OF_A_ROUND: [By; 2] = [By::District, By::SexAge];

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::SexAge => "sex x age",
        }
    }

    fn categories(self, sample: &Sample<'_>) -> Vec<String> {
        match self {
            Self::District => sample.strata.iter().map(|stratum| stratum.name.clone()).collect(),
            Self::Sex => sample.frame.sexes.clone(),
            Self::Age => sample.frame.ages.clone(),
            Self::SexAge => classes(sample.frame).map(|class| class_name(sample.frame, class)).collect(),
        }
    }

    /// The category of a cell; none for the unclassed.
    fn category(self, sample: &Sample<'_>, cell: &Counted) -> Option<usize> {
        let (sex, age) = cell.class.map(|(sex, age)| (usize::from(sex), usize::from(age)))?;
        Some(match self {
            Self::District => cell.stratum,
            Self::Sex => sex,
            Self::Age => age,
            Self::SexAge => sex * sample.frame.ages.len() + age,
        })
    }
}

/// Margins over `cells` (positions of classed cells in the sample) with the totals `given`, else those
/// of a round: the persons that classed respondents stand for.
pub(super) fn margins(sample: &Sample<'_>, cells: &[usize], given: Option<&[(By, Vec<f64>)]>) -> Vec<Margin> {
    let of_round = |by: By| {
        let mut totals = vec![0.0; by.categories(sample).len()];
        for cell in &sample.cells {
            if let Some(category) = by.category(sample, cell) {
                totals[category] += sample.target(cell);
            }
        }
        (by, totals)
    };
    let wanted = given.map_or_else(|| OF_A_ROUND.map(of_round).to_vec(), <[_]>::to_vec);
    let of_kind = |(by, totals): (By, Vec<f64>)| Margin {
        name: by.name().to_owned(),
        categories: by.categories(sample).into_iter().zip(totals).collect(),
        of: cells.iter().map(|cell| by.category(sample, &sample.cells[*cell])).collect(),
    };
    wanted.into_iter().map(of_kind).collect()
}

/// What must hold before weights are fitted to `margins`; `respondents` by cell.
///
/// # Errors
/// Margins of different totals, a wanted category that nobody answers for, answers in an unwanted one.
pub fn check(margins: &[Margin], respondents: &[f64]) -> Result<(), WeightError> {
    let total = |margin: &Margin| -> f64 { margin.categories.iter().map(|(_, want)| want).sum() };
    for margin in margins {
        let (own, first) = (total(margin), margins.first().map_or(0.0, total));
        if (own - first).abs() > TOTALS * first.abs() {
            return Err(WeightError::MarginTotalsDiffer { margin: margin.name.clone(), total: own, other: first });
        }
        if let Some(cell) = margin.of.iter().position(Option::is_none) {
            let category = format!("no category of margin {} (cell {})", margin.name, cell + 1);
            return Err(WeightError::SampleOutsidePopulation(category));
        }
        for ((category, want), have) in margin.categories.iter().zip(margin.sums(respondents.iter().copied())) {
            if *want > 0.0 && have <= 0.0 {
                let (margin, category) = (margin.name.clone(), category.clone());
                return Err(WeightError::MarginCategoryEmpty { margin, category });
            }
            if *want <= 0.0 && have > 0.0 {
                return Err(WeightError::SampleOutsidePopulation(format!("{category} ({})", margin.name)));
            }
        }
    }
    Ok(())
}

/// Refuses margins with a category of fewer than `least` respondents, naming the one with fewest.
pub(super) fn check_thin(margins: &[Margin], respondents: &[u64], least: u64) -> Result<(), WeightError> {
    let mut worst: Option<(u64, &Margin, &str)> = None;
    for margin in margins {
        for (place, (name, want)) in margin.categories.iter().enumerate() {
            let own = margin.of.iter().zip(respondents).filter(|(of, _)| **of == Some(place));
            let count: u64 = own.map(|(_, count)| count).sum();
            if *want > 0.0 && count < least && worst.is_none_or(|(fewest, ..)| count < fewest) {
                worst = Some((count, margin, name));
            }
        }
    }
    worst.map_or(Ok(()), |(respondents, margin, category)| {
        let (margin, category) = (margin.name.clone(), category.to_owned());
        Err(WeightError::MarginCategoryThin { margin, category, respondents, least })
    })
}

/// Whether every category is met by `weighted` persons a cell.
///
/// # Errors
/// The category that is farthest off, the first of those in order.
pub(super) fn check_met(margins: &[Margin], weighted: &[f64]) -> Result<(), WeightError> {
    let mut worst = (MET, None);
    for margin in margins {
        for ((category, want), have) in margin.categories.iter().zip(margin.sums(weighted.iter().copied())) {
            let off = if *want > 0.0 { (have / want - 1.0).abs() } else { have };
            // No number at all is as far off as can be.
            let off = if off.is_nan() { f64::INFINITY } else { off };
            if off > worst.0 + if worst.1.is_some() { TIE } else { 0.0 } {
                worst = (off, Some((margin, category, have, *want)));
            }
        }
    }
    worst.1.map_or(Ok(()), |(margin, category, have, want)| {
        let (margin, category) = (margin.name.clone(), category.clone());
        Err(WeightError::RakingNotConverged { margin, category, have, want })
    })
}

/// Columns of a calibration to `margins`: an intercept and all categories with respondents, but one a
/// margin; with the rows of the cells and the totals.
pub(super) struct Columns {
    /// Names.
    pub(super) names: Vec<String>,
    /// Totals.
    pub(super) totals: Vec<f64>,
    /// One row a cell.
    pub(super) rows: Vec<Vec<f64>>,
}

impl Columns {
    pub(super) fn of(margins: &[Margin], respondents: &[u64]) -> Self {
        let total = margins.first().map_or(0.0, |margin| margin.categories.iter().map(|(_, want)| want).sum());
        let mut columns = Self {
            names: vec!["all persons".to_owned()],
            totals: vec![total],
            rows: vec![vec![1.0]; respondents.len()],
        };
        for margin in margins {
            let counts = margin.sums(respondents.iter().map(|count| real(*count)));
            let filled = (0..counts.len()).filter(|category| counts[*category] > 0.0);
            for category in filled.skip(1) {
                let (name, want) = &margin.categories[category];
                columns.names.push(format!("{name} ({})", margin.name));
                columns.totals.push(*want);
                for (row, of) in columns.rows.iter_mut().zip(&margin.of) {
                    row.push(if *of == Some(category) { 1.0 } else { 0.0 });
                }
            }
        }
        columns
    }
}
