//! A round: one fielding of a questionnaire version. Its stage is an enum whose variants hold only
//! what is true then; a transition consumes the round and gives it back where it is refused.

mod plan;
mod stage;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use plan::{AreaSetRef, Kind, Place, Plan, VersionRef};
pub(super) use plan::{day, some_day};
pub use stage::{Stage, WrongStage};

use super::ids::RoundId;
use crate::questionnaire::Fingerprint;

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Identity.
    pub id: RoundId,
    /// The plan.
    pub plan: Plan,
    /// The version's hash, hexadecimal, set when it is scheduled or imported.
    #[serde(default)]
    pub version_hash: String,
    /// What later rounds are compared with, set with the hash.
    #[serde(default)]
    pub fingerprint: Option<Fingerprint>,
    /// Envelopes that could not be read and were set aside at the opening.
    #[serde(default, skip_serializing_if = "is_none")]
    pub set_aside: u64,
    stage: Stage,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

/// A refused transition gives the round back unchanged.
pub type Moved = Result<Round, Box<(Round, WrongStage)>>;

impl Round {
    /// A new round.
    #[must_use]
    pub const fn draft(id: RoundId, plan: Plan) -> Self {
        Self { id, plan, version_hash: String::new(), fingerprint: None, set_aside: 0, stage: Stage::Draft }
    }

    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    fn to(self, wanted: &'static str, make: impl FnOnce(&Stage) -> Option<Stage>) -> Moved {
        if let Some(stage) = make(&self.stage) {
            Ok(Self { stage, ..self })
        } else {
            let wrong = WrongStage { stage: self.stage.key(), wanted, possible: self.stage.next() };
            Err(Box::new((self, wrong)))
        }
    }

    /// Draft → Scheduled.
    ///
    /// # Errors
    /// [`WrongStage`] from any other stage; likewise below.
    pub fn schedule(self) -> Moved {
        self.to("scheduled", |stage| matches!(stage, Stage::Draft).then_some(Stage::Scheduled))
    }

    /// Scheduled → Draft.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn unschedule(self) -> Moved {
        self.to("draft", |stage| matches!(stage, Stage::Scheduled).then_some(Stage::Draft))
    }

    /// Scheduled or Paused → Open.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn open(self, now: DateTime<Utc>) -> Moved {
        self.to("open", |stage| match stage {
            Stage::Scheduled => Some(Stage::Open { opened_at: now }),
            Stage::Paused { opened_at, .. } => Some(Stage::Open { opened_at: *opened_at }),
            _ => None,
        })
    }

    /// Open → Paused.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn pause(self, reason: &str) -> Moved {
        self.to("paused", |stage| match stage {
            Stage::Open { opened_at } => Some(Stage::Paused { opened_at: *opened_at, reason: reason.to_owned() }),
            _ => None,
        })
    }

    /// Open or Paused → Closed.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn close(self, now: DateTime<Utc>, reason: &str) -> Moved {
        self.to("closed", |stage| match stage {
            Stage::Open { opened_at } | Stage::Paused { opened_at, .. } => {
                Some(Stage::Closed { opened_at: *opened_at, closed_at: now, reason: reason.to_owned() })
            }
            _ => None,
        })
    }

    /// Closed → Opened, by the opening of the envelopes, all but those that were `set_aside`; the rewriting of
    /// tables is still to come.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn envelopes_opened(self, set_aside: u64) -> Moved {
        let opened = self.to("opened", |stage| {
            matches!(stage, Stage::Closed { .. }).then_some(Stage::Opened { scrubbed: false, imported: false })
        })?;
        Ok(Self { set_aside, ..opened })
    }

    /// Opened stays Opened, its tables rewritten.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn scrubbed(self) -> Moved {
        self.to("opened", |stage| match stage {
            Stage::Opened { imported, .. } => Some(Stage::Opened { scrubbed: true, imported: *imported }),
            _ => None,
        })
    }

    /// Draft → Opened, by an import of answers collected elsewhere: no codes, key or envelopes.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn imported(self) -> Moved {
        self.to("opened", |stage| {
            matches!(stage, Stage::Draft).then_some(Stage::Opened { scrubbed: true, imported: true })
        })
    }

    /// Opened → Released; a correction leaves it Released.
    ///
    /// # Errors
    /// [`WrongStage`], also while the tables are not rewritten.
    pub fn release(self) -> Moved {
        self.to("released", |stage| {
            matches!(stage, Stage::Opened { scrubbed: true, .. } | Stage::Released).then_some(Stage::Released)
        })
    }

    /// Released → Archived.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn archive(self) -> Moved {
        self.to("archived", |stage| matches!(stage, Stage::Released).then_some(Stage::Archived))
    }

    /// The transition that the dates demand at `now`, where midnight is Stockholm's: open at the
    /// start of `opens_on`, close 24 hours after the end of `closes_on` (drafts begun in time may
    /// still be sent until then).
    #[must_use]
    pub fn due(&self, now: DateTime<Utc>, start_of: impl Fn(NaiveDate) -> DateTime<Utc>) -> Option<Due> {
        match &self.stage {
            Stage::Scheduled if now >= start_of(self.plan.opens_on) => Some(Due::Open),
            Stage::Open { .. } | Stage::Paused { .. } => {
                let end = self.plan.closes_on.succ_opt().map(start_of)? + Duration::hours(24);
                (now >= end).then_some(Due::Close)
            }
            _ => None,
        }
    }

    /// Identity of the figures made from this round: marked wherever they stand.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        matches!(self.plan.kind, Kind::Demo)
    }
}

/// A transition that dates demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It is time to open.
    Open,
    /// It is time to close.
    Close,
}
