//! The codes of one run: drawn, and kept as hashes in the transaction that makes them count.

use chrono::{DateTime, Utc};

use super::LettersError;
use crate::{
    service::Office,
    store::{StoredLetterRun, Tx},
    survey::{
        ids::{InvitationId, RoundId},
        invitation::{Code, CodeKey},
        round::Round,
    },
};

/// Codes of one run, in the order of its letters.
pub(super) struct Codes {
    pub(super) drawn: Vec<Code>,
    hashes: Vec<(InvitationId, [u8; 32])>,
}

impl Codes {
    pub(super) fn draw(office: &Office, round: RoundId, invitations: impl Iterator<Item = InvitationId>) -> Self {
        let key = CodeKey::derive(office.service_secret.expose(), round);
        let mut rng = rand::rng();
        let (drawn, hashes) = invitations
            .map(|id| {
                let code = Code::draw(&mut rng);
                let hash = *key.hash(&code).bytes();
                (code, (id, hash))
            })
            .unzip();
        Self { drawn, hashes }
    }
}

/// Keeps the codes of a run and commits.
pub(super) async fn keep(
    mut tx: Tx,
    round: &Round,
    number: i64,
    codes: &Codes,
    now: DateTime<Utc>,
) -> Result<(), LettersError> {
    let letters = i64::try_from(codes.hashes.len()).unwrap_or(i64::MAX);
    tx.letter_runs().insert(round.id, &StoredLetterRun { number, letters, made_at: now }).await?;
    tx.invitations().add_codes(round.id, &codes.hashes).await?;
    // Another frame may have come while the letters were written.
    if number == 0 && tx.invitations().uncoded(round.id).await? > 0 {
        return Err(LettersError::Changed);
    }
    tx.commit().await?;
    Ok(())
}
