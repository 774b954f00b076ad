//! Desk counts: what the office knows of sampled people who did not answer. Entered whole, as a new
//! version each time, or refused whole.

use std::collections::BTreeMap;

use super::{
    Office,
    rounds::{self, RoundError},
};
use crate::{
    store::{DeskEntry, StoreError, StoredDeskCount, Tx},
    survey::{
        desk_counts,
        ids::RoundId,
        import::ImportFault,
        round::Round,
        sample::Sample,
        staff::{Act, StaffMember},
    },
};

/// Why desk counts are refused.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Every fault of the file.
    #[error("the desk counts are refused:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<ImportFault>),
    /// Nobody was sampled.
    #[error("the round has no frame, so there is nobody to account for; `trygg letters frame` takes it in")]
    NoSample,
    /// The person may not.
    #[error("{0} may not enter desk counts; the role fieldwork does it")]
    NotAllowed(String),
    /// Somebody entered another version at the same time.
    #[error("somebody entered desk counts meanwhile; look again and repeat")]
    Changed,
    /// The round.
    #[error(transparent)]
    Round(#[from] RoundError),
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        if error.conflicts_with("desk_counts_round_id_version_area_code_key") {
            Self::Changed
        } else {
            Self::Round(error.into())
        }
    }
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// Codes used in each district: of the invitations, or after the opening of what was kept of them.
async fn used(tx: &mut Tx, round: RoundId) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut used: BTreeMap<String, u64> = BTreeMap::new();
    for count in tx.invitations().counts(round).await?.into_iter().filter(|count| count.mode.is_some()) {
        *used.entry(count.area_code).or_default() += whole(count.count);
    }
    for count in tx.turnout().of_round(round).await? {
        *used.entry(count.area_code).or_default() += whole(count.used);
    }
    Ok(used)
}

/// Enters `area_code,over_coverage,blank` as the round's next version; `by` is nobody at the server's
/// command line.
///
/// # Errors
/// [`DeskError::Refused`] with every fault; then nothing is stored.
pub async fn enter(
    office: &Office,
    slug: &str,
    by: Option<&StaffMember>,
    bytes: &[u8],
) -> Result<DeskEntry, DeskError> {
    if let Some(member) = by.filter(|member| !member.may(Act::MoveRound)) {
        return Err(DeskError::NotAllowed(member.name.clone()));
    }
    let mut tx = office.database.begin().await?;
    let round = rounds::held(&mut tx, slug).await?.round;
    let sampled = tx.samples().of_round(round.id).await?;
    if sampled.is_empty() {
        return Err(DeskError::NoSample);
    }
    let areas = sampled.into_iter().map(|sample| (sample.area_code, whole(sample.sampled))).collect();
    let used = used(&mut tx, round.id).await?;
    let counts = desk_counts::read(bytes, &Sample { areas }, &used).map_err(DeskError::Refused)?;
    let stored = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let before = tx.desk_counts().newest(round.id).await?.map_or(0, |entry| entry.version);
    let entry = DeskEntry {
        version: before + 1,
        staff: by.map(|member| member.id),
        entered_at: office.clock.now(),
        areas: counts
            .into_iter()
            .map(|count| StoredDeskCount {
                over_coverage: stored(count.over_coverage),
                blank: stored(count.blank),
                area_code: count.area,
            })
            .collect(),
    };
    tx.desk_counts().insert(round.id, &entry).await?;
    tx.commit().await?;
    tracing::info!(event = "desk_counts_entered", version = entry.version);
    Ok(entry)
}

/// Codes of the areas that people were sampled in.
///
/// # Errors
/// The database.
pub async fn areas(office: &Office, round: &Round) -> Result<Vec<String>, DeskError> {
    let samples = office.database.read().await?.samples().of_round(round.id).await?;
    Ok(samples.into_iter().map(|sample| sample.area_code).collect())
}

/// The newest version; nothing before the first.
///
/// # Errors
/// An unknown round, or the database.
pub async fn newest(office: &Office, slug: &str) -> Result<Option<DeskEntry>, DeskError> {
    let mut tx = office.database.read().await?;
    let round = rounds::held(&mut tx, slug).await?.round;
    Ok(tx.desk_counts().newest(round.id).await?)
}
