//! Opening, schema versions, transactions and errors, the same on both engines.

use std::{net::TcpListener, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use trygg::{
    store::{Database, NewRound, Pools, PublishedQuestionnaire, StoreError, Tx},
    survey::ids::RoundId,
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase, database::PATIENT};

const IMPATIENT: Pools = Pools { connections: 2, wait: Duration::from_millis(200) };

fn round(number: u128, slug: &str) -> NewRound {
    NewRound {
        id: RoundId::from(Uuid::from_u128(number)),
        slug: slug.into(),
        stage: "draft".into(),
        document: json!({}),
    }
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    for address in ["mysql://localhost/trygg", "", "trygg.db", "sqlite::memory:", "sqlite://", "postgres://["] {
        let refused = Database::open_with(address, IMPATIENT).await;
        assert!(matches!(refused, Err(StoreError::Address(_))), "{address}: {refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
    let refused = Database::open_with(&format!("postgres://nobody@{nobody}/nothing"), IMPATIENT).await;
    assert!(refused.is_err_and(|error| error.is_unavailable()));
}

#[tokio::test]
async fn the_embedded_database_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    for ending in ["", "-wal", "-shm"] {
        let file = format!("{}{ending}", test.file().display());
        let mode = std::fs::metadata(&file).expect(&file).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_file_that_others_could_read_is_closed_to_them() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("trygg.db");
    std::fs::write(&file, "").expect("a file");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).expect("open to all");
    let database = Database::open(&format!("sqlite://{}", file.display())).await.expect("opens");
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    database.close().await;
}

#[tokio::test]
async fn the_embedded_database_logs_durably_and_deletes_securely() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    let writer = test.database.begin().await.expect("begins");
    assert_eq!(pragmas(writer).await, ["wal", "2", "1", "1", "2", "0"]);
    let reader = test.database.read().await.expect("begins");
    assert_eq!(pragmas(reader).await, ["wal", "2", "1", "1", "2", "1"]);
}

async fn pragmas(tx: Tx) -> Vec<String> {
    let Tx::Sqlite(mut tx) = tx else { panic!("not embedded") };
    let mut values = Vec::new();
    for name in ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "query_only"] {
        let pragma = AssertSqlSafe(format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"));
        values.push(sqlx::query_scalar(pragma).fetch_one(&mut *tx).await.expect(name));
    }
    values
}

#[tokio::test]
async fn a_second_process_may_not_serve_from_the_same_file() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    let other = Database::open_with(&test.address, PATIENT).await.expect("opens");
    let serving = test.database.claim_serving().expect("the first serves");
    assert!(matches!(other.claim_serving(), Err(StoreError::AlreadyServed)));
    drop(serving);
    other.claim_serving().expect("the second serves after the first");
}

