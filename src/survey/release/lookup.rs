//! Looking things up in the figures of a release by the codes that readers use: figures, measures, areas, groups.
//! Nothing is computed.

use super::{Figures, Label, PublishedMeasure};
use crate::stats::{
    disclosure::{PublishedChange, PublishedRecord},
    domain::{Domain, DomainKind},
};

impl Figures {
    /// The figure of a measure for a group.
    #[must_use]
    pub fn record(&self, measure: &str, domain: &Domain) -> Option<&PublishedRecord> {
        self.places.get(&(measure.to_owned(), domain.clone())).and_then(|&place| self.table.records().get(place))
    }

    /// The change of a measure for a group since `period`.
    #[must_use]
    pub fn change(&self, measure: &str, domain: &Domain, period: &str) -> Option<&PublishedChange> {
        let key = (measure.to_owned(), domain.clone(), period.to_owned());
        self.changes.get(&key).and_then(|&place| self.table.changes().get(place))
    }

    /// The measure `id`.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&PublishedMeasure> {
        self.head.measures.iter().find(|measure| measure.id == id)
    }

    /// Headline measures in the order of the version; the first measures where none is declared.
    #[must_use]
    pub fn headlines(&self) -> Vec<&PublishedMeasure> {
        let declared: Vec<&PublishedMeasure> = self.head.measures.iter().filter(|measure| measure.headline).collect();
        if declared.is_empty() { self.head.measures.iter().take(3).collect() } else { declared }
    }

    /// Code of the total.
    #[must_use]
    pub fn total(&self) -> &str {
        &self.head.key.total
    }

    /// Districts in the order of the area set.
    pub fn districts(&self) -> impl Iterator<Item = &Label> {
        self.head.areas.iter().filter(|area| area.code != self.head.key.total)
    }

    /// The area of a code.
    #[must_use]
    pub fn area(&self, code: &str) -> Option<&Label> {
        self.head.areas.iter().find(|area| area.code == code)
    }

    /// The group that an area and codes of sex, age or tenure name; nothing if there is none such.
    #[must_use]
    pub fn domain(&self, area: &str, codes: &[&str]) -> Option<Domain> {
        let area = if area == self.total() { None } else { Some(self.area(area)?.code.clone()) };
        let mut domain = Domain { kind: DomainKind::Total, area, sex: None, age: None, tenure: None };
        for code in codes {
            let is = |labels: &[Label]| labels.iter().any(|label| label.code == *code);
            let part = if is(&self.head.sexes) {
                &mut domain.sex
            } else if is(&self.head.ages) {
                &mut domain.age
            } else if is(&self.head.tenures) {
                &mut domain.tenure
            } else {
                return None;
            };
            if part.replace((*code).to_owned()).is_some() {
                return None;
            }
        }
        domain.kind = match (&domain.area, &domain.sex, &domain.age, &domain.tenure) {
            (None, None, None, None) => DomainKind::Total,
            (None, Some(_), None, None) => DomainKind::Sex,
            (None, None, Some(_), None) => DomainKind::Age,
            (None, Some(_), Some(_), None) => DomainKind::SexAge,
            (None, None, None, Some(_)) => DomainKind::Tenure,
            (Some(_), None, None, None) => DomainKind::District,
            (Some(_), Some(_), None, None) => DomainKind::DistrictSex,
            (Some(_), None, Some(_), None) => DomainKind::DistrictAge,
            _ => return None,
        };
        Some(domain)
    }
}
