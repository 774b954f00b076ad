//! A round through REST as a program of the office meets it: every stage by token, answers from
//! outside, the opening, the release, and what the public may know meanwhile.

use reqwest::{Method, header};
use rstest::rstest;
use serde_json::{Value, json};
use trygg::survey::round::Kind;

use crate::support::{
    Engine,
    office::{TestOffice, answers},
    server::{TestServer, token},
};

const CSV: &str = "text/csv; charset=utf-8; header=present";

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_goes_through_its_stages_by_token(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("1", "").await;
    let server = TestServer::start(test.office.clone());
    let staff = token(&test.office, "all", &["fieldwork", "holder", "analyst"]).await;
    let reader = token(&test.office, "reader", &["auditor"]).await;

    // Planned by JSON, with every fault of the plan named; a draft is the staff's own business.
    let mut plan = serde_json::to_value(test.plan(&survey, 2025)).expect("a plan");
    plan["slug"] = json!("Not A Slug");
    plan["period"] = json!("25");
    let (status, problem) = server.post("/api/rounds", Some(&staff), &plan).await;
    assert_eq!((status, &problem["code"]), (422, &json!("invalid")));
    let pointers: Vec<&str> =
        problem["errors"].as_array().expect("faults").iter().filter_map(|f| f["pointer"].as_str()).collect();
    assert_eq!(pointers, ["/slug", "/period"]);
    // Few answer here, so not every cell of sex and age has somebody.
    plan["scheme"] = json!("design");
    plan["slug"] = json!("round-2025");
    plan["period"] = json!("2025");
    assert_eq!(server.post("/api/rounds", None, &plan).await.0, 401);
    assert_eq!(server.post("/api/rounds", Some(&reader), &plan).await.0, 403);
    assert_eq!(server.post("/api/rounds", Some(&staff), &plan).await.0, 201);
    assert_eq!(server.get("/api/rounds/round-2025").await.status(), 404);
    assert_eq!(server.json("/api/rounds").await["items"], json!([]));

    // A stage that cannot follow is refused by naming those that can.
    let to = |stage: &str| json!({ "to": stage });
    let moves = "/api/rounds/round-2025/transitions";
    let (status, problem) = server.post(moves, Some(&staff), &to("closed")).await;
    assert_eq!((status, &problem["code"]), (409, &json!("stage_conflict")));
    let possible: Vec<&Value> = problem["errors"].as_array().expect("stages").iter().map(|f| &f["detail"]).collect();
    assert_eq!(possible, [&json!("scheduled"), &json!("opened")]);
    assert_eq!(server.post(moves, Some(&reader), &to("scheduled")).await.0, 403);
    assert_eq!(server.post(moves, Some("no such token"), &to("scheduled")).await.0, 401);

    let fielded = test.field_planned(&survey, "round-2025", |_| 8).await;
    test.now("2025-09-15T06:00:00Z");
    let open = server.json("/api/rounds/round-2025").await;
    assert_eq!(open["stage"], "open");
    assert!(open.as_object().expect("an object").keys().all(|key| !key.contains("count") && key != "answers"));
    assert_eq!(server.post(moves, Some(&staff), &to("paused")).await.0, 409, "a pause needs its reason");
    let pause = json!({ "to": "paused", "reason": "A trial" });
    assert_eq!(server.post(moves, Some(&staff), &pause).await.1["stage"], "paused");
    test.office.live.refresh();
    let (status, problem) = server
        .post(
            "/api/rounds/round-2025/answers",
            None,
            &json!({
                "submission_id": uuid::Uuid::new_v4(), "code": fielded.letters[0].code, "language": "sv", "answers": {}
            }),
        )
        .await;
    assert_eq!((status, &problem["code"]), (409, &json!("round_not_open")));
    assert_eq!(server.post(moves, Some(&staff), &to("open")).await.1["stage"], "open");
    test.office.live.refresh();

    // Answers from outside: the reply of a repeat is the reply.
    let mut rng = rand::rng();
    for letter in &fielded.letters {
        let (given, _) = answers(&survey, &letter.area, &mut rng);
        let sent =
            json!({ "submission_id": uuid::Uuid::new_v4(), "code": letter.code, "language": "sv", "answers": given });
        let first = server.post("/api/rounds/round-2025/answers", None, &sent).await;
        assert_eq!(first.0, 201, "{}", first.1);
        let word = first.1["receipt"].as_str().expect("a word");
        assert!(word.len() == 6 && word.bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b)), "{word}");
        assert_eq!(server.post("/api/rounds/round-2025/answers", None, &sent).await, first);
    }

    // The opening: a wrong share changes nothing.
    let close = json!({ "to": "closed", "reason": "All have answered" });
    assert_eq!(server.post(moves, Some(&staff), &close).await.1["stage"], "closed");
    let shares = "/api/rounds/round-2025/opening/shares";
    let (status, problem) = server.post(shares, Some(&staff), &json!({ "shares": ["not the passphrase"] })).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("share_wrong")));
    assert_eq!(server.json("/api/rounds/round-2025").await["stage"], "closed");
    let typed = json!({ "shares": [fielded.passphrase.as_str()] });
    assert_eq!(server.post(shares, Some(&reader), &typed).await.0, 403);
    let (status, opened) = server.post(shares, Some(&staff), &typed).await;
    assert_eq!((status, &opened["responses"], &opened["rewriting"]), (200, &json!(40), &json!("done")));

    // The release, and a correction that names its reason.
    let wanted = json!({ "round": "round-2025" });
    assert_eq!(server.post("/api/releases", Some(&reader), &wanted).await.0, 403);
    let (status, made) = server.post("/api/releases", Some(&staff), &wanted).await;
    assert_eq!((status, &made["release"]), (201, &json!("R-2025-1-Demodata")), "{made}");
    assert_eq!(server.post("/api/releases", Some(&staff), &wanted).await.1["errors"][0]["code"], "reason_missing");
    let again = json!({ "round": "round-2025", "reason": "A label was wrong" });
    assert_eq!(server.post("/api/releases", Some(&staff), &again).await.1["release"], "R-2025-2-Demodata");
    let old = server.get("/api/releases/R-2025-1-Demodata").await;
    let link = old.headers()[header::LINK].to_str().expect("text").to_owned();
    assert!(link.ends_with("/api/releases/R-2025-2-Demodata>; rel=\"successor-version\""), "{link}");
    assert_eq!(server.json("/api/rounds/round-2025").await["release"], "R-2025-2-Demodata");
    assert_eq!(server.json("/api/releases?round=round-2025").await["items"].as_array().expect("releases").len(), 2);

    // Files: dialects, validators, the frozen bytes.
    let file = server.text("/api/releases/R-2025-2-Demodata/file").await;
    let hash: String =
        <sha2::Sha256 as sha2::Digest>::digest(file.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(server.json("/api/releases/R-2025-2-Demodata").await["sha256"], hash);
    for table in server.json("/api/tables").await["items"].as_array().expect("tables") {
        let id = table["table"].as_str().expect("an id");
        for path in [
            format!("/api/tables/{id}/data.csv?lang=sv"),
            format!("/api/releases/R-2025-2-Demodata/tables/{id}.csv?lang=en&dialect=excel-sv"),
        ] {
            let reply = server.get(&path).await;
            assert_eq!(
                (reply.status().as_u16(), &reply.headers()[header::CONTENT_TYPE]),
                (200, &CSV.parse().expect("a value"))
            );
            let tag = reply.headers()[header::ETAG].clone();
            let text = reply.text().await.expect("text");
            assert_eq!(text.starts_with('\u{feff}'), path.contains("excel"), "{path}");
            assert!(text.contains("Demodata"), "{path}");
            let held =
                server.ask(Method::GET, &path).header(header::IF_NONE_MATCH, tag).send().await.expect("an answer");
            assert_eq!(held.status(), 304, "{path}");
        }
    }
    assert_eq!(server.post(moves, Some(&staff), &to("archived")).await.1["stage"], "archived");
}

