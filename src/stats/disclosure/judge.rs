//! One pass through the gate: candidates are judged by themselves, written into a ledger entry,
//! attacked together with all that was ever shown, and what has to go is withheld before anything is assembled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Earlier, GateLog, GateRefusal, GateReport, MeasureInfo, Plan,
    atoms::{AtomKey, AtomTable, Geography},
    changes::changes,
    connected::together,
    count,
    ledger::{LedgerEntry, LedgerMeasure, Shown, Told},
    primary::{self, Floor, Status, Withheld},
    rounding::{self, told_n},
    system::{Figure, Ground, System},
    table::{PublishedRecord, SafeTable},
    targets::{self, Rules},
    withhold::{Narrowest, Outcome, protect},
};
use crate::stats::{domain::Domain, estimate::EstimateRecord, parallel::in_order};

/// What is judged, and all that it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Id of the release to be.
    pub release: &'a str,
    /// Its round.
    pub round: &'a str,
    /// Hash of the table plan and floors.
    pub publication_hash: &'a str,
    /// The table plan.
    pub plan: &'a Plan,
    /// Measures.
    pub measures: &'a [MeasureInfo],
    /// Unrounded estimates.
    pub estimates: &'a [EstimateRecord],
    /// The round's atoms.
    pub atoms: &'a AtomTable,
    /// Areas of the plan that are not the atoms' own.
    pub geography: &'a Geography,
    /// Responses by district that the accounting prints; absent district = all.
    pub answered: &'a [(Option<String>, u64)],
    /// Rounds to compare with.
    pub earlier: &'a [Earlier],
    /// What every release before this one has shown, in their order.
    pub ledger: &'a [LedgerEntry],
    /// Smallest numbers.
    pub floor: &'a Floor,
    /// How protection is judged.
    pub rules: &'a Rules,
}

/// What came through the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    /// The figures.
    pub table: SafeTable,
    /// What readers may know of the gate's work.
    pub report: GateReport,
    /// What staff may know of it.
    pub log: GateLog,
    /// The entry for the ledger.
    pub entry: LedgerEntry,
}

/// Lets through what may be shown.
///
/// # Errors
/// [`GateRefusal`]; then nothing leaves.
pub fn gate(judged: &Judged<'_>) -> Result<Passed, GateRefusal> {
    let planned = |record: &&EstimateRecord| {
        let measure = judged.measures.get(record.measure);
        measure.is_some_and(|measure| judged.plan.kinds(measure).contains(&record.domain.kind))
    };
    let planned: Vec<&EstimateRecord> = judged.estimates.iter().filter(planned).collect();
    judged.check_areas(&planned)?;
    judged.check_revision(&planned)?;
    let mut alone = primary::judge(&planned, judged.measures, judged.floor);
    judged.withhold_together(&planned, &mut alone);
    let candidate = judged.publish(&planned, &alone);
    if candidate.records.iter().all(|record| record.value.is_none()) {
        return Err(GateRefusal::NothingLeft);
    }
    let entry = judged.entry(&candidate, &alone, &planned);
    let mut log = judged.audit(&entry)?;
    let given_up: BTreeSet<Figure> = log.complements.iter().cloned().collect();

    let mut statuses = alone.clone();
    for (record, status) in planned.iter().zip(&mut statuses) {
        let measure = judged.measures[record.measure].id.clone();
        if given_up.contains(&Figure { measure, domain: record.domain.clone() }) {
            *status = Status::Withheld(Withheld::Complementary);
        }
    }
    primary::withhold_composites(&planned, judged.measures, &mut statuses);
    let published = judged.publish(&planned, &statuses);
    // The entry keeps the targets that were withheld by themselves, whatever was given up for them.
    let entry = judged.entry(&published, &alone, &planned);
    log.withheld = by_reason(&statuses);
    let report = report(&published.records, judged.rules, judged.floor);
    Ok(Passed { table: published, report, log, entry })
}

