//! The one writer of a process. No answer is looked into here: a sheet comes checked and leaves
//! sealed.
//!
//! The order inside the transaction is `people.md` 1.8 step 3: replays first, then the codes are
//! spent in the order of their invitations (so that two processes never wait for each other in a
//! ring), then what was not spent is looked at once more, since another process may just have
//! committed the same submission.

use std::collections::{BTreeMap, HashMap, HashSet, btree_map::Entry};

use rand::seq::SliceRandom;
use tokio::sync::mpsc;

use super::{Outcome, Submission, Waiting};
use crate::{
    store::{Database, NewEnvelope, StoreError, Tx},
    survey::{
        admission::Admission,
        answer_sheet::Mode,
        envelope::{BagSealer, PublicKey},
        ids::{BagId, InvitationId, RoundId},
    },
};

/// Stores batches until every handle to the queue is gone.
pub(super) async fn run(database: Database, mut queue: mpsc::Receiver<Waiting>, most: usize) {
    while let Some(first) = queue.recv().await {
        let mut batch = vec![first];
        while batch.len() < most {
            match queue.try_recv() {
                Ok(next) => batch.push(next),
                Err(_) => break,
            }
        }
        store(&database, batch).await;
    }
}

/// Stores a batch and wakes its members. A failed transaction is tried again member by member, so
/// that one bad member cannot take the others down.
async fn store(database: &Database, batch: Vec<Waiting>) {
    match commit(database, &batch).await {
        Ok(outcomes) => wake(batch, outcomes),
        Err(error) if batch.len() == 1 => wake(batch, vec![of_failure(&error)]),
        Err(error) => {
            tracing::warn!(event = "intake_batch_failed", members = batch.len(), %error);
            for member in batch {
                let alone = std::slice::from_ref(&member);
                let outcome = match commit(database, alone).await {
                    Ok(outcomes) => outcomes.first().copied().unwrap_or(Outcome::Unavailable),
                    Err(error) => of_failure(&error),
                };
                wake(vec![member], vec![outcome]);
            }
        }
    }
}

/// The outcome of a member whose own transaction failed. Another process may have committed the same
/// submission after it was looked for: with an open link no code makes the two wait for each other.
fn of_failure(error: &StoreError) -> Outcome {
    if error.conflicts_with("envelopes_round_id_submission_hash_key") {
        return Outcome::Replay;
    }
    tracing::warn!(event = "intake_failed", %error);
    Outcome::Unavailable
}

fn wake(batch: Vec<Waiting>, outcomes: Vec<Outcome>) {
    for (member, outcome) in batch.into_iter().zip(outcomes) {
        // A caller that hung up meanwhile gets the same outcome when it asks again.
        let _ = member.reply.send(outcome);
    }
}

/// Commits a batch in one transaction; gives the outcome of each member, in the batch's order.
async fn commit(database: &Database, batch: &[Waiting]) -> Result<Vec<Outcome>, StoreError> {
    let mut tx = database.begin().await?;
    let mut outcomes = vec![Outcome::RoundNotOpen; batch.len()];
    let mut by_round: BTreeMap<RoundId, Vec<usize>> = BTreeMap::new();
    for (place, member) in batch.iter().enumerate() {
        by_round.entry(member.submission.round).or_default().push(place);
    }
    for (round, places) in by_round {
        commit_round(&mut tx, round, batch, &places, &mut outcomes).await?;
    }
    tx.commit().await?;
    Ok(outcomes)
}

