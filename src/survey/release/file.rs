//! The file of a release, format `trygg-release/2`:
//! `{"payload":{"format":…,"body":{"head":…,"table":…},"signed_by":[…]},"signature":{…}}`. The signature
//! is over the exact bytes of `payload`, and `signed_by` names the SHA-256 of the exact bytes of `body`,
//! so nothing has to be written anew to check either. Around the payload one spelling alone passes:
//! every other byte is refused. Files of format 1 (no signature) stay readable.

use std::ops::Range;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Figures, PublicKey, ReleaseKey, signature::Signature};
use crate::{
    questionnaire::hexadecimal,
    survey::staff::{Organisation, Role},
};

const FORMAT: &str = "trygg-release/2";
/// How a file of the first format begins.
const FIRST: &[u8] = br#"{"format":"trygg-release/1","#;

/// Why bytes are no release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// The bytes are not those that were frozen.
    #[error("the bytes do not have the SHA-256 that was stored with them")]
    Hash,
    /// The bytes are of another format.
    #[error("it cannot be read as {FORMAT}: {0}")]
    Format(String),
    /// The payload or the signature is not the one that was made.
    #[error("the signature does not fit the payload: one of them was altered")]
    Signature,
    /// Bytes around the payload that no release has.
    #[error("the bytes around payload and signature are not those of a release: something was altered or added")]
    NotCanonical,
    /// A signer saw something else.
    #[error("{0} signed off another body than the one in the file")]
    SignedOther(&'static str),
    /// Signed by another key than the one that was asked for.
    #[error("it was signed by the key {0}, not by the one that was given")]
    OtherKey(String),
    /// Of the first format, which has no signature.
    #[error("it was made before releases were signed; only its SHA-256 can be compared with the one published")]
    Unsigned,
}

impl Damaged {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hash => "release_hash",
            Self::Format(_) => "release_format",
            Self::Signature => "release_signature",
            Self::NotCanonical => "release_not_canonical",
            Self::SignedOther(_) => "release_signed_other",
            Self::OtherKey(_) => "release_other_key",
            Self::Unsigned => "release_unsigned",
        }
    }
}

impl From<serde_json::Error> for Damaged {
    fn from(error: serde_json::Error) -> Self {
        Self::Format(error.to_string())
    }
}

/// One organisation's sign-off. Who the person was is known to staff, not to the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The organisation.
    pub organisation: Organisation,
    /// In what capacity the person signed.
    pub role: Role,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// SHA-256 of the body that the person saw, hexadecimal.
    pub body_sha256: String,
}

/// What a signed file says besides its figures.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    pub(super) signers: Vec<Signer>,
    pub(super) key: PublicKey,
    /// Where the body lies in the file.
    pub(super) body: Range<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    payload: &'a RawValue,
    signature: Signature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload<'a> {
    format: &'a str,
    #[serde(borrow)]
    body: &'a RawValue,
    signed_by: Vec<Signer>,
}

/// The file of a body with its sign-offs, and where the body lies in it.
pub(super) fn write(body: &[u8], signers: &[Signer], key: &ReleaseKey) -> Result<(Vec<u8>, Range<usize>), Damaged> {
    let body: &RawValue = serde_json::from_slice(body)?;
    let payload = serde_json::to_string(&Payload { format: FORMAT, body, signed_by: signers.to_vec() })?;
    let signature = key.sign(payload.as_bytes());
    let payload: &RawValue = serde_json::from_str(&payload)?;
    let bytes = serde_json::to_vec(&File { payload, signature })?;
    let place = place_of(&bytes, serde_json::from_str::<Payload<'_>>(read(&bytes)?.payload.get())?.body);
    Ok((bytes, place))
}

fn read(bytes: &[u8]) -> Result<File<'_>, Damaged> {
    Ok(serde_json::from_slice(bytes)?)
}

/// Reads a file of either format. Hash, canonical form, signature and sign-offs are checked before any
/// figure is looked at.
pub(super) fn open(bytes: &[u8]) -> Result<(Figures, Option<Signed>), Damaged> {
    if bytes.starts_with(FIRST) {
        return Ok((Figures::read(bytes)?, None));
    }
    let File { payload, signature } = read(bytes)?;
    let key = signature.check(payload.get().as_bytes())?;
    if serde_json::to_vec(&File { payload, signature })? != bytes {
        return Err(Damaged::NotCanonical);
    }
    let Payload { format, body, signed_by: signers } = serde_json::from_str(payload.get())?;
    if format != FORMAT {
        return Err(Damaged::Format(format!("it has the format {format}")));
    }
    let hash = hexadecimal(&Sha256::digest(body.get().as_bytes()));
    if let Some(other) = signers.iter().find(|signer| signer.body_sha256 != hash) {
        return Err(Damaged::SignedOther(other.organisation.key()));
    }
    let figures = Figures::read(body.get().as_bytes())?;
    Ok((figures, Some(Signed { signers, key, body: place_of(bytes, body) })))
}

/// Where `part`, which was read out of `bytes` without copying, lies in them.
fn place_of(bytes: &[u8], part: &RawValue) -> Range<usize> {
    let from = part.get().as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    from..from + part.get().len()
}
