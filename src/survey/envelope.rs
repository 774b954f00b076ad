//! The inner envelope: a checked sheet, padded and sealed to the round's public key. One bag a commit
//! batch: one HPKE encapsulation (RFC 9180, X-Wing), a key exported from it, AES-256-GCM an envelope.

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ExportOnlyAead, kdf::HkdfSha256, kem::XWing,
    setup_receiver, setup_sender_with_rng,
};
use rand::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use super::{
    ids::RoundId,
    keys::{self, Key, SealBroken},
};

const FORMAT: u8 = 1;
const BLOCK: usize = 16;

/// A round's public key, 1,216 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

/// A round's private key as its seed of 32 bytes; no `Debug`, zeroed when dropped.
#[derive(Clone)]
pub struct PrivateKey(Key);

/// An envelope or a bag that does not open, or a key that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The bytes are no public key.
    #[error("the round's public key is damaged")]
    PublicKey,
    /// The bag's encapsulation is damaged or belongs to another key, round or version.
    #[error("the bag does not open")]
    Bag,
    /// The envelope was altered, moved, or belongs to another bag or submission.
    #[error("the envelope does not open")]
    Envelope,
}

impl PublicKey {
    /// A public key as stored with the round.
    ///
    /// # Errors
    /// [`EnvelopeError::PublicKey`] if the bytes are no X-Wing key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).map_err(|_| EnvelopeError::PublicKey)?;
        Ok(Self(bytes.to_vec()))
    }

    /// The bytes to store.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl PrivateKey {
    /// Draws a key.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0_u8; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        Self(seed)
    }

    /// The key with this seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Zeroizing::new(seed))
    }

    /// The seed, for sealing it to its holders.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let (_, public) = XWing::derive_keypair(self.0.as_slice());
        PublicKey(public.to_bytes().to_vec())
    }
}

fn info(round: RoundId, version: &[u8; 32]) -> Vec<u8> {
    let mut info = b"trygg/bag/1".to_vec();
    info.extend_from_slice(round.uuid().as_bytes());
    info.extend_from_slice(version);
    info
}

fn nonce(position: u32) -> [u8; 12] {
    let mut nonce = [0_u8; 12];
    nonce[8..].copy_from_slice(&position.to_be_bytes());
    nonce
}

/// Length of every envelope around a sheet of `sheet` bytes.
#[must_use]
pub const fn envelope_length(sheet: usize) -> usize {
    (1 + sheet).div_ceil(BLOCK) * BLOCK + 16
}

/// A bag being filled; its key is forgotten when it is dropped.
pub struct BagSealer {
    key: Key,
    encapsulation: Vec<u8>,
}

impl BagSealer {
    /// A new bag for `round` under the version whose hash is `version`.
    ///
    /// # Errors
    /// [`EnvelopeError::PublicKey`].
    pub fn new(
        public: &PublicKey,
        round: RoundId,
        version: &[u8; 32],
        rng: &mut impl CryptoRng,
    ) -> Result<Self, EnvelopeError> {
        let public = <XWing as Kem>::PublicKey::from_bytes(&public.0).map_err(|_| EnvelopeError::PublicKey)?;
        let (encapped, context) = setup_sender_with_rng::<ExportOnlyAead, HkdfSha256, XWing>(
            &OpModeS::Base,
            &public,
            &info(round, version),
            rng,
        )
        .map_err(|_| EnvelopeError::PublicKey)?;
        let mut key = Zeroizing::new([0_u8; 32]);
        context.export(b"trygg/envelope/1", key.as_mut_slice()).map_err(|_| EnvelopeError::PublicKey)?;
        Ok(Self { key, encapsulation: encapped.to_bytes().to_vec() })
    }

    /// What opens the bag together with the private key, 1,120 bytes.
    #[must_use]
    pub fn encapsulation(&self) -> &[u8] {
        &self.encapsulation
    }

    /// Seals an encoded sheet at `position` of the bag, bound to its submission.
    ///
    /// # Errors
    /// [`EnvelopeError::Envelope`] if the cipher refuses, which no sheet makes it do.
    pub fn seal(&self, position: u32, submission_hash: &[u8; 32], sheet: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        let mut plain = Zeroizing::new(vec![0_u8; envelope_length(sheet.len()) - 16]);
        plain[0] = FORMAT;
        plain[1..=sheet.len()].copy_from_slice(sheet);
        keys::seal(&self.key, nonce(position), submission_hash, &plain).map_err(|SealBroken| EnvelopeError::Envelope)
    }
}

