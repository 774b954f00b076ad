//! What readers of results ask: the newest series, one round beside another, what was printed before.
//! Reads releases only; every difference was computed when the later release was made.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Office, history,
    published::{self, PublishedError},
};
use crate::{
    stats::domain::Domain,
    store::StoreError,
    survey::{
        comparison::{self, Comparison},
        release::Release,
    },
};

/// The current releases of one questionnaire.
#[derive(Debug, Clone)]
pub struct Series {
    /// By period; never empty.
    releases: Vec<Arc<Release>>,
    newest: Arc<Release>,
}

impl Series {
    fn of(releases: Vec<Arc<Release>>) -> Option<Self> {
        let newest = Arc::clone(releases.last()?);
        Some(Self { releases, newest })
    }

    /// One release by itself, current or not.
    #[must_use]
    pub fn alone(release: Arc<Release>) -> Self {
        Self { releases: vec![Arc::clone(&release)], newest: release }
    }

    /// Every release, by period.
    #[must_use]
    pub fn releases(&self) -> &[Arc<Release>] {
        &self.releases
    }

    /// The release of the latest period.
    #[must_use]
    pub const fn newest(&self) -> &Arc<Release> {
        &self.newest
    }

    /// The release before `release`.
    #[must_use]
    pub fn before(&self, release: &Release) -> Option<&Arc<Release>> {
        self.releases.iter().rev().find(|other| other.head().period < release.head().period)
    }

    /// The change of a measure since the round before; nothing for the first round.
    #[must_use]
    pub fn change(&self, release: &Release, measure: &str, domain: &Domain) -> Option<Comparison> {
        Some(comparison::compare(release, self.before(release)?, measure, domain, None))
    }
}

/// Why a comparison cannot be looked up. That two rounds are not comparable is no error.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// No release knows this.
    #[error("no release has the {what} `{value}`")]
    Unknown {
        /// measure, area, group, from or to.
        what: &'static str,
        /// As asked.
        value: String,
    },
    /// Reading releases.
    #[error(transparent)]
    Published(#[from] PublishedError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Every series, one a questionnaire, the one released last first.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn all(office: &Office) -> Result<Vec<Series>, PublishedError> {
    let mut by_questionnaire: BTreeMap<String, Vec<Arc<Release>>> = BTreeMap::new();
    for release in published::current(office).await? {
        by_questionnaire.entry(release.head().questionnaire.id.clone()).or_default().push(release);
    }
    let mut found: Vec<Series> = by_questionnaire.into_values().filter_map(Series::of).collect();
    let newest = |series: &Series| (series.newest.head().period.clone(), series.newest.head().created_at);
    found.sort_by_key(|series| std::cmp::Reverse(newest(series)));
    Ok(found)
}

/// The series that was released last; nothing before the first release.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn newest(office: &Office) -> Result<Option<Series>, PublishedError> {
    Ok(all(office).await?.into_iter().next())
}

/// The series that has the table `id`, or the table whose changes `id` holds.
///
/// # Errors
/// [`ResultsError::Unknown`], the database, or damaged bytes.
pub async fn of_table(office: &Office, id: &str) -> Result<Series, ResultsError> {
    let base = id.strip_suffix('C').unwrap_or(id);
    let has = |series: &Series| series.newest.head().tables.iter().any(|table| table.id == base);
    let found = all(office).await?.into_iter().find(has);
    found.ok_or_else(|| ResultsError::Unknown { what: "table", value: id.to_owned() })
}

/// Which two figures are compared.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Measure id.
    pub measure: &'a str,
    /// Area code.
    pub area: &'a str,
    /// Codes of sex, age or tenure, separated by commas; empty for everybody.
    pub group: &'a str,
    /// Earlier period, or release id.
    pub from: &'a str,
    /// Later period, or release id.
    pub to: &'a str,
}

/// Compares two releases. A period stands for its current release. Printed values of before are never
/// compared: the answer is a refusal with its reasons.
///
/// # Errors
/// [`ResultsError::Unknown`] for what no release has.
pub async fn compare(office: &Office, asked: Asked<'_>) -> Result<Comparison, ResultsError> {
    let unknown = |what, value: &str| ResultsError::Unknown { what, value: value.to_owned() };
    let printed = history::published(office).await?;
    if printed.values.iter().any(|printed| printed.value.series == asked.measure) {
        return refuse_printed(&printed, asked);
    }
    let later = find(office, asked.to, asked.measure, None).await?.ok_or_else(|| unknown("to", asked.to))?;
    if later.measure(asked.measure).is_none() {
        return Err(unknown("measure", asked.measure));
    }
    let questionnaire = later.head().questionnaire.id.clone();
    let earlier = find(office, asked.from, asked.measure, Some(&questionnaire)).await?;
    let earlier = earlier.ok_or_else(|| unknown("from", asked.from))?;
    if earlier.head().period >= later.head().period {
        return Err(unknown("earlier period", asked.from));
    }
    if later.area(asked.area).is_none() {
        return Err(unknown("area", asked.area));
    }
    let codes: Vec<&str> = asked.group.split(',').filter(|code| !code.is_empty()).collect();
    let domain = later.domain(asked.area, &codes).ok_or_else(|| unknown("group", asked.group))?;
    let successor = match published::successor(office, &later.head().id).await? {
        Some(successor) => Some(successor),
        None => published::successor(office, &earlier.head().id).await?,
    };
    Ok(comparison::compare(&later, &earlier, asked.measure, &domain, successor.as_deref()))
}

/// The refusal of a comparison of printed values.
fn refuse_printed(printed: &history::Published, asked: Asked<'_>) -> Result<Comparison, ResultsError> {
    let unknown = |what, value: &str| ResultsError::Unknown { what, value: value.to_owned() };
    let here = |period: &str| {
        printed.values.iter().any(|printed| {
            let value = &printed.value;
            (value.series.as_str(), value.area.as_str(), value.period.as_str()) == (asked.measure, asked.area, period)
        })
    };
    for (what, period) in [("from", asked.from), ("to", asked.to)] {
        if !here(period) {
            return Err(unknown(what, period));
        }
    }
    if !matches!(asked.group, "" | "all") {
        return Err(unknown("group", asked.group));
    }
    if asked.from >= asked.to {
        return Err(unknown("earlier period", asked.from));
    }
    let reasons = printed.reasons(asked.measure, asked.area, (asked.from, asked.to));
    Ok(Comparison::refused(asked.measure, Domain::everybody(), (asked.from, asked.to), reasons))
}

/// The release of that id, else the current one of that period: of `questionnaire`, else of one with
/// the measure.
async fn find(
    office: &Office,
    name: &str,
    measure: &str,
    questionnaire: Option<&str>,
) -> Result<Option<Arc<Release>>, PublishedError> {
    match published::find(office, name).await {
        Ok(release) => return Ok(Some(release)),
        Err(PublishedError::Unknown(_)) => {}
        Err(error) => return Err(error),
    }
    let mut found = published::current(office).await?;
    found.retain(|release| release.head().period == name);
    let fits = |release: &Arc<Release>| match questionnaire {
        Some(id) => release.head().questionnaire.id == id,
        None => release.measure(measure).is_some(),
    };
    let place = found.iter().position(fits).unwrap_or(0);
    Ok((!found.is_empty()).then(|| found.swap_remove(place)))
}
