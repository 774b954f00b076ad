//! Why two rounds may not be compared: keys are compared field by field, each difference gives its
//! code and class (survey specification, section 6). No estimate is looked at here.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{answer_sheet::Mode, round::AreaSetRef};
use crate::{
    questionnaire::{Fingerprint, ItemFingerprint, Stream},
    stats::compare::{Class, Reason},
};

/// Days by which the middles of two field periods may differ within the calendar year.
const SEASON_DAYS: i64 = 45;
/// Percentage points by which the share of paper may move.
const PAPER_POINTS: f64 = 15.0;
/// Percentage points by which the response rate may move without a note.
const RESPONSE_POINTS: f64 = 5.0;

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
    /// Weighting scheme.
    pub scheme: String,
    /// Response rate RR2, percent, where letters were sent.
    pub response_rate: Option<f64>,
}

/// Every reason between two rounds for a measure in an area (its code; the total's for everybody).
#[must_use]
pub fn reasons(earlier: &Key, later: &Key, measure: &str, area: &str) -> Vec<Reason> {
    let mut found = of_round(earlier, later);
    found.extend(of_measure(&earlier.fingerprint, &later.fingerprint, measure));
    found.extend(of_area(earlier, later, area));
    found
}

/// Reasons that hold for every measure and area.
fn of_round(earlier: &Key, later: &Key) -> Vec<Reason> {
    let mut found = Vec::new();
    let mut add = |holds: bool, code: &str, class: Class, detail: String| {
        if holds {
            found.push(Reason::new(code, class, detail));
        }
    };
    let (old, new) = (&earlier.fingerprint.questionnaire, &later.fingerprint.questionnaire);
    add(old != new, "survey", Class::Hard, format!("{old} and {new} are different surveys"));
    add(earlier.stream != later.stream, "stream", Class::Hard, String::new());
    let ages = |key: &Key| format!("{}-{}", key.ages.0, key.ages.1);
    add(earlier.ages != later.ages, "age_range", Class::Hard, format!("{} and {}", ages(earlier), ages(later)));
    let modes = |key: &Key| {
        let mut modes: Vec<&str> = key.modes.iter().map(|mode| mode.key()).collect();
        modes.sort_unstable();
        modes.dedup();
        modes.join(" + ")
    };
    let (old, new) = (modes(earlier), modes(later));
    add(old != new, "mode", Class::Hard, format!("{old} and {new}"));
    let moved = (earlier.paper_share - later.paper_share).abs();
    add(moved > PAPER_POINTS, "mode_mix", Class::Soft, format!("the share of paper moved by {moved:.0} points"));
    let apart = season_gap(earlier.field, later.field);
    add(apart > SEASON_DAYS, "season", Class::Soft, format!("midpoints {apart} days apart"));
    let weighting = format!("{} and {}", earlier.scheme, later.scheme);
    add(earlier.scheme != later.scheme, "weighting", Class::Soft, weighting);
    if let (Some(old), Some(new)) = (earlier.response_rate, later.response_rate) {
        let detail = format!("{old:.1} % and {new:.1} %");
        add((old - new).abs() > RESPONSE_POINTS, "response_drop", Class::Note, detail);
    }
    found
}

/// Days between the middles of two field periods, as the calendar year sees them: 31 December and
/// 1 January are neighbours.
fn season_gap(first: (NaiveDate, NaiveDate), second: (NaiveDate, NaiveDate)) -> i64 {
    let middle = |(from, to): (NaiveDate, NaiveDate)| i64::from((from + (to - from) / 2).ordinal());
    let apart = (middle(first) - middle(second)).abs();
    apart.min(365 - apart)
}

fn of_measure(earlier: &Fingerprint, later: &Fingerprint, measure: &str) -> Vec<Reason> {
    let (Some(old), Some(new)) = (earlier.measures.get(measure), later.measures.get(measure)) else {
        return vec![Reason::new("not_asked", Class::Hard, "")];
    };
    let mut found = Vec::new();
    if (old.version, &old.formula) != (new.version, &new.formula) {
        found.push(Reason::new("formula", Class::Hard, ""));
    }
    for item in &new.items {
        match (earlier.items.get(item), later.items.get(item)) {
            (Some(old), Some(new)) => {
                found.extend(of_item(old, new));
                found.extend(order(earlier, later, item, &new.page));
            }
            _ => found.push(Reason::new("not_asked", Class::Hard, "")),
        }
        for reason in found.iter_mut().filter(|reason| reason.item.is_none() && reason.code != "formula") {
            reason.item = Some(item.clone());
        }
    }
    found
}

fn of_item(old: &ItemFingerprint, new: &ItemFingerprint) -> Vec<Reason> {
    let mut found = Vec::new();
    // Swedish is the language that rounds are compared in; a version without it by its first.
    let both = |tag: &&String| new.wording.contains_key(tag.as_str());
    let main = old.wording.get_key_value("sv").filter(|(tag, _)| both(tag)).map(|(tag, _)| tag);
    let main = main.or_else(|| old.wording.keys().find(|tag| both(tag)));
    for (tag, hash) in &old.wording {
        let Some(other) = new.wording.get(tag).filter(|other| *other != hash) else { continue };
        let (code, class) = if main == Some(tag) { ("wording", Class::Hard) } else { ("translation", Class::Soft) };
        found.push(Reason::new(
            code,
            class,
            format!("{tag}: {} is now {}", &hash[..8.min(hash.len())], &other[..8.min(other.len())]),
        ));
    }
    if old.options != new.options {
        found.push(Reason::new("options", Class::Hard, ""));
    }
    if (&old.routing, &old.period) != (&new.routing, &new.period) {
        let detail = format!("\"{}\" {} is now \"{}\" {}", old.routing, old.period, new.routing, new.period);
        found.push(Reason::new("routing", Class::Hard, detail));
    }
    found
}

/// What stands before an item: its own page's items and the sequence of pages decide; other items of
/// earlier pages are a caveat.
fn order(earlier: &Fingerprint, later: &Fingerprint, item: &str, page: &str) -> Option<Reason> {
    let until = |of: &Fingerprint| {
        let place = of.pages.iter().position(|page| page.items.iter().any(|id| id == item))?;
        let before: Vec<String> = of.pages[..place].iter().map(|page| page.id.clone()).collect();
        let items: Vec<String> = of.pages[..place].iter().flat_map(|page| page.items.clone()).collect();
        Some((before, of.pages[place].items.clone(), items))
    };
    let (old, new) = (until(earlier)?, until(later)?);
    if old.0 != new.0 {
        let stray = new.0.iter().find(|id| !old.0.contains(id)).map_or_else(
            || format!("other pages precede {page} than before"),
            |id| format!("page {id} now precedes {page}"),
        );
        return Some(Reason::new("order", Class::Hard, stray));
    }
    if old.1 != new.1 {
        return Some(Reason::new("order", Class::Hard, format!("page {page} holds other items or another order")));
    }
    (old.2 != new.2).then(|| Reason::new("order_minor", Class::Soft, "an earlier page holds other items"))
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
            (old != new || !same_parts).then(|| Reason::new("area_set", Class::Soft, set_detail(earlier, later)))
        }
        (Some(old), Some(new)) => {
            (old != new).then(|| Reason::new("area_set", Class::Hard, set_detail(earlier, later)))
        }
        _ => Some(Reason::new("area_absent", Class::Hard, "")),
    }
}

fn set_detail(earlier: &Key, later: &Key) -> String {
    let name = |key: &Key| format!("{} {}", key.area_set.id, key.area_set.version);
    format!("{} and {}", name(earlier), name(later))
}
