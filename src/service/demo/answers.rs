//! Made-up people answer: their sheets go through the intake like anybody's.

use std::{collections::BTreeMap, path::Path};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Failure, people::Person};
use crate::{
    questionnaire::{Questionnaire, Stream, missing},
    service::{
        Office,
        intake::{Outcome, Submission},
        rounds,
    },
    survey::{
        admission::Admission,
        answer_sheet::{AnswerSheet, Context, Mode, Paradata},
        area::AreaSet,
        ids::SubmissionId,
        invitation::{Code, CodeKey},
    },
};

/// Submissions that wait for the writer at a time.
const ABREAST: usize = 500;

/// Lets a part of the invited answer through the intake; gives the letters of the others. `share`
/// tells how far the round has come.
pub(super) async fn answer(
    office: &Office,
    set: &AreaSet,
    slug: &str,
    codes: &Path,
    share: f64,
    level: f64,
    seed: u64,
) -> Result<Vec<Vec<String>>, Failure> {
    let round = rounds::find(office, slug).await?;
    let reference = &round.plan.questionnaire;
    let questionnaire = office.catalogue.find(&office.database, &reference.id, &reference.version).await?;
    let key = CodeKey::derive(office.service_secret.expose(), round.id);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut unused = Vec::new();
    let mut waiting = Vec::new();
    let mut reader = csv::Reader::from_path(codes)?;
    for letter in reader.records() {
        let letter: Vec<String> = letter?.iter().map(str::to_owned).collect();
        let [_, area, code] = letter.as_slice() else { return Err("the letters file is damaged".into()) };
        let option = set.option_of(area).ok_or("a letter names an unknown district")?;
        let place = usize::from(option) - 1;
        let person = Person::draw(place, level, &mut rng);
        if !rng.random_bool(share * (0.5 + 0.02 * f64::from(option % 9))) {
            unused.push(letter);
            continue;
        }
        let hash = key.hash(&Code::parse(code)?);
        let mut tx = office.database.read().await?;
        let invitation = tx.invitations().find_by_code(round.id, hash.bytes()).await?.ok_or("a code is unknown")?;
        drop(tx);
        let context = Context {
            paradata: Paradata { mode: Mode::Web, language: 1, stream: Stream::Resident, place: missing::FILTERED },
            areas: set.districts().count(),
            area: Some(option),
        };
        let sheet = sheet(&questionnaire, &person, &context, &mut rng)?;
        let submission = SubmissionId::from(uuid::Uuid::new_v4());
        let submission =
            Submission { round: round.id, submission, admission: Admission::Code(invitation.id), sheet, draft: None };
        let intake = office.intake.clone();
        waiting.push(tokio::spawn(async move { intake.take(submission).await }));
        if waiting.len() == ABREAST {
            settle(&mut waiting).await?;
        }
    }
    settle(&mut waiting).await?;
    Ok(unused)
}

async fn settle(waiting: &mut Vec<tokio::task::JoinHandle<Outcome>>) -> Result<(), Failure> {
    for outcome in waiting.drain(..) {
        let outcome = outcome.await?;
        if outcome != Outcome::Accepted {
            return Err(format!("an answer of the demo was not taken: {outcome:?}").into());
        }
    }
    Ok(())
}

fn sheet(
    questionnaire: &Questionnaire,
    person: &Person,
    context: &Context,
    rng: &mut ChaCha8Rng,
) -> Result<AnswerSheet, Failure> {
    let mut chosen: BTreeMap<usize, u8> = person.answer(questionnaire, rng);
    if let Some(area) = questionnaire.class().area {
        chosen.remove(&area);
    }
    let seen = vec![true; questionnaire.pages().len()];
    questionnaire
        .check_form(&chosen, &seen, context)
        .map_err(|faults| format!("a made-up sheet does not fit: {faults:?}").into())
}
