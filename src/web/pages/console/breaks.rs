//! The register of breaks: what the machine found between released rounds, what persons have said of
//! it, and the forms to say more.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, http::StatusCode};

use super::{FORM, Signed, at};
use crate::{
    service::{breaks, history, rounds},
    survey::{
        breaks::{self as register, Code, Declaration, Wanted},
        staff::Act,
    },
    web::{
        extract::Form,
        i18n::Locale,
        pages::{Chrome, html, page, results::words, see_other},
        problem::{Problem, ProblemKind},
    },
};

/// A statement in the list.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its id.
    pub id: String,
    /// What is said, of what.
    pub what: String,
    /// Why.
    pub note: String,
    /// By whom and when.
    pub who: String,
    /// By whom and why it was taken back.
    pub withdrawn: Option<String>,
}

/// A choice of a form: value, label, whether it is chosen.
pub type Choice = (String, String, bool);

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
    let chosen: Option<register::Marked> = form.value("value").and_then(|value| serde_json::from_str(value).ok());
    let marked = |field: fn(register::Marked) -> String| chosen.clone().map(field);
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
    let of_rounds = |chosen: &str| choices(&names, chosen, Clone::clone);
    let codes: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| code.is_declared() || code.is_bridgeable()).collect();
    let found = breaks::found(office).await?;
    let page = BreaksPage {
        chrome: signed.chrome(&locale.say("breaks-title"), "/breaks"),
        error,
        found: found.iter().map(|found| row(locale, found, &said)).collect(),
        said: said.iter().filter_map(|one| line(locale, one, &said)).collect(),
        acts: [("declare", "break-declare"), ("bridge", "break-bridge"), ("spelling", "break-spelling")]
            .map(|(act, key)| (act.to_owned(), locale.say(key), act == typed.act))
            .into(),
        codes: codes
            .into_iter()
            .map(|code| {
                let words = locale.fill("reason").with("code", code.key()).to_string();
                let label = locale.fill("break-code-choice").with("code", code.key()).with("words", words).to_string();
                (code.key().to_owned(), label, code.key() == typed.code)
            })
            .collect(),
        rounds: (of_rounds(&typed.from), of_rounds(&typed.to)),
        evidence: [("split_sample", "break-split-sample"), ("parallel_run", "break-parallel-run")]
            .map(|(evidence, key)| (evidence.to_owned(), locale.say(key), evidence == typed.evidence))
            .into(),
        printed: printed(locale, &history::published(office).await?, &typed)?,
        typed,
        may: signed.member.may(Act::DeclareBreak),
        here: at(locale, "/breaks"),
        back: at(locale, ""),
        csrf: signed.token(),
    };
    html(status, locale, &page)
}

fn choices(names: &[String], chosen: &str, label: impl Fn(&String) -> String) -> Vec<Choice> {
    names.iter().map(|name| (name.clone(), label(name), name == chosen)).collect()
}

/// Values of periods of which several were printed.
fn printed(locale: Locale, published: &history::Published, typed: &Wanted) -> Result<Vec<Choice>, Problem> {
    let all = published.history();
    let contradicted = all
        .values
        .iter()
        .filter(|value| value.group == "all" && all.ambiguous(&value.series, &value.period, &value.area));
    let mut choices = Vec::new();
    for value in contradicted {
        let marked = register::Marked {
            series: value.series.clone(),
            period: value.period.clone(),
            area: value.area.clone(),
            group: value.group.clone(),
            printed: value.printed.clone(),
            source: value.source.clone(),
        };
        let label = locale
            .fill("break-value-choice")
            .with("series", value.series.clone())
            .with("period", value.period.clone())
            .with("printed", value.printed.clone())
            .with("source", value.source.clone())
            .to_string();
        let chosen = (&typed.series, &typed.period, &typed.printed, &typed.source)
            == (&marked.series, &marked.period, &marked.printed, &marked.source);
        let key = serde_json::to_string(&marked).map_err(|error| Problem::internal(&error))?;
        choices.push((key, label, chosen));
    }
    Ok(choices)
}

fn row(locale: Locale, found: &breaks::Found, said: &[Declaration]) -> [String; 4] {
    let declared = found.reason.declared.as_deref();
    let declared = declared.and_then(|id| said.iter().find(|said| said.id.to_string() == id));
    let periods = locale
        .fill("break-periods")
        .with("from", found.periods.0.clone())
        .with("to", found.periods.1.clone())
        .to_string();
    let measures: Vec<String> = found.measures.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let class = locale.fill("break-class").with("class", found.reason.class.key()).to_string();
    [periods, words::reason(locale, &found.reason, declared), class, measures.join(", ")]
}

fn who(locale: Locale, said: &Declaration) -> String {
    locale
        .fill("break-who")
        .with("person", said.person.name.clone())
        .with("date", locale.date_and_time(said.at))
        .to_string()
}

/// A statement; withdrawals stand at what they take back.
fn line(locale: Locale, said: &Declaration, all: &[Declaration]) -> Option<Said> {
    let text = |option: &Option<String>| option.clone().unwrap_or_default();
    let phrase = locale.fill("break-said").with("act", said.act.key());
    let code = said.act.code()?.key();
    let phrase = match (&said.act, said.act.scope()) {
        (_, Some(scope)) => phrase
            .with("from", scope.from.clone())
            .with("to", text(&scope.to))
            .with("only", [&scope.measure, &scope.item, &scope.area].map(text).join(" ").trim().to_owned()),
        (register::Act::Mark(marked), None) => phrase
            .with("series", marked.series.clone())
            .with("period", marked.period.clone())
            .with("printed", marked.printed.clone())
            .with("source", marked.source.clone()),
        _ => return None,
    };
    let withdrawn = all.iter().find(|other| matches!(other.act, register::Act::Withdraw { id } if id == said.id));
    Some(Said {
        id: said.id.to_string(),
        what: phrase.with("code", code).to_string(),
        note: said.note.clone(),
        who: who(locale, said),
        withdrawn: withdrawn.map(|withdrawn| {
            let phrase = locale.fill("break-withdrawn").with("who", who(locale, withdrawn));
            phrase.with("note", withdrawn.note.clone()).to_string()
        }),
    })
}
