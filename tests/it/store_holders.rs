//! Key sheets and openings under way, on both engines: a sheet or an opening takes the place of the last one,
//! and what is deleted is gone.

use chrono::{DateTime, Utc};
use rstest::rstest;
use serde_json::json;
use trygg::{
    store::{NewRound, StoredHolderSheet, StoredOpening, StoredStaff, Tx},
    survey::ids::{RoundId, StaffId},
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

fn person(number: u128) -> StaffId {
    StaffId::from(Uuid::from_u128(number))
}

async fn with_people_and_rounds(tx: &mut Tx) {
    for number in 1..=2 {
        let staff = StoredStaff {
            id: person(number),
            name: format!("Person {number}"),
            login: format!("person-{number}"),
            organisation: "kommun".into(),
            roles: json!(["holder"]),
            password_hash: "$argon2id$v=19$canary".into(),
            disabled: false,
        };
        tx.staff().insert(&staff).await.expect("inserts");
        let slug = format!("round-{number}");
        let new = NewRound { id: round(number), slug, stage: "closed".into(), document: json!({}) };
        tx.rounds().insert(&new).await.expect("inserts");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn each_holder_of_a_round_has_one_sheet(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    with_people_and_rounds(&mut tx).await;
    let sheet = |of: u128, holder: u32, staff: Option<u128>| StoredHolderSheet {
        round: round(of),
        holder,
        staff: staff.map(person),
        public_key: vec![u8::try_from(holder).expect("small"); 1_216],
        confirmed: false,
        rehearsed: false,
        destroyed: false,
    };
    for new in [sheet(2, 1, None), sheet(1, 2, Some(2)), sheet(1, 1, None)] {
        tx.holder_sheets().put(&new).await.expect("puts");
    }
    let said = StoredHolderSheet { confirmed: true, rehearsed: true, destroyed: true, ..sheet(1, 2, Some(1)) };
    tx.holder_sheets().put(&said).await.expect("puts");
    tx.rounds().lock(round(1)).await.expect("locks");
    tx.commit().await.expect("commits");
    let mut tx = test.database.read().await.expect("begins");
    assert_eq!(tx.holder_sheets().of_round(round(1)).await.expect("reads"), [sheet(1, 1, None), said.clone()]);
    assert_eq!(tx.holder_sheets().of_round(round(3)).await.expect("reads"), []);
    assert_eq!(tx.holder_sheets().list().await.expect("reads"), [sheet(1, 1, None), said, sheet(2, 1, None)]);
    drop(tx);
    let mut tx = test.database.begin().await.expect("begins");
    let refused = tx.holder_sheets().put(&sheet(3, 1, None)).await.expect_err("no such round");
    assert!(refused.conflicts_with("foreign_key"), "{refused}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_has_one_opening_at_a_time(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    with_people_and_rounds(&mut tx).await;
    let ends_at: DateTime<Utc> = "2026-11-25T10:00:00.000001Z".parse().expect("an instant");
    let asked = StoredOpening {
        asked_by: Some(person(1)),
        public_key: None,
        ends_at,
        unreadable: None,
        aside_by: None,
        aside: None,
    };
    let stopped = StoredOpening {
        asked_by: None,
        public_key: Some(vec![7; 1_216]),
        unreadable: Some(3),
        aside_by: Some(person(2)),
        aside: Some(3),
        ..asked.clone()
    };
    assert_eq!(tx.openings().find(round(1)).await.expect("reads"), None);
    for opening in [&asked, &stopped] {
        tx.openings().put(round(1), opening).await.expect("puts");
        assert_eq!(tx.openings().find(round(1)).await.expect("reads").as_ref(), Some(opening));
    }
    tx.openings().put(round(2), &asked).await.expect("puts");
    for (holder, byte) in [(3, 1), (1, 2), (3, 3)] {
        tx.openings().give(round(1), holder, &[byte; 1_169]).await.expect("gives");
    }
    tx.openings().give(round(2), 1, &[4]).await.expect("gives");
    let given = [(1, vec![2; 1_169]), (3, vec![3; 1_169])];
    assert_eq!(tx.openings().given(round(1)).await.expect("reads"), given);
    tx.openings().delete(round(1)).await.expect("deletes");
    assert_eq!(tx.openings().find(round(1)).await.expect("reads"), None);
    assert_eq!(tx.openings().given(round(1)).await.expect("reads"), []);
    assert_eq!(tx.openings().find(round(2)).await.expect("reads"), Some(asked));
    assert_eq!(tx.openings().given(round(2)).await.expect("reads"), [(1, vec![4])]);
}
