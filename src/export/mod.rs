//! A release to any `Write`, one format a file. Reads releases only; forms no number of its own.

pub mod changes;
pub mod csv;
pub mod qr;
pub mod questionnaire;
pub mod series;

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No release has a table of this id.
    #[error("no table has the id `{0}`")]
    UnknownTable(String),
    /// Writing failed.
    #[error("the table cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
