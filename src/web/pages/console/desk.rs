//! Desk counts of a round: what was entered last, and a form for the next version.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{FORM, Signed, at};
use crate::{
    service::{desk, rounds},
    survey::staff::Act,
    web::{
        extract::Form,
        pages::{Chrome, html, page, see_other},
        problem::Problem,
    },
};

page! { "console/desk.html",
    /// The page.
    pub struct DeskPage {
        /// Around it.
        pub chrome: Chrome,
        /// The round.
        pub name: String,
        /// What is wrong with what was sent: sentence, and the office's own words.
        pub error: Option<(String, Vec<String>)>,
        /// What was entered last.
        pub last: Option<String>,
        /// Lines of the table.
        pub typed: String,
        /// Where the form goes.
        pub here: String,
        /// The round's page.
        pub back: String,
        /// Token of the form.
        pub csrf: String,
    }
}

/// `GET /{lang}/console/rounds/{round}/desk-counts`.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn show(signed: Signed, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    signed.must(Act::MoveRound)?;
    answer(&signed, &path.1, StatusCode::OK, None, None).await
}

/// `POST …/desk-counts`: the next version, or the page again with every line at fault.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn enter(signed: Signed, path: Path<(String, String)>, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::MoveRound)?;
    let typed = form.value("counts").unwrap_or_default();
    let entered = desk::enter(&signed.state.office, &path.1, Some(&signed.member), typed.as_bytes()).await;
    let words = match entered {
        Ok(_) => return Ok(see_other(at(signed.locale, &format!("/rounds/{}/desk-counts", path.1)))),
        Err(desk::DeskError::Refused(faults)) => faults.iter().map(ToString::to_string).collect(),
        Err(error @ (desk::DeskError::NoSample | desk::DeskError::Changed)) => vec![error.to_string()],
        Err(error) => return Err(error.into()),
    };
    let title = signed.locale.say("problem-import_refused");
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer(&signed, &path.1, status, Some(typed.to_owned()), Some((title, words))).await
}

async fn answer(
    signed: &Signed,
    slug: &str,
    status: StatusCode,
    typed: Option<String>,
    error: Option<(String, Vec<String>)>,
) -> Result<HttpResponse, Problem> {
    let (office, locale) = (&signed.state.office, signed.locale);
    let round = rounds::find(office, slug).await?;
    let newest = desk::newest(office, slug).await?;
    let rows: Vec<String> = match &newest {
        Some(entry) => {
            let row = |count: &crate::store::StoredDeskCount| {
                format!("{},{},{}", count.area_code, count.over_coverage, count.blank)
            };
            entry.areas.iter().map(row).collect()
        }
        None => desk::areas(office, &round).await?.iter().map(|area| format!("{area},0,0")).collect(),
    };
    let table = || format!("area_code,over_coverage,blank\n{}\n", rows.join("\n"));
    let path = format!("/rounds/{slug}/desk-counts");
    let title = locale.fill("desk-title").with("round", slug.to_owned()).to_string();
    let page = DeskPage {
        chrome: signed.chrome(&title, &path),
        name: title,
        error,
        last: newest.as_ref().map(|entry| {
            let phrase = locale.fill("desk-last").with("version", entry.version);
            phrase.with("date", locale.date_and_time(entry.entered_at)).to_string()
        }),
        typed: typed.unwrap_or_else(table),
        here: at(locale, &path),
        back: at(locale, &format!("/rounds/{slug}")),
        csrf: signed.token(),
    };
    html(status, locale, &page)
}
