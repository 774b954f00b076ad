//! The door: the letter's address (J1), the start page (J2), the QR code (J3), the code (J4).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use askama::Template;

use super::{Frame, Visit, fault, with_error};
use crate::{
    service::answering::{self, Front, FrontState, Refusal, RoundCard, Standing},
    survey::invitation::Code,
    web::{
        extract::{ENTRY, Form},
        i18n::{Locale, negotiate},
        limits::{Rate, network},
        pages::{Chrome, html, page, see_other},
        problem::Problem,
        session::{self, Visitor},
        state::State,
    },
};

page! { "respond/start.html",
    /// J2.
    pub struct StartPage {
        /// Around it.
        pub chrome: Chrome,
        /// "Enkät – Luleå kommun".
        pub name: String,
        /// Who asks, how long it takes, until when.
        pub facts: Vec<String>,
        /// An unfinished draft in this browser: the sentence, and where it goes on.
        pub unfinished: Option<(String, String)>,
        /// What is wrong with the code, or with the cookies.
        pub error: Option<String>,
        /// The code as typed or scanned.
        pub code: String,
        /// Where the form goes.
        pub action: String,
        /// Token of the form.
        pub csrf: String,
    }
}

/// J1: the letter's address, to the reader's language.
pub async fn letter(request: HttpRequest) -> HttpResponse {
    to_language(&request, "/f")
}

/// To `path` in the reader's language.
pub fn to_language(request: &HttpRequest, path: &str) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut response = see_other(format!("/{}{path}", negotiate(accepted, |_| true).tag()));
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept-Language"));
    response
}

/// J3: checks the check character, keeps the code for 15 minutes, spends nothing: previews of links
/// open them.
///
/// # Errors
/// `internal`.
pub async fn scan(request: HttpRequest, code: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let mut response = to_language(&request, "/f");
    if let Ok(code) = Code::parse(&code)
        && let Some(cookie) = session::seal_code(&state.code_key, &code, state.office.clock.now())
    {
        response.add_cookie(&cookie).map_err(|error| Problem::internal(&error))?;
    }
    Ok(response)
}

/// J2.
///
/// # Errors
/// `internal`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Problem> {
    let network = network(&visit.request, &visit.state.office.settings.trusted_proxies);
    if let Some(Err(wait)) = network.map(|network| visit.state.limits.take(Rate::Front, &network)) {
        return fault::too_many(&visit, "", None, wait).await;
    }
    let code = session::open_code(&visit.state.code_key, &visit.request, visit.state.office.clock.now());
    answer(&visit, StatusCode::OK, None, &code.unwrap_or_default()).await
}

/// J2 once more, with what is wrong (a key of the locales) and the code as typed.
///
/// # Errors
/// `internal`.
pub async fn again(visit: &Visit, error: &str, code: &str) -> Result<HttpResponse, Problem> {
    answer(visit, StatusCode::UNPROCESSABLE_ENTITY, Some(visit.locale.say(error)), code).await
}

async fn answer(visit: &Visit, status: StatusCode, error: Option<String>, code: &str) -> Result<HttpResponse, Problem> {
    let front = match answering::front(&visit.state.office).await {
        Ok(front) => front,
        Err(refusal) => return Box::pin(fault::refuse(visit, "", None, refusal)).await,
    };
    let frame = Frame::of_front(visit.locale, &front, "/f");
    if let Some(locale) = frame.instead() {
        return Ok(see_other(super::at(locale, "")));
    }
    let standing = standing(visit).await;
    let FrontState::Open(card) = &front.state else {
        return html(status, visit.locale, &shut_page(&frame, &front, standing.as_ref()));
    };
    with_cookie(visit, status, |csrf| {
        start_page(&frame, card, standing.as_ref(), Entry { error, code: code.to_owned(), csrf })
    })
}

/// The unfinished draft in this browser. Without the database a page still opens; the draft is offered
/// next time.
pub async fn standing(visit: &Visit) -> Option<Standing> {
    match &visit.visitor {
        Visitor::Answering(key) => answering::standing(&visit.state.office, key).await.ok().flatten(),
        _ => None,
    }
}

/// The page that `make` makes with the token of its form; a visitor without a cookie gets one, for the
/// token is bound to it.
///
/// # Errors
/// `internal`.
pub fn with_cookie<P: Template>(
    visit: &Visit,
    status: StatusCode,
    make: impl FnOnce(String) -> P,
) -> Result<HttpResponse, Problem> {
    let new_cookie = match visit.visitor {
        Visitor::Unknown => Some(session::fresh().map_err(|error| Problem::internal(&error))?),
        _ => None,
    };
    let csrf = crate::web::csrf::token(new_cookie.as_deref().unwrap_or(&visit.cookie));
    let mut response = html(status, visit.locale, &make(csrf))?;
    if let Some(cookie) = new_cookie {
        response.add_cookie(&session::respondent(cookie)).map_err(|error| Problem::internal(&error))?;
    }
    Ok(response)
}

