//! The footer's pages: accessibility, cookies, personal data. They say what is so today and claim
//! nothing that has not been examined.

mod accessibility;
mod privacy;

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    Chrome, html, page,
    respond::{Frame, Visit, texts},
};
use crate::web::problem::Problem;

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
pub async fn accessibility(visit: Visit) -> Result<HttpResponse, Problem> {
    let frame = texts::frame(&visit, visit.front().await.as_ref(), "/accessibility");
    let contact = &visit.state.office.settings.contact;
    html(StatusCode::OK, visit.locale, &accessibility_page(&frame, visit.state.public_url(), contact)?)
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
    let contact = &visit.state.office.settings.contact;
    html(StatusCode::OK, visit.locale, &privacy_page(&frame, front.as_ref(), contact))
}

fn text(frame: &Frame, title: String) -> TextPage {
    TextPage { chrome: frame.chrome(&title), title, lead: Vec::new(), sections: Vec::new() }
}

/// The page on cookies.
#[must_use]
pub fn cookies_page(frame: &Frame) -> TextPage {
    let locale = frame.locale;
    let mut page = text(frame, locale.say("cookies-title"));
    page.lead = vec![
        locale.say("cookies-why"),
        locale.say("cookies-answers"),
        locale.say("cookies-code"),
        locale.say("cookies-staff"),
    ];
    page
}
