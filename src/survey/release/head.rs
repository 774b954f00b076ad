//! What is true of a whole release besides its figures: where it comes from, what was asked and of
//! whom, and the names of everything that the figures stand under. No estimate is here.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Composed, Response, Table};
use crate::{
    questionnaire::{Direction, Level},
    stats::disclosure::GateReport,
    survey::{
        area::Redrawn,
        breaks::{Declaration, Key},
        round::{Kind, VersionRef},
    },
};

/// What is true of a whole release besides its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Id, such as `R-2027-1`; made-up figures carry `-Demodata`.
    pub id: String,
    /// Name of the round.
    pub round: String,
    /// Kind of the round.
    pub kind: Kind,
    /// Period.
    pub period: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The release that it takes the place of.
    pub supersedes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The version that was answered.
    pub questionnaire: VersionRef,
    /// Hash of the version.
    pub version_hash: String,
    /// Hash of the table plan and floors.
    pub publication_hash: String,
    /// Title of the survey.
    pub titles: Names,
    /// Who asked.
    pub organisations: Vec<String>,
    /// Where imported answers came from.
    pub source: String,
    /// First and last day of the field period.
    pub field: (NaiveDate, NaiveDate),
    /// Date of the population table.
    pub population_date: Option<NaiveDate>,
    /// What comparisons are decided by.
    pub key: Key,
    /// Areas, the total first.
    pub areas: Vec<Label>,
    /// Sex classes.
    pub sexes: Vec<Label>,
    /// Age groups.
    pub ages: Vec<Label>,
    /// Tenure classes.
    pub tenures: Vec<Label>,
    /// Measures in the version's order.
    pub measures: Vec<PublishedMeasure>,
    /// Questions behind them.
    pub items: Vec<PublishedItem>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Answers by area, the total first; empty for imported answers.
    pub responses: Vec<Response>,
    /// Those who answered by sex and age, beside the population; empty without a population table.
    #[serde(default)]
    pub composition: Vec<Composed>,
    /// Cut table of the step indices; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts: Option<String>,
    /// How answers were weighted.
    pub weights: Weighting,
    /// What the gate did.
    pub gate: GateReport,
    /// Least number of answers behind a figure.
    pub min_n: u64,
    /// Earlier releases that changes stand against.
    pub compared_with: Vec<ComparedWith>,
    /// What persons had said of the breaks between them: the reasons of changes name these by id.
    #[serde(default)]
    pub declarations: Vec<Declaration>,
    // A release is recomputed byte for byte by every later program: what is added after this line is
    // optional, and left out where it is absent.
    /// Envelopes that could not be read at the opening and were set aside by two persons; absent where none were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<u64>,
    /// What it was computed by and from; absent in files of the first format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The older areas that the round was held on; absent where its tables are for the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redrawn: Option<Redrawn>,
}

/// What a release was computed by and from, besides the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program.
    pub software: Software,
    /// 32 bytes, hexadecimal, from which whatever is drawn at random in estimating is drawn; nothing
    /// is drawn for linearised variances.
    pub seed: String,
    /// Methods by step: weights, variance, intervals, tests.
    pub methods: BTreeMap<String, String>,
    /// Earlier releases of the same questionnaire that the gate took into account, oldest first.
    pub ledger: Vec<String>,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Software {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Texts by language tag.
pub type Names = BTreeMap<String, String>;

/// The text in `language`, else in Swedish, else in any language.
#[must_use]
pub fn name_in<'n>(names: &'n Names, language: &str) -> &'n str {
    names.get(language).or_else(|| names.get("sv")).or_else(|| names.values().next()).map_or("", String::as_str)
}

/// A code of a dimension with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Code: text, never a number.
    pub code: String,
    /// Names.
    pub names: Names,
}

/// Unit of a published value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Percent of people.
    #[serde(rename = "percent")]
    Percent,
    /// Points of a scale of 100.
    #[serde(rename = "points 0-100")]
    Points,
    /// Steps of the police index.
    #[serde(rename = "steps 0-6")]
    Steps,
}

impl Unit {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Points => "points 0-100",
            Self::Steps => "steps 0-6",
        }
    }

    /// End points of the scale.
    #[must_use]
    pub const fn ends(self) -> (f64, f64) {
        match self {
            Self::Percent | Self::Points => (0.0, 100.0),
            Self::Steps => (0.0, 6.0),
        }
    }
}

/// A measure as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedMeasure {
    /// Id.
    pub id: String,
    /// Version of the formula.
    pub version: u32,
    /// Share, mean of points, composite or step.
    pub kind: String,
    /// Which way is better.
    pub direction: Direction,
    /// Unit.
    pub unit: Unit,
    /// The tables that it stands in.
    pub level: Level,
    /// One of the headline measures.
    pub headline: bool,
    /// The formula as text.
    pub formula: String,
    /// Names.
    pub names: Names,
    /// Ids of the items behind it.
    pub items: Vec<String>,
}

/// A question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedItem {
    /// Id.
    pub id: String,
    /// Wording.
    pub texts: Names,
    /// Option labels, in code order.
    pub options: BTreeMap<String, Vec<String>>,
}

/// How answers were weighted, coarse enough that no cell's number of answers can be worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighting {
    /// Scheme.
    pub scheme: String,
    /// Design effect of the weights after Kish, one decimal.
    pub kish_deff: f64,
    /// How the variance follows the weighting; empty in releases from before it was kept.
    #[serde(default)]
    pub variance: String,
    /// Age groups weighted as one, as text.
    #[serde(default)]
    pub merges: Vec<String>,
    /// Districts weighted as one, as codes joined by `+`.
    #[serde(default)]
    pub merged_districts: Vec<String>,
    /// The smallest and the largest final weight over its design weight, one decimal.
    #[serde(default)]
    pub moved: Option<(f64, f64)>,
    /// Percent of the respondents whose weight was trimmed.
    #[serde(default)]
    pub trimmed: Option<f64>,
    /// What weighting and sample do to the headline measures of everybody.
    #[serde(default)]
    pub headline: Vec<HeadlinePrecision>,
}

/// How precise a headline measure of everybody is, against a simple random sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadlinePrecision {
    /// Measure id.
    pub measure: String,
    /// Design effect, two decimals; absent where there is none, as of composites.
    pub deff: Option<f64>,
    /// Effective number of answers, rounded as every published n.
    pub n_eff: u64,
}

/// A release that a change was computed against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedWith {
    /// Release id.
    pub release: String,
    /// Its period.
    pub period: String,
}
