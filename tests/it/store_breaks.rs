//! Statements on breaks, desk counts and crosswalks on both engines: rows are added, never changed.

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use serde_json::json;
use trygg::{
    store::{DeskEntry, NewRound, StoredAreaSet, StoredCrosswalk, StoredDeclaration, StoredDeskCount, StoredStaff},
    survey::{
        ids::{RoundId, StaffId},
        round::AreaSetRef,
    },
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn instant(minutes: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-25T09:10:00.000001Z".parse().expect("an instant");
    start + TimeDelta::minutes(minutes)
}

fn person(number: u128) -> StaffId {
    StaffId::from(Uuid::from_u128(number))
}

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

async fn with_people_and_rounds(engine: Engine) -> Option<TestDatabase> {
    let test = TestDatabase::new(engine).await?;
    let mut tx = test.database.begin().await.expect("begins");
    for number in 1..=2 {
        let staff = StoredStaff {
            id: person(number),
            name: format!("Person {number}"),
            login: format!("person-{number}"),
            organisation: "kommun".into(),
            roles: json!(["analyst"]),
            password_hash: "$argon2id$v=19$canary".into(),
            disabled: false,
        };
        tx.staff().insert(&staff).await.expect("inserts");
        let new = NewRound {
            id: round(number),
            slug: format!("round-{number}"),
            stage: "opened".into(),
            document: json!({}),
        };
        tx.rounds().insert(&new).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    Some(test)
}

fn said(id: u128, by: u128, minutes: i64) -> StoredDeclaration {
    StoredDeclaration {
        id: Uuid::from_u128(id),
        staff_id: person(by),
        document: json!({ "act": "withdraw", "note": "Åsa sade ’nej’", "id": id.to_string() }),
        declared_at: instant(minutes),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn statements_come_back_oldest_first_to_the_microsecond(#[case] engine: Engine) {
    let Some(test) = with_people_and_rounds(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for new in [said(3, 1, 5), said(1, 2, 7), said(2, 1, 0)] {
        tx.declarations().insert(&new).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let mut tx = test.database.read().await.expect("begins");
    assert_eq!(tx.declarations().list().await.expect("lists"), [said(2, 1, 0), said(3, 1, 5), said(1, 2, 7)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_statement_has_its_own_id_and_a_known_person(#[case] engine: Engine) {
    let Some(test) = with_people_and_rounds(engine).await else { return };
    for (again, constraint) in [(said(1, 2, 3), "break_declarations_id_key"), (said(2, 9, 3), "foreign_key")] {
        let mut tx = test.database.begin().await.expect("begins");
        tx.declarations().insert(&said(1, 1, 0)).await.expect("inserts");
        let refused = tx.declarations().insert(&again).await.expect_err(constraint);
        assert!(refused.conflicts_with(constraint), "{refused:?}, not {constraint}");
    }
}

fn entry(version: i64, by: Option<u128>, areas: &[(&str, i64, i64)]) -> DeskEntry {
    DeskEntry {
        version,
        staff: by.map(person),
        entered_at: instant(version),
        areas: areas
            .iter()
            .map(|(area, over_coverage, blank)| StoredDeskCount {
                area_code: (*area).to_owned(),
                over_coverage: *over_coverage,
                blank: *blank,
            })
            .collect(),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn desk_counts_are_kept_version_by_version(#[case] engine: Engine) {
    let Some(test) = with_people_and_rounds(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.desk_counts().newest(round(1)).await.expect("reads"), None);
    let many: Vec<(String, i64, i64)> = (0..1_200).map(|place| (format!("A{place:04}"), place, 1)).collect();
    let many: Vec<(&str, i64, i64)> = many.iter().map(|(area, over, blank)| (area.as_str(), *over, *blank)).collect();
    let (first, second) = (entry(1, Some(1), &[("A", 5, 2), ("B", 0, 0)]), entry(2, None, &many));
    tx.desk_counts().insert(round(1), &first).await.expect("inserts");
    tx.desk_counts().insert(round(1), &second).await.expect("inserts");
    tx.desk_counts().insert(round(2), &first).await.expect("inserts");
    tx.commit().await.expect("commits");
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.desk_counts().list(round(1)).await.expect("lists"), [first.clone(), second.clone()]);
    assert_eq!(tx.desk_counts().newest(round(1)).await.expect("reads"), Some(second));
    assert_eq!(tx.desk_counts().newest(round(2)).await.expect("reads"), Some(first.clone()));
    let again = tx.desk_counts().insert(round(1), &first).await.expect_err("a version changes");
    assert!(again.conflicts_with("desk_counts_round_id_version_area_code_key"), "{again:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_crosswalk_of_known_sets_is_kept_revision_by_revision(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let set = |version: &str| AreaSetRef { id: "lulea".into(), version: version.into() };
    let walk = |revision: i64| StoredCrosswalk {
        revision,
        document: json!({ "parts": [{ "old": "T01", "new": "T11", "persons": 4_000 + revision }] }),
        imported_at: instant(revision),
    };
    let mut tx = test.database.begin().await.expect("begins");
    for version in ["2016", "2019"] {
        let stored = StoredAreaSet { id: "lulea".into(), version: version.into(), document: json!({}) };
        tx.area_sets().insert(&stored).await.expect("inserts");
    }
    let (old, new) = (set("2016"), set("2019"));
    assert_eq!(tx.crosswalks().revisions(&old, &new).await.expect("reads"), []);
    for revision in [1, 2] {
        tx.crosswalks().insert(&old, &new, &walk(revision)).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.crosswalks().revisions(&old, &new).await.expect("reads"), [walk(1), walk(2)]);
    assert_eq!(tx.crosswalks().revisions(&new, &old).await.expect("reads"), [], "the other way is another one");
    let again = tx.crosswalks().insert(&old, &new, &walk(2)).await.expect_err("a revision changes");
    assert!(again.conflicts_with("crosswalks_from_id_from_version_to_id_to_version_revision_key"), "{again:?}");
    drop(tx);
    let mut tx = test.database.begin().await.expect("begins");
    let unknown = tx.crosswalks().insert(&old, &set("2027"), &walk(1)).await.expect_err("no such set");
    assert!(unknown.conflicts_with("foreign_key"), "{unknown:?}");
}
