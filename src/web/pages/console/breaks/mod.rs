//! The register of breaks: what the machine found between released rounds, what persons have said of
//! it, and the forms to say more.

mod view;

use actix_web::{HttpResponse, http::StatusCode};

use view::{Choice, Said};

use super::{FORM, Signed, at};
use crate::{
    service::{breaks, history, rounds},
    survey::{
        breaks::{Marked, Wanted},
        staff::Act,
    },
    web::{
        extract::Form,
        pages::{Chrome, html, page, see_other},
        problem::{Problem, ProblemKind},
    },
};

page! { "console/breaks.html",
    /// The page.
    pub struct BreaksPage {
        /// Around it.
        pub chrome: Chrome,
        /// What is wrong with what was sent: the field and the sentence.
        pub error: Option<(&'static str, String)>,
        /// Breaks in releases: periods, reason, weight, measures.
        pub found: Vec<[String; 4]>,
        /// What persons have said.
        pub said: Vec<Said>,
        /// What was typed.
        pub typed: Wanted,
        /// Acts to choose from.
        pub acts: Vec<Choice>,
        /// Codes to choose from.
        pub codes: Vec<Choice>,
        /// Rounds to choose from for `from` and for `to`.
        pub rounds: (Vec<Choice>, Vec<Choice>),
        /// Evidence to choose from.
        pub evidence: Vec<Choice>,
        /// Printed values to choose from, where several contradict each other.
        pub printed: Vec<Choice>,
        /// Whether the member may say something.
        pub may: bool,
        /// Where forms go.
        pub here: String,
        /// Where the list of rounds is.
        pub back: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

/// `GET /{lang}/console/breaks`.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn show(signed: Signed) -> Result<HttpResponse, Problem> {
    answer(&signed, StatusCode::OK, Wanted::default(), None).await
}

/// `POST /{lang}/console/breaks`: keeps what is said, or shows the page again with the field at fault.
///
/// # Errors
/// `forbidden`, `unavailable`, `internal`.
pub async fn declare(signed: Signed, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::DeclareBreak)?;
    let wanted = wanted(&form);
    match breaks::declare(&signed.state.office, &signed.member, &wanted).await {
        Ok(_) => Ok(see_other(at(signed.locale, "/breaks"))),
        Err(breaks::BreakError::Refused(refused)) => {
            let status = ProblemKind::Invalid.status();
            let words = refused.to_string();
            let place = control(&wanted.act, refused.field);
            answer(&signed, status, wanted, Some((place, words))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The control of a field: the forms of a mark and of a withdrawal have their own.
fn control(act: &str, field: &'static str) -> &'static str {
    match (act, field) {
        ("mark", "note") => "mark-note",
        ("mark", _) => "value",
        ("withdraw", "note") => "back-note",
        (_, "by") => "act",
        _ => field,
    }
}

fn wanted(form: &Form<FORM>) -> Wanted {
    let text = |name: &str| form.value(name).unwrap_or_default().to_owned();
    // A printed value is chosen whole.
    let chosen: Option<Marked> = form.value("value").and_then(|value| serde_json::from_str(value).ok());
    let marked = |field: fn(Marked) -> String| chosen.clone().map(field);
    Wanted {
        act: text("act"),
        code: text("code"),
        from: text("from"),
        to: text("to"),
        measure: text("measure"),
        item: text("item"),
        area: marked(|marked| marked.area).unwrap_or_else(|| text("area")),
        evidence: text("evidence"),
        series: marked(|marked| marked.series).unwrap_or_default(),
        period: marked(|marked| marked.period).unwrap_or_default(),
        printed: marked(|marked| marked.printed).unwrap_or_default(),
        source: marked(|marked| marked.source).unwrap_or_default(),
        id: text("id"),
        note: text("note"),
    }
}

async fn answer(
    signed: &Signed,
    status: StatusCode,
    typed: Wanted,
    error: Option<(&'static str, String)>,
) -> Result<HttpResponse, Problem> {
    let (office, locale) = (&signed.state.office, signed.locale);
    let said = breaks::declarations(office).await?;
    let names: Vec<String> = rounds::list(office).await?.into_iter().map(|round| round.plan.slug).collect();
    let of_rounds = |chosen: &str| view::choices(&names, chosen);
    let found = breaks::found(office).await?;
    let page = BreaksPage {
        chrome: signed.chrome(&locale.say("breaks-title"), "/breaks"),
        error,
        found: found.iter().map(|found| view::row(locale, found, &said)).collect(),
        said: said.iter().filter_map(|one| view::line(locale, one, &said)).collect(),
        acts: [("declare", "break-declare"), ("bridge", "break-bridge"), ("spelling", "break-spelling")]
            .map(|(act, key)| (act.to_owned(), locale.say(key), act == typed.act))
            .into(),
        codes: view::codes(locale, &typed.code),
        rounds: (of_rounds(&typed.from), of_rounds(&typed.to)),
        evidence: [("split_sample", "break-split-sample"), ("parallel_run", "break-parallel-run")]
            .map(|(evidence, key)| (evidence.to_owned(), locale.say(key), evidence == typed.evidence))
            .into(),
        printed: view::printed(locale, &history::published(office).await?, &typed)?,
        typed,
        may: signed.member.may(Act::DeclareBreak),
        here: at(locale, "/breaks"),
        back: at(locale, ""),
        csrf: signed.token(),
    };
    html(status, locale, &page)
}
