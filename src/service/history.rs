//! Figures that were printed before Trygg: imported as printed, shown beside, never compared.

use sha2::{Digest, Sha256};

use super::Office;
use crate::{
    store::{HistoryImport, StoreError},
    survey::{
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

/// Every printed value, in the order of the imports.
///
/// # Errors
/// The database.
pub async fn list(office: &Office) -> Result<Vec<PrintedValue>, HistoryError> {
    let imports = office.database.read().await?.history().list().await?;
    let mut values = Vec::new();
    for import in imports {
        let history: History =
            serde_json::from_value(import.document).map_err(|_| StoreError::inconsistent("history", "document"))?;
        values.extend(history.values);
    }
    Ok(values)
}
