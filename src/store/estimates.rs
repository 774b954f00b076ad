//! Unrounded estimates behind a release. Staff only: no public page reads them.

use super::{StoreError, Tx, on_conn};

/// Repository of the unrounded estimates of each release.
#[derive(Debug)]
pub struct EstimatesInternal<'t> {
    pub(super) tx: &'t mut Tx,
}

impl EstimatesInternal<'_> {
    /// Adds the unrounded estimates of a release; a conflict with `estimates_internal_release_id_key` if it is there.
    #[tracing::instrument(name = "store.estimates_internal.insert", skip_all)]
    pub async fn insert(&mut self, release: &str, document: &[u8]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO estimates_internal (release_id, document) VALUES ($1, $2)")
                .bind(release)
                .bind(document)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// The bytes as inserted; `None` if there are none of that release.
    #[tracing::instrument(name = "store.estimates_internal.find", skip_all)]
    pub async fn find(&mut self, release: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT document FROM estimates_internal WHERE release_id = $1")
                .bind(release)
                .fetch_optional(conn)
                .await?
        }))
    }
}
