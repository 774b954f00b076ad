//! The staff's console: signing in, the rounds with what can be done with them, and breaks. A session is a
//! random id in a strict cookie, stored hashed; whether its member may do an act is asked here of the
//! table in `survey::staff`, for every request anew.

pub mod breaks;
pub mod candidate;
pub mod desk;
pub mod gate;
pub mod holder;
pub mod holders;
pub mod home;
pub mod reminders;
pub mod round;
pub mod signin;

use std::{future::Future, pin::Pin};

use actix_web::{
    Error, FromRequest, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    error::InternalError,
    web::Data,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{Chrome, error, see_other};
use crate::{
    service::staff,
    survey::staff::{Act, StaffMember},
    web::{
        csrf,
        extract::{Form, Lang},
        i18n::Locale,
        problem::{Problem, ProblemKind},
        session,
        state::State,
    },
};

/// The staff's cookie.
pub const COOKIE: &str = "__Host-s";
/// A session lives ten hours at most; half an hour without a request ends it on the server.
const LIFE: Duration = Duration::hours(10);
/// Most bytes of a console form.
pub const FORM: usize = 256 << 10;

/// The cookie with `value`; empty removes it.
fn cookie(value: String) -> Cookie<'static> {
    let life = if value.is_empty() { Duration::ZERO } else { LIFE };
    session::ours(COOKIE, value, life, SameSite::Strict)
}

fn raw(request: &HttpRequest) -> String {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn value(id: &[u8; 32]) -> String {
    format!("s.{}", URL_SAFE_NO_PAD.encode(id))
}

fn id(raw: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(raw.strip_prefix("s.")?).ok()?.try_into().ok()
}

/// A request of somebody who is signed in. Everybody else is sent to the sign-in page.
pub struct Signed {
    /// What handlers share.
    pub state: Data<State>,
    /// The language of the address.
    pub locale: Locale,
    /// Who asks.
    pub member: StaffMember,
    /// The cookie as it came; keys the tokens of this page's forms.
    cookie: String,
    request: HttpRequest,
}

impl FromRequest for Signed {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let locale = Lang::from_request(request, payload).into_inner();
        let state = request.app_data::<Data<State>>().cloned();
        let request = request.clone();
        Box::pin(async move {
            let Lang(locale) = locale?;
            let state = state.ok_or(Problem::new(ProblemKind::Internal))?;
            let cookie = raw(&request);
            let found = match id(&cookie) {
                Some(id) => staff::session(&state.office, &id).await.map_err(Problem::from)?,
                None => None,
            };
            let Some(found) = found else {
                let sign_in = see_other(at(locale, "/sign-in"));
                return Err(InternalError::from_response("not signed in", sign_in).into());
            };
            Ok(Self { state, locale, member: found.member, cookie, request })
        })
    }
}

impl Signed {
    /// Refuses who may not do `act`.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn must(&self, act: Act) -> Result<(), Problem> {
        if self.member.may(act) { Ok(()) } else { Err(ProblemKind::Forbidden.into()) }
    }

    /// Refuses a form that our own page did not make for this session.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check<const LIMIT: usize>(&self, form: &Form<LIMIT>) -> Result<(), Problem> {
        csrf::check(&self.request, self.state.public_url(), &self.cookie, form.value(csrf::FIELD))
    }

    /// A token for the forms of the page that answers this request.
    #[must_use]
    pub fn token(&self) -> String {
        csrf::token(&self.cookie)
    }

    /// Around a page of the console; `path` is below it.
    #[must_use]
    pub fn chrome(&self, title: &str, path: &str) -> Chrome {
        chrome(self.locale, title, path)
    }
}

/// The address of `path` below `/{lang}/console`.
fn at(locale: Locale, path: &str) -> String {
    format!("/{}/console{path}", locale.tag())
}

fn chrome(locale: Locale, title: &str, path: &str) -> Chrome {
    let base = error::site(locale, String::new(), title, &at(locale, path));
    Chrome { site: locale.say("console-title"), home: Some(at(locale, "")), ..base }
}
