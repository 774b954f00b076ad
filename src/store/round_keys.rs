//! The public halves of the rounds' keys. The private ones are nowhere but in `key_shares`, sealed.

use super::{StoreError, Tx, error::small, on_conn};
use crate::survey::ids::RoundId;

/// A round's public key and how many holders open what is sealed to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRoundKey {
    /// The public key.
    pub public_key: Vec<u8>,
    /// How many holders must meet (`t`).
    pub needed: u32,
    /// How many holders there are (`n`).
    pub holders: u32,
}

/// Repository of public keys.
#[derive(Debug)]
pub struct RoundKeys<'t> {
    pub(super) tx: &'t mut Tx,
}

impl RoundKeys<'_> {
    /// Gives a round its key; a conflict with `round_keys_round_id_key` if it has one.
    #[tracing::instrument(name = "store.round_keys.insert", skip_all)]
    pub async fn insert(&mut self, round: RoundId, key: &StoredRoundKey) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO round_keys (round_id, public_key, needed, holders) VALUES ($1, $2, $3, $4)")
                .bind(round.uuid())
                .bind(&key.public_key)
                .bind(i64::from(key.needed))
                .bind(i64::from(key.holders))
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// A round's key; `None` while none is made.
    #[tracing::instrument(name = "store.round_keys.find", skip_all)]
    pub async fn find(&mut self, round: RoundId) -> Result<Option<StoredRoundKey>, StoreError> {
        let row: Option<(Vec<u8>, i64, i64)> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT public_key, needed, holders FROM round_keys WHERE round_id = $1")
                .bind(round.uuid())
                .fetch_optional(conn)
                .await?
        });
        row.map(|(public_key, needed, holders)| {
            let needed = small(needed, "round_keys", "needed")?;
            let holders = small(holders, "round_keys", "holders")?;
            Ok(StoredRoundKey { public_key, needed, holders })
        })
        .transpose()
    }

    /// A round's public key alone; `None` while none is made.
    #[tracing::instrument(name = "store.round_keys.public", skip_all)]
    pub async fn public(&mut self, round: RoundId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT public_key FROM round_keys WHERE round_id = $1")
                .bind(round.uuid())
                .fetch_optional(conn)
                .await?
        }))
    }
}
