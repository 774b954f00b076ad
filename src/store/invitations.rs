//! Invitations and the hashes of their codes: who may answer and who has. Names and plain codes are
//! never here; whatever ties an invitation to an answer sheet must never be.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    bulk::{KEYS, padded, rows_of},
    on_conn,
};
use crate::survey::ids::{InvitationId, RoundId};

/// An invitation that is not stored yet. Its codes come with the letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Its id (v4).
    pub id: InvitationId,
    /// Number of the letter; unique in the round.
    pub letter_no: String,
    /// Area of residence.
    pub area_code: String,
}

/// What is known of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredInvitation {
    /// Its id.
    #[sqlx(try_from = "Uuid")]
    pub id: InvitationId,
    /// Number of the letter.
    pub letter_no: String,
    /// Area of residence.
    pub area_code: String,
    /// Whether one of its codes has been spent.
    pub used: bool,
    /// How it was spent: `web`, `paper`, … ; `None` while it is not.
    pub mode: Option<String>,
}

/// How many invitations of an area are in one state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationCount {
    /// Area of residence.
    pub area_code: String,
    /// How they were spent; `None` for those that are not.
    pub mode: Option<String>,
    /// Invitations.
    pub count: i64,
}

/// An invitation with the code that it was asked for by.
#[derive(sqlx::FromRow)]
struct Coded {
    code_hash: Vec<u8>,
    #[sqlx(flatten)]
    invitation: StoredInvitation,
}

/// Repository of invitations.
#[derive(Debug)]
pub struct Invitations<'t> {
    pub(super) tx: &'t mut Tx,
}

