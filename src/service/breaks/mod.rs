//! The register of breaks: what persons declare, bridge, mark or take back is checked and kept, and
//! what the machine found stands in the releases. What a reason weighs is decided in `survey::breaks`.

mod check;
mod found;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use check::{look_up, once_each, printed};
pub use found::{Found, found};

use super::{Office, published::PublishedError, results, rounds::RoundError};
use crate::{
    stats::disclosure::SafeTable,
    store::{StoreError, StoredDeclaration, Tx},
    survey::{
        breaks::{Act, Declaration, Person, Refused, Register, Wanted},
        staff::{self, StaffMember},
    },
};

/// Why a statement on a break is not kept.
#[derive(Debug, thiserror::Error)]
pub enum BreakError {
    /// It does not hold together, or names what there is not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A round, its questionnaire or its areas.
    #[error(transparent)]
    Round(RoundError),
    /// A release.
    #[error(transparent)]
    Published(#[from] PublishedError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RoundError> for BreakError {
    fn from(error: RoundError) -> Self {
        match error {
            RoundError::Store(error) => Self::Store(error),
            other => Self::Round(other),
        }
    }
}

/// Keeps a statement of `member`, with the instant.
///
/// # Errors
/// [`BreakError::Refused`] with the field and the remedy; then nothing is kept.
pub async fn declare(office: &Office, member: &StaffMember, wanted: &Wanted) -> Result<Declaration, BreakError> {
    if !member.may(staff::Act::DeclareBreak) {
        let remedy = "only an analyst says anything of breaks";
        return Err(Refused::new("not_allowed", "by", &member.name, remedy).into());
    }
    let (act, note) = wanted.read()?;
    let mut tx = office.database.begin().await?;
    let at = office.clock.now();
    let standing = Register::as_of(list(&mut tx).await?, at);
    if let Some(scope) = act.scope() {
        look_up(office, &mut tx, &act, scope).await?;
    }
    match &act {
        Act::Spelling { scope } => once_each(&standing, scope, member)?,
        Act::Mark(marked) => printed(office, marked).await?,
        Act::Withdraw { id } if !standing.standing().iter().any(|said| said.id == *id) => {
            let remedy = "give the id of a statement that stands; the list shows them";
            return Err(Refused::new("id_unknown", "id", &id.to_string(), remedy).into());
        }
        Act::Withdraw { .. } | Act::Declare { .. } | Act::Bridge { .. } => {}
    }
    let said = Declaration { id: uuid::Uuid::now_v7(), act, person: Person::from(member), at, note };
    let document =
        serde_json::to_value(&said).map_err(|_| StoreError::inconsistent("break_declarations", "document"))?;
    tx.declarations()
        .insert(&StoredDeclaration { id: said.id, staff_id: member.id, document, declared_at: at })
        .await?;
    tx.commit().await?;
    tracing::info!(event = "break_declared", act = said.act.key());
    Ok(said)
}

async fn list(tx: &mut Tx) -> Result<Vec<Declaration>, StoreError> {
    let rows = tx.declarations().list().await?.into_iter();
    rows.map(|row| {
        serde_json::from_value(row.document).map_err(|_| StoreError::inconsistent("break_declarations", "document"))
    })
    .collect()
}

/// Every statement, oldest first; withdrawals too.
///
/// # Errors
/// The database.
pub async fn declarations(office: &Office) -> Result<Vec<Declaration>, StoreError> {
    list(&mut office.database.read().await?).await
}

/// The register as it stood at `instant`: a release made then used exactly this.
///
/// # Errors
/// The database.
pub async fn breaks_as_of(office: &Office, instant: DateTime<Utc>) -> Result<Register, StoreError> {
    Ok(Register::as_of(declarations(office).await?, instant))
}

/// The statements that the reasons of a table rest on.
pub(super) fn used(register: &Register, table: &SafeTable) -> Vec<Declaration> {
    let reasons = table.changes().iter().flat_map(|change| &change.reasons);
    let named: BTreeSet<&str> = reasons.filter_map(|reason| reason.declared.as_deref()).collect();
    register.standing().iter().filter(|said| named.contains(said.id.to_string().as_str())).cloned().collect()
}

/// Statements that concern released rounds or printed values only, each with its withdrawal.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn public(office: &Office) -> Result<Vec<(Declaration, Option<Declaration>)>, BreakError> {
    let released: BTreeSet<String> = {
        let series = results::all(office).await?;
        series.iter().flat_map(results::Series::releases).map(|release| release.head().round.clone()).collect()
    };
    let said = declarations(office).await?;
    let withdrawal = |id| said.iter().find(|said| matches!(said.act, Act::Withdraw { id: of } if of == id)).cloned();
    let public = said.iter().filter(|said| match &said.act {
        Act::Withdraw { .. } => false,
        Act::Mark(_) => true,
        Act::Declare { scope, .. } | Act::Bridge { scope, .. } | Act::Spelling { scope } => {
            released.contains(&scope.from) && scope.to.as_ref().is_none_or(|to| released.contains(to))
        }
    });
    Ok(public.map(|said| (said.clone(), withdrawal(said.id))).collect())
}
