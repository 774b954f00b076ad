//! The home of the results: the headline figures, every district, the trend, what was printed before.

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use super::{Provenance, Row, Shown, Trend, history::Panel, words};
use crate::{
    service::{answering, history},
    web::{
        extract::Lang,
        i18n::Locale,
        pages::{Chrome, error, html, page},
        problem::Problem,
        state::State,
    },
};

/// A headline measure of the municipality.
#[derive(Debug, Clone)]
pub struct Headline {
    /// Name.
    pub name: String,
    /// Where more stands.
    pub href: String,
    /// The sentence of the level.
    pub level: String,
    /// The figure and its change.
    pub row: Row,
}

page! { "results/home.html",
    /// The page.
    pub struct HomePage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// Headline measures.
        pub headlines: Vec<Headline>,
        /// Name of the measure that table and chart show.
        pub measure: String,
        /// The measure with unit and direction, and that areas are not ranked.
        pub about: String,
        /// Municipality and districts.
        pub areas: Vec<Row>,
        /// Over rounds.
        pub trend: Trend,
        /// What was printed before.
        pub history: Option<Panel>,
        /// Download of the table that holds the districts.
        pub download: Option<String>,
    }
}

page! { "results/empty.html",
    /// Before the first release.
    pub struct EmptyPage {
        /// Around it.
        pub chrome: Chrome,
        /// What was printed before.
        pub history: Option<Panel>,
    }
}

/// `GET /{lang}/`.
///
/// # Errors
/// `unavailable`, `internal`.
pub async fn show(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let printed = history::published(&state.office).await?;
    let Some(shown) = Shown::newest(&state, locale).await? else {
        let sender = answering::front(&state.office).await.map(|front| front.sender).unwrap_or_default();
        let chrome = error::site(locale, sender, &locale.say("results-none-title"), &format!("/{}/", locale.tag()));
        let page = EmptyPage { chrome, history: Panel::of(locale, &printed, None) };
        return html(StatusCode::OK, locale, &page);
    };
    html(StatusCode::OK, locale, &view(&shown, Panel::of(locale, &printed, Some(shown.release())))?)
}

fn view(shown: &Shown, history: Option<Panel>) -> Result<HomePage, Problem> {
    let locale: Locale = shown.locale;
    let release = shown.release();
    let total = release.total();
    let measure = shown.headline()?;
    let title = shown.name(&release.head().titles).to_owned();
    let headlines = release
        .headlines()
        .into_iter()
        .map(|measure| {
            let name = shown.name(&measure.names).to_owned();
            let href = shown.at(&format!("/indicators/{}", measure.id));
            let row = shown.row(name.clone(), None, measure, total);
            Headline { name, href, level: shown.level(measure, total), row }
        })
        .collect();
    let with_districts = release.head().tables.iter().find(|table| table.by == ["district"]);
    Ok(HomePage {
        chrome: shown.chrome(&title, "/"),
        title,
        from: Provenance::of(locale, release),
        headlines,
        measure: shown.name(&measure.names).to_owned(),
        about: locale
            .fill("home-areas-about")
            .with("measure", shown.name(&measure.names).to_owned())
            .with("unit", words::unit(locale, measure.unit))
            .with("direction", words::direction(locale, measure.direction))
            .to_string(),
        areas: shown.all_areas(measure),
        trend: shown.trend(measure, total),
        history,
        download: with_districts
            .map(|table| format!("/api/tables/{}/data.csv?lang={}&dialect=excel-sv", table.id, locale.tag())),
    })
}