/// A bag that was opened; its key is forgotten when it is dropped.
pub struct OpenBag(Key);

impl OpenBag {
    /// Opens a bag with the round's private key.
    ///
    /// # Errors
    /// [`EnvelopeError::Bag`] for damaged bytes.
    pub fn new(
        private: &PrivateKey,
        round: RoundId,
        version: &[u8; 32],
        encapsulation: &[u8],
    ) -> Result<Self, EnvelopeError> {
        let (private, _) = XWing::derive_keypair(private.0.as_slice());
        let encapped = <XWing as Kem>::EncappedKey::from_bytes(encapsulation).map_err(|_| EnvelopeError::Bag)?;
        let context = setup_receiver::<ExportOnlyAead, HkdfSha256, XWing>(
            &OpModeR::Base,
            &private,
            &encapped,
            &info(round, version),
        )
        .map_err(|_| EnvelopeError::Bag)?;
        let mut key = Zeroizing::new([0_u8; 32]);
        context.export(b"trygg/envelope/1", key.as_mut_slice()).map_err(|_| EnvelopeError::Bag)?;
        Ok(Self(key))
    }

    /// Opens one envelope; gives the sheet of `length` bytes.
    ///
    /// # Errors
    /// [`EnvelopeError::Envelope`] if it was altered, moved or belongs elsewhere.
    pub fn open(
        &self,
        position: u32,
        submission_hash: &[u8; 32],
        envelope: &[u8],
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        let mut plain = keys::open(&self.0, nonce(position), submission_hash, envelope)
            .map_err(|SealBroken| EnvelopeError::Envelope)?;
        let fits = plain.len() == envelope_length(length) - 16
            && plain[0] == FORMAT
            && plain[1 + length..].iter().all(|&byte| byte == 0);
        if !fits {
            plain.zeroize();
            return Err(EnvelopeError::Envelope);
        }
        Ok(Zeroizing::new(plain[1..=length].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(byte: u8) -> RoundId {
        RoundId::from(uuid::Uuid::from_bytes([byte; 16]))
    }

    #[test]
    fn a_sealed_sheet_opens_and_every_envelope_of_the_version_is_96_bytes() {
        let mut rng = rand::rng();
        let private = PrivateKey::draw(&mut rng);
        let sealer = BagSealer::new(&private.public(), round(1), &[2; 32], &mut rng).unwrap();
        let bag = OpenBag::new(&private, round(1), &[2; 32], sealer.encapsulation()).unwrap();
        for position in 0..100_u32 {
            let sheet: Vec<u8> = (0..67_u8).map(|byte| byte.wrapping_mul(u8::try_from(position).unwrap())).collect();
            let hash = [u8::try_from(position).unwrap(); 32];
            let envelope = sealer.seal(position, &hash, &sheet).unwrap();
            assert_eq!(envelope.len(), 96);
            assert_eq!(*bag.open(position, &hash, &envelope, 67).unwrap(), sheet);
        }
    }

    #[test]
    fn nothing_opens_under_another_key_round_version_place_or_submission() {
        let mut rng = rand::rng();
        let private = PrivateKey::draw(&mut rng);
        let sealer = BagSealer::new(&private.public(), round(1), &[2; 32], &mut rng).unwrap();
        let envelope = sealer.seal(7, &[3; 32], &[1; 67]).unwrap();
        let others = [
            OpenBag::new(&PrivateKey::draw(&mut rng), round(1), &[2; 32], sealer.encapsulation()),
            OpenBag::new(&private, round(9), &[2; 32], sealer.encapsulation()),
            OpenBag::new(&private, round(1), &[9; 32], sealer.encapsulation()),
        ];
        for other in others {
            assert!(other.and_then(|bag| bag.open(7, &[3; 32], &envelope, 67)).is_err());
        }
        let bag = OpenBag::new(&private, round(1), &[2; 32], sealer.encapsulation()).unwrap();
        assert!(bag.open(8, &[3; 32], &envelope, 67).is_err());
        assert!(bag.open(7, &[4; 32], &envelope, 67).is_err());
        for bit in 0..envelope.len() * 8 {
            let mut flipped = envelope.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(bag.open(7, &[3; 32], &flipped, 67).is_err());
        }
    }
}
