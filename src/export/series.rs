//! The cells of a table: of one release, or of the current releases of a questionnaire one after the
//! other. Stacking only reads: nothing is summed, averaged or rounded again.

use super::ExportError;
use crate::{
    questionnaire::Direction,
    stats::{disclosure::PublishedRecord, domain::Domain},
    survey::release::{Label, Names, PublishedMeasure, Release, Table},
};

/// Code of everybody in a dimension that is not the region.
pub const TOTAL: &str = "total";

/// A dimension of groups.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Stable id: `Region`, `Kon`, `Alder` or `Boende`.
    pub id: &'static str,
    /// Its codes in order, everybody first.
    pub labels: Vec<Label>,
}

/// A table over releases, by period.
#[derive(Debug)]
pub struct SeriesTable<'r> {
    releases: Vec<&'r Release>,
    /// Dimensions of groups in the fixed order.
    pub dimensions: Vec<Dimension>,
    /// Measures in the order of the newest release.
    pub measures: Vec<&'r PublishedMeasure>,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell<'r> {
    /// A code a dimension, with its names.
    pub group: Vec<Label>,
    /// The measure.
    pub measure: &'r PublishedMeasure,
    /// The release that it stands in.
    pub release: &'r Release,
    /// The figure; absent where no such figure exists.
    pub record: Option<&'r PublishedRecord>,
    /// Why there is none.
    pub absent: &'static str,
    /// The group in the release; absent where it has none such.
    pub domain: Option<Domain>,
}

impl Cell<'_> {
    /// Its mark or letters.
    #[must_use]
    pub fn status(&self) -> String {
        self.record.map_or_else(|| ".".to_owned(), |record| self.release.letters(record))
    }

    /// What the mark stands for.
    #[must_use]
    pub fn reason(&self) -> String {
        self.record.map_or_else(|| self.absent.to_owned(), |record| self.release.reason(record))
    }
}

/// Key of a measure's direction in files.
#[must_use]
pub const fn direction(measure: &PublishedMeasure) -> &'static str {
    direction_key(measure.direction)
}

/// Key of a direction in files.
#[must_use]
pub const fn direction_key(direction: Direction) -> &'static str {
    match direction {
        Direction::LowerBetter => "lower_better",
        Direction::HigherBetter => "higher_better",
        Direction::Neutral => "neutral",
    }
}

fn everybody() -> Label {
    let names: Names = [("sv", "totalt"), ("en", "total")].map(|(tag, name)| (tag.to_owned(), name.to_owned())).into();
    Label { code: TOTAL.to_owned(), names }
}

impl<'r> SeriesTable<'r> {
    /// The table `id` over `releases`, which are sorted by period here.
    ///
    /// # Errors
    /// [`ExportError::UnknownTable`].
    pub fn of(mut releases: Vec<&'r Release>, id: &str) -> Result<Self, ExportError> {
        releases.sort_by(|one, other| one.head().period.cmp(&other.head().period));
        let with = |release: &&Release| release.head().tables.iter().any(|table| table.id == id);
        releases.retain(with);
        let unknown = || ExportError::UnknownTable(id.to_owned());
        let newest = *releases.last().ok_or_else(unknown)?;
        let table = newest.head().tables.iter().find(|table| table.id == id).ok_or_else(unknown)?;
        let mut measures: Vec<&PublishedMeasure> = Vec::new();
        for release in releases.iter().rev() {
            for measure in &release.head().measures {
                if table.holds(measure.level) && !measures.iter().any(|known| known.id == measure.id) {
                    measures.push(measure);
                }
            }
        }
        let dimensions = dimensions(&releases, table);
        Ok(Self { releases, dimensions, measures })
    }

    /// Every cell, the last dimension fastest: groups, then measures, then periods.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell<'r>> {
        let mut groups: Vec<Vec<Label>> = vec![Vec::new()];
        for dimension in &self.dimensions {
            groups = groups
                .iter()
                .flat_map(|group| {
                    dimension.labels.iter().map(|label| {
                        let mut longer = group.clone();
                        longer.push(label.clone());
                        longer
                    })
                })
                .collect();
        }
        let mut cells = Vec::new();
        for group in groups {
            for measure in &self.measures {
                cells.extend(self.releases.iter().map(|release| self.cell(&group, measure, release)));
            }
        }
        cells
    }

    fn cell(&self, group: &[Label], measure: &'r PublishedMeasure, release: &'r Release) -> Cell<'r> {
        let cell = |record, absent, domain| Cell { group: group.to_vec(), measure, release, record, absent, domain };
        if release.measure(&measure.id).is_none() {
            return cell(None, "not_asked", None);
        }
        let mut area = release.total();
        let mut codes = Vec::new();
        for (dimension, label) in self.dimensions.iter().zip(group) {
            if dimension.id == "Region" {
                area = &label.code;
            } else if label.code != TOTAL {
                codes.push(label.code.as_str());
            }
        }
        match release.domain(area, &codes) {
            None => cell(None, "area_absent", None),
            Some(domain) => cell(release.record(&measure.id, &domain), "not_asked", Some(domain)),
        }
    }
}

/// Dimensions of `table`; codes of all releases, those of the newest first.
fn dimensions(releases: &[&Release], table: &Table) -> Vec<Dimension> {
    let has = |name: &str| table.by.iter().any(|by| by == name);
    let merged = |of: fn(&Release) -> &Vec<Label>| {
        let mut labels: Vec<Label> = Vec::new();
        for label in releases.iter().rev().flat_map(|release| of(release)) {
            if !labels.iter().any(|known| known.code == label.code) {
                labels.push(label.clone());
            }
        }
        labels
    };
    let with_everybody = |labels: Vec<Label>| std::iter::once(everybody()).chain(labels).collect();
    let mut dimensions = Vec::new();
    if has("district") {
        dimensions.push(Dimension { id: "Region", labels: merged(|release| &release.head().areas) });
    }
    if has("sex") {
        dimensions.push(Dimension { id: "Kon", labels: with_everybody(merged(|release| &release.head().sexes)) });
    }
    if has("age") {
        dimensions.push(Dimension { id: "Alder", labels: with_everybody(merged(|release| &release.head().ages)) });
    }
    if has("tenure") {
        dimensions.push(Dimension { id: "Boende", labels: with_everybody(merged(|release| &release.head().tenures)) });
    }
    dimensions
}