async fn commit_round(
    tx: &mut Tx,
    round: RoundId,
    batch: &[Waiting],
    places: &[usize],
    outcomes: &mut [Outcome],
) -> Result<(), StoreError> {
    let stage = tx.rounds().stage_for_share(round).await?;
    let hashes: Vec<[u8; 32]> = places.iter().map(|&place| batch[place].hash).collect();
    let mut known: HashSet<[u8; 32]> = tx.envelopes().existing(round, &hashes).await?;
    for &place in places.iter().filter(|&&place| known.contains(&batch[place].hash)) {
        outcomes[place] = Outcome::Replay;
    }
    if stage.as_deref() != Some("open") {
        return Ok(());
    }
    let Some(key) = tx.round_keys().public(round).await? else {
        tracing::error!(event = "round_key_missing");
        return Ok(());
    };

    // First in the queue wins a code, and a submission spends one code: what comes again in the batch
    // under the same code or the same submission spends nothing. An open link has nothing to spend: of
    // each submission the first is taken.
    let mut first: BTreeMap<InvitationId, usize> = BTreeMap::new();
    let mut accepted: HashMap<[u8; 32], usize> = HashMap::new();
    let mut submitted: HashSet<[u8; 32]> = HashSet::new();
    for &place in places.iter().filter(|&&place| !known.contains(&batch[place].hash)) {
        match batch[place].submission.admission {
            Admission::Code(invitation) => {
                let Entry::Vacant(code) = first.entry(invitation) else { continue };
                if submitted.insert(batch[place].hash) {
                    code.insert(place);
                }
            }
            Admission::Place(_) => {
                accepted.entry(batch[place].hash).or_insert(place);
            }
        }
    }
    let wanted: Vec<InvitationId> = first.keys().copied().collect();
    let spent: HashSet<InvitationId> =
        tx.invitations().spend(round, &wanted, Mode::Web.key()).await?.into_iter().collect();
    if spent.len() < wanted.len() {
        known.extend(tx.envelopes().existing(round, &hashes).await?);
    }

    for (invitation, &place) in &first {
        if spent.contains(invitation) {
            accepted.insert(batch[place].hash, place);
        }
    }
    for &place in places {
        let hash = &batch[place].hash;
        outcomes[place] = match accepted.get(hash) {
            Some(&winner) if winner == place => Outcome::Accepted,
            Some(_) => Outcome::Replay,
            None if known.contains(hash) => Outcome::Replay,
            None => Outcome::CodeSpent,
        };
    }
    let mut winners: Vec<&Waiting> = accepted.values().map(|&place| &batch[place]).collect();
    if winners.is_empty() {
        return Ok(());
    }
    winners.shuffle(&mut rand::rng());
    seal(tx, round, &key, &winners).await?;
    let drafts: Vec<[u8; 16]> = places
        .iter()
        .filter(|&&place| outcomes[place] != Outcome::RoundNotOpen)
        .filter_map(|&place| batch[place].submission.draft)
        .collect();
    tx.drafts().delete_many(&drafts).await
}

/// Seals the winners as one bag and inserts it. Their places in the bag are dealt at random by the
/// caller, so a place says nothing of the order of arrival.
async fn seal(tx: &mut Tx, round: RoundId, key: &[u8], winners: &[&Waiting]) -> Result<(), StoreError> {
    let Some(first) = winners.first() else { return Ok(()) };
    let version = first.submission.sheet.version_hash();
    let public = PublicKey::from_bytes(key).map_err(|_| StoreError::inconsistent("round_keys", "public_key"))?;
    let sealer = BagSealer::new(&public, round, &version, &mut rand::rng())
        .map_err(|_| StoreError::inconsistent("round_keys", "public_key"))?;
    let bag = BagId::from(uuid::Uuid::new_v4());
    let mut envelopes = Vec::with_capacity(winners.len());
    for (position, member) in winners.iter().enumerate() {
        let Submission { sheet, .. } = &member.submission;
        let position = u32::try_from(position).map_err(|_| StoreError::inconsistent("envelopes", "position"))?;
        let envelope = sealer
            .seal(position, &member.hash, &sheet.encode())
            .map_err(|_| StoreError::inconsistent("envelopes", "envelope"))?;
        envelopes.push(NewEnvelope { submission_hash: member.hash, position, envelope });
    }
    tx.bags().insert(bag, round, sealer.encapsulation()).await?;
    tx.envelopes().insert_many(round, bag, &envelopes).await
}
