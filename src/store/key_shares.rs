//! The shares of the rounds' private keys, each sealed to its holder. They die with the opening.

use super::{StoreError, Tx, error::small, on_conn};
use crate::survey::ids::RoundId;

/// A holder's sealed share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKeyShare {
    /// Number of the holder, from 1.
    pub holder: u32,
    /// Who holds it, as residents read it.
    pub label: String,
    /// Salt of the holder's passphrase; empty where the holder has a key sheet.
    pub salt: Vec<u8>,
    /// The sealed share.
    pub sealed: Vec<u8>,
}

/// Repository of shares.
#[derive(Debug)]
pub struct KeyShares<'t> {
    pub(super) tx: &'t mut Tx,
}

impl KeyShares<'_> {
    /// Adds a holder's share; a conflict with `key_shares_round_id_holder_key` if the holder has one.
    #[tracing::instrument(name = "store.key_shares.insert", skip_all)]
    pub async fn insert(&mut self, round: RoundId, share: &StoredKeyShare) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO key_shares (round_id, holder, label, salt, sealed) VALUES ($1, $2, $3, $4, $5)")
                .bind(round.uuid())
                .bind(i64::from(share.holder))
                .bind(&share.label)
                .bind(&share.salt)
                .bind(&share.sealed)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// The shares of a round by holder; empty before its key is made and after its opening.
    #[tracing::instrument(name = "store.key_shares.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<StoredKeyShare>, StoreError> {
        let rows: Vec<(i64, String, Vec<u8>, Vec<u8>)> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT holder, label, salt, sealed FROM key_shares WHERE round_id = $1 ORDER BY holder")
                .bind(round.uuid())
                .fetch_all(conn)
                .await?
        });
        rows.into_iter()
            .map(|(holder, label, salt, sealed)| {
                Ok(StoredKeyShare { holder: small(holder, "key_shares", "holder")?, label, salt, sealed })
            })
            .collect()
    }

    /// Deletes the shares of a round and says how many there were.
    #[tracing::instrument(name = "store.key_shares.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM key_shares WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
