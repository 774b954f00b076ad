//! Corrections: every release that has taken another's place, and figure by figure what it changed.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Provenance, Shown, words};
use crate::{
    service::{
        corrections::{self, Correction},
        results::Series,
    },
    survey::release::{Corrected, corrected},
    web::{
        extract::Lang,
        i18n::Locale,
        pages::{Chrome, html, page},
        problem::Problem,
        state::State,
    },
};

/// A correction in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Id of the correction.
    pub id: String,
    /// What it replaces, when and why.
    pub sentence: String,
    /// How many figures differ.
    pub count: String,
    /// Where they stand.
    pub href: String,
}

page! { "results/corrections.html",
    /// Every correction.
    pub struct CorrectionsPage {
        /// Around it.
        pub chrome: Chrome,
        /// Where the figures come from.
        pub from: Provenance,
        /// The latest first.
        pub corrections: Vec<Listed>,
    }
}

/// A figure as it was and as it is.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The measure; for a difference with the earlier period.
    pub measure: String,
    /// Of whom.
    pub group: String,
    /// As it was.
    pub old: words::Figure,
    /// As it is.
    pub new: words::Figure,
}

page! { "results/changes.html",
    /// What one correction changed.
    pub struct ChangesPage {
        /// Around it.
        pub chrome: Chrome,
        /// Heading.
        pub title: String,
        /// Where the figures come from.
        pub from: Provenance,
        /// What it replaces, when and why.
        pub sentence: String,
        /// How many figures differ.
        pub count: String,
        /// The replaced release: id and address.
        pub old: (String, String),
        /// The correction: id and address.
        pub new: (String, String),
        /// Every figure that differs.
        pub figures: Vec<Changed>,
        /// The same for programs.
        pub file: String,
    }
}

fn sentence(locale: Locale, correction: &Correction) -> String {
    let head = correction.new.head();
    locale
        .fill("correction-sentence")
        .with("release", head.id.clone())
        .with("old", correction.old.head().id.clone())
        .with("when", locale.date_and_time(head.created_at))
        .with("reason", head.reason.clone().unwrap_or_default())
        .to_string()
}

fn counted(locale: Locale, count: usize) -> String {
    locale.fill("correction-count").with("count", count).to_string()
}

/// `GET /{lang}/corrections`.
///
/// # Errors
/// `not_found` before the first release.
pub async fn list(lang: Lang, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let shown = Shown::some(&state, locale).await?;
    let all = corrections::all(&state.office).await?;
    let corrections = all.iter().map(|correction| Listed {
        id: correction.new.head().id.clone(),
        sentence: sentence(locale, correction),
        count: counted(locale, corrections::count(&correction.old, &correction.new)),
        href: shown.at(&format!("/r/{}/changes", correction.new.head().id)),
    });
    let page = CorrectionsPage {
        chrome: shown.chrome(&locale.say("corrections-title"), "/corrections"),
        from: Provenance::of(locale, shown.release()),
        corrections: corrections.collect(),
    };
    html(StatusCode::OK, locale, &page)
}

/// `GET /{lang}/r/{release}/changes`.
///
/// # Errors
/// `not_found`, also for a release that corrects nothing.
pub async fn show(lang: Lang, path: Path<(String, String)>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let locale = lang.0;
    let correction = corrections::find(&state.office, &path.1).await?;
    let shown = Shown { locale, series: Series::alone(correction.new.clone()) };
    let figures: Vec<Changed> = corrected(&correction.old, &correction.new)
        .into_iter()
        .map(|corrected| changed(&shown, &correction, &corrected))
        .collect();
    let (old, new) = (correction.old.head().id.clone(), correction.new.head().id.clone());
    let title = locale.fill("changes-title").with("release", new.clone()).to_string();
    let page = ChangesPage {
        chrome: shown.chrome(&title, &format!("/r/{new}/changes")),
        from: Provenance::of(locale, shown.release()),
        sentence: sentence(locale, &correction),
        count: counted(locale, figures.len()),
        figures,
        file: format!("/api/releases/{new}/changes"),
        old: (old.clone(), shown.at(&format!("/r/{old}"))),
        new: (new.clone(), shown.at(&format!("/r/{new}"))),
        title,
    };
    html(StatusCode::OK, locale, &page)
}

fn changed(shown: &Shown, correction: &Correction, corrected: &Corrected<'_>) -> Changed {
    let (locale, which) = (shown.locale, corrected.which);
    let measure = correction.new.measure(which.measure).or_else(|| correction.old.measure(which.measure));
    let name = measure.map_or(which.measure, |measure| shown.name(&measure.names)).to_owned();
    let figure = |of: Option<&crate::survey::release::Shown<'_>>| {
        measure.map(|measure| words::shown(locale, of, measure.unit)).unwrap_or_default()
    };
    Changed {
        measure: match which.since {
            None => name,
            Some(period) => {
                locale.fill("changes-since").with("measure", name).with("from", period.to_owned()).to_string()
            }
        },
        group: words::group(
            locale,
            if corrected.new.is_some() { &correction.new } else { &correction.old },
            which.domain,
        ),
        old: figure(corrected.old.as_ref()),
        new: figure(corrected.new.as_ref()),
    }
}
