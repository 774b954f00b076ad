//! Why two rounds may not be compared: keys are compared field by field, each difference gives its
//! code and class (survey specification, section 6). No estimate is looked at here.

mod code;
mod declaration;
mod measure;
mod register;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

pub use code::{Code, Lift};
pub use declaration::{Act, Declaration, Evidence, Marked, Person, Scope};
pub use register::{Pair, Register};
pub use wanted::{Refused, Wanted};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use measure::of_measure;

use super::{answer_sheet::Mode, area::Obstacle, round::AreaSetRef};
use crate::{
    questionnaire::{Fingerprint, Stream},
    stats::compare::{Class, Reason},
};

/// Days by which the middles of two field periods may differ within the calendar year.
const SEASON_DAYS: i64 = 45;
/// Percentage points by which the share of paper may move.
const PAPER_POINTS: f64 = 15.0;
/// Percentage points by which the response rate may move without a note.
const RESPONSE_POINTS: f64 = 5.0;
/// Days by which the age of two population tables at fieldwork may differ.
const POPULATION_DAYS: i64 = 183;

/// What a round's figures depend on besides the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// The version as residents met it.
    pub fingerprint: Fingerprint,
    /// Who was asked.
    pub stream: Stream,
    /// Youngest and oldest.
    pub ages: (u8, u8),
    /// How one could answer.
    pub modes: Vec<Mode>,
    /// Share of the used answers that came on paper, percent.
    pub paper_share: f64,
    /// First and last day of the field period.
    pub field: (NaiveDate, NaiveDate),
    /// The area set.
    pub area_set: AreaSetRef,
    /// Boundary of each area by code, the total too.
    pub boundaries: BTreeMap<String, String>,
    /// Code of the total.
    pub total: String,
    /// Weighting scheme and trimming.
    pub scheme: String,
    /// What was merged for the weights, sorted.
    #[serde(default)]
    pub merges: Vec<String>,
    /// Day of the population table.
    #[serde(default)]
    pub population_date: Option<NaiveDate>,
    /// Cut tables of step measures, by measure.
    #[serde(default)]
    pub cuts: BTreeMap<String, CutTable>,
    /// Response rate RR2, percent, where letters were sent.
    pub response_rate: Option<f64>,
}

/// The cut table of a step measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutTable {
    /// Its id.
    pub id: String,
    /// Number of indicators.
    pub k: usize,
}

/// Every reason between two rounds for a measure in an area (its code; the total's for everybody).
#[must_use]
pub fn reasons(earlier: &Key, later: &Key, measure: &str, area: &str) -> Vec<Reason> {
    let mut found = of_round(earlier, later);
    found.extend(of_measure(earlier, later, measure));
    found.extend(of_area(earlier, later, area));
    found
}

/// Reasons that hold for every measure and area.
fn of_round(earlier: &Key, later: &Key) -> Vec<Reason> {
    let mut found = Vec::new();
    let mut add = |holds: bool, code: Code, detail: String| {
        if holds {
            found.push(reason(code, detail));
        }
    };
    let (old, new) = (&earlier.fingerprint.questionnaire, &later.fingerprint.questionnaire);
    add(old != new, Code::Survey, format!("{old} and {new} are different surveys"));
    add(earlier.stream != later.stream, Code::Stream, String::new());
    let ages = |key: &Key| format!("{}-{}", key.ages.0, key.ages.1);
    add(earlier.ages != later.ages, Code::AgeRange, format!("{} and {}", ages(earlier), ages(later)));
    let modes = |key: &Key| {
        let mut modes: Vec<&str> = key.modes.iter().map(|mode| mode.key()).collect();
        modes.sort_unstable();
        modes.dedup();
        modes.join(" + ")
    };
    let (old, new) = (modes(earlier), modes(later));
    add(old != new, Code::Mode, format!("{old} and {new}"));
    let moved = (earlier.paper_share - later.paper_share).abs();
    add(moved > PAPER_POINTS, Code::ModeMix, format!("the share of paper moved by {moved:.0} points"));
    let apart = season_gap(earlier.field, later.field);
    add(apart > SEASON_DAYS, Code::Season, format!("midpoints {apart} days apart"));
    let weighting = weighting(earlier, later);
    add(weighting.is_some(), Code::Weighting, weighting.unwrap_or_default());
    if let (Some(old), Some(new)) = (earlier.response_rate, later.response_rate) {
        let detail = format!("{old:.1} % and {new:.1} %");
        add((old - new).abs() > RESPONSE_POINTS, Code::ResponseDrop, detail);
    }
    found
}

