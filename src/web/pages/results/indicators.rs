//! The list of measures, and one measure over areas and rounds with what exactly was asked.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Provenance, Row, Shown, Trend, chart, words};
use crate::{
    questionnaire::Direction,
    survey::release::PublishedMeasure,
    web::{
        extract::Lang,
        pages::{Chrome, html, page},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

page! { "results/indicators.html",
    /// Every measure of the municipality.
    pub struct IndicatorsPage {
        /// Around it.
        pub chrome: Chrome,
        /// Where the figures come from.
        pub from: Provenance,
        /// A row a measure.
        pub measures: Vec<Row>,
    }
}

/// A question behind a measure.
#[derive(Debug, Clone)]
pub struct Question {
    /// "Fråga E1".
    pub title: String,
    /// Wording in the reader's language.
    pub text: String,
    /// Wording in Swedish, where the reader's language is another.
    pub swedish: Option<String>,
    /// Options in order.
    pub options: Vec<String>,
}

page! { "results/indicator.html",
    /// One measure.
    pub struct IndicatorPage {
        /// Around it.
        pub chrome: Chrome,
        /// Its name.
        pub name: String,
        /// Its id.
        pub id: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// Level and change of the municipality.
        pub level: String,
        /// The change.
        pub change: words::Change,
        /// Areas whose whole interval lies on the less safe side, or that there is none.
        pub pointed: Option<String>,
        /// Over areas: title and drawing.
        pub areas: Option<(String, String)>,
        /// Municipality and areas as a table.
        pub rows: Vec<Row>,
        /// Over rounds.
        pub trend: Trend,
        /// Unit and which way is better.
        pub unit: String,
        /// Whether there is a table of who answered.
        pub response: bool,
        /// The formula.
        pub formula: String,
        /// Version of the formula.
        pub version: u32,
        /// What was asked.
        pub questions: Vec<Question>,
        /// Citation to copy.
        pub citation: String,
    }
}

/// `GET /{lang}/indicators`.
///
/// # Errors
/// `not_found` before the first release.
pub async fn list(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let shown = Shown::some(&state, lang.0).await?;
    let release = shown.release();
    let row = |measure: &PublishedMeasure| {
        let href = shown.at(&format!("/indicators/{}", measure.id));
        shown.row(shown.name(&measure.names).to_owned(), Some(href), measure, release.total())
    };
    let page = IndicatorsPage {
        chrome: shown.chrome(&lang.0.say("indicators-title"), "/indicators"),
        from: Provenance::of(lang.0, release),
        measures: release.head().measures.iter().map(row).collect(),
    };
    html(StatusCode::OK, lang.0, &page)
}

/// `GET /{lang}/indicators/{measure}`.
///
/// # Errors
/// `not_found`.
pub async fn show(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let shown = Shown::some(&state, locale).await?;
    let release = shown.release();
    let measure = release.measure(&path.1).ok_or(Problem::new(ProblemKind::NotFound))?;
    let name = shown.name(&measure.names).to_owned();
    let total = release.total();
    let municipality = shown.row(String::new(), None, measure, total);
    let of_districts = release.head().tables.iter().any(|table| table.holds(measure.level) && table.by == ["district"]);
    let drawn = chart::areas(locale, "areas", release, &shown.releases(), measure).filter(|_| of_districts);
    let citation = locale
        .fill("about-citation-text")
        .with("title", shown.name(&release.head().titles).to_owned())
        .with("period", release.head().period.clone())
        .with("measure", measure.id.clone())
        .with("release", release.head().id.clone())
        .with("address", format!("{}{}", state.public_url(), shown.at(&format!("/r/{}", release.head().id))))
        .to_string();
    let page = IndicatorPage {
        chrome: shown.chrome(&name, &format!("/indicators/{}", measure.id)),
        id: measure.id.clone(),
        from: Provenance::of(locale, release),
        level: shown.level(measure, total),
        change: municipality.change,
        pointed: of_districts.then(|| pointed(&shown, measure)).flatten(),
        areas: drawn.map(|drawn| (drawn.title.clone(), chart::markup(&drawn))),
        rows: if of_districts { shown.all_areas(measure) } else { Vec::new() },
        trend: shown.trend(measure, total),
        unit: locale
            .fill("about-unit-text")
            .with("unit", words::unit(locale, measure.unit))
            .with("direction", words::direction(locale, measure.direction))
            .to_string(),
        response: !release.head().responses.is_empty(),
        formula: measure.formula.clone(),
        version: measure.version,
        questions: questions(&shown, measure),
        citation,
        name,
    };
    html(StatusCode::OK, locale, &page)
}

/// The areas whose whole interval lies on the less safe side of the municipality's: a cautious rule,
/// not a test.
fn pointed(shown: &Shown, measure: &PublishedMeasure) -> Option<String> {
    let release = shown.release();
    let bounds = |code: &str| {
        let record = release.record(&measure.id, &release.domain(code, &[])?)?;
        record.lower.zip(record.upper)
    };
    let (low, high) = bounds(release.total())?;
    let worse = |code: &str| {
        bounds(code).is_some_and(|(lower, upper)| match measure.direction {
            Direction::HigherBetter => upper < low,
            Direction::LowerBetter => lower > high,
            Direction::Neutral => false,
        })
    };
    if measure.direction == Direction::Neutral {
        return None;
    }
    let areas: Vec<String> =
        release.districts().filter(|area| worse(&area.code)).map(|area| shown.name(&area.names).to_owned()).collect();
    Some(if areas.is_empty() {
        shown.locale.say("pointed-none")
    } else {
        shown.locale.fill("pointed-areas").with("areas", shown.locale.list(&areas)).to_string()
    })
}

fn questions(shown: &Shown, measure: &PublishedMeasure) -> Vec<Question> {
    let tag = shown.locale.tag();
    let behind = shown.release().head().items.iter().filter(|item| measure.items.contains(&item.id));
    behind
        .map(|item| Question {
            title: shown.locale.fill("about-question").with("item", item.id.clone()).to_string(),
            text: shown.name(&item.texts).to_owned(),
            swedish: item.texts.get("sv").filter(|_| tag != "sv").cloned(),
            options: item.options.get(tag).or_else(|| item.options.get("sv")).cloned().unwrap_or_default(),
        })
        .collect()
}
