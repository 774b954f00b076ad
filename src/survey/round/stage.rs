//! The stages of a round: what is known in each, and which can follow. The transitions themselves are
//! the round's.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a round stands, and what is known then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Being planned.
    Draft,
    /// Planned; opens by itself.
    Scheduled,
    /// Takes answers.
    Open {
        /// Since when.
        opened_at: DateTime<Utc>,
    },
    /// Takes none for a while.
    Paused {
        /// When it opened.
        opened_at: DateTime<Utc>,
        /// Why it is paused.
        reason: String,
    },
    /// Envelopes wait to be opened.
    Closed {
        /// When it opened.
        opened_at: DateTime<Utc>,
        /// When it closed.
        closed_at: DateTime<Utc>,
        /// Why it closed early; empty if its time was up.
        reason: String,
    },
    /// Responses are there, without codes or order.
    Opened {
        /// Tables and logs were rewritten, so analysts may look.
        scrubbed: bool,
        /// Collected elsewhere and imported: there were no envelopes.
        imported: bool,
    },
    /// At least one release is out.
    Released,
    /// Done with.
    Archived,
}

impl Stage {
    /// Key in addresses and tables.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Open { .. } => "open",
            Self::Paused { .. } => "paused",
            Self::Closed { .. } => "closed",
            Self::Opened { .. } => "opened",
            Self::Released => "released",
            Self::Archived => "archived",
        }
    }

    /// Stages that can follow.
    #[must_use]
    pub const fn next(&self) -> &'static [&'static str] {
        match self {
            Self::Draft => &["scheduled", "opened"],
            Self::Scheduled => &["draft", "open"],
            Self::Open { .. } => &["paused", "closed"],
            Self::Paused { .. } => &["open", "closed"],
            Self::Closed { .. } => &["opened"],
            Self::Opened { .. } => &["released"],
            Self::Released => &["archived"],
            Self::Archived => &[],
        }
    }
}

/// A transition that the stage does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct WrongStage {
    /// The stage it is in.
    pub stage: &'static str,
    /// The stage that was wanted.
    pub wanted: &'static str,
    /// What is possible instead.
    pub possible: &'static [&'static str],
}

impl fmt::Display for WrongStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the round is {}, so it cannot become {}; ", self.stage, self.wanted)?;
        if self.possible.is_empty() {
            f.write_str("nothing can follow")
        } else {
            write!(f, "possible: {}", self.possible.join(", "))
        }
    }
}
