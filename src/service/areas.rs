//! Area sets and population tables: imported whole or refused whole, versioned, never edited.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Office, catalogue::CatalogueError};
use crate::{
    store::{StoreError, StoredAreaSet, StoredPopulation, Tx},
    survey::{
        area::AreaSet,
        import::ImportFault,
        population::{Margins, Population},
    },
};

/// Why an import is refused.
#[derive(Debug, thiserror::Error)]
pub enum AreasError {
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
    /// The meta file does not fit.
    #[error("{0}")]
    Meta(String),
    /// Not imported.
    #[error("no area set `{0}` version {1} is imported; `trygg areas import DIR` does it")]
    UnknownSet(String, String),
    /// Not imported.
    #[error("no population table is called `{0}`; `trygg population import` makes one")]
    UnknownPopulation(String),
    /// Stored with other contents.
    #[error("{0} is there already with other contents; import it under a new version")]
    Taken(String),
    /// The questionnaire of a population table.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(serde::Deserialize)]
struct Meta {
    id: String,
    version: String,
}

fn file(path: &Path) -> Result<Vec<u8>, AreasError> {
    std::fs::read(path).map_err(|error| AreasError::File(path.display().to_string(), error))
}

/// Imports the area set in `folder` (`meta.toml`, `areas.csv`). The same contents again change nothing.
///
/// # Errors
/// Every fault of the file, or a version that is stored with other contents.
pub async fn import_area_set(office: &Office, folder: &Path) -> Result<AreaSet, AreasError> {
    let meta = file(&folder.join("meta.toml"))?;
    let meta: Meta =
        toml::from_str(&String::from_utf8_lossy(&meta)).map_err(|error| AreasError::Meta(error.to_string()))?;
    let path = folder.join("areas.csv");
    let set = AreaSet::from_csv(&meta.id, &meta.version, &file(&path)?)
        .map_err(|faults| AreasError::Refused { file: path.display().to_string(), faults })?;
    let document = serde_json::to_value(&set).map_err(|_| StoreError::inconsistent("area_sets", "document"))?;
    let mut tx = office.database.begin().await?;
    if let Some(stored) = tx.area_sets().find(&meta.id, &meta.version).await? {
        return if stored.document == document {
            Ok(set)
        } else {
            Err(AreasError::Taken(format!("area set {} {}", meta.id, meta.version)))
        };
    }
    tx.area_sets().insert(&StoredAreaSet { id: meta.id, version: meta.version, document }).await?;
    tx.commit().await?;
    Ok(set)
}

/// The area set `id` in `version`.
///
/// # Errors
/// [`AreasError::UnknownSet`].
pub async fn area_set(tx: &mut Tx, id: &str, version: &str) -> Result<AreaSet, AreasError> {
    let stored = tx.area_sets().find(id, version).await?;
    let stored = stored.ok_or_else(|| AreasError::UnknownSet(id.to_owned(), version.to_owned()))?;
    Ok(serde_json::from_value(stored.document).map_err(|_| StoreError::inconsistent("area_sets", "document"))?)
}

/// A population table with the name under which rounds refer to it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct NamedPopulation {
    /// The name.
    pub name: String,
    /// The table.
    pub table: Population,
}

/// Where a population table comes from and what it is checked against.
#[derive(Debug, Clone)]
pub struct PopulationImport<'a> {
    /// Name under which rounds refer to it.
    pub name: &'a str,
    /// Area set id and version.
    pub area_set: (&'a str, &'a str),
    /// Questionnaire id and version whose age groups it uses.
    pub questionnaire: (&'a str, &'a str),
    /// Where the figures come from.
    pub source: &'a str,
}

/// Imports register counts from CSV.
///
/// # Errors
/// Every fault of the file with its line.
pub async fn import_population(
    office: &Office,
    bytes: &[u8],
    import: &PopulationImport<'_>,
) -> Result<NamedPopulation, AreasError> {
    let questionnaire = office.catalogue.find(&office.database, import.questionnaire.0, import.questionnaire.1).await?;
    let age = questionnaire.class().age.and_then(|item| questionnaire.items().get(item)).map(|item| item.scale);
    let ages = age.map_or_else(Vec::new, |scale| questionnaire.scales()[scale].options.clone());
    let mut tx = office.database.begin().await?;
    let set = area_set(&mut tx, import.area_set.0, import.area_set.1).await?;
    let districts: Vec<String> = set.districts().map(|area| area.code.clone()).collect();
    let total = set.total().map_or("", |area| area.code.as_str());
    let margins = Margins { districts: &districts, total, age_groups: &ages };
    let table = Population::from_csv(bytes, &margins)
        .map_err(|faults| AreasError::Refused { file: "the population table".to_owned(), faults })?;
    let named = NamedPopulation { name: import.name.to_owned(), table };
    let document = serde_json::to_value(&named).map_err(|_| StoreError::inconsistent("populations", "document"))?;
    for stored in tx.populations().list().await? {
        let other = parse(stored.document.clone())?;
        if other.name == import.name {
            return if stored.document == document {
                Ok(named)
            } else {
                Err(AreasError::Taken(format!("population table {}", import.name)))
            };
        }
    }
    tx.populations()
        .insert(&StoredPopulation {
            id: uuid::Uuid::now_v7(),
            document,
            sha256: Sha256::digest(bytes).into(),
            reference_date: named.table.reference_date,
            source: import.source.to_owned(),
            imported_at: office.clock.now(),
        })
        .await?;
    tx.commit().await?;
    Ok(named)
}

fn parse(document: serde_json::Value) -> Result<NamedPopulation, StoreError> {
    serde_json::from_value(document).map_err(|_| StoreError::inconsistent("populations", "document"))
}

/// The population table called `name`.
///
/// # Errors
/// [`AreasError::UnknownPopulation`].
pub async fn population(tx: &mut Tx, name: &str) -> Result<NamedPopulation, AreasError> {
    for stored in tx.populations().list().await? {
        let named = parse(stored.document)?;
        if named.name == name {
            return Ok(named);
        }
    }
    Err(AreasError::UnknownPopulation(name.to_owned()))
}
