//! The gate as staff meet it: why it lets nothing through, what it did, and a ledger that nobody can make forget.

use rstest::rstest;
use serde_json::json;
use trygg::{service::releasing::ReleaseError, survey::round::Kind};

use crate::support::{
    Engine,
    office::TestOffice,
    server::{TestServer, token},
};

/// One round released, another that waits for its release.
async fn two_rounds(engine: Engine) -> Option<TestOffice> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    test.release("round-2025", None).await.expect("is released");
    let survey = test.people_survey("2026", "").await;
    test.imported(test.plan(&survey, 2026), 1).await;
    Some(test)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_ledger_that_was_altered_lets_nothing_more_out(#[case] engine: Engine) {
    let Some(test) = two_rounds(engine).await else { return };
    test.test.tamper("CREATE TABLE kept AS SELECT * FROM ledger").await;
    let altered = match engine {
        Engine::Sqlite => "UPDATE ledger SET document = CAST(replace(document, '\"k\":', '\"k\":1') AS BLOB)",
        Engine::Postgres => {
            "UPDATE ledger SET document = convert_to(replace(convert_from(document, 'UTF8'), '\"k\":', '\"k\":1'), 'UTF8')"
        }
    };
    assert_eq!(test.test.tamper(altered).await, 1);
    let refused = test.release("round-2026", None).await.expect_err("is refused");
    assert!(matches!(&refused, ReleaseError::LedgerDamaged(id, _) if id == "R-2025-1-Demodata"), "{refused}");

    assert_eq!(test.test.tamper("DELETE FROM ledger").await, 1);
    let refused = test.release("round-2026", None).await.expect_err("is refused");
    assert!(matches!(&refused, ReleaseError::LedgerMissing(id) if id == "R-2025-1-Demodata"), "{refused}");

    // As staff read it: by REST with its code, on the console in words.
    let server = TestServer::start(test.office.clone());
    let analyst = token(&test.office, "anna", &["analyst"]).await;
    let (status, told) = server.post("/api/releases", Some(&analyst), &json!({ "round": "round-2026" })).await;
    assert_eq!(
        (status, &told["code"], &told["errors"][0]["code"]),
        (409, &json!("gate_refused"), &json!("ledger_missing"))
    );
    let anna = server.sign_in("anna").await;
    let page = "/sv/console/rounds/round-2026";
    let (status, text) = server.console_act(&anna, page, &format!("{page}/release"), &[]).await;
    assert_eq!(status, 409);
    assert!(text.contains("Återställ databasen från en säkerhetskopia"), "{text}");

    assert_eq!(test.test.tamper("INSERT INTO ledger SELECT * FROM kept").await, 1);
    test.release("round-2026", None).await.expect("is released from the restored ledger");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_release_that_was_taken_away_with_its_entry_is_missed(#[case] engine: Engine) {
    let Some(test) = two_rounds(engine).await else { return };
    test.release("round-2026", None).await.expect("is released");
    test.test
        .tamper(
            "DELETE FROM estimates_internal WHERE release_id = 'R-2025-1-Demodata'; \
             DELETE FROM ledger WHERE release_id = 'R-2025-1-Demodata'; \
             UPDATE releases SET questionnaire_id = 'another' WHERE id = 'R-2025-1-Demodata'",
        )
        .await;
    let refused = test.release("round-2026", Some("again")).await.expect_err("is refused");
    assert!(matches!(&refused, ReleaseError::LedgerMissing(id) if id == "R-2025-1-Demodata"), "{refused}");
}

#[tokio::test]
async fn those_who_sign_see_what_the_gate_did_and_no_reader_does() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let survey = test.people_survey("2025", "").await;
    test.signed_by(&["kommun", "polis"]).await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let body = test.composed("round-2025", None).await;
    let server = TestServer::start(test.office.clone());
    token(&test.office, "anna", &["analyst"]).await;
    let anna = server.sign_in("anna").await;
    let (status, text) = server.console(&anna, &format!("/en/console/releases/{}", body.head().id)).await;
    assert_eq!(status, 200);
    assert!(text.contains("What the disclosure gate did") && text.contains("too few answers"), "{text}");
    assert!(!String::from_utf8_lossy(body.bytes()).contains("too_few"), "no reason is in what becomes public");
}
