//! What can go wrong with storage. An error carries codes and names from the schema only, never a
//! row's values: a driver's own message or detail may hold the key of a row (a code's hash, for
//! instance), so the driver's error is read once, here, and dropped.

use std::borrow::Cow;

use sqlx::error::{DatabaseError, ErrorKind};

/// Why storage did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine or its driver refused; holds its code (SQLSTATE or `SQLite` result code) or the kind
    /// of failure.
    #[error("the database refused: {0}")]
    Driver(Cow<'static, str>),
    /// A key is taken, or a row has changed since it was read; holds the name of the constraint, such
    /// as `rounds_slug_key`, the same on both engines.
    #[error("conflict with {0}")]
    Conflict(Cow<'static, str>),
    /// A stored value that cannot be what was written: table and column.
    #[error("inconsistent value in {0}.{1}")]
    Inconsistent(&'static str, &'static str),
    /// The schema is of a later program; holds the version that is not known here.
    #[error("the database has schema version {0}, which this program does not know; use the newer program")]
    UnknownSchema(i64),
    /// A migration that was applied differs from the one in this program; holds its version.
    #[error("schema version {0} in the database differs from the one in this program")]
    AlteredSchema(i64),
    /// The schema lacks a migration that this program needs; holds its version.
    #[error("the database lacks schema version {0}; `trygg migrate` adds it")]
    MissingSchema(i64),
    /// No connection in time, connection lost, statement cancelled, disk full or file locked: nothing
    /// was stored, trying again may succeed.
    #[error("the database is unavailable: {0}")]
    Unavailable(Cow<'static, str>),
    /// Another process serves from the same file.
    #[error("another process serves from this database file")]
    AlreadyServed,
    /// The address is none of `sqlite://FILE` and `postgres://…`, or the file cannot be made.
    #[error("the database address cannot be used: {0}")]
    Address(Cow<'static, str>),
}

/// The name under which foreign keys conflict: `SQLite` does not say which one.
pub(super) const FOREIGN_KEY: &str = "foreign_key";

impl StoreError {
    /// A stored value that does not parse.
    #[must_use]
    pub const fn inconsistent(table: &'static str, column: &'static str) -> Self {
        Self::Inconsistent(table, column)
    }

    /// A conflict with the named constraint.
    #[must_use]
    pub(super) const fn conflict(constraint: &'static str) -> Self {
        Self::Conflict(Cow::Borrowed(constraint))
    }

    /// Whether this is a conflict with the named constraint.
    #[must_use]
    pub fn conflicts_with(&self, constraint: &str) -> bool {
        matches!(self, Self::Conflict(name) if name == constraint)
    }

    /// Whether nothing was stored and trying again may succeed.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match error {
            E::Database(error) => refused(error.as_ref()),
            E::PoolTimedOut => Self::Unavailable("no connection in time".into()),
            E::PoolClosed => Self::Unavailable("closed".into()),
            E::WorkerCrashed => Self::Unavailable("the driver's worker ended".into()),
            E::Io(error) => Self::Unavailable(format!("connection: {}", error.kind()).into()),
            E::Tls(_) => Self::Unavailable("TLS".into()),
            E::Protocol(_) => Self::Unavailable("protocol".into()),
            E::Configuration(_) => Self::Address("it does not parse".into()),
            E::RowNotFound => Self::Driver("no row".into()),
            E::ColumnNotFound(_) | E::ColumnIndexOutOfBounds { .. } => Self::Driver("no such column".into()),
            E::ColumnDecode { index, .. } => Self::Driver(format!("column {index} does not decode").into()),
            E::Decode(_) => Self::Driver("a value does not decode".into()),
            E::Encode(_) => Self::Driver("a value does not encode".into()),
            E::Migrate(error) => Self::from(*error),
            _ => Self::Driver("driver".into()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError as E;
        match error {
            E::Execute(error) | E::ExecuteMigration(error, _) => Self::from(error),
            E::VersionMissing(version) | E::VersionTooNew(version, _) => Self::UnknownSchema(version),
            E::VersionMismatch(version) | E::Dirty(version) => Self::AlteredSchema(version),
            _ => Self::Driver("migration".into()),
        }
    }
}

fn refused(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    match error.kind() {
        ErrorKind::UniqueViolation => StoreError::Conflict(unique_key(error).into()),
        ErrorKind::ForeignKeyViolation => StoreError::conflict(FOREIGN_KEY),
        _ if is_passing(error, &code) => StoreError::Unavailable(format!("code {code}").into()),
        _ => StoreError::Driver(format!("code {code}").into()),
    }
}

/// `PostgreSQL` names the constraint. `SQLite` lists columns (`UNIQUE constraint failed: rounds.slug`),
/// from which the same name is made.
fn unique_key(error: &dyn DatabaseError) -> String {
    if let Some(name) = error.constraint() {
        return name.to_owned();
    }
    let columns = error.message().rsplit(": ").next().unwrap_or_default();
    let mut name = String::new();
    for column in columns.split(", ") {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if name.is_empty() {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name.push_str("_key");
    name
}

/// Whether a later try may succeed. `PostgreSQL`: classes 08 connection, 53 resources, 57 operator
/// (shutdown, statement timeout), 40 serialisation and deadlock, 55P03 lock not available.
/// `SQLite` (low byte of the code): 5 busy, 6 locked, 10 input/output, 13 full, 14 cannot open.
fn is_passing(error: &dyn DatabaseError, code: &str) -> bool {
    if error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some() {
        return matches!(code.get(..2), Some("08" | "53" | "57" | "40")) || code == "55P03" || code == "25P03";
    }
    code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
}

/// `value` as an array of `N` bytes, or the place where it lies wrong.
pub(super) fn bytes<const N: usize>(
    value: Vec<u8>,
    table: &'static str,
    column: &'static str,
) -> Result<[u8; N], StoreError> {
    value.try_into().map_err(|_| StoreError::Inconsistent(table, column))
}

/// `value` as a number that is never negative and fits `u32`, or the place where it lies wrong.
pub(super) fn small(value: i64, table: &'static str, column: &'static str) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Inconsistent(table, column))
}
