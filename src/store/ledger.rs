//! What every release has shown, kept for ever (`statistics.md` 12.8). Staff only; inserted and read, never changed.

use super::{StoreError, Tx, on_conn};

/// Repository of the ledger's entry of each release.
#[derive(Debug)]
pub struct Ledger<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Ledger<'_> {
    /// Adds the ledger's entry of a release; a conflict with `ledger_release_id_key` if it is there.
    #[tracing::instrument(name = "store.ledger.insert", skip_all)]
    pub async fn insert(&mut self, release: &str, document: &[u8]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO ledger (release_id, document) VALUES ($1, $2)")
                .bind(release)
                .bind(document)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// The bytes as inserted; `None` if there are none of that release.
    #[tracing::instrument(name = "store.ledger.find", skip_all)]
    pub async fn find(&mut self, release: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT document FROM ledger WHERE release_id = $1")
                .bind(release)
                .fetch_optional(conn)
                .await?
        }))
    }
}