/// Whether a reason, lifted or not, parts a series: a rule in charts, `b` at the first value after it.
#[must_use]
pub fn parts_series(reason: &Reason) -> bool {
    reason.class >= Class::Bridged && Code::parse(&reason.code).is_some_and(Code::parts_series)
}

fn reason(code: Code, detail: impl Into<String>) -> Reason {
    Reason::new(code.key(), code.class(), detail)
}

/// What differs in the weights. Two tables of different years are no difference where each was as old
/// as the other when its round was held.
fn weighting(earlier: &Key, later: &Key) -> Option<String> {
    let (old, new) = (weights(earlier), weights(later));
    if old.0 != new.0 {
        return Some(format!("{} and {}", old.0.join("; "), new.0.join("; ")));
    }
    if old.1 != new.1 {
        let merged = |merges: BTreeSet<&str>| match merges.len() {
            0 => "nothing".to_owned(),
            _ => merges.into_iter().collect::<Vec<_>>().join(", "),
        };
        return Some(format!("merged: {} and {}", merged(old.1), merged(new.1)));
    }
    let (old, new) = earlier.population_date.zip(later.population_date)?;
    let age = |key: &Key, date: NaiveDate| (key.field.0 - date).num_days();
    let apart = (age(earlier, old) - age(later, new)).abs();
    (old != new && apart > POPULATION_DAYS).then(|| format!("population of {old} and {new}"))
}

/// How a round was weighted, and what was merged for it. In releases from before merges were kept by
/// themselves they stand in the scheme, behind it and the trimming.
fn weights(key: &Key) -> (Vec<&str>, BTreeSet<&str>) {
    let mut parts = key.scheme.split("; ");
    let scheme: Vec<&str> = parts.next().into_iter().collect();
    let (trim, merged): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("trim "));
    ([scheme, trim].concat(), merged.into_iter().chain(key.merges.iter().map(String::as_str)).collect())
}

/// Days between the middles of two field periods, as the calendar year sees them: 31 December and
/// 1 January are neighbours.
fn season_gap(first: (NaiveDate, NaiveDate), second: (NaiveDate, NaiveDate)) -> i64 {
    let middle = |(from, to): (NaiveDate, NaiveDate)| i64::from((from + (to - from) / 2).ordinal());
    let apart = (middle(first) - middle(second)).abs();
    apart.min(365 - apart)
}

/// Lets the reasons that an area gives also say why the earlier round cannot be told for it.
pub fn tell_split(reasons: &mut [Reason], obstacle: &Obstacle) {
    for reason in reasons.iter_mut().filter(|reason| {
        let code = Code::parse(&reason.code);
        matches!(code, Some(Code::AreaSet | Code::AreaAbsent))
    }) {
        let before = Some(reason.detail.as_str()).filter(|detail| !detail.is_empty());
        reason.detail = before.into_iter().chain([obstacle.to_string().as_str()]).collect::<Vec<_>>().join("; ");
    }
}

fn of_area(earlier: &Key, later: &Key, area: &str) -> Option<Reason> {
    let is_total = area == later.total;
    let (old, new) = if is_total {
        (earlier.boundaries.get(&earlier.total), later.boundaries.get(&later.total))
    } else {
        (earlier.boundaries.get(area), later.boundaries.get(area))
    };
    match (old, new) {
        (Some(old), Some(new)) if is_total => {
            let same_parts = earlier.boundaries == later.boundaries;
            // For everybody a moved border between districts is a caveat.
            let soft = || Reason::new(Code::AreaSet.key(), Class::Soft, set_detail(earlier, later));
            (old != new || !same_parts).then(soft)
        }
        (Some(old), Some(new)) => (old != new).then(|| reason(Code::AreaSet, set_detail(earlier, later))),
        _ => Some(reason(Code::AreaAbsent, "")),
    }
}

fn set_detail(earlier: &Key, later: &Key) -> String {
    format!("{} and {}", earlier.area_set, later.area_set)
}
