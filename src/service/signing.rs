//! Signing a candidate off, or refusing it. Every organisation that the publication plan names sees the
//! same frozen body by its hash; when the last has signed, the release key signs the file and it is
//! public: one transaction. Never the analyst who composed it, and no person for two organisations.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{
    Office,
    releasing::{self, Ended, Inputs, ReleaseError},
    staff::{self, StaffError},
};
use crate::{
    questionnaire::hexadecimal,
    store::{CandidateBody, SignOff, StoreError, StoredCandidate, Tx},
    survey::{
        release::{Body, Release, Signer},
        staff::{Act, Organisation, Role, StaffMember},
    },
};

/// Days within which all must have signed.
const DAYS: i64 = 14;

/// Why a candidate is not signed or refused.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// No candidate has this id.
    #[error("no release that waits for sign-off has the id `{0}`")]
    Unknown(String),
    /// The member is no releaser.
    #[error("only a releaser signs a release off (role releaser)")]
    Role,
    /// The member's organisation is not asked.
    #[error("{} is not among those that sign this release (signing_organisations)", .0.key())]
    NotAsked(Organisation),
    /// Who composed it does not sign it.
    #[error("whoever composed a release does not sign it off: ask a colleague")]
    Composer,
    /// The organisation has spoken.
    #[error("{} has signed already", .0.key())]
    Signed(Organisation),
    /// The person has spoken, for another organisation.
    #[error("you have signed this release for another organisation; one person never signs for two")]
    SamePerson,
    /// It cannot be signed any more.
    #[error("{}", ended(*.0))]
    Ended(Ended),
    /// The hash that was seen is another.
    #[error("the body that was shown has another SHA-256 than the one that waits ({0}); look at it again")]
    OtherBody(String),
    /// A refusal without a reason.
    #[error("a refusal says why")]
    NoReason,
    /// The password is wrong.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Making it public.
    #[error(transparent)]
    Release(#[from] ReleaseError),
}

impl SigningError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "candidate_unknown",
            Self::Role => "role_missing",
            Self::NotAsked(_) => "organisation_not_asked",
            Self::Composer => "own_composition",
            Self::Signed(_) => "organisation_signed",
            Self::SamePerson => "same_person",
            Self::Ended(Ended::Released) => "candidate_released",
            Self::Ended(Ended::Refused) => "candidate_refused",
            Self::Ended(Ended::Stale) => "candidate_stale",
            Self::Ended(Ended::Replaced) => "candidate_replaced",
            Self::Ended(Ended::Expired) => "candidate_expired",
            Self::OtherBody(_) => "body_differs",
            Self::NoReason => "reason_missing",
            Self::Staff(_) => "password_wrong",
            Self::Release(_) => "release_refused",
        }
    }
}

const fn ended(how: Ended) -> &'static str {
    match how {
        Ended::Released => "all have signed: the release is public",
        Ended::Refused => "the release was refused; compose it again",
        Ended::Stale => "another release of the questionnaire came first, which the gate must know; compose it again",
        Ended::Replaced => "the release was composed anew; sign that one",
        Ended::Expired => "it was not signed by all within 14 days; compose it again",
    }
}

impl From<StoreError> for SigningError {
    fn from(error: StoreError) -> Self {
        Self::Release(error.into())
    }
}

/// A candidate with what belongs to it.
#[derive(Debug)]
pub struct Candidate {
    /// Id of the release that it would be.
    pub id: String,
    /// SHA-256 of its body, hexadecimal.
    pub body_sha256: String,
    /// What it was composed of.
    pub inputs: Inputs,
    /// Who has signed or refused.
    pub sign_offs: Vec<SignOff>,
    /// How it ended; nothing while it waits.
    pub ended: Option<Ended>,
    /// Its figures, while it waits.
    pub body: Option<Body>,
    stored: StoredCandidate,
}

impl Candidate {
    /// Organisations that have not signed yet.
    #[must_use]
    pub fn waiting_for(&self) -> Vec<Organisation> {
        let spoken = |organisation: &&Organisation| self.sign_offs.iter().all(|o| o.organisation != organisation.key());
        self.inputs.organisations.iter().filter(spoken).copied().collect()
    }

