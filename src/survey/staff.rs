//! Who may do what. One table drives the checks and the pages.

use serde::{Deserialize, Serialize};

use super::ids::StaffId;

/// The two organisations of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Organisation {
    /// The municipality.
    Kommun,
    /// The police.
    Polis,
}

impl Organisation {
    /// The organisation with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Kommun, Self::Polis].into_iter().find(|organisation| organisation.key() == key)
    }

    /// Key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kommun => "kommun",
            Self::Polis => "polis",
        }
    }
}

macro_rules! roles {
    ($($name:ident = $key:literal, $meaning:literal;)*) => {
        /// What a member of staff is trusted with.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $(#[doc = $meaning] $name,)* }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Key in files and tables.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

roles! {
    Editor = "editor", "Questionnaires and texts.";
    Fieldwork = "fieldwork", "Rounds, samples, letters.";
    Holder = "holder", "A key share.";
    Analyst = "analyst", "Estimates and releases.";
    Releaser = "releaser", "Signs for the own organisation.";
    Entry = "entry", "Paper and assisted answers.";
    FollowUp = "follow_up", "Goals, activities, crime series.";
    Auditor = "auditor", "Reads the audit log.";
    Admin = "admin", "Accounts and roles.";
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Freeze a questionnaire version.
    PublishVersion,
    /// Plan, open, pause, close a round; import areas, samples and populations; enter desk counts.
    MoveRound,
    /// Open the envelopes of a round with one holder.
    OpenEnvelopes,
    /// Start the opening of a round with several holders, or set unreadable envelopes aside; never alone.
    StartOpening,
    /// Take an own key sheet and give it at the opening.
    HoldKey,
    /// See counts of used codes.
    SeeMonitor,
    /// Estimate and compose a release.
    Release,
    /// Declare or bridge a break, mark a printed value.
    DeclareBreak,
    /// Look at a release that waits for its sign-offs.
    SeeCandidate,
    /// Sign a release off for the own organisation, or refuse it.
    SignRelease,
    /// Make accounts.
    ManageStaff,
}

impl Role {
    /// The role with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }

    /// Whether the role may do the act.
    #[must_use]
    pub const fn may(self, act: Act) -> bool {
        match act {
            Act::PublishVersion => matches!(self, Self::Editor),
            Act::MoveRound | Act::StartOpening => matches!(self, Self::Fieldwork),
            Act::HoldKey => matches!(self, Self::Holder),
            Act::OpenEnvelopes => matches!(self, Self::Fieldwork | Self::Holder),
            Act::SeeMonitor => {
                matches!(self, Self::Fieldwork | Self::Holder | Self::Analyst | Self::Releaser | Self::Auditor)
            }
            Act::Release | Act::DeclareBreak => matches!(self, Self::Analyst),
            Act::SeeCandidate => matches!(self, Self::Analyst | Self::Releaser),
            Act::SignRelease => matches!(self, Self::Releaser),
            Act::ManageStaff => matches!(self, Self::Admin),
        }
    }
}

/// Roles that one person never holds together.
const APART: [(Role, Role); 7] = [
    (Role::Admin, Role::Analyst),
    (Role::Admin, Role::Releaser),
    (Role::Admin, Role::Holder),
    (Role::Admin, Role::Entry),
    (Role::Entry, Role::Analyst),
    (Role::Auditor, Role::Admin),
    (Role::Releaser, Role::Analyst),
];

/// The first two roles of `roles` that one person never holds together.
#[must_use]
pub fn conflict(roles: &[Role]) -> Option<(Role, Role)> {
    if roles.contains(&Role::Auditor)
        && let Some(&other) = roles.iter().find(|&&role| role != Role::Auditor)
    {
        return Some((Role::Auditor, other));
    }
    APART.into_iter().find(|(one, other)| roles.contains(one) && roles.contains(other))
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// Identity.
    pub id: StaffId,
    /// Full name.
    pub name: String,
    /// Organisation.
    pub organisation: Organisation,
    /// Roles.
    pub roles: Vec<Role>,
}

impl StaffMember {
    /// Whether one of the member's roles may do the act.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.roles.iter().any(|role| role.may(act))
    }
}
