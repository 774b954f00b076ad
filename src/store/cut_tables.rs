//! Imported cut tables. They are inserted and read; a corrected table is one of another id.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{StoreError, Tx, error::bytes, on_conn};

/// An imported cut table.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCutTable {
    /// Its id.
    pub id: String,
    /// The questionnaire whose shares it reads.
    pub questionnaire_id: String,
    /// Origin, indicators and steps.
    pub document: Value,
    /// SHA-256 of the imported file of cuts.
    pub sha256: [u8; 32],
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

type Row = (String, String, Value, Vec<u8>, DateTime<Utc>);

/// Repository of cut tables.
#[derive(Debug)]
pub struct CutTables<'t> {
    pub(super) tx: &'t mut Tx,
}

impl CutTables<'_> {
    /// Adds a table; a conflict with `cut_tables_id_key` if its id is taken.
    #[tracing::instrument(name = "store.cut_tables.insert", skip_all)]
    pub async fn insert(&mut self, table: &StoredCutTable) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO cut_tables (id, questionnaire_id, document, sha256, imported_at) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&table.id)
            .bind(&table.questionnaire_id)
            .bind(&table.document)
            .bind(table.sha256.as_slice())
            .bind(table.imported_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Every table, by id as text.
    #[tracing::instrument(name = "store.cut_tables.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredCutTable>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, questionnaire_id, document, sha256, imported_at FROM cut_tables ORDER BY id")
                .fetch_all(conn)
                .await?
        });
        rows.into_iter().map(parse).collect()
    }

    /// One table; `None` if there is none such.
    #[tracing::instrument(name = "store.cut_tables.find", skip_all)]
    pub async fn find(&mut self, id: &str) -> Result<Option<StoredCutTable>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, questionnaire_id, document, sha256, imported_at FROM cut_tables WHERE id = $1")
                .bind(id)
                .fetch_optional(conn)
                .await?
        });
        row.map(parse).transpose()
    }
}

fn parse((id, questionnaire_id, document, sha256, imported_at): Row) -> Result<StoredCutTable, StoreError> {
    let sha256 = bytes(sha256, "cut_tables", "sha256")?;
    Ok(StoredCutTable { id, questionnaire_id, document, sha256, imported_at })
}
