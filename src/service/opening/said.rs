//! What persons say of an opening with several key holders, who may sit at different machines: it is asked for and
//! agreed to, shares are given, unreadable envelopes set aside. Each word is one transaction.

use chrono::TimeDelta;

use super::{Ceremony, OpeningError, must_be_closed};
use crate::{
    service::{
        Office,
        keys::{self, Asker},
        rounds,
    },
    store::{StoreError, StoredOpening, Tx},
    survey::{
        envelope::{PrivateKey, PublicKey},
        ids::{RoundId, StaffId},
        round::Round,
        split::{Bound, Purpose},
    },
};

/// How long an opening lasts.
const LASTS: TimeDelta = TimeDelta::minutes(60);

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
pub(super) async fn alive(office: &Office, tx: &mut Tx, round: RoundId) -> Result<Option<StoredOpening>, StoreError> {
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
/// [`keys::KeyError`]: mistyped, somebody else's, of another round or of nobody; [`OpeningError::NotUnderWay`].
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
