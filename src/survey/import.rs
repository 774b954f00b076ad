//! Faults of imported files: each names the line, the column, what stood there and what to do. All
//! faults of a file are told at once; any fault refuses the file.

use std::fmt;

use serde::Serialize;

/// Faults told of one file at most.
pub const MOST_FAULTS: usize = 100;

/// One fault of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFault {
    /// Stable code, such as `persons_not_integer`.
    pub code: &'static str,
    /// Line of the file, from 1; none if the fault is of the file as a whole.
    pub row: Option<u64>,
    /// Column by its name in the header.
    pub column: Option<String>,
    /// What stood there.
    pub found: String,
    /// What to do.
    pub detail: String,
}

impl ImportFault {
    /// A fault of the file as a whole.
    #[must_use]
    pub fn of_file(code: &'static str, found: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, row: None, column: None, found: found.into(), detail: detail.into() }
    }

    /// A fault of one cell.
    #[must_use]
    pub fn of_cell(code: &'static str, row: u64, column: &str, found: &str, detail: impl Into<String>) -> Self {
        let found = found.chars().take(80).collect();
        Self { code, row: Some(row), column: Some(column.to_owned()), found, detail: detail.into() }
    }
}

impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "line {row}, ")?;
        }
        if let Some(column) = &self.column {
            write!(f, "column {column}: ")?;
        }
        write!(f, "{}", self.code)?;
        if !self.found.is_empty() {
            write!(f, " ({:?})", self.found)?;
        }
        write!(f, ": {}", self.detail)
    }
}

impl std::error::Error for ImportFault {}

/// What an import gives: the value and the columns that were ignored, or every fault.
pub type Imported<T> = Result<T, Vec<ImportFault>>;

/// Collects faults up to [`MOST_FAULTS`].
#[derive(Debug, Default)]
pub struct Faults(Vec<ImportFault>);

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, fault: ImportFault) {
        if self.0.len() < MOST_FAULTS {
            self.0.push(fault);
        }
    }

    /// Keeps the value of a result, or its fault.
    pub fn keep<T>(&mut self, result: Result<T, ImportFault>) -> Option<T> {
        result.map_err(|fault| self.add(fault)).ok()
    }

    /// Keeps the value of an import, or all its faults that are not there yet: a file may be read once
    /// for every round.
    pub fn keep_all<T>(&mut self, result: Imported<T>) -> Option<T> {
        let faults = match result {
            Ok(value) => return Some(value),
            Err(faults) => faults,
        };
        for fault in faults {
            if !self.0.contains(&fault) {
                self.add(fault);
            }
        }
        None
    }

    /// The value if nothing was at fault.
    ///
    /// # Errors
    /// Every fault collected.
    pub fn finish<T>(self, value: T) -> Imported<T> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    /// Whether nothing was at fault so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
