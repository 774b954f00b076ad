//! The respondent's journey, J1-J13 of people.md. Thin: every decision is made in
//! `service::answering`; here are addresses, cookies, forms and words.

pub mod fault;
pub mod leave;
pub mod open;
pub mod page;
pub mod send;
pub mod start;
pub mod texts;

#[cfg(test)]
mod tests;

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use super::{Chrome, Mark, language_links};
use crate::{
    service::answering::{self, Front, FrontState, RoundCard},
    survey::round::Kind,
    web::{
        csrf,
        extract::{Form, Lang},
        i18n::Locale,
        problem::{Problem, ProblemKind},
        session::{self, Visitor},
        state::State,
    },
};

/// A respondent's request: who asks, in which language.
pub struct Visit {
    /// What handlers share.
    pub state: Data<State>,
    /// The language of the address.
    pub locale: Locale,
    /// Who asks, as far as the cookie says.
    pub visitor: Visitor,
    /// The cookie as it came; keys the tokens of this page's forms.
    pub cookie: String,
    /// What its addresses go below, without the language: `/f`, or that of a place.
    pub home: String,
    /// The request, for its headers.
    pub request: HttpRequest,
}

impl FromRequest for Visit {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let locale = match Lang::from_request(request, payload).into_inner() {
            Ok(Lang(locale)) => locale,
            Err(problem) => return ready(Err(problem)),
        };
        let Some(state) = request.app_data::<Data<State>>().cloned() else {
            return ready(Err(ProblemKind::Internal.into()));
        };
        let (visitor, cookie) = session::visitor(request);
        let home = request.match_info().get("place").map_or_else(|| "/f".to_owned(), |place| format!("/p/{place}"));
        ready(Ok(Self { state, locale, visitor, cookie, home, request: request.clone() }))
    }
}

impl Visit {
    /// The address of `path` below `/{lang}/f`, or below that of the place.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("/{}{}{path}", self.locale.tag(), self.home)
    }

    /// A token for the forms of the page that answers this request.
    #[must_use]
    pub fn token(&self) -> String {
        csrf::token(&self.cookie)
    }

    /// Refuses a form that our own page did not make for this cookie.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check<const LIMIT: usize>(&self, form: &Form<LIMIT>) -> Result<(), Problem> {
        csrf::check(&self.request, self.state.public_url(), &self.cookie, form.value(csrf::FIELD))
    }

    /// The door; nothing when the office does not answer.
    pub async fn front(&self) -> Option<Front> {
        answering::front(&self.state.office).await.ok()
    }

    /// The name that stands in titles; empty when the office does not answer.
    pub async fn sender(&self) -> String {
        self.front().await.map(|front| front.sender).unwrap_or_default()
    }
}

/// The address of `path` below `/{lang}/f`.
#[must_use]
pub fn at(locale: Locale, path: &str) -> String {
    format!("/{}/f{path}", locale.tag())
}

/// What surrounds a respondent's page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language.
    pub locale: Locale,
    /// The municipality.
    pub sender: String,
    /// That this is no real survey, or that nobody has reviewed its texts.
    pub marks: Vec<Mark>,
    /// Languages that the round offers.
    pub offered: Vec<Locale>,
    /// The address without its language.
    pub path: String,
}

impl Frame {
    /// Around a page that belongs to no round.
    #[must_use]
    pub fn bare(locale: Locale, sender: String, path: &str) -> Self {
        let marks = locale.is_draft().then(|| Mark::draft(locale)).into_iter().collect();
        Self { locale, sender, marks, offered: Locale::all().collect(), path: path.to_owned() }
    }

    /// Around a page of the round of `card`.
    #[must_use]
    pub fn of_card(locale: Locale, sender: String, card: &RoundCard, path: &str) -> Self {
        let names = |tags: &[String], locale: Locale| tags.iter().any(|tag| tag == locale.tag());
        let kind = match card.kind {
            Kind::Real => None,
            Kind::Test => Some(Mark::of(locale, "mark-test-title", "mark-test")),
            Kind::Demo => Some(Mark::of(locale, "mark-demo-title", "mark-demo")),
        };
        let draft = locale.is_draft() || names(&card.drafts, locale);
        let offered = Locale::all().filter(|&locale| names(&card.languages, locale)).collect();
        let marks = kind.into_iter().chain(draft.then(|| Mark::draft(locale))).collect();
        Self { locale, sender, marks, offered, path: path.to_owned() }
    }

    /// Around a page of whatever round the door shows.
    #[must_use]
    pub fn of_front(locale: Locale, front: &Front, path: &str) -> Self {
        match &front.state {
            FrontState::Open(card) | FrontState::Paused(card) | FrontState::Closed { card, .. } => {
                Self::of_card(locale, front.sender.clone(), card, path)
            }
            FrontState::NotYet { .. } => Self::bare(locale, front.sender.clone(), path),
        }
    }

    /// The round's first language, when it does not offer that of the address.
    #[must_use]
    pub fn instead(&self) -> Option<Locale> {
        if self.offered.contains(&self.locale) { None } else { self.offered.first().copied() }
    }

    /// "Enkät – Luleå kommun": neutral, because a browser's history stays behind.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.locale.say("survey-name");
        if self.sender.is_empty() {
            return name;
        }
        self.locale.fill("title-with-sender").with("name", name).with("sender", self.sender.clone()).plain()
    }

    /// The chrome of a page titled `title`; the start page has no title of its own.
    #[must_use]
    pub fn chrome(&self, title: &str) -> Chrome {
        let title = match title {
            "" => self.name(),
            title => self.locale.fill("title-of-page").with("page", title.to_owned()).with("name", self.name()).plain(),
        };
        Chrome {
            locale: self.locale,
            title,
            sender: self.sender.clone(),
            site: self.locale.say("survey-name"),
            home: None,
            marks: self.marks.clone(),
            languages: language_links(self.locale, self.offered.iter().copied(), &self.path),
            saving: None,
            listed: false,
            wide: false,
        }
    }
}

/// Marks the title of a page that was refused.
#[must_use]
pub fn with_error(mut chrome: Chrome) -> Chrome {
    chrome.title = chrome.locale.fill("title-error").with("title", chrome.title.clone()).plain();
    chrome
}
