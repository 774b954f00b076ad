//! The proof of work that the open link asks of a browser (`trust.md` 5.6): a number from 0 to 100,000
//! whose hash behind a salt is the target. Signed, so that nobody makes it easier; good for ten minutes.
//! That it is used once is not decided here. It is friction, not a wall.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use rand::{CryptoRng, RngExt};
use sha2::{Digest, Sha256};

use super::{
    ids::RoundId,
    keys::{self, Key},
};
use crate::questionnaire::hexadecimal;

/// The largest number that may be the answer.
pub const MOST: u32 = 100_000;
/// How long a challenge may be answered, in minutes.
pub const LIFE_MINUTES: i64 = 10;

/// A round's key for challenges, derived from the service secret: every process of the office knows it.
#[derive(Clone)]
pub struct ChallengeKey(Key);

/// A challenge as it stands in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    salt: [u8; 16],
    target: [u8; 32],
    /// Seconds since 1970.
    until: i64,
}

/// A challenge that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Which: to be used once.
    pub salt: [u8; 16],
    /// The hour since 1970 at whose start it may be forgotten: no challenge of before is good then.
    pub dies_hour: i64,
}

/// Why an answer is none. Told apart in tests and logs only: a person reads that the page was too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// Not a challenge of this round, or a changed one.
    #[error("not a challenge of this round")]
    Forged,
    /// More than ten minutes old.
    #[error("the challenge is too old")]
    Stale,
    /// The number is not the answer.
    #[error("the number is not the answer")]
    Wrong,
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", hexadecimal(&self.salt), hexadecimal(&self.target), self.until)
    }
}

impl Challenge {
    /// SHA-256 of the salt, in hexadecimal digits, and the number, in decimal ones: short enough for one
    /// block, whatever the number.
    fn hash(salt: &[u8; 16], number: u32) -> [u8; 32] {
        Sha256::digest(format!("{}{number}", hexadecimal(salt))).into()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (salt, target, until) = (parts.next()?, parts.next()?, parts.next()?);
        let found = Self { salt: digits(salt)?, target: digits(target)?, until: until.parse().ok()? };
        // Written one way only: what is signed is what is read.
        (parts.next().is_none() && found.to_string() == text).then_some(found)
    }
}

impl ChallengeKey {
    /// The challenge key of `round`.
    #[must_use]
    pub fn derive(service_secret: &[u8; 32], round: RoundId) -> Self {
        Self(keys::derive(None, service_secret, "trygg/challenge/1", round.uuid().as_bytes()))
    }

    /// A new challenge, signed: `salt.target.until.signature`.
    #[must_use]
    pub fn pose(&self, now: DateTime<Utc>, rng: &mut impl CryptoRng) -> String {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let target = Challenge::hash(&salt, rng.random_range(0..=MOST));
        let challenge = Challenge { salt, target, until: (now + TimeDelta::minutes(LIFE_MINUTES)).timestamp() };
        let text = challenge.to_string();
        let signature = self.mac(&text).map(|mac| hexadecimal(&mac.finalize().into_bytes())).unwrap_or_default();
        format!("{text}.{signature}")
    }

    /// Whether `number` answers the challenge `posed` of this round at `now`.
    ///
    /// # Errors
    /// [`Unproven`].
    pub fn check(&self, posed: &str, number: &str, now: DateTime<Utc>) -> Result<Answered, Unproven> {
        let (text, signature) = posed.rsplit_once('.').ok_or(Unproven::Forged)?;
        let signature: [u8; 32] = digits(signature).ok_or(Unproven::Forged)?;
        let mac = self.mac(text).ok_or(Unproven::Forged)?;
        mac.verify_slice(&signature).map_err(|_| Unproven::Forged)?;
        let challenge = Challenge::parse(text).ok_or(Unproven::Forged)?;
        if now.timestamp() >= challenge.until {
            return Err(Unproven::Stale);
        }
        let number: u32 = number.parse().map_err(|_| Unproven::Wrong)?;
        if number > MOST || Challenge::hash(&challenge.salt, number) != challenge.target {
            return Err(Unproven::Wrong);
        }
        Ok(Answered { salt: challenge.salt, dies_hour: challenge.until.div_euclid(3_600) + 1 })
    }

    fn mac(&self, text: &str) -> Option<Hmac<Sha256>> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_slice()).ok()?;
        mac.update(text.as_bytes());
        Some(mac)
    }
}

/// `N` bytes written as hexadecimal digits.
fn digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// The answer to `posed`, found as a browser finds it.
    fn work(posed: &str) -> Option<u32> {
        let challenge = Challenge::parse(posed.rsplit_once('.')?.0)?;
        (0..=MOST).find(|&number| Challenge::hash(&challenge.salt, number) == challenge.target)
    }

    fn key(round: u128) -> ChallengeKey {
        ChallengeKey::derive(&[7; 32], RoundId::from(Uuid::from_u128(round)))
    }

    #[test]
    fn a_challenge_is_answered_by_its_number_within_ten_minutes_in_its_round_only() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let posed = key(1).pose(now, &mut rand::rng());
        let number = work(&posed).unwrap();
        let check = |key: &ChallengeKey, number: u32, at| key.check(&posed, &number.to_string(), at);
        let answered = check(&key(1), number, now + TimeDelta::minutes(10) - TimeDelta::seconds(1)).unwrap();
        assert!(answered.dies_hour * 3_600 > now.timestamp() + 600);
        assert_eq!(check(&key(1), number, now + TimeDelta::minutes(10)), Err(Unproven::Stale));
        assert_eq!(check(&key(2), number, now), Err(Unproven::Forged), "of another round");
        assert_eq!(check(&key(1), number ^ 1, now), Err(Unproven::Wrong));
        for nonsense in ["", "-1", "100001", "4294967296", "x"] {
            assert_eq!(key(1).check(&posed, nonsense, now), Err(Unproven::Wrong), "{nonsense}");
        }
    }

    #[test]
    fn a_challenge_that_was_changed_anywhere_is_forged() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let posed = key(1).pose(now, &mut rand::rng());
        let number = work(&posed).unwrap().to_string();
        for place in 0..posed.len() {
            let mut changed = posed.clone().into_bytes();
            changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(key(1).check(&changed, &number, now), Err(Unproven::Forged), "{place}");
        }
        for nonsense in ["", ".", "...", "å.å.å.å", &posed[1..], &format!("{posed}.")] {
            assert_eq!(key(1).check(nonsense, &number, now), Err(Unproven::Forged), "{nonsense}");
        }
    }
}
