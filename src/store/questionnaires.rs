//! Published questionnaire versions. They are inserted and read; nothing here changes one.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{StoreError, Tx, on_conn};

/// A published version.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PublishedQuestionnaire {
    /// Questionnaire id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of what is frozen, 32 bytes.
    pub hash: Vec<u8>,
    /// The definition's files by name.
    pub definition: Value,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// Repository of published versions.
#[derive(Debug)]
pub struct Questionnaires<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Questionnaires<'_> {
    /// Adds a version; a conflict with `questionnaires_id_version_key` if it is published already.
    #[tracing::instrument(name = "store.questionnaires.insert", skip_all)]
    pub async fn insert(&mut self, published: &PublishedQuestionnaire) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO questionnaires (id, version, hash, definition, published_at) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&published.id)
            .bind(&published.version)
            .bind(&published.hash)
            .bind(&published.definition)
            .bind(published.published_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Puts other texts in the place of a version's: marks of review and the publication plan, which its
    /// hash does not cover. Says whether the version is there under that hash.
    #[tracing::instrument(name = "store.questionnaires.replace_marks", skip_all)]
    pub async fn replace_marks(
        &mut self,
        id: &str,
        version: &str,
        hash: &[u8],
        definition: &Value,
    ) -> Result<bool, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("UPDATE questionnaires SET definition = $4 WHERE id = $1 AND version = $2 AND hash = $3")
                .bind(id)
                .bind(version)
                .bind(hash)
                .bind(definition)
                .execute(conn)
                .await?
                .rows_affected()
        }) == 1)
    }

    /// One version; `None` if it is not published.
    #[tracing::instrument(name = "store.questionnaires.find", skip_all)]
    pub async fn find(&mut self, id: &str, version: &str) -> Result<Option<PublishedQuestionnaire>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, version, hash, definition, published_at FROM questionnaires \
                 WHERE id = $1 AND version = $2",
            )
            .bind(id)
            .bind(version)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Makes other transactions that do the same for this questionnaire wait until this one ends.
    #[tracing::instrument(name = "store.questionnaires.lock", skip_all)]
    pub async fn lock(&mut self, id: &str) -> Result<(), StoreError> {
        // FOR UPDATE is not known to SQLite, where a writing transaction is alone anyway.
        if let Tx::Postgres(tx) = self.tx {
            sqlx::query("SELECT version FROM questionnaires WHERE id = $1 ORDER BY version FOR UPDATE")
                .bind(id)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Every version, by id and version as text.
    #[tracing::instrument(name = "store.questionnaires.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<PublishedQuestionnaire>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, version, hash, definition, published_at FROM questionnaires ORDER BY id, version",
            )
            .fetch_all(conn)
            .await?
        }))
    }
}
