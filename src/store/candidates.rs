//! Candidates: frozen figures that wait for their sign-offs, and what they were composed of. When a
//! candidate has ended, its figures are deleted and the rest is kept. What a state means is not here.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx, error::bytes, on_conn};
use crate::survey::ids::{RoundId, StaffId};

/// The state of a candidate that has not ended.
const WAITING: &str = "waiting";

/// A candidate without its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCandidate {
    /// Id of the release that it would be.
    pub id: String,
    /// The round whose results it holds.
    pub round: RoundId,
    /// The questionnaire it was answered on.
    pub questionnaire_id: String,
    /// SHA-256 of the body.
    pub body_hash: [u8; 32],
    /// What it was composed of.
    pub inputs: Vec<u8>,
    /// When.
    pub composed_at: DateTime<Utc>,
    /// By whom; nobody known if it was by command line.
    pub composed_by: Option<StaffId>,
    /// `waiting`, or how it ended.
    pub state: String,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What a candidate holds until it ends.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CandidateBody {
    /// The frozen body.
    pub body: Vec<u8>,
    /// The unrounded estimates behind it.
    pub internal: Vec<u8>,
    /// Its entry for the ledger.
    pub ledger: Vec<u8>,
}

/// Repository of candidates.
#[derive(Debug)]
pub struct Candidates<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Candidates<'_> {
    /// Adds a waiting candidate; a conflict with `candidates_id_key` if the id was used before.
    #[tracing::instrument(name = "store.candidates.insert", skip_all)]
    pub async fn insert(&mut self, candidate: &StoredCandidate, held: &CandidateBody) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO candidates (id, round_id, questionnaire_id, body_hash, inputs, composed_at, \
                 composed_by, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(&candidate.id)
            .bind(candidate.round.uuid())
            .bind(&candidate.questionnaire_id)
            .bind(candidate.body_hash.as_slice())
            .bind(&candidate.inputs)
            .bind(candidate.composed_at)
            .bind(candidate.composed_by.map(StaffId::uuid))
            .bind(WAITING)
            .execute(&mut *conn)
            .await?;
            sqlx::query("INSERT INTO candidate_bodies (candidate_id, body, internal, ledger) VALUES ($1, $2, $3, $4)")
                .bind(&candidate.id)
                .bind(&held.body)
                .bind(&held.internal)
                .bind(&held.ledger)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// One candidate; `None` if there is none such.
    #[tracing::instrument(name = "store.candidates.find", skip_all)]
    pub async fn find(&mut self, id: &str) -> Result<Option<StoredCandidate>, StoreError> {
        let row: Option<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, questionnaire_id, body_hash, inputs, composed_at, composed_by, state, ended_at \
                 FROM candidates WHERE id = $1",
            )
            .bind(id)
            .fetch_optional(conn)
            .await?
        });
        row.map(StoredCandidate::try_from).transpose()
    }

    /// Every candidate that has not ended, the oldest first.
    #[tracing::instrument(name = "store.candidates.waiting", skip_all)]
    pub async fn waiting(&mut self) -> Result<Vec<StoredCandidate>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, round_id, questionnaire_id, body_hash, inputs, composed_at, composed_by, state, ended_at \
                 FROM candidates WHERE state = $1 ORDER BY composed_at, id",
            )
            .bind(WAITING)
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(StoredCandidate::try_from).collect()
    }

    /// The ids of every candidate there ever was.
    #[tracing::instrument(name = "store.candidates.ids", skip_all)]
    pub async fn ids(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar("SELECT id FROM candidates ORDER BY id").fetch_all(conn).await?
        }))
    }

    /// The figures of a waiting candidate; `None` if it has ended or never was.
    #[tracing::instrument(name = "store.candidates.body", skip_all)]
    pub async fn body(&mut self, id: &str) -> Result<Option<CandidateBody>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT body, internal, ledger FROM candidate_bodies WHERE candidate_id = $1")
                .bind(id)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Ends a waiting candidate in `state` and deletes its figures; says whether it was waiting.
    #[tracing::instrument(name = "store.candidates.end", skip_all)]
    pub async fn end(&mut self, id: &str, state: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            let ended = sqlx::query("UPDATE candidates SET state = $2, ended_at = $3 WHERE id = $1 AND state = $4")
                .bind(id)
                .bind(state)
                .bind(at)
                .bind(WAITING)
                .execute(&mut *conn)
                .await?
                .rows_affected();
            sqlx::query("DELETE FROM candidate_bodies WHERE candidate_id = $1").bind(id).execute(conn).await?;
            ended == 1
        }))
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    round_id: Uuid,
    questionnaire_id: String,
    body_hash: Vec<u8>,
    inputs: Vec<u8>,
    composed_at: DateTime<Utc>,
    composed_by: Option<Uuid>,
    state: String,
    ended_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for StoredCandidate {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            round: row.round_id.into(),
            questionnaire_id: row.questionnaire_id,
            body_hash: bytes(row.body_hash, "candidates", "body_hash")?,
            inputs: row.inputs,
            composed_at: row.composed_at,
            composed_by: row.composed_by.map(StaffId::from),
            state: row.state,
            ended_at: row.ended_at,
        })
    }
}
