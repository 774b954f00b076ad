//! What is signed off: figures as they were frozen, before any signature. Made from a [`SafeTable`]
//! only; its hash is what every signer sees.

use std::ops::Deref;

use sha2::{Digest, Sha256};

use super::{Damaged, Figures, Head, Release, ReleaseKey, Signer, file};
use crate::{questionnaire::hexadecimal, stats::disclosure::SafeTable};

/// Frozen figures that are not public.
#[derive(Debug, Clone)]
pub struct Body {
    figures: Figures,
    bytes: Vec<u8>,
    hash: [u8; 32],
}

impl Body {
    /// Freezes figures that passed the gate.
    ///
    /// # Errors
    /// [`Damaged::Format`] if they cannot be written as JSON, which numbers that are finite always can.
    pub fn freeze(head: Head, table: SafeTable) -> Result<Self, Damaged> {
        let figures = Figures::new(head, table);
        let bytes = figures.text()?;
        let hash = Sha256::digest(&bytes).into();
        Ok(Self { figures, bytes, hash })
    }

    /// Reads a frozen body back; its bytes must have `hash`.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn read(bytes: Vec<u8>, hash: &[u8; 32]) -> Result<Self, Damaged> {
        if <[u8; 32]>::from(Sha256::digest(&bytes)) != *hash {
            return Err(Damaged::Hash);
        }
        Ok(Self { figures: Figures::read(&bytes)?, bytes, hash: *hash })
    }

    /// Makes the release that `signers` have signed off; none where nobody has to.
    ///
    /// # Errors
    /// [`Damaged::Format`] if it cannot be written as JSON.
    pub fn sign(self, signers: Vec<Signer>, key: &ReleaseKey) -> Result<Release, Damaged> {
        let (bytes, body) = file::write(&self.bytes, &signers, key)?;
        Ok(Release::new(self.figures, bytes, Some(file::Signed { signers, key: key.public(), body })))
    }

    /// The frozen text.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the frozen text.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The same as 64 hexadecimal digits.
    #[must_use]
    pub fn hash_text(&self) -> String {
        hexadecimal(&self.hash)
    }
}

impl Deref for Body {
    type Target = Figures;

    fn deref(&self) -> &Figures {
        &self.figures
    }
}
