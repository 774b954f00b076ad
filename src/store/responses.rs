//! Opened answer sheets under random ids: no time, no code, no order of arrival.

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{StoreError, Tx, bulk::rows_of, on_conn};
use crate::survey::ids::{ResponseId, RoundId};

/// An opened answer sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its id (v4).
    pub id: ResponseId,
    /// The encoded sheet.
    pub sheet: Vec<u8>,
}

/// Repository of responses.
#[derive(Debug)]
pub struct Responses<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Responses<'_> {
    /// Adds responses in the order given, which must be a shuffled one.
    #[tracing::instrument(name = "store.responses.insert_many", skip_all)]
    pub async fn insert_many(&mut self, round: RoundId, responses: &[StoredResponse]) -> Result<(), StoreError> {
        for responses in responses.chunks(rows_of(3)) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("INSERT INTO responses (round_id, id, sheet) ");
                query.push_values(responses, |mut row, response| {
                    row.push_bind(round.uuid()).push_bind(response.id.uuid()).push_bind(&response.sheet);
                });
                query.build().execute(conn).await?;
            });
        }
        Ok(())
    }

    /// The next responses of a round after the id `after` (`None`: from the first), by the bytes of
    /// the id, at most `limit`.
    #[tracing::instrument(name = "store.responses.page", skip_all)]
    pub async fn page(
        &mut self,
        round: RoundId,
        after: Option<ResponseId>,
        limit: u32,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        // No v4 id is nil, so nil sorts before them all.
        let after = after.map_or(Uuid::nil(), ResponseId::uuid);
        let rows: Vec<(Uuid, Vec<u8>)> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, sheet FROM responses WHERE round_id = $1 AND id > $2 ORDER BY id LIMIT $3")
                .bind(round.uuid())
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(conn)
                .await?
        });
        Ok(rows.into_iter().map(|(id, sheet)| StoredResponse { id: id.into(), sheet }).collect())
    }

    /// Responses of a round.
    #[tracing::instrument(name = "store.responses.count", skip_all)]
    pub async fn count(&mut self, round: RoundId) -> Result<i64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT COUNT(*) FROM responses WHERE round_id = $1")
                .bind(round.uuid())
                .fetch_one(conn)
                .await?
        }))
    }

    /// Deletes the responses of a round and says how many there were.
    #[tracing::instrument(name = "store.responses.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM responses WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
