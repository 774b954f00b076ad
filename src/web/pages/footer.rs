//! The footer's pages: accessibility, cookies, personal data. They say what is so today and claim
//! nothing that has not been examined.

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use super::{Chrome, html, page, respond::Frame};
use crate::{
    service::answering::{self, Front, FrontState},
    web::{extract::Lang, i18n::Locale, problem::Problem, state::State},
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
pub async fn accessibility(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let (locale, sender) = (lang.0, sender(&state).await);
    html(StatusCode::OK, locale, &accessibility_page(locale, sender))
}

/// `/{lang}/cookies`.
///
/// # Errors
/// `internal`.
pub async fn cookies(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let (locale, sender) = (lang.0, sender(&state).await);
    html(StatusCode::OK, locale, &cookies_page(locale, sender))
}

/// `/{lang}/privacy`.
///
/// # Errors
/// `internal`.
pub async fn privacy(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let front = answering::front(&state.office).await.ok();
    html(StatusCode::OK, lang.0, &privacy_page(lang.0, front.as_ref()))
}

/// These pages need nothing of the database, so they are shown without a name when it is gone.
async fn sender(state: &State) -> String {
    answering::front(&state.office).await.map(|front| front.sender).unwrap_or_default()
}

fn text(locale: Locale, sender: String, path: &str, title: String, paragraphs: Vec<String>) -> TextPage {
    TextPage { chrome: Frame::bare(locale, sender, path).chrome(&title), title, paragraphs, onward: None }
}

/// The page on accessibility.
#[must_use]
pub fn accessibility_page(locale: Locale, sender: String) -> TextPage {
    let paragraphs =
        vec![locale.say("accessibility-aim"), locale.say("accessibility-state"), locale.say("accessibility-feedback")];
    text(locale, sender, "/accessibility", locale.say("accessibility-title"), paragraphs)
}

/// The page on cookies.
#[must_use]
pub fn cookies_page(locale: Locale, sender: String) -> TextPage {
    let paragraphs = vec![
        locale.say("cookies-why"),
        locale.say("cookies-answers"),
        locale.say("cookies-code"),
        locale.say("cookies-staff"),
    ];
    text(locale, sender, "/cookies", locale.say("cookies-title"), paragraphs)
}

/// The page on personal data.
#[must_use]
pub fn privacy_page(locale: Locale, front: Option<&Front>) -> TextPage {
    let card = match front.map(|front| &front.state) {
        Some(FrontState::Open(card) | FrontState::Paused(card) | FrontState::Closed { card, .. }) => Some(card),
        _ => None,
    };
    let who = match card.filter(|card| !card.organisations.is_empty()) {
        Some(card) => locale.fill("privacy-who").with("organisations", locale.list(&card.organisations)).to_string(),
        None => locale.say("privacy-who-letter"),
    };
    let sender = front.map(|front| front.sender.clone()).unwrap_or_default();
    let paragraphs = vec![who, locale.say("privacy-answers"), locale.say("privacy-kept")];
    let mut page = text(locale, sender, "/privacy", locale.say("privacy-title"), paragraphs);
    page.onward = Some((format!("/{}/f/promise", locale.tag()), locale.say("privacy-more")));
    page
}
