//! A candidate as those who compose and sign meet it: what it was composed of, its figures while it
//! waits, who has spoken, and whether a member may. Nothing is stored here.

use chrono::{DateTime, Duration, Utc};

use super::SigningError;
use crate::{
    questionnaire::hexadecimal,
    service::{
        Office,
        releasing::{Ended, Inputs, ReleaseError, gate_log},
    },
    stats::disclosure::GateLog,
    store::{CandidateBody, SignOff, StoreError, StoredCandidate, Tx},
    survey::{
        release::Body,
        staff::{Act, Organisation, StaffMember},
    },
};

/// Days within which all must have signed.
const DAYS: i64 = 14;

/// Whether the time to sign is over.
pub(super) fn is_late(candidate: &StoredCandidate, now: DateTime<Utc>) -> bool {
    now - candidate.composed_at > Duration::days(DAYS)
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
    /// What the gate did, while it waits; staff only.
    pub gate: Option<GateLog>,
    pub(super) stored: StoredCandidate,
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
        if is_late(&self.stored, now) {
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
    if let Some(CandidateBody { body, internal, .. }) = held {
        let hash = found.stored.body_hash;
        // Megabytes of JSON: not on a thread that serves requests.
        let (body, gate) = tokio::task::spawn_blocking(move || (Body::read(body, &hash), gate_log(&internal)))
            .await
            .map_err(|_| StoreError::inconsistent("candidate_bodies", "body"))?;
        found.body = Some(body.map_err(ReleaseError::from)?);
        found.gate = Some(gate?);
    }
    Ok(found)
}

/// A candidate without its figures.
pub(super) async fn read(tx: &mut Tx, id: &str) -> Result<Candidate, SigningError> {
    let stored = tx.candidates().find(id).await?.ok_or_else(|| SigningError::Unknown(id.to_owned()))?;
    let inputs = inputs_of(&stored)?;
    Ok(Candidate {
        id: stored.id.clone(),
        body_sha256: hexadecimal(&stored.body_hash),
        inputs,
        sign_offs: tx.sign_offs().of_candidate(id).await?,
        ended: Ended::parse(&stored.state),
        body: None,
        gate: None,
        stored,
    })
}

pub(in crate::service) fn inputs_of(stored: &StoredCandidate) -> Result<Inputs, StoreError> {
    serde_json::from_slice(&stored.inputs).map_err(|_| StoreError::inconsistent("candidates", "inputs"))
}

/// Ids of the candidates that wait, the oldest first.
///
/// # Errors
/// The database.
pub async fn waiting(office: &Office) -> Result<Vec<StoredCandidate>, SigningError> {
    Ok(office.database.read().await?.candidates().waiting().await?)
}
