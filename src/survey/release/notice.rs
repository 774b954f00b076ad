//! What has to be said of a release wherever it stands. The words for it are not here.

use super::Figures;
use crate::survey::round::Kind;

/// What is not yet true of a release, said on every page and in every file of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Made-up answers.
    Demo,
    /// Only the smallest n and the rounding guard against disclosure.
    PartialGate,
    /// Every answer counts alike.
    Unweighted,
    /// Made before releases were signed.
    Unsigned,
}

impl Notice {
    /// Key in files and of the text.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Demo => "Demodata",
            Self::PartialGate => "only_minimum_n_and_rounding_applied",
            Self::Unweighted => "unweighted_answers",
            Self::Unsigned => "unsigned",
        }
    }
}

impl Figures {
    /// What has to be said of it everywhere.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.head.kind == Kind::Demo {
            notices.push(Notice::Demo);
        }
        if !self.head.gate.not_applied.is_empty() {
            notices.push(Notice::PartialGate);
        }
        if self.head.key.scheme == "none" {
            notices.push(Notice::Unweighted);
        }
        if self.head.origin.is_none() {
            notices.push(Notice::Unsigned);
        }
        notices
    }
}
