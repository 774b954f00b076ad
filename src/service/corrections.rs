//! Corrections as readers meet them: a release beside the one whose place it has taken. Both stay as
//! they were frozen; what differs is looked up in `survey::release`.

use std::sync::Arc;

use super::{
    Office,
    published::{self, PublishedError},
};
use crate::survey::release::{Figures, Release, corrected};

/// A correction and what it corrects.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The release that was replaced.
    pub old: Arc<Release>,
    /// The one that has taken its place.
    pub new: Arc<Release>,
}

/// The correction that the release `id` is.
///
/// # Errors
/// [`PublishedError::Unknown`] also for a release that corrects nothing.
pub async fn find(office: &Office, id: &str) -> Result<Correction, PublishedError> {
    let new = published::find(office, id).await?;
    let old = new.head().supersedes.as_deref().ok_or_else(|| PublishedError::Unknown(id.to_owned()))?;
    Ok(Correction { old: published::find(office, old).await?, new })
}

/// Every correction, the latest first.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn all(office: &Office) -> Result<Vec<Correction>, PublishedError> {
    let mut found = Vec::new();
    for head in published::list(office).await?.iter().filter(|head| head.supersedes.is_some()) {
        found.push(find(office, &head.id).await?);
    }
    found.sort_by_key(|correction| std::cmp::Reverse(correction.new.head().created_at));
    Ok(found)
}

/// How many figures differ.
#[must_use]
pub fn count(old: &Figures, new: &Figures) -> usize {
    corrected(old, new).len()
}
