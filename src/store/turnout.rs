//! What is kept of the invitations after the opening: counts by area and mode.

use sqlx::QueryBuilder;

use super::{StoreError, Tx, bulk::rows_of, on_conn};
use crate::survey::ids::RoundId;

/// Counts of one area and mode.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TurnoutCount {
    /// Area code.
    pub area_code: String,
    /// `web`, `paper`, …
    pub mode: String,
    /// Persons sampled in the area.
    pub sampled: i64,
    /// Invitations of the area spent in the mode.
    pub used: i64,
}

/// Repository of turnout.
#[derive(Debug)]
pub struct Turnout<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Turnout<'_> {
    /// Puts `counts` in the place of what was there.
    #[tracing::instrument(name = "store.turnout.replace", skip_all)]
    pub async fn replace(&mut self, round: RoundId, counts: &[TurnoutCount]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM turnout WHERE round_id = $1").bind(round.uuid()).execute(conn).await?;
        });
        for counts in counts.chunks(rows_of(5)) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("INSERT INTO turnout (round_id, area_code, mode, sampled, used) ");
                query.push_values(counts, |mut row, count| {
                    row.push_bind(round.uuid())
                        .push_bind(&count.area_code)
                        .push_bind(&count.mode)
                        .push_bind(count.sampled)
                        .push_bind(count.used);
                });
                query.build().persistent(false).execute(conn).await?;
            });
        }
        Ok(())
    }

    /// The counts of a round by area and mode; empty before the opening.
    #[tracing::instrument(name = "store.turnout.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<TurnoutCount>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT area_code, mode, sampled, used FROM turnout WHERE round_id = $1 ORDER BY area_code, mode",
            )
            .bind(round.uuid())
            .fetch_all(conn)
            .await?
        }))
    }
}
