//! How a measure and its items differ between two versions: unit, cuts, formula, wording, options,
//! routing, order. Nothing of the rounds that asked them is here.

use super::{Key, code::Code, reason};
use crate::{
    questionnaire::{Fingerprint, ItemFingerprint},
    stats::compare::Reason,
};

/// What differs in a measure.
pub(super) fn of_measure(earlier: &Key, later: &Key, measure: &str) -> Vec<Reason> {
    let cuts = (earlier.cuts.get(measure), later.cuts.get(measure));
    let (earlier, later) = (&earlier.fingerprint, &later.fingerprint);
    let (Some(old), Some(new)) = (earlier.measures.get(measure), later.measures.get(measure)) else {
        return vec![reason(Code::NotAsked, "")];
    };
    let mut found = Vec::new();
    // Fingerprints that were stored without a unit say nothing about it.
    if old.unit != new.unit && !old.unit.is_empty() && !new.unit.is_empty() {
        found.push(reason(Code::Unit, format!("{} and {}", old.unit, new.unit)));
    }
    if let (Some(old), Some(new)) = cuts {
        if old.id != new.id {
            found.push(reason(Code::CutTable, format!("{} and {}", old.id, new.id)));
        }
        if old.k != new.k {
            found.push(reason(Code::ItemsOfIndex, format!("{} and {}", old.k, new.k)));
        }
    }
    if (old.version, &old.formula) != (new.version, &new.formula) {
        found.push(reason(Code::Formula, ""));
    }
    let of_measure = found.len();
    for item in &new.items {
        match (earlier.items.get(item), later.items.get(item)) {
            (Some(old), Some(new)) => {
                found.extend(of_item(old, new));
                found.extend(order(earlier, later, item, &new.page));
            }
            _ => found.push(reason(Code::NotAsked, "")),
        }
        for reason in found.iter_mut().skip(of_measure).filter(|reason| reason.item.is_none()) {
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
        let code = if main == Some(tag) { Code::Wording } else { Code::Translation };
        let detail = format!("{tag}: {} is now {}", &hash[..8.min(hash.len())], &other[..8.min(other.len())]);
        found.push(reason(code, detail));
    }
    if old.options != new.options {
        found.push(reason(Code::Options, ""));
    }
    if (&old.routing, &old.period) != (&new.routing, &new.period) {
        let detail = format!("\"{}\" {} is now \"{}\" {}", old.routing, old.period, new.routing, new.period);
        found.push(reason(Code::Routing, detail));
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
        return Some(reason(Code::Order, stray));
    }
    if old.1 != new.1 {
        return Some(reason(Code::Order, format!("page {page} holds other items or another order")));
    }
    (old.2 != new.2).then(|| reason(Code::OrderMinor, "an earlier page holds other items"))
}
