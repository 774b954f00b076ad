//! Letter runs of a round: the first letters, then reminders. Counts and instants of staff's acts; the
//! codes themselves are invitations'.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx, on_conn};
use crate::survey::ids::RoundId;

/// A run that was made.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredLetterRun {
    /// 0 the first letters, 1 the first reminder, …
    pub number: i64,
    /// How many letters it had.
    pub letters: i64,
    /// When its codes came to count.
    pub made_at: DateTime<Utc>,
}

/// Repository of letter runs.
#[derive(Debug)]
pub struct LetterRuns<'t> {
    pub(super) tx: &'t mut Tx,
}

impl LetterRuns<'_> {
    /// Adds a run; a conflict with `letter_runs_round_id_number_key` if its number is taken.
    #[tracing::instrument(name = "store.letter_runs.insert", skip_all)]
    pub async fn insert(&mut self, round: RoundId, run: &StoredLetterRun) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("INSERT INTO letter_runs (round_id, number, letters, made_at) VALUES ($1, $2, $3, $4)")
                .bind(round.uuid())
                .bind(run.number)
                .bind(run.letters)
                .bind(run.made_at)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// The runs of a round, the first one first.
    #[tracing::instrument(name = "store.letter_runs.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<StoredLetterRun>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT number, letters, made_at FROM letter_runs WHERE round_id = $1 ORDER BY number")
                .bind(round.uuid())
                .fetch_all(conn)
                .await?
        }))
    }

    /// Forgets the runs of a round.
    #[tracing::instrument(name = "store.letter_runs.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM letter_runs WHERE round_id = $1").bind(round.uuid()).execute(conn).await?;
        });
        Ok(())
    }
}
