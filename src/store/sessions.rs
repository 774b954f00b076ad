//! Signed-in sessions of staff, under hashes of what their cookies hold.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::StaffId;

/// Staff, start, last use, secret.
type Found = (Uuid, DateTime<Utc>, DateTime<Utc>, Vec<u8>);

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Hash of the session id, which only the cookie holds.
    pub id_hash: [u8; 32],
    /// Whose it is.
    pub staff: StaffId,
    /// When it was begun.
    pub started: DateTime<Utc>,
    /// When it was last used.
    pub seen: DateTime<Utc>,
    /// What the session's form tokens are derived from.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for StoredSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredSession").field("staff", &self.staff).finish_non_exhaustive()
    }
}

/// Repository of sessions.
#[derive(Debug)]
pub struct Sessions<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Sessions<'_> {
    /// Adds a session.
    #[tracing::instrument(name = "store.sessions.insert", skip_all)]
    pub async fn insert(&mut self, session: &StoredSession) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO sessions (id_hash, staff_id, started, seen, secret) VALUES ($1, $2, $3, $4, $5)")
                .bind(session.id_hash.as_slice())
                .bind(session.staff.uuid())
                .bind(session.started)
                .bind(session.seen)
                .bind(&session.secret)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// A session; `None` if it has ended. Whether it is too old is the caller's to say.
    #[tracing::instrument(name = "store.sessions.find", skip_all)]
    pub async fn find(&mut self, id_hash: &[u8; 32]) -> Result<Option<StoredSession>, StoreError> {
        let row: Option<Found> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT staff_id, started, seen, secret FROM sessions WHERE id_hash = $1")
                .bind(id_hash.as_slice())
                .fetch_optional(conn)
                .await?
        });
        Ok(row.map(|(staff, started, seen, secret)| StoredSession {
            id_hash: *id_hash,
            staff: staff.into(),
            started,
            seen,
            secret,
        }))
    }

    /// Notes that a session was used at `seen`; says whether it exists.
    #[tracing::instrument(name = "store.sessions.touch", skip_all)]
    pub async fn touch(&mut self, id_hash: &[u8; 32], seen: DateTime<Utc>) -> Result<bool, StoreError> {
        let touched = on_conn!(self.tx, |conn| {
            sqlx::query("UPDATE sessions SET seen = $2 WHERE id_hash = $1")
                .bind(id_hash.as_slice())
                .bind(seen)
                .execute(conn)
                .await?
                .rows_affected()
        });
        Ok(touched > 0)
    }

    /// Ends a session; says whether it was there.
    #[tracing::instrument(name = "store.sessions.delete", skip_all)]
    pub async fn delete(&mut self, id_hash: &[u8; 32]) -> Result<bool, StoreError> {
        let deleted = on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
                .bind(id_hash.as_slice())
                .execute(conn)
                .await?
                .rows_affected()
        });
        Ok(deleted > 0)
    }

    /// Ends every session of a person and says how many there were.
    #[tracing::instrument(name = "store.sessions.delete_of", skip_all)]
    pub async fn delete_of(&mut self, staff: StaffId) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM sessions WHERE staff_id = $1")
                .bind(staff.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }

    /// Ends the sessions begun before `started` or last used before `seen`, and says how many.
    #[tracing::instrument(name = "store.sessions.sweep", skip_all)]
    pub async fn sweep(&mut self, started: DateTime<Utc>, seen: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM sessions WHERE started < $1 OR seen < $2")
                .bind(started)
                .bind(seen)
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
