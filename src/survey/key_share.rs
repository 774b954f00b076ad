//! Who can open a round: *t of n* holders. Here n is 1: the seed of the private key is sealed under a
//! passphrase of generated words. Several holders have key sheets (`holder`) and the key is `split`.

use argon2::{Algorithm, Argon2, Params, Version};
use rand::{CryptoRng, RngExt};
use zeroize::Zeroizing;

use super::{
    envelope::PrivateKey,
    ids::RoundId,
    keys::{self, Key, SealBroken},
};

/// How many words a passphrase has.
const WORDS: usize = 6;
const STARTS: &[u8] = b"bdfghjklmnprstvy";
const VOWELS: &[u8] = b"aeiouyao";

/// The one share of a single holder as stored: useless without the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyShare {
    /// Number of the holder, from 1.
    pub holder: u8,
    /// Salt of the key derivation.
    pub salt: [u8; 16],
    /// The sealed share.
    pub sealed: Vec<u8>,
}

/// How many holders must meet of how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Threshold {
    /// How many must meet.
    pub needed: u8,
    /// How many there are.
    pub holders: u8,
}

/// What deriving a key from a passphrase costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
}

impl Cost {
    /// 64 MiB, three passes.
    pub const FULL: Self = Self { memory: 65_536, passes: 3 };
}

/// Why a key cannot be shared or put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// A passphrase is for a single holder.
    #[error("the round has several holders: each has a key sheet instead of a passphrase")]
    SeveralHolders,
    /// A key that cannot be split so, or shares that do not give it back.
    #[error("the key cannot be split among these holders, or these shares are not of one key")]
    Split,
    /// What was typed does not open this share.
    #[error("the key sheet does not open this share; it belongs to another holder or another round")]
    WrongSheet,
    /// The passphrase is not this round's.
    #[error("the passphrase does not open this round's key; type the words of this round's key sheet")]
    WrongPassphrase,
    /// The key derivation refused its parameters.
    #[error("the key cannot be derived from the passphrase")]
    Derivation,
}

/// A passphrase of six made-up words, about 78 bits; shown once, on the key sheet.
pub fn draw_passphrase(rng: &mut impl CryptoRng) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for word in 0..WORDS {
        if word > 0 {
            text.push(' ');
        }
        // Consonant, vowel, consonant, vowel, consonant: 4 + 3 + 4 + 3 + 4 bits less the vowels
        // that occur twice, 13 at the least.
        for (place, letters) in [STARTS, VOWELS, STARTS, VOWELS, STARTS].into_iter().enumerate() {
            if place < 4 || rng.random_bool(0.5) {
                text.push(char::from(letters[rng.random_range(0..letters.len())]));
            }
        }
    }
    text
}

pub(super) fn key(passphrase: &str, salt: &[u8; 16], cost: Cost) -> Result<Key, ShareError> {
    let words: Vec<String> = passphrase.split_whitespace().map(str::to_lowercase).collect();
    let words = Zeroizing::new(words.join(" "));
    let params = Params::new(cost.memory, cost.passes, 1, Some(32)).map_err(|_| ShareError::Derivation)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(words.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| ShareError::Derivation)?;
    Ok(key)
}

/// Seals the private key of `round` for its holders.
///
/// # Errors
/// [`ShareError::SeveralHolders`] unless the threshold is 1 of 1.
pub fn share(
    private: &PrivateKey,
    round: RoundId,
    threshold: Threshold,
    passphrase: &str,
    cost: Cost,
    rng: &mut impl CryptoRng,
) -> Result<Vec<KeyShare>, ShareError> {
    if threshold != (Threshold { needed: 1, holders: 1 }) {
        return Err(ShareError::SeveralHolders);
    }
    let mut salt = [0_u8; 16];
    rng.fill_bytes(&mut salt);
    let key = key(passphrase, &salt, cost)?;
    // The salt is fresh, so the key is used once and a fixed nonce is safe.
    let sealed = keys::seal(&key, [0; 12], round.uuid().as_bytes(), private.seed())
        .map_err(|SealBroken| ShareError::Derivation)?;
    Ok(vec![KeyShare { holder: 1, salt, sealed }])
}

/// Puts the private key of `round` together from shares and what their holders typed.
///
/// # Errors
/// [`ShareError::WrongPassphrase`] if a share does not open.
pub fn join(
    shares: &[KeyShare],
    typed: &[Zeroizing<String>],
    round: RoundId,
    cost: Cost,
) -> Result<PrivateKey, ShareError> {
    let [share] = shares else { return Err(ShareError::SeveralHolders) };
    for passphrase in typed {
        let key = key(passphrase, &share.salt, cost)?;
        if let Ok(seed) = keys::open(&key, [0; 12], round.uuid().as_bytes(), &share.sealed)
            && let Ok(seed) = <[u8; 32]>::try_from(seed.as_slice())
        {
            return Ok(PrivateKey::from_seed(seed));
        }
    }
    Err(ShareError::WrongPassphrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_opens_the_key_and_nobody_else_does() {
        let mut rng = rand::rng();
        let cost = Cost { memory: 64, passes: 1 };
        let one = Threshold { needed: 1, holders: 1 };
        let round = RoundId::from(uuid::Uuid::from_bytes([1; 16]));
        let private = PrivateKey::draw(&mut rng);
        let words = draw_passphrase(&mut rng);
        let shares = share(&private, round, one, &words, cost, &mut rng).unwrap();
        let typed = Zeroizing::new(format!("  {} ", words.to_uppercase().replace(' ', "   ")));
        let joined = join(&shares, &[typed], round, cost).unwrap();
        assert_eq!(joined.public(), private.public());
        let wrong = Zeroizing::new("nio fel ord".to_owned());
        assert_eq!(join(&shares, &[wrong], round, cost).err(), Some(ShareError::WrongPassphrase));
        let other = RoundId::from(uuid::Uuid::from_bytes([2; 16]));
        assert!(join(&shares, &[words], other, cost).is_err());
        assert_eq!(
            share(&private, round, Threshold { needed: 2, holders: 3 }, "x", cost, &mut rng).err(),
            Some(ShareError::SeveralHolders)
        );
    }
}
