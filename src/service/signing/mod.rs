//! Signing a candidate off, or refusing it. Every organisation that the publication plan names sees the
//! same frozen body by its hash; when the last has signed, the release key signs the file and it is
//! public: one transaction. Never the analyst who composed it, and no person for two organisations.

mod candidate;
mod refusal;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub(super) use candidate::inputs_of;
pub use candidate::{Candidate, find, waiting};
pub use refusal::SigningError;

use super::{
    Office,
    releasing::{self, Ended, ReleaseError},
    staff,
};
use crate::{
    store::{SignOff, StoreError, StoredCandidate, Tx},
    survey::{
        release::{Release, Signer},
        staff::{Organisation, Role, StaffMember},
    },
};

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
    let seen = Box::pin(find(office, id)).await?;
    // As the account is now: roles may have changed since sign-in.
    let member = staff::step_up(office, member.id, password).await?;
    let now = office.clock.now();
    let mut tx = office.database.begin_long().await?;
    tx.questionnaires().lock(&seen.stored.questionnaire_id).await?;
    let found = candidate::read(&mut tx, id).await?;
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
    let signers = signers(&found, &tx.sign_offs().of_candidate(id).await?)?;
    let release = body.sign(signers, &office.release_key).map_err(ReleaseError::from)?;
    Box::pin(releasing::publish(office, &mut tx, &found.inputs, &release, &held)).await?;
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
fn signers(candidate: &Candidate, sign_offs: &[SignOff]) -> Result<Vec<Signer>, StoreError> {
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
    let late = |candidate: &StoredCandidate| candidate::is_late(candidate, now);
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