#[tokio::test]
async fn a_published_version_is_served_whole_with_a_strong_validator() {
    let Some(test) = TestOffice::new(Engine::Sqlite, Kind::Demo).await else { return };
    let survey = test.lulea().await;
    let server = TestServer::start(test.office.clone());
    let list = server.json("/api/questionnaires").await;
    let hash: String = survey.questionnaire.hash().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(list["items"][0]["sha256"], hash);
    let reply = server.get("/api/questionnaires/lulea-trygghet/1.0").await;
    let tag = reply.headers()[header::ETAG].to_str().expect("text").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is strong");
    let version: Value = serde_json::from_str(&reply.text().await.expect("text")).expect("JSON");
    assert_eq!(version["items"].as_array().expect("items").len(), survey.questionnaire.items().len());
    let late = version["items"].as_array().expect("items").iter().find(|item| item["id"] == "E1").expect("E1");
    assert_eq!(late["options"]["sv"].as_array().expect("options").len(), 5);
    assert_ne!(late["text"]["sv"], late["text"]["en"]);
    let path = "/api/questionnaires/lulea-trygghet/1.0";
    let held = server.ask(Method::GET, path).header(header::IF_NONE_MATCH, tag).send().await.expect("an answer");
    assert_eq!(held.status(), 304);
    assert_eq!(server.get("/api/questionnaires/lulea-trygghet/9.9").await.status(), 404);
}

#[test]
fn the_interface_is_the_one_that_was_agreed() {
    let document = trygg::web::api::document().expect("a document");
    insta::assert_snapshot!("openapi", document);
}
