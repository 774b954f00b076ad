//! Openings that are under way: one a round at most, with the shares that were given so far, sealed to a key
//! that only one process has in its memory.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, error::small, on_conn};
use crate::survey::ids::{RoundId, StaffId};

/// An opening under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOpening {
    /// Who asked for it; nobody by name at the server's command line.
    pub asked_by: Option<StaffId>,
    /// What shares are sealed to; `None` until somebody else has agreed.
    pub public_key: Option<Vec<u8>>,
    /// When it is over.
    pub ends_at: DateTime<Utc>,
    /// How many envelopes could not be read; nothing is opened until that is decided.
    pub unreadable: Option<i64>,
    /// Who wants to set those aside.
    pub aside_by: Option<StaffId>,
    /// How many two persons have agreed to set aside.
    pub aside: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    asked_by: Option<Uuid>,
    public_key: Option<Vec<u8>>,
    ends_at: DateTime<Utc>,
    unreadable: Option<i64>,
    aside_by: Option<Uuid>,
    aside: Option<i64>,
}

/// Repository of openings.
#[derive(Debug)]
pub struct Openings<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Openings<'_> {
    /// Puts the opening of a round in the place of its last one.
    #[tracing::instrument(name = "store.openings.put", skip_all)]
    pub async fn put(&mut self, round: RoundId, opening: &StoredOpening) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO openings (round_id, asked_by, public_key, ends_at, unreadable, aside_by, aside) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id) DO UPDATE SET \
                 asked_by = excluded.asked_by, public_key = excluded.public_key, ends_at = excluded.ends_at, \
                 unreadable = excluded.unreadable, aside_by = excluded.aside_by, aside = excluded.aside",
            )
            .bind(round.uuid())
            .bind(opening.asked_by.map(StaffId::uuid))
            .bind(&opening.public_key)
            .bind(opening.ends_at)
            .bind(opening.unreadable)
            .bind(opening.aside_by.map(StaffId::uuid))
            .bind(opening.aside)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The opening of a round; `None` if there is none.
    #[tracing::instrument(name = "store.openings.find", skip_all)]
    pub async fn find(&mut self, round: RoundId) -> Result<Option<StoredOpening>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT asked_by, public_key, ends_at, unreadable, aside_by, aside FROM openings WHERE round_id = $1",
            )
            .bind(round.uuid())
            .fetch_optional(conn)
            .await?
        });
        Ok(row.map(|Row { asked_by, public_key, ends_at, unreadable, aside_by, aside }| StoredOpening {
            asked_by: asked_by.map(StaffId::from),
            public_key,
            ends_at,
            unreadable,
            aside_by: aside_by.map(StaffId::from),
            aside,
        }))
    }

    /// Keeps a holder's share, sealed to the opening's key, in the place of the one given before.
    #[tracing::instrument(name = "store.openings.give", skip_all)]
    pub async fn give(&mut self, round: RoundId, holder: u8, sealed: &[u8]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO opening_shares (round_id, holder, sealed) VALUES ($1, $2, $3) \
                 ON CONFLICT (round_id, holder) DO UPDATE SET sealed = excluded.sealed",
            )
            .bind(round.uuid())
            .bind(i64::from(holder))
            .bind(sealed)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The shares given so far: number of the holder, sealed share.
    #[tracing::instrument(name = "store.openings.given", skip_all)]
    pub async fn given(&mut self, round: RoundId) -> Result<Vec<(u32, Vec<u8>)>, StoreError> {
        let rows: Vec<(i64, Vec<u8>)> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT holder, sealed FROM opening_shares WHERE round_id = $1 ORDER BY holder")
                .bind(round.uuid())
                .fetch_all(conn)
                .await?
        });
        rows.into_iter().map(|(holder, sealed)| Ok((small(holder, "opening_shares", "holder")?, sealed))).collect()
    }

    /// Deletes the opening of a round and the shares given to it.
    #[tracing::instrument(name = "store.openings.delete", skip_all)]
    pub async fn delete(&mut self, round: RoundId) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM opening_shares WHERE round_id = $1")
                .bind(round.uuid())
                .execute(&mut *conn)
                .await?;
            sqlx::query("DELETE FROM openings WHERE round_id = $1").bind(round.uuid()).execute(conn).await?;
        });
        Ok(())
    }
}
