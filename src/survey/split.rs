//! The round's private key split among several holders: Shamir's scheme over GF(2^8) (Shamir 1979), each share
//! sealed to one public key by HPKE (RFC 9180, base mode, X-Wing, AES-256-GCM). Any `needed` shares give the
//! key; fewer tell nothing of it.

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::AesGcm256, kdf::HkdfSha256, kem::XWing,
    single_shot_open, single_shot_seal_with_rng,
};
use rand::CryptoRng;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use super::{
    envelope::{BagSealer, OpenBag, PrivateKey, PublicKey},
    ids::RoundId,
    key_share::{ShareError, Threshold},
};

/// Most holders of a round: every group that could meet is tried when the key is made.
pub const MOST_HOLDERS: u8 = 16;
/// Bytes of an encapsulation under X-Wing.
const ENCAPSULATION: usize = 1_120;

/// One holder's share in the clear: its number, then a byte for each of the key's seed. No `Debug`, zeroed when
/// dropped.
#[derive(Clone)]
pub struct Share(Zeroizing<Vec<u8>>);

/// For whom a share is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Its holder, from the making of the key to the opening.
    Holder,
    /// The opening that is under way.
    Opening,
}

/// What a sealed share is bound to: it opens for nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'a> {
    /// For whom.
    pub purpose: Purpose,
    /// The round.
    pub round: RoundId,
    /// The round's public key.
    pub key: &'a PublicKey,
    /// Number of the holder, from 1.
    pub holder: u8,
}

impl Bound<'_> {
    fn info(&self) -> Vec<u8> {
        let label: &[u8] = match self.purpose {
            Purpose::Holder => b"trygg/share/1",
            Purpose::Opening => b"trygg/opening/1",
        };
        [label, self.round.uuid().as_bytes(), &[self.holder]].concat()
    }
}

/// Splits a private key; the shares come in the order of their holders.
///
/// # Errors
/// [`ShareError::Split`] unless 2 <= needed <= holders <= [`MOST_HOLDERS`].
pub fn split(private: &PrivateKey, threshold: Threshold, rng: &mut impl CryptoRng) -> Result<Vec<Share>, ShareError> {
    let Threshold { needed, holders } = threshold;
    if holders > MOST_HOLDERS {
        return Err(ShareError::Split);
    }
    let shares = Gf256::split_bytes(usize::from(needed), usize::from(holders), private.seed(), rng);
    Ok(shares.map_err(|_| ShareError::Split)?.into_iter().map(|share| Share(Zeroizing::new(share))).collect())
}

/// The private key that shares give. Whether it is the round's is for the caller to compare: too few shares, or
/// those of another key, give some other key.
///
/// # Errors
/// [`ShareError::Split`] for fewer than two shares, or twice the same.
pub fn join(shares: &[Share]) -> Result<PrivateKey, ShareError> {
    // The library takes plain vectors; these copies are zeroed like the shares.
    let plain: Zeroizing<Vec<Vec<u8>>> = Zeroizing::new(shares.iter().map(|share| share.0.to_vec()).collect());
    let seed = Zeroizing::new(Gf256::combine_bytes(plain.as_slice()).map_err(|_| ShareError::Split)?);
    let seed = <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| ShareError::Split)?;
    Ok(PrivateKey::from_seed(seed))
}

/// Tries every group of holders that could meet: each must open an envelope that was sealed to `public` just now.
///
/// # Errors
/// [`ShareError::Split`] if one does not.
pub fn prove(
    shares: &[Share],
    needed: u8,
    public: &PublicKey,
    round: RoundId,
    rng: &mut impl CryptoRng,
) -> Result<(), ShareError> {
    let fails = |_| ShareError::Split;
    let (version, submission, sheet) = ([0; 32], [1; 32], [2; 67]);
    let sealer = BagSealer::new(public, round, &version, rng).map_err(fails)?;
    let envelope = sealer.seal(0, &submission, &sheet).map_err(fails)?;
    for group in groups(shares.len(), needed) {
        let met: Vec<Share> = group.map(|place| shares[place].clone()).collect();
        let bag = OpenBag::new(&join(&met)?, round, &version, sealer.encapsulation()).map_err(fails)?;
        bag.open(0, &submission, &envelope, sheet.len()).map_err(fails)?;
    }
    Ok(())
}

/// Every group of `size` out of `count` places.
fn groups(count: usize, size: u8) -> impl Iterator<Item = impl Iterator<Item = usize>> {
    let count = count.min(usize::from(MOST_HOLDERS));
    let sets = (0..1_u32 << count).filter(move |set| set.count_ones() == u32::from(size));
    sets.map(move |set| (0..count).filter(move |place| set >> place & 1 == 1))
}

impl Share {
    /// Seals the share to `to`: the encapsulation, then the ciphertext.
    ///
    /// # Errors
    /// [`ShareError::Derivation`] for bytes that are no public key.
    pub fn seal(&self, to: &PublicKey, bound: Bound<'_>, rng: &mut impl CryptoRng) -> Result<Vec<u8>, ShareError> {
        let fails = |_| ShareError::Derivation;
        let to = <XWing as Kem>::PublicKey::from_bytes(to.bytes()).map_err(fails)?;
        let (encapsulation, sealed) = single_shot_seal_with_rng::<AesGcm256, HkdfSha256, XWing>(
            &OpModeS::Base,
            &to,
            &bound.info(),
            &self.0,
            bound.key.bytes(),
            rng,
        )
        .map_err(fails)?;
        Ok([encapsulation.to_bytes().as_slice(), &sealed].concat())
    }

