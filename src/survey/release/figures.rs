//! The figures of a release with everything a reader needs to understand them, found by the codes
//! that readers use. Nothing is computed; no unrounded number is here.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Damaged, Head};
use crate::stats::{
    disclosure::{PublishedChange, PublishedRecord, SafeTable},
    domain::Domain,
};

/// What a release tells: readers look things up in it (see `lookup`).
#[derive(Debug, Clone)]
pub struct Figures {
    pub(super) head: Head,
    pub(super) table: SafeTable,
    pub(super) places: HashMap<(String, Domain), usize>,
    pub(super) changes: HashMap<(String, Domain, String), usize>,
}

impl Figures {
    pub(super) fn new(head: Head, table: SafeTable) -> Self {
        let place =
            |(place, record): (usize, &PublishedRecord)| ((record.measure.clone(), record.domain.clone()), place);
        let places = table.records().iter().enumerate().map(place).collect();
        let place = |(place, change): (usize, &PublishedChange)| {
            ((change.measure.clone(), change.domain.clone(), change.from.clone()), place)
        };
        let changes = table.changes().iter().enumerate().map(place).collect();
        Self { head, table, places, changes }
    }

    /// Out of a frozen text whose hash or signature was checked.
    pub(super) fn read(text: &[u8]) -> Result<Self, Damaged> {
        #[derive(Deserialize)]
        struct Read {
            head: Head,
            table: serde_json::Value,
        }
        let Read { head, table } = serde_json::from_slice(text)?;
        Ok(Self::new(head, SafeTable::read_back(table)?))
    }

    /// As frozen: head, then table.
    pub(super) fn text(&self) -> Result<Vec<u8>, Damaged> {
        #[derive(Serialize)]
        struct Written<'a> {
            head: &'a Head,
            table: &'a SafeTable,
        }
        Ok(serde_json::to_vec(&Written { head: &self.head, table: &self.table })?)
    }

    /// What is true of the whole.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The figures themselves.
    #[must_use]
    pub const fn table(&self) -> &SafeTable {
        &self.table
    }
}
