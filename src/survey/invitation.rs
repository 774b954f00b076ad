//! The code of a letter: nine random symbols (45 bits) and one that checks them. Only its keyed hash
//! is ever stored.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use rand::{CryptoRng, RngExt};
use sha2::Sha256;

use super::{
    ids::RoundId,
    keys::{self, Key},
    symbols,
};

const RANDOM: usize = 9;

/// a^(i+1) in GF(2^5) modulo x^5 + x^2 + 1. All differ and none is 1 or equal to a neighbour's, so
/// every wrong symbol and every swap of neighbours changes the check symbol.
const MULTIPLIERS: [u8; RANDOM] = [2, 4, 8, 16, 5, 10, 20, 13, 26];

/// A code as printed in a letter. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; RANDOM]);

/// A text that is no code: wrong length, a symbol that codes do not have, or a check symbol that
/// does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code")]
pub struct NotACode;

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// Draws a code.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        Self(std::array::from_fn(|_| rng.random_range(0..32)))
    }

    /// Reads a code as a person types it: any case, blanks and hyphens dropped, O read as 0 and I
    /// and L as 1.
    ///
    /// # Errors
    /// [`NotACode`]; no look-up is needed to know it.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let mut values = [0_u8; RANDOM + 1];
        let mut count = 0;
        for value in symbols::typed(text) {
            *values.get_mut(count).ok_or(NotACode)? = value.ok_or(NotACode)?;
            count += 1;
        }
        let mut random = [0_u8; RANDOM];
        random.copy_from_slice(&values[..RANDOM]);
        let code = Self(random);
        if count == RANDOM + 1 && code.check() == values[RANDOM] { Ok(code) } else { Err(NotACode) }
    }

    fn check(&self) -> u8 {
        self.0.iter().zip(MULTIPLIERS).fold(0, |sum, (&value, multiplier)| sum ^ symbols::times(multiplier, value))
    }

    /// The ten symbols without hyphens, as in QR addresses.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().copied().chain([self.check()]).map(symbols::symbol).collect()
    }

    /// As printed: `7K3M-9QX2-TW`.
    #[must_use]
    pub fn printed(&self) -> String {
        let plain = self.plain();
        format!("{}-{}-{}", &plain[..4], &plain[4..8], &plain[8..])
    }
}

/// A round's key for the hashes of codes, derived from the service secret.
#[derive(Clone)]
pub struct CodeKey(Key);

/// HMAC-SHA256 of a code under its round's key: all that is stored of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeHash([u8; 32]);

impl CodeHash {
    /// The bytes, for binding.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl CodeKey {
    /// The code key of `round`.
    #[must_use]
    pub fn derive(service_secret: &[u8; 32], round: RoundId) -> Self {
        Self(keys::derive(None, service_secret, "trygg/code/1", round.uuid().as_bytes()))
    }

    /// Hash of `code`.
    #[must_use]
    pub fn hash(&self, code: &Code) -> CodeHash {
        CodeHash(mac(&self.0, code.plain().as_bytes()))
    }
}

/// A round's key for receipts, derived from the service secret.
#[derive(Clone)]
pub struct ReceiptKey(Key);

impl ReceiptKey {
    /// The receipt key of `round`.
    #[must_use]
    pub fn derive(service_secret: &[u8; 32], round: RoundId) -> Self {
        Self(keys::derive(None, service_secret, "trygg/receipt/1", round.uuid().as_bytes()))
    }

    /// The receipt word of a submission: the first six symbols of its HMAC. The same on every replay,
    /// stored nowhere, made of nothing that was answered.
    #[must_use]
    pub fn word(&self, submission: super::ids::SubmissionId) -> String {
        let mac = mac(&self.0, submission.uuid().as_bytes());
        let bits = mac.iter().take(4).fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        (0..6).map(|place| symbols::symbol((bits >> (27 - 5 * place) & 31) as u8)).collect()
    }
}

fn mac(key: &Key, message: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length, so this cannot fail; without a key nothing would match.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice()) else { return [0; 32] };
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::symbols::SYMBOLS;

    /// As `plain`, with another symbol at `place`.
    fn with(plain: &str, place: usize, symbol: u8) -> String {
        let mut wrong = plain.as_bytes().to_vec();
        wrong[place] = symbol;
        String::from_utf8(wrong).unwrap()
    }

    #[test]
    fn the_specified_examples_hold() {
        for (random, check) in [("7K3M9QX2T", 'W'), ("000000001", 'T'), ("ZZZZZZZZZ", 'X')] {
            for symbol in SYMBOLS.iter().copied().map(char::from) {
                assert_eq!(Code::parse(&format!("{random}{symbol}")).is_ok(), symbol == check, "{random}{symbol}");
            }
        }
    }

    #[test]
    fn every_symbol_in_anothers_place_is_caught() {
        let mut rng = rand::rng();
        for place in 0..=RANDOM {
            for right in SYMBOLS {
                // A code with this symbol there: its own check symbol cannot be chosen, only met.
                let plain = std::iter::repeat_with(|| Code::draw(&mut rng).plain());
                let plain =
                    plain.map(|plain| if place < RANDOM { checked(&with(&plain, place, *right)) } else { plain });
                let plain = plain.filter(|plain| plain.as_bytes()[place] == *right).take(3);
                for plain in plain {
                    let wrong = SYMBOLS.iter().filter(|symbol| *symbol != right);
                    assert!(wrong.map(|symbol| with(&plain, place, *symbol)).all(|code| Code::parse(&code).is_err()));
                }
            }
        }
    }

    /// The first nine symbols with the check symbol that fits.
    fn checked(text: &str) -> String {
        let fits = |symbol: &&u8| Code::parse(&with(text, RANDOM, **symbol)).is_ok();
        with(text, RANDOM, *SYMBOLS.iter().find(fits).unwrap())
    }

    #[test]
    fn of_a_hundred_thousand_codes_each_is_read_as_people_type_it_and_none_with_an_error() {
        let mut rng = rand::rng();
        for _ in 0..100_000 {
            let code = Code::draw(&mut rng);
            let plain = code.plain();
            for place in 0..=RANDOM {
                let symbol = SYMBOLS[rng.random_range(0..32)];
                assert!(symbol == plain.as_bytes()[place] || Code::parse(&with(&plain, place, symbol)).is_err());
            }
            for place in 0..RANDOM {
                let (left, right) = (plain.as_bytes()[place], plain.as_bytes()[place + 1]);
                let swapped = with(&with(&plain, place, right), place + 1, left);
                assert!(left == right || Code::parse(&swapped).is_err(), "{swapped}");
            }
            let one = ["l", "I", "i", "L"][rng.random_range(0..4)];
            let typed = code.printed().to_lowercase().replace('0', "o").replace('1', one).replace('-', " - ");
            assert!(Code::parse(&typed) == Ok(code), "{typed}");
        }
    }
}
