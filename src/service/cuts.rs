//! Cut tables of step indices: imported whole or refused whole, never edited. None is shipped.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Office, catalogue::CatalogueError};
use crate::{
    questionnaire::Questionnaire,
    store::{StoreError, StoredCutTable, Tx},
    survey::{cuts::CutTable, import::ImportFault},
};

/// Why an import is refused.
#[derive(Debug, thiserror::Error)]
pub enum CutsError {
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(String, #[source] std::io::Error),
    /// Everything in the file that does not fit.
    #[error("{file} is refused:\n{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused {
        /// The file.
        file: String,
        /// Every fault.
        faults: Vec<ImportFault>,
    },
    /// Not imported.
    #[error("cut_table_missing: no cut table is called `{0}`; `trygg cuts import DIR` makes one")]
    Unknown(String),
    /// Stored with other contents.
    #[error("the cut table {0} is there already with other contents; import it under a new id")]
    Taken(String),
    /// The questionnaire whose shares the table reads.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn file(folder: &Path, name: &str) -> Result<Vec<u8>, CutsError> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|error| CutsError::File(path.display().to_string(), error))
}

/// The cut table in `folder` (`meta.toml`, `cuts.csv`) for the shares of `questionnaire`.
///
/// # Errors
/// A file that cannot be read, or every fault of one with its line.
pub fn read(folder: &Path, questionnaire: &Questionnaire) -> Result<CutTable, CutsError> {
    let (meta, cuts) = (file(folder, "meta.toml")?, file(folder, "cuts.csv")?);
    CutTable::parse(&String::from_utf8_lossy(&meta), &cuts, questionnaire)
        .map_err(|(name, faults)| CutsError::Refused { file: folder.join(name).display().to_string(), faults })
}

/// Imports the cut table in `folder` (`meta.toml`, `cuts.csv`) for the shares of a published version,
/// given as id and version; it is bound to the questionnaire's id. The same contents again change
/// nothing.
///
/// # Errors
/// Every fault of a file with its line, or an id that is stored with other contents.
pub async fn import(office: &Office, folder: &Path, version: (&str, &str)) -> Result<CutTable, CutsError> {
    let questionnaire = office.catalogue.find(&office.database, version.0, version.1).await?;
    let table = read(folder, &questionnaire)?;
    let document = serde_json::to_value(&table).map_err(|_| StoreError::inconsistent("cut_tables", "document"))?;
    let id = table.meta.id.clone();
    let mut tx = office.database.begin().await?;
    if let Some(stored) = tx.cut_tables().find(&id).await? {
        return if parse(stored)? == table { Ok(table) } else { Err(CutsError::Taken(id)) };
    }
    let (questionnaire_id, sha256) = (table.questionnaire.clone(), Sha256::digest(file(folder, "cuts.csv")?).into());
    let imported_at = office.clock.now();
    tx.cut_tables().insert(&StoredCutTable { id, questionnaire_id, document, sha256, imported_at }).await?;
    tx.commit().await?;
    Ok(table)
}

/// Every imported table.
///
/// # Errors
/// The database.
pub async fn list(office: &Office) -> Result<Vec<CutTable>, CutsError> {
    let stored = office.database.read().await?.cut_tables().list().await?;
    Ok(stored.into_iter().map(parse).collect::<Result<_, _>>()?)
}

/// The table `id`.
///
/// # Errors
/// [`CutsError::Unknown`].
pub async fn find(tx: &mut Tx, id: &str) -> Result<CutTable, CutsError> {
    let stored = tx.cut_tables().find(id).await?;
    Ok(parse(stored.ok_or_else(|| CutsError::Unknown(id.to_owned()))?)?)
}

fn parse(stored: StoredCutTable) -> Result<CutTable, StoreError> {
    serde_json::from_value(stored.document).map_err(|_| StoreError::inconsistent("cut_tables", "document"))
}
