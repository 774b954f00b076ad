//! The one transaction of an opening: every envelope is opened and checked, the sheets are shuffled, and the
//! responses take the place of everything that could tie an answer to a code. Any failure rolls all of it back.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use rand::{rand_core::UnwrapErr, rngs::SysRng, seq::SliceRandom};

use super::OpeningError;
use crate::{
    questionnaire::{Questionnaire, Stream},
    service::{
        Office, areas,
        rounds::{self, RoundError},
    },
    store::{StoreError, StoredEnvelope, StoredResponse, TurnoutCount, Tx},
    survey::{
        envelope::{OpenBag, PrivateKey},
        ids::{BagId, ResponseId, RoundId},
        round::{Plan, Round},
    },
};

/// Envelopes read at a time.
const PAGE: u32 = 10_000;

/// Everything that happens in the one transaction. `aside` is the number of unreadable envelopes that two persons
/// have agreed to set aside; with any other number nothing is opened.
pub(super) async fn commit(office: &Office, slug: &str, private: PrivateKey, aside: u64) -> Result<(), OpeningError> {
    let mut tx = office.database.begin_long().await?;
    let held = rounds::held(&mut tx, slug).await?;
    let round = held.round.clone();
    let plan = &round.plan;
    let questionnaire =
        office.catalogue.find(&office.database, &plan.questionnaire.id, &plan.questionnaire.version).await;
    let questionnaire = questionnaire.map_err(RoundError::from)?;
    let set = areas::area_set(&mut tx, &plan.area_set.id, &plan.area_set.version).await.map_err(RoundError::from)?;
    let Opener { mut sheets, unreadable, .. } =
        open_all(&mut tx, &round, private, &questionnaire, set.districts().count()).await?;
    if unreadable != aside {
        return Err(OpeningError::Unreadable(unreadable, unreadable + sheets.len() as u64));
    }
    sheets.shuffle(&mut UnwrapErr(SysRng));
    let responses: Vec<StoredResponse> =
        sheets.into_iter().map(|sheet| StoredResponse { id: ResponseId::from(uuid::Uuid::new_v4()), sheet }).collect();
    tx.responses().insert_many(round.id, &responses).await?;
    let turnout = turnout(&mut tx, round.id).await?;
    let used: i64 = turnout.iter().map(|count| count.used).sum();
    let envelopes = responses.len() as u64 + aside;
    // An open link has no codes, so none can be used.
    let expected = if plan.stream == Stream::Resident { envelopes } else { 0 };
    if u64::try_from(used).ok() != Some(expected) {
        tracing::error!(event = "used_codes_and_envelopes_differ", used, envelopes);
    }
    tx.turnout().replace(round.id, &turnout).await?;
    tx.envelopes().delete_round(round.id).await?;
    tx.bags().delete_round(round.id).await?;
    tx.drafts().delete_round(round.id).await?;
    tx.spent_challenges().delete_round(round.id).await?;
    tx.invitations().delete_round(round.id).await?;
    tx.letter_runs().delete_round(round.id).await?;
    tx.key_shares().delete_round(round.id).await?;
    tx.openings().delete(round.id).await?;
    held.keep(&mut tx, |round| round.envelopes_opened(aside)).await?;
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
) -> Result<Opener, OpeningError> {
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
    Ok(opener)
}

struct Opener {
    private: PrivateKey,
    round: RoundId,
    plan: Plan,
    encapsulations: HashMap<BagId, Vec<u8>>,
    open: HashMap<BagId, OpenBag>,
    sheets: Vec<Vec<u8>>,
    unreadable: u64,
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
