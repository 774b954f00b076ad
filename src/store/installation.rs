//! What kind of database this is: at most one row, written once.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx, on_conn};

/// What kind of database this is and since when.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InstallationRecord {
    /// `demo` or `office`.
    pub kind: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Repository of the one row.
#[derive(Debug)]
pub struct Installation<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Installation<'_> {
    /// Says once what kind of database this is; a second time is a conflict with
    /// `installation_single_key`.
    #[tracing::instrument(name = "store.installation.insert", skip_all)]
    pub async fn insert(&mut self, record: &InstallationRecord) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO installation (single, kind, created_at) VALUES (1, $1, $2)")
                .bind(&record.kind)
                .bind(record.created_at)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// The kind of this database; `None` in a new one.
    #[tracing::instrument(name = "store.installation.find", skip_all)]
    pub async fn find(&mut self) -> Result<Option<InstallationRecord>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT kind, created_at FROM installation").fetch_optional(conn).await?
        }))
    }
}
