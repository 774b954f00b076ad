//! Pages for people. Each translates a request into one verb of the office and its answer into a
//! template; nothing is decided here.

pub mod console;
pub mod error;
pub mod footer;
pub mod problems;
pub mod respond;
pub mod results;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

use crate::web::{
    assets::{ICON, OPEN_SCRIPT, STYLESHEET},
    i18n::Locale,
    problem::Problem,
};

/// Declares a page: a struct with the template that shows it. A missing template or field does not
/// compile.
macro_rules! page {
    ($file:literal, $($item:tt)*) => {
        #[derive(askama::Template)]
        #[template(path = $file, config = ".config/askama.toml")]
        $($item)*
    };
}
pub(crate) use page;

/// What every page has around its content. `base.html` shows it.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The language.
    pub locale: Locale,
    /// The whole `<title>`.
    pub title: String,
    /// Stands first in the header: the municipality.
    pub sender: String,
    /// Stands beside it: what this site is.
    pub site: String,
    /// Where the header leads; nowhere on the respondent's pages, where it would lose their place.
    pub home: Option<String>,
    /// What must be known of what is shown: no real survey, texts that nobody has reviewed.
    pub marks: Vec<Mark>,
    /// The languages of this page.
    pub languages: Vec<LanguageLink>,
    /// Where the form `answers` of this page is saved before another language is shown, so that what was
    /// chosen and not yet saved is not lost. Without such a form the switch is made of links.
    pub saving: Option<String>,
    /// Whether search engines may list the page.
    pub listed: bool,
    /// Whether the page needs the width of the screen (tables, charts).
    pub wide: bool,
}

/// A warning above a page: its round is not real, or its texts are a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// "Demodata".
    pub title: String,
    /// A sentence.
    pub text: String,
}

/// One language of the switch.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// The language.
    pub locale: Locale,
    /// The same page in it.
    pub href: String,
    /// Whether it is the page's own.
    pub current: bool,
}

impl Chrome {
    /// The interface text under `key`.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.locale.say(key)
    }

    /// Address of the style sheet.
    #[must_use]
    pub fn stylesheet(&self) -> &'static str {
        &STYLESHEET.path
    }

    /// Address of the icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        &ICON.path
    }

    /// Address of the open link's script.
    #[must_use]
    pub fn open_script(&self) -> &'static str {
        &OPEN_SCRIPT.path
    }

    /// The address of `path` in this page's language.
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        format!("/{}{path}", self.locale.tag())
    }
}

impl Mark {
    /// The words under `title` and `text`.
    #[must_use]
    pub fn of(locale: Locale, title: &str, text: &str) -> Self {
        Self { title: locale.say(title), text: locale.say(text) }
    }

    /// That the texts of the language are a draft.
    #[must_use]
    pub fn draft(locale: Locale) -> Self {
        Self::of(locale, "mark-draft-title", "mark-draft")
    }
}

/// The links of the switch: `path` is the address without its language.
#[must_use]
pub fn language_links(current: Locale, offered: impl Iterator<Item = Locale>, path: &str) -> Vec<LanguageLink> {
    let link =
        |locale: Locale| LanguageLink { locale, href: format!("/{}{path}", locale.tag()), current: locale == current };
    offered.map(link).collect()
}

/// A page as an answer.
///
/// # Errors
/// `internal`, when the template does not render.
pub fn html(status: StatusCode, locale: Locale, page: &impl Template) -> Result<HttpResponse, Problem> {
    let body = page.render().map_err(|error| Problem::internal(&error))?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, locale.lang()))
        .body(body))
}

/// Sends the browser to `address` with a GET.
#[must_use]
pub fn see_other(address: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address.as_ref())).finish()
}
