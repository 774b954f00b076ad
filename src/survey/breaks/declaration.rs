//! What a person says of a break: declares one that no machine finds, bridges one, marks a spelling
//! fix or one of several printed values, or takes such a statement back. Statements are only added,
//! never changed. How they come in and what they do to a reason is not here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::code::Code;
use crate::survey::{
    ids::StaffId,
    staff::{Organisation, StaffMember},
};

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Account.
    pub id: StaffId,
    /// Full name: a break is lifted by a named person.
    pub name: String,
    /// Organisation.
    pub organisation: Organisation,
}

impl From<&StaffMember> for Person {
    fn from(member: &StaffMember) -> Self {
        Self { id: member.id, name: member.name.clone(), organisation: member.organisation }
    }
}

/// What it is said of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Name of a round.
    pub from: String,
    /// Name of the round that it is compared with; none for an event, which touches every comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// One measure only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// One item only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// One area only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
}

/// What a bridge rests on besides its note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A random half was asked in the old order.
    SplitSample,
    /// Both ways of asking were used at the same time.
    ParallelRun,
}

impl Evidence {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::SplitSample => "split_sample",
            Self::ParallelRun => "parallel_run",
        }
    }
}

/// One of several printed values of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Series.
    pub series: String,
    /// Period.
    pub period: String,
    /// Area.
    pub area: String,
    /// Group of people.
    pub group: String,
    /// The value as printed.
    pub printed: String,
    /// Who printed it.
    pub source: String,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// A reason that only a person can know.
    Declare {
        /// Its code.
        code: Code,
        /// Of what.
        scope: Scope,
    },
    /// A hard reason is harmless here.
    Bridge {
        /// Its code.
        code: Code,
        /// Of what.
        scope: Scope,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Evidence>,
    },
    /// A changed wording is a spelling fix; two persons have to say so.
    Spelling {
        /// Of what: always one item.
        scope: Scope,
    },
    /// One of several printed values holds.
    Mark(Marked),
    /// A statement no longer holds.
    Withdraw {
        /// The statement.
        id: Uuid,
    },
}

impl Act {
    /// Key in files and addresses.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Declare { .. } => "declare",
            Self::Bridge { .. } => "bridge",
            Self::Spelling { .. } => "spelling",
            Self::Mark(_) => "mark",
            Self::Withdraw { .. } => "withdraw",
        }
    }

    /// The code that it is about; none for a withdrawal.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        match self {
            Self::Declare { code, .. } | Self::Bridge { code, .. } => Some(*code),
            Self::Spelling { .. } => Some(Code::Wording),
            Self::Mark(_) => Some(Code::AmbiguousHistory),
            Self::Withdraw { .. } => None,
        }
    }

    /// What it is said of, where that is rounds.
    #[must_use]
    pub const fn scope(&self) -> Option<&Scope> {
        match self {
            Self::Declare { scope, .. } | Self::Bridge { scope, .. } | Self::Spelling { scope } => Some(scope),
            Self::Mark(_) | Self::Withdraw { .. } => None,
        }
    }
}

/// A statement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Its id.
    pub id: Uuid,
    /// What is said.
    #[serde(rename = "said")]
    pub act: Act,
    /// Who says it.
    pub person: Person,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; printed beside the break.
    pub note: String,
}
