//! The footer's pages: accessibility, cookies, personal data. They say what is so today and claim
//! nothing that has not been examined.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    Chrome, html, page,
    respond::{Frame, Visit, texts},
};
use crate::{
    service::answering::{Front, FrontState},
    web::problem::Problem,
};

page! { "site/text.html",
    /// A page of paragraphs.
    pub struct TextPage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Paragraphs.
        pub paragraphs: Vec<String>,
        /// Where to read on: address and words.
        pub onward: Option<(String, String)>,
    }
}

/// `/{lang}/accessibility`.
///
/// # Errors
/// `internal`.
pub async fn accessibility(visit: Visit) -> Result<HttpResponse, Problem> {
    let frame = texts::frame(&visit, visit.front().await.as_ref(), "/accessibility");
    html(StatusCode::OK, visit.locale, &accessibility_page(&frame))
}

/// `/{lang}/cookies`.
///
/// # Errors
/// `internal`.
pub async fn cookies(visit: Visit) -> Result<HttpResponse, Problem> {
    let frame = texts::frame(&visit, visit.front().await.as_ref(), "/cookies");
    html(StatusCode::OK, visit.locale, &cookies_page(&frame))
}

/// `/{lang}/privacy`.
///
/// # Errors
/// `internal`.
pub async fn privacy(visit: Visit) -> Result<HttpResponse, Problem> {
    let front = visit.front().await;
    let frame = texts::frame(&visit, front.as_ref(), "/privacy");
    html(StatusCode::OK, visit.locale, &privacy_page(&frame, front.as_ref()))
}

fn text(frame: &Frame, title: String, paragraphs: Vec<String>) -> TextPage {
    TextPage { chrome: frame.chrome(&title), title, paragraphs, onward: None }
}

/// The page on accessibility.
#[must_use]
pub fn accessibility_page(frame: &Frame) -> TextPage {
    let locale = frame.locale;
    let paragraphs =
        vec![locale.say("accessibility-aim"), locale.say("accessibility-state"), locale.say("accessibility-feedback")];
    text(frame, locale.say("accessibility-title"), paragraphs)
}

/// The page on cookies.
#[must_use]
pub fn cookies_page(frame: &Frame) -> TextPage {
    let locale = frame.locale;
    let paragraphs = vec![
        locale.say("cookies-why"),
        locale.say("cookies-answers"),
        locale.say("cookies-code"),
        locale.say("cookies-staff"),
    ];
    text(frame, locale.say("cookies-title"), paragraphs)
}

/// The page on personal data.
#[must_use]
pub fn privacy_page(frame: &Frame, front: Option<&Front>) -> TextPage {
    let locale = frame.locale;
    let card = match front.map(|front| &front.state) {
        Some(FrontState::Open(card) | FrontState::Paused(card) | FrontState::Closed { card, .. }) => Some(card),
        _ => None,
    };
    let who = match card.filter(|card| !card.organisations.is_empty()) {
        Some(card) => locale.fill("privacy-who").with("organisations", locale.list(&card.organisations)).to_string(),
        None => locale.say("privacy-who-letter"),
    };
    let paragraphs = vec![who, locale.say("privacy-answers"), locale.say("privacy-kept")];
    let mut page = text(frame, locale.say("privacy-title"), paragraphs);
    page.onward = Some((format!("/{}/f/promise", locale.tag()), locale.say("privacy-more")));
    page
}
