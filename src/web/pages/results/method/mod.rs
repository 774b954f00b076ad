//! The method page: how the figures of one release came about and how to check them, made of the
//! release itself. A section a file. What a release does not hold is said to be unstated; no number is
//! computed here.

mod asked;
pub mod block;
mod compared;
mod composition;
mod releases;
pub mod response;
mod rounding;
mod uncertainty;
mod verify;
mod weights;
mod withheld;

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Provenance, Shown, data};
use crate::{
    service::{published, results::Series},
    survey::release::{Label, Release, name_in},
    web::{
        extract::Lang,
        i18n::Locale,
        pages::{Chrome, html, page},
        problem::Problem,
        state::State,
    },
};
use block::{Block, Section};

page! { "results/method.html",
    /// How the figures of a release came about.
    pub struct MethodPage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// The release that has taken its place: sentence and address.
        pub successor: Option<(String, String)>,
        /// Of which release it tells.
        pub about: String,
        /// The sections.
        pub sections: Vec<Section>,
    }
}

/// A release, and the language in which it is told of.
#[derive(Clone, Copy)]
struct Told<'r> {
    locale: Locale,
    release: &'r Release,
}

impl Told<'_> {
    /// The name of an area; its code where the release does not know it.
    fn area(self, code: &str) -> String {
        self.class(&self.release.head().areas, code)
    }

    /// The name of a class; its code where the release does not know it.
    fn class(self, labels: &[Label], code: &str) -> String {
        let label = labels.iter().find(|label| label.code == code);
        label.map_or(code, |label| name_in(&label.names, self.locale.tag())).to_owned()
    }

    /// A share as percent.
    fn percent(self, share: f64) -> String {
        self.number(100.0 * share)
    }

    /// A number: whole, or with one decimal.
    fn number(self, of: f64) -> String {
        self.locale.number(of, usize::from((of - of.round()).abs() > 1e-9))
    }

    /// The paragraph `key`.
    fn text(self, key: &str) -> Block {
        Block::Text(self.locale.say(key))
    }
}

/// `GET /{lang}/method`: of the newest release.
///
/// # Errors
/// `not_found` before the first release.
pub async fn newest(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let shown = Shown::some(&state, lang.0).await?;
    let release = Arc::clone(shown.release());
    let shown = Shown { locale: lang.0, series: Series::alone(release) };
    show(&state, &shown, shown.locale.say("method-title"), "/method").await
}

/// `GET /{lang}/r/{release}/method`: of any release, replaced ones too.
///
/// # Errors
/// `not_found`.
pub async fn of_release(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let shown = Shown { locale: lang.0, series: Series::alone(published::find(&state.office, &path.1).await?) };
    let id = shown.release().head().id.clone();
    let title = shown.locale.fill("method-title-of").with("release", id.clone()).to_string();
    show(&state, &shown, title, &format!("/r/{id}/method")).await
}

async fn show(state: &Data<State>, shown: &Shown, title: String, path: &str) -> Result<HttpResponse, Problem> {
    let told = Told { locale: shown.locale, release: shown.release() };
    let id = &told.release.head().id;
    let successor = data::successor(state, shown).await?;
    let heads = published::list(&state.office).await?;
    let page = MethodPage {
        chrome: shown.chrome(&title, path),
        title,
        from: Provenance::of(told.locale, told.release),
        successor: successor.map(|(sentence, href)| (sentence, format!("{href}/method"))),
        about: told.locale.fill("method-about").with("release", id.clone()).to_string(),
        sections: vec![
            asked::of_whom(told),
            asked::how(told),
            response::section(told),
            weights::section(told),
            uncertainty::section(told),
            compared::section(told),
            withheld::section(told),
            verify::section(told),
            releases::section(told, heads),
        ],
    };
    html(StatusCode::OK, told.locale, &page)
}
