//! From a composed body to a stored candidate, and from a signed one to a public release: each one
//! transaction. Releases of one questionnaire are made one after the other, because the gate of each
//! has to know those before it.

use super::{Composed, Inputs, ReleaseError, compose};
use crate::{
    questionnaire::Stream,
    service::{
        Office, keys,
        rounds::{self, RoundError},
    },
    store::{CandidateBody, ReleaseHead, StoreError, StoredCandidate, StoredRelease, Tx},
    survey::{
        ids::StaffId,
        release::{Body, Release},
        round::{AreaSetRef, Kind, Round, Stage, WrongStage},
        staff::Organisation,
    },
};

/// How a candidate ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Signed by all: it is public.
    Released,
    /// Refused by an organisation.
    Refused,
    /// Another release of the questionnaire came first: the gate has looked at an older ledger.
    Stale,
    /// Composed anew.
    Replaced,
    /// Not signed in time.
    Expired,
}

impl Ended {
    /// Key in tables; with `candidate_` before it, the code.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Refused => "refused",
            Self::Stale => "stale",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
        }
    }

    /// The end with this key; none while it is waiting.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let all = [Self::Released, Self::Refused, Self::Stale, Self::Replaced, Self::Expired];
        all.into_iter().find(|end| end.key() == key)
    }
}

/// What composing has made.
#[derive(Debug)]
pub enum Made {
    /// Nobody has to sign: it is public.
    Released(Release),
    /// It waits until all of these have signed it off.
    Waiting(Body, Vec<Organisation>),
}

/// What is wanted of a release besides its round.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Why the round's current release is replaced; required for a correction.
    pub reason: Option<&'a str>,
    /// Newer areas that its figures are for; absent = those of the round.
    pub areas: Option<&'a AreaSetRef>,
    /// Who composes it.
    pub by: Option<StaffId>,
}

/// Estimates the round `slug`, asks the gate and freezes what it lets through; with a reason it is a
/// correction of the round's current release. Where organisations have to sign, nothing public
/// changes; an older candidate of the round gives way.
///
/// # Errors
/// [`ReleaseError`]; then nothing is stored.
pub async fn release(office: &Office, slug: &str, wanted: &Wanted<'_>) -> Result<Made, ReleaseError> {
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    match round.stage() {
        _ if round.plan.kind == Kind::Test => return Err(ReleaseError::Test),
        _ if round.plan.stream == Stream::Stay => return Err(ReleaseError::Stay(round.plan.slug)),
        Stage::Opened { scrubbed: true, .. } | Stage::Released => {}
        Stage::Opened { .. } => return Err(ReleaseError::NotScrubbed),
        stage => {
            let wrong = WrongStage { stage: stage.key(), wanted: "released", possible: stage.next() };
            return Err(RoundError::from(wrong).into());
        }
    }
    let left = keys::sheets_left(&mut office.database.read().await?, round.id).await?;
    if left > 0 {
        return Err(ReleaseError::SheetsLeft(left));
    }
    let inputs = Inputs::gather(office, round, wanted).await?;
    let Composed { body, internal, ledger } = Box::pin(compose(office, &inputs)).await?;
    let document = serde_json::to_vec(&inputs).map_err(|_| StoreError::inconsistent("candidates", "inputs"))?;
    let candidate = StoredCandidate {
        id: inputs.id.clone(),
        round: inputs.round.id,
        questionnaire_id: inputs.round.plan.questionnaire.id.clone(),
        body_hash: *body.hash(),
        inputs: document,
        composed_at: inputs.created_at,
        composed_by: wanted.by,
        state: String::new(),
        ended_at: None,
    };
    let held = CandidateBody { body: body.bytes().to_vec(), internal, ledger };
    let mut tx = office.database.begin_long().await?;
    tx.questionnaires().lock(&candidate.questionnaire_id).await?;
    if inputs.is_stale(&mut tx).await? {
        return Err(ReleaseError::Stale);
    }
    for other in tx.candidates().waiting().await? {
        if other.round == candidate.round {
            tx.candidates().end(&other.id, Ended::Replaced.key(), inputs.created_at).await?;
        }
    }
    if let Err(error) = tx.candidates().insert(&candidate, &held).await {
        let taken = error.conflicts_with("candidates_id_key");
        return Err(if taken { ReleaseError::Stale } else { error.into() });
    }
    let made = if inputs.organisations.is_empty() {
        let release = body.sign(Vec::new(), &office.release_key)?;
        publish(office, &mut tx, &inputs, &release, &held).await?;
        Made::Released(release)
    } else {
        Made::Waiting(body, inputs.organisations)
    };
    tx.commit().await?;
    office.live.refresh();
    tracing::info!(event = "composed", release = candidate.id, public = matches!(made, Made::Released(_)));
    Ok(made)
}

/// Makes a signed candidate public inside `tx`, which holds the questionnaire's lock; all other
/// candidates of the questionnaire are stale from then on.
///
/// # Errors
/// [`ReleaseError::Stale`] if another release came first.
pub(in crate::service) async fn publish(
    office: &Office,
    tx: &mut Tx,
    inputs: &Inputs,
    release: &Release,
    held: &CandidateBody,
) -> Result<(), ReleaseError> {
    let plan = &inputs.round.plan;
    if inputs.is_stale(tx).await? {
        return Err(ReleaseError::Stale);
    }
    let round = rounds::held(tx, &plan.slug).await?;
    let number = 1 + tx.releases().list().await?.iter().filter(|other| other.round == inputs.round.id).count();
    let stored = StoredRelease {
        head: ReleaseHead {
            id: inputs.id.clone(),
            round: inputs.round.id,
            number: i64::try_from(number).unwrap_or(i64::MAX),
            period: plan.period.clone(),
            questionnaire_id: plan.questionnaire.id.clone(),
            hash: *release.hash(),
            created_at: inputs.created_at,
            supersedes: inputs.supersedes.clone(),
            reason: inputs.reason.clone(),
        },
        bytes: release.bytes().to_vec(),
    };
    tx.releases().insert(&stored).await?;
    tx.estimates_internal().insert(&inputs.id, &held.internal).await?;
    tx.ledger().insert(&inputs.id, &held.ledger).await?;
    round.keep(tx, Round::release).await?;
    let now = office.clock.now();
    tx.candidates().end(&inputs.id, Ended::Released.key(), now).await?;
    for other in tx.candidates().waiting().await? {
        if other.questionnaire_id == plan.questionnaire.id {
            tx.candidates().end(&other.id, Ended::Stale.key(), now).await?;
        }
    }
    Ok(())
}