impl Invitations<'_> {
    /// Adds invitations, none of them used and none with a code. A conflict with
    /// `invitations_round_id_letter_no_key` if a letter is there already.
    #[tracing::instrument(name = "store.invitations.insert_many", skip_all)]
    pub async fn insert_many(&mut self, round: RoundId, invitations: &[NewInvitation]) -> Result<(), StoreError> {
        for invitations in invitations.chunks(rows_of(5)) {
            on_conn!(self.tx, |conn| {
                let mut query =
                    QueryBuilder::new("INSERT INTO invitations (round_id, id, letter_no, area_code, used) ");
                query.push_values(invitations, |mut row, invitation| {
                    row.push_bind(round.uuid())
                        .push_bind(invitation.id.uuid())
                        .push_bind(&invitation.letter_no)
                        .push_bind(&invitation.area_code)
                        .push_bind(false);
                });
                query.build().persistent(false).execute(conn).await?;
            });
        }
        Ok(())
    }

    /// Adds codes to invitations that exist: those of the letters, later those of a reminder; each of an
    /// invitation's codes spends it. A conflict with `invitation_codes_round_id_code_hash_key` if a code
    /// is there already.
    #[tracing::instrument(name = "store.invitations.add_codes", skip_all)]
    pub async fn add_codes(&mut self, round: RoundId, codes: &[(InvitationId, [u8; 32])]) -> Result<(), StoreError> {
        for codes in codes.chunks(rows_of(3)) {
            on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new("INSERT INTO invitation_codes (round_id, code_hash, invitation_id) ");
                query.push_values(codes, |mut row, (invitation, hash)| {
                    row.push_bind(round.uuid()).push_bind(hash.as_slice()).push_bind(invitation.uuid());
                });
                query.build().persistent(false).execute(conn).await?;
            });
        }
        Ok(())
    }

    /// The invitation behind a code; `None` if no letter of the round carried it.
    #[tracing::instrument(name = "store.invitations.find_by_code", skip_all)]
    pub async fn find_by_code(
        &mut self,
        round: RoundId,
        code_hash: &[u8; 32],
    ) -> Result<Option<StoredInvitation>, StoreError> {
        Ok(self.find_by_codes(round, &[*code_hash]).await?.into_values().next())
    }

    /// The invitations behind codes, by the hash of the code; what no letter of the round carried is
    /// absent.
    #[tracing::instrument(name = "store.invitations.find_by_codes", skip_all)]
    pub async fn find_by_codes(
        &mut self,
        round: RoundId,
        code_hashes: &[[u8; 32]],
    ) -> Result<HashMap<[u8; 32], StoredInvitation>, StoreError> {
        let mut found = HashMap::with_capacity(code_hashes.len());
        for hashes in code_hashes.chunks(KEYS) {
            let rows: Vec<Coded> = on_conn!(self.tx, |conn| {
                let mut query = QueryBuilder::new(
                    "SELECT c.code_hash, i.id, i.letter_no, i.area_code, i.used, i.mode FROM invitation_codes c \
                     JOIN invitations i ON i.round_id = c.round_id AND i.id = c.invitation_id WHERE c.round_id = ",
                );
                query.push_bind(round.uuid()).push(" AND c.code_hash IN (");
                let mut list = query.separated(", ");
                for hash in padded(hashes) {
                    list.push_bind(hash.as_slice());
                }
                query.push(")");
                query.build_query_as().fetch_all(conn).await?
            });
            for Coded { code_hash, invitation } in rows {
                let hash = code_hash.try_into();
                let hash = hash.map_err(|_| StoreError::inconsistent("invitation_codes", "code_hash"))?;
                found.insert(hash, invitation);
            }
        }
        Ok(found)
    }

    /// Those of `ids` that the round has, by id.
    #[tracing::instrument(name = "store.invitations.find_many", skip_all)]
    pub async fn find_many(
        &mut self,
        round: RoundId,
        ids: &[InvitationId],
    ) -> Result<Vec<StoredInvitation>, StoreError> {
        let mut found: Vec<StoredInvitation> = Vec::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            found.extend(on_conn!(self.tx, |conn| {
                let mut query =
                    QueryBuilder::new("SELECT id, letter_no, area_code, used, mode FROM invitations WHERE round_id = ");
                query.push_bind(round.uuid()).push(" AND id IN (");
                let mut list = query.separated(", ");
                for id in padded(ids) {
                    list.push_bind(id.uuid());
                }
                query.push(")");
                query.build_query_as::<StoredInvitation>().fetch_all(conn).await?
            }));
        }
        found.sort_by_key(|invitation| invitation.id);
        Ok(found)
    }

    /// Every invitation of a round, by letter number.
    #[tracing::instrument(name = "store.invitations.of_round", skip_all)]
    pub async fn of_round(&mut self, round: RoundId) -> Result<Vec<StoredInvitation>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT id, letter_no, area_code, used, mode FROM invitations WHERE round_id = $1 ORDER BY letter_no",
            )
            .bind(round.uuid())
            .fetch_all(conn)
            .await?
        }))
    }

    /// Invitations that no code leads to.
    #[tracing::instrument(name = "store.invitations.uncoded", skip_all)]
    pub async fn uncoded(&mut self, round: RoundId) -> Result<i64, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM invitations WHERE round_id = $1 AND id NOT IN \
                 (SELECT invitation_id FROM invitation_codes WHERE round_id = $1)",
            )
            .bind(round.uuid())
            .fetch_one(conn)
            .await?
        }))
    }

    /// Spends those of `ids` that are not used yet and gives them, by id. Of any number of
    /// transactions that try one invitation, exactly one gets it.
    #[tracing::instrument(name = "store.invitations.spend", skip_all)]
    pub async fn spend(
        &mut self,
        round: RoundId,
        ids: &[InvitationId],
        mode: &str,
    ) -> Result<Vec<InvitationId>, StoreError> {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        let mut spent: Vec<InvitationId> = Vec::with_capacity(ids.len());
        for ids in sorted.chunks(KEYS) {
            // PostgreSQL locks rows in the order it meets them: locking them by id first keeps two
            // processes from waiting for each other in a ring. SQLite knows no FOR UPDATE and needs none.
            let rows: Vec<Uuid> = match self.tx {
                Tx::Sqlite(tx) => {
                    let mut query = QueryBuilder::new("UPDATE invitations SET used = TRUE, mode = ");
                    query.push_bind(mode).push(" WHERE round_id = ").push_bind(round.uuid()).push(" AND id IN (");
                    let mut list = query.separated(", ");
                    for id in padded(ids) {
                        list.push_bind(id.uuid());
                    }
                    query.push(") AND used = FALSE RETURNING id");
                    query.build_query_scalar().fetch_all(&mut **tx).await?
                }
                Tx::Postgres(tx) => {
                    let mut query = QueryBuilder::new("WITH locked AS (SELECT id FROM invitations WHERE round_id = ");
                    query.push_bind(round.uuid()).push(" AND id IN (");
                    let mut list = query.separated(", ");
                    for id in padded(ids) {
                        list.push_bind(id.uuid());
                    }
                    query.push(
                        ") AND used = FALSE ORDER BY id FOR UPDATE) UPDATE invitations i SET used = TRUE, mode = ",
                    );
                    query.push_bind(mode).push(" FROM locked WHERE i.id = locked.id AND i.round_id = ");
                    query.push_bind(round.uuid()).push(" AND i.used = FALSE RETURNING i.id");
                    query.build_query_scalar().fetch_all(&mut **tx).await?
                }
            };
            spent.extend(rows.into_iter().map(InvitationId::from));
        }
        spent.sort_unstable();
        Ok(spent)
    }

    /// Invitations by area and mode; those that are not used stand first in each area.
    #[tracing::instrument(name = "store.invitations.counts", skip_all)]
    pub async fn counts(&mut self, round: RoundId) -> Result<Vec<InvitationCount>, StoreError> {
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query_as(
                "SELECT area_code, mode, COUNT(*) AS count FROM invitations WHERE round_id = $1 \
                 GROUP BY area_code, mode ORDER BY area_code, mode NULLS FIRST",
            )
            .bind(round.uuid())
            .fetch_all(conn)
            .await?
        }))
    }

    /// Deletes every code hash of a round: letters that were written before are worthless then.
    #[tracing::instrument(name = "store.invitations.delete_codes", skip_all)]
    pub async fn delete_codes(&mut self, round: RoundId) -> Result<(), StoreError> {
        on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM invitation_codes WHERE round_id = $1").bind(round.uuid()).execute(conn).await?;
        });
        Ok(())
    }

    /// Deletes every invitation and code hash of a round, and says how many invitations there were.
    #[tracing::instrument(name = "store.invitations.delete_round", skip_all)]
    pub async fn delete_round(&mut self, round: RoundId) -> Result<u64, StoreError> {
        self.delete_codes(round).await?;
        Ok(on_conn!(self.tx, |conn| {
            sqlx::query("DELETE FROM invitations WHERE round_id = $1")
                .bind(round.uuid())
                .execute(conn)
                .await?
                .rows_affected()
        }))
    }
}
