//! The printed numbers of answers, attacked as the means are: how many valid answers a small group has
//! must stay unknown too, but for a whole district, of which the response accounting prints exactly how many
//! answered. Counts are whole, and bounded by the accounting.

use std::collections::BTreeSet;

use super::{
    GateRefusal,
    atoms::Atoms,
    attack::{Attack, Row},
    ledger::LedgerEntry,
    system::{Figure, Ground, System, aligned},
    targets::{Rules, Target, few},
    withhold::{self, Outcome},
};
use crate::stats::{domain::Domain, fold::real};

/// Attacks the counts of one measure in the judged round.
///
/// # Errors
/// As [`withhold::protect`].
pub(super) fn protect(ground: &Ground<'_>, measure: &str, rules: &Rules) -> Result<Outcome, GateRefusal> {
    let Some((judged, older)) = ground.entries.split_last() else { return Ok(Outcome::default()) };
    let Some(found) = judged.measures.iter().find(|found| found.id == measure) else { return Ok(Outcome::default()) };
    let count = judged.atoms.len();
    let tells_the_same =
        |entry: &&LedgerEntry| entry.round == judged.round && aligned(judged, entry, measure).is_some();
    let same: Vec<&LedgerEntry> = older.iter().copied().filter(tells_the_same).chain([*judged]).collect();
    let (mut rows, mut figures, mut answers, mut shown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for entry in same.iter().copied() {
        let of_measure = entry.measures.iter().filter(|found| found.id == measure);
        for level in of_measure.flat_map(|found| &found.shown) {
            let atoms = Atoms::of(count, |atom| judged.atoms[atom].is_in(&level.domain, &entry.geography));
            rows.push(between(&atoms, real(level.n.0), real(level.n.1)));
            let figure = Figure { measure: measure.to_owned(), domain: level.domain.clone() };
            figures.push(std::ptr::eq(entry, *judged).then_some(figure));
            answers.push(level.n.0);
            shown.push(atoms);
        }
    }
    let mut most = real(judged.respondents.iter().sum());
    let (mut accounted, mut printed) = (BTreeSet::new(), BTreeSet::new());
    for entry in same.iter().copied() {
        for (area, answered) in &entry.answered {
            let area = Domain { area: area.clone(), ..Domain::everybody() };
            let atoms = Atoms::of(count, |atom| judged.atoms[atom].is_in(&area, &entry.geography));
            // A correction prints most numbers again.
            if printed.insert((atoms.clone(), *answered)) {
                most = most.max(real(*answered));
                rows.push(between(&atoms, 0.0, real(*answered)));
                accounted.insert(Atoms::of(count, |atom| found.valid[atom] > 0 && atoms.has(atom)));
                figures.push(None);
                answers.push(*answered);
            }
        }
    }
    // What an older release withheld stays a target, also where its areas are drawn no more.
    let hidden = same.iter().flat_map(|entry| {
        let of_measure = entry.measures.iter().filter(|found| found.id == measure);
        of_measure.flat_map(|found| &found.protected).map(|domain| (*entry, domain))
    });
    let hidden =
        hidden.map(|(entry, domain)| Atoms::of(count, |atom| judged.atoms[atom].is_in(domain, &entry.geography)));
    let protected: Vec<Atoms> = hidden.collect();
    let point: Vec<f64> = found.valid.iter().map(|&valid| real(valid)).collect();
    let attack = Attack::new(vec![(0.0, most); count], rows, 1e-9);
    if let Some(broken) = attack.broken(&point) {
        return Err(GateRefusal::Inconsistent(format!("the true counts of {measure} break {broken:?}")));
    }
    let distinct: Vec<&Atoms> = shown.iter().collect::<BTreeSet<_>>().into_iter().collect();
    // How many of a whole district answered is printed on purpose; its valid answers differ from that by
    // non-response alone, and no table left out could hide them.
    let targets: Vec<Target> = few(&distinct, &protected, &found.valid, rules.n_min)
        .into_iter()
        .filter(|atoms| !accounted.contains(atoms))
        .map(|atoms| Target::of_count(atoms, &found.valid))
        .collect();
    let mut system = System::of_counts(attack, figures, answers, point, (judged, found));
    withhold::protect(&mut system, &targets, rules)
}

fn between(atoms: &Atoms, low: f64, high: f64) -> Row {
    Row { terms: atoms.iter().map(|atom| (atom, 1.0)).collect(), low, high }
}
