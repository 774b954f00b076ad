//! Sealed drafts. Only the respondent's cookie opens one; nothing here tells whose it is.

use sqlx::QueryBuilder;

use super::{
    StoreError, Tx,
    bulk::{KEYS, padded},
    on_conn,
};
use crate::survey::ids::RoundId;

/// A sealed draft (`trust.md` 2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// Derived from the cookie.
    pub id: [u8; 16],
    /// The round it belongs to.
    pub round: RoundId,
    /// The hour at whose start it may be swept: whole hours since 1970-01-01T00:00Z, rounded up.
    pub dies_hour: i64,
    /// Nonce and ciphertext, of equal length for every draft of a version.
    pub sealed: Vec<u8>,
}

/// Repository of drafts.
#[derive(Debug)]
pub struct Drafts<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Drafts<'_> {
    /// Saves a draft in the place of the one with its id, if there is one.
    #[tracing::instrument(name = "store.drafts.save", skip_all)]
    pub async fn save(&mut self, draft: &StoredDraft) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO drafts (id, round_id, dies_hour, sealed) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (id) DO UPDATE SET round_id = excluded.round_id, dies_hour = excluded.dies_hour, \
                 sealed = excluded.sealed",
            )
            .bind(draft.id.as_slice())
            .bind(draft.round.uuid())
            .bind(draft.dies_hour)
            .bind(&draft.sealed)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// A draft; `None` if it is gone.
    #[tracing::instrument(name = "store.drafts.find", skip_all)]
    pub async fn find(&mut self, id: &[u8; 16]) -> Result<Option<StoredDraft>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT round_id, dies_hour, sealed FROM drafts WHERE id = $1")
                .bind(id.as_slice())
                .fetch_optional(conn)
                .await?
        });
        Ok(row.map(|row| stored(id, row)))
    }

    /// A draft that nobody else can change until the transaction ends; `None` if it is gone. Two tabs
    /// that save at once are merged by this.
    #[tracing::instrument(name = "store.drafts.find_for_update", skip_all)]
    pub async fn find_for_update(&mut self, id: &[u8; 16]) -> Result<Option<StoredDraft>, StoreError> {
        // FOR UPDATE is not known to SQLite, where a writing transaction is alone anyway.
        let row: Option<Row> = match self.tx {
            Tx::Sqlite(_) => return self.find(id).await,
            Tx::Postgres(tx) => {
                sqlx::query_as("SELECT round_id, dies_hour, sealed FROM drafts WHERE id = $1 FOR UPDATE")
                    .bind(id.as_slice())
                    .fetch_optional(&mut **tx)
                    .await?
            }
        };
        Ok(row.map(|row| stored(id, row)))
    }

    /// Deletes a draft; says whether it was there.
    #[tracing::instrument(name = "store.drafts.delete", skip_all)]
    pub async fn delete(&mut self, id: &[u8; 16]) -> Result<bool, StoreError> {
        let deleted = on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM drafts WHERE id = $1").bind(id.as_slice()).execute(conn).await?.rows_affected()
        });
        Ok(deleted > 0)
    }

    /// Deletes drafts; those that are gone already do not matter.
    #[tracing::instrument(name = "store.drafts.delete_many", skip_all)]
    pub async fn delete_many(&mut self, ids: &[[u8; 16]]) -> Result<(), StoreError> {
        for ids in ids.chunks(KEYS) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("DELETE FROM drafts WHERE id IN (");
                let mut list = query.separated(", ");
                for id in padded(ids) {
                    list.push_bind(id.as_slice());
                }
                query.push(")");
                query.build().execute(conn).await?;
            });
        }
        Ok(())
    }

    /// Deletes every draft of a round and says how many there were.
    #[tracing::instrument(name = "store.drafts.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM drafts WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }

    /// Deletes the drafts that die at the start of `hour` or before, and says how many there were.
    #[tracing::instrument(name = "store.drafts.sweep", skip_all)]
    pub async fn sweep(&mut self, hour: i64) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM drafts WHERE dies_hour <= $1").bind(hour).execute(conn).await?.rows_affected()
        }))
    }

    /// Drafts of all rounds.
    #[tracing::instrument(name = "store.drafts.count", skip_all)]
    pub async fn count(&mut self) -> Result<i64, StoreError> {
        let count = on_conn!(self.tx, |conn| sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(conn).await?);
        Ok(count)
    }
}

type Row = (uuid::Uuid, i64, Vec<u8>);

fn stored(id: &[u8; 16], (round, dies_hour, sealed): Row) -> StoredDraft {
    StoredDraft { id: *id, round: round.into(), dies_hour, sealed }
}
