//! The tables of a release: which groups and which measures stand in each. The figures are not here.

use serde::{Deserialize, Serialize};

use crate::{
    questionnaire::{Level, TablePlan},
    stats::domain::DomainKind,
};

/// A table of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Id, such as `TRY01`.
    pub id: String,
    /// Dimensions: `district`, `sex`, `age`, `tenure`.
    pub by: Vec<String>,
    /// Measures of this level stand in it.
    pub level: Level,
}

impl Table {
    /// A table of a plan.
    #[must_use]
    pub fn of(plan: &TablePlan) -> Self {
        Self { id: plan.id.clone(), by: plan.by.clone(), level: plan.level }
    }

    /// Types of domains in the table: its dimensions and all their margins, the total first.
    #[must_use]
    pub fn kinds(&self) -> Vec<DomainKind> {
        let has = |dimension: &str| self.by.iter().any(|by| by == dimension);
        let (district, sex, age, tenure) = (has("district"), has("sex"), has("age"), has("tenure"));
        DomainKind::ALL
            .into_iter()
            .filter(|kind| match kind {
                DomainKind::Total => true,
                DomainKind::Sex => sex,
                DomainKind::Age => age,
                DomainKind::SexAge => sex && age,
                DomainKind::Tenure => tenure,
                DomainKind::District => district,
                DomainKind::DistrictSex => district && sex,
                DomainKind::DistrictAge => district && age,
            })
            .collect()
    }

    /// Whether a measure of `level` stands in it.
    #[must_use]
    pub fn holds(&self, level: Level) -> bool {
        self.level == level
    }
}