    /// Opens a sealed share with the private key that it was sealed to.
    ///
    /// # Errors
    /// [`ShareError::WrongSheet`] for another key, round or holder, or altered bytes.
    pub fn open(private: &PrivateKey, bound: Bound<'_>, sealed: &[u8]) -> Result<Self, ShareError> {
        let fails = |_| ShareError::WrongSheet;
        let (encapsulation, sealed) = sealed.split_at_checked(ENCAPSULATION).ok_or(ShareError::WrongSheet)?;
        let encapsulation = <XWing as Kem>::EncappedKey::from_bytes(encapsulation).map_err(fails)?;
        let (private, _) = XWing::derive_keypair(private.seed());
        let plain = single_shot_open::<AesGcm256, HkdfSha256, XWing>(
            &OpModeR::Base,
            &private,
            &encapsulation,
            &bound.info(),
            sealed,
            bound.key.bytes(),
        );
        let plain = Zeroizing::new(plain.map_err(fails)?);
        if plain.len() == 33 && plain[0] == bound.holder { Ok(Self(plain)) } else { Err(ShareError::WrongSheet) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(byte: u8) -> RoundId {
        RoundId::from(uuid::Uuid::from_bytes([byte; 16]))
    }

    #[test]
    fn every_group_that_is_large_enough_has_the_key_and_no_smaller_one() {
        let mut rng = rand::rng();
        for (needed, holders) in [(2, 2), (2, 3), (3, 5), (5, 5), (3, 16)] {
            let private = PrivateKey::draw(&mut rng);
            let shares = split(&private, Threshold { needed, holders }, &mut rng).unwrap();
            assert_eq!(shares.len(), usize::from(holders));
            prove(&shares, needed, &private.public(), round(1), &mut rng).unwrap();
            // The control: a group that is one short gives another key or none, so the same proof fails.
            for group in groups(shares.len(), needed - 1) {
                let met: Vec<Share> = group.map(|place| shares[place].clone()).collect();
                assert!(join(&met).map_or(true, |found| found.seed() != private.seed()));
            }
            assert_eq!(prove(&shares, needed - 1, &private.public(), round(1), &mut rng), Err(ShareError::Split));
        }
    }

    #[test]
    fn groups_are_all_there() {
        let all: Vec<Vec<usize>> = groups(4, 2).map(Iterator::collect).collect();
        assert_eq!(all, [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]]);
        assert_eq!(groups(16, 8).count(), 12_870);
    }

    #[test]
    fn a_key_is_not_split_senselessly() {
        let mut rng = rand::rng();
        let private = PrivateKey::draw(&mut rng);
        for (needed, holders) in [(1, 1), (1, 2), (0, 2), (3, 2), (2, 17)] {
            assert_eq!(split(&private, Threshold { needed, holders }, &mut rng).err(), Some(ShareError::Split));
        }
        let shares = split(&private, Threshold { needed: 2, holders: 2 }, &mut rng).unwrap();
        assert!(join(&[shares[0].clone(), shares[0].clone()]).is_err());
        assert!(join(&[]).is_err());
    }

    #[test]
    fn a_sealed_share_opens_for_its_own_purpose_round_key_and_holder_only() {
        let mut rng = rand::rng();
        let (private, holder) = (PrivateKey::draw(&mut rng), PrivateKey::draw(&mut rng));
        let (public, other) = (private.public(), PrivateKey::draw(&mut rng).public());
        let shares = split(&private, Threshold { needed: 2, holders: 3 }, &mut rng).unwrap();
        let bound = Bound { purpose: Purpose::Holder, round: round(1), key: &public, holder: 2 };
        let sealed = shares[1].seal(&holder.public(), bound, &mut rng).unwrap();
        assert_eq!(sealed.len(), 1_120 + 33 + 16);
        assert_eq!(*Share::open(&holder, bound, &sealed).unwrap().0, *shares[1].0);
        for wrong in [
            Bound { purpose: Purpose::Opening, ..bound },
            Bound { round: round(2), ..bound },
            Bound { key: &other, ..bound },
            Bound { holder: 3, ..bound },
        ] {
            assert_eq!(Share::open(&holder, wrong, &sealed).err(), Some(ShareError::WrongSheet));
        }
        assert!(Share::open(&private, bound, &sealed).is_err());
        for place in [0, 700, 1_119, 1_120, 1_168] {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(Share::open(&holder, bound, &altered).is_err());
        }
        assert!(Share::open(&holder, bound, &sealed[..1_000]).is_err());
        // A share sealed under a number that is not its own is no share.
        let misplaced = shares[0].seal(&holder.public(), bound, &mut rng).unwrap();
        assert!(Share::open(&holder, bound, &misplaced).is_err());
    }
}
