//! Sign-off, corrections and damaged releases as they are met by REST and on pages.

use reqwest::{Method, header};
use rstest::rstest;
use serde_json::{Value, json};
use trygg::{
    service::staff,
    store::StoredResponse,
    survey::{round::Kind, staff::Organisation},
};

use uuid::Uuid;

use crate::support::{
    Engine,
    office::TestOffice,
    server::TestServer,
    signing::{PASSWORD, member, releaser, sign},
};

async fn opened(engine: Engine) -> Option<TestOffice> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let survey = test.people_survey("2025", "").await;
    test.signed_by(&["kommun", "polis"]).await;
    test.imported(test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    Some(test)
}

async fn token_of(test: &TestOffice, login: &str, organisation: &str, roles: &[&str]) -> String {
    member(&test.office, login, organisation, roles).await;
    staff::make_token(&test.office, login, "test").await.expect("a token")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_organisations_sign_by_token_and_password(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let server = TestServer::start(test.office.clone());
    let analyst = token_of(&test, "anna", "kommun", &["analyst"]).await;
    let kommun = token_of(&test, "kim", "kommun", &["releaser"]).await;
    let polis = token_of(&test, "pia", "polis", &["releaser"]).await;
    let planner = token_of(&test, "per", "kommun", &["fieldwork"]).await;

    let (status, made) = server.post("/api/releases", Some(&analyst), &json!({ "round": "round-2025" })).await;
    assert_eq!((status, &made["state"], &made["release"]), (202, &json!("waiting"), &json!("R-2025-1-Demodata")));
    assert_eq!(made["waiting_for"], json!(["kommun", "polis"]));
    let hash = made["body_sha256"].as_str().expect("a hash").to_owned();
    assert_eq!(server.get("/api/releases/R-2025-1-Demodata").await.status(), 404, "nothing is public");
    assert_eq!(server.json("/api/releases").await["items"], json!([]));

    let get = async |path: &str, token: Option<&str>| {
        let mut request = server.ask(Method::GET, path);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("an answer")
    };
    let candidate = "/api/releases/R-2025-1-Demodata/candidate";
    for (token, status) in [(None, 401), (Some(planner.as_str()), 403), (Some(&analyst), 200), (Some(&polis), 200)] {
        assert_eq!(get(candidate, token).await.status(), status);
    }
    assert_eq!(get("/api/releases/R-2025-9/candidate", Some(&polis)).await.status(), 404);
    let file = get(&format!("{candidate}/file"), Some(&polis)).await;
    assert_eq!(file.headers()[header::CACHE_CONTROL], "no-store");
    let body = file.bytes().await.expect("bytes");
    let found: String = <sha2::Sha256 as sha2::Digest>::digest(&body).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(found, hash);

    let sign_offs = "/api/releases/R-2025-1-Demodata/sign-offs";
    let word = |password: &str, hash: &str| json!({ "password": password, "body_sha256": hash });
    let refused = async |token: Option<&str>, body: Value| {
        let (status, problem) = server.post(sign_offs, token, &body).await;
        let code = problem["errors"][0]["code"].as_str().unwrap_or_default().to_owned();
        (status, problem["code"].as_str().expect("a code").to_owned(), code)
    };
    let told = |status, code: &str, fault: &str| (status, code.to_owned(), fault.to_owned());
    assert_eq!(refused(None, word(PASSWORD, &hash)).await, told(401, "unauthenticated", ""));
    assert_eq!(refused(Some(&analyst), word(PASSWORD, &hash)).await, told(403, "forbidden", ""));
    assert_eq!(refused(Some(&kommun), word("wrong", &hash)).await, told(422, "invalid", "password_wrong"));
    assert_eq!(refused(Some(&kommun), word(PASSWORD, "")).await, told(409, "sign_off_conflict", "body_differs"));
    let empty = json!({ "password": PASSWORD, "refusal": " " });
    assert_eq!(refused(Some(&kommun), empty).await, told(422, "invalid", "reason_missing"));
    assert_eq!(refused(Some(&kommun), json!({ "password": PASSWORD, "x": 1 })).await, told(422, "invalid", "shape"));

    let (status, now) = server.post(sign_offs, Some(&kommun), &word(PASSWORD, &hash)).await;
    assert_eq!((status, &now["waiting_for"]), (201, &json!(["polis"])), "{now}");
    let again = told(409, "sign_off_conflict", "organisation_signed");
    assert_eq!(refused(Some(&kommun), word(PASSWORD, &hash)).await, again);
    let (status, now) = server.post(sign_offs, Some(&polis), &word(PASSWORD, &hash)).await;
    assert_eq!((status, &now["state"], &now["gate"]), (201, &json!("released"), &Value::Null));
    let over = told(409, "sign_off_conflict", "candidate_released");
    assert_eq!(refused(Some(&polis), word(PASSWORD, &hash)).await, over);
    assert_eq!(get(&format!("{candidate}/file"), Some(&polis)).await.status(), 404);

    let manifest = server.json("/api/releases/R-2025-1-Demodata").await;
    let key = test.office.release_key().to_string();
    assert_eq!((&manifest["key"], &server.json("/api/releases").await["release_key"]), (&json!(key), &json!(key)));
    let who = |signer: &Value| (signer["organisation"].clone(), signer["body_sha256"].clone());
    let signers: Vec<_> = manifest["signers"].as_array().expect("signers").iter().map(who).collect();
    assert_eq!(signers, [(json!("kommun"), json!(hash)), (json!("polis"), json!(hash))]);
    let page = server.text("/en/r/R-2025-1-Demodata").await;
    assert!(page.contains("Signed off by the municipality and the police") && page.contains(&key));
    assert!(server.text("/sv/method").await.contains(&key));
    // Wrong passwords are counted as failed sign-ins are.
    server.post("/api/releases", Some(&analyst), &json!({ "round": "round-2025", "reason": "again" })).await;
    let next = "/api/releases/R-2025-2-Demodata/sign-offs";
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(server.post(next, Some(&polis), &word("wrong", &hash)).await.0);
    }
    assert!(statuses.contains(&422) && statuses.last() == Some(&429), "{statuses:?}");
}

