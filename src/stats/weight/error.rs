//! Why weights cannot be made: the place, the numbers and what to do about it. Nothing is decided here.

/// Why weights cannot be made: what to do stands in the message.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightError {
    /// Nobody answered.
    #[error("round_empty: the round has no responses")]
    RoundEmpty,
    /// A district without population or respondents.
    #[error(
        "stratum_empty: district {0} has no population or no responses; load its population, merge it with a neighbour for weighting, or leave it out of the area set"
    )]
    StratumEmpty(String),
    /// A district with one respondent.
    #[error(
        "stratum_lonely: district {0} has one response, so its variance cannot be estimated; merge it with a neighbour for weighting"
    )]
    StratumLonely(String),
    /// More respondents than persons.
    #[error(
        "sample_exceeds_population: district {district} has {respondents} responses and {persons} persons; check the population table"
    )]
    SampleExceedsPopulation {
        /// The district.
        district: String,
        /// Its respondents.
        respondents: u64,
        /// Its persons.
        persons: u64,
    },
    /// Respondents in a cell or category without persons.
    #[error("sample_outside_population: responses in {0}, where the population table has nobody; check the table")]
    SampleOutsidePopulation(String),
    /// Respondents without a district in a weighted scheme.
    #[error("sample_outside_population: {0} responses have no district; only the scheme `none` can use them")]
    NoDistrict(u64),
    /// A cell with persons and no respondents.
    #[error(
        "cell_empty: {0} has persons but no responses; let thin cells be merged (min_cell of 2 or more), or use the scheme `rake`"
    )]
    CellEmpty(String),
    /// Post-stratification is not possible, or neither it nor raking.
    #[error(
        "weights_refused: {category} has {respondents} responses, fewer than {least}; merge districts for weighting, or use wider age groups in the population table{}", if *.raked { "" } else { ", or the scheme `rake`" }
    )]
    WeightsRefused {
        /// The cell or category.
        category: String,
        /// Its respondents.
        respondents: u64,
        /// How many are needed.
        least: u64,
        /// Raking was tried too.
        raked: bool,
    },
    /// Margins count different populations.
    #[error(
        "margin_totals_differ: margin {margin} has {total} persons, the one before it {other}; take both from one population table"
    )]
    MarginTotalsDiffer {
        /// The margin.
        margin: String,
        /// Its total.
        total: f64,
        /// The total of the first margin.
        other: f64,
    },
    /// A category with persons and no respondents.
    #[error(
        "margin_category_empty: {category} ({margin}) has persons but no responses; merge districts, or use wider age groups in the population table"
    )]
    MarginCategoryEmpty {
        /// The margin.
        margin: String,
        /// The category.
        category: String,
    },
    /// Too few respondents in a category to rake by it.
    #[error(
        "margin_category_thin: {category} ({margin}) has {respondents} responses, fewer than {least}; merge districts for weighting, or use wider age groups in the population table"
    )]
    MarginCategoryThin {
        /// The margin.
        margin: String,
        /// The category.
        category: String,
        /// Its respondents.
        respondents: u64,
        /// How many are needed.
        least: u64,
    },
    /// Raking does not meet its margins.
    #[error(
        "raking_not_converged: {category} ({margin}) gets {have} persons and should get {want}; merge districts, or use wider age groups in the population table"
    )]
    RakingNotConverged {
        /// The margin.
        margin: String,
        /// The category that is farthest off.
        category: String,
        /// Its weighted persons.
        have: f64,
        /// Its persons.
        want: f64,
    },
    /// No weights within the bounds meet the totals.
    #[error("calibration_infeasible: {column} gets {have} and should get {want}; widen the bounds, or use `raking`")]
    CalibrationInfeasible {
        /// The column that is farthest off.
        column: String,
        /// Its weighted total.
        have: f64,
        /// Its total.
        want: f64,
    },
    /// A column follows from the others.
    #[error("calibration_collinear: {column} follows from the columns before it; leave it out")]
    CalibrationCollinear {
        /// The column.
        column: String,
    },
    /// Trimming asked for without raking.
    #[error(
        "trim_without_raking: only raked weights can be trimmed, and post-stratification would restore every weight; use the scheme `rake`, or trim = \"off\""
    )]
    TrimWithoutRaking,
    /// The cap of trimming is below the mean weight.
    #[error(
        "weights_refused: weights cannot be trimmed to {cap}, their mean is {mean}; use a larger factor, or trim = \"off\""
    )]
    TrimBelowMean {
        /// The cap.
        cap: f64,
        /// Mean weight.
        mean: f64,
    },
}

impl WeightError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RoundEmpty => "round_empty",
            Self::StratumEmpty(_) => "stratum_empty",
            Self::StratumLonely(_) => "stratum_lonely",
            Self::SampleExceedsPopulation { .. } => "sample_exceeds_population",
            Self::SampleOutsidePopulation(_) | Self::NoDistrict(_) => "sample_outside_population",
            Self::CellEmpty(_) => "cell_empty",
            Self::WeightsRefused { .. } | Self::TrimBelowMean { .. } => "weights_refused",
            Self::MarginTotalsDiffer { .. } => "margin_totals_differ",
            Self::MarginCategoryEmpty { .. } => "margin_category_empty",
            Self::MarginCategoryThin { .. } => "margin_category_thin",
            Self::RakingNotConverged { .. } => "raking_not_converged",
            Self::CalibrationInfeasible { .. } => "calibration_infeasible",
            Self::CalibrationCollinear { .. } => "calibration_collinear",
            Self::TrimWithoutRaking => "trim_without_raking",
        }
    }
}
