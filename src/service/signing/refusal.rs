//! Why a candidate is not signed or refused: each reason with its stable code.

use crate::{
    service::{
        releasing::{Ended, ReleaseError},
        staff::StaffError,
    },
    store::StoreError,
    survey::staff::Organisation,
};

/// Why a candidate is not signed or refused.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// No candidate has this id.
    #[error("no release that waits for sign-off has the id `{0}`")]
    Unknown(String),
    /// The member is no releaser.
    #[error("only a releaser signs a release off (role releaser)")]
    Role,
    /// The member's organisation is not asked.
    #[error("{} is not among those that sign this release (signing_organisations)", .0.key())]
    NotAsked(Organisation),
    /// Who composed it does not sign it.
    #[error("whoever composed a release does not sign it off: ask a colleague")]
    Composer,
    /// The organisation has spoken.
    #[error("{} has signed already", .0.key())]
    Signed(Organisation),
    /// The person has spoken, for another organisation.
    #[error("you have signed this release for another organisation; one person never signs for two")]
    SamePerson,
    /// It cannot be signed any more.
    #[error("{}", ended(*.0))]
    Ended(Ended),
    /// The hash that was seen is another.
    #[error("the body that was shown has another SHA-256 than the one that waits ({0}); look at it again")]
    OtherBody(String),
    /// A refusal without a reason.
    #[error("a refusal says why")]
    NoReason,
    /// The password is wrong.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Making it public.
    #[error(transparent)]
    Release(#[from] ReleaseError),
}

impl SigningError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "candidate_unknown",
            Self::Role => "role_missing",
            Self::NotAsked(_) => "organisation_not_asked",
            Self::Composer => "own_composition",
            Self::Signed(_) => "organisation_signed",
            Self::SamePerson => "same_person",
            Self::Ended(Ended::Released) => "candidate_released",
            Self::Ended(Ended::Refused) => "candidate_refused",
            Self::Ended(Ended::Stale) => "candidate_stale",
            Self::Ended(Ended::Replaced) => "candidate_replaced",
            Self::Ended(Ended::Expired) => "candidate_expired",
            Self::OtherBody(_) => "body_differs",
            Self::NoReason => "reason_missing",
            Self::Staff(_) => "password_wrong",
            Self::Release(_) => "release_refused",
        }
    }
}

const fn ended(how: Ended) -> &'static str {
    match how {
        Ended::Released => "all have signed: the release is public",
        Ended::Refused => "the release was refused; compose it again",
        Ended::Stale => "another release of the questionnaire came first, which the gate must know; compose it again",
        Ended::Replaced => "the release was composed anew; sign that one",
        Ended::Expired => "it was not signed by all within 14 days; compose it again",
    }
}

impl From<StoreError> for SigningError {
    fn from(error: StoreError) -> Self {
        Self::Release(error.into())
    }
}
