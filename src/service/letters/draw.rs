//! Codes of a round that asks no real people, in a plain file: for the demo and for tests.

use std::path::Path;

use super::{
    LettersError,
    codes::{Codes, keep},
    file::{discard, write},
    frame,
};
use crate::{
    service::{Office, rounds},
    survey::round::Kind,
};

/// Takes the frame in, draws a code for each letter and writes `letter_no,area_code,code` to `out`, which
/// must not exist. Gives the number of letters.
///
/// # Errors
/// [`LettersError`]; then no hash is stored and no file is left.
pub async fn draw(office: &Office, slug: &str, sample: &[u8], out: &Path) -> Result<u64, LettersError> {
    let mut tx = office.database.begin().await?;
    let round = rounds::held(&mut tx, slug).await?.round;
    if round.plan.kind == Kind::Real {
        return Err(LettersError::PlainCodes);
    }
    let invitations = frame::take(&mut tx, &round, sample).await?;
    let codes = Codes::draw(office, round.id, invitations.iter().map(|invitation| invitation.id));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| LettersError::File(out.display().to_string(), error.into());
    writer.write_record(["letter_no", "area_code", "code"]).map_err(failed)?;
    for (invitation, code) in invitations.iter().zip(&codes.drawn) {
        writer.write_record([&invitation.letter_no, &invitation.area_code, &code.printed()]).map_err(failed)?;
    }
    let table = writer.into_inner().map_err(|_| LettersError::Interrupted)?;
    write(out, &table)?;
    keep(tx, &round, 0, &codes, office.clock.now()).await.map_err(|error| discard(&[out], error))?;
    Ok(invitations.len() as u64)
}
