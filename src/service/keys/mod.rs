//! The key of a round with several holders: each holder takes a sheet and types it back, then the key is made,
//! split and sealed to the sheets; later each sheet is tried, given at the opening, and destroyed. What stands
//! on a sheet is shown once and stored nowhere.

mod make;
mod refusal;
mod sheet;

pub use make::make;
pub use refusal::KeyError;
pub(super) use sheet::{Opened, open_share};
pub use sheet::{Sheet, confirm, destroyed, draw, rehearse};

use super::{
    Office,
    rounds::{self, RoundError},
};
use crate::{
    store::{StoreError, StoredHolderSheet, Tx},
    survey::{
        holder::HolderSecret,
        ids::{RoundId, StaffId},
        round::Round,
    },
};

/// Who says that a sheet is theirs. At the server's command line nobody by name: the sheet tells its holder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asker {
    /// The holder whose page it is.
    pub holder: Option<u8>,
    /// Who is signed in.
    pub staff: Option<StaffId>,
}

/// How far a holder has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderState {
    /// Number, from 1.
    pub number: u8,
    /// Name, as residents read it.
    pub name: String,
    /// The sheet, if it was taken.
    pub sheet: Option<StoredHolderSheet>,
}

impl HolderState {
    /// Whether the sheet was typed back.
    #[must_use]
    pub fn confirmed(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.confirmed)
    }
}

/// The holders of a round in the order of the plan.
///
/// # Errors
/// The database.
pub async fn holders(office: &Office, round: &Round) -> Result<Vec<HolderState>, RoundError> {
    Ok(states(&mut office.database.read().await?, round).await?)
}

async fn states(tx: &mut Tx, round: &Round) -> Result<Vec<HolderState>, StoreError> {
    let mut sheets = tx.holder_sheets().of_round(round.id).await?;
    let mut state = |(number, name): (u8, &String)| {
        let place = sheets.iter().position(|sheet| sheet.holder == u32::from(number));
        HolderState { number, name: name.clone(), sheet: place.map(|place| sheets.swap_remove(place)) }
    };
    Ok((1..=u8::MAX).zip(&round.plan.holders).map(&mut state).collect())
}

/// How many sheets of a round must still be destroyed before anything of it is published, so that no group of
/// holders who could meet has all of its sheets: none where there is one holder.
///
/// # Errors
/// The database.
pub(super) async fn sheets_left(tx: &mut Tx, round: RoundId) -> Result<u32, StoreError> {
    let Some(key) = tx.round_keys().find(round).await?.filter(|key| key.holders > 1) else { return Ok(0) };
    let gone = tx.holder_sheets().of_round(round).await?.iter().filter(|sheet| sheet.destroyed).count();
    let wanted = (key.holders + 1).saturating_sub(key.needed);
    Ok(wanted.saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX)))
}

/// The round, its rows kept from others until the transaction ends.
pub(super) async fn locked(tx: &mut Tx, slug: &str) -> Result<Round, KeyError> {
    let id = rounds::held(tx, slug).await?.round.id;
    tx.rounds().lock(id).await?;
    let round = rounds::held(tx, slug).await?.round;
    if round.plan.holders.len() > 1 { Ok(round) } else { Err(KeyError::Single) }
}

/// Whose sheet was typed: it must be one of this round, and the asker's own.
pub(super) async fn identify(tx: &mut Tx, round: &Round, typed: &str, asker: Asker) -> Result<Opened, KeyError> {
    let secret = HolderSecret::parse(typed)?;
    let key = secret.key(round.id);
    let public = key.public();
    let sheets = tx.holder_sheets().of_round(round.id).await?;
    let Some(sheet) = sheets.into_iter().find(|sheet| sheet.public_key == public.bytes()) else {
        return Err(elsewhere(tx, round.id, &secret).await?);
    };
    let holder = u8::try_from(sheet.holder).map_err(|_| StoreError::inconsistent("holder_sheets", "holder"))?;
    if asker.holder.is_some_and(|asked| asked != holder) {
        return Err(KeyError::OtherHolder(name(round, holder)));
    }
    if asker.staff.is_some() && sheet.staff.is_some() && asker.staff != sheet.staff {
        return Err(KeyError::NotYours(name(round, holder)));
    }
    Ok(Opened { holder, sheet, key })
}

/// What a sheet is that nobody of the round `here` has.
async fn elsewhere(tx: &mut Tx, here: RoundId, secret: &HolderSecret) -> Result<KeyError, StoreError> {
    let sheets = tx.holder_sheets().list().await?;
    for of_round in sheets.chunk_by(|one, other| one.round == other.round).filter(|sheets| sheets[0].round != here) {
        let public = secret.key(of_round[0].round).public();
        if of_round.iter().any(|sheet| sheet.public_key == public.bytes()) {
            let other = tx.rounds().find(of_round[0].round).await?;
            return Ok(KeyError::OtherRound(other.map_or_else(String::new, |round| round.slug)));
        }
    }
    Ok(KeyError::UnknownSheet)
}

/// The name of a holder as residents read it.
fn name(round: &Round, holder: u8) -> String {
    let place = usize::from(holder).checked_sub(1);
    place.and_then(|place| round.plan.holders.get(place)).cloned().unwrap_or_default()
}
