//! Challenges of the open link that were answered. A salt is random; nothing here tells who answered.

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::RoundId;

/// Repository of spent challenges.
#[derive(Debug)]
pub struct SpentChallenges<'t> {
    pub(super) tx: &'t mut Tx,
}

impl SpentChallenges<'_> {
    /// Spends a challenge of the round; says whether it was unspent.
    #[tracing::instrument(name = "store.spent_challenges.spend", skip_all)]
    pub async fn spend(&mut self, round: RoundId, salt: &[u8; 16], dies_hour: i64) -> Result<bool, StoreError> {
        // DO NOTHING and count, rather than fail: PostgreSQL writes the key of a failed insert into its
        // own log.
        let inserted = on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO spent_challenges (round_id, salt, dies_hour) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(round.uuid())
            .bind(salt.as_slice())
            .bind(dies_hour)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(inserted == 1)
    }

    /// Deletes every one of a round and says how many there were.
    #[tracing::instrument(name = "store.spent_challenges.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM spent_challenges WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }

    /// Deletes those that die at the start of `hour` or before, and says how many there were.
    #[tracing::instrument(name = "store.spent_challenges.sweep", skip_all)]
    pub async fn sweep(&mut self, hour: i64) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM spent_challenges WHERE dies_hour <= $1")
                .bind(hour)
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
