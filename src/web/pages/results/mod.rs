//! Results for the public. They read releases only, set no cookie and hold no form that posts, so
//! that any cache may keep them. No number is computed here.

pub mod areas;
pub mod chart;
pub mod corrections;
pub mod data;
pub mod history;
pub mod home;
pub mod indicators;
pub mod method;
pub mod words;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};

use super::{Chrome, Mark, error, see_other};
use crate::{
    service::{
        published::PublishedError,
        results::{self, ResultsError, Series},
    },
    survey::release::{Notice, PublishedMeasure, Release, name_in},
    web::{
        i18n::{Locale, negotiate},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

impl From<PublishedError> for Problem {
    fn from(error: PublishedError) -> Self {
        match error {
            PublishedError::Unknown(_) => ProblemKind::NotFound.into(),
            PublishedError::Store(ref error) if error.is_unavailable() => {
                Self::new(ProblemKind::Unavailable).retry_after(5)
            }
            PublishedError::Damaged(..) => {
                tracing::error!(event = "release_damaged", cause = %error);
                ProblemKind::ReleaseDamaged.into()
            }
            PublishedError::Store(_) => Self::internal(&error),
        }
    }
}

impl From<ResultsError> for Problem {
    fn from(error: ResultsError) -> Self {
        match error {
            ResultsError::Published(error) => error.into(),
            ResultsError::Unknown { .. } => Self::new(ProblemKind::NotFound).detail(error.to_string()),
            ResultsError::Store(error) => error.into(),
        }
    }
}

/// `GET /`: to the reader's language.
pub async fn front(request: HttpRequest) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut response = see_other(format!("/{}/", negotiate(accepted, Locale::has_results).tag()));
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept-Language"));
    response
}

/// What every results page says of the release that it shows.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// What must be said: demo, what the gate did not apply, no weights.
    pub notices: Vec<String>,
    /// Period, field dates, answers and response rate, weights, intervals.
    pub facts: Vec<String>,
    /// "Publicering R-2027-1".
    pub title: String,
    /// Address of the frozen copy.
    pub frozen: String,
}

impl Provenance {
    /// Of `release`.
    #[must_use]
    pub fn of(locale: Locale, release: &Release) -> Self {
        let head = release.head();
        let mut facts = vec![
            locale
                .fill("facts-field")
                .with("period", head.period.clone())
                .with("from", locale.date(head.field.0))
                .with("to", locale.date(head.field.1))
                .with("youngest", head.key.ages.0.to_string())
                .with("oldest", head.key.ages.1.to_string())
                .to_string(),
        ];
        let all = head.responses.iter().find(|response| response.area == release.total());
        facts.extend(all.and_then(|all| method::response::sentence(locale, all)));
        facts.push(weights(locale, release));
        facts.extend(head.redrawn.as_ref().map(|redrawn| words::redrawn(locale, redrawn)));
        facts.push(locale.say("facts-interval"));
        facts.push(signers(locale, release));
        Self {
            notices: release.notices().into_iter().map(|notice| words::notice(locale, notice)).collect(),
            facts,
            title: locale.fill("facts-release").with("release", head.id.clone()).to_string(),
            frozen: format!("/{}/r/{}", locale.tag(), head.id),
        }
    }
}

/// Who signed the release off.
fn signers(locale: Locale, release: &Release) -> String {
    let signed: Vec<String> =
        release.signers().iter().map(|signer| words::organisation(locale, signer.organisation)).collect();
    match release.signers().iter().map(|signer| signer.signed_at).max() {
        Some(last) => locale
            .fill("facts-signed")
            .with("organisations", locale.list(&signed))
            .with("when", locale.date_and_time(last))
            .to_string(),
        None => locale.say("facts-signed-nobody"),
    }
}

fn weights(locale: Locale, release: &Release) -> String {
    match release.head().weights.scheme.as_str() {
        "poststratify" => locale.say("facts-poststratified"),
        "design" => locale.say("facts-design"),
        "rake" => locale.say("facts-raked"),
        _ => locale.say("facts-unweighted"),
    }
}

/// One district or group in a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is of.
    pub name: String,
    /// Where more stands.
    pub href: Option<String>,
    /// The figure.
    pub figure: words::Figure,
    /// The change since the round before.
    pub change: words::Change,
}

/// The newest series with the words around it.
pub struct Shown {
    /// The language.
    pub locale: Locale,
    /// The releases.
    pub series: Series,
}

impl Shown {
    /// The newest series; nothing before the first release.
    ///
    /// # Errors
    /// `unavailable`, `internal`.
    pub async fn newest(state: &Data<State>, locale: Locale) -> Result<Option<Self>, Problem> {
        Ok(results::newest(&state.office).await?.map(|series| Self { locale, series }))
    }