/// What stands in the code's form.
#[derive(Debug, Default)]
pub struct Entry {
    /// What is wrong.
    pub error: Option<String>,
    /// The code as typed or scanned.
    pub code: String,
    /// Token of the form.
    pub csrf: String,
}

/// J2 of an open round.
#[must_use]
pub fn start_page(frame: &Frame, card: &RoundCard, standing: Option<&Standing>, entry: Entry) -> StartPage {
    let locale = frame.locale;
    let chrome = frame.chrome("");
    StartPage {
        chrome: if entry.error.is_some() { with_error(chrome) } else { chrome },
        name: frame.name(),
        facts: facts(locale, card, "start-voluntary"),
        unfinished: standing.map(|standing| unfinished(locale, standing)),
        error: entry.error,
        code: entry.code,
        action: super::at(locale, ""),
        csrf: entry.csrf,
    }
}

/// Who asks, how long it takes, that it is `voluntary` (a key of the locales), until when.
#[must_use]
pub fn facts(locale: Locale, card: &RoundCard, voluntary: &str) -> Vec<String> {
    let mut facts = Vec::new();
    if !card.organisations.is_empty() {
        facts.push(locale.fill("start-who").with("organisations", locale.list(&card.organisations)).to_string());
    }
    facts.push(locale.fill("start-length").with("minutes", card.minutes).to_string());
    facts.push(locale.say(voluntary));
    facts.push(locale.fill("start-closes").with("date", locale.date(card.closes_on)).to_string());
    facts
}

/// What is said of an unfinished draft, and where it goes on.
#[must_use]
pub fn unfinished(locale: Locale, standing: &Standing) -> (String, String) {
    let until = locale.date_and_time(standing.until);
    (locale.fill("start-standing").with("until", until).to_string(), super::at(locale, &format!("/{}", standing.page)))
}

/// J2 when no new answers are taken. A draft begun in time may still be finished.
#[must_use]
pub fn shut_page(frame: &Frame, front: &Front, standing: Option<&Standing>) -> fault::MessagePage {
    let locale = frame.locale;
    let dated = |key: &'static str, date| locale.fill(key).with("date", locale.date(date)).to_string();
    let (title, texts) = match &front.state {
        FrontState::Paused(_) => ("paused-title", vec![locale.say("error-round-paused")]),
        FrontState::NotYet { opens_on: Some(date) } => ("survey-name", vec![dated("open-not-yet-date", *date)]),
        FrontState::NotYet { opens_on: None } => ("survey-name", vec![locale.say("open-not-yet")]),
        FrontState::Open(_) | FrontState::Closed { .. } => {
            let mut texts = vec![locale.say("error-round-closed")];
            if let FrontState::Closed { results_on: Some(date), .. } = &front.state {
                texts.push(dated("open-closed-results", *date));
            }
            ("closed-title", texts)
        }
    };
    let paused = matches!(front.state, FrontState::Paused(_));
    let onward = standing
        .filter(|_| !paused)
        .map(|standing| (unfinished(locale, standing).1, locale.say("start-standing-title")));
    let mut page = fault::message(frame, title, &texts, onward.into_iter().collect());
    page.chrome = frame.chrome("");
    page
}

/// J4: the code begins a draft. Mistyped and unknown codes get the same words.
///
/// # Errors
/// `forbidden`, `internal`.
pub async fn begin(visit: Visit, form: Form<ENTRY>) -> Result<HttpResponse, Problem> {
    if matches!(visit.visitor, Visitor::Unknown) {
        return again(&visit, "error-cookies-off", form.value("code").unwrap_or_default()).await;
    }
    visit.check(&form)?;
    let network = network(&visit.request, &visit.state.office.settings.trusted_proxies);
    if let Some(network) = &network
        && let Err(wait) = visit.state.limits.peek_code(network)
    {
        return fault::too_many(&visit, "", Some(&form.0), wait).await;
    }
    let code = form.value("code").unwrap_or_default();
    let key = session::new_key().map_err(|error| Problem::internal(&error))?;
    let started = answering::start(&visit.state.office, code, &key).await;
    if let Some(network) = network.filter(|_| matches!(started, Err(Refusal::CodeWrong))) {
        visit.state.limits.fail_code(&network);
    }
    match started {
        Ok(first) => begun(&visit, session::of_key(&key), &first).await,
        Err(Refusal::CodeWrong) => again(&visit, "error-code-wrong", code).await,
        Err(refusal) => fault::refuse(&visit, "", Some(&form.0), refusal).await,
    }
}

/// To the `first` page of a draft whose key is in `cookie`.
///
/// # Errors
/// `internal`.
pub async fn begun(visit: &Visit, cookie: String, first: &str) -> Result<HttpResponse, Problem> {
    if let Visitor::Answering(old) = &visit.visitor {
        // Starting again gives the old draft up; if that fails it dies by itself, unread.
        let _ = answering::exit(&visit.state.office, old).await;
    }
    let mut response = see_other(super::at(visit.locale, &format!("/{first}")));
    for cookie in [session::respondent(cookie), session::gone(session::CODE)] {
        response.add_cookie(&cookie).map_err(|error| Problem::internal(&error))?;
    }
    Ok(response)
}
