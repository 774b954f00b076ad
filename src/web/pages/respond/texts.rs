//! What residents are told: the promise (J12, trust.md section 4, exact) and help numbers (J13).

use actix_web::{HttpResponse, http::StatusCode};

use super::{Frame, Visit};
use crate::{
    questionnaire::Stream,
    service::answering::{Front, FrontState, RoundCard},
    web::{
        i18n::Locale,
        pages::{Chrome, html, page},
        problem::Problem,
    },
};

page! { "respond/promise.html",
    /// J12.
    pub struct PromisePage {
        /// Around it.
        pub chrome: Chrome,
        /// Rows 1 to 7; without a round, why there are none.
        pub rows: Vec<String>,
        /// What cannot be protected against.
        pub limits: Vec<String>,
        /// On answering on paper.
        pub paper: Option<String>,
    }
}

page! { "respond/help.html",
    /// J13.
    pub struct HelpPage {
        /// Around it.
        pub chrome: Chrome,
        /// Who, and the number as it is printed.
        pub numbers: Vec<(String, &'static str)>,
    }
}

/// J12.
///
/// # Errors
/// `internal`.
pub async fn promise(visit: Visit) -> Result<HttpResponse, Problem> {
    let front = visit.front().await;
    let frame = frame(&visit, front.as_ref(), "/f/promise");
    html(StatusCode::OK, visit.locale, &promise_page(&frame, front.as_ref().and_then(card)))
}

/// What pages say of the round that the door shows.
#[must_use]
pub fn card(front: &Front) -> Option<&RoundCard> {
    match &front.state {
        FrontState::Open(card) | FrontState::Paused(card) | FrontState::Closed { card, .. } => Some(card.as_ref()),
        FrontState::NotYet { .. } => None,
    }
}

/// J13.
///
/// # Errors
/// `internal`.
pub async fn help(visit: Visit) -> Result<HttpResponse, Problem> {
    let front = visit.front().await;
    html(StatusCode::OK, visit.locale, &help_page(&frame(&visit, front.as_ref(), "/f/help")))
}

/// Around a page that needs no round: these pages open without a database, only without a name.
#[must_use]
pub fn frame(visit: &Visit, front: Option<&Front>, path: &str) -> Frame {
    match front {
        Some(front) => Frame::of_front(visit.locale, front, path),
        None => Frame::bare(visit.locale, String::new(), path),
    }
}

/// The page of J12. With one key holder it says so, because one person's promise is another promise.
#[must_use]
pub fn promise_page(frame: &Frame, card: Option<&RoundCard>) -> PromisePage {
    let locale = frame.locale;
    let chrome = frame.chrome(&locale.say("promise-title"));
    let Some(card) = card else {
        return PromisePage { chrome, rows: vec![locale.say("promise-no-round")], limits: Vec::new(), paper: None };
    };
    let (first, mixed, more) = match card.stream {
        Stream::Resident => ("promise-1", "promise-3", "promise-4"),
        Stream::Stay => ("promise-1-link", "promise-3-link", "promise-4-link"),
    };
    PromisePage {
        chrome,
        rows: vec![
            locale.say(first),
            opening(locale, card),
            locale.say(mixed),
            locale.say(more),
            locale.say("promise-5"),
            locale.say("promise-6"),
            locale.fill("promise-7").with("least", card.min_n).to_string(),
        ],
        limits: limits(locale, card),
        paper: (card.stream == Stream::Resident).then(|| locale.say("promise-paper")),
    }
}

/// Row 2 of the promise: who can open the envelopes.
pub(in crate::web::pages) fn opening(locale: Locale, card: &RoundCard) -> String {
    let holders = locale.list(&card.holders);
    let told = if card.holders.len() == 1 {
        locale.fill("promise-2-single")
    } else {
        locale.fill("promise-2").with("threshold", card.threshold).with("count", card.holders.len())
    };
    told.with("holders", holders).to_string()
}

/// What cannot be protected against.
pub(in crate::web::pages) fn limits(locale: Locale, card: &RoundCard) -> Vec<String> {
    vec![
        locale.say("promise-limit-screen"),
        locale.say("promise-limit-program"),
        locale.fill("promise-limit-holders").with("threshold", card.threshold).to_string(),
        locale.say("promise-limit-rare"),
    ]
}

/// The page of J13. The numbers are people.md 1.6, to be confirmed by a person before each opening.
#[must_use]
pub fn help_page(frame: &Frame) -> HelpPage {
    let locale = frame.locale;
    HelpPage {
        chrome: frame.chrome(&locale.say("help-title")),
        numbers: vec![
            (locale.say("help-emergency"), "112"),
            (locale.say("help-police"), "114 14"),
            (locale.say("help-victims"), "116 006"),
            (locale.say("help-women"), "020-50 50 50"),
            (locale.say("help-men"), "020-80 80 80"),
            (locale.say("help-trans"), "020-55 00 00"),
            (locale.say("help-children"), "116 111"),
        ],
    }
}

impl HelpPage {
    /// The number as a telephone dials it.
    #[must_use]
    pub fn dial(number: &str) -> String {
        number.chars().filter(char::is_ascii_digit).collect()
    }
}
