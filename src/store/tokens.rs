//! Tokens for the staff routes of the API, under their hashes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};
use crate::survey::ids::StaffId;

/// A token.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// Hash of the token, which only its user has.
    pub token_hash: [u8; 32],
    /// Whose rights it carries.
    pub staff: StaffId,
    /// What its user calls it.
    pub name: String,
    /// From when it is refused.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredToken").field("staff", &self.staff).field("name", &self.name).finish_non_exhaustive()
    }
}

type Row = (Vec<u8>, Uuid, String, DateTime<Utc>);

/// Repository of tokens.
#[derive(Debug)]
pub struct Tokens<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Tokens<'_> {
    /// Adds a token.
    #[tracing::instrument(name = "store.tokens.insert", skip_all)]
    pub async fn insert(&mut self, token: &StoredToken) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO api_tokens (token_hash, staff_id, name, expires_at) VALUES ($1, $2, $3, $4)")
                .bind(token.token_hash.as_slice())
                .bind(token.staff.uuid())
                .bind(&token.name)
                .bind(token.expires_at)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// A token; `None` if there is none such. Whether it has expired is the caller's to say.
    #[tracing::instrument(name = "store.tokens.find", skip_all)]
    pub async fn find(&mut self, token_hash: &[u8; 32]) -> Result<Option<StoredToken>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT token_hash, staff_id, name, expires_at FROM api_tokens WHERE token_hash = $1")
                .bind(token_hash.as_slice())
                .fetch_optional(conn)
                .await?
        });
        row.map(parse).transpose()
    }

    /// The tokens of a person, by name.
    #[tracing::instrument(name = "store.tokens.of_staff", skip_all)]
    pub async fn of_staff(&mut self, staff: StaffId) -> Result<Vec<StoredToken>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT token_hash, staff_id, name, expires_at FROM api_tokens WHERE staff_id = $1 \
                 ORDER BY name, token_hash",
            )
            .bind(staff.uuid())
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(parse).collect()
    }

    /// Deletes a token; says whether it was there.
    #[tracing::instrument(name = "store.tokens.delete", skip_all)]
    pub async fn delete(&mut self, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
        let deleted = on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM api_tokens WHERE token_hash = $1")
                .bind(token_hash.as_slice())
                .execute(conn)
                .await?
                .rows_affected()
        });
        Ok(deleted > 0)
    }
}

fn parse((token_hash, staff, name, expires_at): Row) -> Result<StoredToken, StoreError> {
    let token_hash = bytes(token_hash, "api_tokens", "token_hash")?;
    Ok(StoredToken { token_hash, staff: staff.into(), name, expires_at })
}
