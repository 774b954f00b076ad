//! Signing in and out. A wrong name and a wrong password look alike and cost the same work; failed
//! attempts are counted per name and per network.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::{COOKIE, FORM, Signed, at, chrome, cookie, id, raw, value};
use crate::{
    service::staff::{self, StaffError},
    web::{
        csrf,
        extract::{ENTRY, Form, Lang},
        i18n::Locale,
        limits::{Rate, network},
        pages::{Chrome, html, page, see_other},
        problem::{Problem, ProblemKind},
        session,
        state::State,
    },
};

page! { "console/signin.html",
    /// The sign-in page.
    pub struct SignInPage {
        /// Around it.
        pub chrome: Chrome,
        /// What is wrong.
        pub error: Option<String>,
        /// The name as typed.
        pub login: String,
        /// Where the form goes.
        pub action: String,
        /// Token of the form.
        pub csrf: String,
    }
}

/// `GET /{lang}/console/sign-in`.
///
/// # Errors
/// `internal`.
pub async fn show(lang: Lang, request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(lang.0, &request, StatusCode::OK, None, "")
}

fn answer(
    locale: Locale,
    request: &HttpRequest,
    status: StatusCode,
    error: Option<String>,
    login: &str,
) -> Result<HttpResponse, Problem> {
    let held = raw(request);
    let fresh = if held.is_empty() { Some(session::fresh().map_err(|error| Problem::internal(&error))?) } else { None };
    let title = locale.say("signin-title");
    let page = SignInPage {
        chrome: chrome(locale, &title, "/sign-in"),
        error,
        login: login.to_owned(),
        action: at(locale, "/sign-in"),
        csrf: csrf::token(fresh.as_deref().unwrap_or(&held)),
    };
    let mut response = html(status, locale, &page)?;
    if let Some(fresh) = fresh {
        response.add_cookie(&cookie(fresh)).map_err(|error| Problem::internal(&error))?;
    }
    Ok(response)
}

/// `POST /{lang}/console/sign-in`.
///
/// # Errors
/// `forbidden`, `too_many_requests`, `unavailable`, `internal`.
pub async fn enter(
    lang: Lang,
    request: HttpRequest,
    state: Data<State>,
    form: Form<ENTRY>,
) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let held = raw(&request);
    csrf::check(&request, state.public_url(), &held, form.value(csrf::FIELD))?;
    let login = form.value("login").unwrap_or_default();
    let mut counted = vec![login.as_bytes().to_vec()];
    counted.extend(network(&request, &state.office.settings.trusted_proxies));
    // Counted before the work is done, so that many at once are counted too; a right one is given back.
    for who in &counted {
        if let Err(wait) = state.limits.take(Rate::SignIn, who) {
            return Err(Problem::new(ProblemKind::TooManyRequests).retry_after(wait));
        }
    }
    let give_back = || counted.iter().for_each(|who| state.limits.give_back(Rate::SignIn, who));
    match staff::sign_in(&state.office, login, form.value("password").unwrap_or_default()).await {
        Ok(session) => {
            give_back();
            // The old id is dead from here on, whoever knew it.
            if let Some(old) = id(&held) {
                staff::sign_out(&state.office, &old).await?;
            }
            let mut response = see_other(at(locale, ""));
            response.add_cookie(&cookie(value(&session.id))).map_err(|error| Problem::internal(&error))?;
            Ok(response)
        }
        Err(StaffError::SignIn) => {
            answer(locale, &request, StatusCode::UNPROCESSABLE_ENTITY, Some(locale.say("signin-wrong")), login)
        }
        Err(error) => {
            give_back();
            Err(error.into())
        }
    }
}

/// `POST /{lang}/console/sign-out`.
///
/// # Errors
/// `forbidden`, `unavailable`, `internal`.
pub async fn leave(signed: Signed, request: HttpRequest, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    if let Some(id) = request.cookie(COOKIE).and_then(|cookie| id(cookie.value())) {
        staff::sign_out(&signed.state.office, &id).await?;
    }
    let mut response = see_other(at(signed.locale, "/sign-in"));
    response.add_cookie(&cookie(String::new())).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}
