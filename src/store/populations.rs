//! Imported population tables. They are inserted and read; a corrected table is a new import.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};

/// An imported population table.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPopulation {
    /// Its id (v7: staff import it).
    pub id: Uuid,
    /// Persons by cell.
    pub document: Value,
    /// SHA-256 of the imported file.
    pub sha256: [u8; 32],
    /// The day that it counts.
    pub reference_date: NaiveDate,
    /// Who counted.
    pub source: String,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

type Row = (Uuid, Value, Vec<u8>, NaiveDate, String, DateTime<Utc>);

/// Repository of population tables.
#[derive(Debug)]
pub struct Populations<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Populations<'_> {
    /// Adds a table.
    #[tracing::instrument(name = "store.populations.insert", skip_all)]
    pub async fn insert(&mut self, population: &StoredPopulation) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO populations (id, document, sha256, reference_date, source, imported_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(population.id)
            .bind(&population.document)
            .bind(population.sha256.as_slice())
            .bind(population.reference_date)
            .bind(&population.source)
            .bind(population.imported_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// One table; `None` if there is none such.
    #[tracing::instrument(name = "store.populations.find", skip_all)]
    pub async fn find(&mut self, id: Uuid) -> Result<Option<StoredPopulation>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, document, sha256, reference_date, source, imported_at FROM populations WHERE id = $1",
            )
            .bind(id)
            .fetch_optional(conn)
            .await?
        });
        row.map(parse).transpose()
    }

    /// Every table, oldest import first.
    #[tracing::instrument(name = "store.populations.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredPopulation>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, document, sha256, reference_date, source, imported_at FROM populations ORDER BY id",
            )
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(parse).collect()
    }
}

fn parse((id, document, sha256, reference_date, source, imported_at): Row) -> Result<StoredPopulation, StoreError> {
    let sha256 = bytes(sha256, "populations", "sha256")?;
    Ok(StoredPopulation { id, document, sha256, reference_date, source, imported_at })
}
