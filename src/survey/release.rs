//! A release: frozen results with everything a reader needs to understand them. Made only from a
//! [`SafeTable`]; its bytes and their hash never change. No unrounded number is here.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    breaks::Key,
    round::{Kind, VersionRef},
};
use crate::{
    questionnaire::{Direction, Level, TablePlan},
    stats::{
        disclosure::{GateReport, PublishedChange, PublishedRecord, SafeTable},
        domain::{Domain, DomainKind},
    },
};

const FORMAT: &str = "trygg-release/1";

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

/// How many answered, coarse enough that no single answer shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Area code.
    pub area: String,
    /// Letters sent.
    pub sampled: u64,
    /// Answers used in the estimates, rounded as every published n.
    pub answered: u64,
    /// RR2, percent: one decimal for everybody, whole percent in a district.
    pub rate: f64,
}

/// How answers were weighted, coarse enough that no cell's number of answers can be worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighting {
    /// Scheme.
    pub scheme: String,
    /// Design effect of the weights after Kish, one decimal.
    pub kish_deff: f64,
}

/// A release that a change was computed against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedWith {
    /// Release id.
    pub release: String,
    /// Its period.
    pub period: String,
}

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
    /// How answers were weighted.
    pub weights: Weighting,
    /// What the gate did.
    pub gate: GateReport,
    /// Least number of answers behind a figure.
    pub min_n: u64,
    /// Earlier releases that changes stand against.
    pub compared_with: Vec<ComparedWith>,
}

/// A table of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Id, such as `TRY01`.
    pub id: String,
    /// Dimensions: `district`, `sex`, `age`, `tenure`.
    pub by: Vec<String>,
    /// Measures of this level stand in it.
    pub level: Level,
}

impl Table {
    /// A table of a plan.
    #[must_use]
    pub fn of(plan: &TablePlan) -> Self {
        Self { id: plan.id.clone(), by: plan.by.clone(), level: plan.level }
    }

    /// Types of domains in the table: its dimensions and all their margins, the total first.
    #[must_use]
    pub fn kinds(&self) -> Vec<DomainKind> {
        let has = |dimension: &str| self.by.iter().any(|by| by == dimension);
        let (district, sex, age, tenure) = (has("district"), has("sex"), has("age"), has("tenure"));
        DomainKind::ALL
            .into_iter()
            .filter(|kind| match kind {
                DomainKind::Total => true,
                DomainKind::Sex => sex,
                DomainKind::Age => age,
                DomainKind::SexAge => sex && age,
                DomainKind::Tenure => tenure,
                DomainKind::District => district,
                DomainKind::DistrictSex => district && sex,
                DomainKind::DistrictAge => district && age,
            })
            .collect()
    }

    /// Whether a measure of `level` stands in it.
    #[must_use]
    pub fn holds(&self, level: Level) -> bool {
        self.level == level
    }
}

/// What is not yet true of a release, said on every page and in every file of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Made-up answers.
    Demo,
    /// Only the smallest n and the rounding guard against disclosure.
    PartialGate,
    /// Every answer counts alike.
    Unweighted,
}

impl Notice {
    /// Key in files and of the text.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Demo => "Demodata",
            Self::PartialGate => "only_minimum_n_and_rounding_applied",
            Self::Unweighted => "unweighted_answers",
        }
    }
}

/// A frozen release.
#[derive(Debug, Clone)]
pub struct Release {
    head: Head,
    table: SafeTable,
    bytes: Vec<u8>,
    hash: [u8; 32],
    places: HashMap<(String, Domain), usize>,
    changes: HashMap<(String, Domain, String), usize>,
}

/// Why stored bytes are no release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// The bytes are not those that were frozen.
    #[error("the release's bytes do not have the hash that was stored with them")]
    Hash,
    /// The bytes are of another format.
    #[error("the release cannot be read: {0}")]
    Format(String),
}

#[derive(Deserialize)]
struct File {
    format: String,
    head: Head,
    table: serde_json::Value,
}

