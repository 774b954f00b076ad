//! The opening of the envelopes: shares are joined, bags opened, sheets checked and shuffled, and in
//! one transaction the responses take the place of everything that could tie an answer to a code.
//! Then the database's files are rewritten. A crash at any point loses nothing and may be followed by
//! a second try.

mod ceremony;
mod commit;
mod said;

use zeroize::Zeroizing;

pub use ceremony::Ceremony;
pub use said::{Given, Under, agree, ask, give, set_aside, start, under_way};

use super::{
    Office,
    keys::KeyError,
    rounds::{self, RoundError},
};
use crate::{
    store::{Scrubbed, StoreError},
    survey::{
        envelope::PrivateKey,
        key_share::{self, Cost, KeyShare, ShareError},
        round::{Round, Stage, WrongStage},
    },
};

/// What the opening has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Responses of the round.
    pub responses: i64,
    /// How far the rewriting of the files came; analysts are let in when it is done.
    pub scrubbed: Scrubbed,
}

/// Why the envelopes stay closed.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// Envelopes that do not open or hold no sheet of the version. Nothing was changed.
    #[error(
        "{0} of {1} envelopes cannot be read; nothing was opened. Restore the database from before the damage, or \
         let two persons agree at the console to set these aside; their number is then published"
    )]
    Unreadable(u64, u64),
    /// The private key is not the round's.
    #[error("the key that the shares give is not this round's")]
    OtherKey,
    /// Too few holders.
    #[error("{needed} of the {holders} key holders must meet, and {given} gave a key sheet; nothing was opened")]
    TooFew {
        /// How many must meet.
        needed: u8,
        /// How many there are.
        holders: u8,
        /// How many came.
        given: usize,
    },
    /// One of the sheets that were given together, counted from 1.
    #[error("key sheet {0}: {1}")]
    Sheet(usize, #[source] KeyError),
    /// No opening waits for what was said.
    #[error("no opening is under way; it must be started first, and lasts 60 minutes")]
    NotUnderWay,
    /// Another one was started, or its time is up.
    #[error("this opening is over: its 60 minutes have passed, or another one was started; nothing was opened")]
    Over,
    /// The first person cannot be the second.
    #[error("somebody else has to agree: nobody does both")]
    SamePerson,
    /// What two persons agree on is one number.
    #[error("the number of envelopes that cannot be read is another by now; look again")]
    AnotherNumber,
    /// A key sheet.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The shares.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The round.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// The work was cut off.
    #[error("the opening was interrupted; try again")]
    Interrupted,
}

impl From<StoreError> for OpeningError {
    fn from(error: StoreError) -> Self {
        Self::Round(error.into())
    }
}

/// Opens the envelopes of a closed round with what its holders typed, all in one place: the single holder's
/// passphrase, or key sheets in any order. Finishes an opening whose files were not rewritten yet; then nothing
/// needs to be typed.
///
/// # Errors
/// [`OpeningError`]; the round is then as it was.
pub async fn open_envelopes(
    office: &Office,
    slug: &str,
    typed: Vec<Zeroizing<String>>,
) -> Result<Opening, OpeningError> {
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    if matches!(round.stage(), Stage::Opened { scrubbed: false, .. }) {
        return rewrite(office, slug).await;
    }
    must_be_closed(&round)?;
    if round.plan.holders.len() > 1 {
        return ceremony::in_one_place(office, &round, &typed).await;
    }
    let private = by_passphrase(office, &round, typed).await?;
    commit::commit(office, slug, private, 0).await?;
    rewrite(office, slug).await
}

fn must_be_closed(round: &Round) -> Result<(), OpeningError> {
    match round.stage() {
        Stage::Closed { .. } => Ok(()),
        stage => {
            let wrong = WrongStage { stage: stage.key(), wanted: "opened", possible: stage.next() };
            Err(RoundError::from(wrong).into())
        }
    }
}

/// Rewrites the files of a round that is opened; may be repeated until it is done.
async fn rewrite(office: &Office, slug: &str) -> Result<Opening, OpeningError> {
    office.live.refresh();
    let scrubbed = office.database.scrub().await?;
    let mut tx = office.database.begin().await?;
    let held = rounds::held(&mut tx, slug).await?;
    let round = held.round.id;
    if scrubbed == Scrubbed::Done && matches!(held.round.stage(), Stage::Opened { scrubbed: false, .. }) {
        held.keep(&mut tx, Round::scrubbed).await?;
    }
    let responses = tx.responses().count(round).await?;
    tx.commit().await?;
    tracing::info!(event = "envelopes_opened", responses);
    Ok(Opening { responses, scrubbed })
}

/// Goes on with openings whose files could not be rewritten yet, because somebody was reading.
///
/// # Errors
/// [`OpeningError`]; to be tried again.
pub async fn finish(office: &Office) -> Result<(), OpeningError> {
    for round in rounds::list(office).await? {
        if matches!(round.stage(), Stage::Opened { scrubbed: false, .. }) {
            rewrite(office, &round.plan.slug).await?;
        }
    }
    Ok(())
}

/// The private key of a round with one holder.
async fn by_passphrase(
    office: &Office,
    round: &Round,
    typed: Vec<Zeroizing<String>>,
) -> Result<PrivateKey, OpeningError> {
    let mut tx = office.database.read().await?;
    let stored = tx.key_shares().of_round(round.id).await?;
    let public = tx.round_keys().public(round.id).await?;
    drop(tx);
    let mut shares = Vec::new();
    for share in stored {
        let holder = u8::try_from(share.holder).map_err(|_| StoreError::inconsistent("key_shares", "holder"))?;
        let salt = share.salt.try_into().map_err(|_| StoreError::inconsistent("key_shares", "salt"))?;
        shares.push(KeyShare { holder, salt, sealed: share.sealed });
    }
    let id = round.id;
    let private = tokio::task::spawn_blocking(move || key_share::join(&shares, &typed, id, Cost::FULL))
        .await
        .map_err(|_| OpeningError::Interrupted)??;
    the_rounds(private, public.as_deref())
}

/// The private key, if it is the one of the round's public key.
fn the_rounds(private: PrivateKey, public: Option<&[u8]>) -> Result<PrivateKey, OpeningError> {
    if public.is_some_and(|public| private.public().bytes() == public) {
        Ok(private)
    } else {
        Err(OpeningError::OtherKey)
    }
}
