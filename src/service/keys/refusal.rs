//! Why something about a key sheet is refused. Each reason is told before anything is stored, and has a code.

use crate::{
    service::rounds::RoundError,
    store::StoreError,
    survey::{holder::Mistyped, key_share::ShareError},
};

/// Why it is refused.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// One holder has a passphrase.
    #[error("the round has one holder, who has a passphrase and no key sheet; `trygg round make-key` makes it")]
    Single,
    /// No holder has this number.
    #[error("the round has no holder {0}; its plan names {1}, counted from 1")]
    NoHolder(u8, usize),
    /// The sheets are fixed.
    #[error("the round has its key, sealed to the sheets that its holders have; no sheet can be drawn anew")]
    KeyMade,
    /// The round is under way.
    #[error("sheets are taken and the key is made before the round opens")]
    TooLate,
    /// Somebody else has taken it.
    #[error("the sheet of {0} was taken by somebody else, who alone can draw it anew")]
    Taken(String),
    /// Two sheets for one person would make two of the holders one.
    #[error("you have the sheet of {0} already; one person never holds two of a round")]
    SamePerson(String),
    /// A slip in typing.
    #[error(transparent)]
    Mistyped(#[from] Mistyped),
    /// The sheet of somebody else.
    #[error("this is the sheet of {0}")]
    OtherHolder(String),
    /// Taken by another account.
    #[error("the sheet of {0} was taken by somebody else, who alone can use it here")]
    NotYours(String),
    /// The sheet of another round.
    #[error("this is a sheet of the round `{0}`")]
    OtherRound(String),
    /// A sheet of nobody.
    #[error("nobody has this sheet; perhaps it was drawn anew and this is the old one")]
    UnknownSheet,
    /// Sheets that were not typed back.
    #[error("not typed back yet: {}", .0.join(", "))]
    Unconfirmed(Vec<String>),
    /// There is nothing to try.
    #[error("the round has no sealed shares: its key is not made yet, or its envelopes are opened")]
    NoShares,
    /// Too early to destroy a sheet.
    #[error("a sheet is destroyed when the envelopes are opened and the tables rewritten, not before")]
    StillNeeded,
    /// The shares.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The round.
    #[error(transparent)]
    Round(#[from] RoundError),
}

impl KeyError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Single => "key_single_holder",
            Self::NoHolder(..) => "key_no_holder",
            Self::KeyMade => "key_made",
            Self::TooLate => "key_too_late",
            Self::Taken(_) => "sheet_taken",
            Self::SamePerson(_) => "sheet_same_person",
            Self::Mistyped(_) => "sheet_mistyped",
            Self::OtherHolder(_) => "sheet_other_holder",
            Self::NotYours(_) => "sheet_not_yours",
            Self::OtherRound(_) => "sheet_other_round",
            Self::UnknownSheet => "sheet_unknown",
            Self::Unconfirmed(_) => "sheets_unconfirmed",
            Self::NoShares => "key_no_shares",
            Self::StillNeeded => "sheet_still_needed",
            Self::Share(_) => "share_wrong",
            Self::Round(_) => "round_refused",
        }
    }
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        Self::Round(error.into())
    }
}
