//! The footer's pages: accessibility, cookies, personal data. They say what is so today and claim
//! nothing that has not been examined.

mod accessibility;
mod privacy;

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use super::{Chrome, html, page, respond::Frame};
use crate::{
    service::answering,
    web::{extract::Lang, i18n::Locale, problem::Problem, state::State},
};

pub use accessibility::page as accessibility_page;
pub use privacy::page as privacy_page;

page! { "site/text.html",
    /// A page of sections.
    pub struct TextPage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Paragraphs before the first section.
        pub lead: Vec<String>,
        /// Sections.
        pub sections: Vec<Section>,
    }
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// A list after them.
    pub items: Vec<String>,
    /// Where to read on: address and words.
    pub onward: Option<(String, String)>,
}

/// `/{lang}/accessibility`.
///
/// # Errors
/// `internal`.
pub async fn accessibility(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let (sender, contact) = (sender(&state).await, &state.office.settings.contact);
    let page = accessibility_page(lang.0, sender, state.public_url(), contact)?;
    html(StatusCode::OK, lang.0, &page)
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
    html(StatusCode::OK, lang.0, &privacy_page(lang.0, front.as_ref(), &state.office.settings.contact))
}

/// These pages need nothing of the database, so they are shown without a name when it is gone.
async fn sender(state: &State) -> String {
    answering::front(&state.office).await.map(|front| front.sender).unwrap_or_default()
}

fn text(locale: Locale, sender: String, path: &str, title: String) -> TextPage {
    let chrome = Frame::bare(locale, sender, path).chrome(&title);
    TextPage { chrome, title, lead: Vec::new(), sections: Vec::new() }
}

/// The page on cookies.
#[must_use]
pub fn cookies_page(locale: Locale, sender: String) -> TextPage {
    let mut page = text(locale, sender, "/cookies", locale.say("cookies-title"));
    page.lead = vec![
        locale.say("cookies-why"),
        locale.say("cookies-answers"),
        locale.say("cookies-code"),
        locale.say("cookies-staff"),
    ];
    page
}
