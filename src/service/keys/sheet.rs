//! One holder's sheet: drawn, typed back, tried against its share, destroyed.

use zeroize::Zeroizing;

use super::{Asker, KeyError, identify, locked, name};
use crate::{
    service::Office,
    store::{StoreError, StoredHolderSheet, Tx},
    survey::{
        envelope::{PrivateKey, PublicKey},
        holder::HolderSecret,
        key_share::Threshold,
        round::{Round, Stage},
        split::{Bound, Purpose, Share},
    },
};

/// A key sheet, to be printed at once.
pub struct Sheet {
    /// The round.
    pub round: String,
    /// Whose it is.
    pub holder: String,
    /// How many must meet of how many.
    pub threshold: Threshold,
    /// What the holder types, in seven groups.
    pub secret: Zeroizing<String>,
}

/// A sheet that was typed, and the key it gives.
pub(in crate::service) struct Opened {
    pub(in crate::service) holder: u8,
    pub(super) sheet: StoredHolderSheet,
    pub(super) key: PrivateKey,
}

/// Draws the sheet of `holder`, by `asker` if somebody is signed in; one drawn before is worthless from then on.
///
/// # Errors
/// [`KeyError`]: too late, somebody else's, or a second one for the same person.
pub async fn draw(office: &Office, slug: &str, holder: u8, asker: Asker) -> Result<Sheet, KeyError> {
    let mut tx = office.database.begin().await?;
    let round = locked(&mut tx, slug).await?;
    may_still_change(&mut tx, &round).await?;
    if !(1..=round.plan.holders.len()).contains(&usize::from(holder)) {
        return Err(KeyError::NoHolder(holder, round.plan.holders.len()));
    }
    if asker.staff.is_some() {
        for sheet in tx.holder_sheets().of_round(round.id).await? {
            let number = u8::try_from(sheet.holder).map_err(|_| StoreError::inconsistent("holder_sheets", "holder"))?;
            match (number == holder, sheet.staff == asker.staff) {
                (true, false) => return Err(KeyError::Taken(name(&round, number))),
                (false, true) => return Err(KeyError::SamePerson(name(&round, number))),
                _ => {}
            }
        }
    }
    let secret = HolderSecret::draw(&mut rand::rng());
    let sheet = StoredHolderSheet {
        round: round.id,
        holder: u32::from(holder),
        staff: asker.staff,
        public_key: secret.key(round.id).public().bytes().to_vec(),
        confirmed: false,
        rehearsed: false,
        destroyed: false,
    };
    tx.holder_sheets().put(&sheet).await?;
    tx.commit().await?;
    tracing::info!(event = "key_sheet_drawn", holder);
    let (holder, threshold) = (name(&round, holder), round.plan.threshold());
    Ok(Sheet { round: round.plan.slug, holder, threshold, secret: secret.printed() })
}

/// Sheets and key are fixed when the key is made, which is before the round opens.
pub(super) async fn may_still_change(tx: &mut Tx, round: &Round) -> Result<(), KeyError> {
    if !matches!(round.stage(), Stage::Draft | Stage::Scheduled) {
        Err(KeyError::TooLate)
    } else if tx.round_keys().find(round.id).await?.is_some() {
        Err(KeyError::KeyMade)
    } else {
        Ok(())
    }
}

/// Confirms that a sheet can be typed from paper. Gives its holder's name.
///
/// # Errors
/// [`KeyError`]: mistyped, somebody else's, of another round or of nobody.
pub async fn confirm(office: &Office, slug: &str, typed: &str, asker: Asker) -> Result<String, KeyError> {
    let mut tx = office.database.begin().await?;
    let round = locked(&mut tx, slug).await?;
    let opened = identify(&mut tx, &round, typed, asker).await?;
    tx.holder_sheets().put(&StoredHolderSheet { confirmed: true, ..opened.sheet }).await?;
    tx.commit().await?;
    tracing::info!(event = "key_sheet_confirmed", holder = opened.holder);
    Ok(name(&round, opened.holder))
}

/// Tries a sheet: whether it opens its share. Nothing is put together and no envelope is opened. Gives its
/// holder's name.
///
/// # Errors
/// As [`confirm`], and a share that does not open.
pub async fn rehearse(office: &Office, slug: &str, typed: &str, asker: Asker) -> Result<String, KeyError> {
    let mut tx = office.database.begin().await?;
    let round = locked(&mut tx, slug).await?;
    let opened = identify(&mut tx, &round, typed, asker).await?;
    open_share(&mut tx, &round, &opened).await?;
    tx.holder_sheets().put(&StoredHolderSheet { confirmed: true, rehearsed: true, ..opened.sheet }).await?;
    tx.commit().await?;
    tracing::info!(event = "key_sheet_rehearsed", holder = opened.holder);
    Ok(name(&round, opened.holder))
}

/// The share that a sheet opens, and the round's public key.
pub(in crate::service) async fn open_share(
    tx: &mut Tx,
    round: &Round,
    opened: &Opened,
) -> Result<(Share, PublicKey), KeyError> {
    let public = tx.round_keys().public(round.id).await?.ok_or(KeyError::NoShares)?;
    let public = PublicKey::from_bytes(&public).map_err(|_| StoreError::inconsistent("round_keys", "public_key"))?;
    let shares = tx.key_shares().of_round(round.id).await?;
    let share = shares.into_iter().find(|share| share.holder == u32::from(opened.holder)).ok_or(KeyError::NoShares)?;
    let bound = Bound { purpose: Purpose::Holder, round: round.id, key: &public, holder: opened.holder };
    let share = Share::open(&opened.key, bound, &share.sealed)?;
    Ok((share, public))
}

/// Keeps a holder's word that the sheet is destroyed.
///
/// # Errors
/// [`KeyError::StillNeeded`] until the opening is finished; another person's sheet.
pub async fn destroyed(office: &Office, slug: &str, holder: u8, asker: Asker) -> Result<(), KeyError> {
    let mut tx = office.database.begin().await?;
    let round = locked(&mut tx, slug).await?;
    if !matches!(round.stage(), Stage::Opened { scrubbed: true, .. } | Stage::Released | Stage::Archived) {
        return Err(KeyError::StillNeeded);
    }
    let sheets = tx.holder_sheets().of_round(round.id).await?;
    let sheet = sheets.into_iter().find(|sheet| sheet.holder == u32::from(holder));
    let sheet = sheet.ok_or(KeyError::NoHolder(holder, round.plan.holders.len()))?;
    if asker.staff.is_some() && sheet.staff.is_some() && asker.staff != sheet.staff {
        return Err(KeyError::NotYours(name(&round, holder)));
    }
    tx.holder_sheets().put(&StoredHolderSheet { destroyed: true, ..sheet }).await?;
    tx.commit().await?;
    tracing::info!(event = "key_sheet_destroyed", holder);
    Ok(())
}
