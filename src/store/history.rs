//! Figures that were published before Trygg: imported, marked with their source, never recomputed.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};

/// One imported file of published figures.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryImport {
    /// Its id (v7: staff import it).
    pub id: Uuid,
    /// The series as read.
    pub document: Value,
    /// SHA-256 of the imported file; unique.
    pub sha256: [u8; 32],
    /// Who published the figures.
    pub source: String,
    /// When they were imported.
    pub imported_at: DateTime<Utc>,
}

type Row = (Uuid, Value, Vec<u8>, String, DateTime<Utc>);

/// Repository of published history.
#[derive(Debug)]
pub struct HistoryImports<'t> {
    pub(super) tx: &'t mut Tx,
}

impl HistoryImports<'_> {
    /// Adds a file; a conflict with `history_sha256_key` if it was imported before.
    #[tracing::instrument(name = "store.history.insert", skip_all)]
    pub async fn insert(&mut self, import: &HistoryImport) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO history (id, document, sha256, source, imported_at) VALUES ($1, $2, $3, $4, $5)")
                .bind(import.id)
                .bind(&import.document)
                .bind(import.sha256.as_slice())
                .bind(&import.source)
                .bind(import.imported_at)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// Every file, oldest import first.
    #[tracing::instrument(name = "store.history.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<HistoryImport>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, document, sha256, source, imported_at FROM history ORDER BY id")
                .fetch_all(conn)
                .await?
        });
        rows.into_iter()
            .map(|(id, document, sha256, source, imported_at)| {
                let sha256 = bytes(sha256, "history", "sha256")?;
                Ok(HistoryImport { id, document, sha256, source, imported_at })
            })
            .collect()
    }
}
