//! Codes are looked up as answers are stored: those that come at the same time together, in one
//! statement. A busy minute costs a handful of statements a second and not thousands.

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::{mpsc, oneshot};

use crate::{
    store::{Database, StoreError, StoredInvitation},
    survey::ids::RoundId,
};

/// Most codes of one statement.
const MOST: usize = 512;

/// A code and whoever waits for its invitation.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) round: RoundId,
    pub(super) code_hash: [u8; 32],
    pub(super) reply: oneshot::Sender<Found>,
}

/// The invitation, none, or why it cannot be told.
pub(super) type Found = Result<Option<StoredInvitation>, Arc<StoreError>>;

/// Looks codes up until every handle to the queue is gone.
pub(super) async fn run(database: Database, mut queue: mpsc::Receiver<Wanted>) {
    while let Some(first) = queue.recv().await {
        let mut batch = vec![first];
        while batch.len() < MOST
            && let Ok(next) = queue.try_recv()
        {
            batch.push(next);
        }
        answer(&database, batch).await;
    }
}

async fn answer(database: &Database, batch: Vec<Wanted>) {
    let mut by_round: BTreeMap<RoundId, Vec<Wanted>> = BTreeMap::new();
    for wanted in batch {
        by_round.entry(wanted.round).or_default().push(wanted);
    }
    for (round, all) in by_round {
        let hashes: Vec<[u8; 32]> = all.iter().map(|wanted| wanted.code_hash).collect();
        let found = look(database, round, &hashes).await.map_err(Arc::new);
        for wanted in all {
            let told = match &found {
                Ok(found) => Ok(found.get(&wanted.code_hash).cloned()),
                Err(error) => Err(Arc::clone(error)),
            };
            // Who hung up meanwhile asks again.
            let _ = wanted.reply.send(told);
        }
    }
}

async fn look(
    database: &Database,
    round: RoundId,
    hashes: &[[u8; 32]],
) -> Result<std::collections::HashMap<[u8; 32], StoredInvitation>, StoreError> {
    let mut tx = database.read().await?;
    let found = tx.invitations().find_by_codes(round, hashes).await?;
    tx.rollback().await?;
    Ok(found)
}
