//! Turnout, releases, internal estimates and the ledger on both engines.

use chrono::{DateTime, Utc};
use rstest::rstest;
use serde_json::json;
use trygg::{
    store::{NewRound, ReleaseHead, StoredRelease, TurnoutCount},
    survey::ids::RoundId,
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

async fn with_rounds(engine: Engine) -> Option<TestDatabase> {
    let test = TestDatabase::new(engine).await?;
    let mut tx = test.database.begin().await.expect("begins");
    for number in 1..=3 {
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

fn release(id: &str, of: u128, number: i64, period: &str, supersedes: Option<&str>) -> StoredRelease {
    let created_at: DateTime<Utc> = "2026-11-24T09:00:00.000001Z".parse().expect("an instant");
    StoredRelease {
        head: ReleaseHead {
            id: id.into(),
            round: round(of),
            number,
            period: period.into(),
            questionnaire_id: "lulea-trygghet".into(),
            hash: [u8::try_from(number).expect("small"); 32],
            created_at,
            supersedes: supersedes.map(str::to_owned),
            reason: supersedes.map(|_| "a district was mislabelled".to_owned()),
        },
        // Bytes of any value, longer than a page of either engine.
        bytes: (0..=255).cycle().take(70_000).collect(),
    }
}

fn ids(heads: Vec<ReleaseHead>) -> Vec<String> {
    heads.into_iter().map(|head| head.id).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_release_comes_back_to_the_byte(#[case] engine: Engine) {
    let Some(test) = with_rounds(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let first = release("2025-1", 1, 1, "2025", None);
    let second = release("2025-2", 1, 2, "2025", Some("2025-1"));
    tx.releases().insert(&first).await.expect("inserts");
    tx.releases().insert(&second).await.expect("inserts");
    assert_eq!(tx.releases().find("2025-1").await.expect("reads"), Some(first));
    assert_eq!(tx.releases().find("2025-2").await.expect("reads"), Some(second));
    assert_eq!(tx.releases().find("2025-3").await.expect("reads"), None);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_correction_takes_the_place_of_what_it_corrects(#[case] engine: Engine) {
    let Some(test) = with_rounds(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for new in [
        release("b1", 2, 1, "2025", None),
        release("a1", 1, 1, "2024", None),
        release("a2", 1, 2, "2024", Some("a1")),
        release("a3", 1, 3, "2024", Some("a2")),
    ] {
        tx.releases().insert(&new).await.expect("inserts");
    }
    assert_eq!(ids(tx.releases().list().await.expect("lists")), ["a1", "a2", "a3", "b1"]);
    assert_eq!(ids(tx.releases().list_current().await.expect("lists")), ["a3", "b1"]);
    assert_eq!(
        tx.releases().current(round(1)).await.expect("reads"),
        Some(release("a3", 1, 3, "2024", Some("a2")).head)
    );
    assert_eq!(tx.releases().current(round(3)).await.expect("reads"), None);
    assert_eq!(tx.releases().successor("a1").await.expect("reads").as_deref(), Some("a2"));
    assert_eq!(tx.releases().successor("a3").await.expect("reads"), None);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_release_has_its_own_id_and_number_and_at_most_one_successor(#[case] engine: Engine) {
    let Some(test) = with_rounds(engine).await else { return };
    for (again, constraint) in [
        (release("a1", 2, 1, "2024", None), "releases_id_key"),
        (release("a3", 1, 2, "2024", None), "releases_round_id_number_key"),
        (release("a3", 1, 3, "2024", Some("a1")), "releases_supersedes_key"),
        (release("c1", 9, 1, "2024", None), "foreign_key"),
        (release("c1", 3, 1, "2024", Some("nothing")), "foreign_key"),
    ] {
        let mut tx = test.database.begin().await.expect("begins");
        tx.releases().insert(&release("a1", 1, 1, "2024", None)).await.expect("inserts");
        tx.releases().insert(&release("a2", 1, 2, "2024", Some("a1"))).await.expect("inserts");
        let refused = tx.releases().insert(&again).await.expect_err(constraint);
        assert!(refused.conflicts_with(constraint), "{refused:?}, not {constraint}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn estimates_and_ledger_are_kept_to_the_byte_once_a_release(#[case] engine: Engine) {
    let Some(test) = with_rounds(engine).await else { return };
    let document: Vec<u8> = (0..=255).rev().cycle().take(50_000).collect();
    let mut tx = test.database.begin().await.expect("begins");
    tx.releases().insert(&release("a1", 1, 1, "2024", None)).await.expect("inserts");
    tx.estimates_internal().insert("a1", &document).await.expect("inserts");
    tx.ledger().insert("a1", b"").await.expect("inserts");
    tx.commit().await.expect("commits");
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.estimates_internal().find("a1").await.expect("reads"), Some(document));
    assert_eq!(tx.estimates_internal().find("a2").await.expect("reads"), None);
    assert_eq!(tx.ledger().find("a1").await.expect("reads"), Some(Vec::new()));
    assert_eq!(tx.ledger().find("a2").await.expect("reads"), None);
    let again = tx.ledger().insert("a1", b"other").await;
    assert!(again.is_err_and(|error| error.conflicts_with("ledger_release_id_key")));
    drop(tx);
    let mut tx = test.database.begin().await.expect("begins");
    let again = tx.estimates_internal().insert("a1", b"other").await;
    assert!(again.is_err_and(|error| error.conflicts_with("estimates_internal_release_id_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn turnout_is_replaced_whole(#[case] engine: Engine) {
    let Some(test) = with_rounds(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let count =
        |area: &str, mode: &str, used| TurnoutCount { area_code: area.into(), mode: mode.into(), sampled: 300, used };
    tx.turnout().replace(round(2), &[count("01", "web", 5)]).await.expect("replaces");
    let counts = [count("02", "web", 180), count("01", "web", 150), count("01", "paper", 20)];
    tx.turnout().replace(round(1), &counts).await.expect("replaces");
    assert_eq!(
        tx.turnout().of_round(round(1)).await.expect("reads"),
        [count("01", "paper", 20), count("01", "web", 150), count("02", "web", 180)]
    );
    tx.turnout().replace(round(1), &[count("03", "web", 1)]).await.expect("replaces");
    assert_eq!(tx.turnout().of_round(round(1)).await.expect("reads"), [count("03", "web", 1)]);
    tx.turnout().replace(round(1), &[]).await.expect("replaces");
    assert_eq!(tx.turnout().of_round(round(1)).await.expect("reads"), []);
    assert_eq!(tx.turnout().of_round(round(2)).await.expect("reads"), [count("01", "web", 5)]);
}
