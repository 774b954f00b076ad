//! Where the figures can be fetched, every release, and a release as it was frozen.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Provenance, Row, Shown};
use crate::{
    export::changes,
    questionnaire::hexadecimal,
    service::{published, results::Series},
    store::ReleaseHead,
    survey::release::{PublishedMeasure, Release},
    web::{
        extract::Lang,
        i18n::Locale,
        pages::{Chrome, html, page},
        problem::Problem,
        state::State,
    },
};

/// A table that can be fetched.
#[derive(Debug, Clone)]
pub struct Download {
    /// Its id.
    pub id: String,
    /// By what it is divided.
    pub title: String,
    /// For programs.
    pub csv: String,
    /// For Swedish spreadsheets.
    pub excel: String,
    /// Changes since the round before, where there is one.
    pub changes: Option<String>,
}

/// A release in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id, period and when it was made.
    pub title: String,
    /// Address of the frozen copy.
    pub href: String,
    /// Where it says how it came about.
    pub method: String,
    /// SHA-256 of its file.
    pub hash: String,
    /// What it corrects and why.
    pub corrects: Option<String>,
}

page! { "results/data.html",
    /// Files and releases.
    pub struct DataPage {
        /// Around it.
        pub chrome: Chrome,
        /// Where the figures come from.
        pub from: Provenance,
        /// Tables over all rounds.
        pub tables: Vec<Download>,
        /// Every release.
        pub releases: Vec<Listed>,
    }
}

page! { "results/release.html",
    /// A release as it was frozen.
    pub struct ReleasePage {
        /// Around it.
        pub chrome: Chrome,
        /// Its title.
        pub title: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// The release that has taken its place: sentence and address.
        pub successor: Option<(String, String)>,
        /// SHA-256 of its file.
        pub hash: String,
        /// Address of its file.
        pub file: String,
        /// The key that signed it.
        pub key: Option<String>,
        /// Where it says how it came about.
        pub method: String,
        /// Where it says what it corrected.
        pub changes: Option<String>,
        /// When it was made, as a sentence.
        pub frozen: String,
        /// Why it replaced another.
        pub reason: Option<String>,
        /// Every measure of the municipality.
        pub measures: Vec<Row>,
        /// Its tables as files.
        pub tables: Vec<Download>,
    }
}

fn downloads(locale: Locale, release: &Release, folder: &str) -> Vec<Download> {
    let tables = release.head().tables.iter();
    tables
        .map(|table| {
            let by = table.by.iter().map(|by| match by.as_str() {
                "district" => locale.say("by-district"),
                "sex" => locale.say("by-sex"),
                "age" => locale.say("by-age"),
                _ => locale.say("by-tenure"),
            });
            let address = |id: &str, dialect: &str| {
                let file = if folder.is_empty() {
                    format!("/api/tables/{id}/data.csv")
                } else {
                    format!("{folder}/tables/{id}.csv")
                };
                format!("{file}?lang={}&dialect={dialect}", locale.tag())
            };
            let compared = release.period_before().is_some();
            Download {
                id: table.id.clone(),
                title: locale.fill("data-by").with("by", locale.list(&by.collect::<Vec<_>>())).to_string(),
                csv: address(&table.id, "rfc4180"),
                excel: address(&table.id, "excel-sv"),
                changes: compared.then(|| address(&changes::id_of(&table.id), "excel-sv")),
            }
        })
        .collect()
}

/// `GET /{lang}/data`.
///
/// # Errors
/// `not_found` before the first release.
pub async fn data(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let shown = Shown::some(&state, locale).await?;
    let heads = published::list(&state.office).await?;
    let page = DataPage {
        chrome: shown.chrome(&locale.say("data-title"), "/data"),
        from: Provenance::of(locale, shown.release()),
        tables: downloads(locale, shown.release(), ""),
        releases: listed(locale, heads),
    };
    html(StatusCode::OK, locale, &page)
}

/// Releases, the latest first, with what each corrects.
pub(super) fn listed(locale: Locale, heads: Vec<ReleaseHead>) -> Vec<Listed> {
    let one = |head: ReleaseHead| {
        let href = format!("/{}/r/{}", locale.tag(), head.id);
        Listed {
            method: format!("{href}/method"),
            href,
            title: locale
                .fill("data-release")
                .with("release", head.id)
                .with("period", head.period)
                .with("made", locale.date_and_time(head.created_at))
                .to_string(),
            hash: hexadecimal(&head.hash),
            corrects: head.supersedes.map(|old| {
                let reason = head.reason.unwrap_or_default();
                locale.fill("data-corrects").with("release", old).with("reason", reason).to_string()
            }),
        }
    };
    heads.into_iter().rev().map(one).collect()
}

/// The release that has taken the place of the one shown: sentence and address.
///
/// # Errors
/// `unavailable`, `internal`.
pub(super) async fn successor(state: &Data<State>, shown: &Shown) -> Result<Option<(String, String)>, Problem> {
    let found = published::successor(&state.office, &shown.release().head().id).await?;
    Ok(found.map(|id| {
        let sentence = shown.locale.fill("release-replaced").with("release", id.clone()).to_string();
        (sentence, shown.at(&format!("/r/{id}")))
    }))
}

/// `GET /{lang}/r/{release}`.
///
/// # Errors
/// `not_found`.
pub async fn release(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let shown = Shown { locale, series: Series::alone(published::find(&state.office, &path.1).await?) };
    let successor = successor(&state, &shown).await?;
    let release = shown.release();
    let head = release.head();
    let title = locale.fill("release-title").with("release", head.id.clone()).to_string();
    let row =
        |measure: &PublishedMeasure| shown.row(shown.name(&measure.names).to_owned(), None, measure, release.total());
    let page = ReleasePage {
        chrome: shown.chrome(&title, &format!("/r/{}", head.id)),
        from: Provenance::of(locale, release),
        successor,
        hash: release.hash_text(),
        file: format!("/api/releases/{}/file", head.id),
        key: release.key().map(|key| key.to_string()),
        method: shown.at(&format!("/r/{}/method", head.id)),
        changes: head.supersedes.as_ref().map(|_| shown.at(&format!("/r/{}/changes", head.id))),
        frozen: locale.fill("release-frozen").with("made", locale.date_and_time(head.created_at)).to_string(),
        reason: head
            .reason
            .as_ref()
            .map(|reason| locale.fill("release-reason").with("reason", reason.clone()).to_string()),
        measures: head.measures.iter().map(row).collect(),
        tables: downloads(locale, release, &format!("/api/releases/{}", head.id)),
        title,
    };
    html(StatusCode::OK, locale, &page)
}
