//! What the page of breaks shows: rows of what was found and said, and the choices of its forms.

use crate::{
    service::{breaks, history},
    survey::breaks::{Act, Code, Declaration, Marked, Wanted},
    web::{i18n::Locale, pages::results::words, problem::Problem},
};

/// Most measures that a row names one by one.
const MOST_NAMED: usize = 8;

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

pub(super) fn choices(names: &[String], chosen: &str) -> Vec<Choice> {
    names.iter().map(|name| (name.clone(), name.clone(), name == chosen)).collect()
}

/// Codes that a person can declare or bridge.
pub(super) fn codes(locale: Locale, chosen: &str) -> Vec<Choice> {
    let possible = Code::ALL.iter().filter(|code| code.is_declared() || code.is_bridgeable());
    possible
        .map(|code| {
            let words = locale.fill("reason").with("code", code.key()).to_string();
            let label = locale.fill("break-code-choice").with("code", code.key()).with("words", words).to_string();
            (code.key().to_owned(), label, code.key() == chosen)
        })
        .collect()
}

/// Values of periods of which several were printed.
pub(super) fn printed(locale: Locale, published: &history::Published, typed: &Wanted) -> Result<Vec<Choice>, Problem> {
    let all = published.history();
    let contradicted = all
        .values
        .iter()
        .filter(|value| value.group == "all" && all.ambiguous(&value.series, &value.period, &value.area));
    let mut choices = Vec::new();
    for value in contradicted {
        let marked = Marked {
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

pub(super) fn row(locale: Locale, found: &breaks::Found, said: &[Declaration]) -> [String; 4] {
    let declared = found.reason.declared.as_deref();
    let declared = declared.and_then(|id| said.iter().find(|said| said.id.to_string() == id));
    let periods = locale
        .fill("break-periods")
        .with("from", found.periods.0.clone())
        .with("to", found.periods.1.clone())
        .to_string();
    let measures: Vec<&str> = found.measures.iter().map(String::as_str).collect();
    let class = locale.fill("break-class").with("class", found.reason.class.key()).to_string();
    let measures = match measures.len() {
        0..=MOST_NAMED => measures.join(", "),
        many => locale.fill("break-measures").with("count", many).to_string(),
    };
    [periods, locale.list(&words::reasons(locale, &[&found.reason], |_| declared)), class, measures]
}

fn who(locale: Locale, said: &Declaration) -> String {
    locale
        .fill("break-who")
        .with("person", said.person.name.clone())
        .with("date", locale.date_and_time(said.at))
        .to_string()
}

/// A statement; withdrawals stand at what they take back.
pub(super) fn line(locale: Locale, said: &Declaration, all: &[Declaration]) -> Option<Said> {
    let text = |option: &Option<String>| option.clone().unwrap_or_default();
    let phrase = locale.fill("break-said").with("act", said.act.key());
    let code = said.act.code()?.key();
    let phrase = match (&said.act, said.act.scope()) {
        (_, Some(scope)) => phrase
            .with("from", scope.from.clone())
            .with("to", text(&scope.to))
            .with("only", [&scope.measure, &scope.item, &scope.area].map(text).join(" ").trim().to_owned()),
        (Act::Mark(marked), None) => phrase
            .with("series", marked.series.clone())
            .with("period", marked.period.clone())
            .with("printed", marked.printed.clone())
            .with("source", marked.source.clone()),
        _ => return None,
    };
    let withdrawn = all.iter().find(|other| matches!(other.act, Act::Withdraw { id } if id == said.id));
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
