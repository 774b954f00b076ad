//! Why no letters are written: each reason names its place and what to do.

use std::io;

use crate::{
    export::letter::LetterError,
    service::{areas, rounds::RoundError},
    store::StoreError,
    survey::{import::ImportFault, letter_run::NoReminder, sealed_file::Unsealable},
};

/// Why no letters are written.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// The frame; every fault.
    #[error("the frame is refused:\n{}", told(.0))]
    Frame(Vec<ImportFault>),
    /// The address file; every fault, none with what stood in a cell.
    #[error("the addresses are refused:\n{}", told(.0))]
    Addresses(Vec<ImportFault>),
    /// Sample, population and areas do not agree.
    #[error("areas, sample and population do not agree:\n{}", .0.join("\n"))]
    Disagree(Vec<String>),
    /// There is no frame to write to.
    #[error("the round has no frame yet; `trygg letters frame` takes it in")]
    NoFrame,
    /// Codes are there already.
    #[error(
        "the codes of this round are drawn; they were written once and cannot be shown again. \
         `trygg letters run --again` draws new ones and makes every letter written before worthless"
    )]
    Drawn,
    /// The round takes no more codes.
    #[error("codes are drawn before a round opens; this one is {0}")]
    Stage(&'static str),
    /// Reminders belong to an open round.
    #[error("reminders go out while a round is open; this one is {0}")]
    NotOpen(&'static str),
    /// A reminder may not go out.
    #[error(transparent)]
    NoReminder(#[from] NoReminder),
    /// Everybody has answered.
    #[error("everybody of the address file has answered; there is nobody to remind")]
    NobodyLeft,
    /// Somebody made a run or moved the round at the same time.
    #[error("the round or its letters were changed meanwhile; this file was worthless and is removed, run it again")]
    Changed,
    /// Codes of real rounds are not written in the clear.
    #[error("codes of a real round are printed or sealed (`trygg letters run`); a plain file is for test rounds")]
    PlainCodes,
    /// The round is imported or answers by an open link.
    #[error("the round invites nobody: it has no population table")]
    NoPopulation,
    /// What stands in every letter of a real round.
    #[error("not yet: {}", .0.join("; "))]
    NotReady(Vec<String>),
    /// The file cannot be written.
    #[error("{0} cannot be written: {1}; it must not exist yet")]
    File(String, #[source] io::Error),
    /// The letters cannot be set.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// A sealed file.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// The work was cut off.
    #[error("the letters could not be finished; no code counts, run it again")]
    Interrupted,
    /// The round, its areas or its population.
    #[error(transparent)]
    Round(#[from] RoundError),
}

fn told(faults: &[ImportFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl From<StoreError> for LettersError {
    fn from(error: StoreError) -> Self {
        if error.conflicts_with("letter_runs_round_id_number_key") { Self::Changed } else { Self::Round(error.into()) }
    }
}

impl From<areas::AreasError> for LettersError {
    fn from(error: areas::AreasError) -> Self {
        Self::Round(error.into())
    }
}
