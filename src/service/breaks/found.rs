//! What the machine found between released rounds, as the releases hold it.

use std::collections::{BTreeMap, BTreeSet};

use super::BreakError;
use crate::{
    service::{Office, results},
    stats::{compare::Reason, domain::DomainKind},
    survey::breaks::Code,
};

/// A reason between two releases, with everything that it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Earlier and later period.
    pub periods: (String, String),
    /// The later release, which holds the comparison.
    pub release: String,
    /// What was found.
    pub reason: Reason,
    /// Measures.
    pub measures: BTreeSet<String>,
    /// Codes of areas, the total too.
    pub areas: BTreeSet<String>,
}

/// Every reason between current releases, as the releases hold them. That a figure is withheld is no
/// break.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn found(office: &Office) -> Result<Vec<Found>, BreakError> {
    let mut found = Vec::new();
    for series in results::all(office).await? {
        for release in series.releases() {
            let mut of_release: BTreeMap<(&str, &Reason), Found> = BTreeMap::new();
            for change in release.table().changes() {
                let area = match (change.domain.kind, &change.domain.area) {
                    (DomainKind::Total, _) => release.total().to_owned(),
                    (DomainKind::District, Some(area)) => area.clone(),
                    _ => continue,
                };
                for reason in change.reasons.iter().filter(|reason| reason.code != Code::Withheld.key()) {
                    let entry = of_release.entry((change.from.as_str(), reason)).or_insert_with(|| Found {
                        periods: (change.from.clone(), release.head().period.clone()),
                        release: release.head().id.clone(),
                        reason: reason.clone(),
                        measures: BTreeSet::new(),
                        areas: BTreeSet::new(),
                    });
                    entry.measures.insert(change.measure.clone());
                    entry.areas.insert(area.clone());
                }
            }
            found.extend(of_release.into_values());
        }
    }
    Ok(found)
}
