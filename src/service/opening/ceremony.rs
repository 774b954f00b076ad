//! An opening with several key holders, who may sit at different machines. Who leads it has a key pair of its
//! own in memory; every process that a holder talks to seals the holder's share to that, and when enough are
//! given the leader puts them together. Whatever breaks off costs only typing: the pair is gone, so it is begun
//! again.

use std::{collections::BTreeSet, time::Duration};

use chrono::TimeDelta;
use zeroize::Zeroizing;

use super::{Opening, OpeningError, commit::commit, must_be_closed, rewrite, the_rounds};
use crate::{
    service::{
        Office,
        keys::{self, Asker, KeyError},
        rounds::{self, RoundError},
    },
    store::{StoreError, StoredOpening, Tx},
    survey::{
        envelope::{PrivateKey, PublicKey},
        ids::{RoundId, StaffId},
        key_share::Threshold,
        round::Round,
        split::{self, Bound, Purpose, Share},
    },
};

/// How long an opening lasts.
const LASTS: TimeDelta = TimeDelta::minutes(60);
/// How often its leader looks whether a share has come.
const LOOK: Duration = Duration::from_millis(300);

/// An opening that this process leads: its private key is here and nowhere else.
pub struct Ceremony {
    slug: String,
    round: RoundId,
    key: PrivateKey,
    public: Vec<u8>,
}

/// An opening as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// Where it stands.
    pub stored: StoredOpening,
    /// Numbers of the holders who have given their shares.
    pub given: Vec<u32>,
    /// Who asked for it, by name.
    pub asked_by: Option<String>,
    /// Who wants to set unreadable envelopes aside, by name.
    pub aside_by: Option<String>,
}

/// How many have given their shares, and how many must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// So many have.
    pub given: usize,
    /// So many must.
    pub needed: u8,
}

/// The opening of a round that is under way.
///
/// # Errors
/// The database.
pub async fn under_way(office: &Office, round: RoundId) -> Result<Option<Under>, StoreError> {
    let mut tx = office.database.read().await?;
    let Some(stored) = alive(office, &mut tx, round).await? else { return Ok(None) };
    let given = tx.openings().given(round).await?.into_iter().map(|(holder, _)| holder).collect();
    let asked_by = name(&mut tx, stored.asked_by).await?;
    let aside_by = name(&mut tx, stored.aside_by).await?;
    Ok(Some(Under { stored, given, asked_by, aside_by }))
}

async fn name(tx: &mut Tx, staff: Option<StaffId>) -> Result<Option<String>, StoreError> {
    let Some(id) = staff else { return Ok(None) };
    Ok(tx.staff().find(id).await?.map(|staff| staff.name))
}

/// The opening of a round, if its time is not up.
async fn alive(office: &Office, tx: &mut Tx, round: RoundId) -> Result<Option<StoredOpening>, StoreError> {
    Ok(tx.openings().find(round).await?.filter(|opening| office.clock.now() < opening.ends_at))
}

/// The round, closed and with several holders, kept from others until the transaction ends.
async fn closed(tx: &mut Tx, slug: &str) -> Result<Round, OpeningError> {
    let round = keys::locked(tx, slug).await?;
    must_be_closed(&round)?;
    Ok(round)
}

fn fresh(office: &Office, asked_by: Option<StaffId>, public_key: Option<Vec<u8>>) -> StoredOpening {
    let ends_at = office.clock.now() + LASTS;
    StoredOpening { asked_by, public_key, ends_at, unreadable: None, aside_by: None, aside: None }
}

/// Asks for the opening of a closed round; somebody else has to agree before it starts. One that was under way
/// is over.
///
/// # Errors
/// [`OpeningError`]: a stage other than Closed, a single holder.
pub async fn ask(office: &Office, slug: &str, by: StaffId) -> Result<(), OpeningError> {
    rounds::tick(office).await?;
    let mut tx = office.database.begin().await?;
    let round = closed(&mut tx, slug).await?;
    tx.openings().delete(round.id).await?;
    tx.openings().put(round.id, &fresh(office, Some(by), None)).await?;
    tx.commit().await?;
    tracing::info!(event = "opening_asked_for");
    Ok(())
}

