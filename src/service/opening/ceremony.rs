//! The leader of an opening with several key holders: it has a key pair of its own in memory, to which every
//! process that a holder talks to seals the holder's share, and puts the shares together when enough are given.
//! Whatever breaks off costs only typing: the pair is gone, so it is begun again.

use std::{collections::BTreeSet, time::Duration};

use zeroize::Zeroizing;

use super::{
    Opening, OpeningError,
    commit::commit,
    rewrite,
    said::{alive, give, start},
    the_rounds,
};
use crate::{
    service::{
        Office,
        keys::{self, Asker, KeyError},
        rounds::RoundError,
    },
    store::{StoreError, StoredOpening, Tx},
    survey::{
        envelope::{PrivateKey, PublicKey},
        ids::RoundId,
        key_share::Threshold,
        round::Round,
        split::{self, Bound, Purpose, Share},
    },
};

/// How often the leader looks whether a share has come.
const LOOK: Duration = Duration::from_millis(300);

/// An opening that this process leads: its private key is here and nowhere else.
pub struct Ceremony {
    pub(super) slug: String,
    pub(super) round: RoundId,
    pub(super) key: PrivateKey,
    pub(super) public: Vec<u8>,
}

/// The whole opening by sheets that were typed in one place. Each is looked at before anything is stored.
pub(super) async fn in_one_place(
    office: &Office,
    round: &Round,
    typed: &[Zeroizing<String>],
) -> Result<Opening, OpeningError> {
    let mut tx = office.database.read().await?;
    let mut came = BTreeSet::new();
    for (number, typed) in (1..).zip(typed) {
        let refused = |error: KeyError| OpeningError::Sheet(number, error);
        let opened = keys::identify(&mut tx, round, typed, Asker::default()).await.map_err(refused)?;
        keys::open_share(&mut tx, round, &opened).await.map_err(refused)?;
        came.insert(opened.holder);
    }
    drop(tx);
    let Threshold { needed, holders } = round.plan.threshold();
    let too_few = OpeningError::TooFew { needed, holders, given: came.len() };
    if came.len() < usize::from(needed) {
        return Err(too_few);
    }
    let ceremony = start(office, &round.plan.slug).await?;
    for typed in typed {
        give(office, &round.plan.slug, typed, Asker::default()).await?;
    }
    let opened = ceremony.open(office).await;
    if opened.is_err() {
        ceremony.end(office).await?;
    }
    opened?.ok_or(too_few)
}

impl Ceremony {
    /// Leads the opening beside the other work of this process, to its end.
    pub fn attend_in_background(self, office: Office) {
        tokio::spawn(async move {
            if let Err(error) = self.attend(&office).await {
                tracing::error!(event = "opening_failed", %error);
            }
        });
    }

    /// Waits until enough holders have given their shares, opens the envelopes and rewrites the files. Envelopes
    /// that cannot be read stop it, until two persons have decided or the time is up.
    ///
    /// # Errors
    /// [`OpeningError::Over`] when its time is up; a key that is not the round's.
    pub async fn attend(&self, office: &Office) -> Result<Opening, OpeningError> {
        loop {
            match self.open(office).await {
                Ok(Some(opening)) => return Ok(opening),
                Ok(None) => {}
                Err(OpeningError::Unreadable(count, _)) => self.stop(office, count).await?,
                Err(OpeningError::Round(RoundError::Store(error))) if error.is_unavailable() => {
                    tracing::warn!(event = "opening_waits_for_the_database", %error);
                }
                Err(error) => {
                    self.end(office).await?;
                    return Err(error);
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Opens the envelopes if enough shares are given; `None` while they are not, or while unreadable envelopes
    /// wait for a decision.
    async fn open(&self, office: &Office) -> Result<Option<Opening>, OpeningError> {
        let mut tx = office.database.read().await?;
        let mine = self.mine(office, &mut tx).await?.ok_or(OpeningError::Over)?;
        let given = tx.openings().given(self.round).await?;
        let key = tx.round_keys().find(self.round).await?.ok_or(KeyError::NoShares)?;
        drop(tx);
        let needed = usize::try_from(key.needed).map_err(|_| StoreError::inconsistent("round_keys", "needed"))?;
        if given.len() < needed || mine.unreadable.is_some() && mine.aside.is_none() {
            return Ok(None);
        }
        let public =
            PublicKey::from_bytes(&key.public_key).map_err(|_| StoreError::inconsistent("round_keys", "public_key"))?;
        let mut shares = Vec::new();
        for (holder, sealed) in &given[..needed] {
            let holder = u8::try_from(*holder).map_err(|_| StoreError::inconsistent("opening_shares", "holder"))?;
            let bound = Bound { purpose: Purpose::Opening, round: self.round, key: &public, holder };
            shares.push(Share::open(&self.key, bound, sealed)?);
        }
        let private = the_rounds(split::join(&shares)?, Some(public.bytes()))?;
        let aside = mine.aside.and_then(|count| u64::try_from(count).ok()).unwrap_or(0);
        commit(office, &self.slug, private, aside).await?;
        rewrite(office, &self.slug).await.map(Some)
    }

    /// The stored opening, if it is still this one.
    async fn mine(&self, office: &Office, tx: &mut Tx) -> Result<Option<StoredOpening>, StoreError> {
        Ok(alive(office, tx, self.round).await?.filter(|stored| stored.public_key.as_ref() == Some(&self.public)))
    }

    /// Notes that `count` envelopes cannot be read; what was said of another number is forgotten.
    async fn stop(&self, office: &Office, count: u64) -> Result<(), OpeningError> {
        let mut tx = office.database.begin().await?;
        if let Some(mine) = self.mine(office, &mut tx).await? {
            let unreadable = Some(i64::try_from(count).unwrap_or(i64::MAX));
            let stopped = StoredOpening { unreadable, aside_by: None, aside: None, ..mine };
            tx.openings().put(self.round, &stopped).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Takes the opening back, if it is still this one.
    async fn end(&self, office: &Office) -> Result<(), OpeningError> {
        let mut tx = office.database.begin().await?;
        if self.mine(office, &mut tx).await?.is_some() {
            tx.openings().delete(self.round).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
