//! The frame of a round: whom it invites, by letter number and district, before any code is drawn.

use super::LettersError;
use crate::{
    questionnaire::Stream,
    service::{
        Office, areas,
        rounds::{self, RoundError},
    },
    store::{AreaSample, NewInvitation, Tx},
    survey::{
        agreement,
        area::AreaSet,
        frame::Frame,
        ids::InvitationId,
        round::{Round, Stage},
        sample::Sample,
    },
};

/// Takes in the frame of a round (`letter_no,area_code`, or `area_code,sampled`) in the place of an
/// earlier one. Gives the number of letters.
///
/// # Errors
/// [`LettersError`]; then nothing is changed.
pub async fn frame(office: &Office, slug: &str, csv: &[u8]) -> Result<u64, LettersError> {
    let mut tx = office.database.begin().await?;
    let round = rounds::held(&mut tx, slug).await?.round;
    let letters = take(&mut tx, &round, csv).await?.len() as u64;
    tx.commit().await?;
    tracing::info!(event = "frame_taken_in", letters);
    Ok(letters)
}

/// The same inside a transaction; gives the invitations in the order of the file.
pub(super) async fn take(tx: &mut Tx, round: &Round, csv: &[u8]) -> Result<Vec<NewInvitation>, LettersError> {
    if !matches!(round.stage(), Stage::Draft | Stage::Scheduled) {
        return Err(LettersError::Stage(round.stage().key()));
    }
    let invited = !tx.invitations().counts(round.id).await?.is_empty();
    if invited && tx.invitations().uncoded(round.id).await? == 0 {
        return Err(LettersError::Drawn);
    }
    let set = areas::area_set(tx, &round.plan.area_set.id, &round.plan.area_set.version).await?;
    let frame = Frame::from_csv(csv, &set).map_err(LettersError::Frame)?;
    let name = round.plan.population.as_deref().ok_or(LettersError::NoPopulation)?;
    let sample = frame.sample(&set);
    let disagreements = disagreements(tx, name, &set, &sample).await?;
    if !disagreements.is_empty() {
        return Err(LettersError::Disagree(disagreements));
    }
    let samples: Vec<AreaSample> = sample
        .areas
        .into_iter()
        .map(|(area_code, sampled)| AreaSample { area_code, sampled: i64::try_from(sampled).unwrap_or(i64::MAX) })
        .collect();
    let invitations: Vec<NewInvitation> = frame
        .letters
        .into_iter()
        .map(|(letter_no, area_code)| NewInvitation {
            id: InvitationId::from(uuid::Uuid::new_v4()),
            letter_no,
            area_code,
        })
        .collect();
    tx.invitations().delete_round(round.id).await?;
    tx.invitations().insert_many(round.id, &invitations).await?;
    tx.samples().replace(round.id, &samples).await?;
    Ok(invitations)
}

/// What keeps a round of residents from being scheduled: no frame, or districts in which sample and
/// population contradict each other.
///
/// # Errors
/// The database, or a set or table that is not there.
pub(in crate::service) async fn missing(tx: &mut Tx, round: &Round) -> Result<Vec<String>, RoundError> {
    let Some(name) = round.plan.population.as_deref().filter(|_| round.plan.stream == Stream::Resident) else {
        return Ok(Vec::new());
    };
    let samples = tx.samples().of_round(round.id).await?;
    if samples.is_empty() {
        return Ok(vec!["sample: the round has no frame yet; `trygg letters frame` takes it in".to_owned()]);
    }
    let count = |sampled: i64| u64::try_from(sampled).unwrap_or(0);
    let areas = samples.into_iter().map(|sample| (sample.area_code, count(sample.sampled))).collect();
    let set = areas::area_set(tx, &round.plan.area_set.id, &round.plan.area_set.version).await?;
    disagreements(tx, name, &set, &Sample { areas }).await
}

async fn disagreements(
    tx: &mut Tx,
    population: &str,
    set: &AreaSet,
    sample: &Sample,
) -> Result<Vec<String>, RoundError> {
    let population = areas::population(tx, population).await?.table;
    let found = agreement::disagreements(set, sample, &population);
    Ok(found.iter().map(ToString::to_string).collect())
}
