//! Which files were imported: a note, not the data.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};
use crate::survey::ids::RoundId;

/// One import of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its id (v7: staff import it).
    pub id: Uuid,
    /// SHA-256 of the file. One file may be imported twice: two rounds can lie in it.
    pub sha256: [u8; 32],
    /// What was read from it: `responses`, `population`, …
    pub kind: String,
    /// The round it was read into, if any.
    pub round: Option<RoundId>,
    /// Rows stored.
    pub rows: i64,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

type Row = (Uuid, Vec<u8>, String, Option<Uuid>, i64, DateTime<Utc>);

/// Repository of imports.
#[derive(Debug)]
pub struct Imports<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Imports<'_> {
    /// Notes an import.
    #[tracing::instrument(name = "store.imports.insert", skip_all)]
    pub async fn insert(&mut self, import: &ImportRecord) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO imports (id, sha256, kind, round_id, row_count, imported_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(import.id)
            .bind(import.sha256.as_slice())
            .bind(&import.kind)
            .bind(import.round.map(RoundId::uuid))
            .bind(import.rows)
            .bind(import.imported_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The imports of the file with that hash, oldest first.
    #[tracing::instrument(name = "store.imports.of_file", skip_all)]
    pub async fn of_file(&mut self, sha256: &[u8; 32]) -> Result<Vec<ImportRecord>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, sha256, kind, round_id, row_count, imported_at FROM imports WHERE sha256 = $1 ORDER BY id",
            )
            .bind(sha256.as_slice())
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(parse).collect()
    }

    /// Every import, oldest first.
    #[tracing::instrument(name = "store.imports.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<ImportRecord>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, sha256, kind, round_id, row_count, imported_at FROM imports ORDER BY id")
                .fetch_all(conn)
                .await?
        });
        rows.into_iter().map(parse).collect()
    }
}

fn parse((id, sha256, kind, round, rows, imported_at): Row) -> Result<ImportRecord, StoreError> {
    let sha256 = bytes(sha256, "imports", "sha256")?;
    Ok(ImportRecord { id, sha256, kind, round: round.map(RoundId::from), rows, imported_at })
}
