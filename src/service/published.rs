//! Releases as readers meet them: found by id, kept parsed in memory. A release never changes, so
//! what is held here never ages; which ones are current is asked of the database.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use super::Office;
use crate::{
    store::{ReleaseHead, StoreError, StoredRelease},
    survey::{ids::RoundId, release::Release},
};

/// Most releases that are kept parsed.
const MOST: usize = 64;

/// Parsed releases of this process.
#[derive(Debug, Default)]
pub struct Published {
    held: RwLock<HashMap<String, Arc<Release>>>,
}

/// Why a release cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    /// No release has this id.
    #[error("no release has the id `{0}`")]
    Unknown(String),
    /// The stored bytes are damaged.
    #[error("release {0}: {1}")]
    Damaged(String, crate::survey::release::Damaged),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The release `id`.
///
/// # Errors
/// [`PublishedError::Unknown`], or damaged bytes.
pub async fn find(office: &Office, id: &str) -> Result<Arc<Release>, PublishedError> {
    let held = office.published.held.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
    if let Some(release) = held {
        return Ok(release);
    }
    let stored = office.database.read().await?.releases().find(id).await?;
    let stored = stored.ok_or_else(|| PublishedError::Unknown(id.to_owned()))?;
    // Megabytes of JSON: not on a thread that serves requests.
    let release = tokio::task::spawn_blocking(move || read(stored))
        .await
        .map_err(|_| StoreError::inconsistent("releases", "bytes"))??;
    if release.key().is_some_and(|key| key != office.release_key()) {
        // Right after a new key was made; otherwise somebody has put a release of their own there.
        tracing::warn!(event = "release_of_another_key", release = id);
    }
    let mut held = office.published.held.write().unwrap_or_else(PoisonError::into_inner);
    if held.len() >= MOST {
        held.clear();
    }
    held.insert(id.to_owned(), Arc::clone(&release));
    Ok(release)
}

fn read(stored: StoredRelease) -> Result<Arc<Release>, PublishedError> {
    let StoredRelease { head, bytes } = stored;
    let release = Release::read(bytes, &head.hash).map_err(|damaged| PublishedError::Damaged(head.id, damaged))?;
    Ok(Arc::new(release))
}

/// Every release that none has taken the place of, by period.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn current(office: &Office) -> Result<Vec<Arc<Release>>, PublishedError> {
    let heads = office.database.read().await?.releases().list_current().await?;
    let mut releases = Vec::with_capacity(heads.len());
    for head in heads {
        releases.push(find(office, &head.id).await?);
    }
    Ok(releases)
}

/// Those of the releases `ids` that none of them has taken the place of, by period: the series as it
/// was when there were no others.
///
/// # Errors
/// The database, an id that no release has, or damaged bytes.
pub async fn series_of(office: &Office, ids: &[String]) -> Result<Vec<Arc<Release>>, PublishedError> {
    let mut heads = list(office).await?;
    heads.retain(|head| ids.contains(&head.id));
    let replaced: HashSet<String> = heads.iter().filter_map(|head| head.supersedes.clone()).collect();
    let mut releases = Vec::with_capacity(heads.len());
    for head in heads.iter().filter(|head| !replaced.contains(&head.id)) {
        releases.push(find(office, &head.id).await?);
    }
    Ok(releases)
}

/// What is known of every release, replaced ones too, by period.
///
/// # Errors
/// The database.
pub async fn list(office: &Office) -> Result<Vec<ReleaseHead>, PublishedError> {
    Ok(office.database.read().await?.releases().list().await?)
}

/// The release that has taken the place of `id`.
///
/// # Errors
/// The database.
pub async fn successor(office: &Office, id: &str) -> Result<Option<String>, PublishedError> {
    Ok(office.database.read().await?.releases().successor(id).await?)
}

/// Id of the current release of a round.
///
/// # Errors
/// The database.
pub async fn of_round(office: &Office, round: RoundId) -> Result<Option<String>, PublishedError> {
    Ok(office.database.read().await?.releases().current(round).await?.map(|head| head.id))
}
