//! How answers are weighted: what may be asked for, and what was chosen. No weight is made here.

use serde::{Deserialize, Serialize};

use super::{Distance, WeightError};

/// How answers are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Every answer counts one, and no finite population is assumed.
    None,
    /// Persons over respondents, by district.
    Design,
    /// Persons over respondents, by district × sex × age, thin ages merged.
    Poststratify,
    /// Fitted to the persons of each district and of each sex × age.
    Rake,
    /// The same margins met by calibration with a chosen distance; for second opinions.
    Calibrate,
}

impl Scheme {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Design => "design",
            Self::Poststratify => "poststratify",
            Self::Rake => "rake",
            Self::Calibrate => "calibrate",
        }
    }
}

/// How the variance takes the weighting into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VarianceForm {
    /// Not at all: linearised values as they are.
    #[default]
    Design,
    /// Deviations from post-stratum means.
    Poststratified,
    /// Residuals of a regression on the calibration's columns.
    Calibrated,
    /// Repeated sweeps over the margins, as R's `rake`.
    RakeR,
    /// Replicates (step measures).
    Bootstrap,
}

impl VarianceForm {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::Poststratified => "poststratified",
            Self::Calibrated => "calibrated",
            Self::RakeR => "rake_r",
            Self::Bootstrap => "bootstrap",
        }
    }
}

/// What is done about a stratum of one respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lonely {
    /// Refused.
    Fail,
    /// Its deviation is taken from the mean of all respondents. An option of the kernel: no setting
    /// leads to it.
    Adjust,
}

/// What a round's weights shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The scheme; absent: post-stratification if it can be, else raking, else refused.
    pub scheme: Option<Scheme>,
    /// Least respondents of a post-stratum and of a raking category; 1 merges nothing.
    pub min_cell: u64,
    /// Variance of raked weights by sweeps instead of regression.
    pub rake_r: bool,
    /// Raked weights are trimmed to this many times their median.
    pub trim: Option<f64>,
    /// Districts that are weighted as one.
    pub merge: Vec<Vec<u16>>,
    /// What is done about a stratum of one respondent.
    pub lonely: Lonely,
    /// Distance of the scheme `calibrate`.
    pub distance: Distance,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            scheme: None,
            min_cell: 5,
            rake_r: false,
            trim: None,
            merge: Vec::new(),
            lonely: Lonely::Fail,
            distance: Distance::Raking,
        }
    }
}

impl Policy {
    /// The product's rules with one scheme.
    #[must_use]
    pub fn of(scheme: Scheme) -> Self {
        Self { scheme: Some(scheme), ..Self::default() }
    }

    /// Refuses trimming of weights that are not raked.
    pub(super) const fn check_trim(&self, scheme: Scheme) -> Result<(), WeightError> {
        match (self.trim, scheme) {
            (None, _) | (Some(_), Scheme::Rake) => Ok(()),
            (Some(_), _) => Err(WeightError::TrimWithoutRaking),
        }
    }
}
