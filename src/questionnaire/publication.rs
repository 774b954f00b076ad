//! `publication.toml`: floors of publication, weights, families and the table plan. It is not part of
//! a version; its own hash stands in each release. A setting may be stricter than the bound of the
//! statistics specification, never looser.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    index::Level,
    model::Questionnaire,
    reader::{line_at, line_of},
    source::Fault,
};

const FILE: &str = "publication.toml";

/// Classes of figures that protection may withhold: the usual order, then what an office may add. The
/// total is never given up. `change` may be named and says nothing: a change always goes with the figures that
/// it is the difference of.
const WITHHELD: [&str; 8] = ["district_age", "district_sex", "tenure", "sex_age", "district", "age", "sex", "change"];
/// How many of them are the usual order.
const USUAL: usize = 5;

/// Settings of publication.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publication {
    /// Least numbers.
    pub floor: Floor,
    /// How answers are weighted.
    pub weights: Weighting,
    /// Families of tests.
    pub change: ChangeRules,
    /// Protection of withheld cells.
    pub gate: Gate,
    /// Tables; a table holds its domains and all their margins.
    pub table: Vec<TablePlan>,
    /// Organisations that sign a release.
    pub signing_organisations: Vec<String>,
}

/// Least numbers behind a published figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Floor {
    /// Valid answers, at least.
    pub n_min: u32,
    /// Effective answers, at least.
    pub n_eff_min: f64,
    /// Item non-response above which a figure is withheld, 0-1.
    pub nonresponse_withhold: f64,
    /// Valid answers below which a figure is flagged uncertain.
    pub uncertain_n: u32,
    /// Half-widths above which a figure is flagged uncertain.
    pub uncertain_half_width: HalfWidth,
}

/// Half-widths of intervals.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HalfWidth {
    /// Percent of the range, for points.
    pub index: f64,
    /// Percentage points, for shares.
    pub share: f64,
}

/// How answers are weighted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weighting {
    /// `auto`, `poststratify`, `rake` or `none`.
    pub scheme: String,
    /// Least respondents of a weighting cell.
    pub min_cell: u32,
    /// `calibrated` or `rake_r`.
    pub variance: String,
    /// Weights are trimmed to this many times their median; absent: `off`.
    #[serde(deserialize_with = "off_or_factor")]
    pub trim: Option<f64>,
    /// Districts that are weighted together.
    pub merge_districts: Vec<Vec<String>>,
}

/// `"off"`, or a factor as a number or as text.
fn off_or_factor<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "write \"off\" or a factor of at least 1.5")]
    enum Written {
        Number(f64),
        Text(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Number(factor) => Ok(Some(factor)),
        Written::Text(text) if text == "off" => Ok(None),
        Written::Text(text) => match text.parse() {
            Ok(factor) => Ok(Some(factor)),
            Err(_) => Err(serde::de::Error::custom("write \"off\" or a factor of at least 1.5")),
        },
    }
}

/// Families of tests.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeRules {
    /// Measures of the headline family.
    pub headline: Vec<String>,
    /// False discovery rate of the other families.
    pub q: f64,
}

/// Protection of withheld cells.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gate {
    /// Least width of a target, share of the range.
    pub width: f64,
    /// Least share of what one figure leaves by itself.
    pub single_source: f64,
    /// Least width of a count.
    pub count_width: u32,
    /// Classes in the order in which they are given up.
    pub withhold_order: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePlan {
    /// Id, such as `TRY01`.
    pub id: String,
    /// Dimensions: `district`, `sex`, `age`, `tenure`; none is the total alone.
    #[serde(default)]
    pub by: Vec<String>,
    /// Measures of this level and above.
    #[serde(default = "level_d")]
    pub level: Level,
}

const fn level_d() -> Level {
    Level::D
}

impl Default for Floor {
    fn default() -> Self {
        Self {
            n_min: 30,
            n_eff_min: 20.0,
            nonresponse_withhold: 0.30,
            uncertain_n: 100,
            uncertain_half_width: HalfWidth::default(),
        }
    }
}

impl Default for HalfWidth {
    fn default() -> Self {
        Self { index: 7.5, share: 10.0 }
    }
}

impl Default for Weighting {
    fn default() -> Self {
        Self {
            scheme: "auto".to_owned(),
            min_cell: 5,
            variance: "calibrated".to_owned(),
            trim: None,
            merge_districts: Vec::new(),
        }
    }
}

impl Default for ChangeRules {
    fn default() -> Self {
        Self { headline: Vec::new(), q: 0.05 }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            width: 0.20,
            single_source: 0.5,
            count_width: 5,
            withhold_order: WITHHELD[..USUAL].iter().map(|class| (*class).to_owned()).collect(),
        }
    }
}

