//! Why a respondent cannot go on: kinds, without words for people and without numbers of HTTP.

use crate::{service::catalogue::CatalogueError, store::StoreError};

/// Why a respondent cannot go on here.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Mistyped or unknown: the two are told apart nowhere.
    #[error("the code is not right")]
    CodeWrong,
    /// Another submission has spent the code.
    #[error("the code is used")]
    CodeUsed,
    /// Items of the page that got what they do not offer.
    #[error("unknown option")]
    OptionUnknown {
        /// Ids of those items.
        items: Vec<String>,
    },
    /// The one item that has to be answered is not: what is told stands on it.
    #[error("not answered")]
    Unanswered {
        /// Its id.
        item: String,
    },
    /// No proof of work that holds, or one that was used.
    #[error("not proven")]
    Unproven,
    /// Sent sooner than anybody reads.
    #[error("too soon")]
    TooSoon {
        /// Whole seconds until it may be sent.
        wait: u32,
    },
    /// The questionnaire has no such page.
    #[error("no such page")]
    PageUnknown,
    /// The page is hidden or ahead.
    #[error("not on the route")]
    OffRoute {
        /// Where the respondent stands.
        page: String,
    },
    /// No draft under this cookie, or it is older than it may be.
    #[error("no draft")]
    DraftGone,
    /// The round takes no answers any more.
    #[error("the round is closed")]
    RoundClosed,
    /// The round is paused.
    #[error("the round is paused")]
    RoundPaused,
    /// Nothing was stored; trying again may succeed.
    #[error("busy")]
    Busy,
    /// Anything else; the cause goes to the log only.
    #[error("{0}")]
    Internal(String),
}

impl Refusal {
    pub(in crate::service) fn of(error: &StoreError) -> Self {
        if error.is_unavailable() { Self::Busy } else { Self::Internal(error.to_string()) }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::of(&error)
    }
}

impl From<CatalogueError> for Refusal {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Store(error) => error.into(),
            other => Self::Internal(other.to_string()),
        }
    }
}
