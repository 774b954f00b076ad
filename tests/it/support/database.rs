//! A migrated database for one test, on either engine, gone afterwards.

use std::{path::PathBuf, time::Duration};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;
use trygg::store::{Database, Pools};
use uuid::Uuid;

use super::postgres;

/// The engines of which every one must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database of one test's own.
pub struct TestDatabase {
    /// The database, migrated and empty.
    pub database: Database,
    /// Its address: another process would open it by this.
    pub address: String,
    home: Home,
}

enum Home {
    Folder(TempDir),
    Server { maintenance: String, name: String },
}

/// Tests wait for a connection as long as it takes: this machine may be busy with others.
pub const PATIENT: Pools = Pools { connections: 10, wait: Duration::from_mins(1) };

impl TestDatabase {
    /// A migrated, empty database; `None` if the engine is not there (which has been said loudly).
    pub async fn new(engine: Engine) -> Option<Self> {
        let (address, home) = match engine {
            Engine::Sqlite => empty_file(),
            Engine::Postgres => empty_on_server(true).await?,
        };
        let database = Database::open_with(&address, PATIENT).await.expect("opens");
        if engine == Engine::Sqlite {
            database.migrate().await.expect("migrates");
        }
        Some(Self { database, address, home })
    }

    /// A database without any table.
    pub async fn without_schema(engine: Engine) -> Option<Self> {
        let (address, home) = match engine {
            Engine::Sqlite => empty_file(),
            Engine::Postgres => empty_on_server(false).await?,
        };
        let database = Database::open_with(&address, PATIENT).await.expect("opens");
        Some(Self { database, address, home })
    }

    /// The file of an embedded database.
    pub fn file(&self) -> PathBuf {
        match &self.home {
            Home::Folder(folder) => folder.path().join("trygg.db"),
            Home::Server { .. } => panic!("a server's database is no file"),
        }
    }

    /// Runs statements past the store, as somebody with the database's password could; rows changed.
    pub async fn tamper(&self, statements: &str) -> u64 {
        let statements = AssertSqlSafe(statements.to_owned());
        match &self.home {
            Home::Folder(_) => {
                let mut file = SqliteConnection::connect(&self.address).await.expect("connects");
                sqlx::raw_sql(statements).execute(&mut file).await.expect("runs").rows_affected()
            }
            Home::Server { .. } => {
                let mut server = self.plain_connection().await;
                sqlx::raw_sql(statements).execute(&mut server).await.expect("runs").rows_affected()
            }
        }
    }

    /// Every table, past the store.
    pub async fn tables(&self) -> Vec<String> {
        match &self.home {
            Home::Folder(_) => {
                let mut file = SqliteConnection::connect(&self.address).await.expect("connects");
                let all = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
                sqlx::query_scalar(all).fetch_all(&mut file).await.expect("reads")
            }
            Home::Server { .. } => {
                let all = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
                sqlx::query_scalar(all).fetch_all(&mut self.plain_connection().await).await.expect("reads")
            }
        }
    }

    /// The rows of a table as bytes, with whatever text its columns hold in the clear.
    pub async fn rows(&self, table: &str) -> Vec<Vec<u8>> {
        match &self.home {
            Home::Folder(_) => {
                let mut file = SqliteConnection::connect(&self.address).await.expect("connects");
                let columns = "SELECT name FROM pragma_table_info($1)";
                let columns: Vec<String> =
                    sqlx::query_scalar(columns).bind(table).fetch_all(&mut file).await.expect("reads");
                let columns = columns.iter().map(|name| format!("COALESCE({name}, '')")).collect::<Vec<_>>();
                let all = AssertSqlSafe(format!("SELECT CAST({} AS BLOB) FROM {table}", columns.join(" || '|' || ")));
                sqlx::query_scalar(all).fetch_all(&mut file).await.expect("reads")
            }
            Home::Server { .. } => {
                let mut server = self.plain_connection().await;
                sqlx::query("SET bytea_output = 'escape'").execute(&mut server).await.expect("sets");
                let all = AssertSqlSafe(format!("SELECT t::text FROM {table} t"));
                let rows: Vec<String> = sqlx::query_scalar(all).fetch_all(&mut server).await.expect("reads");
                rows.into_iter().map(String::into_bytes).collect()
            }
        }
    }

    /// A plain connection to a server's database, past the store.
    pub async fn plain_connection(&self) -> PgConnection {
        PgConnection::connect(&self.address).await.expect("connects")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Home::Server { maintenance, name } = &self.home else { return };
        let (maintenance, name) = (maintenance.clone(), name.clone());
        let dropped = std::thread::spawn(move || {
            block_on(async {
                let mut server = PgConnection::connect(&maintenance).await?;
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                sqlx::query(AssertSqlSafe(drop)).execute(&mut server).await?;
                server.close().await
            })
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            eprintln!("a test database could not be dropped");
        }
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn empty_file() -> (String, Home) {
    let folder = TempDir::new().expect("a temporary folder");
    let address = format!("sqlite://{}", folder.path().join("trygg.db").display());
    (address, Home::Folder(folder))
}

/// A new database on the server: a clone of the migrated template, or one without tables.
async fn empty_on_server(migrated: bool) -> Option<(String, Home)> {
    let maintenance = postgres::server()?;
    let mut server = PgConnection::connect(&maintenance).await.expect("the test server answers");
    let template = if migrated { template(&mut server, &maintenance).await } else { "template1".to_owned() };
    let name = format!("trygg_test_{}", Uuid::new_v4().simple());
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    sqlx::query(AssertSqlSafe(create)).execute(&mut server).await.expect("a database is made");
    server.close().await.expect("closes");
    let address = with_database(&maintenance, &name);
    Some((address, Home::Server { maintenance, name }))
}

/// The template of these migrations, made once on each server.
async fn template(server: &mut PgConnection, maintenance: &str) -> String {
    const ONE_AT_A_TIME: i64 = 0x7472_7967;
    let name = format!("trygg_template_{}", fingerprint());
    let exists = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate)";
    let found = async |server: &mut PgConnection| {
        sqlx::query_scalar::<_, bool>(exists).bind(&name).fetch_one(server).await.expect("answers")
    };
    if found(server).await {
        return name;
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(ONE_AT_A_TIME).execute(&mut *server).await.expect("locks");
    if !found(server).await {
        for statement in
            [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name} TEMPLATE template1")]
        {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut *server).await.expect("a template is made");
        }
        let database = Database::open_with(&with_database(maintenance, &name), PATIENT).await.expect("opens");
        database.migrate().await.expect("migrates");
        database.close().await;
        let mark = format!("ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
        sqlx::query(AssertSqlSafe(mark)).execute(&mut *server).await.expect("the template is closed");
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(ONE_AT_A_TIME).execute(&mut *server).await.expect("unlocks");
    name
}

/// Changes with every change of a migration, so that a server that outlives a run never clones old tables.
fn fingerprint() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/postgres");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("migrations").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).expect("a migration").hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// `address` with another database's name.
fn with_database(address: &str, name: &str) -> String {
    let (place, options) = address.split_once('?').unwrap_or((address, ""));
    let server = place.rsplit_once('/').expect("the address names a database").0;
    format!("{server}/{name}?{options}")
}
