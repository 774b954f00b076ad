//! What the desk counted in each area of a round. Every entry is a whole new version; none changes.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{StoreError, Tx, bulk::rows_of, on_conn};
use crate::survey::ids::{RoundId, StaffId};

/// Counts of one area.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredDeskCount {
    /// Area code.
    pub area_code: String,
    /// Dead, moved out.
    pub over_coverage: i64,
    /// Returned blank or declined.
    pub blank: i64,
}

/// A version of a round's counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskEntry {
    /// Its number in the round, from 1.
    pub version: i64,
    /// Who entered it; nobody by name at the server's command line.
    pub staff: Option<StaffId>,
    /// When.
    pub entered_at: DateTime<Utc>,
    /// By area code.
    pub areas: Vec<StoredDeskCount>,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    staff_id: Option<Uuid>,
    entered_at: DateTime<Utc>,
    #[sqlx(flatten)]
    count: StoredDeskCount,
}

/// Repository of desk counts.
#[derive(Debug)]
pub struct DeskCounts<'t> {
    pub(super) tx: &'t mut Tx,
}

impl DeskCounts<'_> {
    /// Adds a version; a conflict with `desk_counts_round_id_version_area_code_key` if its number is
    /// taken.
    #[tracing::instrument(name = "store.desk_counts.insert", skip_all)]
    pub async fn insert(&mut self, round: RoundId, entry: &DeskEntry) -> Result<(), StoreError> {
        for areas in entry.areas.chunks(rows_of(7)) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new(
                    "INSERT INTO desk_counts (round_id, version, area_code, over_coverage, blank, staff_id, entered_at) ",
                );
                query.push_values(areas, |mut row, area| {
                    row.push_bind(round.uuid())
                        .push_bind(entry.version)
                        .push_bind(&area.area_code)
                        .push_bind(area.over_coverage)
                        .push_bind(area.blank)
                        .push_bind(entry.staff.map(StaffId::uuid))
                        .push_bind(entry.entered_at);
                });
                query.build().persistent(false).execute(conn).await?;
            });
        }
        Ok(())
    }

    /// The version of a round with the highest number; `None` before the first.
    #[tracing::instrument(name = "store.desk_counts.newest", skip_all)]
    pub async fn newest(&mut self, round: RoundId) -> Result<Option<DeskEntry>, StoreError> {
        Ok(self.list(round).await?.pop())
    }

    /// Every version of a round, the first one first.
    #[tracing::instrument(name = "store.desk_counts.list", skip_all)]
    pub async fn list(&mut self, round: RoundId) -> Result<Vec<DeskEntry>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT version, area_code, over_coverage, blank, staff_id, entered_at FROM desk_counts \
                 WHERE round_id = $1 ORDER BY version, area_code",
            )
            .bind(round.uuid())
            .fetch_all(conn)
            .await?
        });
        let mut entries: Vec<DeskEntry> = Vec::new();
        for Row { version, staff_id, entered_at, count } in rows {
            match entries.last_mut().filter(|entry| entry.version == version) {
                Some(entry) => entry.areas.push(count),
                None => {
                    entries.push(DeskEntry {
                        version,
                        staff: staff_id.map(StaffId::from),
                        entered_at,
                        areas: vec![count],
                    });
                }
            }
        }
        Ok(entries)
    }
}
