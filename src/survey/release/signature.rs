//! The release key and the signature it makes: Ed25519 (RFC 8032) over the exact bytes of a payload.
//! What is signed, and who signed off before, is not decided here.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::Damaged;
use crate::questionnaire::hexadecimal;

const ALGORITHM: &str = "Ed25519";

/// The private half of the release key: zeroed when dropped, never printed.
#[derive(Clone)]
pub struct ReleaseKey(SigningKey);

impl ReleaseKey {
    /// The key that these 32 secret bytes are.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The half that everybody may know.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        Signature {
            algorithm: ALGORITHM.to_owned(),
            key: self.public().to_string(),
            value: hexadecimal(&self.0.sign(message).to_bytes()),
        }
    }
}

impl fmt::Debug for ReleaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReleaseKey(…)")
    }
}

/// The public half of a release key; shown as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key that 64 hexadecimal digits in lower case name.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        bytes_of(digits).map(Self)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

/// A signature as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    algorithm: String,
    key: String,
    value: String,
}

impl Signature {
    /// The key that has signed `message`.
    pub(super) fn check(&self, message: &[u8]) -> Result<PublicKey, Damaged> {
        if self.algorithm != ALGORITHM {
            return Err(Damaged::Format(format!("the signature is of {}, not of {ALGORITHM}", self.algorithm)));
        }
        let public = PublicKey::parse(&self.key).ok_or(Damaged::Signature)?;
        let value = bytes_of(&self.value).ok_or(Damaged::Signature)?;
        let key = VerifyingKey::from_bytes(&public.0).map_err(|_| Damaged::Signature)?;
        // Strict: neither weak keys nor a second spelling of a signature pass.
        key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(&value)).map_err(|_| Damaged::Signature)?;
        Ok(public)
    }
}

/// The bytes that exactly so many lower-case digits spell.
fn bytes_of<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        *byte = 16 * digit(pair[0])? + digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_vector_of_rfc_8032_is_met() {
        let secret = bytes_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").expect("a secret");
        let key = ReleaseKey::new(&secret);
        let wanted = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(key.public().to_string(), wanted);
        let signature = key.sign(b"");
        assert_eq!(
            signature.value,
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        );
        assert_eq!(signature.check(b""), Ok(key.public()));
        assert_eq!(signature.check(b"another"), Err(Damaged::Signature));
        assert_eq!(format!("{key:?}"), "ReleaseKey(…)");
    }

    #[test]
    fn a_key_is_64_digits_in_lower_case() {
        let digits = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(PublicKey::parse(digits).map(|key| key.to_string()).as_deref(), Some(digits));
        for wrong in ["", "d7", &digits.to_uppercase(), &digits.replace('d', "g"), &format!("{digits}00")] {
            assert_eq!(PublicKey::parse(wrong), None, "{wrong}");
        }
    }
}
