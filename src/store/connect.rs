//! Opening a database by its address, its pragmas and limits, and the schema's version. What is
//! stored where belongs to the repositories.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{StoreError, Tx};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a statement of the service may run on `PostgreSQL` (`trust.md` 5.4).
const STATEMENT_TIMEOUT: &str = "5s";

/// A database, open for as many transactions as its pools hold; cheap to clone.
#[derive(Clone)]
pub enum Database {
    /// The embedded database.
    Sqlite(SqliteFile),
    /// A `PostgreSQL` server.
    Postgres(PgPool),
}

/// One file: a single writing connection and readers that cannot write.
#[derive(Clone)]
pub struct SqliteFile {
    pub(super) writer: SqlitePool,
    pub(super) readers: SqlitePool,
    path: Arc<PathBuf>,
}

/// How many connections are held and how long a caller waits for one.
#[derive(Debug, Clone, Copy)]
pub struct Pools {
    /// Most connections to a server, or most readers of a file.
    pub connections: u32,
    /// After this long without a connection the database is unavailable.
    pub wait: Duration,
}

impl Default for Pools {
    fn default() -> Self {
        Self { connections: 10, wait: Duration::from_secs(2) }
    }
}

/// Proof that this process alone serves from a file; the claim ends when it is dropped or the process
/// ends. On `PostgreSQL` any number of processes serve, and it holds nothing.
#[derive(Debug)]
pub struct Serving {
    _claim: Option<File>,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "Database::Sqlite",
            Self::Postgres(_) => "Database::Postgres",
        })
    }
}

impl fmt::Debug for SqliteFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteFile")
    }
}

