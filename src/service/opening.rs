//! The opening of the envelopes: shares are joined, bags opened, sheets checked and shuffled, and in
//! one transaction the responses take the place of everything that could tie an answer to a code.
//! Then the database's files are rewritten. A crash at any point loses nothing and may be followed by
//! a second try.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use rand::{rand_core::UnwrapErr, rngs::SysRng, seq::SliceRandom};
use zeroize::Zeroizing;

use super::{
    Office, areas,
    rounds::{self, RoundError},
};
use crate::{
    questionnaire::{Questionnaire, Stream},
    store::{Scrubbed, StoreError, StoredEnvelope, StoredResponse, TurnoutCount, Tx},
    survey::{
        envelope::{OpenBag, PrivateKey},
        ids::{BagId, ResponseId, RoundId},
        key_share::{self, Cost, KeyShare, ShareError},
        round::{Plan, Round, Stage, WrongStage},
    },
};

/// Envelopes read at a time.
const PAGE: u32 = 10_000;

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
        "{0} of {1} envelopes cannot be read; nothing was opened. Restore the database from before the damage, or try again"
    )]
    Unreadable(usize, usize),
    /// The private key is not the round's.
    #[error("the key that the shares give is not this round's")]
    OtherKey,
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

/// Opens the envelopes of a closed round with the holders' passphrases, or finishes an opening whose
/// files were not rewritten yet; then no passphrase is needed.
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
    match round.stage() {
        Stage::Closed { .. } => {
            let private = combine(office, &round, typed).await?;
            commit(office, slug, private).await?;
            office.live.refresh();
        }
        Stage::Opened { scrubbed: false, .. } => {}
        stage => {
            let wrong = WrongStage { stage: stage.key(), wanted: "opened", possible: stage.next() };
            return Err(RoundError::from(wrong).into());
        }
    }
    let scrubbed = office.database.scrub().await?;
    let mut tx = office.database.begin().await?;
    let held = rounds::held(&mut tx, slug).await?;
    if scrubbed == Scrubbed::Done && matches!(held.round.stage(), Stage::Opened { scrubbed: false, .. }) {
        held.keep(&mut tx, Round::scrubbed).await?;
    }
    let responses = tx.responses().count(round.id).await?;
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
            open_envelopes(office, &round.plan.slug, Vec::new()).await?;
        }
    }
    Ok(())
}

/// The round's private key from its holders' shares.
async fn combine(office: &Office, round: &Round, typed: Vec<Zeroizing<String>>) -> Result<PrivateKey, OpeningError> {
    let mut tx = office.database.read().await?;
    let stored = tx.key_shares().of_round(round.id).await?;
    let public = tx.round_keys().public(round.id).await?;
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
    if public.is_some_and(|public| private.public().bytes() == public) {
        Ok(private)
    } else {
        Err(OpeningError::OtherKey)
    }
}

/// Everything that happens in the one transaction.
async fn commit(office: &Office, slug: &str, private: PrivateKey) -> Result<(), OpeningError> {
    let mut tx = office.database.begin_long().await?;
    let held = rounds::held(&mut tx, slug).await?;
    let round = held.round.clone();
    let plan = &round.plan;
    let questionnaire =
        office.catalogue.find(&office.database, &plan.questionnaire.id, &plan.questionnaire.version).await;
    let questionnaire = questionnaire.map_err(RoundError::from)?;
    let set = areas::area_set(&mut tx, &plan.area_set.id, &plan.area_set.version).await.map_err(RoundError::from)?;
    let mut sheets = open_all(&mut tx, &round, private, &questionnaire, set.districts().count()).await?;
    sheets.shuffle(&mut UnwrapErr(SysRng));
    let responses: Vec<StoredResponse> =
        sheets.into_iter().map(|sheet| StoredResponse { id: ResponseId::from(uuid::Uuid::new_v4()), sheet }).collect();
    tx.responses().insert_many(round.id, &responses).await?;
    let turnout = turnout(&mut tx, round.id).await?;
    let used: i64 = turnout.iter().map(|count| count.used).sum();
    // An open link has no codes, so none can be used.
    let expected = if plan.stream == Stream::Resident { responses.len() } else { 0 };
    if usize::try_from(used).ok() != Some(expected) {
        tracing::error!(event = "used_codes_and_envelopes_differ", used, envelopes = responses.len());
    }
    tx.turnout().replace(round.id, &turnout).await?;
    tx.envelopes().delete_round(round.id).await?;
    tx.bags().delete_round(round.id).await?;
    tx.drafts().delete_round(round.id).await?;
    tx.spent_challenges().delete_round(round.id).await?;
    tx.invitations().delete_round(round.id).await?;
    tx.key_shares().delete_round(round.id).await?;
    held.keep(&mut tx, Round::envelopes_opened).await?;
    tx.commit().await?;
    Ok(())
}

