//! Several key holders: how far each has come, making the key, and the conductor's side of the opening. What can
//! be lost, and what is then lost with it, is said before it can happen.

pub(super) mod words;

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use words::{standing, state, texts, told};

use super::{FORM, Signed, at};
use crate::{
    service::{
        keys::{self, HolderState},
        opening::{self, OpeningError, Under},
        rounds, staff,
    },
    survey::{
        round::{Round, Stage},
        staff::Act,
    },
    web::{
        extract::Form,
        i18n::Locale,
        pages::{Chrome, html, page, see_other},
        problem::{Problem, ProblemKind},
    },
};

/// A holder in the table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name, as residents read it.
    pub name: String,
    /// The holder's page, for those who may hold keys.
    pub href: Option<String>,
    /// How far the holder has come.
    pub state: String,
}

/// What the conductor can do now.
#[derive(Debug, Clone)]
pub struct Step {
    /// Name of the act.
    pub act: &'static str,
    /// Over the button.
    pub text: String,
    /// On the button.
    pub button: String,
    /// Whether the password is typed again.
    pub password: bool,
    /// How many envelopes are meant.
    pub count: Option<i64>,
}

page! { "console/holders.html",
    /// The page.
    pub struct KeysPage {
        /// Around it.
        pub chrome: Chrome,
        /// What is wrong with the last act.
        pub error: Option<String>,
        /// How the key is shared, and what is lost with the sheets.
        pub texts: Vec<String>,
        /// The holders.
        pub rows: Vec<Row>,
        /// Where the opening stands.
        pub opening: Vec<String>,
        /// What can be done now.
        pub steps: Vec<Step>,
        /// Where the forms go.
        pub here: String,
        /// The round's page.
        pub back: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

/// `GET /{lang}/console/rounds/{round}/keys`.
///
/// # Errors
/// `not_found`, also for a round with one holder; `unavailable`, `internal`.
pub async fn show(signed: Signed, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    answer(&signed, &path.1, None).await
}

/// `POST …/keys`: makes the key, asks for the opening, agrees to it, or sets unreadable envelopes aside.
///
/// # Errors
/// `forbidden`, `not_found`, `bad_query`, `unavailable`, `internal`.
pub async fn act(signed: Signed, path: Path<(String, String)>, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    let (office, slug) = (&signed.state.office, path.1.as_str());
    let done = match form.value("act").unwrap_or_default() {
        "make" => {
            signed.must(Act::MoveRound)?;
            keys::make(office, slug).await.map_err(OpeningError::from)
        }
        act @ ("ask" | "agree" | "aside") => {
            signed.must(Act::StartOpening)?;
            if !stepped_up(&signed, &form).await? {
                return answer(&signed, slug, Some(signed.locale.say("sign-password-wrong"))).await;
            }
            let by = signed.member.id;
            match act {
                "ask" => opening::ask(office, slug, by).await,
                "agree" => {
                    opening::agree(office, slug, by).await.map(|started| started.attend_in_background(office.clone()))
                }
                _ => {
                    let count = form.value("count").and_then(|count| count.parse().ok()).unwrap_or(0);
                    opening::set_aside(office, slug, count, by).await.map(|_| ())
                }
            }
        }
        _ => return Err(ProblemKind::BadQuery.into()),
    };
    match done {
        Ok(()) => Ok(see_other(at(signed.locale, &format!("/rounds/{slug}/keys")))),
        Err(error) => answer(&signed, slug, Some(told(signed.locale, error)?)).await,
    }
}

/// Whether the member's password was typed again.
pub(super) async fn stepped_up(signed: &Signed, form: &Form<FORM>) -> Result<bool, Problem> {
    let password = form.value("password").unwrap_or_default();
    match staff::step_up(&signed.state.office, signed.member.id, password).await {
        Ok(_) => Ok(true),
        Err(staff::StaffError::SignIn) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn answer(signed: &Signed, slug: &str, error: Option<String>) -> Result<HttpResponse, Problem> {
    let (office, locale) = (&signed.state.office, signed.locale);
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    if round.plan.holders.len() < 2 {
        return Err(ProblemKind::NotFound.into());
    }
    let holders = keys::holders(office, &round).await?;
    let under = opening::under_way(office, round.id).await?;
    let key = rounds::preparation(office, &round).await?.key;
    let path = format!("/rounds/{slug}/keys");
    let may_hold = signed.member.may(Act::HoldKey);
    let row = |holder: &HolderState| Row {
        name: holder.name.clone(),
        href: may_hold.then(|| at(locale, &format!("{path}/{}", holder.number))),
        state: state(locale, holder, under.as_ref()),
    };
    let mut steps = Vec::new();
    if signed.member.may(Act::MoveRound) && !key && holders.iter().all(HolderState::confirmed) {
        steps.extend(making(locale, &round));
    }
    if signed.member.may(Act::StartOpening) && matches!(round.stage(), Stage::Closed { .. }) {
        steps.extend(opening_steps(locale, under.as_ref()));
    }
    let page = KeysPage {
        chrome: signed.chrome(&locale.fill("keys-title").with("round", slug.to_owned()).to_string(), &path),
        texts: texts(locale, &round),
        rows: holders.iter().map(row).collect(),
        opening: standing(locale, &round, &holders, under.as_ref()),
        steps,
        here: at(locale, &path),
        back: at(locale, &format!("/rounds/{slug}")),
        csrf: signed.token(),
        error,
    };
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html(status, locale, &page)
}

fn making(locale: Locale, round: &Round) -> Option<Step> {
    matches!(round.stage(), Stage::Draft | Stage::Scheduled).then(|| Step {
        act: "make",
        text: locale.say("keys-make-text"),
        button: locale.say("key-button"),
        password: false,
        count: None,
    })
}

/// What the conductor can do of an opening.
fn opening_steps(locale: Locale, under: Option<&Under>) -> Vec<Step> {
    let step = |act, text: &str, button: &str, count| Step {
        act,
        text: locale.say(text),
        button: locale.say(button),
        password: true,
        count,
    };
    match under {
        None => vec![step("ask", "opening-ask-text", "opening-ask-button", None)],
        Some(under) if under.stored.public_key.is_none() => {
            vec![step("agree", "opening-agree-text", "opening-agree-button", None)]
        }
        Some(under) => {
            let aside = under.stored.unreadable.filter(|_| under.stored.aside.is_none());
            let aside = aside.map(|count| step("aside", "opening-aside-text", "opening-aside-button", Some(count)));
            let again = step("ask", "opening-again-text", "opening-again-button", None);
            aside.into_iter().chain([again]).collect()
        }
    }
}
