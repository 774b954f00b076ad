//! Ways out: the stop page (J7), deleting, the quick exit (J8) and the page that leads out (J9).

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode};

use super::{Frame, Visit, at, fault};
use crate::{
    questionnaire::Stream,
    service::answering::{self, Refusal, Standing},
    survey::round::Place,
    web::{
        csrf,
        extract::{Form, SMALL},
        i18n::Locale,
        pages::{Chrome, html, page, see_other},
        problem::Problem,
        session::{self, Visitor},
    },
};

page! { "respond/stop.html",
    /// J7: later, send, delete.
    pub struct StopPage {
        /// Around it.
        pub chrome: Chrome,
        /// Until when the draft is kept.
        pub later: String,
        /// What deleting means.
        pub delete: String,
        /// Back to the questions.
        pub back: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

page! { "respond/away.html",
    /// J9: a bare page that leads out by itself.
    pub struct AwayPage {
        /// The language.
        pub locale: Locale,
        /// Its title: the municipality, nothing else.
        pub title: String,
        /// The neutral address.
        pub address: String,
    }
}

/// Longest time that the quick exit waits for the database.
const EXIT_PATIENCE: Duration = Duration::from_secs(2);

/// J7.
///
/// # Errors
/// `internal`.
pub async fn stop(visit: Visit) -> Result<HttpResponse, Problem> {
    let key = match &visit.visitor {
        Visitor::Answering(key) => key,
        Visitor::Done(_) => return fault::answered(&visit).await,
        Visitor::Unknown | Visitor::Fresh => return Ok(see_other(visit.at(""))),
    };
    match answering::standing(&visit.state.office, key).await {
        Ok(Some(standing)) => {
            let frame = Frame::of_card(visit.locale, visit.sender().await, &standing.card, "/f/stop");
            html(StatusCode::OK, visit.locale, &stop_page(&frame, &standing, visit.token()))
        }
        Ok(None) => fault::refuse(&visit, "/stop", None, Refusal::DraftGone).await,
        Err(refusal) => fault::refuse(&visit, "/stop", None, refusal).await,
    }
}

/// The page of J7.
#[must_use]
pub fn stop_page(frame: &Frame, standing: &Standing, csrf: String) -> StopPage {
    let (locale, by_code) = (frame.locale, standing.card.stream == Stream::Resident);
    StopPage {
        chrome: frame.chrome(&locale.say("stop-title")),
        later: locale
            .fill(if by_code { "stop-later-text" } else { "stop-later-link" })
            .with("until", locale.date_and_time(standing.until))
            .to_string(),
        back: at(locale, &format!("/{}", standing.page)),
        delete: locale.say(if by_code { "stop-delete-text" } else { "stop-delete-link" }),
        csrf,
    }
}

/// Deletes the draft; the code stays unused.
///
/// # Errors
/// `forbidden`, `internal`.
pub async fn delete(visit: Visit, form: Form<SMALL>) -> Result<HttpResponse, Problem> {
    let Visitor::Answering(key) = &visit.visitor else { return Ok(see_other(visit.at(""))) };
    visit.check(&form)?;
    if let Err(refusal) = answering::exit(&visit.state.office, key).await {
        return fault::refuse(&visit, "/delete", Some(&form.0), refusal).await;
    }
    let place = session::place(&visit.cookie).map(|place| format!("?{place}")).unwrap_or_default();
    let mut response = see_other(visit.at(&format!("/deleted{place}")));
    response.add_cookie(&session::gone(session::RESPONDENT)).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}

/// Says that nothing is left.
///
/// # Errors
/// `internal`.
pub async fn deleted(visit: Visit) -> Result<HttpResponse, Problem> {
    let place = Some(visit.request.query_string()).filter(|place| Place::is_id(place));
    html(StatusCode::OK, visit.locale, &deleted_page(&fault::frame(&visit, "/deleted").await, place))
}

/// The page after deleting what a code began, or the open link of a `place`.
#[must_use]
pub fn deleted_page(frame: &Frame, place: Option<&str>) -> fault::MessagePage {
    let locale = frame.locale;
    let (address, text) = match place {
        Some(place) => (format!("/{}/p/{place}", locale.tag()), "deleted-link"),
        None => (at(locale, ""), "deleted-text"),
    };
    let start = (address, locale.say("start-over-link"));
    fault::message(frame, "deleted-title", &[locale.say(text)], vec![start])
}

/// J8: deletes the draft before it answers, takes the key away, leads out. Nothing may hold a person
/// here: when the database does not answer the key goes all the same, and without it the sealed draft
/// is noise that dies within a day.
///
/// # Errors
/// `forbidden`, `internal`.
pub async fn exit(visit: Visit, form: Form<SMALL>) -> Result<HttpResponse, Problem> {
    let mut response = see_other(visit.at("/x"));
    if matches!(visit.visitor, Visitor::Unknown) {
        // The second press of a double click comes without a cookie; there is nothing left to delete.
        csrf::check_origin(&visit.request, visit.state.public_url())?;
        return Ok(response);
    }
    visit.check(&form)?;
    if let Visitor::Answering(key) = &visit.visitor {
        let deleting = tokio::time::timeout(EXIT_PATIENCE, answering::exit(&visit.state.office, key));
        if !matches!(deleting.await, Ok(Ok(()))) {
            tracing::error!(event = "exit_draft_left");
        }
    }
    for name in [session::RESPONDENT, session::CODE] {
        response.add_cookie(&session::gone(name)).map_err(|error| Problem::internal(&error))?;
    }
    let value = actix_web::http::header::HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert(actix_web::http::header::HeaderName::from_static("clear-site-data"), value);
    Ok(response)
}

/// J9. A POST may not redirect to another site (`form-action 'self'`), hence this stop on the way.
///
/// # Errors
/// `internal`.
pub async fn away(visit: Visit) -> Result<HttpResponse, Problem> {
    let address = visit.state.office.settings.exit_url.clone();
    html(StatusCode::OK, visit.locale, &AwayPage { locale: visit.locale, title: visit.sender().await, address })
}
