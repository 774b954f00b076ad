//! The console's home: the rounds, and what waits for a signature.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    Signed, at,
    round::{dates, stage},
};
use crate::{
    service::{rounds, signing},
    survey::{ids::RoundId, staff::Act},
    web::{
        pages::{Chrome, html, page},
        problem::Problem,
    },
};

/// A round in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Period.
    pub period: String,
    /// Stage in words.
    pub stage: String,
    /// First and last day.
    pub dates: String,
}

page! { "console/home.html",
    /// The console's home.
    pub struct HomePage {
        /// Around it.
        pub chrome: Chrome,
        /// Who is signed in.
        pub who: String,
        /// The rounds, newest first.
        pub rounds: Vec<Listed>,
        /// The register of breaks.
        pub breaks: String,
        /// Releases that wait for sign-off: address and id.
        pub waiting: Vec<(String, String)>,
        /// Where signing out goes.
        pub sign_out: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

/// `GET /{lang}/console`.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn list(signed: Signed) -> Result<HttpResponse, Problem> {
    let locale = signed.locale;
    let all = rounds::list(&signed.state.office).await?;
    let listed = all.iter().rev().map(|round| Listed {
        name: round.plan.slug.clone(),
        href: at(locale, &format!("/rounds/{}", round.plan.slug)),
        period: round.plan.period.clone(),
        stage: stage(locale, round.stage().key()),
        dates: dates(locale, round),
    });
    let page = HomePage {
        chrome: signed.chrome(&locale.say("console-rounds"), ""),
        who: signed.member.name.clone(),
        rounds: listed.collect(),
        breaks: at(locale, "/breaks"),
        waiting: waiting(&signed).await?.into_iter().map(|(_, href, id)| (href, id)).collect(),
        sign_out: at(locale, "/sign-out"),
        csrf: signed.token(),
    };
    html(StatusCode::OK, locale, &page)
}

/// The candidates that wait, for those who may see them: round, address and id.
pub(super) async fn waiting(signed: &Signed) -> Result<Vec<(RoundId, String, String)>, Problem> {
    if !signed.member.may(Act::SeeCandidate) {
        return Ok(Vec::new());
    }
    let found = signing::waiting(&signed.state.office).await?;
    let place = |id: &str| at(signed.locale, &format!("/releases/{id}"));
    Ok(found.into_iter().map(|candidate| (candidate.round, place(&candidate.id), candidate.id)).collect())
}
