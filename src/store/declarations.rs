//! What persons have said of breaks: inserted and read, never changed. A withdrawal is a row too.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::StaffId;

/// One statement.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct StoredDeclaration {
    /// Its id (v7: staff make it).
    pub id: Uuid,
    /// Whose it is.
    #[sqlx(try_from = "Uuid")]
    pub staff_id: StaffId,
    /// The statement.
    pub document: Value,
    /// When it was made.
    pub declared_at: DateTime<Utc>,
}

/// Repository of statements.
#[derive(Debug)]
pub struct Declarations<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Declarations<'_> {
    /// Adds a statement; a conflict with `break_declarations_id_key` if the id is taken.
    #[tracing::instrument(name = "store.declarations.insert", skip_all)]
    pub async fn insert(&mut self, said: &StoredDeclaration) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO break_declarations (id, staff_id, document, declared_at) VALUES ($1, $2, $3, $4)")
                .bind(said.id)
                .bind(said.staff_id.uuid())
                .bind(&said.document)
                .bind(said.declared_at)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// Every statement, oldest first.
    #[tracing::instrument(name = "store.declarations.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredDeclaration>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, staff_id, document, declared_at FROM break_declarations ORDER BY declared_at, id",
            )
            .fetch_all(conn)
            .await?
        }))
    }
}
