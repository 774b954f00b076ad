//! The register of breaks: what persons declare, bridge, mark or take back is checked and kept, and
//! what the machine found stands in the releases. What a reason weighs is decided in `survey::breaks`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    Office, areas, history,
    published::PublishedError,
    results,
    rounds::{self, RoundError},
};
use crate::{
    questionnaire::Questionnaire,
    stats::{compare::Reason, disclosure::SafeTable, domain::DomainKind},
    store::{StoreError, StoredDeclaration, Tx},
    survey::{
        area::AreaSet,
        breaks::{Act, Code, Declaration, Marked, Person, Refused, Register, Scope, Wanted},
        round::Round,
        staff::{self, StaffMember},
    },
};

/// Why a statement on a break is not kept.
#[derive(Debug, thiserror::Error)]
pub enum BreakError {
    /// It does not hold together, or names what there is not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A round, its questionnaire or its areas.
    #[error(transparent)]
    Round(RoundError),
    /// A release.
    #[error(transparent)]
    Published(#[from] PublishedError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RoundError> for BreakError {
    fn from(error: RoundError) -> Self {
        match error {
            RoundError::Store(error) => Self::Store(error),
            other => Self::Round(other),
        }
    }
}

/// Keeps a statement of `member`, with the instant.
///
/// # Errors
/// [`BreakError::Refused`] with the field and the remedy; then nothing is kept.
pub async fn declare(office: &Office, member: &StaffMember, wanted: &Wanted) -> Result<Declaration, BreakError> {
    if !member.may(staff::Act::DeclareBreak) {
        let remedy = "only an analyst says anything of breaks";
        return Err(Refused::new("not_allowed", "by", &member.name, remedy).into());
    }
    let (act, note) = wanted.read()?;
    let mut tx = office.database.begin().await?;
    let at = office.clock.now();
    let standing = Register::as_of(list(&mut tx).await?, at);
    if let Some(scope) = act.scope() {
        look_up(office, &mut tx, &act, scope).await?;
    }
    match &act {
        Act::Spelling { scope } => once_each(&standing, scope, member)?,
        Act::Mark(marked) => printed(office, marked).await?,
        Act::Withdraw { id } if !standing.standing().iter().any(|said| said.id == *id) => {
            let remedy = "give the id of a statement that stands; the list shows them";
            return Err(Refused::new("id_unknown", "id", &id.to_string(), remedy).into());
        }
        Act::Withdraw { .. } | Act::Declare { .. } | Act::Bridge { .. } => {}
    }
    let said = Declaration { id: uuid::Uuid::now_v7(), act, person: Person::from(member), at, note };
    let document =
        serde_json::to_value(&said).map_err(|_| StoreError::inconsistent("break_declarations", "document"))?;
    tx.declarations()
        .insert(&StoredDeclaration { id: said.id, staff_id: member.id, document, declared_at: at })
        .await?;
    tx.commit().await?;
    tracing::info!(event = "break_declared", act = said.act.key());
    Ok(said)
}

async fn list(tx: &mut Tx) -> Result<Vec<Declaration>, StoreError> {
    let rows = tx.declarations().list().await?.into_iter();
    rows.map(|row| {
        serde_json::from_value(row.document).map_err(|_| StoreError::inconsistent("break_declarations", "document"))
    })
    .collect()
}

/// Every statement, oldest first; withdrawals too.
///
/// # Errors
/// The database.
pub async fn declarations(office: &Office) -> Result<Vec<Declaration>, StoreError> {
    list(&mut office.database.read().await?).await
}

/// The register as it stood at `instant`: a release made then used exactly this.
///
/// # Errors
/// The database.
pub async fn breaks_as_of(office: &Office, instant: DateTime<Utc>) -> Result<Register, StoreError> {
    Ok(Register::as_of(declarations(office).await?, instant))
}

/// The statements that the reasons of a table rest on.
pub(super) fn used(register: &Register, table: &SafeTable) -> Vec<Declaration> {
    let reasons = table.changes().iter().flat_map(|change| &change.reasons);
    let named: BTreeSet<&str> = reasons.filter_map(|reason| reason.declared.as_deref()).collect();
    register.standing().iter().filter(|said| named.contains(said.id.to_string().as_str())).cloned().collect()
}

/// A round with what its scope can name.
struct Known {
    round: Round,
    questionnaire: std::sync::Arc<Questionnaire>,
    areas: AreaSet,
}

async fn known(office: &Office, tx: &mut Tx, field: &'static str, slug: &str) -> Result<Known, BreakError> {
    let round = match rounds::held(tx, slug).await {
        Ok(held) => held.round,
        Err(RoundError::Unknown(_)) => {
            return Err(Refused::new("round_unknown", field, slug, "`trygg round list` shows the rounds").into());
        }
        Err(error) => return Err(error.into()),
    };
    let (version, set) = (&round.plan.questionnaire, &round.plan.area_set);
    let questionnaire = office.catalogue.find(&office.database, &version.id, &version.version).await;
    let questionnaire = questionnaire.map_err(RoundError::from)?;
    let areas = areas::area_set(tx, &set.id, &set.version).await.map_err(RoundError::from)?;
    Ok(Known { round, questionnaire, areas })
}

/// Refuses rounds, measures, items and areas that there are not.
async fn look_up(office: &Office, tx: &mut Tx, act: &Act, scope: &Scope) -> Result<(), BreakError> {
    let mut rounds = vec![known(office, tx, "from", &scope.from).await?];
    if let Some(to) = &scope.to {
        rounds.push(known(office, tx, "to", to).await?);
    }
    let refuse = |code, field, found: &Option<String>, has: &dyn Fn(&Known, &str) -> bool| match found {
        Some(found) if !rounds.iter().any(|round| has(round, found)) => {
            Err(Refused::new(code, field, found, "name one of these rounds, or leave it out for all"))
        }
        _ => Ok(()),
    };
    refuse("measure_unknown", "measure", &scope.measure, &|round, id| {
        round.questionnaire.measures().iter().any(|measure| measure.id == *id)
    })?;
    refuse("item_unknown", "item", &scope.item, &|round, id| {
        round.questionnaire.items().iter().any(|item| item.id == *id)
    })?;
    refuse("area_unknown", "area", &scope.area, &|round, code| round.areas.find(code).is_some())?;
    if matches!(act, Act::Bridge { code: Code::AgeRange, .. }) {
        let near = |round: &Known| matches!(round.round.plan.ages, (16, 84 | 85));
        if !rounds.iter().all(near) {
            let remedy = "age limits are bridged between 16-84 and 16-85 only";
            return Err(Refused::new("not_bridgeable", "code", Code::AgeRange.key(), remedy).into());
        }
    }
    Ok(())
}

/// A spelling fix is told by two different persons.
fn once_each(standing: &Register, scope: &Scope, member: &StaffMember) -> Result<(), Refused> {
    let again = standing.standing().iter().any(|said| {
        said.person.id == member.id && matches!(&said.act, Act::Spelling { scope: other } if other == scope)
    });
    if again {
        let remedy = "you have marked it already; a second person has to agree";
        return Err(Refused::new("same_person_twice", "by", &member.name, remedy));
    }
    Ok(())
}

/// Only what was printed can be marked.
async fn printed(office: &Office, marked: &Marked) -> Result<(), BreakError> {
    let published = history::published(office).await?;
    let printed = published.values.iter().map(|value| &value.value).any(|value| {
        (&value.series, &value.period, &value.area) == (&marked.series, &marked.period, &marked.area)
            && (&value.group, &value.printed, &value.source) == (&marked.group, &marked.printed, &marked.source)
    });
    if printed {
        return Ok(());
    }
    let remedy = "give series, period, area, value and source exactly as they are listed under /api/history";
    Err(Refused::new("value_unknown", "printed", &marked.printed, remedy).into())
}

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

/// Statements that concern released rounds or printed values only, each with its withdrawal.
///
/// # Errors
/// The database, or damaged bytes.
pub async fn public(office: &Office) -> Result<Vec<(Declaration, Option<Declaration>)>, BreakError> {
    let released: BTreeSet<String> = {
        let series = results::all(office).await?;
        series.iter().flat_map(results::Series::releases).map(|release| release.head().round.clone()).collect()
    };
    let said = declarations(office).await?;
    let withdrawal = |id| said.iter().find(|said| matches!(said.act, Act::Withdraw { id: of } if of == id)).cloned();
    let public = said.iter().filter(|said| match &said.act {
        Act::Withdraw { .. } => false,
        Act::Mark(_) => true,
        Act::Declare { scope, .. } | Act::Bridge { scope, .. } | Act::Spelling { scope } => {
            released.contains(&scope.from) && scope.to.as_ref().is_none_or(|to| released.contains(to))
        }
    });
    Ok(public.map(|said| (said.clone(), withdrawal(said.id))).collect())
}
