//! Candidates and their sign-offs on both engines.

use chrono::{DateTime, Utc};
use rstest::rstest;
use serde_json::json;
use trygg::{
    store::{CandidateBody, NewRound, PublishedQuestionnaire, SignOff, StoredCandidate, StoredStaff},
    survey::ids::{RoundId, StaffId},
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn instant(minute: u32) -> DateTime<Utc> {
    format!("2026-11-24T09:{minute:02}:00.000001Z").parse().expect("an instant")
}

fn person(number: u128) -> StaffId {
    StaffId::from(Uuid::from_u128(number))
}

fn candidate(id: &str, minute: u32, composed_by: Option<StaffId>) -> StoredCandidate {
    StoredCandidate {
        id: id.to_owned(),
        round: RoundId::from(Uuid::from_u128(1)),
        questionnaire_id: "lulea-trygghet".to_owned(),
        body_hash: [7; 32],
        inputs: br#"{"any":"text"}"#.to_vec(),
        composed_at: instant(minute),
        composed_by,
        state: "waiting".to_owned(),
        ended_at: None,
    }
}

fn held() -> CandidateBody {
    let bytes = |start: u8| (start..=255).cycle().take(70_000).collect();
    CandidateBody { body: bytes(0), internal: bytes(1), ledger: bytes(2) }
}

async fn office(engine: Engine) -> Option<TestDatabase> {
    let test = TestDatabase::new(engine).await?;
    let mut tx = test.database.begin().await.expect("begins");
    let round = NewRound {
        id: RoundId::from(Uuid::from_u128(1)),
        slug: "r".into(),
        stage: "opened".into(),
        document: json!({}),
    };
    tx.rounds().insert(&round).await.expect("inserts");
    for number in [1, 2] {
        let staff = StoredStaff {
            id: person(number),
            name: "Åsa Öberg".into(),
            login: format!("åsa-{number}"),
            organisation: "kommun".into(),
            roles: json!(["releaser"]),
            password_hash: String::new(),
            disabled: false,
        };
        tx.staff().insert(&staff).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    Some(test)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_candidate_comes_back_to_the_byte_and_loses_its_figures_when_it_ends(#[case] engine: Engine) {
    let Some(test) = office(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let (first, second) = (candidate("R-2025-2", 2, Some(person(1))), candidate("R-2025-1", 1, None));
    tx.candidates().insert(&first, &held()).await.expect("inserts");
    tx.candidates().insert(&second, &held()).await.expect("inserts");
    assert_eq!(tx.candidates().find("R-2025-2").await.expect("reads"), Some(first.clone()));
    assert_eq!(tx.candidates().find("R-2025-3").await.expect("reads"), None);
    assert_eq!(tx.candidates().waiting().await.expect("lists"), [second.clone(), first.clone()]);
    assert_eq!(tx.candidates().ids().await.expect("lists"), ["R-2025-1", "R-2025-2"]);
    assert_eq!(tx.candidates().body("R-2025-1").await.expect("reads"), Some(held()));
    assert!(tx.candidates().end("R-2025-1", "stale", instant(5)).await.expect("ends"));
    assert!(!tx.candidates().end("R-2025-1", "released", instant(6)).await.expect("has ended"), "it ends once");
    assert!(!tx.candidates().end("R-2025-3", "stale", instant(6)).await.expect("is not there"));
    let ended = StoredCandidate { state: "stale".to_owned(), ended_at: Some(instant(5)), ..second };
    assert_eq!(tx.candidates().find("R-2025-1").await.expect("reads"), Some(ended));
    assert_eq!(tx.candidates().body("R-2025-1").await.expect("reads"), None);
    assert_eq!(tx.candidates().waiting().await.expect("lists"), std::slice::from_ref(&first));
    let again = tx.candidates().insert(&first, &held()).await.expect_err("the id is taken");
    assert!(again.conflicts_with("candidates_id_key"), "{again:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_organisation_and_a_person_speak_once(#[case] engine: Engine) {
    let Some(test) = office(engine).await else { return };
    let word = |organisation: &str, number, refusal: Option<&str>| SignOff {
        organisation: organisation.to_owned(),
        staff: person(number),
        role: "releaser".to_owned(),
        signed_at: instant(3),
        refusal: refusal.map(str::to_owned),
    };
    for (again, constraint) in [
        (word("kommun", 2, None), "sign_offs_candidate_id_organisation_key"),
        (word("polis", 1, None), "sign_offs_candidate_id_staff_id_key"),
        (word("polis", 9, None), "foreign_key"),
    ] {
        let mut tx = test.database.begin().await.expect("begins");
        tx.candidates().insert(&candidate("R-2025-1", 1, None), &held()).await.expect("inserts");
        tx.sign_offs().insert("R-2025-1", &word("kommun", 1, None)).await.expect("inserts");
        let refused = tx.sign_offs().insert("R-2025-1", &again).await.expect_err(constraint);
        assert!(refused.conflicts_with(constraint), "{refused:?}, not {constraint}");
    }
    let mut tx = test.database.begin().await.expect("begins");
    tx.candidates().insert(&candidate("R-2025-1", 1, None), &held()).await.expect("inserts");
    let (polis, kommun) = (word("polis", 1, Some("wrong map")), word("kommun", 2, None));
    tx.sign_offs().insert("R-2025-1", &polis).await.expect("inserts");
    tx.sign_offs().insert("R-2025-1", &kommun).await.expect("inserts");
    assert_eq!(tx.sign_offs().of_candidate("R-2025-1").await.expect("reads"), [kommun, polis]);
    assert_eq!(tx.sign_offs().of_candidate("R-2025-2").await.expect("reads"), []);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_locks_a_questionnaire_is_alone_with_it(#[case] engine: Engine) {
    let Some(test) = office(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let published = PublishedQuestionnaire {
        id: "q".into(),
        version: "1.0".into(),
        hash: vec![1; 32],
        definition: json!({}),
        published_at: instant(0),
    };
    tx.questionnaires().insert(&published).await.expect("inserts");
    tx.commit().await.expect("commits");
    let mut first = test.database.begin().await.expect("begins");
    first.questionnaires().lock("q").await.expect("locks");
    let database = test.database.clone();
    let second = tokio::spawn(async move {
        let mut tx = database.begin().await.expect("begins");
        tx.questionnaires().lock("q").await.expect("locks");
        let seen = tx.candidates().ids().await.expect("lists");
        tx.rollback().await.expect("rolls back");
        seen
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!second.is_finished(), "the second waits");
    first.candidates().insert(&candidate("R-2025-1", 1, None), &held()).await.expect("inserts");
    first.commit().await.expect("commits");
    assert_eq!(second.await.expect("ends"), ["R-2025-1"], "and sees what the first has done");
}
