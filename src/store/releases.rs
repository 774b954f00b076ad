//! Releases: inserted and read, never changed. A correction is a new release that names the one it
//! takes the place of.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};
use crate::survey::ids::RoundId;

/// What is known of a release without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseHead {
    /// Its id.
    pub id: String,
    /// The round whose results it holds.
    pub round: RoundId,
    /// Its number in the round, from 1.
    pub number: i64,
    /// The period it tells of, such as `2025`.
    pub period: String,
    /// The questionnaire it was answered on.
    pub questionnaire_id: String,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The release it takes the place of.
    pub supersedes: Option<String>,
    /// Why it does.
    pub reason: Option<String>,
}

/// A release with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRelease {
    /// What is known of it.
    pub head: ReleaseHead,
    /// The frozen file.
    pub bytes: Vec<u8>,
}

/// Repository of releases.
#[derive(Debug)]
pub struct Releases<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Releases<'_> {
    /// Adds a release. A conflict with `releases_id_key`, `releases_round_id_number_key`, or
    /// `releases_supersedes_key` if the one it corrects has a successor already.
    #[tracing::instrument(name = "store.releases.insert", skip_all)]
    pub async fn insert(&mut self, release: &StoredRelease) -> Result<(), StoreError> {
        let head = &release.head;
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO releases (id, round_id, number, period, questionnaire_id, hash, bytes, created_at, \
                 supersedes, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(&head.id)
            .bind(head.round.uuid())
            .bind(head.number)
            .bind(&head.period)
            .bind(&head.questionnaire_id)
            .bind(head.hash.as_slice())
            .bind(&release.bytes)
            .bind(head.created_at)
            .bind(&head.supersedes)
            .bind(&head.reason)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// One release with its bytes; `None` if there is none such.
    #[tracing::instrument(name = "store.releases.find", skip_all)]
    pub async fn find(&mut self, id: &str) -> Result<Option<StoredRelease>, StoreError> {
        let row: Option<WholeRow> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, number, period, questionnaire_id, hash, created_at, supersedes, reason, bytes \
                 FROM releases WHERE id = $1",
            )
            .bind(id)
            .fetch_optional(conn)
            .await?
        });
        row.map(|row| Ok(StoredRelease { head: row.head.try_into()?, bytes: row.bytes })).transpose()
    }

    /// Every release, by period, round and number.
    #[tracing::instrument(name = "store.releases.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<ReleaseHead>, StoreError> {
        let rows: Vec<HeadRow> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, number, period, questionnaire_id, hash, created_at, supersedes, reason \
                 FROM releases ORDER BY period, round_id, number",
            )
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(ReleaseHead::try_from).collect()
    }

    /// Every release that no other takes the place of, by period, round and number.
    #[tracing::instrument(name = "store.releases.list_current", skip_all)]
    pub async fn list_current(&mut self) -> Result<Vec<ReleaseHead>, StoreError> {
        let rows: Vec<HeadRow> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, number, period, questionnaire_id, hash, created_at, supersedes, reason \
                 FROM releases r WHERE NOT EXISTS (SELECT 1 FROM releases s WHERE s.supersedes = r.id) \
                 ORDER BY period, round_id, number",
            )
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(ReleaseHead::try_from).collect()
    }

    /// The round's release that no other takes the place of, the last one by number; `None` before the
    /// first.
    #[tracing::instrument(name = "store.releases.current", skip_all)]
    pub async fn current(&mut self, round: RoundId) -> Result<Option<ReleaseHead>, StoreError> {
        let row: Option<HeadRow> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, number, period, questionnaire_id, hash, created_at, supersedes, reason \
                 FROM releases r WHERE round_id = $1 \
                 AND NOT EXISTS (SELECT 1 FROM releases s WHERE s.supersedes = r.id) ORDER BY number DESC LIMIT 1",
            )
            .bind(round.uuid())
            .fetch_optional(conn)
            .await?
        });
        row.map(ReleaseHead::try_from).transpose()
    }

    /// The id of the release that takes the place of `id`; `None` if none does.
    #[tracing::instrument(name = "store.releases.successor", skip_all)]
    pub async fn successor(&mut self, id: &str) -> Result<Option<String>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT id FROM releases WHERE supersedes = $1").bind(id).fetch_optional(conn).await?
        }))
    }
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    id: String,
    round_id: Uuid,
    number: i64,
    period: String,
    questionnaire_id: String,
    hash: Vec<u8>,
    created_at: DateTime<Utc>,
    supersedes: Option<String>,
    reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct WholeRow {
    #[sqlx(flatten)]
    head: HeadRow,
    bytes: Vec<u8>,
}

impl TryFrom<HeadRow> for ReleaseHead {
    type Error = StoreError;

    fn try_from(row: HeadRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            round: row.round_id.into(),
            number: row.number,
            period: row.period,
            questionnaire_id: row.questionnaire_id,
            hash: bytes(row.hash, "releases", "hash")?,
            created_at: row.created_at,
            supersedes: row.supersedes,
            reason: row.reason,
        })
    }
}
