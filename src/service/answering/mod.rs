//! The respondent's journey as the office sees it: a code starts a draft, pages save into it, sending
//! turns it into a checked sheet and takes it to the writer. Texts for people are not here: a
//! [`Refusal`] is a kind, the page finds the words.

mod draft;
mod open_link;
mod page;
mod post;
mod refusal;
mod save;
mod send;

use std::sync::Arc;

use chrono::NaiveDate;

pub use draft::{Standing, exit, standing, start, sweep};
pub use open_link::{Entrance, OpenLink, enter, open_link};
pub use page::{ItemView, PageView, page};
pub use post::{PostRefusal, PostedSheet, post};
pub use refusal::Refusal;
pub use save::{Next, Posted, save};
pub use send::{Receipt, receipt, send};

use super::{Office, live::Live};
use crate::{questionnaire::Stream, survey::round::Kind};

pub use crate::survey::draft::CookieKey;

/// What pages say about a round; the same for every respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundCard {
    /// Short name in addresses.
    pub slug: String,
    /// Real, test or demo.
    pub kind: Kind,
    /// Whom it asks.
    pub stream: Stream,
    /// Language tags in the version's order.
    pub languages: Vec<String>,
    /// Those of them whose questions nobody has reviewed.
    pub drafts: Vec<String>,
    /// Last day for starting, Stockholm.
    pub closes_on: NaiveDate,
    /// When results are expected.
    pub results_on: Option<NaiveDate>,
    /// Stated length in minutes.
    pub minutes: u16,
    /// Who asks.
    pub organisations: Vec<String>,
    /// Key holders as residents may read them.
    pub holders: Vec<String>,
    /// How many of them must meet.
    pub threshold: u8,
    /// Least answers behind a published figure.
    pub min_n: u32,
}

/// The door: who asks, and whether answers are taken.
#[derive(Debug, Clone)]
pub struct Front {
    /// Stands in titles; never the police.
    pub sender: String,
    /// What the door says.
    pub state: FrontState,
}

/// Whether answers are taken.
#[derive(Debug, Clone)]
pub enum FrontState {
    /// Takes new starts.
    Open(Arc<RoundCard>),
    /// Paused; drafts live on.
    Paused(Arc<RoundCard>),
    /// Nothing is open yet.
    NotYet {
        /// When the next round opens.
        opens_on: Option<NaiveDate>,
    },
    /// The last round has closed.
    Closed {
        /// When results are expected.
        results_on: Option<NaiveDate>,
        /// The round.
        card: Arc<RoundCard>,
    },
}

/// The door.
///
/// # Errors
/// [`Refusal::Busy`] when the database does not answer.
pub async fn front(office: &Office) -> Result<Front, Refusal> {
    office.live.front(office).await
}

/// Refuses where the round's stage takes no saving or sending.
fn takes_answers(live: &Live) -> Result<(), Refusal> {
    match live.stage.as_str() {
        "open" => Ok(()),
        "paused" => Err(Refusal::RoundPaused),
        _ => Err(Refusal::RoundClosed),
    }
}