impl Database {
    /// Opens the database at `sqlite://FILE` (made if it is missing) or `postgres://…` with the
    /// service's own limits. Says nothing of the schema: see [`Self::migrate`], [`Self::check_schema`].
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::open_with(address, Pools::default()).await
    }

    /// As [`Self::open`], with other limits.
    pub async fn open_with(address: &str, pools: Pools) -> Result<Self, StoreError> {
        if address.starts_with("sqlite:") {
            return open_file(address, pools).await.map(Self::Sqlite);
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return open_server(address, pools).await.map(Self::Postgres);
        }
        Err(StoreError::Address("it begins with neither sqlite:// nor postgres://".into()))
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Tx::Sqlite(file.writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that may write and whose statements may take as long as they need: the
    /// opening, an import, an estimate.
    pub async fn begin_long(&self) -> Result<Tx, StoreError> {
        let mut tx = self.begin().await?;
        if let Tx::Postgres(tx) = &mut tx {
            // Only a server cuts statements off.
            sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut **tx).await?;
        }
        Ok(tx)
    }

    /// Begins a transaction that sees one state of the database throughout and cannot write.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Tx::Sqlite(file.readers.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Whether the database answers: a transaction and back, no table touched.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        super::on_conn!(&mut tx, |conn| {
            sqlx::query("SELECT 1").execute(conn).await?;
        });
        tx.rollback().await
    }

    /// Brings the schema to this program's version; several processes may try at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(file) => {
                // One IMMEDIATE transaction around all of them: the driver itself takes no lock here.
                let mut tx = file.writer.begin_with("BEGIN IMMEDIATE").await?;
                SQLITE_MIGRATIONS.run(&mut *tx).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                // A connection of its own: the advisory lock dies with it, also after an error, and no
                // statement is cut off.
                let options = pool.connect_options().as_ref().clone().options([("statement_timeout", "0")]);
                let mut connection = options.connect().await?;
                POSTGRES_MIGRATIONS.run(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Compares the schema with this program, without changing anything: it must have every migration
    /// known here, unaltered, and none besides.
    pub async fn check_schema(&self) -> Result<(), StoreError> {
        let (migrations, applied) = match self {
            Self::Sqlite(file) => {
                let exists: Option<i64> = sqlx::query_scalar(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
                )
                .fetch_optional(&file.readers)
                .await?;
                let applied = match exists {
                    Some(_) => sqlx::query_as(APPLIED).fetch_all(&file.readers).await?,
                    None => Vec::new(),
                };
                (&SQLITE_MIGRATIONS, applied)
            }
            Self::Postgres(pool) => {
                let exists: bool =
                    sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(pool).await?;
                let applied = if exists { sqlx::query_as(APPLIED).fetch_all(pool).await? } else { Vec::new() };
                (&POSTGRES_MIGRATIONS, applied)
            }
        };
        compare(migrations, &applied)
    }

    /// Claims the right to serve from this database for this process (`trust.md` 5.7): a second
    /// `serve` on one file is refused with [`StoreError::AlreadyServed`].
    pub fn claim_serving(&self) -> Result<Serving, StoreError> {
        let Self::Sqlite(file) = self else {
            return Ok(Serving { _claim: None });
        };
        let mut name = file.path.as_os_str().to_owned();
        name.push(".serving");
        let claim = private_file(Path::new(&name)).map_err(|error| unusable(&error))?;
        match claim.try_lock() {
            Ok(()) => Ok(Serving { _claim: Some(claim) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyServed),
            Err(TryLockError::Error(error)) => Err(unusable(&error)),
        }
    }

    /// Closes every connection and waits until they are closed.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(file) => {
                file.readers.close().await;
                file.writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";

fn compare(migrations: &Migrator, applied: &[(i64, Vec<u8>)]) -> Result<(), StoreError> {
    for (version, checksum) in applied {
        match migrations.iter().find(|migration| migration.version == *version) {
            None => return Err(StoreError::UnknownSchema(*version)),
            Some(known) if known.checksum.as_ref() != checksum.as_slice() => {
                return Err(StoreError::AlteredSchema(*version));
            }
            Some(_) => {}
        }
    }
    let missing = migrations.iter().find(|known| applied.iter().all(|(version, _)| *version != known.version));
    missing.map_or(Ok(()), |migration| Err(StoreError::MissingSchema(migration.version)))
}

async fn open_file(address: &str, pools: Pools) -> Result<SqliteFile, StoreError> {
    let options = SqliteConnectOptions::from_str(address)?;
    let path = options.get_filename().to_path_buf();
    if address.contains(":memory:") || address.contains("mode=memory") || path.as_os_str().is_empty() {
        return Err(StoreError::Address("the embedded database needs a file".into()));
    }
    make_private(&path).map_err(|error| unusable(&error))?;
    // `secure_delete` from the first connection on: without it deleted ciphertext stays in free pages
    // (`trust.md` 2.4). `temp_store`: sorts and VACUUM spill into memory, never into a file elsewhere.
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(pools.wait)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging();
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(pools.wait)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(pools.connections)
        .acquire_timeout(pools.wait)
        .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
        .await?;
    Ok(SqliteFile { writer, readers, path: Arc::new(path) })
}

async fn open_server(address: &str, pools: Pools) -> Result<PgPool, StoreError> {
    // A plan made while a table was empty reads all of it for ever after: intake fills tables faster than
    // the server counts them. So each execution is planned for what is there.
    let options = PgConnectOptions::from_str(address)?
        .application_name("trygg")
        .options([("statement_timeout", STATEMENT_TIMEOUT), ("plan_cache_mode", "force_custom_plan")])
        .disable_statement_logging();
    // Once by hand: a pool that cannot connect says only that it waited.
    options.connect().await?.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(pools.connections)
        .acquire_timeout(pools.wait)
        .test_before_acquire(true)
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// Makes the database file, or takes other people's rights away from it. `SQLite` gives the same
/// rights to the log files that it makes beside it.
fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    private_file(path).map(drop)
}

/// Opens `path` for reading and writing, for its owner only; makes it if it is missing.
fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

fn unusable(error: &std::io::Error) -> StoreError {
    StoreError::Address(format!("the file cannot be opened: {}", error.kind()).into())
}
