//! Questionnaire versions: read from folders, checked whole, frozen when published, and served from
//! memory afterwards. A published version never changes; a changed folder is refused at start.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use crate::{
    clock::Clock,
    questionnaire::{self, Definition, Fault, Publication, Questionnaire, Warning},
    store::{Database, PublishedQuestionnaire, StoreError},
};

/// Why a definition cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file of the folder cannot be read as UTF-8 text.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The definition has faults; all of them.
    #[error("{folder}: {} fault(s)", faults.len())]
    Faults {
        /// The folder.
        folder: PathBuf,
        /// Every fault, in the order of the files.
        faults: Vec<Fault>,
    },
    /// The version is published with other contents.
    #[error("questionnaire {id} {version} is published and frozen; {differs} differs. Make a new version instead")]
    Frozen {
        /// Questionnaire id.
        id: String,
        /// Version.
        version: String,
        /// The first item or key that differs.
        differs: String,
    },
    /// No such version is published.
    #[error("questionnaire {id} {version} is not published; `trygg questionnaire publish DIR` does it")]
    Unknown {
        /// Questionnaire id.
        id: String,
        /// Version.
        version: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A definition read from a folder and found sound.
#[derive(Debug)]
pub struct Checked {
    /// The files as read.
    pub definition: Definition,
    /// What they define.
    pub questionnaire: Questionnaire,
    /// What a reviewer should look at; no fault.
    pub warnings: Vec<Warning>,
}

/// Reads and checks the definition in `folder`.
///
/// # Errors
/// [`CatalogueError::File`] or all faults at once as [`CatalogueError::Faults`].
pub fn check(folder: &Path) -> Result<Checked, CatalogueError> {
    let definition = read(folder)?;
    match Questionnaire::parse(&definition) {
        Ok(questionnaire) => {
            let warnings = questionnaire.warnings();
            Ok(Checked { definition, questionnaire, warnings })
        }
        Err(faults) => Err(CatalogueError::Faults { folder: folder.to_path_buf(), faults }),
    }
}

fn read(folder: &Path) -> Result<Definition, CatalogueError> {
    let fail = |path: &Path| {
        let path = path.to_path_buf();
        move |error| CatalogueError::File(path, error)
    };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(fail(folder))? {
        let path = entry.map_err(fail(folder))?.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
            files.insert(name.to_owned(), fs::read_to_string(&path).map_err(fail(&path))?);
        }
    }
    Ok(Definition { files })
}

/// The published versions, parsed once and kept in memory. Any process can rebuild it.
#[derive(Debug, Default)]
pub struct Catalogue {
    parsed: RwLock<HashMap<(String, String), Arc<Questionnaire>>>,
}

impl Catalogue {
    /// The published version `version` of `id`.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] if it is not published.
    pub async fn find(
        &self,
        database: &Database,
        id: &str,
        version: &str,
    ) -> Result<Arc<Questionnaire>, CatalogueError> {
        let key = (id.to_owned(), version.to_owned());
        let held = self.parsed.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key).cloned();
        if let Some(questionnaire) = held {
            return Ok(questionnaire);
        }
        let row = database.read().await?.questionnaires().find(id, version).await?;
        let Some(row) = row else {
            return Err(CatalogueError::Unknown { id: id.to_owned(), version: version.to_owned() });
        };
        let definition = definition_of(&row)?;
        let questionnaire = Questionnaire::parse(&definition)
            .map_err(|faults| CatalogueError::Faults { folder: format!("{id} {version}").into(), faults })?;
        let questionnaire = Arc::new(questionnaire);
        self.parsed.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key, Arc::clone(&questionnaire));
        Ok(questionnaire)
    }

    /// Table plan and floors of a published version, with the hash of their text. They are no part of
    /// the version: the text as it was published last counts.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`], or faults of a text that was published by an older program.
    pub async fn publication(
        &self,
        database: &Database,
        questionnaire: &Questionnaire,
    ) -> Result<(Publication, String), CatalogueError> {
        publication(&self.publication_text(database, questionnaire).await?, questionnaire)
    }

    /// The text of the same.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`].
    pub async fn publication_text(
        &self,
        database: &Database,
        questionnaire: &Questionnaire,
    ) -> Result<String, CatalogueError> {
        let (id, version) = (questionnaire.id(), questionnaire.version());
        let row = database.read().await?.questionnaires().find(id, version).await?;
        let row = row.ok_or_else(|| CatalogueError::Unknown { id: id.to_owned(), version: version.to_owned() })?;
        Ok(definition_of(&row)?.files.remove("publication.toml").unwrap_or_default())
    }
}

