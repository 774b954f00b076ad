//! `/problems/{code}`: where the `type` of a problem leads.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};

use super::{Chrome, html, page, respond::Frame};
use crate::{
    service::answering,
    web::{
        extract::Lang,
        i18n::{Locale, negotiate},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

page! { "site/problem_code.html",
    /// The explanation of a code.
    pub struct CodePage {
        /// Around it.
        pub chrome: Chrome,
        /// "Felkoden code_spent".
        pub heading: String,
        /// What happened.
        pub title: String,
        /// What to do.
        pub help: String,
        /// "Svaret har HTTP-status 409".
        pub status: String,
    }
}

/// In the language that the browser prefers.
///
/// # Errors
/// `not_found` for a code that the table lacks.
pub async fn negotiated(request: HttpRequest, code: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut response = explain(negotiate(accepted, |_| true), &code, &state).await?;
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept-Language"));
    Ok(response)
}

/// In the language of the address.
///
/// # Errors
/// `not_found` for a code that the table lacks.
pub async fn show(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    explain(lang.0, &path.1, &state).await
}

async fn explain(locale: Locale, code: &str, state: &State) -> Result<HttpResponse, Problem> {
    let kind = ProblemKind::of_code(code).ok_or(Problem::new(ProblemKind::NotFound))?;
    let sender = answering::front(&state.office).await.map(|front| front.sender).unwrap_or_default();
    html(StatusCode::OK, locale, &view(locale, sender, kind))
}

/// The page of `kind`.
#[must_use]
pub fn view(locale: Locale, sender: String, kind: ProblemKind) -> CodePage {
    let heading = locale.fill("problem-page-title").with("code", kind.code()).plain();
    CodePage {
        chrome: Frame::bare(locale, sender, &format!("/problems/{}", kind.code())).chrome(&heading),
        heading,
        title: locale.say(&kind.title_key()),
        help: locale.say(&kind.help_key()),
        status: locale.fill("problem-status").with("status", kind.status().as_u16()).to_string(),
    }
}
