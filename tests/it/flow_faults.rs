//! The opening breaks off at every statement, in turn: by an error of the database, by a kill of the process that
//! waits there, by a connection that is lost. Each time nothing is opened and nothing lost, and in the end every
//! answer is there once. Faults are laid from outside, as triggers in the database; the program has no switch.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rstest::rstest;
use sqlx::{Connection, PgConnection, SqliteConnection};
use trygg::{
    service::{answering, answering::CookieKey, opening},
    store::Scrubbed,
    survey::round::{Kind, Stage},
};

use crate::support::{Engine, holders::Held, office::TestOffice};

/// Every table that the opening writes, in the order of 2.4, and what it does there.
const STEPS: [(&str, &str); 13] = [
    ("openings", "INSERT"),
    ("opening_shares", "INSERT"),
    ("responses", "INSERT"),
    ("turnout", "INSERT"),
    ("envelopes", "DELETE"),
    ("bags", "DELETE"),
    ("drafts", "DELETE"),
    ("invitations", "DELETE"),
    ("invitation_codes", "DELETE"),
    ("key_shares", "DELETE"),
    ("opening_shares", "DELETE"),
    ("openings", "DELETE"),
    ("rounds", "UPDATE"),
];

/// What happens at a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It fails; on a server as if the disk were full.
    Fails,
    /// It never ends.
    Stalls,
    /// It succeeds, and the transaction cannot be committed.
    FailsAtCommit,
}

/// Lays a fault at `operation` on `table`, for rows of rounds that are `closed` only where that says something.
async fn lay(test: &TestOffice, engine: Engine, (table, operation): (&str, &str), fault: Fault) {
    let statements = match (engine, fault) {
        (Engine::Sqlite, Fault::Fails) => {
            format!("CREATE TRIGGER fault BEFORE {operation} ON {table} BEGIN SELECT RAISE(ABORT, 'a fault'); END")
        }
        (Engine::Sqlite, Fault::Stalls) => format!(
            "CREATE VIEW forever AS WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) \
             SELECT COUNT(*) AS n FROM number; \
             CREATE TRIGGER fault BEFORE {operation} ON {table} BEGIN SELECT n FROM forever; END"
        ),
        (Engine::Sqlite, Fault::FailsAtCommit) => format!(
            "CREATE TABLE unkept (id BLOB REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED); \
             CREATE TRIGGER fault BEFORE {operation} ON {table} BEGIN INSERT INTO unkept VALUES (x'00'); END"
        ),
        (Engine::Postgres, Fault::Fails) => format!(
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'a fault' USING ERRCODE = 'disk_full'; END $$; \
             CREATE TRIGGER fault BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION fault()"
        ),
        (Engine::Postgres, Fault::Stalls) => format!(
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$; \
             CREATE TRIGGER fault BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION fault()"
        ),
        (Engine::Postgres, Fault::FailsAtCommit) => format!(
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a fault'; END $$; \
             CREATE CONSTRAINT TRIGGER fault AFTER {operation} ON {table} DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW EXECUTE FUNCTION fault()"
        ),
    };
    test.test.tamper(&statements).await;
}

async fn lift(test: &TestOffice, engine: Engine, table: &str) {
    let statements = match engine {
        Engine::Sqlite => "DROP TRIGGER fault; DROP VIEW IF EXISTS forever; DROP TABLE IF EXISTS unkept".to_owned(),
        Engine::Postgres => format!("DROP TRIGGER fault ON {table}; DROP FUNCTION fault()"),
    };
    test.test.tamper(&statements).await;
}

/// Seven answers and a draft under the keys of two of three holders, closed.
async fn prepared(engine: Engine) -> Option<(TestOffice, Held)> {
    let test = TestOffice::new(engine, Kind::Test).await?;
    let survey = test.lulea().await;
    let plan = test.plan_of(&survey, 2025, 2, 3);
    let (round, sheets) = test.held_open(&survey, plan, 1).await;
    answering::start(&test.office, &round.letters[11].code, &CookieKey::new([1; 32])).await.expect("starts");
    let held = test.answered_and_closed(&survey, round, sheets, 7).await;
    Some((test, held))
}

