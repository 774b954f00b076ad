//! Who answered: desk counts come in, the accounting of every area adds up exactly, every rate stands
//! with its formula, and pages, files and programs tell the same.

use rstest::rstest;
use serde_json::{Value, json};
use trygg::{
    service::{desk, staff},
    survey::{accounting::RateKind, release::Release, round::Kind},
};

use crate::support::{
    Engine,
    office::TestOffice,
    people::DISTRICTS,
    server::{TestServer, token},
};

/// Over-coverage and blanks of every district.
fn counts(over_coverage: u64, blank: u64) -> String {
    let rows = DISTRICTS.iter().map(|of| format!("{},{over_coverage},{blank}\n", of.code)).collect::<String>();
    format!("area_code,over_coverage,blank\n{rows}")
}

/// S, O, B, C, P, I and M of an area.
fn accounted(release: &Release, area: &str) -> [u64; 7] {
    let response = release.head().responses.iter().find(|response| response.area == area).expect("an area");
    let of = &response.counts;
    [of.sampled, of.over_coverage, of.blank, of.complete, of.partial, of.insufficient, response.rest]
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_sampled_is_accounted_for_and_the_rates_move_with_the_desk(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    let fieldwork = token(&test.office, "fieldwork", &["fieldwork"]).await;
    let analyst = token(&test.office, "analyst", &["analyst"]).await;
    test.answered_by(&survey, test.plan(&survey, 2025), 0).await;
    let server = TestServer::start(test.office.clone());
    let enter = async |token: Option<&str>, round: &str, file: String| -> (u16, Value) {
        let path = format!("/api/rounds/{round}/desk-counts");
        let mut request = server.ask(reqwest::Method::POST, &path).header("content-type", "text/csv").body(file);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let reply = request.send().await.expect("an answer");
        let status = reply.status().as_u16();
        (status, serde_json::from_str(&reply.text().await.expect("text")).expect("JSON"))
    };
    assert_eq!(enter(None, "round-2025", counts(1, 1)).await.0, 401);
    assert_eq!(enter(Some(&analyst), "round-2025", counts(1, 1)).await.0, 403);
    assert_eq!(enter(Some(&fieldwork), "round-2031", counts(1, 1)).await.0, 404);

    // A fault anywhere: every line with its reason, nothing stored. District E has 24 of 48 left.
    let bad = counts(2, 1).replace("E,2,1", "E,20,5\nF,1,1").replace("A,2,1", "A,-2,1");
    let (status, problem) = enter(Some(&fieldwork), "round-2025", bad).await;
    assert_eq!((status, &problem["code"]), (422, &json!("import_refused")));
    let faults: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .expect("faults")
        .iter()
        .filter_map(|fault| Some((fault["pointer"].as_str()?, fault["code"].as_str()?)))
        .collect();
    assert_eq!(
        faults,
        [
            ("row:2,column:over_coverage", "count_negative"),
            ("row:6,column:over_coverage", "counts_exceed_sample"),
            ("row:7,column:area_code", "area_unknown")
        ]
    );
    assert_eq!(desk::newest(&test.office, "round-2025").await.expect("reads"), None, "nothing was stored");

    for (version, file) in [(1, counts(9, 9)), (2, counts(4, 3))] {
        let (status, entered) = enter(Some(&fieldwork), "round-2025", file).await;
        assert_eq!((status, &entered["version"]), (201, &json!(version)));
    }
    let first = test.release("round-2025", None).await.expect("is released");
    // The last version counts: 4 and 3 in each of five districts.
    assert_eq!(accounted(&first, "A"), [512, 4, 3, 256, 0, 0, 249]);
    assert_eq!(accounted(&first, "E"), [48, 4, 3, 24, 0, 0, 17]);
    assert_eq!(accounted(&first, "ALL"), [1_248, 20, 15, 624, 0, 0, 589]);
    let all = &first.head().responses[0];
    let rates: Vec<(RateKind, f64)> = all.rates.iter().map(|rate| (rate.kind, rate.percent())).collect();
    // 624/1 228; 624/1 248; (400·256/508 + 300·160/316 + 200·120/236 + 100·64/124 + 50·24/44)/1 050.
    let wanted = [(RateKind::Rr1, 50.8), (RateKind::Rr2, 50.8), (RateKind::Raw, 50.0), (RateKind::Weighted, 50.9)];
    assert_eq!(rates, wanted);
    assert!(first.head().responses[1..].iter().all(|of| of.rates.iter().all(|rate| rate.kind != RateKind::Weighted)));

    // Next round: more over-coverage, so the response rate rises by more than five points.
    test.answered_by(&survey, test.plan(&survey, 2026), 1).await;
    let fieldwork = staff::make_token(&test.office, "fieldwork", "a year later").await.expect("a token");
    let (status, _) = enter(Some(&fieldwork), "round-2026", counts(20, 0).replace("A,20", "A,200")).await;
    assert_eq!(status, 201);
    let second = test.release("round-2026", None).await.expect("is released");
    let told = second.change("p_unsafe", &trygg::stats::domain::Domain::everybody(), "2025").expect("is compared");
    assert_eq!(told.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>(), ["response_drop"]);

    // What programs read, and every page: one number of answers, one pair of age limits.
    let round = server.json("/api/rounds/round-2026").await;
    assert_eq!(round["responses"][0]["answered"], 624);
    assert_eq!(round["responses"][0]["rates"][1]["formula"], "RR2 = (C+P)/(S−O)");
    for page in
        ["/sv/", "/sv/areas", "/sv/areas/A", "/sv/indicators", "/sv/indicators/p_unsafe", "/sv/data", "/sv/method"]
    {
        let text = server.text(page).await;
        assert!(text.contains("624 svar på 1\u{a0}248 brev"), "{page}");
        assert!(text.contains("personer mellan 16 och 85 år"), "{page}");
        assert!(text.contains("RR2 = (C+P)/(S−O)"), "{page}: a rate has its formula");
    }
    let method = server.text("/sv/method").await;
    for words in ["id=\"response\"", "RR1 = C/(S−O), procent", "(C+P)/S, procent", "Σ N·RR2 / Σ N", "Övertäckning (O)"]
    {
        assert!(method.contains(words), "{words}");
    }
    let row = method.split("District A</th>").nth(1).expect("a row").split("</tr>").next().expect("ends").to_owned();
    let cells: Vec<&str> =
        row.split("<td class=\"figure\">").skip(1).filter_map(|cell| cell.split('<').next()).collect();
    assert_eq!(cells, ["512", "200", "0", "256", "0", "0", "56", "82,1", "82,1", "50,0"]);
    let groups = method.split("<h3>").nth(2).expect("the composition");
    let women = groups.split("Kvinna</th>").nth(1).expect("women").split("</tr>").next().expect("ends");
    assert!(women.contains(">310<") && women.contains(">50<") && women.contains(">50,0<"), "{women}");
    for page in ["/sv/indicators/p_unsafe", "/sv/", "/en/areas/A"] {
        let text = server.text(page).await;
        assert!(text.contains("/method#response"), "{page}: who answered is one click away");
    }
    assert!(server.text("/sv/indicators/p_unsafe").await.contains("svarsandelen är en annan"));
}

#[tokio::test]
async fn breaks_and_desk_counts_are_entered_on_the_console() {
    let Some(test) = TestOffice::new(Engine::Sqlite, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.answered_by(&survey, test.plan(&survey, 2025), 0).await;
    test.release("round-2025", None).await.expect("is released");
    token(&test.office, "fieldwork", &["fieldwork"]).await;
    token(&test.office, "analyst", &["analyst"]).await;
    let server = TestServer::start(test.office.clone());
    let (fieldwork, analyst) = (server.sign_in("fieldwork").await, server.sign_in("analyst").await);

    let desk = "/sv/console/rounds/round-2025/desk-counts";
    assert!(server.console(&fieldwork, "/sv/console/rounds/round-2025").await.1.contains(desk));
    assert_eq!(server.console(&analyst, desk).await.0, 403);
    let (status, page) = server.console(&fieldwork, desk).await;
    assert_eq!(status, 200);
    assert!(page.contains("A,0,0\nB,0,0\nC,0,0\nD,0,0\nE,0,0"), "a line an area waits to be filled in");
    let (status, page) = server.console_form(&fieldwork, desk, &[("counts", &counts(999, 0))]).await;
    assert_eq!(status, 422);
    assert!(page.contains("counts_exceed_sample") && page.contains("A,999,0"), "what was typed stays");
    let typed = counts(4, 3).replace('\n', "\r\n");
    assert_eq!(server.console_form(&fieldwork, desk, &[("counts", &typed)]).await.0, 303);
    let (_, page) = server.console(&fieldwork, desk).await;
    assert!(page.contains("Senast sparad: version 1") && page.contains("A,4,3"));

    let breaks = "/sv/console/breaks";
    let said = [("act", "declare"), ("code", "event"), ("from", "round-2025"), ("note", "En vecka av bränder")];
    let (status, page) = server.console(&fieldwork, breaks).await;
    assert!(status == 200 && !page.contains("<form"), "who is no analyst reads only");
    assert_eq!(server.console_form(&analyst, breaks, &said[..3]).await.0, 422);
    let (status, page) = server.console_form(&analyst, breaks, &said[..3]).await;
    assert!(status == 422 && page.contains("href=\"#note\"") && page.contains("note_missing"), "{page}");
    assert_eq!(server.console_form(&analyst, breaks, &said).await.0, 303);
    let (_, page) = server.console(&analyst, breaks).await;
    assert!(page.contains("En vecka av bränder") && page.contains("event: round-2025"));
    let id = page.split("<option value=\"").filter_map(|rest| rest.split('"').next()).find(|id| id.len() == 36);
    let back = [("act", "withdraw"), ("id", id.expect("an id")), ("note", "Det var en annan vecka")];
    assert_eq!(server.console_form(&analyst, breaks, &back).await.0, 303);
    let (_, page) = server.console(&analyst, breaks).await;
    assert!(page.contains("Tillbakataget av analyst"), "both stay in the list");
}
