//! What a statement on a break names has to be there, and a spelling fix takes two persons. Whether it
//! makes sense by itself is `survey::breaks`' business.

use std::sync::Arc;

use super::BreakError;
use crate::{
    questionnaire::Questionnaire,
    service::{
        Office, areas, history,
        rounds::{self, RoundError},
    },
    store::Tx,
    survey::{
        area::AreaSet,
        breaks::{Act, Code, Marked, Refused, Register, Scope},
        round::Round,
        staff::StaffMember,
    },
};

/// A round with what its scope can name.
struct Known {
    round: Round,
    questionnaire: Arc<Questionnaire>,
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
pub(super) async fn look_up(office: &Office, tx: &mut Tx, act: &Act, scope: &Scope) -> Result<(), BreakError> {
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
pub(super) fn once_each(standing: &Register, scope: &Scope, member: &StaffMember) -> Result<(), Refused> {
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
pub(super) async fn printed(office: &Office, marked: &Marked) -> Result<(), BreakError> {
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
