//! A letter run: the first letters of a round, or a reminder to those who have not answered. The address
//! file is read whole and refused whole before any code is drawn; the letters are on the disk before their
//! codes count, and count all at once. A run that breaks off is void: none of its codes was ever stored.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::{
    LettersError, Paper,
    codes::{Codes, keep},
    file::{discard, write},
    paper::{Door, Sheet},
};
use crate::{
    service::{Office, rounds},
    store::{StoredInvitation, Tx},
    survey::{
        addressee::{self, Addressee, Expected},
        ids::InvitationId,
        letter_run,
        round::{Round, Stage},
    },
};

/// Which letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// The first ones, before the round opens.
    First {
        /// Whether codes that were drawn before may become worthless.
        again: bool,
    },
    /// A reminder with second codes, to those who have not answered.
    Reminder,
}

/// What is to be written, and where.
#[derive(Debug)]
pub struct Order<'a> {
    /// Name of the round.
    pub round: &'a str,
    /// Which letters.
    pub run: Run,
    /// The address file.
    pub addresses: &'a [u8],
    /// On what.
    pub paper: Paper,
    /// The file; it must not exist.
    pub out: &'a Path,
}

/// What was written. Counts only.
#[derive(Debug)]
pub struct Written {
    /// 0 the first letters, 1 the first reminder, …
    pub number: i64,
    /// Letters.
    pub letters: u64,
    /// Rows of people who have answered: they got none.
    pub answered: u64,
    /// The words that open a sealed file; they stand nowhere else.
    pub passphrase: Option<Zeroizing<String>>,
}

/// Writes the letters of a run. From then on their codes count.
///
/// # Errors
/// [`LettersError`]; then no code is stored and no file is left.
pub async fn run(office: &Office, order: Order<'_>) -> Result<Written, LettersError> {
    rounds::tick(office).await?;
    let now = office.clock.now();
    let mut tx = office.database.read().await?;
    let round = rounds::held(&mut tx, order.round).await?.round;
    let number = number(&mut tx, &round, order.run, now).await?;
    let invitations = tx.invitations().of_round(round.id).await?;
    drop(tx);
    if invitations.is_empty() {
        return Err(LettersError::NoFrame);
    }
    let door = Door::of(&office.settings, round.plan.kind)?;
    let addressees = read(office, &order, &round, &invitations)?;
    let known: HashMap<&str, &StoredInvitation> =
        invitations.iter().map(|invitation| (invitation.letter_no.as_str(), invitation)).collect();
    let all = addressees.len() as u64;
    let (ids, left): (Vec<InvitationId>, Vec<Addressee>) = addressees
        .into_iter()
        .filter_map(|to| known.get(to.letter_no.as_str()).filter(|found| !found.used).map(|found| (found.id, to)))
        .unzip();
    if left.is_empty() {
        return Err(LettersError::NobodyLeft);
    }
    let letters = left.len() as u64;
    let codes = Codes::draw(office, round.id, ids.into_iter());
    let sheets: Vec<Sheet> = left.into_iter().zip(codes.drawn.iter().cloned()).collect();
    let settings = office.settings.clone();
    let paper = order.paper;
    let (bytes, passphrase) = tokio::task::spawn_blocking(move || paper.set(&sheets, &door, &settings))
        .await
        .map_err(|_| LettersError::Interrupted)??;
    write(order.out, &bytes)?;
    let tx = office.database.begin().await;
    let kept = match tx {
        Ok(tx) => renew(tx, &round, order.run, number, &codes, now).await,
        Err(error) => Err(error.into()),
    };
    kept.map_err(|error| discard(&[order.out], error))?;
    tracing::info!(event = "letters_written", number, letters, answered = all - letters);
    Ok(Written { number, letters, answered: all - letters, passphrase })
}

/// Number of the run, if it may be made now.
async fn number(tx: &mut Tx, round: &Round, run: Run, now: DateTime<Utc>) -> Result<i64, LettersError> {
    may(round.stage(), run)?;
    let last = tx.letter_runs().of_round(round.id).await?.pop().map(|last| (last.number, last.made_at));
    match run {
        Run::Reminder => Ok(letter_run::reminder(last, now)?),
        Run::First { again: false } if last.is_some() => Err(LettersError::Drawn),
        Run::First { .. } => Ok(0),
    }
}

fn may(stage: &Stage, run: Run) -> Result<(), LettersError> {
    match (run, stage) {
        (Run::First { .. }, Stage::Draft | Stage::Scheduled) | (Run::Reminder, Stage::Open { .. }) => Ok(()),
        (Run::First { .. }, stage) => Err(LettersError::Stage(stage.key())),
        (Run::Reminder, stage) => Err(LettersError::NotOpen(stage.key())),
    }
}

fn read(
    office: &Office,
    order: &Order<'_>,
    round: &Round,
    invitations: &[StoredInvitation],
) -> Result<Vec<Addressee>, LettersError> {
    let frame: BTreeMap<&str, &str> =
        invitations.iter().map(|known| (known.letter_no.as_str(), known.area_code.as_str())).collect();
    let all = matches!(order.run, Run::First { .. });
    let expected = Expected { frame: &frame, languages: &round.plan.languages, all };
    let prints = order.paper.prints(&office.settings)?;
    addressee::read(order.addresses, expected, prints).map_err(LettersError::Addresses)
}

/// Keeps the codes of a run, unless the round went on to another stage while its letters were written.
async fn renew(
    mut tx: Tx,
    round: &Round,
    run: Run,
    number: i64,
    codes: &Codes,
    now: DateTime<Utc>,
) -> Result<(), LettersError> {
    if tx.rounds().stage_for_share(round.id).await?.as_deref() != Some(round.stage().key()) {
        return Err(LettersError::Changed);
    }
    if run == (Run::First { again: true }) {
        tx.letter_runs().delete_round(round.id).await?;
        tx.invitations().delete_codes(round.id).await?;
    }
    keep(tx, round, number, codes, now).await
}
