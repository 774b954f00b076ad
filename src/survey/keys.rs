//! Key derivation, random bytes and the one cipher, in one place. HKDF-SHA256 with the labels of the
//! trust specification, section 2.1; AES-256-GCM with a nonce that the caller chooses.

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// 32 secret bytes, zeroed when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// A key operation that failed: an altered ciphertext, another key, or a length that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not open: another key, or altered bytes")]
pub struct SealBroken;

/// HKDF-SHA256 of `secret` with `salt` and `info` ‖ `context`.
pub(super) fn derive<const N: usize>(
    salt: Option<&[u8]>,
    secret: &[u8],
    info: &str,
    context: &[u8],
) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0_u8; N]);
    let mut label = info.as_bytes().to_vec();
    label.extend_from_slice(context);
    // HKDF gives up to 8,160 bytes and nobody asks for more than 64, so this cannot fail.
    let _ = Hkdf::<Sha256>::new(salt, secret).expand(&label, out.as_mut_slice());
    out
}

/// The key that `secret` gives for `purpose`, for seals that are not of one round.
#[must_use]
pub fn derived(secret: &[u8; 32], purpose: &str) -> Zeroizing<[u8; 32]> {
    derive(None, secret, purpose, &[])
}

/// Seals `plain` under `key`.
pub(super) fn seal(key: &Key, nonce: [u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let cipher = Aes256Gcm::new_from_slice(key.as_slice()).map_err(|_| SealBroken)?;
    cipher.encrypt(&nonce.into(), Payload { msg: plain, aad }).map_err(|_| SealBroken)
}

/// Opens what [`seal`] made.
pub(super) fn open(key: &Key, nonce: [u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
    let cipher = Aes256Gcm::new_from_slice(key.as_slice()).map_err(|_| SealBroken)?;
    cipher.decrypt(&nonce.into(), Payload { msg: sealed, aad }).map(Zeroizing::new).map_err(|_| SealBroken)
}