impl Release {
    /// Freezes figures that passed the gate.
    ///
    /// # Errors
    /// [`Damaged::Format`] if they cannot be written as JSON, which numbers that are finite always can.
    pub fn freeze(head: Head, table: SafeTable) -> Result<Self, Damaged> {
        #[derive(Serialize)]
        struct Written<'a> {
            format: &'a str,
            head: &'a Head,
            table: &'a SafeTable,
        }
        let bytes = serde_json::to_vec(&Written { format: FORMAT, head: &head, table: &table })
            .map_err(|error| Damaged::Format(error.to_string()))?;
        Ok(Self::indexed(head, table, bytes))
    }

    /// Reads a frozen release back; its bytes must have `hash`.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn read(bytes: Vec<u8>, hash: &[u8; 32]) -> Result<Self, Damaged> {
        let found: [u8; 32] = Sha256::digest(&bytes).into();
        if found != *hash {
            return Err(Damaged::Hash);
        }
        let file: File = serde_json::from_slice(&bytes).map_err(|error| Damaged::Format(error.to_string()))?;
        if file.format != FORMAT {
            return Err(Damaged::Format(format!("it has the format {}", file.format)));
        }
        let table = SafeTable::read_back(file.table).map_err(|error| Damaged::Format(error.to_string()))?;
        Ok(Self::indexed(file.head, table, bytes))
    }

    fn indexed(head: Head, table: SafeTable, bytes: Vec<u8>) -> Self {
        let hash = Sha256::digest(&bytes).into();
        let place =
            |(place, record): (usize, &PublishedRecord)| ((record.measure.clone(), record.domain.clone()), place);
        let places = table.records().iter().enumerate().map(place).collect();
        let place = |(place, change): (usize, &PublishedChange)| {
            ((change.measure.clone(), change.domain.clone(), change.from.clone()), place)
        };
        let changes = table.changes().iter().enumerate().map(place).collect();
        Self { head, table, bytes, hash, places, changes }
    }

    /// What is true of the whole.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The figures.
    #[must_use]
    pub const fn table(&self) -> &SafeTable {
        &self.table
    }

    /// The frozen file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the file.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// SHA-256 of the file as 64 hexadecimal digits.
    #[must_use]
    pub fn hash_text(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The figure of a measure for a group.
    #[must_use]
    pub fn record(&self, measure: &str, domain: &Domain) -> Option<&PublishedRecord> {
        self.places.get(&(measure.to_owned(), domain.clone())).and_then(|&place| self.table.records().get(place))
    }

    /// The change of a measure for a group since `period`.
    #[must_use]
    pub fn change(&self, measure: &str, domain: &Domain, period: &str) -> Option<&PublishedChange> {
        let key = (measure.to_owned(), domain.clone(), period.to_owned());
        self.changes.get(&key).and_then(|&place| self.table.changes().get(place))
    }

    /// The measure `id`.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&PublishedMeasure> {
        self.head.measures.iter().find(|measure| measure.id == id)
    }

    /// Headline measures in the order of the version; the first measures where none is declared.
    #[must_use]
    pub fn headlines(&self) -> Vec<&PublishedMeasure> {
        let declared: Vec<&PublishedMeasure> = self.head.measures.iter().filter(|measure| measure.headline).collect();
        if declared.is_empty() { self.head.measures.iter().take(3).collect() } else { declared }
    }

    /// Code of the total.
    #[must_use]
    pub fn total(&self) -> &str {
        &self.head.key.total
    }

    /// Districts in the order of the area set.
    pub fn districts(&self) -> impl Iterator<Item = &Label> {
        self.head.areas.iter().filter(|area| area.code != self.head.key.total)
    }

    /// The area of a code.
    #[must_use]
    pub fn area(&self, code: &str) -> Option<&Label> {
        self.head.areas.iter().find(|area| area.code == code)
    }

    /// The group that an area and codes of sex, age or tenure name; nothing if there is none such.
    #[must_use]
    pub fn domain(&self, area: &str, codes: &[&str]) -> Option<Domain> {
        let area = if area == self.total() { None } else { Some(self.area(area)?.code.clone()) };
        let mut domain = Domain { kind: DomainKind::Total, area, sex: None, age: None, tenure: None };
        for code in codes {
            let is = |labels: &[Label]| labels.iter().any(|label| label.code == *code);
            let part = if is(&self.head.sexes) {
                &mut domain.sex
            } else if is(&self.head.ages) {
                &mut domain.age
            } else if is(&self.head.tenures) {
                &mut domain.tenure
            } else {
                return None;
            };
            if part.replace((*code).to_owned()).is_some() {
                return None;
            }
        }
        domain.kind = match (&domain.area, &domain.sex, &domain.age, &domain.tenure) {
            (None, None, None, None) => DomainKind::Total,
            (None, Some(_), None, None) => DomainKind::Sex,
            (None, None, Some(_), None) => DomainKind::Age,
            (None, Some(_), Some(_), None) => DomainKind::SexAge,
            (None, None, None, Some(_)) => DomainKind::Tenure,
            (Some(_), None, None, None) => DomainKind::District,
            (Some(_), Some(_), None, None) => DomainKind::DistrictSex,
            (Some(_), None, Some(_), None) => DomainKind::DistrictAge,
            _ => return None,
        };
        Some(domain)
    }

    /// What has to be said of it everywhere.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.head.kind == Kind::Demo {
            notices.push(Notice::Demo);
        }
        if !self.head.gate.not_applied.is_empty() {
            notices.push(Notice::PartialGate);
        }
        if self.head.key.scheme == "none" {
            notices.push(Notice::Unweighted);
        }
        notices
    }
}
