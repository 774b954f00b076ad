//! Who signed a candidate off or refused it: one row an organisation, one row a person. Inserted and
//! read, never changed.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::StaffId;

/// One organisation's word on a candidate.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SignOff {
    /// The organisation.
    pub organisation: String,
    /// Who it was.
    #[sqlx(try_from = "uuid::Uuid", rename = "staff_id")]
    pub staff: StaffId,
    /// In what capacity.
    pub role: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Why it was refused; nothing if it was signed.
    pub refusal: Option<String>,
}

/// Repository of sign-offs.
#[derive(Debug)]
pub struct SignOffs<'t> {
    pub(super) tx: &'t mut Tx,
}

impl SignOffs<'_> {
    /// Adds a sign-off. A conflict with `sign_offs_candidate_id_organisation_key` if the organisation
    /// has spoken, with `sign_offs_candidate_id_staff_id_key` if the person has.
    #[tracing::instrument(name = "store.sign_offs.insert", skip_all)]
    pub async fn insert(&mut self, candidate: &str, sign_off: &SignOff) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO sign_offs (candidate_id, organisation, staff_id, role, signed_at, refusal) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(candidate)
            .bind(&sign_off.organisation)
            .bind(sign_off.staff.uuid())
            .bind(&sign_off.role)
            .bind(sign_off.signed_at)
            .bind(&sign_off.refusal)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The sign-offs of a candidate by organisation.
    #[tracing::instrument(name = "store.sign_offs.of_candidate", skip_all)]
    pub async fn of_candidate(&mut self, candidate: &str) -> Result<Vec<SignOff>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT organisation, staff_id, role, signed_at, refusal FROM sign_offs WHERE candidate_id = $1 \
                 ORDER BY organisation",
            )
            .bind(candidate)
            .fetch_all(conn)
            .await?
        }))
    }
}
