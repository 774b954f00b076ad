//! What the gate is told of earlier releases: their unrounded estimates, what they showed, and where
//! nothing can be compared; and what every release has ever shown. Nothing is decided here.

use std::collections::{HashMap, HashSet};

use super::{Inputs, Internal, ReleaseError};
use crate::{
    service::{Office, crosswalks, published},
    stats::disclosure::{Earlier, ledger::LedgerEntry},
    store::StoreError,
    survey::{
        breaks::{self, Key, Pair, Register},
        release::{ComparedWith, ledger as ledger_document},
    },
};

/// The releases of earlier periods of the same questionnaire that were current when there were no
/// others than those of the inputs, with what the gate needs of them; `register` holds what persons have said of
/// breaks.
pub(super) async fn earlier(
    office: &Office,
    inputs: &Inputs,
    key: &Key,
    register: &Register,
) -> Result<(Vec<Earlier>, Vec<ComparedWith>), ReleaseError> {
    let round = &inputs.round;
    let mut found = Vec::new();
    let mut compared_with = Vec::new();
    for release in published::series_of(office, &inputs.ledger).await? {
        let head = release.head();
        if head.period >= round.plan.period || head.round == round.plan.slug {
            continue;
        }
        let internal = office.database.read().await?.estimates_internal().find(&head.id).await?;
        let internal = internal.ok_or_else(|| StoreError::inconsistent("estimates_internal", "document"))?;
        let internal: Internal = serde_json::from_slice(&internal)
            .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
        let mut earlier = Earlier { period: head.period.clone(), ..Earlier::default() };
        let mut reasons = HashMap::new();
        let (from, to) = (&head.key.area_set, &key.area_set);
        let walk = crosswalks::as_of(&mut office.database.read().await?, from, to, inputs.created_at).await?;
        let pair = Pair { rounds: (&head.round, &round.plan.slug), ages: (head.key.ages, key.ages) };
        for measure in key.fingerprint.measures.keys() {
            for area in key.boundaries.keys() {
                let place = if *area == key.total { None } else { Some(area.clone()) };
                let mut found = breaks::reasons(&head.key, key, measure, area);
                if let Some(obstacle) = walk.as_ref().and_then(|walk| walk.obstacle_of(area)) {
                    breaks::tell_split(&mut found, &obstacle);
                }
                let judged = register.judge(pair, measure, place.as_deref(), found);
                reasons.insert((measure.clone(), place), judged);
            }
        }
        earlier.reasons = reasons;
        earlier.shown = release
            .table()
            .records()
            .iter()
            .filter(|record| record.value.is_some())
            .map(|record| (record.measure.clone(), record.domain.clone()))
            .collect::<HashSet<_>>();
        earlier.estimates = internal
            .records
            .into_iter()
            .filter_map(|record| {
                let id = internal.measures.get(record.measure)?.clone();
                Some(((id, record.domain.clone()), record))
            })
            .collect();
        found.push(earlier);
        compared_with.push(ComparedWith { release: head.id.clone(), period: head.period.clone() });
    }
    Ok((found, compared_with))
}

/// What the releases `ids` have shown, in the order given.
///
/// # Errors
/// [`ReleaseError::LedgerMissing`] and [`ReleaseError::LedgerDamaged`]: then nobody can say what another
/// release would add.
pub(super) async fn ledger(office: &Office, ids: &[String]) -> Result<Vec<LedgerEntry>, ReleaseError> {
    let mut entries = Vec::with_capacity(ids.len());
    for id in ids {
        let document = office.database.read().await?.ledger().find(id).await?;
        let document = document.ok_or_else(|| ReleaseError::LedgerMissing(id.clone()))?;
        let entry = ledger_document::read(id, &document, office.release_key.public())
            .map_err(|damaged| ReleaseError::LedgerDamaged(id.clone(), damaged))?;
        // Each names those before it, so that none can be taken away with its release either.
        if let Some(missing) = entry.before.iter().find(|before| !ids.contains(before)) {
            return Err(ReleaseError::LedgerMissing(missing.clone()));
        }
        entries.push(entry);
    }
    Ok(entries)
}