/// Every sheet of the round, opened and checked.
async fn open_all(
    tx: &mut Tx,
    of: &Round,
    private: PrivateKey,
    questionnaire: &Arc<Questionnaire>,
    areas: usize,
) -> Result<Vec<Vec<u8>>, OpeningError> {
    let round = of.id;
    let encapsulations: HashMap<BagId, Vec<u8>> =
        tx.bags().of_round(round).await?.into_iter().map(|bag| (bag.id, bag.encapsulation)).collect();
    let (open, sheets) = (HashMap::new(), Vec::new());
    let mut opener = Opener { private, round, plan: of.plan.clone(), encapsulations, open, sheets, unreadable: 0 };
    let mut after = None;
    loop {
        let page = tx.envelopes().page(round, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.submission_hash);
        let questionnaire = Arc::clone(questionnaire);
        opener = tokio::task::spawn_blocking(move || {
            page.iter().for_each(|envelope| opener.take(envelope, &questionnaire, areas));
            opener
        })
        .await
        .map_err(|_| OpeningError::Interrupted)?;
    }
    if opener.unreadable > 0 {
        return Err(OpeningError::Unreadable(opener.unreadable, opener.sheets.len() + opener.unreadable));
    }
    Ok(opener.sheets)
}

struct Opener {
    private: PrivateKey,
    round: RoundId,
    plan: Plan,
    encapsulations: HashMap<BagId, Vec<u8>>,
    open: HashMap<BagId, OpenBag>,
    sheets: Vec<Vec<u8>>,
    unreadable: usize,
}

impl Opener {
    fn take(&mut self, envelope: &StoredEnvelope, questionnaire: &Questionnaire, areas: usize) {
        match self.sheet(envelope, questionnaire, areas) {
            Some(sheet) => self.sheets.push(sheet),
            None => self.unreadable += 1,
        }
    }

    fn sheet(&mut self, envelope: &StoredEnvelope, questionnaire: &Questionnaire, areas: usize) -> Option<Vec<u8>> {
        if !self.open.contains_key(&envelope.bag) {
            let encapsulation = self.encapsulations.get(&envelope.bag)?;
            let bag = OpenBag::new(&self.private, self.round, &questionnaire.hash(), encapsulation).ok()?;
            self.open.insert(envelope.bag, bag);
        }
        let bag = self.open.get(&envelope.bag)?;
        let length = questionnaire.sheet_length();
        let sheet = bag.open(envelope.position, &envelope.submission_hash, &envelope.envelope, length).ok()?;
        let read = questionnaire.decode(&sheet, areas).ok()?;
        self.plan.takes(read.paradata()).then(|| sheet.to_vec())
    }
}

/// Sampled and used codes by area and mode; an area without any answer has one row with none used.
async fn turnout(tx: &mut Tx, round: RoundId) -> Result<Vec<TurnoutCount>, StoreError> {
    let counts = tx.invitations().counts(round).await?;
    let mut sampled: BTreeMap<String, i64> = BTreeMap::new();
    for count in &counts {
        *sampled.entry(count.area_code.clone()).or_default() += count.count;
    }
    let mut rows: Vec<TurnoutCount> = counts
        .iter()
        .filter_map(|count| {
            let mode = count.mode.clone()?;
            let sampled = sampled.get(&count.area_code).copied().unwrap_or(0);
            Some(TurnoutCount { area_code: count.area_code.clone(), mode, sampled, used: count.count })
        })
        .collect();
    for (area_code, sampled) in sampled {
        if !rows.iter().any(|row| row.area_code == area_code) {
            rows.push(TurnoutCount { area_code, mode: "web".to_owned(), sampled, used: 0 });
        }
    }
    Ok(rows)
}
