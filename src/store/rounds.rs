//! Rounds and their stages. What a stage means and which follows which belongs to `survey::round`.

use serde_json::Value;

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::RoundId;

/// A round that is not stored yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRound {
    /// Its id.
    pub id: RoundId,
    /// Its name in addresses; unique.
    pub slug: String,
    /// Its stage.
    pub stage: String,
    /// Everything else about it.
    pub document: Value,
}

/// A stored round.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct StoredRound {
    /// Its id.
    #[sqlx(try_from = "uuid::Uuid")]
    pub id: RoundId,
    /// Its name in addresses.
    pub slug: String,
    /// Its stage.
    pub stage: String,
    /// Everything else about it.
    pub document: Value,
    /// Grows by one with every change.
    pub row_version: i64,
}

/// Repository of rounds.
#[derive(Debug)]
pub struct Rounds<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Rounds<'_> {
    /// Adds a round with row version 1; a conflict with `rounds_slug_key` if the slug is taken.
    #[tracing::instrument(name = "store.rounds.insert", skip_all)]
    pub async fn insert(&mut self, round: &NewRound) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO rounds (id, slug, stage, document, row_version) VALUES ($1, $2, $3, $4, 1)")
                .bind(round.id.uuid())
                .bind(&round.slug)
                .bind(&round.stage)
                .bind(&round.document)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// One round; `None` if there is none such.
    #[tracing::instrument(name = "store.rounds.find", skip_all)]
    pub async fn find(&mut self, id: RoundId) -> Result<Option<StoredRound>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, slug, stage, document, row_version FROM rounds WHERE id = $1")
                .bind(id.uuid())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The round of that slug; `None` if there is none such.
    #[tracing::instrument(name = "store.rounds.find_by_slug", skip_all)]
    pub async fn find_by_slug(&mut self, slug: &str) -> Result<Option<StoredRound>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, slug, stage, document, row_version FROM rounds WHERE slug = $1")
                .bind(slug)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Every round, oldest first.
    #[tracing::instrument(name = "store.rounds.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredRound>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, slug, stage, document, row_version FROM rounds ORDER BY id")
                .fetch_all(conn)
                .await?
        }))
    }

    /// The rounds that are in `stage`, oldest first.
    #[tracing::instrument(name = "store.rounds.list_in_stage", skip_all)]
    pub async fn list_in_stage(&mut self, stage: &str) -> Result<Vec<StoredRound>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT id, slug, stage, document, row_version FROM rounds WHERE stage = $1 ORDER BY id")
                .bind(stage)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Writes stage and document of a round that was read with `row_version`, and gives the new row
    /// version. A conflict with `rounds_row_version` if it has changed since, or is gone.
    #[tracing::instrument(name = "store.rounds.update", skip_all)]
    pub async fn update(
        &mut self,
        id: RoundId,
        row_version: i64,
        stage: &str,
        document: &Value,
    ) -> Result<i64, StoreError> {
        let updated: Option<i64> = on_conn!(self.tx, |conn| {
            sqlx::query_scalar(
                "UPDATE rounds SET stage = $3, document = $4, row_version = row_version + 1 \
                 WHERE id = $1 AND row_version = $2 RETURNING row_version",
            )
            .bind(id.uuid())
            .bind(row_version)
            .bind(stage)
            .bind(document)
            .fetch_optional(conn)
            .await?
        });
        updated.ok_or(StoreError::conflict("rounds_row_version"))
    }

    /// Makes other transactions that do the same for this round wait until this one ends.
    #[tracing::instrument(name = "store.rounds.lock", skip_all)]
    pub async fn lock(&mut self, id: RoundId) -> Result<(), StoreError> {
        // FOR UPDATE is not known to SQLite, where a writing transaction is alone anyway.
        if let Tx::Postgres(tx) = self.tx {
            sqlx::query("SELECT stage FROM rounds WHERE id = $1 FOR UPDATE").bind(id.uuid()).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The stage of a round, which nobody can change until the transaction ends; `None` if there is
    /// no such round.
    #[tracing::instrument(name = "store.rounds.stage_for_share", skip_all)]
    pub async fn stage_for_share(&mut self, id: RoundId) -> Result<Option<String>, StoreError> {
        // FOR SHARE is not known to SQLite, where a writing transaction is alone anyway.
        Ok(match self.tx {
            Tx::Sqlite(tx) => {
                sqlx::query_scalar("SELECT stage FROM rounds WHERE id = $1")
                    .bind(id.uuid())
                    .fetch_optional(&mut **tx)
                    .await?
            }
            Tx::Postgres(tx) => {
                sqlx::query_scalar("SELECT stage FROM rounds WHERE id = $1 FOR SHARE")
                    .bind(id.uuid())
                    .fetch_optional(&mut **tx)
                    .await?
            }
        })
    }
}
