//! A file for one reader: sealed under a passphrase (Argon2id, AES-256-GCM), opened whole or not at all.

use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{
    key_share::{self, Cost},
    keys::{self, SealBroken},
};

/// First bytes of every such file; they are authenticated with the rest.
const MARK: &[u8] = b"trygg/sealed-file/1\n";
const SALT: usize = 16;

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    /// Not such a file.
    #[error("this is no file that `trygg letters` sealed")]
    NoSealedFile,
    /// Another passphrase, or altered bytes.
    #[error("the file does not open: another passphrase, or bytes that were altered")]
    Closed,
}

/// Seals `plain` under `passphrase`.
///
/// # Errors
/// [`SealBroken`] where the key cannot be derived.
pub fn seal(plain: &[u8], passphrase: &str, cost: Cost, rng: &mut impl CryptoRng) -> Result<Vec<u8>, SealBroken> {
    let mut salt = [0_u8; SALT];
    rng.fill_bytes(&mut salt);
    let key = key_share::key(passphrase, &salt, cost).map_err(|_| SealBroken)?;
    // The salt is fresh, so the key is used once and a fixed nonce is safe.
    let sealed = keys::seal(&key, [0; 12], MARK, plain)?;
    Ok([MARK, salt.as_slice(), sealed.as_slice()].concat())
}

/// Opens what [`seal`] made at the same cost.
///
/// # Errors
/// [`Unsealable`].
pub fn open(file: &[u8], passphrase: &str, cost: Cost) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
    let rest = file.strip_prefix(MARK).ok_or(Unsealable::NoSealedFile)?;
    let (salt, sealed) = rest.split_first_chunk::<SALT>().ok_or(Unsealable::NoSealedFile)?;
    let key = key_share::key(passphrase, salt, cost).map_err(|_| Unsealable::Closed)?;
    keys::open(&key, [0; 12], MARK, sealed).map_err(|SealBroken| Unsealable::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory: 64, passes: 1 };

    #[test]
    fn a_sealed_file_opens_with_its_passphrase_and_whole_only() {
        let mut rng = rand::rng();
        let plain = b"letter_no,code\n1,7K3M-9QX2-TW\n";
        let file = seal(plain, "fem ord", CHEAP, &mut rng).unwrap();
        assert!(!file.windows(4).any(|bytes| bytes == b"7K3M"));
        assert_eq!(open(&file, " FEM  ord", CHEAP).unwrap().as_slice(), plain);
        assert_eq!(open(&file, "sju ord", CHEAP).err(), Some(Unsealable::Closed));
        assert_eq!(open(plain, "fem ord", CHEAP).err(), Some(Unsealable::NoSealedFile));
        assert_eq!(open(&file[..MARK.len() + 3], "fem ord", CHEAP).err(), Some(Unsealable::NoSealedFile));
        for place in MARK.len()..file.len() {
            let mut altered = file.clone();
            altered[place] ^= 1;
            assert_eq!(open(&altered, "fem ord", CHEAP).err(), Some(Unsealable::Closed), "{place}");
        }
        assert_ne!(file, seal(plain, "fem ord", CHEAP, &mut rng).unwrap(), "a salt of its own each time");
    }
}