/// A correction that brings in 32 answers of one cell of district A, all of them unsafe.
async fn corrected(engine: Engine) -> Option<TestOffice> {
    let test = opened(engine).await?;
    test.release("round-2025", None).await.expect("is released");
    let round = test.round("round-2025").await;
    let plan = &round.plan.questionnaire;
    let questionnaire =
        test.office.catalogue.find(&test.office.database, &plan.id, &plan.version).await.expect("is there");
    let class = questionnaire.class();
    let (area, age, sex) = (class.area.expect("areas"), class.age.expect("ages"), class.sex.expect("sexes"));
    let item = questionnaire.items().iter().position(|item| item.id == "q1").expect("q1");
    let kept = test.responses("round-2025").await;
    let cell = kept.iter().filter(|of| (of.sheet[area], of.sheet[age], of.sheet[sex.item]) == (1, 1, sex.woman));
    let late: Vec<StoredResponse> = cell
        .map(|of| {
            let mut sheet = of.sheet.clone();
            sheet[item] = 5;
            StoredResponse { id: Uuid::new_v4().into(), sheet }
        })
        .collect();
    assert_eq!(late.len(), 32);
    let mut tx = test.office.database.begin().await.expect("begins");
    tx.responses().insert_many(round.id, &late).await.expect("inserts");
    tx.commit().await.expect("commits");
    test.now("2025-12-20T08:00:00Z");
    test.release("round-2025", Some("32 answers were left behind")).await.expect("is corrected");
    Some(test)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_correction_tells_every_figure_that_differs(#[case] engine: Engine) {
    let Some(test) = corrected(engine).await else { return };
    let server = TestServer::start(test.office.clone());
    let changes = server.json("/api/releases/R-2025-2-Demodata/changes").await;
    assert_eq!(changes["supersedes"], "R-2025-1-Demodata");
    assert_eq!(
        (&changes["reason"], &changes["created_at"]),
        (&json!("32 answers were left behind"), &json!("2025-12-20T08:00:00Z"))
    );
    let listed = changes["changes"].as_array().expect("changes");
    // Every figure of the two files that is not the same stands in the list, and no other.
    let records = async |id: &str| {
        let file = server.json(&format!("/api/releases/{id}/file")).await;
        file["payload"]["body"]["table"]["records"].as_array().expect("records").clone()
    };
    let (old, new) = (records("R-2025-1-Demodata").await, records("R-2025-2-Demodata").await);
    let key = |record: &Value| {
        let domain = &record["domain"];
        let codes: Vec<&str> = ["sex", "age", "tenure"].iter().filter_map(|part| domain[part].as_str()).collect();
        let area = domain["area"].as_str().unwrap_or("ALL").to_owned();
        (record["measure"].as_str().expect("a measure").to_owned(), area, codes.join(","))
    };
    let mut wanted = 0;
    for (before, after) in old.iter().zip(&new) {
        assert_eq!(key(before), key(after));
        let parts = ["value", "lower", "upper", "n", "rounded_to", "status"];
        if parts.iter().any(|part| before[part] != after[part]) {
            let (measure, area, group) = key(after);
            let told = listed.iter().find(|told| {
                (told["measure"] == measure.as_str())
                    && told["area"] == area.as_str()
                    && told["group"] == group.as_str()
            });
            let told = told.unwrap_or_else(|| panic!("{measure} {area} {group} is not told"));
            assert_eq!((&told["old"]["value"], &told["new"]["value"]), (&before["value"], &after["value"]));
            assert_eq!((&told["old"]["n"], &told["new"]["n"]), (&before["n"], &after["n"]));
            wanted += 1;
        }
    }
    assert!(wanted > 5);
    assert_eq!(listed.len(), wanted);
    assert_eq!(server.get("/api/releases/R-2025-1-Demodata/changes").await.status(), 404, "it corrects nothing");

    let page = server.text("/en/corrections").await;
    assert!(page.contains("has replaced"));
    assert!(page.contains("32 answers were left behind") && page.contains("/en/r/R-2025-2-Demodata/changes"));
    let page = server.text("/sv/r/R-2025-2-Demodata/changes").await;
    assert_eq!(page.matches("<tr><th scope=\"row\">").count(), wanted);
    assert!(page.contains("32 answers were left behind"));
    assert!(server.text("/en/r/R-2025-1-Demodata").await.contains("has been replaced by"));
    assert!(server.text("/en/r/R-2025-2-Demodata").await.contains("/en/r/R-2025-2-Demodata/changes"));
    assert!(server.text("/sv/data").await.contains("/sv/corrections"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_damaged_release_is_a_503_and_never_a_number(#[case] engine: Engine) {
    let Some(test) = corrected(engine).await else { return };
    let flip = match engine {
        Engine::Sqlite => "UPDATE releases SET bytes = CAST(replace(CAST(bytes AS TEXT), '50.0', '51.0') AS BLOB)",
        Engine::Postgres => {
            "UPDATE releases SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '50.0', '51.0'), 'UTF8')"
        }
    };
    assert_eq!(test.test.tamper(&format!("{flip} WHERE id = 'R-2025-1-Demodata'")).await, 1);
    // A process that has not read it yet.
    let server = TestServer::start(test.another_process().await);
    for path in ["/en/r/R-2025-1-Demodata", "/en/r/R-2025-2-Demodata/changes", "/en/corrections"] {
        let reply = server.get(path).await;
        assert_eq!(reply.status(), 503, "{path}");
        let page = reply.text().await.expect("text");
        assert!(page.contains("The figures cannot be shown"), "{path}");
        assert!(!page.contains("51") && !page.contains("50.0") && !page.contains("<table"), "{path}: {page}");
    }
    for path in ["", "/file", "/tables/ORA01.csv"] {
        let reply = server.get(&format!("/api/releases/R-2025-1-Demodata{path}")).await;
        assert_eq!(reply.status(), 503, "{path}");
        let problem: Value = serde_json::from_str(&reply.text().await.expect("text")).expect("JSON");
        assert_eq!(problem["code"], "release_damaged");
    }
    // What is current is sound, and stays readable.
    for path in ["/en/", "/en/r/R-2025-2-Demodata", "/en/data", "/api/releases"] {
        assert_eq!(server.get(path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_release_from_before_signatures_stays_readable_and_is_marked() {
    let test = opened(Engine::Sqlite).await.expect("a file");
    let release = test.release("round-2025", None).await.expect("is released");
    let mut body: Value = serde_json::from_slice(release.body()).expect("JSON");
    body["head"].as_object_mut().expect("a head").remove("origin").expect("an origin");
    let first = test.back_in_time(&body).await;
    let server = TestServer::start(test.another_process().await);
    let page = server.text("/en/r/R-2025-1-Demodata").await;
    assert!(page.contains("made before releases were signed") && page.contains("Nobody has signed the release off"));
    let manifest = server.json("/api/releases/R-2025-1-Demodata").await;
    assert_eq!((&manifest["key"], &manifest["signers"]), (&Value::Null, &json!([])));
    assert!(manifest["notices"].as_array().expect("notices").contains(&json!("unsigned")));
    assert_eq!(server.text("/api/releases/R-2025-1-Demodata/file").await, first);
}

/// A browser's session on the console.
struct Session<'s> {
    server: &'s TestServer,
    cookie: String,
}

impl<'s> Session<'s> {
    async fn of(server: &'s TestServer, login: &str) -> Self {
        let mut session = Self { server, cookie: String::new() };
        session.get("/en/console/sign-in").await;
        session.post("/en/console/sign-in", "/en/console/sign-in", &[("login", login), ("password", PASSWORD)]).await;
        session
    }

    async fn ask(&mut self, method: Method, path: &str, form: Option<Vec<(String, String)>>) -> (u16, String) {
        let mut request = self.server.ask(method, path).header("sec-fetch-site", "same-origin");
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, self.cookie.clone());
        }
        if let Some(form) = form {
            request = request.form(&form);
        }
        let reply = request.send().await.expect("an answer");
        if let Some(set) = reply.headers().get(header::SET_COOKIE) {
            set.to_str().expect("text").split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
        (reply.status().as_u16(), reply.text().await.expect("text"))
    }

    async fn get(&mut self, path: &str) -> (u16, String) {
        self.ask(Method::GET, path, None).await
    }

    /// Posts a form of the page `from`, with its token.
    async fn post(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let (_, page) = self.get(from).await;
        let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let mut form = vec![("csrf".to_owned(), token.expect("a token").to_owned())];
        form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.ask(Method::POST, to, Some(form)).await
    }
}

#[tokio::test]
async fn the_console_shows_what_is_signed_and_asks_for_the_password_again() {
    let test = opened(Engine::Sqlite).await.expect("a file");
    let server = TestServer::start(test.office.clone());
    member(&test.office, "anna", "kommun", &["analyst"]).await;
    releaser(&test.office, Organisation::Kommun).await;
    let mut analyst = Session::of(&server, "anna").await;
    let (status, _) = analyst.post("/en/console/rounds/round-2025", "/en/console/rounds/round-2025/release", &[]).await;
    assert_eq!(status, 303);
    let here = "/en/console/releases/R-2025-1-Demodata";
    let (status, page) = analyst.get(here).await;
    assert_eq!(status, 200);
    assert!(!page.contains("password-sign"), "who composed it has no form");
    assert!(analyst.get("/en/console/rounds/round-2025").await.1.contains(here));

    let mut kommun = Session::of(&server, "releaser-kommun").await;
    assert!(kommun.get("/en/console").await.1.contains(here), "what waits is on the first page");
    let (_, page) = kommun.get(here).await;
    let hash = page.split("name=\"hash\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a hash");
    let body = test_body(&test).await;
    assert_eq!(hash, body.hash_text());
    let gate = &body.head().gate;
    assert!(page.contains(&format!("{} shown, {} withheld, {} uncertain", gate.shown, gate.withheld, gate.flagged)));
    assert!(page.contains("Has not signed yet: the police") && page.contains("Sign for the municipality"));
    assert_eq!(kommun.get(&format!("{here}/file")).await.1.as_bytes(), body.bytes());
    let sign_here = format!("{here}/sign");
    let (status, page) =
        kommun.post(here, &sign_here, &[("word", "sign"), ("hash", hash), ("password", "wrong")]).await;
    assert_eq!((status, page.contains("The password is not right.")), (422, true));
    let (status, page) = kommun.post(here, &sign_here, &[("word", "refuse"), ("password", PASSWORD)]).await;
    assert_eq!((status, page.contains("Say why you refuse.")), (422, true));
    let (status, _) = kommun.post(here, &sign_here, &[("word", "sign"), ("hash", hash), ("password", PASSWORD)]).await;
    assert_eq!(status, 303);
    assert!(kommun.get(here).await.1.contains("Signed: the municipality, 15 December 2025"));
    let (status, page) =
        kommun.post("/en/console", &sign_here, &[("word", "sign"), ("hash", hash), ("password", PASSWORD)]).await;
    assert_eq!((status, page.contains("Your organisation has signed already.")), (409, true));
    sign(&test.office, &body, Organisation::Polis).await;
    let (_, page) = kommun.get(here).await;
    assert!(page.contains("The release is public.") && page.contains("/en/r/R-2025-1-Demodata"));
    assert!(!page.contains("password-sign"));
    // A stranger to sign-off sees nothing of it.
    member(&test.office, "per", "kommun", &["fieldwork"]).await;
    let mut planner = Session::of(&server, "per").await;
    assert_eq!(planner.get(here).await.0, 403);
    assert_eq!(server.get(here).await.status(), 303, "who is not signed in is sent to the door");
}

async fn test_body(test: &TestOffice) -> trygg::survey::release::Body {
    let found = trygg::service::signing::find(&test.office, "R-2025-1-Demodata").await.expect("waits");
    found.body.expect("has figures")
}
