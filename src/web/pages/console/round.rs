//! One round with the acts that its stage and the member's roles allow.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use zeroize::Zeroizing;

use super::{FORM, Signed, at, home::waiting, reminders};
use crate::{
    questionnaire::Stream,
    service::{
        opening, published,
        releasing::{self, Made, Wanted},
        rounds,
    },
    store::Scrubbed,
    survey::{
        round::{AreaSetRef, Place, Round, Stage},
        staff::Act,
    },
    web::{
        extract::Form,
        i18n::Locale,
        pages::{Chrome, html, page, results::words, see_other},
        problem::{Problem, ProblemFault, ProblemKind},
    },
};

/// A stage that a person may choose.
#[derive(Debug, Clone)]
pub struct Move {
    /// Key of the stage.
    pub to: &'static str,
    /// On the button.
    pub label: String,
    /// Whether a reason is asked for.
    pub reason: bool,
}

page! { "console/round.html",
    /// One round.
    pub struct RoundPage {
        /// Around it.
        pub chrome: Chrome,
        /// Its name.
        pub name: String,
        /// What is wrong with the last act: sentence, and the office's own words.
        pub error: Option<(String, Vec<String>)>,
        /// What was just done.
        pub done: Option<String>,
        /// Facts: what and value.
        pub facts: Vec<(String, String)>,
        /// Its current release.
        pub release: Option<(String, String)>,
        /// Its release that waits for sign-off.
        pub waiting: Option<(String, String)>,
        /// The round's address; acts go below it.
        pub here: String,
        /// Stages to choose.
        pub moves: Vec<Move>,
        /// Where several holders' sheets are.
        pub keys: Option<String>,
        /// Whether the key can be made.
        pub key: bool,
        /// Whether envelopes can be opened; `Some(false)` if only the rewriting is left.
        pub open: Option<bool>,
        /// Whether it can be released; `Some(true)` if a reason is needed.
        pub publish: Option<bool>,
        /// Where desk counts are entered, if the member may and people were sampled.
        pub desk: Option<String>,
        /// Where the list is.
        pub back: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

page! { "console/key.html",
    /// The key sheet, shown once.
    pub struct KeyPage {
        /// Around it.
        pub chrome: Chrome,
        /// The round.
        pub name: String,
        /// The passphrase.
        pub passphrase: String,
        /// The round's page.
        pub back: String,
    }
}

pub(super) fn dates(locale: Locale, round: &Round) -> String {
    format!("{} – {}", locale.date(round.plan.opens_on), locale.date(round.plan.closes_on))
}

pub(super) fn stage(locale: Locale, key: &str) -> String {
    match key {
        "draft" => locale.say("stage-draft"),
        "scheduled" => locale.say("stage-scheduled"),
        "open" => locale.say("stage-open"),
        "paused" => locale.say("stage-paused"),
        "closed" => locale.say("stage-closed"),
        "opened" => locale.say("stage-opened"),
        "released" => locale.say("stage-released"),
        _ => locale.say("stage-archived"),
    }
}

/// What the page says of the last act.
#[derive(Debug, Default)]
struct Said {
    status: StatusCode,
    error: Option<(String, Vec<String>)>,
    done: Option<String>,
}

/// `GET /{lang}/console/rounds/{round}`.
///
/// # Errors
/// `not_found`, `unavailable`, `internal`.
pub async fn show(signed: Signed, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    answer(&signed, &path.1, Said::default()).await
}

async fn answer(signed: &Signed, slug: &str, said: Said) -> Result<HttpResponse, Problem> {
    let (office, locale) = (&signed.state.office, signed.locale);
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    let prepared = rounds::preparation(office, &round).await?;
    let release = published::of_round(office, round.id).await?;
    let waiting = waiting(signed).await?.into_iter().find(|(round_id, ..)| *round_id == round.id);
    let plan = &round.plan;
    let several = plan.holders.len() > 1;
    let yes_no = |yes: bool| locale.say(if yes { "console-yes" } else { "console-no" });
    let stay = plan.stream == Stream::Stay;
    let mut facts = vec![
        (locale.say("console-stage"), stage(locale, round.stage().key())),
        (locale.say("console-kind"), plan.kind.key().to_owned()),
        (locale.say("console-period"), plan.period.clone()),
        (locale.say("console-dates"), dates(locale, &round)),
        (locale.say("console-version"), format!("{} {}", plan.questionnaire.id, plan.questionnaire.version)),
        (locale.say("console-key"), yes_no(prepared.key)),
    ];
    if stay {
        let link = |place: &Place| {
            let address = format!("{}/p/{}", signed.state.public_url(), place.id);
            (locale.fill("console-link").with("place", place.name.clone()).to_string(), address)
        };
        facts.extend(plan.places.iter().map(link));
    } else {
        facts.push((locale.say("console-letters"), words::count(locale, prepared.letters)));
        facts.extend(reminders::rows(locale, &prepared.runs));
    }
    let page = RoundPage {
        chrome: signed.chrome(slug, &format!("/rounds/{slug}")),
        name: slug.to_owned(),
        error: said.error,
        done: said.done,
        facts,
        release: release.map(|id| (format!("/{}/r/{id}", locale.tag()), id)),
        waiting: waiting.map(|(_, href, id)| (href, id)),
        here: at(locale, &format!("/rounds/{slug}")),
        moves: if signed.member.may(Act::MoveRound) { moves(locale, round.stage()) } else { Vec::new() },
        keys: several.then(|| at(locale, &format!("/rounds/{slug}/keys"))),
        key: signed.member.may(Act::MoveRound)
            && !prepared.key
            && !several
            && matches!(round.stage(), Stage::Draft | Stage::Scheduled),
        open: match round.stage() {
            _ if !signed.member.may(Act::OpenEnvelopes) => None,
            Stage::Closed { .. } if !several => Some(true),
            Stage::Opened { scrubbed: false, .. } => Some(false),
            _ => None,
        },
        publish: match round.stage() {
            _ if stay || !signed.member.may(Act::Release) => None,
            Stage::Opened { scrubbed: true, .. } => Some(false),
            Stage::Released => Some(true),
            _ => None,
        },
        desk: (signed.member.may(Act::MoveRound) && prepared.letters > 0)
            .then(|| at(locale, &format!("/rounds/{slug}/desk-counts"))),
        back: at(locale, ""),
        csrf: signed.token(),
    };
    html(said.status, locale, &page)
}

/// The stages that a person chooses; opening and releasing are acts of their own.
fn moves(locale: Locale, stage: &Stage) -> Vec<Move> {
    let next = stage.next().iter().copied();
    let running = matches!(stage, Stage::Open { .. } | Stage::Paused { .. });
    next.filter_map(|to| {
        let label = match to {
            "scheduled" => locale.say("move-scheduled"),
            "draft" => locale.say("move-draft"),
            "open" => locale.say("move-open"),
            "paused" => locale.say("move-paused"),
            "closed" => locale.say("move-closed"),
            "archived" => locale.say("move-archived"),
            _ => return None,
        };
        Some(Move { to, label, reason: running && to != "open" })
    })
    .collect()
}

/// An act that was done leads back to the page; a refused one shows it again, with the reason.
async fn after(signed: &Signed, slug: &str, done: Result<Option<String>, Problem>) -> Result<HttpResponse, Problem> {
    match done {
        Ok(None) => Ok(see_other(at(signed.locale, &format!("/rounds/{slug}")))),
        Ok(Some(done)) => answer(signed, slug, Said { done: Some(done), ..Said::default() }).await,
        Err(problem) if told(problem.kind) => {
            let locale = signed.locale;
            let faults = problem.errors.iter().flat_map(|fault| in_words(locale, fault));
            let words = words::distinct(problem.detail.into_iter().chain(faults));
            let title = signed.locale.say(&problem.kind.title_key());
            let said = Said { status: problem.kind.status(), error: Some((title, words)), done: None };
            answer(signed, slug, said).await
        }
        Err(problem) => Err(problem),
    }
}

/// What is wrong: where it is a stage, or why nothing is released, in the reader's language, and then in the
/// program's own words.
fn in_words(locale: Locale, fault: &ProblemFault) -> Vec<String> {
    let ProblemFault { code, detail, .. } = fault;
    let key = match code.as_str() {
        "possible" => return vec![stage(locale, detail)],
        "gate_nothing_left" => "gate-refused-nothing",
        "gate_exhausted" | "gate_rounds" => "gate-refused-narrow",
        "plan_not_atoms" => "gate-refused-areas",
        "revision_too_small" => "gate-refused-revision",
        "gate_inconsistent" | "gate_solver" => "gate-refused-unsure",
        "ledger_missing" => "gate-refused-ledger",
        "area_set_unknown" => "release-areas-unknown",
        "crosswalk_missing" => "release-crosswalk-missing",
        "areas_split" => "release-areas-split",
        _ => return vec![detail.clone()],
    };
    vec![locale.say(key), detail.clone()]
}

/// Whether a refusal is told on the round's own page.
fn told(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::StageConflict
            | ProblemKind::Invalid
            | ProblemKind::GateRefused
            | ProblemKind::LanguageNotReady
            | ProblemKind::SignOffConflict
    )
}

/// `POST …/move`: another stage.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn transition(
    signed: Signed,
    path: Path<(String, String)>,
    form: Form<FORM>,
) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::MoveRound)?;
    let (to, reason) = (form.value("to").unwrap_or_default(), form.value("reason").unwrap_or_default());
    let moved = rounds::transition(&signed.state.office, &path.1, to, reason).await;
    after(&signed, &path.1, moved.map(|_| None).map_err(Problem::from)).await
}

