//! What `trust.md` 2.4 step 6 orders after the opening's commit: tables and logs are rewritten, so that
//! nothing of what was deleted can be read from the database's files. Nothing else calls this.

use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, SqliteConnection, SqlitePool};

use super::{Database, StoreError};

/// How far the rewriting came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scrubbed {
    /// Nothing deleted is left in the tables' files and in the log that can be cut.
    Done,
    /// Somebody still reads the old state; to be tried again in a minute.
    Busy,
    /// The service's database user may not do these: an administrator does, one after the other, or
    /// this is called on a database that was opened as an administrator.
    LeftToAdministrator(Vec<String>),
}

/// How often a reader of the old state is waited for, and how long each time.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);

impl Database {
    /// Rewrites the emptied tables and the log. May be repeated at any time; takes as long as copying
    /// what is left.
    #[tracing::instrument(name = "store.scrub", skip_all)]
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        let scrubbed = match self {
            Self::Sqlite(file) => scrub_file(&file.writer).await,
            Self::Postgres(pool) => scrub_server(pool).await,
        };
        match scrubbed {
            Err(error) if error.is_unavailable() => Ok(Scrubbed::Busy),
            other => other,
        }
    }
}

async fn scrub_file(writer: &SqlitePool) -> Result<Scrubbed, StoreError> {
    let mut connection = writer.acquire().await?;
    if !checkpoint(&mut connection).await? {
        return Ok(Scrubbed::Busy);
    }
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    Ok(if checkpoint(&mut connection).await? { Scrubbed::Done } else { Scrubbed::Busy })
}

/// Copies the whole log into the file and cuts it to nothing; says whether no reader was in the way.
async fn checkpoint(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    for _ in 0..TRIES {
        let rows: Vec<(i64, i64, i64)> =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&mut *connection).await?;
        if rows.iter().all(|(busy, _, _)| *busy == 0) {
            return Ok(true);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(false)
}

/// The tables that the opening empties or fills, and how each is rewritten.
const REWRITES: [(&str, &str); 10] = [
    ("invitations", "VACUUM FULL invitations"),
    ("invitation_codes", "VACUUM FULL invitation_codes"),
    ("letter_runs", "VACUUM FULL letter_runs"),
    ("envelopes", "VACUUM FULL envelopes"),
    ("bags", "VACUUM FULL bags"),
    ("drafts", "VACUUM FULL drafts"),
    ("spent_challenges", "VACUUM FULL spent_challenges"),
    ("key_shares", "VACUUM FULL key_shares"),
    ("opening_shares", "VACUUM FULL opening_shares"),
    ("responses", "VACUUM FULL responses"),
];

async fn scrub_server(pool: &PgPool) -> Result<Scrubbed, StoreError> {
    // A connection of its own: VACUUM takes its time, and waits for no lock for long.
    let options = pool.connect_options().as_ref().clone();
    let options = options.options([("statement_timeout", "0"), ("lock_timeout", "10s")]);
    let mut connection = options.connect().await?;
    let scrubbed = rewrite(&mut connection).await;
    connection.close().await?;
    scrubbed
}

async fn rewrite(connection: &mut PgConnection) -> Result<Scrubbed, StoreError> {
    let mut left = Vec::new();
    match readers_of_the_past(connection).await? {
        Readers::None => {}
        Readers::Some => return Ok(Scrubbed::Busy),
        Readers::Hidden => {
            let user: String =
                sqlx::query_scalar("SELECT quote_ident(current_user)").fetch_one(&mut *connection).await?;
            left.push(format!("GRANT pg_read_all_stats TO {user}"));
        }
    }
    for (table, command) in REWRITES {
        let before = file_of(connection, table).await?;
        let may = permitted(sqlx::query(command).execute(&mut *connection).await)?;
        // Who does not own a table gets a warning instead of an error, and nothing is rewritten.
        if !may || file_of(connection, table).await? == before {
            left.push(command.to_owned());
        }
    }
    for command in ["CHECKPOINT", "SELECT pg_switch_wal()"] {
        if !permitted(sqlx::query(command).execute(&mut *connection).await)? {
            left.push(command.to_owned());
        }
    }
    Ok(if left.is_empty() { Scrubbed::Done } else { Scrubbed::LeftToAdministrator(left) })
}

enum Readers {
    None,
    Some,
    Hidden,
}

/// Whether anybody may still read the state before now: VACUUM FULL copies the rows that such a reader
/// could see into the new file, deleted or not. A writing transaction in another database of the server
/// counts too: while it is open, every new snapshot, that of VACUUM itself included, reaches back to it.
/// `Hidden`: there are sessions whose state this user may not see.
async fn readers_of_the_past(connection: &mut PgConnection) -> Result<Readers, StoreError> {
    let now: String = sqlx::query_scalar("SELECT pg_current_xact_id()::xid::text").fetch_one(&mut *connection).await?;
    let mut counted = (0_i64, 0_i64);
    for _ in 0..TRIES {
        counted = sqlx::query_as(
            "SELECT COUNT(*) FILTER (WHERE age(oldest) > age($1::text::xid)), COUNT(*) FILTER (WHERE hidden) FROM ( \
             SELECT UNNEST(ARRAY[backend_xid, CASE WHEN datname = current_database() OR datname IS NULL THEN backend_xmin END]) \
             AS oldest, \
             datname IS NOT NULL AND query = '<insufficient privilege>' AS hidden FROM pg_stat_activity \
             WHERE pid <> pg_backend_pid() \
             UNION ALL SELECT xmin, FALSE FROM pg_replication_slots \
             UNION ALL SELECT transaction, FALSE FROM pg_prepared_xacts) AS readers",
        )
        .bind(&now)
        .fetch_one(&mut *connection)
        .await?;
        if counted == (0, 0) {
            return Ok(Readers::None);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(if counted.0 > 0 { Readers::Some } else { Readers::Hidden })
}

async fn file_of(connection: &mut PgConnection, table: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT pg_relation_filenode($1::text::regclass)::bigint")
        .bind(table)
        .fetch_one(connection)
        .await?)
}

/// Whether a command was permitted; other failures stay failures.
fn permitted<T>(result: Result<T, sqlx::Error>) -> Result<bool, StoreError> {
    const INSUFFICIENT_PRIVILEGE: &str = "42501";
    match result {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(INSUFFICIENT_PRIVILEGE) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
