//! How one area set lies in another. Every import is a new revision; none changes.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{StoreError, Tx, on_conn};
use crate::survey::round::AreaSetRef;

/// A revision of a crosswalk.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct StoredCrosswalk {
    /// Its number for the pair of sets, from 1.
    pub revision: i64,
    /// Its parts.
    pub document: Value,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// Repository of crosswalks.
#[derive(Debug)]
pub struct Crosswalks<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Crosswalks<'_> {
    /// Adds a revision; a conflict with
    /// `crosswalks_from_id_from_version_to_id_to_version_revision_key` if its number is taken.
    #[tracing::instrument(name = "store.crosswalks.insert", skip_all)]
    pub async fn insert(
        &mut self,
        from: &AreaSetRef,
        to: &AreaSetRef,
        crosswalk: &StoredCrosswalk,
    ) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO crosswalks (from_id, from_version, to_id, to_version, revision, document, imported_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&from.id)
            .bind(&from.version)
            .bind(&to.id)
            .bind(&to.version)
            .bind(crosswalk.revision)
            .bind(&crosswalk.document)
            .bind(crosswalk.imported_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Every revision of a pair of sets, oldest first.
    #[tracing::instrument(name = "store.crosswalks.revisions", skip_all)]
    pub async fn revisions(&mut self, from: &AreaSetRef, to: &AreaSetRef) -> Result<Vec<StoredCrosswalk>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT revision, document, imported_at FROM crosswalks WHERE from_id = $1 AND from_version = $2 \
                 AND to_id = $3 AND to_version = $4 ORDER BY revision",
            )
            .bind(&from.id)
            .bind(&from.version)
            .bind(&to.id)
            .bind(&to.version)
            .fetch_all(conn)
            .await?
        }))
    }
}
