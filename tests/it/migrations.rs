//! The two histories of migrations are twins, and neither leaves a trace of who came when.

use std::{collections::BTreeMap, fs, path::PathBuf};

use rstest::rstest;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::support::{Engine, TestDatabase};

/// Tables that a respondent's act, or the opening of what it left, touches.
const OF_RESPONDENTS: [&str; 9] = [
    "bags",
    "drafts",
    "envelopes",
    "invitation_codes",
    "invitations",
    "key_shares",
    "opening_shares",
    "responses",
    "spent_challenges",
];

/// Column name → (kind, may be null), by table.
type Tables = BTreeMap<String, BTreeMap<String, (&'static str, bool)>>;

fn files(engine: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("migrations").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine| files(engine).iter().map(|file| file.file_name().map(ToOwned::to_owned)).collect::<Vec<_>>();
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_migration_says_first_what_a_dump_of_it_reveals() {
    for file in files("sqlite").into_iter().chain(files("postgres")) {
        let text = fs::read_to_string(&file).expect("a migration");
        let head: String = text.lines().take_while(|line| line.starts_with("--")).collect();
        assert!(head.contains("reader of a dump"), "{} does not say what it reveals", file.display());
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_nullability() {
    let Some(server) = TestDatabase::new(Engine::Postgres).await else { return };
    let file = TestDatabase::new(Engine::Sqlite).await.expect("the embedded database is always there");
    let embedded = tables_of_file(&file).await;
    assert!(embedded.len() > 20, "only {} tables", embedded.len());
    assert_eq!(embedded, tables_of_server(&server).await);
}

/// The kinds that `store` relies on; a type outside the table fails the comparison.
fn kind(declared: &str) -> &'static str {
    match declared {
        "BLOB" | "uuid" | "bytea" => "bytes",
        "TEXT" | "text" | "timestamp with time zone" | "date" | "jsonb" => "text",
        "INTEGER" | "bigint" | "boolean" => "integer",
        "REAL" | "double precision" => "points",
        _ => "unknown",
    }
}

async fn plain_file(test: &TestDatabase) -> SqliteConnection {
    SqliteConnection::connect(&test.address).await.expect("connects")
}

async fn tables_of_file(test: &TestDatabase) -> Tables {
    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
        "SELECT m.name, c.name, c.type, c.\"notnull\" FROM sqlite_master m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'",
    )
    .fetch_all(&mut plain_file(test).await)
    .await
    .expect("reads the schema");
    let mut tables = Tables::new();
    for (table, column, declared, not_null) in rows {
        let known = kind(&declared);
        assert_ne!(known, "unknown", "{table}.{column} is {declared}");
        tables.entry(table).or_default().insert(column, (known, not_null == 0));
    }
    tables
}

async fn tables_of_server(test: &TestDatabase) -> Tables {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text \
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&mut test.plain_connection().await)
    .await
    .expect("reads the schema");
    let mut tables = Tables::new();
    for (table, column, declared, nullable) in rows {
        let known = kind(&declared);
        assert_ne!(known, "unknown", "{table}.{column} is {declared}");
        tables.entry(table).or_default().insert(column, (known, nullable == "YES"));
    }
    tables
}

#[tokio::test]
async fn keys_on_the_server_are_named_as_the_embedded_database_tells_them() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let rows: Vec<(String, String, Vec<String>)> = sqlx::query_as(
        "SELECT k.conname::text, t.relname::text, array_agg(c.attname::text ORDER BY place.at) \
         FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid \
         CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS place (number, at) \
         JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = place.number \
         WHERE k.contype IN ('p', 'u') AND t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_sqlx%' \
         GROUP BY k.conname, t.relname",
    )
    .fetch_all(&mut test.plain_connection().await)
    .await
    .expect("reads the keys");
    assert!(rows.len() > 20);
    for (name, table, columns) in rows {
        assert_eq!(name, format!("{table}_{}_key", columns.join("_")));
    }
}

#[tokio::test]
async fn text_on_the_server_is_compared_byte_by_byte() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let others: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name NOT LIKE '\\_sqlx%' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    )
    .fetch_all(&mut test.plain_connection().await)
    .await
    .expect("reads the columns");
    assert_eq!(others, []);
}

#[tokio::test]
async fn the_server_never_samples_what_respondents_leave() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let mut server = test.plain_connection().await;
    for table in OF_RESPONDENTS {
        let sampled: Vec<String> = sqlx::query_scalar(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 \
             AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0",
        )
        .bind(table)
        .fetch_all(&mut server)
        .await
        .expect("reads the columns");
        // The id of a response is random and the round is no secret; the sheet is what counts.
        let expected: &[&str] = if table == "responses" { &["round_id", "id"] } else { &[] };
        assert_eq!(sampled, expected, "{table}");
    }
}

#[tokio::test]
async fn the_server_keeps_no_time_number_or_trigger_beside_what_respondents_leave() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let mut server = test.plain_connection().await;
    for table in OF_RESPONDENTS {
        assert_eq!(triggers(&mut server, table).await, 0, "triggers on {table}");
        let columns: Vec<(String, String, Option<String>)> = sqlx::query_as(
            "SELECT column_name::text, data_type::text, column_default::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = $1",
        )
        .bind(table)
        .fetch_all(&mut server)
        .await
        .expect("reads the columns");
        for (column, declared, default) in columns {
            assert_eq!(default, None, "{table}.{column} fills itself");
            assert!(!declared.contains("time") && declared != "date", "{table}.{column} is a time");
        }
    }
}

/// Foreign keys are triggers too.
async fn triggers(server: &mut PgConnection, table: &str) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = $1::text::regclass")
        .bind(table)
        .fetch_one(server)
        .await
        .expect("reads the triggers")
}

#[tokio::test]
async fn the_embedded_database_has_no_hidden_number_beside_what_respondents_leave() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("the embedded database is always there");
    let mut file = plain_file(&test).await;
    for table in OF_RESPONDENTS {
        let hidden = format!("SELECT rowid FROM {table}");
        let answer = sqlx::query(AssertSqlSafe(hidden)).fetch_all(&mut file).await;
        assert!(answer.is_err(), "{table} has a rowid");
        let strict: i64 = sqlx::query_scalar("SELECT strict FROM pragma_table_list WHERE name = $1")
            .bind(table)
            .fetch_one(&mut file)
            .await
            .expect("reads the table");
        assert_eq!(strict, 1, "{table} is not strict");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn migrating_again_changes_nothing(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    test.database.migrate().await.expect("migrates again");
    test.database.check_schema().await.expect("the schema is this program's");
}
