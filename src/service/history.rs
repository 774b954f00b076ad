//! Figures that were printed before Trygg: imported as printed, shown beside, never compared. Staff
//! may mark which of several holds; all stay visible.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Office, breaks};
use crate::{
    stats::compare::Reason,
    store::{HistoryImport, StoreError},
    survey::{
        breaks::{Declaration, Register},
        history::{History, PrintedValue},
        import::ImportFault,
    },
};

/// Why a history file is refused.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// Every fault of the file.
    #[error("the history is refused:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<ImportFault>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a history file; the same file again changes nothing. Gives the number of values.
///
/// # Errors
/// [`HistoryError::Refused`] with every fault.
pub async fn import(office: &Office, bytes: &[u8], source: &str) -> Result<usize, HistoryError> {
    let history = History::from_csv(bytes, None).map_err(HistoryError::Refused)?;
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    let mut tx = office.database.begin().await?;
    if tx.history().list().await?.iter().any(|import| import.sha256 == sha256) {
        return Ok(history.values.len());
    }
    let document = serde_json::to_value(&history).map_err(|_| StoreError::inconsistent("history", "document"))?;
    tx.history()
        .insert(&HistoryImport {
            id: uuid::Uuid::now_v7(),
            document,
            sha256,
            source: source.to_owned(),
            imported_at: office.clock.now(),
        })
        .await?;
    tx.commit().await?;
    Ok(history.values.len())
}

/// A printed value with the import that brought it.
#[derive(Debug, Clone, PartialEq)]
pub struct Revised {
    /// The value.
    pub value: PrintedValue,
    /// Which import brought it first, from 1: a corrected file is a later revision.
    pub revision: usize,
    /// When that was.
    pub imported_at: DateTime<Utc>,
}

/// Everything printed before, and what staff have said of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// Every value, in the order of the imports; one that a later file repeats stands once.
    pub values: Vec<Revised>,
    register: Register,
}

impl Published {
    /// The values without their revisions.
    #[must_use]
    pub fn history(&self) -> History {
        History { values: self.values.iter().map(|revised| revised.value.clone()).collect(), retrieved_on: None }
    }

    /// What staff said when they marked this value; nothing if they marked another or none.
    #[must_use]
    pub fn mark(&self, value: &PrintedValue) -> Option<&Declaration> {
        let (marked, said) = self.register.marked(&value.series, &value.period, &value.area, &value.group)?;
        (marked.printed == value.printed && marked.source == value.source).then_some(said)
    }

    /// Why no change between two periods of a series is told; never empty.
    #[must_use]
    pub fn reasons(&self, series: &str, area: &str, periods: (&str, &str)) -> Vec<Reason> {
        let marked = |period: &str| self.register.marked(series, period, area, "all").is_some();
        self.history().reasons(series, area, periods, marked)
    }
}

/// Every printed value with its revision, and which ones staff have marked.
///
/// # Errors
/// The database.
pub async fn published(office: &Office) -> Result<Published, StoreError> {
    let imports = office.database.read().await?.history().list().await?;
    let mut values: Vec<Revised> = Vec::new();
    for (place, import) in imports.into_iter().enumerate() {
        let history: History =
            serde_json::from_value(import.document).map_err(|_| StoreError::inconsistent("history", "document"))?;
        for value in history.values {
            if !values.iter().any(|known| known.value == value) {
                values.push(Revised { value, revision: place + 1, imported_at: import.imported_at });
            }
        }
    }
    Ok(Published { values, register: breaks::breaks_as_of(office, office.clock.now()).await? })
}
