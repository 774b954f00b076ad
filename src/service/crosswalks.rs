//! Crosswalks between area sets: imported whole or refused whole, every import a new revision.

use chrono::{DateTime, Utc};

use super::{
    Office,
    areas::{self, AreasError},
};
use crate::{
    store::{StoreError, StoredCrosswalk, Tx},
    survey::{
        area::{Crosswalk, Redrawn},
        round::AreaSetRef,
    },
};

/// What a crosswalk is read against.
#[derive(Debug, Clone, Copy)]
pub struct CrosswalkImport<'a> {
    /// Id and version of the old set.
    pub from: (&'a str, &'a str),
    /// Id and version of the new set.
    pub to: (&'a str, &'a str),
    /// Name of a population table of the old set's districts, for checking that nobody is lost.
    pub population: Option<&'a str>,
}

/// Imports `old_code,new_code,persons`; the same contents again change nothing. Gives the crosswalk and
/// its revision.
///
/// # Errors
/// Every fault of the file with its line, or a set or population table that is not there.
pub async fn import(
    office: &Office,
    bytes: &[u8],
    import: CrosswalkImport<'_>,
) -> Result<(Crosswalk, i64), AreasError> {
    let mut tx = office.database.begin().await?;
    let from = areas::area_set(&mut tx, import.from.0, import.from.1).await?;
    let to = areas::area_set(&mut tx, import.to.0, import.to.1).await?;
    let population = match import.population {
        Some(name) => Some(areas::population(&mut tx, name).await?.table),
        None => None,
    };
    let crosswalk = Crosswalk::from_csv(bytes, &from, &to, population.as_ref())
        .map_err(|faults| AreasError::Refused { file: "the crosswalk".to_owned(), faults })?;
    let document = serde_json::to_value(&crosswalk).map_err(|_| StoreError::inconsistent("crosswalks", "document"))?;
    let (from, to) = (&crosswalk.from, &crosswalk.to);
    let newest = tx.crosswalks().revisions(from, to).await?.pop();
    if let Some(stored) = newest.as_ref().filter(|stored| stored.document == document) {
        return Ok((crosswalk, stored.revision));
    }
    let revision = newest.map_or(0, |stored| stored.revision) + 1;
    let stored = StoredCrosswalk { revision, document, imported_at: office.clock.now() };
    tx.crosswalks().insert(from, to, &stored).await?;
    tx.commit().await?;
    Ok((crosswalk, revision))
}

/// The newest crosswalk between two sets with its revision; nothing if none was imported.
///
/// # Errors
/// The database.
pub async fn newest(tx: &mut Tx, from: &AreaSetRef, to: &AreaSetRef) -> Result<Option<(Crosswalk, i64)>, StoreError> {
    let newest = tx.crosswalks().revisions(from, to).await?.pop();
    newest.map(|stored| Ok((parse(stored.document)?, stored.revision))).transpose()
}

/// The newest crosswalk between two sets as it stood at `instant`.
///
/// # Errors
/// The database.
pub async fn as_of(
    tx: &mut Tx,
    from: &AreaSetRef,
    to: &AreaSetRef,
    instant: DateTime<Utc>,
) -> Result<Option<Crosswalk>, StoreError> {
    let stored = tx.crosswalks().revisions(from, to).await?;
    let newest = stored.into_iter().rfind(|stored| stored.imported_at <= instant);
    newest.map(|stored| parse(stored.document)).transpose()
}

/// The crosswalk by which a release was made.
///
/// # Errors
/// The database; that it is not there counts as damage, because revisions are only added.
pub async fn find(tx: &mut Tx, redrawn: &Redrawn) -> Result<Crosswalk, StoreError> {
    let mut stored = tx.crosswalks().revisions(&redrawn.from, &redrawn.to).await?.into_iter();
    let found = stored.find(|stored| stored.revision == redrawn.crosswalk);
    parse(found.ok_or_else(|| StoreError::inconsistent("crosswalks", "revision"))?.document)
}

fn parse(document: serde_json::Value) -> Result<Crosswalk, StoreError> {
    serde_json::from_value(document).map_err(|_| StoreError::inconsistent("crosswalks", "document"))
}