    /// The newest series.
    ///
    /// # Errors
    /// `not_found` before the first release.
    pub async fn some(state: &Data<State>, locale: Locale) -> Result<Self, Problem> {
        Self::newest(state, locale).await?.ok_or(ProblemKind::NotFound.into())
    }

    /// The release of the latest period.
    #[must_use]
    pub fn release(&self) -> &Arc<Release> {
        self.series.newest()
    }

    /// All releases, by period.
    #[must_use]
    pub fn releases(&self) -> Vec<&Release> {
        self.series.releases().iter().map(AsRef::as_ref).collect()
    }

    /// The measure that the papers quote: a composite among the headlines, else the first headline.
    ///
    /// # Errors
    /// `not_found` for a release without measures.
    pub fn headline(&self) -> Result<&PublishedMeasure, Problem> {
        let headlines = self.release().headlines();
        let quoted = headlines.iter().find(|measure| measure.kind == "composite").or_else(|| headlines.first());
        quoted.copied().ok_or(ProblemKind::NotFound.into())
    }

    /// The name of a text in the page's language.
    #[must_use]
    pub fn name<'n>(&self, names: &'n crate::survey::release::Names) -> &'n str {
        name_in(names, self.locale.tag())
    }

    /// An address in the page's language.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("/{}{path}", self.locale.tag())
    }

    /// `measure` in the area `area`, with the change since the round before.
    #[must_use]
    pub fn row(&self, name: String, href: Option<String>, measure: &PublishedMeasure, area: &str) -> Row {
        let release = self.release();
        let domain = release.domain(area, &[]);
        let record = domain.as_ref().and_then(|domain| release.record(&measure.id, domain));
        let change = domain.and_then(|domain| self.series.change(release, &measure.id, &domain));
        Row {
            name,
            href,
            figure: words::figure(self.locale, release, record, measure.unit),
            change: words::change(self.locale, change.as_ref(), measure),
        }
    }

    /// The sentence of a figure.
    #[must_use]
    pub fn level(&self, measure: &PublishedMeasure, area: &str) -> String {
        let release = self.release();
        let domain = release.domain(area, &[]);
        let record = domain.and_then(|domain| release.record(&measure.id, &domain));
        words::level(self.locale, release, area, measure, record)
    }

    /// The municipality, then every district.
    #[must_use]
    pub fn all_areas(&self, measure: &PublishedMeasure) -> Vec<Row> {
        let areas = self.release().head().areas.iter();
        areas
            .map(|area| {
                let href = self.at(&format!("/areas/{}", area.code));
                self.row(self.name(&area.names).to_owned(), Some(href), measure, &area.code)
            })
            .collect()
    }

    /// The trend of `measure` in `area`, drawn.
    #[must_use]
    pub fn trend(&self, measure: &PublishedMeasure, area: &str) -> Trend {
        let releases = self.releases();
        let domain = self.release().domain(area, &[]);
        let compare =
            |release: &Release| domain.as_ref().and_then(|domain| self.series.change(release, &measure.id, domain));
        let drawn = domain.as_ref().map(|domain| {
            let chart = chart::series(self.locale, "trend", &releases, measure, domain, compare);
            (chart.title.clone(), chart::markup(&chart))
        });
        let rows = releases
            .iter()
            .map(|release| {
                let record = domain.as_ref().and_then(|domain| release.record(&measure.id, domain));
                let change = compare(release);
                Row {
                    name: release.head().period.clone(),
                    href: None,
                    figure: words::figure(self.locale, release, record, measure.unit),
                    change: words::change(self.locale, change.as_ref(), measure),
                }
            })
            .collect();
        let (title, svg) = drawn.unwrap_or_default();
        Trend { title, svg, rows }
    }

    /// Around a page of this series.
    #[must_use]
    pub fn chrome(&self, title: &str, path: &str) -> Chrome {
        let release = self.release();
        let sender = release.head().organisations.first().cloned().unwrap_or_default();
        let demo = release.notices().contains(&Notice::Demo);
        Chrome {
            marks: demo.then(|| Mark::of(self.locale, "mark-demo-title", "mark-demo")).into_iter().collect(),
            listed: !demo,
            wide: true,
            ..error::site(self.locale, sender, title, &self.at(path))
        }
    }
}

/// A chart over rounds with the same figures as a table.
#[derive(Debug, Clone)]
pub struct Trend {
    /// What is shown.
    pub title: String,
    /// The drawing.
    pub svg: String,
    /// A row a round.
    pub rows: Vec<Row>,
}