/// Agrees to the opening that somebody else has asked for, and starts it: this process leads it from then on.
///
/// # Errors
/// [`OpeningError::NotUnderWay`] if nobody has asked, [`OpeningError::SamePerson`].
pub async fn agree(office: &Office, slug: &str, by: StaffId) -> Result<Ceremony, OpeningError> {
    let mut tx = office.database.begin().await?;
    let round = closed(&mut tx, slug).await?;
    let asked = alive(office, &mut tx, round.id).await?.filter(|asked| asked.public_key.is_none());
    let asked = asked.ok_or(OpeningError::NotUnderWay)?;
    if asked.asked_by == Some(by) {
        return Err(OpeningError::SamePerson);
    }
    lead(office, tx, round, asked.asked_by).await
}

/// Starts an opening at the server's command line; one that was under way is over.
///
/// # Errors
/// [`OpeningError`]: a stage other than Closed, a single holder.
pub async fn start(office: &Office, slug: &str) -> Result<Ceremony, OpeningError> {
    rounds::tick(office).await?;
    let mut tx = office.database.begin().await?;
    let round = closed(&mut tx, slug).await?;
    lead(office, tx, round, None).await
}

async fn lead(office: &Office, mut tx: Tx, round: Round, asked_by: Option<StaffId>) -> Result<Ceremony, OpeningError> {
    let key = PrivateKey::draw(&mut rand::rng());
    let public = key.public().bytes().to_vec();
    tx.openings().delete(round.id).await?;
    tx.openings().put(round.id, &fresh(office, asked_by, Some(public.clone()))).await?;
    tx.commit().await?;
    tracing::info!(event = "opening_started");
    Ok(Ceremony { slug: round.plan.slug, round: round.id, key, public })
}

/// Gives a holder's share to the opening that is under way.
///
/// # Errors
/// [`KeyError`]: mistyped, somebody else's, of another round or of nobody; [`OpeningError::NotUnderWay`].
pub async fn give(office: &Office, slug: &str, typed: &str, asker: Asker) -> Result<Given, OpeningError> {
    let mut tx = office.database.begin().await?;
    let round = closed(&mut tx, slug).await?;
    let opened = keys::identify(&mut tx, &round, typed, asker).await?;
    let (share, public) = keys::open_share(&mut tx, &round, &opened).await?;
    let opening = alive(office, &mut tx, round.id).await?.and_then(|opening| opening.public_key);
    let opening = PublicKey::from_bytes(&opening.ok_or(OpeningError::NotUnderWay)?)
        .map_err(|_| StoreError::inconsistent("openings", "public_key"))?;
    let bound = Bound { purpose: Purpose::Opening, round: round.id, key: &public, holder: opened.holder };
    let sealed = share.seal(&opening, bound, &mut rand::rng())?;
    tx.openings().give(round.id, opened.holder, &sealed).await?;
    let given = tx.openings().given(round.id).await?.len();
    tx.commit().await?;
    tracing::info!(event = "share_given", holder = opened.holder, given);
    Ok(Given { given, needed: round.plan.needed })
}

/// Says that the `count` envelopes that cannot be read are to be set aside; when a second person says so too, the
/// opening goes on without them. Gives whether it does.
///
/// # Errors
/// [`OpeningError::NotUnderWay`], [`OpeningError::AnotherNumber`], [`OpeningError::SamePerson`].
pub async fn set_aside(office: &Office, slug: &str, count: i64, by: StaffId) -> Result<bool, OpeningError> {
    let mut tx = office.database.begin().await?;
    let round = closed(&mut tx, slug).await?;
    let opening = alive(office, &mut tx, round.id).await?.ok_or(OpeningError::NotUnderWay)?;
    if opening.unreadable != Some(count) {
        return Err(OpeningError::AnotherNumber);
    }
    let said = match opening.aside_by {
        None => StoredOpening { aside_by: Some(by), ..opening },
        Some(first) if first == by => return Err(OpeningError::SamePerson),
        Some(_) => StoredOpening { aside: Some(count), ..opening },
    };
    tx.openings().put(round.id, &said).await?;
    tx.commit().await?;
    Ok(said.aside.is_some())
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
