//! What the kernels need to know of a version's measures, and the way from folded totals to records.

use crate::{
    questionnaire::{Kind, Questionnaire},
    stats::{
        domain::Frame,
        estimate::{EstimateRecord, Estimator, MeasureKind, Missing, pairs},
        fold::{Atom, Observation, Totals},
        replicate::{Columns, REPLICATES, Seed},
        weight::Weights,
    },
    survey::cuts::CutTable,
};

/// The measures of a version, as far as a round can compute them.
#[derive(Debug, Clone)]
pub struct Measures {
    kinds: Vec<MeasureKind>,
    /// Shares of the step indices, in the order of the cut table; none if nothing is drawn.
    shares: Vec<usize>,
}

impl Measures {
    /// The measures of `questionnaire`; step indices by `cuts`. A share `X` beside which the version has
    /// shares `X_LO` and `X_HI` is bounded by them.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire, cuts: Option<&CutTable>) -> Self {
        let kernel = cuts.map(|table| table.kernel(questionnaire));
        let share = |id: String| {
            questionnaire.measure(&id).filter(|(_, found)| matches!(found.kind, Kind::Share { .. })).map(|(at, _)| at)
        };
        let kinds = questionnaire.measures().iter().map(|measure| match &measure.kind {
            Kind::Share { .. } => match (share(format!("{}_LO", measure.id)), share(format!("{}_HI", measure.id))) {
                (Some(low), Some(high)) => MeasureKind::Bounded { low, high },
                _ => MeasureKind::Share,
            },
            Kind::MeanPoints { .. } => MeasureKind::Mean,
            Kind::Composite { parts } => MeasureKind::Composite(parts.clone()),
            Kind::Step => match &kernel {
                None => MeasureKind::Absent(Missing::CutTableMissing),
                Some(None) => MeasureKind::Absent(Missing::KItemsChanged),
                Some(Some(cuts)) => MeasureKind::Step(cuts.clone()),
            },
        });
        let kinds: Vec<MeasureKind> = kinds.collect();
        let step = kinds.iter().find_map(|kind| match kind {
            MeasureKind::Step(cuts) => Some(cuts.indicators.iter().map(|indicator| indicator.measure).collect()),
            _ => None,
        });
        Self { kinds, shares: step.unwrap_or_default() }
    }

    /// What each measure is, in the version's order.
    #[must_use]
    pub fn kinds(&self) -> &[MeasureKind] {
        &self.kinds
    }

    /// Whether figures of theirs are drawn by chance.
    #[must_use]
    pub const fn are_drawn(&self) -> bool {
        !self.shares.is_empty()
    }

    /// No respondents yet.
    pub(super) fn totals(&self) -> Totals {
        Totals::new(self.kinds.len(), pairs(&self.kinds))
    }

    /// Keeps a respondent's shares of the step indices; respondents come in ascending id.
    pub(super) fn keep(&self, columns: &mut Columns, atom: Atom, seen: &[Observation]) {
        if self.are_drawn() {
            let holds = |measure: &usize| seen.get(*measure).and_then(|seen| seen.value).map(|value| value > 0.5);
            columns.push(atom, self.shares.iter().map(holds));
        }
    }

    /// Every measure for every domain.
    pub(super) fn estimate(
        &self,
        frame: &Frame,
        totals: &Totals,
        weights: &Weights,
        columns: &Columns,
        seed: Seed,
    ) -> Vec<EstimateRecord> {
        let estimator = Estimator::new(frame, &self.kinds, totals, weights);
        if self.are_drawn() { estimator.with_replicates(columns, seed, REPLICATES).all() } else { estimator.all() }
    }
}
