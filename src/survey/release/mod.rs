//! A release: frozen results with everything a reader needs to understand them. Made only from a
//! [`SafeTable`]; its bytes and their hash never change. No unrounded number is here.

mod composition;
mod head;
mod lookup;
mod marks;
mod notice;
mod response;
mod table;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use composition::Composed;
pub use head::{
    ComparedWith, Head, HeadlinePrecision, Label, Names, PublishedItem, PublishedMeasure, Unit, Weighting, name_in,
};
pub use marks::change_reason;
pub use notice::Notice;
pub use response::Response;
pub use table::Table;

use crate::stats::{
    disclosure::{PublishedChange, PublishedRecord, SafeTable},
    domain::Domain,
};

const FORMAT: &str = "trygg-release/1";

/// A frozen release.
#[derive(Debug, Clone)]
pub struct Release {
    head: Head,
    table: SafeTable,
    bytes: Vec<u8>,
    hash: [u8; 32],
    places: HashMap<(String, Domain), usize>,
    changes: HashMap<(String, Domain, String), usize>,
}

/// Why stored bytes are no release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// The bytes are not those that were frozen.
    #[error("the release's bytes do not have the hash that was stored with them")]
    Hash,
    /// The bytes are of another format.
    #[error("the release cannot be read: {0}")]
    Format(String),
}

#[derive(Deserialize)]
struct File {
    format: String,
    head: Head,
    table: serde_json::Value,
}

impl Release {
    /// Freezes figures that passed the gate.
    ///
    /// # Errors
    /// [`Damaged::Format`] if they cannot be written as JSON, which numbers that are finite always can.
    pub fn freeze(head: Head, table: SafeTable) -> Result<Self, Damaged> {
        #[derive(Serialize)]
        struct Written<'a> {
            format: &'a str,
            head: &'a Head,
            table: &'a SafeTable,
        }
        let bytes = serde_json::to_vec(&Written { format: FORMAT, head: &head, table: &table })
            .map_err(|error| Damaged::Format(error.to_string()))?;
        Ok(Self::indexed(head, table, bytes))
    }

    /// Reads a frozen release back; its bytes must have `hash`.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn read(bytes: Vec<u8>, hash: &[u8; 32]) -> Result<Self, Damaged> {
        let found: [u8; 32] = Sha256::digest(&bytes).into();
        if found != *hash {
            return Err(Damaged::Hash);
        }
        let file: File = serde_json::from_slice(&bytes).map_err(|error| Damaged::Format(error.to_string()))?;
        if file.format != FORMAT {
            return Err(Damaged::Format(format!("it has the format {}", file.format)));
        }
        let table = SafeTable::read_back(file.table).map_err(|error| Damaged::Format(error.to_string()))?;
        Ok(Self::indexed(file.head, table, bytes))
    }

    fn indexed(head: Head, table: SafeTable, bytes: Vec<u8>) -> Self {
        let hash = Sha256::digest(&bytes).into();
        let place =
            |(place, record): (usize, &PublishedRecord)| ((record.measure.clone(), record.domain.clone()), place);
        let places = table.records().iter().enumerate().map(place).collect();
        let place = |(place, change): (usize, &PublishedChange)| {
            ((change.measure.clone(), change.domain.clone(), change.from.clone()), place)
        };
        let changes = table.changes().iter().enumerate().map(place).collect();
        Self { head, table, bytes, hash, places, changes }
    }

    /// What is true of the whole.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The figures.
    #[must_use]
    pub const fn table(&self) -> &SafeTable {
        &self.table
    }

    /// The frozen file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
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
}
