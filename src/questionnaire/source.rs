//! A definition as text, and what can be wrong with it.

use std::{collections::BTreeMap, fmt};

/// The files of one version by name: `questionnaire.toml`, `publication.toml`, `sv.toml`, …
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition {
    /// File name → its text.
    pub files: BTreeMap<String, String>,
}

/// One thing that is wrong, with its place and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// File name.
    pub file: String,
    /// Line, from 1; absent when the whole file is meant.
    pub line: Option<usize>,
    /// Key path, such as `item[3].scale`.
    pub key: String,
    /// Stable code.
    pub code: &'static str,
    /// What to do, in one sentence.
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}: {}", self.code, self.detail)
    }
}

/// Something a reviewer should look at; it does not stop a version from being published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable code.
    pub code: &'static str,
    /// What was seen.
    pub detail: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}
