//! Versions of area sets. They are inserted and read; nothing here changes one.

use serde_json::Value;

use super::{StoreError, Tx, on_conn};

/// A version of an area set.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct StoredAreaSet {
    /// Area set id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Codes, names and order.
    pub document: Value,
}

/// Repository of area sets.
#[derive(Debug)]
pub struct AreaSets<'t> {
    pub(super) tx: &'t mut Tx,
}

impl AreaSets<'_> {
    /// Adds a version; a conflict with `area_sets_id_version_key` if it exists.
    #[tracing::instrument(name = "store.area_sets.insert", skip_all)]
    pub async fn insert(&mut self, set: &StoredAreaSet) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO area_sets (id, version, document) VALUES ($1, $2, $3)")
                .bind(&set.id)
                .bind(&set.version)
                .bind(&set.document)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// One version; `None` if there is none such.
    #[tracing::instrument(name = "store.area_sets.find", skip_all)]
    pub async fn find(&mut self, id: &str, version: &str) -> Result<Option<StoredAreaSet>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, version, document FROM area_sets WHERE id = $1 AND version = $2")
                .bind(id)
                .bind(version)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Every version, by id and version as text.
    #[tracing::instrument(name = "store.area_sets.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredAreaSet>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, version, document FROM area_sets ORDER BY id, version").fetch_all(conn).await?
        }))
    }
}