#[tokio::test]
async fn any_number_of_processes_serve_from_one_server() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let other = Database::open_with(&test.address, PATIENT).await.expect("opens");
    let serving = [test.database.claim_serving(), other.claim_serving()];
    assert!(serving.iter().all(Result::is_ok));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_database_without_tables_lacks_the_first_migration_until_it_is_migrated(#[case] engine: Engine) {
    let Some(test) = TestDatabase::without_schema(engine).await else { return };
    let empty = test.database.check_schema().await;
    assert!(matches!(empty, Err(StoreError::MissingSchema(20_261_124_090_000))), "{empty:?}");
    test.database.migrate().await.expect("migrates");
    test.database.check_schema().await.expect("has every migration");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_processes_may_migrate_at_once(#[case] engine: Engine) {
    let Some(test) = TestDatabase::without_schema(engine).await else { return };
    let other = Database::open_with(&test.address, PATIENT).await.expect("opens");
    let (one, two) = tokio::join!(test.database.migrate(), other.migrate());
    one.expect("the first migrates");
    two.expect("the second finds it done");
    other.check_schema().await.expect("has every migration");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_schema_of_a_later_program_is_refused(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    tamper(
        &test,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 29991231000000, 'later', success, checksum, 0 FROM _sqlx_migrations LIMIT 1",
    )
    .await;
    for refused in [test.database.check_schema().await, test.database.migrate().await] {
        assert!(matches!(refused, Err(StoreError::UnknownSchema(29_991_231_000_000))), "{refused:?}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_migration_that_was_altered_after_it_was_applied_is_refused(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let other =
        "UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations ORDER BY version DESC LIMIT 1)";
    tamper(&test, other).await;
    for refused in [test.database.check_schema().await, test.database.migrate().await] {
        assert!(matches!(refused, Err(StoreError::AlteredSchema(_))), "{refused:?}");
    }
}

async fn tamper(test: &TestDatabase, statement: &'static str) {
    let mut tx = test.database.begin().await.expect("begins");
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query(statement).execute(&mut **tx).await.expect("tampers")),
        Tx::Postgres(tx) => drop(sqlx::query(statement).execute(&mut **tx).await.expect("tampers")),
    }
    tx.commit().await.expect("commits");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_not_committed_leaves_nothing_behind(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&round(1, "dropped")).await.expect("inserts");
    drop(tx);
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&round(2, "rolled-back")).await.expect("inserts");
    tx.rollback().await.expect("rolls back");
    let mut tx = test.database.begin_long().await.expect("begins");
    tx.rounds().insert(&round(3, "kept")).await.expect("inserts");
    tx.commit().await.expect("commits");
    let rounds = test.database.read().await.expect("begins").rounds().list().await.expect("lists");
    assert_eq!(rounds.iter().map(|round| round.slug.as_str()).collect::<Vec<_>>(), ["kept"]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_reader_sees_one_state_throughout_and_cannot_write(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut reader = test.database.read().await.expect("begins");
    assert_eq!(reader.rounds().list().await.expect("lists"), []);
    let mut writer = test.database.begin().await.expect("begins");
    writer.rounds().insert(&round(1, "later")).await.expect("inserts");
    writer.commit().await.expect("commits");
    assert_eq!(reader.rounds().list().await.expect("lists"), []);
    let refused = reader.rounds().insert(&round(2, "by-a-reader")).await;
    assert!(matches!(refused, Err(StoreError::Driver(_))), "{refused:?}");
    drop(reader);
    assert_eq!(test.database.read().await.expect("begins").rounds().list().await.expect("lists").len(), 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_database_answers_until_it_is_closed(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    test.database.ping().await.expect("answers");
    test.database.close().await;
    assert!(test.database.ping().await.is_err_and(|error| error.is_unavailable()));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn no_connection_in_time_is_unavailable(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let busy = Database::open_with(&test.address, Pools { connections: 1, ..IMPATIENT }).await.expect("opens");
    let first = busy.begin().await.expect("takes the only connection that writes");
    let second = busy.begin().await;
    assert!(second.is_err_and(|error| error.is_unavailable()));
    drop(first);
    busy.begin().await.expect("free again");
}

#[tokio::test]
async fn a_file_that_another_process_writes_to_is_unavailable_for_writing_but_not_for_reading() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    let other = Database::open_with(&test.address, IMPATIENT).await.expect("opens");
    let writing = test.database.begin().await.expect("writes");
    assert!(other.begin().await.is_err_and(|error| error.is_unavailable()));
    other.ping().await.expect("reads");
    drop(writing);
}

#[tokio::test]
async fn the_server_cuts_off_statements_of_the_service_but_not_long_work() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    assert_eq!(statement_timeout(test.database.begin().await.expect("begins")).await, "5s");
    assert_eq!(statement_timeout(test.database.begin_long().await.expect("begins")).await, "0");
    assert_eq!(statement_timeout(test.database.begin().await.expect("begins")).await, "5s");
}

async fn statement_timeout(tx: Tx) -> String {
    let Tx::Postgres(mut tx) = tx else { panic!("not a server") };
    sqlx::query_scalar("SELECT current_setting('statement_timeout')").fetch_one(&mut *tx).await.expect("answers")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_error_shows_no_value_of_a_row(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&round(1, "canary")).await.expect("inserts");
    let error = tx.rounds().insert(&round(2, "canary")).await.expect_err("the slug is taken");
    assert!(error.conflicts_with("rounds_slug_key"), "{error:?}");
    let shown = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(!shown.contains("canary"), "{shown}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn instants_come_back_as_they_were_written_and_sort_by_time(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let start: DateTime<Utc> = "2026-11-24T09:00:00Z".parse().expect("an instant");
    // Whole seconds, milliseconds and microseconds are written with different lengths.
    let instants: Vec<_> =
        [0, 1, 999, 1_000, 500_000, 500_001, 1_000_000].map(|micros| start + TimeDelta::microseconds(micros)).into();
    let mut tx = test.database.begin().await.expect("begins");
    for (number, instant) in instants.iter().enumerate().rev() {
        let published = PublishedQuestionnaire {
            id: "q".into(),
            version: number.to_string(),
            hash: vec![0; 32],
            definition: json!({}),
            published_at: *instant,
        };
        tx.questionnaires().insert(&published).await.expect("inserts");
    }
    let stored = tx.questionnaires().list().await.expect("lists");
    assert_eq!(stored.iter().map(|row| row.published_at).collect::<Vec<_>>(), instants);
    const BY_TIME: &str = "SELECT version FROM questionnaires WHERE published_at >= $1 ORDER BY published_at";
    let sorted: Vec<String> = match &mut tx {
        Tx::Sqlite(tx) => sqlx::query_scalar(BY_TIME).bind(start).fetch_all(&mut **tx).await.expect("sorts"),
        Tx::Postgres(tx) => sqlx::query_scalar(BY_TIME).bind(start).fetch_all(&mut **tx).await.expect("sorts"),
    };
    assert_eq!(sorted, ["0", "1", "2", "3", "4", "5", "6"]);
}

#[tokio::test]
async fn a_servers_settings_that_break_a_promise_are_named() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let broken = async |statement: &str| {
        let mut admin = test.plain_connection().await;
        let name: String =
            sqlx::query_scalar("SELECT current_database()::text").fetch_one(&mut admin).await.expect("a name");
        let alter = format!("ALTER DATABASE {name} SET {statement}");
        sqlx::query(AssertSqlSafe(alter)).execute(&mut admin).await.expect("alters");
        let database = Database::open_with(&test.address, PATIENT).await.expect("opens");
        database.broken_promises().await.expect("answers")
    };
    let named = |broken: Vec<String>, name: &str| broken.iter().any(|line| line.starts_with(name));
    assert!(named(broken("synchronous_commit = off").await, "synchronous_commit = off"));
    assert!(!named(broken("synchronous_commit = on").await, "synchronous_commit"));
    assert!(named(broken("log_statement = 'all'").await, "log_statement = all"));
    assert!(!named(broken("log_statement = 'none'").await, "log_statement"));
}

#[tokio::test]
async fn the_embedded_database_keeps_its_promises() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    assert_eq!(test.database.broken_promises().await.expect("answers"), [""; 0]);
}

#[tokio::test]
async fn a_damaged_row_is_an_inconsistency_and_not_a_panic() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    let mut file = SqliteConnection::connect(&test.address).await.expect("connects");
    sqlx::query(
        "INSERT INTO envelopes (round_id, submission_hash, bag_id, position, envelope) VALUES ($1, $2, $1, -1, $2)",
    )
    .bind(Uuid::nil())
    .bind([7_u8; 32].as_slice())
    .execute(&mut file)
    .await
    .expect("damages");
    let page = test.database.read().await.expect("begins").envelopes().page(Uuid::nil().into(), None, 9).await;
    assert!(matches!(page, Err(StoreError::Inconsistent("envelopes", "position"))), "{page:?}");
}
