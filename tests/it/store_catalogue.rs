//! What staff make before anybody answers, on both engines.

use chrono::{DateTime, Utc};
use rstest::rstest;
use serde_json::json;
use sqlx::Connection;
use trygg::{
    store::{
        AreaSample, HistoryImport, ImportRecord, InstallationRecord, NewRound, PublishedQuestionnaire, StoreError,
        StoredAreaSet, StoredCutTable, StoredPopulation, StoredRound,
    },
    survey::ids::RoundId,
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn instant() -> DateTime<Utc> {
    "2026-11-24T09:00:00.123456Z".parse().expect("an instant")
}

fn round_id(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

fn new_round(number: u128, slug: &str, stage: &str) -> NewRound {
    let document = json!({"name": "Luleå", "order": ["b", "a"], "share": 0.1, "n": 3});
    NewRound { id: round_id(number), slug: slug.into(), stage: stage.into(), document }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_installation_says_once_what_it_is(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.installation().find().await.expect("reads"), None);
    let demo = InstallationRecord { kind: "demo".into(), created_at: instant() };
    tx.installation().insert(&demo).await.expect("inserts");
    tx.commit().await.expect("commits");
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.installation().find().await.expect("reads"), Some(demo.clone()));
    let again = tx.installation().insert(&InstallationRecord { kind: "office".into(), ..demo }).await;
    assert!(again.is_err_and(|error| error.conflicts_with("installation_single_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_version_is_published_once_and_listed_by_id_and_version(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let version = |id: &str, version: &str| PublishedQuestionnaire {
        id: id.into(),
        version: version.into(),
        hash: vec![9; 32],
        definition: json!({"questionnaire.toml": "id = \"å\"\n", "sv.toml": "\u{1f} \\ \"\n"}),
        published_at: instant(),
    };
    for (id, number) in [("b", "1.0"), ("B", "1.0"), ("a", "1.1"), ("a", "1.0")] {
        tx.questionnaires().insert(&version(id, number)).await.expect("inserts");
    }
    assert_eq!(tx.questionnaires().find("a", "1.1").await.expect("reads"), Some(version("a", "1.1")));
    assert_eq!(tx.questionnaires().find("a", "2.0").await.expect("reads"), None);
    let listed = tx.questionnaires().list().await.expect("lists");
    assert_eq!(listed, [version("B", "1.0"), version("a", "1.0"), version("a", "1.1"), version("b", "1.0")]);
    let again = tx.questionnaires().insert(&version("a", "1.0")).await;
    assert!(again.is_err_and(|error| error.conflicts_with("questionnaires_id_version_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_area_set_has_versions(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let set = |version: &str| StoredAreaSet {
        id: "lulea".into(),
        version: version.into(),
        document: json!([{"code": "01", "name": "Örnäset"}]),
    };
    tx.area_sets().insert(&set("2")).await.expect("inserts");
    tx.area_sets().insert(&set("1")).await.expect("inserts");
    assert_eq!(tx.area_sets().find("lulea", "2").await.expect("reads"), Some(set("2")));
    assert_eq!(tx.area_sets().find("lulea", "3").await.expect("reads"), None);
    assert_eq!(tx.area_sets().list().await.expect("lists"), [set("1"), set("2")]);
    let again = tx.area_sets().insert(&set("1")).await;
    assert!(again.is_err_and(|error| error.conflicts_with("area_sets_id_version_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_population_table_comes_back_as_imported(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let table = |number| StoredPopulation {
        id: Uuid::from_u128(number),
        document: json!({"cells": [{"area": "01", "sex": "w", "age": "18-24", "persons": 412}]}),
        sha256: [3; 32],
        reference_date: "2025-12-31".parse().expect("a date"),
        source: "Statistics Sweden".into(),
        imported_at: instant(),
    };
    tx.populations().insert(&table(2)).await.expect("inserts");
    tx.populations().insert(&table(1)).await.expect("inserts");
    assert_eq!(tx.populations().find(Uuid::from_u128(2)).await.expect("reads"), Some(table(2)));
    assert_eq!(tx.populations().find(Uuid::from_u128(3)).await.expect("reads"), None);
    assert_eq!(tx.populations().list().await.expect("lists"), [table(1), table(2)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_cut_table_comes_back_as_imported_and_its_id_is_taken(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let table = |id: &str| StoredCutTable {
        id: id.into(),
        questionnaire_id: "lulea".into(),
        document: json!({"indicators": [{"measure": "I-LATE", "steps": [[0.0, 0], [5.5, 1]]}]}),
        sha256: [5; 32],
        imported_at: instant(),
    };
    tx.cut_tables().insert(&table("b")).await.expect("inserts");
    tx.cut_tables().insert(&table("B")).await.expect("inserts");
    assert_eq!(tx.cut_tables().find("b").await.expect("reads"), Some(table("b")));
    assert_eq!(tx.cut_tables().find("c").await.expect("reads"), None);
    assert_eq!(tx.cut_tables().list().await.expect("lists"), [table("B"), table("b")]);
    let again = tx.cut_tables().insert(&table("b")).await;
    assert!(again.is_err_and(|error| error.conflicts_with("cut_tables_id_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_is_found_by_id_slug_and_stage(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for new in [new_round(2, "2026", "open"), new_round(1, "2025", "released"), new_round(3, "2027", "open")] {
        tx.rounds().insert(&new).await.expect("inserts");
    }
    let stored = |new: NewRound| StoredRound {
        id: new.id,
        slug: new.slug,
        stage: new.stage,
        document: new.document,
        row_version: 1,
    };
    assert_eq!(tx.rounds().find(round_id(2)).await.expect("reads"), Some(stored(new_round(2, "2026", "open"))));
    assert_eq!(tx.rounds().find(round_id(9)).await.expect("reads"), None);
    assert_eq!(tx.rounds().find_by_slug("2025").await.expect("reads"), Some(stored(new_round(1, "2025", "released"))));
    assert_eq!(tx.rounds().find_by_slug("2024").await.expect("reads"), None);
    let ids = |rounds: Vec<StoredRound>| rounds.iter().map(|round| round.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.rounds().list().await.expect("lists")), [round_id(1), round_id(2), round_id(3)]);
    assert_eq!(ids(tx.rounds().list_in_stage("open").await.expect("lists")), [round_id(2), round_id(3)]);
    assert_eq!(ids(tx.rounds().list_in_stage("closed").await.expect("lists")), []);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_slug_or_id_is_given_once(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    for (again, constraint) in
        [(new_round(2, "2026", "draft"), "rounds_slug_key"), (new_round(1, "2027", "draft"), "rounds_id_key")]
    {
        let mut tx = test.database.begin().await.expect("begins");
        tx.rounds().insert(&new_round(1, "2026", "draft")).await.expect("inserts");
        let refused = tx.rounds().insert(&again).await;
        assert!(refused.is_err_and(|error| error.conflicts_with(constraint)));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_that_changed_since_it_was_read_is_not_overwritten(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let id = round_id(1);
    tx.rounds().insert(&new_round(1, "2026", "draft")).await.expect("inserts");
    let document = json!({"changed": true});
    assert_eq!(tx.rounds().update(id, 1, "scheduled", &document).await.expect("updates"), 2);
    let stale = tx.rounds().update(id, 1, "open", &json!({})).await;
    assert!(stale.is_err_and(|error| error.conflicts_with("rounds_row_version")));
    let missing = tx.rounds().update(round_id(9), 1, "open", &json!({})).await;
    assert!(missing.is_err_and(|error| error.conflicts_with("rounds_row_version")));
    let stored = tx.rounds().find(id).await.expect("reads").expect("is there");
    assert_eq!((stored.stage.as_str(), stored.row_version, stored.document), ("scheduled", 2, document));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_twenty_who_change_a_round_at_once_one_succeeds(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&new_round(1, "2026", "draft")).await.expect("inserts");
    tx.commit().await.expect("commits");
    let mut racers = tokio::task::JoinSet::new();
    for racer in 0..20 {
        let database = test.database.clone();
        racers.spawn(async move {
            let mut tx = database.begin().await?;
            tx.rounds().update(round_id(1), 1, "scheduled", &json!({"by": racer})).await?;
            tx.commit().await
        });
    }
    let results = racers.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(
        results
            .iter()
            .filter_map(|result| result.as_ref().err())
            .all(|error| error.conflicts_with("rounds_row_version"))
    );
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_stage_that_intake_relies_on_holds_until_it_commits(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&new_round(1, "2026", "open")).await.expect("inserts");
    tx.commit().await.expect("commits");

    let mut intake = test.database.begin().await.expect("begins");
    assert_eq!(intake.rounds().stage_for_share(round_id(1)).await.expect("reads").as_deref(), Some("open"));
    assert_eq!(intake.rounds().stage_for_share(round_id(9)).await.expect("reads"), None);
    let refused = close_without_waiting(&test, engine).await;
    assert!(refused.is_err_and(|error| error.is_unavailable()));
    if engine == Engine::Postgres {
        // Another process takes answers in at the same time.
        let mut other = test.database.begin().await.expect("begins");
        assert!(other.rounds().stage_for_share(round_id(1)).await.expect("does not wait").is_some());
    }
    intake.commit().await.expect("commits");
    close_without_waiting(&test, engine).await.expect("closes once nobody relies on it");
}

async fn close_without_waiting(test: &TestDatabase, engine: Engine) -> Result<(), StoreError> {
    const CLOSE: &str = "UPDATE rounds SET stage = 'closed'";
    match engine {
        Engine::Sqlite => {
            let mut other = sqlx::SqliteConnection::connect(&test.address).await?;
            sqlx::query("PRAGMA busy_timeout = 0").execute(&mut other).await?;
            sqlx::query(CLOSE).execute(&mut other).await?;
        }
        Engine::Postgres => {
            let mut other = test.plain_connection().await;
            sqlx::query("SET lock_timeout = '50ms'").execute(&mut other).await?;
            sqlx::query(CLOSE).execute(&mut other).await?;
        }
    }
    Ok(())
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_sample_is_replaced_whole(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for number in [1, 2] {
        tx.rounds().insert(&new_round(number, &number.to_string(), "draft")).await.expect("inserts");
    }
    let area = |code: &str, sampled| AreaSample { area_code: code.into(), sampled };
    let (first, second) = (round_id(1), round_id(2));
    tx.samples().replace(second, &[area("01", 7)]).await.expect("replaces");
    tx.samples()
        .replace(first, &[area("02", 300), area("01", 299), area("å", 1), area("z", 2)])
        .await
        .expect("replaces");
    assert_eq!(
        tx.samples().of_round(first).await.expect("reads"),
        [area("01", 299), area("02", 300), area("z", 2), area("å", 1)]
    );
    tx.samples().replace(first, &[area("03", 5)]).await.expect("replaces");
    assert_eq!(tx.samples().of_round(first).await.expect("reads"), [area("03", 5)]);
    tx.samples().replace(first, &[]).await.expect("replaces");
    assert_eq!(tx.samples().of_round(first).await.expect("reads"), []);
    assert_eq!(tx.samples().of_round(second).await.expect("reads"), [area("01", 7)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_sample_belongs_to_a_round_that_exists(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let refused = tx.samples().replace(round_id(9), &[AreaSample { area_code: "01".into(), sampled: 1 }]).await;
    assert!(refused.is_err_and(|error| error.conflicts_with("foreign_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_file_of_history_is_imported_once(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let import = |number: u8| HistoryImport {
        id: Uuid::from_u128(number.into()),
        document: json!([{"series": "I-TRYGG", "2006": 61.25, "2023": 58}]),
        sha256: [number; 32],
        source: "printed report".into(),
        imported_at: instant(),
    };
    tx.history().insert(&import(2)).await.expect("inserts");
    tx.history().insert(&import(1)).await.expect("inserts");
    assert_eq!(tx.history().list().await.expect("lists"), [import(1), import(2)]);
    let again = tx.history().insert(&HistoryImport { id: Uuid::from_u128(3), ..import(1) }).await;
    assert!(again.is_err_and(|error| error.conflicts_with("history_sha256_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn one_file_may_be_imported_into_two_rounds(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.rounds().insert(&new_round(1, "wave-1", "draft")).await.expect("inserts");
    let import = |number: u128, sha256: u8, round: Option<RoundId>| ImportRecord {
        id: Uuid::from_u128(number),
        sha256: [sha256; 32],
        kind: "responses".into(),
        round,
        rows: 1_009,
        imported_at: instant(),
    };
    let imports = [import(1, 7, Some(round_id(1))), import(2, 7, None), import(3, 8, None)];
    for import in imports.iter().rev() {
        tx.imports().insert(import).await.expect("inserts");
    }
    assert_eq!(tx.imports().of_file(&[7; 32]).await.expect("reads"), imports[..2]);
    assert_eq!(tx.imports().of_file(&[9; 32]).await.expect("reads"), []);
    assert_eq!(tx.imports().list().await.expect("lists"), imports);
}