/// `POST …/key`: makes the round's key and shows its passphrase, once.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn key(signed: Signed, path: Path<(String, String)>, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::MoveRound)?;
    let passphrase = match rounds::make_key(&signed.state.office, &path.1).await {
        Ok(passphrase) => passphrase,
        Err(error) => return after(&signed, &path.1, Err(error.into())).await,
    };
    let locale = signed.locale;
    let page = KeyPage {
        chrome: signed.chrome(&locale.say("key-title"), &format!("/rounds/{}", path.1)),
        name: path.1.clone(),
        passphrase: passphrase.to_string(),
        back: at(locale, &format!("/rounds/{}", path.1)),
    };
    html(StatusCode::OK, locale, &page)
}

/// `POST …/open`: opens the envelopes with the holder's passphrase.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn open(signed: Signed, path: Path<(String, String)>, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::OpenEnvelopes)?;
    let locale = signed.locale;
    let typed = form.0.iter().filter(|(name, value)| name == "share" && !value.trim().is_empty());
    let shares = typed.map(|(_, value)| Zeroizing::new(value.trim().to_owned())).collect();
    let opened = opening::open_envelopes(&signed.state.office, &path.1, shares).await;
    let done = opened.map(|opened| match opened.scrubbed {
        Scrubbed::Done => None,
        Scrubbed::Busy => Some(locale.say("open-busy")),
        Scrubbed::LeftToAdministrator(commands) => {
            Some(locale.fill("open-administrator").with("commands", commands.join("; ")).to_string())
        }
    });
    after(&signed, &path.1, done.map_err(Problem::from)).await
}

/// `POST …/release`: estimates and composes a release, which then waits for its sign-offs.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn release(signed: Signed, path: Path<(String, String)>, form: Form<FORM>) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::Release)?;
    let typed = form.value("areas").filter(|typed| !typed.trim().is_empty());
    let Ok(areas) = typed.map(|typed| AreaSetRef::parse(typed).ok_or(())).transpose() else {
        let problem = Problem::new(ProblemKind::Invalid).detail(signed.locale.say("publish-areas-format"));
        return after(&signed, &path.1, Err(problem)).await;
    };
    let wanted = Wanted { reason: form.value("reason"), areas: areas.as_ref(), by: Some(signed.member.id) };
    let made = releasing::release(&signed.state.office, &path.1, &wanted).await;
    if let Ok(Made::Waiting(body, _)) = &made {
        return Ok(see_other(at(signed.locale, &format!("/releases/{}", body.head().id))));
    }
    after(&signed, &path.1, made.map(|_| None).map_err(Problem::from)).await
}
