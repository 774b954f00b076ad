//! Sealed answer sheets, keyed by the hash of their submission. No time, no serial, no code.

use std::collections::HashSet;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    bulk::{KEYS, padded, rows_of},
    error::{bytes, small},
    on_conn,
};
use crate::survey::ids::{BagId, RoundId};

/// An envelope that is not stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnvelope {
    /// SHA-256 of the submission id.
    pub submission_hash: [u8; 32],
    /// Place in the bag, dealt at random.
    pub position: u32,
    /// The ciphertext, equally long for all of a version.
    pub envelope: Vec<u8>,
}

/// A stored envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEnvelope {
    /// SHA-256 of the submission id.
    pub submission_hash: [u8; 32],
    /// The bag whose key opens it.
    pub bag: BagId,
    /// Place in the bag.
    pub position: u32,
    /// The ciphertext.
    pub envelope: Vec<u8>,
}

/// Repository of envelopes.
#[derive(Debug)]
pub struct Envelopes<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Envelopes<'_> {
    /// Adds the envelopes of one bag, all of them or none. A conflict with
    /// `envelopes_round_id_submission_hash_key` if one of the submissions is there already: whoever
    /// spent a code for it must not commit.
    #[tracing::instrument(name = "store.envelopes.insert_many", skip_all)]
    pub async fn insert_many(
        &mut self,
        round: RoundId,
        bag: BagId,
        envelopes: &[NewEnvelope],
    ) -> Result<(), StoreError> {
        // By hash: two processes that insert the same submissions wait for each other in one order.
        let mut sorted: Vec<&NewEnvelope> = envelopes.iter().collect();
        sorted.sort_unstable_by_key(|envelope| envelope.submission_hash);
        for envelopes in sorted.chunks(rows_of(5)) {
            // DO NOTHING and count, rather than fail: PostgreSQL writes the key of a failed insert into
            // its own log.
            let inserted = on_conn!(self.tx, |conn| {
                let mut query =
                    QueryBuilder::new("INSERT INTO envelopes (round_id, submission_hash, bag_id, position, envelope) ");
                query.push_values(envelopes, |mut row, envelope| {
                    row.push_bind(round.uuid())
                        .push_bind(envelope.submission_hash.as_slice())
                        .push_bind(bag.uuid())
                        .push_bind(i64::from(envelope.position))
                        .push_bind(&envelope.envelope);
                });
                query.push(" ON CONFLICT DO NOTHING");
                query.build().execute(conn).await?.rows_affected()
            });
            if inserted != envelopes.len() as u64 {
                return Err(StoreError::conflict("envelopes_round_id_submission_hash_key"));
            }
        }
        Ok(())
    }

    /// Those of `hashes` that the round has.
    #[tracing::instrument(name = "store.envelopes.existing", skip_all)]
    pub async fn existing(&mut self, round: RoundId, hashes: &[[u8; 32]]) -> Result<HashSet<[u8; 32]>, StoreError> {
        let mut existing = HashSet::new();
        for hashes in hashes.chunks(KEYS) {
            let rows: Vec<Vec<u8>> = on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("SELECT submission_hash FROM envelopes WHERE round_id = ");
                query.push_bind(round.uuid()).push(" AND submission_hash IN (");
                let mut list = query.separated(", ");
                for hash in padded(hashes) {
                    list.push_bind(hash.as_slice());
                }
                query.push(")");
                query.build_query_scalar().fetch_all(conn).await?
            });
            for row in rows {
                existing.insert(bytes(row, "envelopes", "submission_hash")?);
            }
        }
        Ok(existing)
    }

    /// Envelopes of a round.
    #[tracing::instrument(name = "store.envelopes.count", skip_all)]
    pub async fn count(&mut self, round: RoundId) -> Result<i64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT COUNT(*) FROM envelopes WHERE round_id = $1")
                .bind(round.uuid())
                .fetch_one(conn)
                .await?
        }))
    }

    /// The next envelopes of a round after the submission hash `after` (`None`: from the first), by
    /// submission hash, at most `limit`.
    #[tracing::instrument(name = "store.envelopes.page", skip_all)]
    pub async fn page(
        &mut self,
        round: RoundId,
        after: Option<[u8; 32]>,
        limit: u32,
    ) -> Result<Vec<StoredEnvelope>, StoreError> {
        // An empty key sorts before every hash.
        let after = after.as_ref().map_or(&[][..], |hash| hash.as_slice());
        let rows: Vec<(Vec<u8>, Uuid, i64, Vec<u8>)> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT submission_hash, bag_id, position, envelope FROM envelopes \
                 WHERE round_id = $1 AND submission_hash > $2 ORDER BY submission_hash LIMIT $3",
            )
            .bind(round.uuid())
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?
        });
        rows.into_iter()
            .map(|(hash, bag, position, envelope)| {
                Ok(StoredEnvelope {
                    submission_hash: bytes(hash, "envelopes", "submission_hash")?,
                    bag: bag.into(),
                    position: small(position, "envelopes", "position")?,
                    envelope,
                })
            })
            .collect()
    }

    /// Deletes the envelopes of a round and says how many there were.
    #[tracing::instrument(name = "store.envelopes.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM envelopes WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
