//! Bad input by REST and by form: each gets a problem with a stable code and its place, or the same
//! page with the values kept; never a 500, and nothing that was accepted is lost.

use reqwest::{Method, header};
use rstest::rstest;
use serde_json::{Value, json};
use trygg::survey::round::Kind;
use uuid::Uuid;

use crate::support::{
    Engine,
    office::{Fielded, TestOffice, answers},
    server::{TestServer, token},
};

const PROBLEM: &str = "application/problem+json";

struct Place {
    test: TestOffice,
    server: TestServer,
    fielded: Fielded,
    good: Value,
}

async fn open(engine: Engine) -> Option<Place> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let (survey, fielded) = test.open_lulea(2).await;
    let server = TestServer::start(test.office.clone());
    let (given, _) = answers(&survey, &fielded.letters[0].area, &mut rand::rng());
    let good = json!({
        "submission_id": Uuid::new_v4(), "code": fielded.letters[0].code, "language": "sv", "answers": given
    });
    Some(Place { test, server, fielded, good })
}

/// The same answers with one thing changed.
fn but(good: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = good.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    changed.pointer_mut(parent).expect("a parent")[key] = value;
    changed
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn answers_that_do_not_fit_are_refused_by_place_and_none_is_stored(#[case] engine: Engine) {
    let Some(Place { test, server, fielded, good }) = open(engine).await else { return };
    let address = "/api/rounds/round-2025/answers";
    let wrong_code = "7K3M-9QX2-TX";
    let cases = [
        (but(&good, "/code", json!(wrong_code)), 422, "invalid", "/code", "code_wrong"),
        (but(&good, "/code", json!("000000001T")), 422, "invalid", "/code", "code_wrong"),
        (but(&good, "/code", json!("\u{0}")), 422, "invalid", "/code", "code_wrong"),
        (but(&good, "/code", json!("")), 422, "invalid", "/code", "length"),
        (but(&good, "/code", json!("A".repeat(41))), 422, "invalid", "/code", "length"),
        (but(&good, "/language", json!("tlh")), 422, "invalid", "/language", "language_unknown"),
        (but(&good, "/answers/E1", json!(77)), 422, "invalid", "/answers/E1", "option_unknown"),
        (but(&good, "/answers/E1", json!(94)), 422, "invalid", "/answers/E1", "option_unknown"),
        (but(&good, "/answers/XX", json!(1)), 422, "invalid", "/answers/XX", "item_unknown"),
        (but(&good, "/answers/A~\u{0}", json!(1)), 422, "invalid", "/answers/A~0\u{0}", "item_unknown"),
        (
            but(&but(&good, "/answers/E1", json!(1)), "/answers/E1b", json!(1)),
            422,
            "invalid",
            "/answers/E1b",
            "item_hidden",
        ),
        (but(&good, "/submission_id", json!(Uuid::nil())), 422, "invalid", "/submission_id", "uuid_version"),
        (but(&good, "/submission_id", json!("nonsense")), 422, "invalid", "", "shape"),
        (but(&good, "/answers/E1", json!(300)), 422, "invalid", "", "shape"),
        (but(&good, "/answers/E1", json!("2")), 422, "invalid", "", "shape"),
        (but(&good, "/name", json!("Anna")), 422, "invalid", "", "shape"),
        (json!([]), 422, "invalid", "", "shape"),
    ];
    for (body, status, code, pointer, fault) in cases {
        let (found, problem) = server.post(address, None, &body).await;
        assert_eq!((found, &problem["code"]), (status, &json!(code)), "{body}: {problem}");
        let faults = problem["errors"].as_array().expect("faults");
        assert!(faults.iter().any(|found| found["pointer"] == pointer && found["code"] == fault), "{body}: {problem}");
    }
    for (body, media, status, code) in [
        (b"{\"submission_id\":".to_vec(), "application/json", 400, "bad_json"),
        (b"\xff\xfe{}".to_vec(), "application/json", 400, "bad_json"),
        (Vec::new(), "application/json", 400, "bad_json"),
        ("[".repeat(10_000).into_bytes(), "application/json", 422, "invalid"),
        (good.to_string().into_bytes(), "text/plain", 415, "unsupported_media_type"),
        (vec![b' '; 65 << 10], "application/json", 413, "payload_too_large"),
    ] {
        let request = server.ask(Method::POST, address).header(header::CONTENT_TYPE, media).body(body);
        let reply = request.send().await.expect("an answer");
        assert_eq!(reply.headers()[header::CONTENT_TYPE], PROBLEM);
        assert_eq!(reply.status(), status, "{code}");
        let problem: Value = serde_json::from_str(&reply.text().await.expect("text")).expect("JSON");
        assert_eq!(problem["code"], code);
    }
    assert_eq!(server.post("/api/rounds/no-such-round/answers", None, &good).await.0, 404);
    assert_eq!(test.envelopes("round-2025").await, 0, "nothing was stored");

    // The code is still good; afterwards it is spent for everybody but the same submission.
    assert_eq!(server.post(address, None, &good).await.0, 201);
    let other = but(&good, "/submission_id", json!(Uuid::new_v4()));
    let (status, problem) = server.post(address, None, &other).await;
    assert_eq!((status, &problem["code"]), (409, &json!("code_spent")));
    let garbled = but(&but(&good, "/code", json!(wrong_code)), "/answers", json!({}));
    assert_eq!(server.post(address, None, &garbled).await.0, 201, "a repeat, whatever else it holds");
    test.now("2025-11-12T06:00:00Z");
    let late = but(&but(&good, "/submission_id", json!(Uuid::new_v4())), "/code", json!(fielded.letters[1].code));
    let (status, problem) = server.post(address, None, &late).await;
    assert_eq!((status, &problem["code"]), (409, &json!("round_not_open")));
    assert_eq!(test.envelopes("round-2025").await, 1);
}

#[tokio::test]
async fn questions_that_do_not_fit_are_refused_in_the_readers_language() {
    let Some(Place { test, server, .. }) = open(Engine::Sqlite).await else { return };
    for (path, status, code) in [
        ("/api/nothing", 404, "not_found"),
        ("/api/releases/R-1999-1", 404, "not_found"),
        ("/api/tables/TRY01/data.csv", 404, "not_found"),
        ("/api/comparisons?measure=I-LATE", 400, "bad_query"),
        ("/api/comparisons?measure=a&measure=b&area=1&from=1&to=2", 400, "bad_query"),
        ("/api/releases?who=me", 400, "bad_query"),
        ("/api/comparisons?measure=a&area=b&from=1&to=2", 404, "not_found"),
    ] {
        let reply =
            server.ask(Method::GET, path).header(header::ACCEPT_LANGUAGE, "en").send().await.expect("an answer");
        assert_eq!(
            (reply.status().as_u16(), &reply.headers()[header::CONTENT_TYPE]),
            (status, &PROBLEM.parse().expect("a value")),
            "{path}"
        );
        assert_eq!(reply.headers()[header::CONTENT_LANGUAGE], "en");
        let problem: Value = serde_json::from_str(&reply.text().await.expect("text")).expect("JSON");
        assert_eq!(problem["code"], code, "{path}");
        assert!(problem["instance"].as_str().expect("an id").starts_with("urn:uuid:"));
    }
    let reply = server.ask(Method::DELETE, "/api/rounds").send().await.expect("an answer");
    assert_eq!(reply.status(), 405);
    let allow = reply.headers()[header::ALLOW].to_str().expect("text").to_owned();
    assert!(allow.contains("GET") && allow.contains("POST"), "{allow}");
    let staff = token(&test.office, "all", &["fieldwork"]).await;
    let (status, problem) =
        server.post("/api/rounds/round-2025/transitions", Some(&staff), &json!({ "to": "everywhere" })).await;
    assert_eq!((status, &problem["code"]), (422, &json!("invalid")));
}

#[tokio::test]
async fn a_form_that_does_not_fit_comes_back_with_what_was_typed() {
    let Some(Place { server, fielded, test, .. }) = open(Engine::Sqlite).await else { return };
    let start = server.get("/sv/f").await;
    let cookie =
        start.headers()[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a pair").to_owned();
    let page = start.text().await.expect("text");
    let csrf = |page: &str| {
        page.split("name=\"csrf\" value=\"").nth(1).expect("a token").split('"').next().expect("ends").to_owned()
    };
    let token = csrf(&page);
    let send = |cookie: String, path: &'static str, body: Vec<u8>| {
        let request =
            server.ask(Method::POST, path).header(header::COOKIE, cookie).header("sec-fetch-site", "same-origin");
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
    };
    let with_code = |code: &str| format!("csrf={token}&code={code}").into_bytes();

    let wrong = send(cookie.clone(), "/sv/f", with_code("7K3M9QX2TX")).send().await.expect("an answer");
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.expect("text");
    assert!(page.contains("<title>Fel: ") && page.contains("value=\"7K3M9QX2TX\""), "the code as typed is kept");
    for hostile in ["%00", "%FF%FE", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "7K3M9QX2TW' OR 1=1 --"] {
        let reply = send(cookie.clone(), "/sv/f", with_code(hostile)).send().await.expect("an answer");
        assert_eq!(reply.status(), 422, "{hostile}");
        assert!(!reply.text().await.expect("text").contains("<script>"), "{hostile}");
    }
    for (body, status) in [
        (b"csrf=forged&code=7K3M9QX2TW".to_vec(), 403),
        (vec![b'a'; 5 << 10], 413),
        ("a=1&".repeat(300).into_bytes(), 413),
    ] {
        assert_eq!(send(cookie.clone(), "/sv/f", body).send().await.expect("an answer").status(), status);
    }

    let begun = send(cookie.clone(), "/sv/f", with_code(&fielded.letters[0].code)).send().await.expect("an answer");
    assert_eq!(begun.status(), 303, "the code is as good as before");
    let first = begun.headers()[header::LOCATION].to_str().expect("text").to_owned();
    let draft = begun.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let draft = draft
        .filter_map(|value| value.split(';').next())
        .find(|pair| pair.starts_with("__Host-f="))
        .expect("a draft")
        .to_owned();
    let page = server
        .ask(Method::GET, &first)
        .header(header::COOKIE, &draft)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("text");
    let hidden = |name: &str| {
        page.split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .expect("a field")
            .split('"')
            .next()
            .expect("ends")
            .to_owned()
    };
    let item = page
        .split("type=\"radio\" id=\"")
        .nth(1)
        .expect("an item")
        .split("name=\"")
        .nth(1)
        .expect("a name")
        .split('"')
        .next()
        .expect("ends")
        .to_owned();
    let body = format!("csrf={}&version={}&page={}&{item}=250", hidden("csrf"), hidden("version"), hidden("page"));
    let path: &'static str = Box::leak(first.into_boxed_str());
    let refused = send(draft.clone(), path, body.clone().into_bytes()).send().await.expect("an answer");
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.expect("text").contains("Välj ett av svaren i listan."));
    for hostile in ["version=00", "page=..%2F..%2Fetc", "nothing=1&nothing=2", "E1=%00"] {
        let reply = send(draft.clone(), path, format!("csrf={}&{hostile}", hidden("csrf")).into_bytes())
            .send()
            .await
            .expect("an answer");
        assert!(reply.status().as_u16() < 500, "{hostile}: {}", reply.status());
    }
    assert_eq!(test.envelopes("round-2025").await, 0);
}
