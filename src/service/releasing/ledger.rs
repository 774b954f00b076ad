//! What a release leaves in the ledger: everything that it has shown, under which plan. Staff only, kept
//! for ever, whatever becomes of the Responses.

use serde::Serialize;

use crate::{
    stats::disclosure::{PublishedChange, PublishedRecord},
    store::StoreError,
    survey::release::Figures,
};

#[derive(Serialize)]
struct Entry<'a> {
    version_hash: &'a str,
    publication_hash: &'a str,
    records: Vec<&'a PublishedRecord>,
    changes: Vec<&'a PublishedChange>,
}

/// The entry of a release.
pub(super) fn entry(figures: &Figures) -> Result<Vec<u8>, StoreError> {
    let entry = Entry {
        version_hash: &figures.head().version_hash,
        publication_hash: &figures.head().publication_hash,
        records: figures.table().records().iter().filter(|record| record.value.is_some()).collect(),
        changes: figures.table().changes().iter().filter(|change| change.difference.is_some()).collect(),
    };
    serde_json::to_vec(&entry).map_err(|_| StoreError::inconsistent("ledger", "document"))
}
