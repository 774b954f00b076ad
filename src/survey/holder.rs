//! What one of several key holders keeps on paper: a secret of 128 bits, written so that a slip in typing it
//! is told before anything is tried, and the key pair that it gives for one round. Only the public half of
//! that is ever stored.

use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{envelope::PrivateKey, ids::RoundId, keys, symbols};

/// Symbols that hold the secret: 130 bits, the last two of them zero.
const SECRET: usize = 26;
/// Symbols on the sheet: two more check the others.
const LENGTH: usize = SECRET + 2;
const GROUP: usize = 4;

/// (x − a)(x − a²) = x² + 6x + 8 over GF(2^5), where a = x. Its multiples of at most 31 symbols differ from each
/// other in three places or more (Reed and Solomon 1960), so that one or two wrong symbols, and any two that
/// changed places, are always told.
const GENERATOR: [u8; 2] = [6, 8];

/// A holder's secret for one round; no `Debug`, zeroed when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct HolderSecret(Zeroizing<[u8; 16]>);

/// A slip in typing a sheet; nothing was tried with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// Too few or too many symbols.
    #[error("a key sheet has {LENGTH} letters and digits; {0} were typed")]
    Length(usize),
    /// A letter that no sheet has.
    #[error("mistyped in group {0}: a key sheet has digits and letters from A to Z, but no U")]
    Letter(usize),
    /// The check symbols do not fit.
    #[error("mistyped: the letters do not fit together; compare each group with the sheet")]
    Check,
}

/// The remainder of a polynomial, highest coefficient first, on division by [`GENERATOR`].
fn remainder(symbols: impl IntoIterator<Item = u8>) -> [u8; 2] {
    symbols.into_iter().fold([0, 0], |[high, low], next| {
        [low ^ symbols::times(GENERATOR[0], high), next ^ symbols::times(GENERATOR[1], high)]
    })
}

impl HolderSecret {
    /// Draws a secret.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; 16]);
        rng.fill_bytes(secret.as_mut_slice());
        Self(secret)
    }

    /// Reads a sheet as a person types it: any case, blanks and hyphens dropped, O read as 0 and I and L as 1.
    ///
    /// # Errors
    /// [`Mistyped`].
    pub fn parse(text: &str) -> Result<Self, Mistyped> {
        let mut values = Zeroizing::new([0_u8; LENGTH]);
        let count = symbols::typed(text).count();
        if count != LENGTH {
            return Err(Mistyped::Length(count));
        }
        for (place, (value, typed)) in values.iter_mut().zip(symbols::typed(text)).enumerate() {
            *value = typed.ok_or(Mistyped::Letter(1 + place / GROUP))?;
        }
        let bits =
            Zeroizing::new(values[..SECRET - 1].iter().fold(0_u128, |bits, &value| bits << 5 | u128::from(value)));
        let last = values[SECRET - 1];
        if remainder(values.iter().copied()) != [0, 0] || last & 0b11 != 0 {
            return Err(Mistyped::Check);
        }
        Ok(Self(Zeroizing::new((*bits << 3 | u128::from(last >> 2)).to_be_bytes())))
    }

    /// As printed on the sheet: seven groups of four.
    #[must_use]
    pub fn printed(&self) -> Zeroizing<String> {
        let bits = Zeroizing::new(u128::from_be_bytes(*self.0));
        let mut values = Zeroizing::new([0_u8; LENGTH]);
        for (place, value) in values[..SECRET].iter_mut().enumerate() {
            let [.., low] = if place + 1 < SECRET { *bits >> (123 - 5 * place) } else { *bits << 2 }.to_be_bytes();
            *value = low & 31;
        }
        let check = remainder(values.iter().copied());
        values[SECRET..].copy_from_slice(&check);
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for (place, &value) in values.iter().enumerate() {
            if place > 0 && place % GROUP == 0 {
                text.push(' ');
            }
            text.push(symbols::symbol(value));
        }
        text
    }

    /// The key pair that the secret gives for `round`; for another round it is another.
    #[must_use]
    pub fn key(&self, round: RoundId) -> PrivateKey {
        PrivateKey::from_seed(*keys::derive(None, self.0.as_slice(), "trygg/holder/1", round.uuid().as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::symbols::tests::slips;

    fn secret(bytes: [u8; 16]) -> HolderSecret {
        HolderSecret(Zeroizing::new(bytes))
    }

    #[test]
    fn a_sheet_is_read_as_it_was_printed() {
        let mut rng = rand::rng();
        let drawn = (0..1_000).map(|_| HolderSecret::draw(&mut rng));
        for secret in drawn.chain([secret([0; 16]), secret([255; 16])]) {
            let printed = secret.printed();
            let groups: Vec<&str> = printed.split(' ').collect();
            assert_eq!((groups.len(), groups.iter().all(|group| group.len() == 4)), (7, true));
            assert!(HolderSecret::parse(&printed) == Ok(secret.clone()));
            let loosely = printed.to_lowercase().replace('0', "o").replace('1', "i").replace(' ', " -\n");
            assert!(HolderSecret::parse(&loosely) == Ok(secret));
        }
    }

    #[test]
    fn every_wrong_symbol_and_every_swap_is_told() {
        let mut rng = rand::rng();
        for _ in 0..200 {
            let plain = HolderSecret::draw(&mut rng).printed().replace(' ', "");
            assert!(slips(&plain).all(|slip| HolderSecret::parse(&slip).err() == Some(Mistyped::Check)), "{plain}");
            for (one, other) in (0..LENGTH).flat_map(|one| (0..one).map(move |other| (one, other))) {
                let mut swapped = plain.clone().into_bytes();
                swapped.swap(one, other);
                let swapped = String::from_utf8(swapped).unwrap();
                assert!(swapped == plain || HolderSecret::parse(&swapped).is_err(), "{plain} {swapped}");
            }
        }
    }

    #[test]
    fn what_is_no_sheet_is_told_by_what_is_wrong() {
        let printed = secret([7; 16]).printed();
        assert_eq!(HolderSecret::parse("").err(), Some(Mistyped::Length(0)));
        assert_eq!(HolderSecret::parse(&printed[..30]).err(), Some(Mistyped::Length(24)));
        assert_eq!(HolderSecret::parse(&format!("{}0", printed.as_str())).err(), Some(Mistyped::Length(29)));
        let mut letter = printed.to_string();
        letter.replace_range(10..11, "U");
        assert_eq!(HolderSecret::parse(&letter).err(), Some(Mistyped::Letter(3)));
        letter.replace_range(10..11, "ß");
        assert_eq!(HolderSecret::parse(&letter).err(), Some(Mistyped::Letter(3)));
    }

    #[test]
    fn every_sheet_and_every_round_gives_a_key_of_its_own() {
        let round = |byte| RoundId::from(uuid::Uuid::from_bytes([byte; 16]));
        let key = |byte, of| secret([byte; 16]).key(round(of)).public();
        assert_eq!(key(1, 1), key(1, 1));
        assert_ne!(key(1, 1), key(1, 2));
        assert_ne!(key(1, 1), key(2, 1));
    }
}
