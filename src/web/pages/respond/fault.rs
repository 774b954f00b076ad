//! Refusals in words: people.md 1.5 and J11.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};

use super::{Frame, Visit, at, open, start, texts};
use crate::{
    service::answering::Refusal,
    web::{
        csrf,
        limits::Wait,
        pages::{Chrome, html, page},
        problem::{Problem, ProblemKind},
        session,
    },
};

page! { "respond/message.html",
    /// A heading, a few sentences, a way onward.
    pub struct MessagePage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Sentences.
        pub texts: Vec<String>,
        /// Ways onward: address and words.
        pub onward: Vec<(String, String)>,
    }
}

page! { "respond/busy.html",
    /// Nothing was stored; what was posted is kept in the page, to be sent again.
    pub struct BusyPage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// What happened.
        pub text: String,
        /// Where the form goes.
        pub action: String,
        /// Whether it is a POST again, or a page to be fetched again.
        pub posted: bool,
        /// Everything that was posted.
        pub fields: Vec<(String, String)>,
    }
}

/// Seconds after which a busy service is asked again.
const RETRY_AFTER: Wait = 5;

/// The fields of a refused form, with a fresh token in place of the old one.
#[must_use]
pub fn kept(fields: &[(String, String)], token: String) -> Vec<(String, String)> {
    let others = fields.iter().filter(|(name, _)| name != csrf::FIELD).cloned();
    std::iter::once((csrf::FIELD.to_owned(), token)).chain(others).collect()
}

/// Answers `refusal` to a request for `path` (below `/{lang}/f`). `posted` holds the fields of a form.
///
/// # Errors
/// `internal`, `not_found`.
pub async fn refuse(
    visit: &Visit,
    path: &str,
    posted: Option<&[(String, String)]>,
    refusal: Refusal,
) -> Result<HttpResponse, Problem> {
    match refusal {
        Refusal::CodeUsed => used(visit).await,
        Refusal::RoundClosed => told(visit, "closed-title", "error-round-closed").await,
        Refusal::RoundPaused => told(visit, "paused-title", "error-round-paused").await,
        Refusal::CodeWrong => start::again(visit, "error-code-wrong", "").await,
        Refusal::DraftGone => match session::place(&visit.cookie) {
            Some(place) => open::again(visit, place, "error-link-gone").await,
            None => start::again(visit, "error-draft-gone", "").await,
        },
        Refusal::TooSoon { wait } => too_soon(visit, path, posted, wait).await,
        Refusal::Busy => busy(visit, path, posted).await,
        Refusal::OffRoute { page } => Ok(crate::web::pages::see_other(visit.at(&format!("/{page}")))),
        Refusal::PageUnknown | Refusal::OptionUnknown { .. } | Refusal::Unanswered { .. } | Refusal::Unproven => {
            Err(ProblemKind::NotFound.into())
        }
        Refusal::Internal(cause) => Err(Problem::internal(&cause)),
    }
}

/// Around a message at `path` (below the visit's home).
pub(super) async fn frame(visit: &Visit, path: &str) -> Frame {
    texts::frame(visit, visit.front().await.as_ref(), &format!("{}{path}", visit.home))
}

/// A message about the round as a whole.
async fn told(visit: &Visit, title: &str, text: &str) -> Result<HttpResponse, Problem> {
    let page = message(&frame(visit, "").await, title, &[visit.locale.say(text)], Vec::new());
    html(StatusCode::CONFLICT, visit.locale, &page)
}

/// J11: no time, no channel, no hint who used the code.
async fn used(visit: &Visit) -> Result<HttpResponse, Problem> {
    let page = used_page(&frame(visit, "").await);
    let mut response = html(StatusCode::CONFLICT, visit.locale, &page)?;
    response.add_cookie(&session::gone(session::CODE)).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}

/// The page of J11.
#[must_use]
pub fn used_page(frame: &Frame) -> MessagePage {
    let help = (at(frame.locale, "/help"), frame.locale.say("footer-help"));
    message(frame, "error-code-used", &[frame.locale.say("used-text")], vec![help])
}

/// What the pages of the form show once answers are sent.
///
/// # Errors
/// `internal`.
pub async fn answered(visit: &Visit) -> Result<HttpResponse, Problem> {
    html(StatusCode::OK, visit.locale, &answered_page(&frame(visit, "").await))
}

/// "Du har redan svarat".
#[must_use]
pub fn answered_page(frame: &Frame) -> MessagePage {
    let receipt = (at(frame.locale, "/receipt"), frame.locale.say("answered-receipt"));
    message(frame, "answered-title", &[frame.locale.say("answered-text")], vec![receipt])
}

/// A page with the text `title` as heading.
#[must_use]
pub fn message(frame: &Frame, title: &str, texts: &[String], onward: Vec<(String, String)>) -> MessagePage {
    let title = frame.locale.say(title);
    MessagePage { chrome: frame.chrome(&title), title, texts: texts.to_vec(), onward }
}

async fn busy(visit: &Visit, path: &str, posted: Option<&[(String, String)]>) -> Result<HttpResponse, Problem> {
    let title = visit.locale.say("busy-title");
    let page = retry(visit, path, posted, title, visit.locale.say("error-busy")).await;
    after(html(StatusCode::SERVICE_UNAVAILABLE, visit.locale, &page)?, RETRY_AFTER)
}

/// Over a draft's rate: like busy, so that nothing typed is lost.
///
/// # Errors
/// `internal`.
pub async fn too_many(
    visit: &Visit,
    path: &str,
    posted: Option<&[(String, String)]>,
    wait: Wait,
) -> Result<HttpResponse, Problem> {
    let title = visit.locale.say("too-many-title");
    let page = retry(visit, path, posted, title, visit.locale.say("error-too-many")).await;
    after(html(StatusCode::TOO_MANY_REQUESTS, visit.locale, &page)?, wait)
}

/// Sent sooner than anybody reads: what is saved stays, and the same button sends it in a moment.
async fn too_soon(
    visit: &Visit,
    path: &str,
    posted: Option<&[(String, String)]>,
    wait: Wait,
) -> Result<HttpResponse, Problem> {
    let title = visit.locale.say("too-soon-title");
    let text = visit.locale.fill("error-too-soon").with("seconds", wait).to_string();
    let page = retry(visit, path, posted, title, text).await;
    after(html(StatusCode::TOO_MANY_REQUESTS, visit.locale, &page)?, wait)
}

async fn retry(
    visit: &Visit,
    path: &str,
    posted: Option<&[(String, String)]>,
    title: String,
    text: String,
) -> BusyPage {
    // What was chosen on a page is kept across languages as well; a code is typed again.
    let page = posted.and_then(|fields| fields.iter().find(|(name, _)| name == "page"));
    let saving = page.map(|(_, page)| visit.at(&format!("/{page}")));
    BusyPage {
        chrome: Chrome { saving, ..frame(visit, path).await.chrome(&title) },
        title,
        text,
        action: visit.at(path),
        posted: posted.is_some(),
        fields: posted.map(|fields| kept(fields, visit.token())).unwrap_or_default(),
    }
}

/// Says when to come back.
fn after(mut response: HttpResponse, seconds: Wait) -> Result<HttpResponse, Problem> {
    let value = header::HeaderValue::from_str(&seconds.to_string()).map_err(|error| Problem::internal(&error))?;
    response.headers_mut().insert(header::RETRY_AFTER, value);
    Ok(response)
}
