//! Accounts of staff. What a role may do belongs to `survey::staff`.

use serde_json::Value;

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::StaffId;

/// An account.
#[derive(Clone, PartialEq, sqlx::FromRow)]
pub struct StoredStaff {
    /// Its id.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: StaffId,
    /// The person's name.
    pub name: String,
    /// What the person signs in with; unique, compared byte by byte.
    pub login: String,
    /// Municipality, police, …
    pub organisation: String,
    /// The roles, a list of texts.
    pub roles: Value,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// Whether sign-in is refused.
    pub disabled: bool,
}

impl std::fmt::Debug for StoredStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredStaff").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Repository of accounts.
#[derive(Debug)]
pub struct Staff<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Staff<'_> {
    /// Adds an account; a conflict with `staff_login_key` if the login is taken.
    #[tracing::instrument(name = "store.staff.insert", skip_all)]
    pub async fn insert(&mut self, staff: &StoredStaff) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO staff (id, name, login, organisation, roles, password_hash, disabled) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(staff.id.uuid())
            .bind(&staff.name)
            .bind(&staff.login)
            .bind(&staff.organisation)
            .bind(&staff.roles)
            .bind(&staff.password_hash)
            .bind(staff.disabled)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Writes everything but the id; says whether the account exists.
    #[tracing::instrument(name = "store.staff.update", skip_all)]
    pub async fn update(&mut self, staff: &StoredStaff) -> Result<bool, StoreError> {
        let updated = on_conn!(self.tx, |conn| {
            sqlx::query(
                "UPDATE staff SET name = $2, login = $3, organisation = $4, roles = $5, password_hash = $6, \
                 disabled = $7 WHERE id = $1",
            )
            .bind(staff.id.uuid())
            .bind(&staff.name)
            .bind(&staff.login)
            .bind(&staff.organisation)
            .bind(&staff.roles)
            .bind(&staff.password_hash)
            .bind(staff.disabled)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(updated > 0)
    }

    /// One account; `None` if there is none such.
    #[tracing::instrument(name = "store.staff.find", skip_all)]
    pub async fn find(&mut self, id: StaffId) -> Result<Option<StoredStaff>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, name, login, organisation, roles, password_hash, disabled FROM staff WHERE id = $1",
            )
            .bind(id.uuid())
            .fetch_optional(conn)
            .await?
        }))
    }

    /// The account of that login; `None` if there is none such.
    #[tracing::instrument(name = "store.staff.find_by_login", skip_all)]
    pub async fn find_by_login(&mut self, login: &str) -> Result<Option<StoredStaff>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, name, login, organisation, roles, password_hash, disabled FROM staff WHERE login = $1",
            )
            .bind(login)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Every account, by login.
    #[tracing::instrument(name = "store.staff.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredStaff>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, name, login, organisation, roles, password_hash, disabled FROM staff ORDER BY login",
            )
            .fetch_all(conn)
            .await?
        }))
    }
}
