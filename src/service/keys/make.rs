//! Making the key of several holders, in one transaction: the pair is drawn, split, proved with every group that
//! could meet, and each share sealed to its holder's sheet. Then the private half is forgotten.

use super::{KeyError, locked, sheet::may_still_change, states};
use crate::{
    service::Office,
    store::{StoreError, StoredKeyShare, StoredRoundKey},
    survey::{
        envelope::{PrivateKey, PublicKey},
        ids::RoundId,
        key_share::{ShareError, Threshold},
        split::{self, Bound, Purpose},
    },
};

/// Makes the round's key, once every holder has typed the sheet back.
///
/// # Errors
/// [`KeyError`]: a key that exists, a round that is open, sheets not typed back.
pub async fn make(office: &Office, slug: &str) -> Result<(), KeyError> {
    let mut tx = office.database.begin().await?;
    let round = locked(&mut tx, slug).await?;
    may_still_change(&mut tx, &round).await?;
    let holders = states(&mut tx, &round).await?;
    let missing: Vec<String> =
        holders.iter().filter(|holder| !holder.confirmed()).map(|holder| holder.name.clone()).collect();
    if !missing.is_empty() {
        return Err(KeyError::Unconfirmed(missing));
    }
    let sheets = holders.iter().filter_map(|holder| holder.sheet.as_ref()).map(|sheet| {
        PublicKey::from_bytes(&sheet.public_key).map_err(|_| StoreError::inconsistent("holder_sheets", "public_key"))
    });
    let sheets: Vec<PublicKey> = sheets.collect::<Result<_, _>>()?;
    let (id, threshold) = (round.id, round.plan.threshold());
    let (public, sealed) = tokio::task::spawn_blocking(move || pair(id, threshold, &sheets))
        .await
        .map_err(|_| ShareError::Derivation)??;
    for ((number, holder), sealed) in (1..).zip(&holders).zip(sealed) {
        let row = StoredKeyShare { holder: number, label: holder.name.clone(), salt: Vec::new(), sealed };
        tx.key_shares().insert(round.id, &row).await?;
    }
    let key = StoredRoundKey {
        public_key: public.bytes().to_vec(),
        needed: u32::from(threshold.needed),
        holders: u32::from(threshold.holders),
    };
    tx.round_keys().insert(round.id, &key).await?;
    tx.commit().await?;
    tracing::info!(event = "round_key_made", needed = threshold.needed, holders = threshold.holders);
    Ok(())
}

/// A new pair: the public half, and the private half's shares, each sealed to its sheet.
fn pair(round: RoundId, threshold: Threshold, sheets: &[PublicKey]) -> Result<(PublicKey, Vec<Vec<u8>>), ShareError> {
    let mut rng = rand::rng();
    let private = PrivateKey::draw(&mut rng);
    let public = private.public();
    let shares = split::split(&private, threshold, &mut rng)?;
    split::prove(&shares, threshold.needed, &public, round, &mut rng)?;
    let bound = |holder| Bound { purpose: Purpose::Holder, round, key: &public, holder };
    let sealed =
        (1..).zip(&shares).zip(sheets).map(|((holder, share), sheet)| share.seal(sheet, bound(holder), &mut rng));
    let sealed = sealed.collect::<Result<_, _>>()?;
    Ok((public, sealed))
}