impl Publication {
    /// Parses `publication.toml` for `questionnaire`.
    ///
    /// # Errors
    /// Every fault at once; `setting_below_floor` where a setting is looser than its bound.
    pub fn parse(text: &str, questionnaire: &Questionnaire) -> Result<Self, Vec<Fault>> {
        let publication: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| line_at(text, span.start));
            let detail = format!("{}; mend it here", error.message().trim());
            vec![Fault { file: FILE.to_owned(), line, key: String::new(), code: "toml", detail }]
        })?;
        let mut faults = publication.check(questionnaire);
        for fault in &mut faults {
            fault.line = line_of(text, &fault.key);
        }
        if faults.is_empty() { Ok(publication) } else { Err(faults) }
    }

    /// SHA-256 of the file's text, as 64 hexadecimal digits.
    #[must_use]
    pub fn hash(text: &str) -> String {
        super::hexadecimal(&Sha256::digest(text.as_bytes()))
    }

    fn check(&self, questionnaire: &Questionnaire) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut refuse = |key: &str, code: &'static str, detail: String| {
            faults.push(Fault { file: FILE.to_owned(), line: None, key: key.to_owned(), code, detail });
        };
        let floor = &self.floor;
        let bounds = [
            ("floor.n_min", floor.n_min >= 10, "at least 10"),
            ("floor.n_eff_min", floor.n_eff_min >= 10.0, "at least 10"),
            ("floor.nonresponse_withhold", (0.0..=0.30).contains(&floor.nonresponse_withhold), "at most 0.30"),
            ("weights.min_cell", self.weights.min_cell >= 5, "at least 5"),
            ("change.q", self.change.q > 0.0 && self.change.q <= 0.05, "at most 0.05"),
            ("change.headline", self.change.headline.len() <= 3, "at most three measures"),
            ("gate.width", self.gate.width >= 0.20, "at least 0.20"),
            ("gate.single_source", self.gate.single_source >= 0.5, "at least 0.5"),
            ("gate.count_width", self.gate.count_width >= 5, "at least 5"),
        ];
        for (key, holds, bound) in bounds {
            if !holds {
                refuse(
                    key,
                    "setting_below_floor",
                    format!("write {bound}: a stricter value is allowed, a looser one is not"),
                );
            }
        }
        if !matches!(self.weights.scheme.as_str(), "auto" | "poststratify" | "rake" | "none") {
            refuse("weights.scheme", "scheme_unknown", "write auto, poststratify, rake or none".to_owned());
        }
        if !matches!(self.weights.variance.as_str(), "calibrated" | "rake_r") {
            refuse("weights.variance", "variance_unknown", "write calibrated or rake_r".to_owned());
        }
        if self.weights.trim.is_some_and(|factor| !(factor.is_finite() && factor >= 1.5)) {
            refuse("weights.trim", "setting_below_floor", "write off, or a factor of at least 1.5".to_owned());
        }
        for class in &self.gate.withhold_order {
            if !WITHHELD.contains(&class.as_str()) {
                let detail = format!("`{class}` is none of {}", WITHHELD.join(", "));
                refuse("gate.withhold_order", "dimension_unknown", detail);
            }
        }
        for id in &self.change.headline {
            if questionnaire.measure(id).is_none() {
                refuse("change.headline", "index_unknown", format!("no index has the id `{id}`"));
            }
        }
        for (number, table) in self.table.iter().enumerate() {
            let key = format!("table[{number}]");
            let letters = table.id.bytes().take_while(u8::is_ascii_uppercase).count();
            let digits = table.id.len() - letters;
            if !(2..=6).contains(&letters)
                || !(2..=4).contains(&digits)
                || !table.id.bytes().skip(letters).all(|b| b.is_ascii_digit())
            {
                refuse(&key, "table_id_format", "an id is 2-6 capitals and 2-4 digits, such as TRY01".to_owned());
            }
            if self.table[..number].iter().any(|other| other.id == table.id) {
                refuse(&key, "table_id_duplicate", format!("`{}` is there already; rename one", table.id));
            }
            for dimension in &table.by {
                if !matches!(dimension.as_str(), "district" | "sex" | "age" | "tenure") {
                    refuse(&key, "dimension_unknown", format!("`{dimension}` is none of district, sex, age, tenure"));
                }
            }
        }
        faults
    }
}

/// Every fault of the file.
pub(super) fn faults(text: &str, questionnaire: &Questionnaire) -> Vec<Fault> {
    Publication::parse(text, questionnaire).err().unwrap_or_default()
}