/// Table plan and floors that `text` gives to `questionnaire`, with the hash of the text.
///
/// # Errors
/// Faults of the text.
pub fn publication(text: &str, questionnaire: &Questionnaire) -> Result<(Publication, String), CatalogueError> {
    let publication = Publication::parse(text, questionnaire).map_err(|faults| CatalogueError::Faults {
        folder: format!("{} {}", questionnaire.id(), questionnaire.version()).into(),
        faults,
    })?;
    Ok((publication, Publication::hash(text)))
}

/// Every published version.
///
/// # Errors
/// The database.
pub async fn list(database: &Database) -> Result<Vec<PublishedQuestionnaire>, CatalogueError> {
    Ok(database.read().await?.questionnaires().list().await?)
}

fn definition_of(row: &PublishedQuestionnaire) -> Result<Definition, StoreError> {
    serde_json::from_value(row.definition.clone())
        .map(|files| Definition { files })
        .map_err(|_| StoreError::inconsistent("questionnaires", "definition"))
}

/// Publishes the definition in `folder`: from now on the version is frozen. Publishing the same version
/// again takes over new marks of review and the publication plan, which are no part of it; a running
/// service reads the marks when it starts.
///
/// # Errors
/// Every fault of the definition, or [`CatalogueError::Frozen`] when the version is published with
/// other contents.
pub async fn publish(database: &Database, clock: &dyn Clock, folder: &Path) -> Result<Checked, CatalogueError> {
    let checked = check(folder)?;
    let (id, version) = (checked.questionnaire.id().to_owned(), checked.questionnaire.version().to_owned());
    let definition = serde_json::to_value(&checked.definition.files)
        .map_err(|_| StoreError::inconsistent("questionnaires", "definition"))?;
    let mut tx = database.begin().await?;
    if let Some(row) = tx.questionnaires().find(&id, &version).await? {
        if let Some(differs) = frozen_difference(&row, &checked)? {
            return Err(CatalogueError::Frozen { id, version, differs });
        }
        if row.definition != definition {
            tx.questionnaires().replace_marks(&id, &version, &row.hash, &definition).await?;
            tx.commit().await?;
        }
        return Ok(checked);
    }
    tx.questionnaires()
        .insert(&PublishedQuestionnaire {
            id,
            version,
            hash: checked.questionnaire.hash().to_vec(),
            definition,
            published_at: clock.now(),
        })
        .await?;
    tx.commit().await?;
    Ok(checked)
}

fn frozen_difference(row: &PublishedQuestionnaire, checked: &Checked) -> Result<Option<String>, StoreError> {
    if row.hash == checked.questionnaire.hash() {
        return Ok(None);
    }
    let published = definition_of(row)?;
    Ok(Some(questionnaire::difference(&published, &checked.definition).unwrap_or_else(|| "its contents".to_owned())))
}

/// Compares every published version with its folder under `definitions` (`ID/VERSION`), where there
/// is one. Called before the service listens.
///
/// # Errors
/// [`CatalogueError::Frozen`] for the first version whose folder no longer holds what was published.
pub async fn verify(database: &Database, definitions: &Path) -> Result<(), CatalogueError> {
    let rows = database.read().await?.questionnaires().list().await?;
    for row in rows {
        let folder = definitions.join(&row.id).join(&row.version);
        if !folder.is_dir() {
            continue;
        }
        let definition = read(&folder)?;
        let published = definition_of(&row)?;
        let same = Questionnaire::parse(&definition).is_ok_and(|found| found.hash().as_slice() == row.hash);
        if !same {
            let differs =
                questionnaire::difference(&published, &definition).unwrap_or_else(|| "its contents".to_owned());
            return Err(CatalogueError::Frozen { id: row.id, version: row.version, differs });
        }
    }
    Ok(())
}
