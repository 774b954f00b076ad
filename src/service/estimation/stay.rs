//! What people who stay have answered: unweighted shares among those who did, in all and by place, for
//! staff. They are a sample of nobody, so the types here have no weight, interval, index or comparison,
//! and nothing of them enters a residents' estimate.

use std::collections::BTreeMap;

use super::{CHUNK_ROWS, EstimationError};
use crate::{
    questionnaire::{Questionnaire, Stream, missing},
    service::{
        Office, areas,
        rounds::{self, RoundError},
    },
    survey::{
        quality::{Flagged, RULE, Rule},
        round::{Round, Stage, WrongStage},
    },
};

/// One answer's share among those who answered its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayShare {
    /// The place; absent for all of them.
    pub place: Option<String>,
    /// Item id.
    pub item: String,
    /// Key of the option.
    pub option: String,
    /// Who answered the item.
    pub n: u64,
    /// Who chose the option; absent where fewer answered than a figure needs.
    pub chose: Option<u64>,
}

/// What an open round has gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayShares {
    /// Responses, the flagged ones included.
    pub responses: u64,
    /// The rule that flagged some.
    pub rule: &'static str,
    /// How many it flagged: none of them counts below.
    pub flagged: Flagged,
    /// Place by place, all of them first; item by item in the order of the version.
    pub shares: Vec<StayShare>,
}

/// Answers by place (0 for all), item and code.
type Counts = BTreeMap<(usize, usize, u8), u64>;

/// The shares of the round `slug`.
///
/// # Errors
/// A round of residents, envelopes that are not opened, a damaged response.
pub async fn stay_shares(office: &Office, slug: &str) -> Result<StayShares, EstimationError> {
    let round = rounds::find(office, slug).await?;
    if round.plan.stream != Stream::Stay {
        return Err(EstimationError::Setting(format!("{slug} asks residents: release it instead")));
    }
    if !matches!(round.stage(), Stage::Opened { scrubbed: true, .. } | Stage::Archived) {
        let stage = round.stage();
        let wrong = WrongStage { stage: stage.key(), wanted: "counted", possible: stage.next() };
        return Err(RoundError::from(wrong).into());
    }
    let reference = &round.plan.questionnaire;
    let found = office.catalogue.find(&office.database, &reference.id, &reference.version).await;
    let questionnaire = found.map_err(RoundError::from)?;
    let publication = office.catalogue.publication(&office.database, &questionnaire).await.map_err(RoundError::from)?.0;
    let mut tx = office.database.read().await?;
    let set = &round.plan.area_set;
    let set = areas::area_set(&mut tx, &set.id, &set.version).await.map_err(RoundError::from)?;
    let districts: Vec<&str> = set.districts().map(|area| area.code.as_str()).collect();

    let (mut rule, mut counts, mut responses, mut after) = (Rule::default(), Counts::new(), 0, None);
    loop {
        let page = tx.responses().page(round.id, after, CHUNK_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for response in &page {
            let damaged = |fault: String| EstimationError::Sheet(fault);
            let sheet =
                questionnaire.decode(&response.sheet, districts.len()).map_err(|fault| damaged(fault.to_string()))?;
            if !round.plan.takes(sheet.paradata()) {
                return Err(damaged("stream".to_owned()));
            }
            responses += 1;
            if rule.read(sheet.codes()).is_some() {
                continue;
            }
            for (item, &code) in sheet.codes().iter().enumerate().filter(|(_, code)| **code <= missing::MOST_OPTIONS) {
                for place in [0, usize::from(sheet.paradata().place)] {
                    *counts.entry((place, item, code)).or_default() += 1;
                }
            }
        }
    }
    let shares = shares(&round, &questionnaire, &districts, &counts, u64::from(publication.floor.n_min));
    Ok(StayShares { responses, rule: RULE, flagged: rule.flagged(), shares })
}

fn shares(
    round: &Round,
    questionnaire: &Questionnaire,
    districts: &[&str],
    counts: &Counts,
    least: u64,
) -> Vec<StayShare> {
    let places = std::iter::once(None).chain(round.plan.places.iter().map(|place| Some(place.id.clone())));
    let mut shares = Vec::new();
    for (number, place) in places.enumerate() {
        let asked = questionnaire
            .items()
            .iter()
            .enumerate()
            .filter(|(_, item)| item.on && item.streams.contains(&Stream::Stay));
        for (at, item) in asked {
            let scale = &questionnaire.scales()[item.scale];
            let areas = if scale.areas_first { districts } else { &[] };
            let options = (1..).zip(areas.iter().copied().chain(scale.options.iter().map(String::as_str)));
            let count = |code: u8| counts.get(&(number, at, code)).copied().unwrap_or(0);
            let n = options.clone().map(|(code, _)| count(code)).sum();
            shares.extend(options.map(|(code, option)| StayShare {
                place: place.clone(),
                item: item.id.clone(),
                option: option.to_owned(),
                n,
                chose: (n >= least).then(|| count(code)),
            }));
        }
    }
    shares
}
