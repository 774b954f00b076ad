//! A composed release before it is public: what it shows, its hash, who has signed, and the forms by
//! which a releaser signs it off or refuses it. The password is typed again for either.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};

use super::{FORM, Signed, at, gate::GateView};
use crate::{
    service::{
        corrections, published,
        releasing::Ended,
        signing::{self, Candidate, Word},
    },
    store::SignOff,
    survey::{
        release::{Body, PublishedMeasure, name_in},
        staff::{Act, Organisation},
    },
    web::{
        api::sign_offs::{download, speak},
        extract::Form,
        i18n::Locale,
        pages::{
            Chrome, html, page,
            results::{Row, words},
            see_other,
        },
        problem::{Problem, ProblemKind},
    },
};

page! { "console/candidate.html",
    /// A candidate.
    pub struct CandidatePage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// What is wrong with the last act.
        pub errors: Vec<String>,
        /// What has become of it.
        pub state: String,
        /// Facts: what and value.
        pub facts: Vec<(String, String)>,
        /// What every organisation has said.
        pub words: Vec<String>,
        /// SHA-256 of the body.
        pub hash: String,
        /// Headline figures, while it waits.
        pub headlines: Vec<Row>,
        /// What the gate did, while it waits.
        pub gate: Option<GateView>,
        /// Address of the body, while it waits.
        pub file: Option<String>,
        /// The release, once it is public.
        pub released: Option<String>,
        /// Heading of the form, for those who may sign now.
        pub sign: Option<String>,
        /// The candidate's address; acts go below it.
        pub here: String,
        /// Where the round is.
        pub back: String,
        /// Name of the round.
        pub round: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

/// What has become of a candidate, as a sentence.
#[must_use]
pub fn state(locale: Locale, ended: Option<Ended>) -> String {
    match ended {
        None => locale.say("candidate-waiting"),
        Some(Ended::Released) => locale.say("candidate-released"),
        Some(Ended::Refused) => locale.say("candidate-refused"),
        Some(Ended::Stale) => locale.say("candidate-stale"),
        Some(Ended::Replaced) => locale.say("candidate-replaced"),
        Some(Ended::Expired) => locale.say("candidate-expired"),
    }
}

/// Why a signature was not taken.
fn fault(locale: Locale, code: &str, detail: &str) -> String {
    match code {
        "password_wrong" => locale.say("sign-password-wrong"),
        "reason_missing" => locale.say("sign-reason-missing"),
        "own_composition" => locale.say("sign-own-composition"),
        "same_person" => locale.say("sign-same-person"),
        "organisation_signed" => locale.say("sign-organisation-signed"),
        "organisation_not_asked" => locale.say("sign-not-asked"),
        "body_differs" => locale.say("sign-body-differs"),
        "candidate_released" => state(locale, Some(Ended::Released)),
        "candidate_refused" => state(locale, Some(Ended::Refused)),
        "candidate_stale" => state(locale, Some(Ended::Stale)),
        "candidate_replaced" => state(locale, Some(Ended::Replaced)),
        "candidate_expired" => state(locale, Some(Ended::Expired)),
        _ => detail.to_owned(),
    }
}

/// `GET /{lang}/console/releases/{release}`.
///
/// # Errors
/// `forbidden`, `not_found`, `unavailable`, `internal`.
pub async fn show(signed: Signed, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    signed.must(Act::SeeCandidate)?;
    answer(&signed, &path.1, StatusCode::OK, Vec::new()).await
}

async fn answer(signed: &Signed, id: &str, status: StatusCode, errors: Vec<String>) -> Result<HttpResponse, Problem> {
    let (office, locale) = (&signed.state.office, signed.locale);
    let candidate = signing::find(office, id).await?;
    let title = locale.fill("candidate-title").with("release", id.to_owned()).to_string();
    let here = at(locale, &format!("/releases/{id}"));
    let slug = &candidate.inputs.round.plan.slug;
    let may = candidate.may_sign(&signed.member, office.clock.now()).is_ok();
    let own = words::organisation(locale, signed.member.organisation);
    let page = CandidatePage {
        chrome: signed.chrome(&title, &format!("/releases/{id}")),
        errors,
        state: state(locale, candidate.ended),
        facts: facts(signed, &candidate).await?,
        words: candidate.inputs.organisations.iter().map(|one| word(locale, &candidate, *one)).collect(),
        hash: candidate.body_sha256.clone(),
        headlines: candidate.body.as_ref().map_or_else(Vec::new, |body| headlines(locale, body)),
        gate: GateView::of(locale, &candidate),
        file: candidate.body.is_some().then(|| format!("{here}/file")),
        released: (candidate.ended == Some(Ended::Released)).then(|| format!("/{}/r/{id}", locale.tag())),
        sign: may.then(|| locale.fill("sign-title").with("organisation", own).to_string()),
        back: at(locale, &format!("/rounds/{slug}")),
        round: slug.clone(),
        csrf: signed.token(),
        here,
        title,
    };
    html(status, locale, &page)
}

async fn facts(signed: &Signed, candidate: &Candidate) -> Result<Vec<(String, String)>, Problem> {
    let locale = signed.locale;
    let inputs = &candidate.inputs;
    let mut facts = vec![
        (locale.say("console-period"), inputs.round.plan.period.clone()),
        (locale.say("candidate-composed"), locale.date_and_time(inputs.created_at)),
    ];
    if let Some(body) = &candidate.body {
        let gate = &body.head().gate;
        let count = |value: usize| words::count(locale, value as u64);
        let counts = locale
            .fill("candidate-counts")
            .with("shown", count(gate.shown))
            .with("withheld", count(gate.withheld))
            .with("flagged", count(gate.flagged))
            .to_string();
        facts.push((locale.say("candidate-figures"), counts));
    }
    facts.extend(inputs.redrawn.as_ref().map(|to| (locale.say("table-area"), words::redrawn(locale, to))));
    if let Some(old) = &inputs.supersedes {
        let reason = inputs.reason.clone().unwrap_or_default();
        let corrects = locale.fill("data-corrects").with("release", old.clone()).with("reason", reason).to_string();
        facts.push((locale.say("candidate-correction"), corrects));
        if let Some(body) = &candidate.body {
            let old = published::find(&signed.state.office, old).await?;
            let differ = corrections::count(&old, body);
            let differ = locale.fill("correction-count").with("count", differ).to_string();
            facts.push((locale.say("candidate-differs"), differ));
        }
    }
    Ok(facts)
}

/// What an organisation has said of it.
fn word(locale: Locale, candidate: &Candidate, of: Organisation) -> String {
    let name = words::organisation(locale, of);
    let said = |sign_off: &&SignOff| sign_off.organisation == of.key();
    match candidate.sign_offs.iter().find(said) {
        None => locale.fill("word-none").with("organisation", name).to_string(),
        Some(SignOff { signed_at, refusal: None, .. }) => locale
            .fill("word-signed")
            .with("organisation", name)
            .with("when", locale.date_and_time(*signed_at))
            .to_string(),
        Some(SignOff { signed_at, refusal: Some(reason), .. }) => locale
            .fill("word-refused")
            .with("organisation", name)
            .with("when", locale.date_and_time(*signed_at))
            .with("reason", reason.clone())
            .to_string(),
    }
}

/// The measures that the papers will quote, for the whole municipality.
fn headlines(locale: Locale, body: &Body) -> Vec<Row> {
    let domain = body.domain(body.total(), &[]);
    let row = |measure: &&PublishedMeasure| {
        let record = domain.as_ref().and_then(|domain| body.record(&measure.id, domain));
        Row {
            name: name_in(&measure.names, locale.tag()).to_owned(),
            href: None,
            figure: words::figure(locale, body, record, measure.unit),
            change: words::change(locale, None, measure),
        }
    };
    body.headlines().iter().map(row).collect()
}

/// `GET …/file`: the body that is signed.
///
/// # Errors
/// `forbidden`, `not_found`, also when it has ended; `unavailable`, `internal`.
pub async fn file(signed: Signed, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    signed.must(Act::SeeCandidate)?;
    download(&signing::find(&signed.state.office, &path.1).await?)
}

/// `POST …/sign`: signs it off, or refuses it where the form's button says so.
///
/// # Errors
/// `forbidden`, `not_found`, `too_many_requests`, `unavailable`, `internal`.
pub async fn sign(
    signed: Signed,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<FORM>,
) -> Result<HttpResponse, Problem> {
    signed.check(&form)?;
    signed.must(Act::SignRelease)?;
    let value = |name: &str| form.value(name).unwrap_or_default();
    let word = if value("word") == "refuse" { Word::Refuse(value("reason")) } else { Word::Sign(value("hash")) };
    match speak(&request, &signed.state, &signed.member, &path.1, value("password"), word).await {
        Ok(()) => Ok(see_other(at(signed.locale, &format!("/releases/{}", path.1)))),
        Err(problem) if told(problem.kind) => {
            let errors = problem.errors.iter().map(|told| fault(signed.locale, &told.code, &told.detail)).collect();
            answer(&signed, &path.1, problem.kind.status(), errors).await
        }
        Err(problem) => Err(problem),
    }
}

/// Whether a refusal is told on the candidate's own page.
fn told(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::Invalid | ProblemKind::SignOffConflict | ProblemKind::SecondPersonRequired)
}
