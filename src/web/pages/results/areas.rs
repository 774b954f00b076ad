//! The list of areas, and one area with every measure.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Provenance, Row, Shown, Trend, method::response, words};
use crate::{
    questionnaire::Level,
    survey::release::PublishedMeasure,
    web::{
        extract::Lang,
        pages::{Chrome, html, page},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

page! { "results/areas.html",
    /// Every area with the headline measures.
    pub struct AreasPage {
        /// Around it.
        pub chrome: Chrome,
        /// Where the figures come from.
        pub from: Provenance,
        /// Measure names.
        pub measures: Vec<String>,
        /// An area: name, address, a figure a measure.
        pub areas: Vec<(String, String, Vec<words::Figure>)>,
    }
}

page! { "results/area.html",
    /// One area.
    pub struct AreaPage {
        /// Around it.
        pub chrome: Chrome,
        /// Its name.
        pub name: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// Response in the area.
        pub response: Option<String>,
        /// Headline sentences: level and change.
        pub headlines: Vec<(String, String, words::Change)>,
        /// The quoted measure over rounds.
        pub trend: Trend,
        /// Every measure.
        pub measures: Vec<Row>,
        /// The area's cells as a file.
        pub download: Option<String>,
    }
}

/// `GET /{lang}/areas`.
///
/// # Errors
/// `not_found` before the first release.
pub async fn list(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let shown = Shown::some(&state, lang.0).await?;
    let release = shown.release();
    let headlines = release.headlines();
    let figures = |code: &str| {
        let figure = |measure: &&PublishedMeasure| shown.row(String::new(), None, measure, code).figure;
        headlines.iter().map(figure).collect()
    };
    let areas = release.head().areas.iter().map(|area| {
        let href = shown.at(&format!("/areas/{}", area.code));
        (shown.name(&area.names).to_owned(), href, figures(&area.code))
    });
    let page = AreasPage {
        chrome: shown.chrome(&lang.0.say("areas-title"), "/areas"),
        from: Provenance::of(lang.0, release),
        measures: headlines.iter().map(|measure| shown.name(&measure.names).to_owned()).collect(),
        areas: areas.collect(),
    };
    html(StatusCode::OK, lang.0, &page)
}

/// `GET /{lang}/areas/{area}`.
///
/// # Errors
/// `not_found`.
pub async fn show(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let (locale, code) = (lang.0, path.1.as_str());
    let shown = Shown::some(&state, locale).await?;
    let release = shown.release();
    let area = release.area(code).ok_or(Problem::new(ProblemKind::NotFound))?;
    let name = shown.name(&area.names).to_owned();
    let total = code == release.total();
    let here = |measure: &&PublishedMeasure| total || measure.level == Level::D;
    let headlines = release.headlines().into_iter().filter(|measure| here(measure)).map(|measure| {
        let row = shown.row(String::new(), None, measure, code);
        (shown.name(&measure.names).to_owned(), shown.level(measure, code), row.change)
    });
    let measures = release.head().measures.iter().filter(here).map(|measure| {
        let href = shown.at(&format!("/indicators/{}", measure.id));
        shown.row(shown.name(&measure.names).to_owned(), Some(href), measure, code)
    });
    let response = release.head().responses.iter().find(|response| response.area == code);
    let response = response.and_then(|found| response::sentence(locale, found));
    let table = release.head().tables.iter().find(|table| table.by == ["district"]);
    let page = AreaPage {
        chrome: shown.chrome(&name, &format!("/areas/{code}")),
        from: Provenance::of(locale, release),
        response,
        headlines: headlines.collect(),
        trend: shown.trend(shown.headline()?, code),
        measures: measures.collect(),
        download: table
            .map(|table| format!("/api/tables/{}/data.csv?lang={}&dialect=excel-sv", table.id, locale.tag())),
        name,
    };
    html(StatusCode::OK, locale, &page)
}
