//! A release: frozen results with everything a reader needs to understand them. A [`Body`] is made
//! only from figures that passed the gate; signed off it becomes a [`Release`], whose bytes and their
//! hash never change. No unrounded number is here.

mod body;
mod changes;
mod composition;
mod figures;
mod file;
mod head;
pub mod ledger;
mod lookup;
mod marks;
mod notice;
mod response;
mod signature;
mod table;

use std::ops::Deref;

use sha2::{Digest, Sha256};

pub use body::Body;
pub use changes::{Corrected, Shown, Which, corrected};
pub use composition::Composed;
pub use figures::Figures;
pub use file::{Damaged, Signer};
pub use head::{
    ComparedWith, Head, HeadlinePrecision, Label, Names, Origin, PublishedItem, PublishedMeasure, Software, Unit,
    Weighting, name_in,
};
pub use marks::change_reason;
pub use notice::Notice;
pub use response::Response;
pub use signature::{PublicKey, ReleaseKey};
pub use table::Table;

/// A frozen release.
#[derive(Debug, Clone)]
pub struct Release {
    figures: Figures,
    bytes: Vec<u8>,
    hash: [u8; 32],
    signed: Option<file::Signed>,
}

impl Release {
    fn new(figures: Figures, bytes: Vec<u8>, signed: Option<file::Signed>) -> Self {
        let hash = Sha256::digest(&bytes).into();
        Self { figures, bytes, hash, signed }
    }

    /// Reads a frozen release back; its bytes must have `hash`, and what is signed must be as it was.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn read(bytes: Vec<u8>, hash: &[u8; 32]) -> Result<Self, Damaged> {
        if <[u8; 32]>::from(Sha256::digest(&bytes)) != *hash {
            return Err(Damaged::Hash);
        }
        let (figures, signed) = file::open(&bytes)?;
        Ok(Self::new(figures, bytes, signed))
    }

    /// Reads a release that somebody hands over, of which nothing is known but perhaps the key that
    /// should have signed it.
    ///
    /// # Errors
    /// [`Damaged`]; [`Damaged::Unsigned`] for a release of the first format.
    pub fn verify(bytes: Vec<u8>, key: Option<&PublicKey>) -> Result<Self, Damaged> {
        let (figures, signed) = file::open(&bytes)?;
        let found = signed.as_ref().ok_or(Damaged::Unsigned)?.key;
        if key.is_some_and(|key| *key != found) {
            return Err(Damaged::OtherKey(found.to_string()));
        }
        Ok(Self::new(figures, bytes, signed))
    }

    /// The frozen file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The part of the file that was signed off; the whole of a release of the first format.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        let place = self.signed.as_ref().map(|signed| signed.body.clone());
        place.and_then(|place| self.bytes.get(place)).unwrap_or(&self.bytes)
    }

    /// SHA-256 of the file.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// SHA-256 of the file as 64 hexadecimal digits.
    #[must_use]
    pub fn hash_text(&self) -> String {
        crate::questionnaire::hexadecimal(&self.hash)
    }

    /// Who signed it off; nobody in an office that asks nobody, and in the first format.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        self.signed.as_ref().map_or(&[], |signed| &signed.signers)
    }

    /// The key that signed it; none in the first format.
    #[must_use]
    pub fn key(&self) -> Option<PublicKey> {
        self.signed.as_ref().map(|signed| signed.key)
    }
}

/// A release is read as its figures are.
impl Deref for Release {
    type Target = Figures;

    fn deref(&self) -> &Figures {
        &self.figures
    }
}
