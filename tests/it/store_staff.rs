//! Accounts, sessions and tokens on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use serde_json::json;
use trygg::{
    store::{StoredSession, StoredStaff, StoredToken},
    survey::ids::StaffId,
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn instant() -> DateTime<Utc> {
    "2026-11-24T09:00:00.000001Z".parse().expect("an instant")
}

fn person(number: u128, login: &str) -> StoredStaff {
    StoredStaff {
        id: StaffId::from(Uuid::from_u128(number)),
        name: "Åsa Öberg".into(),
        login: login.into(),
        organisation: "municipality".into(),
        roles: json!(["fieldwork", "analyst"]),
        password_hash: "$argon2id$v=19$canary".into(),
        disabled: false,
    }
}

fn session(id: u8, of: u128, started: i64, seen: i64) -> StoredSession {
    StoredSession {
        id_hash: [id; 32],
        staff: StaffId::from(Uuid::from_u128(of)),
        started: instant() + TimeDelta::minutes(started),
        seen: instant() + TimeDelta::minutes(seen),
        secret: vec![id; 32],
    }
}

fn token(id: u8, of: u128, name: &str) -> StoredToken {
    let staff = StaffId::from(Uuid::from_u128(of));
    StoredToken { token_hash: [id; 32], staff, name: name.into(), expires_at: instant() }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_person_is_found_by_id_and_exact_login(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for (number, login) in [(1, "åsa"), (2, "bo"), (3, "Bo")] {
        tx.staff().insert(&person(number, login)).await.expect("inserts");
    }
    assert_eq!(tx.staff().find(person(2, "").id).await.expect("reads"), Some(person(2, "bo")));
    assert_eq!(tx.staff().find(person(9, "").id).await.expect("reads"), None);
    assert_eq!(tx.staff().find_by_login("Bo").await.expect("reads"), Some(person(3, "Bo")));
    assert_eq!(tx.staff().find_by_login("BO").await.expect("reads"), None);
    assert_eq!(tx.staff().list().await.expect("lists"), [person(3, "Bo"), person(2, "bo"), person(1, "åsa")]);
    let again = tx.staff().insert(&person(4, "bo")).await;
    assert!(again.is_err_and(|error| error.conflicts_with("staff_login_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_account_is_changed_but_for_its_id(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.staff().insert(&person(1, "bo")).await.expect("inserts");
    let changed = StoredStaff {
        name: "Bo".into(),
        organisation: "police".into(),
        roles: json!([]),
        password_hash: "other".into(),
        disabled: true,
        ..person(1, "bo.berg")
    };
    assert!(tx.staff().update(&changed).await.expect("updates"));
    assert_eq!(tx.staff().list().await.expect("lists"), [changed]);
    assert!(!tx.staff().update(&person(9, "nobody")).await.expect("updates nothing"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_session_lives_until_it_is_ended(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.staff().insert(&person(1, "bo")).await.expect("inserts");
    tx.sessions().insert(&session(1, 1, 0, 0)).await.expect("inserts");
    assert_eq!(tx.sessions().find(&[1; 32]).await.expect("reads"), Some(session(1, 1, 0, 0)));
    assert_eq!(tx.sessions().find(&[2; 32]).await.expect("reads"), None);
    assert!(tx.sessions().touch(&[1; 32], session(1, 1, 0, 7).seen).await.expect("touches"));
    assert!(!tx.sessions().touch(&[2; 32], instant()).await.expect("touches nothing"));
    assert_eq!(tx.sessions().find(&[1; 32]).await.expect("reads"), Some(session(1, 1, 0, 7)));
    assert!(tx.sessions().delete(&[1; 32]).await.expect("deletes"));
    assert!(!tx.sessions().delete(&[1; 32]).await.expect("deletes nothing"));
    assert_eq!(tx.sessions().find(&[1; 32]).await.expect("reads"), None);
    let nobodys = tx.sessions().insert(&session(3, 9, 0, 0)).await;
    assert!(nobodys.is_err_and(|error| error.conflicts_with("foreign_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn sessions_too_old_or_idle_are_swept(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.staff().insert(&person(1, "bo")).await.expect("inserts");
    for (id, started, seen) in [(1, 9, 30), (2, 10, 20), (3, 10, 19), (4, 30, 30)] {
        tx.sessions().insert(&session(id, 1, started, seen)).await.expect("inserts");
    }
    let (oldest, idlest) = (instant() + TimeDelta::minutes(10), instant() + TimeDelta::minutes(20));
    assert_eq!(tx.sessions().sweep(oldest, idlest).await.expect("sweeps"), 2);
    for (id, alive) in [(1, false), (2, true), (3, false), (4, true)] {
        assert_eq!(tx.sessions().find(&[id; 32]).await.expect("reads").is_some(), alive, "session {id}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn all_sessions_of_one_person_end_together(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for (number, login) in [(1, "bo"), (2, "eva")] {
        tx.staff().insert(&person(number, login)).await.expect("inserts");
    }
    for (id, of) in [(1, 1), (2, 1), (3, 2)] {
        tx.sessions().insert(&session(id, of, 0, 0)).await.expect("inserts");
    }
    assert_eq!(tx.sessions().delete_of(person(1, "").id).await.expect("deletes"), 2);
    assert!(tx.sessions().find(&[3; 32]).await.expect("reads").is_some());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_token_is_found_by_its_hash_until_it_is_deleted(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for (number, login) in [(1, "bo"), (2, "eva")] {
        tx.staff().insert(&person(number, login)).await.expect("inserts");
    }
    for new in [token(1, 1, "nightly"), token(2, 1, "import"), token(3, 2, "import")] {
        tx.tokens().insert(&new).await.expect("inserts");
    }
    assert_eq!(tx.tokens().find(&[2; 32]).await.expect("reads"), Some(token(2, 1, "import")));
    assert_eq!(tx.tokens().find(&[9; 32]).await.expect("reads"), None);
    let of_bo = tx.tokens().of_staff(person(1, "").id).await.expect("reads");
    assert_eq!(of_bo, [token(2, 1, "import"), token(1, 1, "nightly")]);
    assert!(tx.tokens().delete(&[2; 32]).await.expect("deletes"));
    assert!(!tx.tokens().delete(&[2; 32]).await.expect("deletes nothing"));
    assert_eq!(tx.tokens().of_staff(person(1, "").id).await.expect("reads"), [token(1, 1, "nightly")]);
}

#[test]
fn secrets_of_accounts_are_not_printed() {
    let shown = format!("{:?} {:?} {:?}", person(1, "canary"), session(0xca, 1, 0, 0), token(0xca, 1, "nightly"));
    assert!(!shown.contains("canary") && !shown.contains("202"), "{shown}");
}
