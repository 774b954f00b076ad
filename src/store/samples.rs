//! How many persons of each area were sampled for a round.

use sqlx::QueryBuilder;

use super::{StoreError, Tx, bulk::rows_of, on_conn};
use crate::survey::ids::RoundId;

/// The sampled persons of one area.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AreaSample {
    /// Area code.
    pub area_code: String,
    /// Persons sampled.
    pub sampled: i64,
}

/// Repository of sample sizes.
#[derive(Debug)]
pub struct Samples<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Samples<'_> {
    /// Puts `areas` in the place of what was there.
    #[tracing::instrument(name = "store.samples.replace", skip_all)]
    pub async fn replace(&mut self, round: RoundId, areas: &[AreaSample]) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM samples WHERE round_id = $1").bind(round.uuid()).execute(conn).await?;
        });
        for areas in areas.chunks(rows_of(3)) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("INSERT INTO samples (round_id, area_code, sampled) ");
                query.push_values(areas, |mut row, area| {
                    row.push_bind(round.uuid()).push_bind(&area.area_code).push_bind(area.sampled);
                });
                query.build().persistent(false).execute(conn).await?;
            });
        }
        Ok(())
    }

    /// The areas of a round by code; empty if no sample was entered.
    #[tracing::instrument(name = "store.samples.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<AreaSample>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as("SELECT area_code, sampled FROM samples WHERE round_id = $1 ORDER BY area_code")
                .bind(round.uuid())
                .fetch_all(conn)
                .await?
        }))
    }
}
