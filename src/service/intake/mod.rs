//! One answer in. Handlers check and encode; a bounded queue feeds the one writer of this process,
//! which seals whatever has gathered as one bag, commits it in one transaction and only then wakes
//! the waiting. Nothing is acknowledged before the commit; a full queue is told at once.

mod lookup;
mod writer;

use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};

use crate::{
    store::{Database, StoreError, StoredInvitation},
    survey::{
        admission::Admission,
        answer_sheet::AnswerSheet,
        ids::{RoundId, SubmissionId},
    },
};

/// A checked sheet on its way to the writer.
#[derive(Debug)]
pub struct Submission {
    /// The round it belongs to.
    pub round: RoundId,
    /// The respondent's random submission id; a repeat of it is a replay.
    pub submission: SubmissionId,
    /// What lets it in: the code that it spends, or an open link.
    pub admission: Admission,
    /// The checked answers.
    pub sheet: AnswerSheet,
    /// The draft that dies with it, if it came from the form.
    pub draft: Option<[u8; 16]>,
}

/// What became of a submission that was taken to the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its envelope is durable.
    Accepted,
    /// The same submission was stored before; nothing new was written.
    Replay,
    /// Another submission has spent the code.
    CodeSpent,
    /// The round takes no answers now.
    RoundNotOpen,
    /// Nothing was stored; trying again may succeed.
    Unavailable,
}

/// The way into the writer's queue; cheap to clone.
#[derive(Debug, Clone)]
pub struct Intake {
    queue: mpsc::Sender<Waiting>,
    codes: mpsc::Sender<lookup::Wanted>,
}

/// A submission and whoever waits for its outcome.
#[derive(Debug)]
struct Waiting {
    submission: Submission,
    hash: [u8; 32],
    reply: oneshot::Sender<Outcome>,
}

impl Intake {
    /// Starts the writer of this process: `queue` submissions may wait, a commit holds at most
    /// `batch`. The writer ends when the last handle is dropped, after storing what still waits.
    #[must_use]
    pub fn start(database: Database, queue: usize, batch: usize) -> Self {
        let (sender, receiver) = mpsc::channel(queue);
        let (codes, wanted) = mpsc::channel(queue);
        tokio::spawn(lookup::run(database.clone(), wanted));
        tokio::spawn(writer::run(database, receiver, batch));
        Self { queue: sender, codes }
    }

    /// The invitation behind a code of the round `round`; nothing if no letter carried it.
    ///
    /// # Errors
    /// The database, or as many wait as may: [`StoreError::Unavailable`].
    pub async fn invitation(
        &self,
        round: RoundId,
        code_hash: [u8; 32],
    ) -> Result<Option<StoredInvitation>, Arc<StoreError>> {
        let full = || Arc::new(StoreError::Unavailable("as many codes wait as may".into()));
        let (reply, found) = oneshot::channel();
        self.codes.try_send(lookup::Wanted { round, code_hash, reply }).map_err(|_| full())?;
        found.await.unwrap_or_else(|_| Err(full()))
    }

    /// Stores one submission and returns once its fate is durable.
    ///
    /// A full queue or a lost writer is [`Outcome::Unavailable`]: nothing was stored.
    pub async fn take(&self, submission: Submission) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        let hash = submission_hash(submission.submission);
        if self.queue.try_send(Waiting { submission, hash, reply }).is_err() {
            return Outcome::Unavailable;
        }
        outcome.await.unwrap_or(Outcome::Unavailable)
    }
}

/// What is stored of a submission id: SHA-256 of its 16 bytes.
#[must_use]
pub fn submission_hash(submission: SubmissionId) -> [u8; 32] {
    Sha256::digest(submission.uuid().as_bytes()).into()
}