/// Passes over systems that withhold for each other before the gate gives up.
const PASSES: usize = 20;

fn by_reason(statuses: &[Status]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for status in statuses {
        if let Status::Withheld(reason) = status {
            *counts.entry(reason.key()).or_default() += 1;
        }
    }
    counts.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect()
}

fn report(records: &[PublishedRecord], rules: &Rules, floor: &Floor) -> GateReport {
    let applied = ["minimum_n", "rounding", "complementary", "ledger", "attack"];
    GateReport {
        applied: applied.map(str::to_owned).to_vec(),
        not_applied: Vec::new(),
        shown: records.iter().filter(|record| record.value.is_some()).count(),
        withheld: records.iter().filter(|record| record.status == "..").count(),
        flagged: records.iter().filter(|record| record.value.is_some() && !record.status.is_empty()).count(),
        width: Some(rules.width),
        single_source: Some(rules.single_source),
        count_width: Some(rules.count_width),
        floor: Some(floor.clone()),
    }
}

impl Judged<'_> {
    /// Every area of the plan has to be made of atoms.
    fn check_areas(&self, planned: &[&EstimateRecord]) -> Result<(), GateRefusal> {
        let own: BTreeSet<&String> = self.atoms.keys.iter().filter_map(|key| key.area.as_ref()).collect();
        let older = self.ledger.iter().filter(|entry| entry.round == self.round);
        let geographies = older.map(|entry| &entry.geography).chain([self.geography]);
        for (code, parts) in geographies.flatten() {
            if let Some(part) = parts.iter().find(|part| !own.contains(part)) {
                let detail = format!(
                    "area {code} holds a part of the atoms' area {part}, or one that the round does not have; use whole districts"
                );
                return Err(GateRefusal::NotAtoms(detail));
            }
        }
        let areas = planned.iter().filter(|record| record.valid > 0).filter_map(|record| record.domain.area.as_ref());
        for area in areas {
            if !own.contains(area) && !self.geography.contains_key(area) {
                return Err(GateRefusal::NotAtoms(format!("no responses are told apart by the area {area}")));
            }
        }
        Ok(())
    }

    /// A correction changes the responses of a domain by as many as may be shown, or by none.
    fn check_revision(&self, planned: &[&EstimateRecord]) -> Result<(), GateRefusal> {
        let domains: BTreeSet<&Domain> = planned.iter().map(|record| &record.domain).collect();
        for entry in self.ledger.iter().filter(|entry| entry.round == self.round) {
            let tenure =
                [&entry.atoms, &self.atoms.keys].iter().all(|keys| keys.iter().any(|key| key.tenure.is_some()));
            let counts = |keys: &[AtomKey], respondents: &[u64]| {
                let mut counts: BTreeMap<AtomKey, u64> = BTreeMap::new();
                for (key, count) in keys.iter().zip(respondents) {
                    let tenure = key.tenure.clone().filter(|_| tenure);
                    *counts.entry(AtomKey { tenure, ..key.clone() }).or_default() += count;
                }
                counts
            };
            let (old, new) =
                (counts(&entry.atoms, &entry.respondents), counts(&self.atoms.keys, &self.atoms.respondents));
            let keys: BTreeSet<&AtomKey> = old.keys().chain(new.keys()).collect();
            for domain in &domains {
                let of = |counts: &BTreeMap<AtomKey, u64>, key: &AtomKey| counts.get(key).copied().unwrap_or(0);
                let inside = keys.iter().filter(|key| key.is_in(domain, self.geography));
                let differ: u64 = inside.map(|key| of(&old, key).abs_diff(of(&new, key))).sum();
                if differ > 0 && differ < self.rules.n_min {
                    let parts = [&domain.area, &domain.sex, &domain.age, &domain.tenure];
                    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                    let domain = if parts.is_empty() { domain.kind.key().to_owned() } else { parts.join(" ") };
                    let (release, least) = (entry.release.clone(), self.rules.n_min);
                    return Err(GateRefusal::RevisionTooSmall { release, domain, differ, least });
                }
            }
        }
        Ok(())
    }

    fn publish(&self, planned: &[&EstimateRecord], statuses: &[Status]) -> SafeTable {
        let records = planned.iter().zip(statuses);
        let publish = |(record, status): (&&EstimateRecord, &Status)| {
            rounding::publish(record, &self.measures[record.measure], *status)
        };
        let changes = |earlier| changes(planned, statuses, self.measures, earlier);
        SafeTable { records: records.map(publish).collect(), changes: self.earlier.iter().flat_map(changes).collect() }
    }

    /// The ledger entry of what a table shows.
    fn entry(&self, table: &SafeTable, alone: &[Status], planned: &[&EstimateRecord]) -> LedgerEntry {
        let mut shown: HashMap<&str, Vec<Shown>> = HashMap::new();
        let ranges: HashMap<&str, f64> = self.measures.iter().map(|info| (info.id.as_str(), info.range)).collect();
        for record in &table.records {
            let range = ranges.get(record.measure.as_str()).copied().unwrap_or(100.0);
            let level = shown_level(record, range, self.floor.n_min);
            shown.entry(record.measure.as_str()).or_default().extend(level);
        }
        let measure = |(place, info): (usize, &MeasureInfo)| {
            let of_answers = info.parts.is_empty() && info.cuts.is_none();
            let atoms = self.atoms.measures.get(place).filter(|_| of_answers);
            let hidden = planned.iter().zip(alone).filter(|(record, status)| {
                record.measure == place && matches!(status, Status::Withheld(reason) if reason.protects())
            });
            LedgerMeasure {
                id: info.id.clone(),
                range: info.range,
                valid: atoms.map_or_else(Vec::new, |atoms| atoms.valid.clone()),
                weight: atoms.map_or_else(Vec::new, |atoms| atoms.weight.clone()),
                parts: info.parts.iter().map(|(part, factor)| (self.measures[*part].id.clone(), *factor)).collect(),
                shown: shown.remove(info.id.as_str()).unwrap_or_default(),
                told: self.told(place, table),
                protected: hidden.map(|(record, _)| record.domain.clone()).collect(),
            }
        };
        LedgerEntry {
            release: self.release.to_owned(),
            round: self.round.to_owned(),
            publication_hash: self.publication_hash.to_owned(),
            before: self.ledger.iter().map(|entry| entry.release.clone()).collect(),
            atoms: self.atoms.keys.clone(),
            respondents: self.atoms.respondents.clone(),
            geography: self.geography.clone(),
            answered: self.answered.to_vec(),
            measures: self.measures.iter().enumerate().map(measure).collect(),
        }
    }

    /// What the shown step measures of a table tell of the share at `place`.
    fn told(&self, place: usize, table: &SafeTable) -> Vec<Told> {
        let mut told = Vec::new();
        for (by, cuts) in self.measures.iter().filter_map(|info| Some((&info.id, info.cuts.as_ref()?))) {
            let Some(indicator) = cuts.indicators.iter().find(|indicator| indicator.measure == place) else { continue };
            let shown = table.records.iter().filter(|record| record.measure == *by && record.value.is_some());
            for domain in shown.map(|record| &record.domain) {
                let own = self.estimates.iter().find(|found| found.measure == place && found.domain == *domain);
                let between = own.and_then(|own| own.estimate).map(|share| cuts.interval(indicator, share));
                told.extend(between.map(|between| Told { by: by.clone(), domain: domain.clone(), between }));
            }
        }
        told
    }

    /// Attacks what `entry` would show, together with everything in the ledger; tells which figures have
    /// to go.
    ///
    /// # Errors
    /// [`GateRefusal`] where no withholding is enough, or the attack cannot be decided.
    pub fn audit(&self, entry: &LedgerEntry) -> Result<GateLog, GateRefusal> {
        let means = |(info, atoms): (&MeasureInfo, &super::atoms::MeasureAtoms)| {
            let scale = if info.share { 100.0 } else { 1.0 };
            atoms.mean.iter().map(|mean| mean * scale).collect::<Vec<f64>>()
        };
        let truth = entry.measures.iter().zip(self.measures.iter().zip(&self.atoms.measures));
        let truth = truth.map(|(found, pair)| (found.id.as_str(), means(pair))).collect();
        let partitions = self.partitions();
        let ground = Ground { entries: self.ledger.iter().chain([entry]).collect(), truth, partitions };
        let counted: Vec<&str> =
            entry.measures.iter().filter(|found| !found.valid.is_empty()).map(|m| m.id.as_str()).collect();
        let mut outcomes: Vec<Outcome> = Vec::new();
        for outcome in in_order(&counted, |measure| count::protect(&ground, measure, self.rules)) {
            outcomes.push(outcome?);
        }
        let systems = self.systems(&ground);
        let mut log = GateLog { systems: outcomes.len() + systems.len(), ..GateLog::default() };
        let mut given_up = BTreeSet::new();
        for outcome in &outcomes {
            given_up.extend(outcome.withheld.iter().cloned());
            log.targets += outcome.targets;
            log.first_failures += outcome.first_failures;
        }
        together(&mut given_up, &ground.partitions);
        let mut pending = systems.clone();
        let mut pass = 0;
        while !pending.is_empty() {
            if pass == PASSES {
                let detail = "withholding in one measure calls for more in another, again and again";
                return Err(GateRefusal::Solver(detail.to_owned()));
            }
            let mut known = given_up.clone();
            for outcome in in_order(&pending, |measures| self.attacked(&ground, measures, &given_up)) {
                let outcome = outcome?;
                log.count(&outcome, pass == 0);
                known.extend(outcome.withheld);
            }
            given_up.clone_from(&known);
            together(&mut given_up, &ground.partitions);
            // What a system gave up itself it has accounted for; what others gave up it has not.
            let news: BTreeSet<&String> = given_up.difference(&known).map(|figure| &figure.measure).collect();
            pending = systems.iter().filter(|system| system.iter().any(|id| news.contains(id))).cloned().collect();
            pass += 1;
        }
        log.complements = given_up.into_iter().collect();
        Ok(log)
    }

    /// One system without what is given up already.
    fn attacked(
        &self,
        ground: &Ground<'_>,
        measures: &BTreeSet<String>,
        given_up: &BTreeSet<Figure>,
    ) -> Result<Outcome, GateRefusal> {
        let mut system = System::new(ground, measures)?;
        for figure in given_up.iter().filter(|figure| measures.contains(&figure.measure)) {
            system.withhold(figure);
        }
        let targets = targets::targets(&system, self.rules);
        protect(&mut system, &targets, self.rules)
    }
}

impl GateLog {
    /// Counts what came of a system; targets are counted once, `at_first`.
    fn count(&mut self, outcome: &Outcome, at_first: bool) {
        let least =
            |one: Option<Narrowest>, other: Option<Narrowest>| one.into_iter().chain(other).reduce(Narrowest::and);
        if at_first {
            self.targets += outcome.targets;
            self.first_failures += outcome.first_failures;
            self.at_first = least(self.at_first, outcome.at_first);
        }
        self.narrowest = least(self.narrowest, outcome.narrowest);
    }
}

fn shown_level(record: &PublishedRecord, range: f64, n_min: u64) -> Option<Shown> {
    let (value, unit, n) = (record.value?, record.rounded_to?, record.n?);
    Some(Shown { domain: record.domain.clone(), k: units(value, unit), unit, n: told_n(n, unit, range, n_min) })
}

#[expect(clippy::cast_possible_truncation, reason = "a printed figure is some thousands of units")]
fn units(value: f64, unit: f64) -> i64 {
    (value / unit).round() as i64
}