    /// Whether `member` may sign it or refuse it now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_sign(&self, member: &StaffMember, now: DateTime<Utc>) -> Result<(), SigningError> {
        if !member.may(Act::SignRelease) {
            return Err(SigningError::Role);
        }
        if let Some(how) = self.ended {
            return Err(SigningError::Ended(how));
        }
        if now - self.stored.composed_at > Duration::days(DAYS) {
            return Err(SigningError::Ended(Ended::Expired));
        }
        if !self.inputs.organisations.contains(&member.organisation) {
            return Err(SigningError::NotAsked(member.organisation));
        }
        if self.stored.composed_by == Some(member.id) {
            return Err(SigningError::Composer);
        }
        if self.sign_offs.iter().any(|sign_off| sign_off.organisation == member.organisation.key()) {
            return Err(SigningError::Signed(member.organisation));
        }
        if self.sign_offs.iter().any(|sign_off| sign_off.staff == member.id) {
            return Err(SigningError::SamePerson);
        }
        Ok(())
    }
}

/// The candidate `id`, ended or not.
///
/// # Errors
/// [`SigningError::Unknown`], or a body that is not the one that was frozen.
pub async fn find(office: &Office, id: &str) -> Result<Candidate, SigningError> {
    let (mut found, held) = {
        let mut tx = office.database.read().await?;
        (read(&mut tx, id).await?, tx.candidates().body(id).await?)
    };
    if let Some(CandidateBody { body, .. }) = held {
        let hash = found.stored.body_hash;
        // Megabytes of JSON: not on a thread that serves requests.
        let body = tokio::task::spawn_blocking(move || Body::read(body, &hash))
            .await
            .map_err(|_| StoreError::inconsistent("candidate_bodies", "body"))?;
        found.body = Some(body.map_err(ReleaseError::from)?);
    }
    Ok(found)
}

/// A candidate without its figures.
async fn read(tx: &mut Tx, id: &str) -> Result<Candidate, SigningError> {
    let stored = tx.candidates().find(id).await?.ok_or_else(|| SigningError::Unknown(id.to_owned()))?;
    let inputs = inputs_of(&stored)?;
    Ok(Candidate {
        id: stored.id.clone(),
        body_sha256: hexadecimal(&stored.body_hash),
        inputs,
        sign_offs: tx.sign_offs().of_candidate(id).await?,
        ended: Ended::parse(&stored.state),
        body: None,
        stored,
    })
}

pub(super) fn inputs_of(stored: &StoredCandidate) -> Result<Inputs, StoreError> {
    serde_json::from_slice(&stored.inputs).map_err(|_| StoreError::inconsistent("candidates", "inputs"))
}

/// Ids of the candidates that wait, the oldest first.
///
/// # Errors
/// The database.
pub async fn waiting(office: &Office) -> Result<Vec<StoredCandidate>, SigningError> {
    Ok(office.database.read().await?.candidates().waiting().await?)
}

/// What a signature or a refusal has come to.
#[derive(Debug)]
pub enum Outcome {
    /// These have still to sign.
    WaitsFor(Vec<Organisation>),
    /// It is public.
    Released(Arc<Release>),
    /// It never will be.
    Refused,
}

