//! After the opening nothing of what was deleted can be read from the database's files.

use std::{fs, path::PathBuf};

use rstest::rstest;
use sqlx::{AssertSqlSafe, PgConnection};
use trygg::{
    store::{Database, NewEnvelope, NewInvitation, Pools, Scrubbed, StoredDraft, StoredKeyShare, StoredResponse},
    survey::ids::{BagId, InvitationId, ResponseId, RoundId},
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase, database::PATIENT};

/// Stands in every column of a respondent's that can hold it.
const CANARY: [u8; 16] = *b"canary-of-a-code";
/// Stands in what is kept.
const KEPT: [u8; 16] = *b"an-opened-answer";

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

fn marked(number: u8) -> [u8; 32] {
    let mut hash = [number; 32];
    hash[..16].copy_from_slice(&CANARY);
    hash
}

/// Fieldwork of one round, written in many transactions as respondents would.
async fn fieldwork(database: &Database) {
    for number in 0..60_u8 {
        let id = InvitationId::from(Uuid::from_bytes(marked(number)[8..24].try_into().expect("16 bytes")));
        let letter = format!("{}{number}", String::from_utf8_lossy(&CANARY));
        let invited = NewInvitation { id, letter_no: letter, area_code: "01".into(), code_hash: marked(number) };
        let mut tx = database.begin().await.expect("begins");
        tx.invitations().insert_many(round(1), &[invited]).await.expect("inserts");
        tx.commit().await.expect("commits");
        let mut tx = database.begin().await.expect("begins");
        let bag = BagId::from(Uuid::from_u128(number.into()));
        let sealed = CANARY.repeat(6);
        let envelope = NewEnvelope { submission_hash: marked(number), position: 0, envelope: sealed.clone() };
        tx.invitations().spend(round(1), &[id], "web").await.expect("spends");
        tx.bags().insert(bag, round(1), &CANARY.repeat(70)).await.expect("inserts");
        tx.envelopes().insert_many(round(1), bag, &[envelope]).await.expect("inserts");
        let draft = StoredDraft { id: CANARY, round: round(1), dies_hour: 1, sealed };
        tx.drafts().save(&draft).await.expect("saves");
        tx.commit().await.expect("commits");
    }
    let share = StoredKeyShare { holder: 1, label: "office".into(), salt: CANARY.into(), sealed: CANARY.repeat(3) };
    let mut tx = database.begin().await.expect("begins");
    tx.key_shares().insert(round(1), &share).await.expect("inserts");
    tx.commit().await.expect("commits");
}

/// The transaction of an opening.
async fn open(database: &Database) {
    let mut tx = database.begin_long().await.expect("begins");
    let responses: Vec<_> = (1..=60_u128)
        .map(|number| StoredResponse { id: ResponseId::from(Uuid::from_u128(number << 90 | 1)), sheet: KEPT.repeat(4) })
        .collect();
    tx.responses().insert_many(round(1), &responses).await.expect("inserts");
    assert_eq!(tx.envelopes().delete_round(round(1)).await.expect("deletes"), 60);
    tx.bags().delete_round(round(1)).await.expect("deletes");
    tx.drafts().delete_round(round(1)).await.expect("deletes");
    tx.invitations().delete_round(round(1)).await.expect("deletes");
    tx.key_shares().delete_round(round(1)).await.expect("deletes");
    tx.commit().await.expect("commits");
}

/// How often `needle` stands in the files.
fn found(files: &[PathBuf], needle: &[u8]) -> usize {
    files
        .iter()
        .filter_map(|file| fs::read(file).ok())
        .map(|bytes| bytes.windows(needle.len()).filter(|window| *window == needle).count())
        .sum()
}

fn files_of(test: &TestDatabase) -> Vec<PathBuf> {
    ["", "-wal", "-shm"].map(|ending| format!("{}{ending}", test.file().display()).into()).into()
}

#[tokio::test]
async fn a_scrubbed_file_holds_nothing_of_what_was_deleted() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    fieldwork(&test.database).await;
    open(&test.database).await;
    assert!(found(&files_of(&test), &CANARY) > 0, "the log still holds fieldwork before the scrub");
    assert_eq!(test.database.scrub().await.expect("scrubs"), Scrubbed::Done);
    assert_eq!(found(&files_of(&test), &CANARY), 0);
    assert!(found(&files_of(&test), &KEPT) > 0);
    let left = test.database.read().await.expect("begins").responses().count(round(1)).await.expect("counts");
    assert_eq!(left, 60);
}

#[tokio::test]
async fn a_scrub_waits_for_whoever_still_reads_the_old_file() {
    let test = TestDatabase::new(Engine::Sqlite).await.expect("a file");
    fieldwork(&test.database).await;
    let pools = Pools { wait: std::time::Duration::from_millis(20), ..PATIENT };
    let impatient = Database::open_with(&test.address, pools).await.expect("opens");
    let mut reader = test.database.read().await.expect("begins");
    assert_eq!(reader.envelopes().count(round(1)).await.expect("counts"), 60);
    open(&test.database).await;
    assert_eq!(impatient.scrub().await.expect("tries"), Scrubbed::Busy);
    assert_eq!(reader.envelopes().count(round(1)).await.expect("still reads"), 60);
    drop(reader);
    assert_eq!(impatient.scrub().await.expect("scrubs"), Scrubbed::Done);
    assert_eq!(found(&files_of(&test), &CANARY), 0);
}

