//! What the gate is told of earlier releases: their unrounded estimates, what they showed, and where
//! nothing can be compared. Nothing is decided here.

use std::collections::{HashMap, HashSet};

use super::{Internal, ReleaseError};
use crate::{
    service::{Office, published},
    stats::disclosure::Earlier,
    store::StoreError,
    survey::{
        breaks::{self, Key},
        release::ComparedWith,
        round::Round,
    },
};

/// The releases of earlier periods of the same questionnaire that were current when there were no
/// others than those of `ledger`, with what the gate needs of them.
pub(super) async fn earlier(
    office: &Office,
    round: &Round,
    key: &Key,
    ledger: &[String],
) -> Result<(Vec<Earlier>, Vec<ComparedWith>), ReleaseError> {
    let mut found = Vec::new();
    let mut compared_with = Vec::new();
    for release in published::series_of(office, ledger).await? {
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
        for measure in key.fingerprint.measures.keys() {
            for area in key.boundaries.keys() {
                let place = if *area == key.total { None } else { Some(area.clone()) };
                reasons.insert((measure.clone(), place), breaks::reasons(&head.key, key, measure, area));
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