/// What a releaser says of a candidate.
#[derive(Debug, Clone, Copy)]
pub enum Word<'a> {
    /// Signs the body with this SHA-256, hexadecimal.
    Sign(&'a str),
    /// Refuses it, and why.
    Refuse(&'a str),
}

/// Takes the word of `member`, who types the password again, on the candidate `id`. When the last
/// organisation has signed, the release is public.
///
/// # Errors
/// [`SigningError`]; then nothing is stored, but that a stale or late candidate has ended.
pub async fn speak(
    office: &Office,
    id: &str,
    member: &StaffMember,
    password: &str,
    word: Word<'_>,
) -> Result<Outcome, SigningError> {
    let seen = find(office, id).await?;
    // As the account is now: roles may have changed since sign-in.
    let member = staff::step_up(office, member.id, password).await?;
    let now = office.clock.now();
    let mut tx = office.database.begin_long().await?;
    tx.questionnaires().lock(&seen.stored.questionnaire_id).await?;
    let found = read(&mut tx, id).await?;
    let stale = found.inputs.is_stale(&mut tx).await?;
    match found.may_sign(&member, now) {
        Ok(()) if stale => return end(tx, id, Ended::Stale, now).await,
        Ok(()) => {}
        Err(SigningError::Ended(Ended::Expired)) if found.ended.is_none() => {
            return end(tx, id, Ended::Expired, now).await;
        }
        Err(refused) => return Err(refused),
    }
    let refusal = match word {
        Word::Refuse(reason) if reason.trim().is_empty() => return Err(SigningError::NoReason),
        Word::Refuse(reason) => Some(reason.trim().to_owned()),
        Word::Sign(hash) if hash != found.body_sha256 => return Err(SigningError::OtherBody(found.body_sha256)),
        Word::Sign(_) => None,
    };
    let refused = refusal.is_some();
    let sign_off = SignOff {
        organisation: member.organisation.key().to_owned(),
        staff: member.id,
        role: Role::Releaser.key().to_owned(),
        signed_at: now,
        refusal,
    };
    tx.sign_offs().insert(id, &sign_off).await?;
    tracing::info!(event = "sign_off", release = id, organisation = sign_off.organisation, refused);
    if refused {
        tx.candidates().end(id, Ended::Refused.key(), now).await?;
        tx.commit().await?;
        return Ok(Outcome::Refused);
    }
    let left: Vec<Organisation> = found.waiting_for().into_iter().filter(|one| *one != member.organisation).collect();
    if !left.is_empty() {
        tx.commit().await?;
        return Ok(Outcome::WaitsFor(left));
    }
    let (Some(body), Some(held)) = (seen.body, tx.candidates().body(id).await?) else {
        return Err(StoreError::inconsistent("candidate_bodies", "body").into());
    };
    let signers = signers(&found, tx.sign_offs().of_candidate(id).await?)?;
    let release = body.sign(signers, &office.release_key).map_err(ReleaseError::from)?;
    releasing::publish(office, &mut tx, &found.inputs, &release, &held).await?;
    tx.commit().await?;
    office.live.refresh();
    tracing::info!(event = "released", release = id);
    Ok(Outcome::Released(Arc::new(release)))
}

/// A candidate that is found to be over ends.
async fn end(mut tx: Tx, id: &str, how: Ended, now: DateTime<Utc>) -> Result<Outcome, SigningError> {
    tx.candidates().end(id, how.key(), now).await?;
    tx.commit().await?;
    Err(SigningError::Ended(how))
}

/// The sign-offs as they stand in the file, in the order of the publication plan.
fn signers(candidate: &Candidate, sign_offs: Vec<SignOff>) -> Result<Vec<Signer>, StoreError> {
    let signer = |organisation: &Organisation| {
        let found = sign_offs.iter().find(|sign_off| sign_off.organisation == organisation.key())?;
        Some(Signer {
            organisation: *organisation,
            role: Role::parse(&found.role)?,
            signed_at: found.signed_at,
            body_sha256: candidate.body_sha256.clone(),
        })
    };
    let signers: Option<Vec<Signer>> = candidate.inputs.organisations.iter().map(signer).collect();
    signers.ok_or(StoreError::inconsistent("sign_offs", "role"))
}

/// Ends the candidates whose time is up, and says how many there were.
///
/// # Errors
/// The database.
pub async fn sweep(office: &Office) -> Result<usize, SigningError> {
    let now = office.clock.now();
    let late = |candidate: &StoredCandidate| now - candidate.composed_at > Duration::days(DAYS);
    if !waiting(office).await?.iter().any(late) {
        return Ok(0);
    }
    let mut tx = office.database.begin().await?;
    let over: Vec<StoredCandidate> = tx.candidates().waiting().await?.into_iter().filter(late).collect();
    for candidate in &over {
        tx.candidates().end(&candidate.id, Ended::Expired.key(), now).await?;
    }
    tx.commit().await?;
    Ok(over.len())
}