/// The files of the server's tables, of all that any table has had since the test began.
async fn files_on_server(server: &mut PgConnection) -> Vec<PathBuf> {
    let folder: String = sqlx::query_scalar(
        "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()",
    )
    .fetch_one(server)
    .await
    .expect("a superuser is told the folder");
    let entries = fs::read_dir(folder).expect("the server is on this machine and its files are readable");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// `ANALYZE` as the server does on its own when tables have changed much.
async fn analyze(server: &mut PgConnection) {
    sqlx::query("ANALYZE").execute(server).await.expect("analyzes");
}

#[tokio::test]
async fn scrubbed_tables_of_a_server_hold_nothing_of_what_was_deleted() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let mut server = test.plain_connection().await;
    fieldwork(&test.database).await;
    analyze(&mut server).await;
    open(&test.database).await;
    sqlx::query("CHECKPOINT").execute(&mut server).await.expect("writes the files");
    assert!(found(&files_on_server(&mut server).await, &CANARY) > 0, "deleted rows lie in the files before the scrub");
    assert_eq!(test.database.scrub().await.expect("scrubs"), Scrubbed::Done);
    assert_eq!(found(&files_on_server(&mut server).await, &CANARY), 0);
    assert!(found(&files_on_server(&mut server).await, &KEPT) > 0);
}

#[tokio::test]
async fn a_scrub_waits_for_whoever_still_reads_the_old_tables() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    fieldwork(&test.database).await;
    let mut reader = test.database.read().await.expect("begins");
    assert_eq!(reader.envelopes().count(round(1)).await.expect("counts"), 60);
    open(&test.database).await;
    assert_eq!(test.database.scrub().await.expect("tries"), Scrubbed::Busy);
    drop(reader);
    assert_eq!(test.database.scrub().await.expect("scrubs"), Scrubbed::Done);
    let mut server = test.plain_connection().await;
    assert_eq!(found(&files_on_server(&mut server).await, &CANARY), 0);
}

#[tokio::test]
async fn a_scrub_waits_for_a_transaction_in_another_database_of_the_server() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let Some(other) = TestDatabase::new(Engine::Postgres).await else { return };
    fieldwork(&test.database).await;
    let mut writer = other.plain_connection().await;
    for statement in ["BEGIN", "CREATE TABLE elsewhere (a INTEGER)"] {
        sqlx::query(statement).execute(&mut writer).await.expect("writes");
    }
    open(&test.database).await;
    let database = test.database.clone();
    let scrub = tokio::spawn(async move { database.scrub().await });
    // Not longer: other tests share the server, and their scrubs wait too.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert!(!scrub.is_finished(), "it waits");
    sqlx::query("ROLLBACK").execute(&mut writer).await.expect("ends");
    assert_eq!(scrub.await.expect("no panic").expect("scrubs"), Scrubbed::Done);
    let mut server = test.plain_connection().await;
    assert_eq!(found(&files_on_server(&mut server).await, &CANARY), 0);
}

#[tokio::test]
async fn what_the_services_user_may_not_do_is_left_to_an_administrator_by_name() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let mut server = test.plain_connection().await;
    let user = format!("serve_{}", Uuid::new_v4().simple());
    for statement in [
        format!("CREATE ROLE {user} LOGIN"),
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user}"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut server).await.expect("an administrator may");
    }
    let (scheme, rest) = test.address.split_once("://").expect("an address");
    let (_, server_and_name) = rest.split_once('@').expect("an address with a user");
    let address = format!("{scheme}://{user}@{server_and_name}");
    let service = Database::open_with(&address, PATIENT).await.expect("opens");
    fieldwork(&service).await;
    open(&service).await;
    // The administrator's own sessions are hidden from the service's user.
    let scrubbed = service.scrub().await.expect("tries");
    let mut expected = vec![format!("GRANT pg_read_all_stats TO {user}")];
    let tables = [
        "invitations",
        "invitation_codes",
        "envelopes",
        "bags",
        "drafts",
        "spent_challenges",
        "key_shares",
        "responses",
    ];
    expected.extend(tables.map(|table| format!("VACUUM FULL {table}")));
    expected.extend(["CHECKPOINT".to_owned(), "SELECT pg_switch_wal()".to_owned()]);
    assert_eq!(scrubbed, Scrubbed::LeftToAdministrator(expected));
    service.close().await;
    assert_eq!(test.database.scrub().await.expect("an administrator scrubs"), Scrubbed::Done);
    for statement in [format!("DROP OWNED BY {user}"), format!("DROP ROLE {user}")] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut server).await.expect("cleans up");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn scrubbing_an_empty_or_scrubbed_database_does_no_harm(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    for _ in 0..2 {
        assert_eq!(test.database.scrub().await.expect("scrubs"), Scrubbed::Done);
    }
    test.database.check_schema().await.expect("as before");
}
