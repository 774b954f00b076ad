//! What the gate is told of earlier releases: their unrounded estimates, what they showed, and where
//! nothing can be compared; and what every release has ever shown. Nothing is decided here.

use std::collections::{HashMap, HashSet};

use super::{Internal, ReleaseError};
use crate::{
    service::{Office, published},
    stats::disclosure::{Earlier, ledger::LedgerEntry},
    store::StoreError,
    survey::{
        breaks::{self, Key, Pair, Register},
        release::ComparedWith,
        round::Round,
    },
};

/// The current releases of earlier periods of the same questionnaire, with what the gate needs of
/// them; `register` holds what persons have said of breaks.
pub(super) async fn earlier(
    office: &Office,
    round: &Round,
    key: &Key,
    register: &Register,
) -> Result<(Vec<Earlier>, Vec<ComparedWith>), ReleaseError> {
    let mut found = Vec::new();
    let mut compared_with = Vec::new();
    for release in published::series(office, &round.plan.questionnaire.id).await? {
        let head = release.head();
        if head.period >= round.plan.period || head.round == round.plan.slug {
            continue;
        }
        let internal = office.database.read().await?.estimates_internal().find(&head.id).await?;
        let internal = internal.ok_or_else(|| StoreError::inconsistent("estimates_internal", "document"))?;
        let internal: Internal = serde_json::from_slice(&internal)
            .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
        let mut earlier = Earlier { release: head.id.clone(), period: head.period.clone(), ..Earlier::default() };
        let mut reasons = HashMap::new();
        let pair = Pair { rounds: (&head.round, &round.plan.slug), ages: (head.key.ages, key.ages) };
        for measure in key.fingerprint.measures.keys() {
            for area in key.boundaries.keys() {
                let place = if *area == key.total { None } else { Some(area.clone()) };
                let found = breaks::reasons(&head.key, key, measure, area);
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

/// What every release of the questionnaire has shown, in the order in which they were made.
pub(super) async fn ledger(office: &Office, questionnaire: &str) -> Result<Vec<LedgerEntry>, ReleaseError> {
    let mut heads = published::list(office).await?;
    heads.retain(|head| head.questionnaire_id == questionnaire);
    heads.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    let mut entries = Vec::with_capacity(heads.len());
    for head in heads {
        let document = office.database.read().await?.ledger().find(&head.id).await?;
        let entry = document.and_then(|document| serde_json::from_slice(&document).ok());
        entries.push(entry.ok_or(ReleaseError::LedgerMissing(head.id))?);
    }
    Ok(entries)
}
