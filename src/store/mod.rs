//! All SQL, one repository a file; the only importer of sqlx. No decisions: a repository knows no
//! stage, no role and no clock, and returns what is there.
//!
//! Two engines, one body of SQL. A query is written once and expanded per engine by `on_conn!`.
//! What holds for every query here:
//!
//! 1. Placeholders are `$1`; every column is named; SQL stands inline at its only use.
//! 2. Integers are `BIGINT` on `PostgreSQL`; text is compared byte by byte on both.
//! 3. A transaction that may write begins with [`Database::begin`] (`BEGIN IMMEDIATE` on `SQLite`: a
//!    deferred one that reads first and writes later fails at once, whatever the busy timeout).
//! 4. Pages are cursors over a key, never offsets. Bulk rows are cut below the limit of binds.
//! 5. What only one engine needs stands in a plain two-arm `match` with the reason beside it.
//! 6. Rows hold plain types. What does not parse is [`StoreError::Inconsistent`], never a panic.
//! 7. No error shows a row's values ([`error`]). Text must not hold NUL: `PostgreSQL` refuses it, so
//!    callers refuse it before.
//! 8. No statistics in SQL: it filters, counts and fetches.

use sqlx::{Postgres, Sqlite, Transaction};

mod bulk;
pub mod connect;
pub mod error;
pub mod promises;
pub mod scrub;

mod area_sets;
mod bags;
mod candidates;
mod crosswalks;
mod cut_tables;
mod declarations;
mod desk_counts;
mod drafts;
mod envelopes;
mod estimates;
mod history;
mod holder_sheets;
mod imports;
mod installation;
mod invitations;
mod key_shares;
mod ledger;
mod letter_runs;
mod openings;
mod populations;
mod questionnaires;
mod releases;
mod responses;
mod round_keys;
mod rounds;
mod samples;
mod sessions;
mod sign_offs;
mod spent_challenges;
mod staff;
mod tokens;
mod turnout;

pub use self::{
    area_sets::{AreaSets, StoredAreaSet},
    bags::{Bags, StoredBag},
    candidates::{CandidateBody, Candidates, StoredCandidate},
    connect::{Database, Pools, Serving},
    crosswalks::{Crosswalks, StoredCrosswalk},
    cut_tables::{CutTables, StoredCutTable},
    declarations::{Declarations, StoredDeclaration},
    desk_counts::{DeskCounts, DeskEntry, StoredDeskCount},
    drafts::{Drafts, StoredDraft},
    envelopes::{Envelopes, NewEnvelope, StoredEnvelope},
    error::StoreError,
    estimates::EstimatesInternal,
    history::{HistoryImport, HistoryImports},
    holder_sheets::{HolderSheets, StoredHolderSheet},
    imports::{ImportRecord, Imports},
    installation::{Installation, InstallationRecord},
    invitations::{InvitationCount, Invitations, NewInvitation, StoredInvitation},
    key_shares::{KeyShares, StoredKeyShare},
    ledger::Ledger,
    letter_runs::{LetterRuns, StoredLetterRun},
    openings::{Openings, StoredOpening},
    populations::{Populations, StoredPopulation},
    questionnaires::{PublishedQuestionnaire, Questionnaires},
    releases::{ReleaseHead, Releases, StoredRelease},
    responses::{Responses, StoredResponse},
    round_keys::{RoundKeys, StoredRoundKey},
    rounds::{NewRound, Rounds, StoredRound},
    samples::{AreaSample, Samples},
    scrub::Scrubbed,
    sessions::{Sessions, StoredSession},
    sign_offs::{SignOff, SignOffs},
    spent_challenges::SpentChallenges,
    staff::{Staff, StoredStaff},
    tokens::{StoredToken, Tokens},
    turnout::{Turnout, TurnoutCount},
};

/// An open transaction; dropped without [`Tx::commit`] it leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    /// On the embedded database.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a `PostgreSQL` server.
    Postgres(Transaction<'static, Postgres>),
}

/// Expands `$body` once per engine, with `$conn` bound to that engine's connection.
macro_rules! on_conn {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::store::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(crate) use on_conn;

impl Tx {
    /// Makes everything done in the transaction durable. It is, once this returns without an error.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything done in the transaction, and waits until it is undone.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

macro_rules! repositories {
    ($($(#[$doc:meta])* $name:ident: $repository:ident;)*) => {
        impl Tx { $(
            $(#[$doc])*
            pub fn $name(&mut self) -> $repository<'_> {
                $repository { tx: self }
            }
        )* }
    };
}

repositories! {
    /// What kind of database this is.
    installation: Installation;
    /// Published questionnaire versions.
    questionnaires: Questionnaires;
    /// Versions of area sets.
    area_sets: AreaSets;
    /// How one area set lies in another.
    crosswalks: Crosswalks;
    /// Imported population tables.
    populations: Populations;
    /// Imported cut tables.
    cut_tables: CutTables;
    /// Rounds and their stages.
    rounds: Rounds;
    /// How many persons of each area were sampled for a round.
    samples: Samples;
    /// Invitations and the hashes of their codes.
    invitations: Invitations;
    /// When codes were drawn for letters and reminders.
    letter_runs: LetterRuns;
    /// Sealed drafts.
    drafts: Drafts;
    /// Challenges of the open link that were answered.
    spent_challenges: SpentChallenges;
    /// The public halves of the rounds' keys.
    round_keys: RoundKeys;
    /// The sealed shares of the rounds' private keys.
    key_shares: KeyShares;
    /// The key sheets of a round's holders.
    holder_sheets: HolderSheets;
    /// Openings that are under way.
    openings: Openings;
    /// Bags: the envelopes of one commit.
    bags: Bags;
    /// Sealed answer sheets.
    envelopes: Envelopes;
    /// Opened answer sheets.
    responses: Responses;
    /// Counts of sampled and used invitations, kept after the opening.
    turnout: Turnout;
    /// Results that wait for their sign-offs, and what every release was composed of.
    candidates: Candidates;
    /// Who signed candidates off.
    sign_offs: SignOffs;
    /// Published results.
    releases: Releases;
    /// Unrounded estimates; staff only.
    estimates_internal: EstimatesInternal;
    /// What every release has shown; staff only.
    ledger: Ledger;
    /// What persons have said of breaks.
    declarations: Declarations;
    /// What the desk counted in each area of a round.
    desk_counts: DeskCounts;
    /// Published figures from before.
    history: HistoryImports;
    /// Which files were imported.
    imports: Imports;
    /// Accounts of staff.
    staff: Staff;
    /// Signed-in sessions of staff.
    sessions: Sessions;
    /// Tokens for the staff routes of the API.
    tokens: Tokens;
}
