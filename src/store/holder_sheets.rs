//! The key sheets of a round's holders: the public halves of their keys, and what each has said of the sheet.
//! What stands on a sheet is stored nowhere.

use uuid::Uuid;

use super::{StoreError, Tx, error::small, on_conn};
use crate::survey::ids::{RoundId, StaffId};

/// A holder's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHolderSheet {
    /// The round.
    pub round: RoundId,
    /// Number of the holder, from 1.
    pub holder: u32,
    /// Who took it; nobody by name at the server's command line.
    pub staff: Option<StaffId>,
    /// The public half of the key that the sheet gives.
    pub public_key: Vec<u8>,
    /// It was typed back.
    pub confirmed: bool,
    /// It was seen to open its share.
    pub rehearsed: bool,
    /// Its holder has said that it is destroyed.
    pub destroyed: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    round_id: Uuid,
    holder: i64,
    staff_id: Option<Uuid>,
    public_key: Vec<u8>,
    confirmed: bool,
    rehearsed: bool,
    destroyed: bool,
}

impl TryFrom<Row> for StoredHolderSheet {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let Row { round_id, holder, staff_id, public_key, confirmed, rehearsed, destroyed } = row;
        let holder = small(holder, "holder_sheets", "holder")?;
        let (round, staff) = (round_id.into(), staff_id.map(StaffId::from));
        Ok(Self { round, holder, staff, public_key, confirmed, rehearsed, destroyed })
    }
}

/// Repository of key sheets.
#[derive(Debug)]
pub struct HolderSheets<'t> {
    pub(super) tx: &'t mut Tx,
}

impl HolderSheets<'_> {
    /// Puts a sheet in the place of the holder's last one.
    #[tracing::instrument(name = "store.holder_sheets.put", skip_all)]
    pub async fn put(&mut self, sheet: &StoredHolderSheet) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query(
                "INSERT INTO holder_sheets (round_id, holder, staff_id, public_key, confirmed, rehearsed, destroyed) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id, holder) DO UPDATE SET \
                 staff_id = excluded.staff_id, public_key = excluded.public_key, confirmed = excluded.confirmed, \
                 rehearsed = excluded.rehearsed, destroyed = excluded.destroyed",
            )
            .bind(sheet.round.uuid())
            .bind(i64::from(sheet.holder))
            .bind(sheet.staff.map(StaffId::uuid))
            .bind(&sheet.public_key)
            .bind(sheet.confirmed)
            .bind(sheet.rehearsed)
            .bind(sheet.destroyed)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The sheets of a round by holder.
    #[tracing::instrument(name = "store.holder_sheets.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<StoredHolderSheet>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT round_id, holder, staff_id, public_key, confirmed, rehearsed, destroyed FROM holder_sheets \
                 WHERE round_id = $1 ORDER BY holder",
            )
            .bind(round.uuid())
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(StoredHolderSheet::try_from).collect()
    }

    /// The sheets of every round, oldest round first.
    #[tracing::instrument(name = "store.holder_sheets.list", skip_all)]
    pub async fn list(&mut self) -> Result<Vec<StoredHolderSheet>, StoreError> {
        let rows: Vec<Row> = on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT round_id, holder, staff_id, public_key, confirmed, rehearsed, destroyed FROM holder_sheets \
                 ORDER BY round_id, holder",
            )
            .fetch_all(conn)
            .await?
        });
        rows.into_iter().map(StoredHolderSheet::try_from).collect()
    }
}
