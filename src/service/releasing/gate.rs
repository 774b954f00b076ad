//! What the gate is told of the plan: the smallest numbers, the types of domains and what each measure
//! is; and asking it. Nothing is decided here.

use std::collections::HashSet;

use super::ReleaseError;
use crate::{
    questionnaire::{Direction, Kind as MeasureKind, Level, Publication, Questionnaire},
    service::estimation::{EstimationError, Material},
    stats::{
        compare::Better,
        disclosure::{
            self, Earlier, Floor, Judged, MeasureInfo, Passed, Plan, Rules,
            atoms::{AtomTable, Geography},
            ledger::LedgerEntry,
        },
        domain::DomainKind,
        estimate::{self as stats, EstimateRecord},
    },
    survey::release::{Table, Unit},
};

/// What goes into the gate.
pub(super) struct BeforeGate {
    /// Id of the release to be.
    pub release: String,
    /// Name of the round.
    pub round: String,
    /// Hash of the publication plan.
    pub publication_hash: String,
    /// The table plan.
    pub plan: Plan,
    /// Measures.
    pub measures: Vec<MeasureInfo>,
    /// Unrounded estimates.
    pub records: Vec<EstimateRecord>,
    /// The round's atoms.
    pub atoms: AtomTable,
    /// The districts that make up each area of the tables that is newer than they.
    pub geography: Geography,
    /// Responses by area that the accounting prints.
    pub answered: Vec<(Option<String>, u64)>,
    /// Rounds to compare with.
    pub earlier: Vec<Earlier>,
    /// What earlier releases have shown.
    pub ledger: Vec<LedgerEntry>,
    /// Smallest numbers.
    pub floor: Floor,
    /// How protection is judged.
    pub rules: Rules,
}

impl BeforeGate {
    /// Asks the gate, on a thread that serves no requests; gives the estimates back beside what passed.
    pub(super) async fn judge(self) -> Result<(Passed, Vec<EstimateRecord>), ReleaseError> {
        let judging = tokio::task::spawn_blocking(move || {
            let judged = Judged {
                release: &self.release,
                round: &self.round,
                publication_hash: &self.publication_hash,
                plan: &self.plan,
                measures: &self.measures,
                estimates: &self.records,
                atoms: &self.atoms,
                geography: &self.geography,
                answered: &self.answered,
                earlier: &self.earlier,
                ledger: &self.ledger,
                floor: &self.floor,
                rules: &self.rules,
            };
            disclosure::gate(&judged).map(|passed| (passed, self.records))
        });
        Ok(judging.await.map_err(|_| EstimationError::Interrupted)??)
    }
}

/// The districts with answers that make up each newer area.
pub(super) fn geography(material: &Material, atoms: &AtomTable) -> Geography {
    let told_apart = |district: &String| atoms.keys.iter().any(|key| key.area.as_ref() == Some(district));
    let answered = |parts: &Vec<String>| parts.iter().filter(|part| told_apart(part)).cloned().collect();
    material.parts.iter().map(|(code, parts)| (code.clone(), answered(parts))).collect()
}

pub(super) fn floor(publication: &Publication) -> Floor {
    let floor = &publication.floor;
    Floor {
        n_min: u64::from(floor.n_min),
        n_eff_min: floor.n_eff_min,
        nonresponse: floor.nonresponse_withhold,
        uncertain_n: u64::from(floor.uncertain_n),
        uncertain_points: floor.uncertain_half_width.index,
        uncertain_share: floor.uncertain_half_width.share,
    }
}

pub(super) fn rules(publication: &Publication) -> Rules {
    let gate = &publication.gate;
    Rules {
        n_min: u64::from(publication.floor.n_min),
        width: gate.width,
        single_source: gate.single_source,
        count_width: u64::from(gate.count_width),
        withhold_order: gate.withhold_order.clone(),
        measure_all: false,
    }
}

/// Types of domains that the tables of each level hold.
pub(super) fn plan(publication: &Publication) -> Plan {
    let kinds = |level: Level| {
        let tables = publication.table.iter().filter(|table| table.level == level);
        let kinds: HashSet<DomainKind> = tables.flat_map(|table| Table::of(table).kinds()).collect();
        DomainKind::ALL.into_iter().filter(|kind| kinds.contains(kind)).collect()
    };
    Plan { full: kinds(Level::D), municipal: kinds(Level::M) }
}

pub(super) fn infos(
    questionnaire: &Questionnaire,
    publication: &Publication,
    kinds: &[stats::MeasureKind],
) -> Vec<MeasureInfo> {
    questionnaire
        .measures()
        .iter()
        .zip(kinds)
        .map(|(measure, kind)| {
            let (from, to) = unit(&measure.kind).ends();
            MeasureInfo {
                id: measure.id.clone(),
                share: matches!(measure.kind, MeasureKind::Share { .. }),
                range: to - from,
                sensitive: measure.sensitive,
                municipal: measure.level == Level::M,
                points: matches!(measure.kind, MeasureKind::MeanPoints { .. } | MeasureKind::Composite { .. }),
                parts: match kind {
                    stats::MeasureKind::Composite(parts) => parts.clone(),
                    _ => Vec::new(),
                },
                cuts: match kind {
                    stats::MeasureKind::Step(cuts) => Some(cuts.clone()),
                    _ => None,
                },
                base: match &measure.kind {
                    MeasureKind::Share { denominator, .. } => Some(format!("{denominator:?}")),
                    _ => None,
                },
                better: match measure.direction {
                    Direction::LowerBetter => Better::Lower,
                    Direction::HigherBetter => Better::Higher,
                    Direction::Neutral => Better::Neither,
                },
                headline: publication.change.headline.contains(&measure.id),
            }
        })
        .collect()
}

pub(super) const fn unit(kind: &MeasureKind) -> Unit {
    match kind {
        MeasureKind::Share { .. } => Unit::Percent,
        MeasureKind::MeanPoints { .. } | MeasureKind::Composite { .. } => Unit::Points,
        MeasureKind::Step => Unit::Steps,
    }
}
