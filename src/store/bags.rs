//! Bags: what the envelopes of one commit share, namely one key encapsulation.

use uuid::Uuid;

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::{BagId, RoundId};

/// A bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBag {
    /// Its id (v4).
    pub id: BagId,
    /// The encapsulated key.
    pub encapsulation: Vec<u8>,
}

/// Repository of bags.
#[derive(Debug)]
pub struct Bags<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Bags<'_> {
    /// Adds a bag.
    #[tracing::instrument(name = "store.bags.insert", skip_all)]
    pub async fn insert(&mut self, id: BagId, round: RoundId, encapsulation: &[u8]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO bags (round_id, id, encapsulation) VALUES ($1, $2, $3)")
                .bind(round.uuid())
                .bind(id.uuid())
                .bind(encapsulation)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// All bags of a round, by id.
    #[tracing::instrument(name = "store.bags.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<StoredBag>, StoreError> {
        let rows: Vec<(Uuid, Vec<u8>)> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, encapsulation FROM bags WHERE round_id = $1 ORDER BY id")
                .bind(round.uuid())
                .fetch_all(conn)
                .await?
        });
        Ok(rows.into_iter().map(|(id, encapsulation)| StoredBag { id: id.into(), encapsulation }).collect())
    }

    /// Deletes the bags of a round and says how many there were.
    #[tracing::instrument(name = "store.bags.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM bags WHERE round_id = $1").bind(round.uuid()).execute(conn).await?.rows_affected()
        }))
    }
}
