//! The open link of a place (J15): the start page without a code, and how one begins there. From the
//! first page of the form on, the way is everybody's.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};

use super::{Frame, Visit, fault, start, texts, with_error};
use crate::{
    service::answering::{self, Entrance, FrontState, OpenLink, Refusal, RoundCard, Standing},
    survey::round::Place,
    web::{
        extract::{ENTRY, Form},
        limits::{Rate, network},
        pages::{Chrome, html, page, see_other},
        problem::{Problem, ProblemKind},
        session::{self, Visitor},
    },
};

page! { "respond/open.html",
    /// J15.
    pub struct OpenPage {
        /// Around it.
        pub chrome: Chrome,
        /// "Enkät – Luleå kommun".
        pub name: String,
        /// From which age on one may answer.
        pub age: String,
        /// Where, who asks, how long it takes, until when.
        pub facts: Vec<String>,
        /// An unfinished draft in this browser: the sentence, and where it goes on.
        pub unfinished: Option<(String, String)>,
        /// Why it did not begin.
        pub error: Option<String>,
        /// Where the form goes.
        pub action: String,
        /// What the worker answers.
        pub challenge: String,
        /// Token of the form.
        pub csrf: String,
    }
}

/// The address of the QR code, to the reader's language.
///
/// # Errors
/// `not_found` for what can be no place's id, and so no part of an address of ours.
pub async fn letter(request: HttpRequest, place: Path<String>) -> Result<HttpResponse, Problem> {
    if !Place::is_id(&place) {
        return Err(ProblemKind::NotFound.into());
    }
    Ok(start::to_language(&request, &home(&place)))
}

/// J15.
///
/// # Errors
/// `not_found`, `internal`.
pub async fn show(visit: Visit, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let network = network(&visit.request, &visit.state.office.settings.trusted_proxies);
    if let Some(Err(wait)) = network.map(|network| visit.state.limits.take(Rate::Front, &network)) {
        return fault::too_many(&visit, "", None, wait).await;
    }
    answer(&visit, &path.1, StatusCode::OK, None).await
}

/// J15 of `place` once more, with what is wrong (a key of the locales).
///
/// # Errors
/// `not_found`, `internal`.
pub async fn again(visit: &Visit, place: &str, error: &str) -> Result<HttpResponse, Problem> {
    answer(visit, place, StatusCode::UNPROCESSABLE_ENTITY, Some(visit.locale.say(error))).await
}

async fn answer(
    visit: &Visit,
    place: &str,
    status: StatusCode,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let link = match answering::open_link(&visit.state.office, place).await {
        Ok(link) => link.ok_or(ProblemKind::NotFound)?,
        Err(refusal) => return Box::pin(fault::refuse(visit, "", None, refusal)).await,
    };
    let home = home(place);
    let frame = Frame::of_front(visit.locale, &link.front, &home);
    if let Some(locale) = frame.instead() {
        return Ok(see_other(format!("/{}{home}", locale.tag())));
    }
    let standing = start::standing(visit).await;
    let FrontState::Open(card) = &link.front.state else {
        return html(status, visit.locale, &start::shut_page(&frame, &link.front, standing.as_ref()));
    };
    start::with_cookie(visit, status, |csrf| open_page(&frame, &link, card, standing.as_ref(), error, csrf))
}

/// The address of `place` without its language.
fn home(place: &str) -> String {
    format!("/p/{place}")
}

/// J15 of an open round.
#[must_use]
pub fn open_page(
    frame: &Frame,
    link: &OpenLink,
    card: &RoundCard,
    standing: Option<&Standing>,
    error: Option<String>,
    csrf: String,
) -> OpenPage {
    let locale = frame.locale;
    let mut facts = vec![locale.fill("link-place").with("place", link.place.clone()).to_string()];
    facts.extend(start::facts(locale, card, "link-voluntary"));
    let chrome = frame.chrome("");
    OpenPage {
        chrome: if error.is_some() { with_error(chrome) } else { chrome },
        name: frame.name(),
        age: locale.fill("link-age").with("age", link.youngest).to_string(),
        facts,
        unfinished: standing.map(|standing| start::unfinished(locale, standing)),
        error,
        action: format!("/{}{}", locale.tag(), frame.path),
        challenge: link.challenge.clone(),
        csrf,
    }
}

/// Begins a draft at the place. Without the proof of work it goes too, ten times an hour from a network.
///
/// # Errors
/// `forbidden`, `not_found`, `internal`.
pub async fn begin(visit: Visit, path: Path<(String, String)>, form: Form<ENTRY>) -> Result<HttpResponse, Problem> {
    let place = path.1.as_str();
    if matches!(visit.visitor, Visitor::Unknown) {
        return again(&visit, place, "error-cookies-off").await;
    }
    visit.check(&form)?;
    let field = |name| form.value(name).unwrap_or_default();
    let proof = Some((field("challenge"), field("number"))).filter(|(_, number)| !number.is_empty());
    let rates: &[Rate] = if proof.is_some() { &[Rate::OpenLink] } else { &[Rate::OpenLink, Rate::Unproven] };
    if let Some(network) = network(&visit.request, &visit.state.office.settings.trusted_proxies)
        && let Err(wait) = rates.iter().try_for_each(|rate| visit.state.limits.take(*rate, &network))
    {
        return fault::too_many(&visit, "", Some(&form.0), wait).await;
    }
    let key = session::new_key().map_err(|error| Problem::internal(&error))?;
    let entrance = Entrance { proof, decoy: !field("note").is_empty() };
    match answering::enter(&visit.state.office, place, entrance, &key).await {
        Ok(first) => start::begun(&visit, session::of_key_at(&key, place), &first).await,
        Err(Refusal::Unproven) => again(&visit, place, "error-link-old").await,
        Err(refusal) => fault::refuse(&visit, "", Some(&form.0), refusal).await,
    }
}

/// What is promised to those who answer at the place.
///
/// # Errors
/// `not_found`, `internal`.
pub async fn promise(visit: Visit, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    match answering::open_link(&visit.state.office, &path.1).await {
        Ok(link) => {
            let front = link.ok_or(ProblemKind::NotFound)?.front;
            let frame = Frame::of_front(visit.locale, &front, &format!("{}/promise", home(&path.1)));
            html(StatusCode::OK, visit.locale, &texts::promise_page(&frame, texts::card(&front)))
        }
        Err(refusal) => fault::refuse(&visit, "/promise", None, refusal).await,
    }
}
