//! One key holder's page: the sheet is shown once, typed back, tried, given at the opening, and said to be
//! destroyed. Everything here works without a script, and the sheet is a page to print.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use zeroize::Zeroizing;

use super::{
    FORM, Signed, at,
    holders::{
        stepped_up,
        words::{state, texts, told},
    },
};
use crate::{
    export::qr::{self, QUIET},
    service::{
        keys::{self, Asker, Sheet},
        opening::{self, OpeningError},
        rounds,
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

/// What the holder can do now.
#[derive(Debug, Clone)]
pub struct Step {
    /// Name of the act.
    pub act: &'static str,
    /// Heading.
    pub title: String,
    /// Under it.
    pub text: String,
    /// On the button.
    pub button: String,
    /// Whether the sheet is typed.
    pub typed: bool,
    /// Whether the password is typed again.
    pub password: bool,
}

page! { "console/holder.html",
    /// The page.
    pub struct HolderPage {
        /// Around it.
        pub chrome: Chrome,
        /// The holder's name.
        pub name: String,
        /// What is wrong with the last act.
        pub error: Option<String>,
        /// What was just done.
        pub done: Option<String>,
        /// How far the holder has come.
        pub state: String,
        /// How the key is shared, and what is lost with the sheets.
        pub texts: Vec<String>,
        /// What can be done now.
        pub steps: Vec<Step>,
        /// Where the forms go.
        pub here: String,
        /// The holders' page.
        pub back: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

page! { "console/sheet.html",
    /// The key sheet, shown once and printed.
    pub struct SheetPage {
        /// Around it.
        pub chrome: Chrome,
        /// Whose it is.
        pub holder: String,
        /// The round.
        pub round: String,
        /// What stands on it.
        pub secret: Zeroizing<String>,
        /// The same as a picture: its side, and the outline of its dark parts.
        pub code: (usize, Zeroizing<String>),
        /// How the key is shared, and what is lost with the sheets.
        pub texts: Vec<String>,
        /// The holder's page.
        pub back: String,
    }
}

/// Language, round and number of the holder.
type Place = Path<(String, String, u8)>;

/// `GET /{lang}/console/rounds/{round}/keys/{holder}`.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn show(signed: Signed, path: Place) -> Result<HttpResponse, Problem> {
    signed.must(Act::HoldKey)?;
    answer(&signed, &path, None, None).await
}

/// `POST …`: one of the acts of the page.
///
/// # Errors
/// `forbidden`, `not_found`, `bad_query`, `unavailable`, `internal`.
pub async fn act(signed: Signed, path: Place, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::HoldKey)?;
    let (office, locale, slug) = (&signed.state.office, signed.locale, path.1.as_str());
    let asker = Asker { holder: Some(path.2), staff: Some(signed.member.id) };
    let typed = Zeroizing::new(form.value("sheet").unwrap_or_default().to_owned());
    let done = match form.value("act").unwrap_or_default() {
        "draw" => match keys::draw(office, slug, path.2, asker).await {
            Ok(sheet) => return printed(&signed, &path, &sheet).await,
            Err(error) => Err(error.into()),
        },
        "confirm" => keys::confirm(office, slug, &typed, asker).await.map(|_| None).map_err(OpeningError::from),
        "rehearse" => {
            let tried = keys::rehearse(office, slug, &typed, asker).await;
            tried.map(|_| Some(locale.say("holder-works"))).map_err(OpeningError::from)
        }
        "give" => {
            if !stepped_up(&signed, &form).await? {
                return answer(&signed, &path, Some(locale.say("sign-password-wrong")), None).await;
            }
            opening::give(office, slug, &typed, asker).await.map(|_| None)
        }
        "destroyed" => keys::destroyed(office, slug, path.2, asker).await.map(|()| None).map_err(OpeningError::from),
        _ => return Err(ProblemKind::BadQuery.into()),
    };
    match done {
        Ok(None) => Ok(see_other(address(locale, &path))),
        Ok(done) => answer(&signed, &path, None, done).await,
        Err(error) => answer(&signed, &path, Some(told(locale, error)?), None).await,
    }
}

fn address(locale: Locale, path: &Place) -> String {
    at(locale, &format!("/rounds/{}/keys/{}", path.1, path.2))
}

/// The sheet as a page to print.
async fn printed(signed: &Signed, path: &Place, sheet: &Sheet) -> Result<HttpResponse, Problem> {
    let locale = signed.locale;
    let round = rounds::find(&signed.state.office, &path.1).await?;
    // Without the blanks all of it is digits and capitals, which make a small code.
    let plain = Zeroizing::new(sheet.secret.replace(' ', ""));
    let modules = qr::modules(&plain).map_err(|error| Problem::internal(&error))?;
    let mut outline = Zeroizing::new(String::new());
    for (y, x, length) in modules.runs() {
        outline.push_str(&format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET));
    }
    let page = SheetPage {
        chrome: signed.chrome(&locale.say("sheet-title"), &format!("/rounds/{}/keys/{}", path.1, path.2)),
        holder: sheet.holder.clone(),
        round: sheet.round.clone(),
        secret: sheet.secret.clone(),
        code: (modules.width() + 2 * QUIET, outline),
        texts: texts(locale, &round),
        back: address(locale, path),
    };
    html(StatusCode::OK, locale, &page)
}

async fn answer(
    signed: &Signed,
    path: &Place,
    error: Option<String>,
    done: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (office, locale, slug) = (&signed.state.office, signed.locale, path.1.as_str());
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    let holders = keys::holders(office, &round).await?;
    let holder = holders.iter().find(|holder| holder.number == path.2 && holders.len() > 1);
    let holder = holder.ok_or(Problem::new(ProblemKind::NotFound))?;
    let under = opening::under_way(office, round.id).await?;
    let key = rounds::preparation(office, &round).await?.key;
    let own = holder.sheet.as_ref().is_none_or(|sheet| sheet.staff.is_none_or(|staff| staff == signed.member.id));
    let started = under.as_ref().is_some_and(|under| under.stored.public_key.is_some());
    let steps = if own { steps(&round, holder.sheet.as_ref().map(|sheet| sheet.destroyed), key, started) } else { &[] };
    let page = HolderPage {
        chrome: signed.chrome(&holder.name, &format!("/rounds/{slug}/keys/{}", path.2)),
        name: holder.name.clone(),
        state: if own { state(locale, holder, under.as_ref()) } else { locale.say("holder-not-yours") },
        texts: texts(locale, &round),
        steps: steps.iter().map(|act| step(locale, act)).collect(),
        here: address(locale, path),
        back: at(locale, &format!("/rounds/{slug}/keys")),
        csrf: signed.token(),
        error,
        done,
    };
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html(status, locale, &page)
}

/// What a holder can do: by the round's stage, whether there is a sheet and whether it is destroyed, whether the
/// key is made and whether an opening is under way.
fn steps(round: &Round, destroyed: Option<bool>, key: bool, started: bool) -> &'static [&'static str] {
    match (round.stage(), destroyed) {
        (Stage::Draft | Stage::Scheduled, None) if !key => &["draw"],
        (Stage::Draft | Stage::Scheduled, Some(_)) if !key => &["confirm", "draw"],
        (Stage::Closed { .. }, Some(_)) if started => &["give"],
        (Stage::Opened { scrubbed: true, .. } | Stage::Released, Some(false)) => &["destroyed"],
        (Stage::Opened { .. } | Stage::Released | Stage::Archived, _) | (_, None) => &[],
        (_, Some(_)) => &["rehearse"],
    }
}

fn step(locale: Locale, act: &'static str) -> Step {
    let say = |key: &str| locale.say(key);
    let (title, text, button) = match act {
        "draw" => (say("holder-draw"), say("holder-draw-text"), say("holder-draw-button")),
        "confirm" => (say("holder-confirm"), say("holder-confirm-text"), say("holder-confirm-button")),
        "rehearse" => (say("holder-rehearse"), say("holder-rehearse-text"), say("holder-rehearse-button")),
        "give" => (say("holder-give"), say("holder-give-text"), say("holder-give-button")),
        _ => (say("holder-destroy"), say("holder-destroy-text"), say("holder-destroy-button")),
    };
    let typed = matches!(act, "confirm" | "rehearse" | "give");
    Step { act, title, text, button, typed, password: act == "give" }
}
