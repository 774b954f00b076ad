//! Identities. Which version of UUID an identity has is part of the promise of anonymity: what a
//! respondent's act makes is v4 (random), because a v7 holds the millisecond of its birth.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The identity as a plain UUID, for binding and printing.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )* };
}

ids! {
    /// A round (v7: staff make it).
    RoundId;
    /// An invitation (v4).
    InvitationId;
    /// An opened response (v4, drawn at the opening).
    ResponseId;
    /// The envelopes of one commit batch (v4).
    BagId;
    /// A member of staff (v7).
    StaffId;
    /// One submission of one respondent (v4; from the form it is derived from the cookie's key).
    SubmissionId;
}
