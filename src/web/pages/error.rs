//! A problem as a page, with ways onward.

use actix_web::web::Data;
use askama::Template;
use uuid::Uuid;

use super::{Chrome, language_links, page, respond::Frame};
use crate::{
    service::answering,
    web::{
        i18n::Locale,
        problem::{Problem, ProblemFault, ProblemKind},
        security::Class,
        state::State,
    },
};

page! { "site/problem.html",
    /// The page.
    pub struct ProblemPage {
        /// Around it.
        pub chrome: Chrome,
        /// What happened.
        pub title: String,
        /// What to do.
        pub help: String,
        /// More than the title says.
        pub detail: Option<String>,
        /// Where the request is at fault.
        pub errors: Vec<ProblemFault>,
        /// Short id of the request, where our log knows more.
        pub id: Option<String>,
        /// Whether the way onward is the form's first page rather than the results.
        pub respondent: bool,
    }
}

/// The page of `problem` for a reader of `path`.
pub async fn page(
    state: &Data<State>,
    locale: Locale,
    class: Class,
    path: &str,
    problem: &Problem,
    id: Uuid,
) -> String {
    // Where there are no results in the reader's language, the form is what there is.
    let respondent = class == Class::Respondent || !locale.has_results();
    // Told without a name when the office does not answer either.
    let front = answering::front(&state.office).await.ok();
    let sender = front.as_ref().map(|front| front.sender.clone()).unwrap_or_default();
    let title = locale.say(&problem.kind.title_key());
    let chrome = match front.filter(|_| respondent) {
        Some(front) => Frame::of_front(locale, &front, "/f").chrome(&title),
        None if respondent => Frame::bare(locale, sender, "/f").chrome(&title),
        None => site(locale, sender, &title, path),
    };
    let page = ProblemPage {
        chrome,
        title,
        help: locale.say(&problem.kind.help_key()),
        detail: problem.detail_in(locale),
        errors: problem.errors.clone(),
        id: (problem.kind == ProblemKind::Internal).then(|| short(id)),
        respondent,
    };
    page.render().unwrap_or_default()
}

/// Around a page of results or console, which only some languages have.
#[must_use]
pub fn site(locale: Locale, sender: String, title: &str, path: &str) -> Chrome {
    let site = locale.say("results-name");
    let name = match sender.as_str() {
        "" => site.clone(),
        sender => locale.fill("title-with-sender").with("name", site.clone()).with("sender", sender.to_owned()).plain(),
    };
    let after_language = path.strip_prefix('/').and_then(|path| path.strip_prefix(locale.tag())).unwrap_or("/");
    Chrome {
        locale,
        title: locale.fill("title-of-page").with("page", title.to_owned()).with("name", name).plain(),
        sender,
        site,
        home: Some(format!("/{}/", locale.tag())),
        marks: Vec::new(),
        languages: language_links(locale, Locale::with_results(), after_language),
        saving: None,
        listed: false,
        wide: false,
    }
}

/// Four symbols to read out on the telephone, from the request's id; no time in them.
#[must_use]
pub fn short(id: Uuid) -> String {
    const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    id.as_bytes()[..4].iter().map(|byte| char::from(SYMBOLS[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_code_has_four_symbols_that_can_be_read_out() {
        assert_eq!(short(Uuid::nil()), "0000");
        assert_eq!(short(Uuid::from_bytes([0xff; 16])), "ZZZZ");
    }
}