/// Rows of the round that the opening deletes, and those that it makes.
async fn rows(test: &TestOffice, held: &Held) -> [i64; 6] {
    let id = test.round(&held.round.slug).await.id;
    let mut tx = test.office.database.read().await.expect("begins");
    let count = |found: usize| i64::try_from(found).expect("small");
    [
        tx.envelopes().count(id).await.expect("counts"),
        count(tx.bags().of_round(id).await.expect("reads").len()),
        tx.invitations().counts(id).await.expect("counts").iter().map(|counted| counted.count).sum(),
        tx.drafts().count().await.expect("counts"),
        count(tx.key_shares().of_round(id).await.expect("reads").len()),
        tx.responses().count(id).await.expect("counts"),
    ]
}

const CLOSED: [i64; 6] = [7, 7, 12, 1, 3, 0];
const OPENED: [i64; 6] = [0, 0, 0, 0, 0, 7];

/// Everything is as it was before an opening was tried.
async fn nothing_happened(test: &TestOffice, held: &Held, after: &str) {
    assert_eq!(test.stage(&held.round.slug).await, "closed", "{after}");
    assert_eq!(rows(test, held).await, CLOSED, "{after}");
}

/// The opening ends, and every answer is there once.
async fn opens(test: &TestOffice, held: &Held) {
    let opened = opening::open_envelopes(&test.office, &held.round.slug, held.of(&[2, 0])).await.expect("opens");
    assert_eq!((opened.responses, opened.scrubbed), (7, Scrubbed::Done));
    assert_eq!(test.opened_sheets(&held.round.slug).await, held.sent);
    assert_eq!(rows(test, held).await, OPENED);
    assert_eq!(*test.round(&held.round.slug).await.stage(), Stage::Opened { scrubbed: true, imported: false });
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_error_at_any_statement_leaves_everything_as_it_was(#[case] engine: Engine) {
    let Some((test, held)) = prepared(engine).await else { return };
    let at_commit = (("responses", "INSERT"), Fault::FailsAtCommit);
    for (step, fault) in STEPS.map(|step| (step, Fault::Fails)).into_iter().chain([at_commit]) {
        lay(&test, engine, step, fault).await;
        let broken = opening::open_envelopes(&test.office, &held.round.slug, held.of(&[0, 1])).await;
        assert!(broken.is_err(), "{fault:?} at {step:?} was not met");
        nothing_happened(&test, &held, &format!("{fault:?} at {step:?}")).await;
        lift(&test, engine, step.0).await;
    }
    opens(&test, &held).await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_error_after_the_envelopes_are_opened_is_made_good_without_a_sheet(#[case] engine: Engine) {
    let Some((test, held)) = prepared(engine).await else { return };
    let slug = held.round.slug.as_str();
    // The rows of rounds change twice: when the envelopes are opened, and when the files are rewritten.
    let second = match engine {
        Engine::Sqlite => {
            "CREATE TRIGGER fault BEFORE UPDATE ON rounds WHEN OLD.stage = 'opened' \
             BEGIN SELECT RAISE(ABORT, 'a fault'); END"
        }
        Engine::Postgres => {
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a fault'; END $$; \
             CREATE TRIGGER fault BEFORE UPDATE ON rounds FOR EACH ROW WHEN (OLD.stage = 'opened') \
             EXECUTE FUNCTION fault()"
        }
    };
    test.test.tamper(second).await;
    assert!(opening::open_envelopes(&test.office, slug, held.of(&[0, 1])).await.is_err());
    assert_eq!(*test.round(slug).await.stage(), Stage::Opened { scrubbed: false, imported: false });
    assert_eq!(rows(&test, &held).await, OPENED);
    assert!(opening::finish(&test.office).await.is_err());
    lift(&test, engine, "rounds").await;
    opening::finish(&test.office).await.expect("is made good");
    assert_eq!(*test.round(slug).await.stage(), Stage::Opened { scrubbed: true, imported: false });
    assert_eq!(test.opened_sheets(slug).await, held.sent);
}

/// The program opening the round with two sheets, as somebody at the server would; `before` runs it.
fn program(test: &TestOffice, held: &Held, before: &[&str]) -> Command {
    let settings = &test.office.settings;
    let mut words = before.iter().chain([&env!("CARGO_BIN_EXE_trygg")]);
    let mut command = Command::new(words.next().expect("the program"));
    command.args(words).args(["round", "open-envelopes", &held.round.slug]);
    for (holder, sheet) in held.sheets.iter().enumerate().take(2) {
        let file = test.file(&format!("sheet-{holder}.txt"));
        std::fs::write(&file, sheet.as_str()).expect("writes");
        command.arg("--share").arg(file);
    }
    command
        .env_clear()
        .env("TRYGG_DATA", settings.data.display().to_string())
        .env("DATABASE_URL", &settings.database_url)
        .env("TRYGG_LISTEN", "127.0.0.1:0")
        .current_dir(&settings.data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Waits until the program's statement stalls; on a server gives the number of its session.
async fn stalled(test: &TestOffice, engine: Engine, child: &mut Child) -> Option<i32> {
    let patience = Instant::now() + Duration::from_mins(2);
    let mut held = 0;
    while Instant::now() < patience {
        assert!(child.try_wait().expect("is asked").is_none(), "the program ended without meeting the fault");
        match engine {
            Engine::Sqlite => {
                // Nobody else can begin to write for as long as its transaction lasts.
                let mut file = SqliteConnection::connect(&test.test.address).await.expect("connects");
                sqlx::query("PRAGMA busy_timeout = 0").execute(&mut file).await.expect("is set");
                held = if sqlx::query("BEGIN IMMEDIATE").execute(&mut file).await.is_err() { held + 1 } else { 0 };
                if held == 5 {
                    return None;
                }
            }
            Engine::Postgres => {
                let mut server = test.test.plain_connection().await;
                let asleep = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' \
                              AND datname = current_database()";
                let asleep: Option<i32> =
                    sqlx::query_scalar(asleep).fetch_optional(&mut server).await.expect("answers");
                if asleep.is_some() {
                    return asleep;
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    panic!("the program did not meet the fault in two minutes")
}

/// Ends a session of the server, and waits until it is gone.
async fn terminate(server: &mut PgConnection, pid: i32) {
    sqlx::query("SELECT pg_terminate_backend($1, 60000)").bind(pid).execute(server).await.expect("is ended");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_process_killed_at_any_statement_leaves_everything_as_it_was(#[case] engine: Engine) {
    let Some((test, held)) = prepared(engine).await else { return };
    for step in STEPS {
        lay(&test, engine, step, Fault::Stalls).await;
        let mut child = program(&test, &held, &[]).spawn().expect("starts");
        let session = stalled(&test, engine, &mut child).await;
        child.kill().expect("kill -9");
        child.wait().expect("is gone");
        if let Some(pid) = session {
            // The server notices by itself when the statement ends; a test does not wait so long.
            terminate(&mut test.test.plain_connection().await, pid).await;
        }
        lift(&test, engine, step.0).await;
        nothing_happened(&test, &held, &format!("a kill at {step:?}")).await;
    }
    opens(&test, &held).await;
}

#[tokio::test]
async fn a_connection_lost_at_any_statement_leaves_everything_as_it_was() {
    let Some((test, held)) = prepared(Engine::Postgres).await else { return };
    for step in STEPS {
        lay(&test, Engine::Postgres, step, Fault::Stalls).await;
        let mut child = program(&test, &held, &[]).spawn().expect("starts");
        let session = stalled(&test, Engine::Postgres, &mut child).await.expect("a session");
        terminate(&mut test.test.plain_connection().await, session).await;
        let ended = tokio::task::spawn_blocking(move || child.wait()).await.expect("waits").expect("ends by itself");
        assert_eq!(ended.code(), Some(1), "it is told at {step:?}");
        lift(&test, Engine::Postgres, step.0).await;
        nothing_happened(&test, &held, &format!("a connection lost at {step:?}")).await;
    }
    opens(&test, &held).await;
}

/// A database file that may not grow beyond so many blocks of 512 bytes: a full disk, for this program alone.
#[tokio::test]
async fn a_full_disk_leaves_everything_as_it_was() {
    let Some((test, held)) = prepared(Engine::Sqlite).await else { return };
    // The signal is ignored, so that writing fails as it does on a full disk.
    let full = |blocks: u64| format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut broken = 0;
    for blocks in [1, 8, 64, 128, 256, 512, 1_024, 2_048, 4_096] {
        let limited = full(blocks);
        let status = program(&test, &held, &["sh", "-c", &limited]).status().expect("runs");
        if status.success() || test.stage(&held.round.slug).await == "opened" {
            break;
        }
        broken += 1;
        nothing_happened(&test, &held, &format!("a disk full after {blocks} blocks")).await;
    }
    assert!(broken > 0, "no disk was full");
    if test.stage(&held.round.slug).await == "closed" {
        opens(&test, &held).await;
    }
    opening::finish(&test.office).await.expect("is made good");
    assert_eq!(test.opened_sheets(&held.round.slug).await, held.sent);
    assert_eq!(rows(&test, &held).await, OPENED);
}
