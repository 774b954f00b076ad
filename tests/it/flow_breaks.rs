//! Rounds that cannot simply be compared: the reasons and caveats wherever a change stands, what a
//! bridge does and what taking it back does, and printed values that contradict each other.

use std::{collections::BTreeMap, fs};

use chrono::NaiveDate;
use rstest::rstest;
use serde_json::{Value, json};
use trygg::{
    service::{
        breaks::{self, BreakError},
        history,
        responses::{self, ImportPlan},
        rounds, staff,
    },
    stats::{
        compare::{Class, Verdict},
        domain::Domain,
    },
    survey::{breaks::Wanted, release::Release, round::Kind, staff::StaffMember},
};

use crate::support::{
    Engine,
    office::{Survey, TestOffice, project},
    people::{file, mapping},
    server::{TestServer, token},
};

const SEASON: &str = "mätningarna gjordes under olika årstider";
const ORDER: &str = "frågorna kommer i en annan ordning";

/// An account with these roles.
async fn member(test: &TestOffice, login: &str, roles: &[&str]) -> StaffMember {
    token(&test.office, login, roles).await;
    staff::by_login(&test.office, login).await.expect("reads").expect("an account")
}

/// Version 1.1 of the survey of the people: the questions of the second page come in another order.
async fn reordered(test: &TestOffice) -> Survey {
    let folder = test.file("oracle-1.1");
    fs::create_dir_all(&folder).expect("a folder");
    for entry in fs::read_dir(project("tests/oracle/questionnaire")).expect("the definition").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a file");
        let text = text
            .replace("version = \"1.0\"", "version = \"1.1\"")
            .replace("[\"q5\", \"q6\", \"q7\", \"q8\"] },", "[\"q8\", \"q6\", \"q7\", \"q5\"] },");
        fs::write(folder.join(entry.file_name()), text).expect("writes");
    }
    let set = test.people_survey("2025", "").await.set;
    let questionnaire = test.publish(&folder).await;
    test.survey(questionnaire, set, "people-1.1", |_| 300).await
}

/// Round 2025 in autumn with version 1.0, released, and round 2026 in spring with version 1.1.
async fn two_rounds(test: &TestOffice) {
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    test.release("round-2025", None).await.expect("is released");
    let survey = reordered(test).await;
    let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    let mut plan = test.plan(&survey, 2026);
    (plan.opens_on, plan.closes_on) = (date(3, 1), date(4, 15));
    rounds::create(&test.office, plan).await.expect("is planned");
    let (mapping, file) = (mapping().replace("\"1.0\"", "\"1.1\""), file(1));
    let import =
        ImportPlan { round: "round-2026", mapping: &mapping, file: file.as_bytes(), dry_run: false, allow_rejects: 0 };
    assert!(responses::import(&test.office, import).await.expect("imports").stored);
}

fn bridge() -> Wanted {
    let text = str::to_owned;
    Wanted {
        act: text("bridge"),
        code: text("order"),
        from: text("round-2025"),
        to: text("round-2026"),
        evidence: text("split_sample"),
        note: text("Half of them got the old order and answered alike"),
        ..Wanted::default()
    }
}

/// Code and class of the reasons for everybody, each once.
fn told(release: &Release, measure: &str) -> Vec<(String, Class)> {
    let change = release.change(measure, &Domain::everybody(), "2025").expect("is compared");
    let found: BTreeMap<String, Class> =
        change.reasons.iter().map(|reason| (reason.code.clone(), reason.class)).collect();
    found.into_iter().collect()
}

/// Rows of a CSV by their columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().expect("a header").clone();
    let row = |row: csv::StringRecord| columns.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|found| row(found.expect("a row"))).collect()
}

fn codes(comparison: &Value) -> Vec<(&str, &str)> {
    let reasons = comparison["reasons"].as_array().expect("reasons").iter();
    reasons.filter_map(|reason| Some((reason["code"].as_str()?, reason["class"].as_str()?))).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_caveat_and_a_refusal_stand_wherever_the_change_does(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    two_rounds(&test).await;
    let release = test.release("round-2026", None).await.expect("is released");
    let (order, season) = (("order".to_owned(), Class::Hard), ("season".to_owned(), Class::Soft));
    assert_eq!(told(&release, "idx_b"), [order.clone(), season.clone()]);
    assert_eq!(told(&release, "p_unsafe"), [season]);

    let server = TestServer::start(test.office.clone());
    // Every page that shows a change shows what to bear in mind with it, or why there is none.
    for (page, words) in [
        ("/sv/", &[SEASON, ORDER][..]),
        ("/sv/indicators", &[SEASON, ORDER]),
        ("/sv/indicators/p_unsafe", &[SEASON]),
        ("/sv/indicators/idx_b", &[ORDER]),
        ("/sv/areas/A", &[SEASON, ORDER]),
        ("/sv/method", &[SEASON, ORDER]),
        ("/en/indicators/p_unsafe", &["the surveys were carried out in different seasons"]),
    ] {
        let text = server.text(page).await;
        for words in words {
            assert!(text.contains(words), "{page} does not say “{words}”");
        }
    }
    let method = server.text("/sv/method").await;
    let parted = method.split("<tr>").find(|row| row.contains(ORDER)).expect("a row of the break");
    assert!(parted.contains("Jämförs inte") && parted.contains("idx_b") && !parted.contains("p_unsafe"), "{parted}");
    let refused = server.text("/sv/indicators/idx_b").await;
    assert!(refused.contains("Kan inte jämföras med 2025") && refused.contains(">brott</text>"));
    assert!(!refused.contains("class=\"trend\""), "no line over a break");
    let compared = server.text("/sv/indicators/p_unsafe").await;
    assert!(compared.contains("Att tänka på") && compared.contains("class=\"trend\""));

    let comparison = server.json("/api/comparisons?measure=p_unsafe&area=A&from=2025&to=2026").await;
    assert_eq!(codes(&comparison), [("season", "soft")]);
    assert_eq!(comparison["verdict"], "improved");
    let refused = server.json("/api/comparisons?measure=idx_b&area=A&from=2025&to=2026").await;
    assert_eq!(refused["verdict"], "not_comparable");
    assert!(codes(&refused).contains(&("order", "hard")) && codes(&refused).contains(&("season", "soft")));
    let keys = refused.as_object().expect("an object");
    for absent in ["difference", "ci", "p_class", "n"] {
        assert!(!keys.contains_key(absent), "{absent} is absent, not null");
    }

    // The files: the table marks the first value after the break, the change table gives the reasons.
    for path in ["/api/tables/ORA01C/data.csv?lang=sv", "/api/releases/R-2026-1-Demodata/tables/ORA01C.csv?lang=sv"] {
        let changes = rows(&server.text(path).await);
        assert!(changes.iter().all(|row| row["period"] == "2026" && row["compared_with"] == "2025"));
        let of = |measure: &str| {
            let found =
                changes.iter().find(|row| row["measure"] == measure && row["region"] == "A" && row["kon"] == "total");
            found.expect("a row").clone()
        };
        let (shown, refused) = (of("p_unsafe"), of("idx_b"));
        assert_eq!((shown["value"].as_str(), shown["verdict"].as_str()), ("-37.5", "improved"));
        assert_eq!((shown["status"].as_str(), shown["reason"].as_str()), ("", "season"));
        let figures = ["value", "lower", "upper", "n"].map(|column| refused[column].as_str());
        assert_eq!(figures, ["", "", "", ""]);
        assert_eq!((refused["status"].as_str(), refused["verdict"].as_str()), (".", "not_comparable"));
        assert_eq!(refused["reason"], "not_comparable;season;order");
    }
    let table = rows(&server.text("/api/tables/ORA01/data.csv").await);
    let marks: Vec<(&str, &str, &str)> = table
        .iter()
        .filter(|row| row["region"] == "A" && row["kon"] == "total" && row["measure"] == "idx_b")
        .map(|row| (row["period"].as_str(), row["status"].as_str(), row["reason"].as_str()))
        .collect();
    assert_eq!(marks, [("2025", "", ""), ("2026", "b", "order")]);
    assert!(table.iter().filter(|row| row["measure"] == "p_unsafe").all(|row| !row["status"].contains('b')));
    assert!(server.text("/sv/areas/A").await.contains("<span class=\"flag\">b</span>"));

    let listed = server.json("/api/breaks").await;
    let found: Vec<&Value> = listed["items"].as_array().expect("breaks").iter().collect();
    assert!(found.iter().all(|found| found["act"] == "found" && found["release"] == "R-2026-1-Demodata"));
    let order = found.iter().find(|found| found["code"] == "order").expect("the order");
    assert!(order["measures"].as_array().expect("measures").contains(&json!("idx_b")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bridge_lets_the_difference_be_told_with_its_note_until_it_is_taken_back(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    two_rounds(&test).await;
    let analyst = member(&test, "analyst", &["analyst"]).await;
    test.now("2026-05-01T08:00:00Z");
    let kept = breaks::declare(&test.office, &analyst, &bridge()).await.expect("is kept");
    let event = Wanted {
        act: "declare".to_owned(),
        code: "event".to_owned(),
        from: "round-2026".to_owned(),
        area: "B".to_owned(),
        note: "Fires in B".to_owned(),
        ..Wanted::default()
    };
    let event = breaks::declare(&test.office, &analyst, &event).await.expect("is kept");
    test.now("2026-05-02T08:00:00Z");
    let first = test.release("round-2026", None).await.expect("is released");
    assert_eq!(told(&first, "idx_all")[0], ("order".to_owned(), Class::Bridged));
    assert_eq!(first.head().declarations, [kept.clone(), event.clone()], "frozen by id");
    let change = first.change("idx_all", &Domain::everybody(), "2025").expect("is compared");
    assert!(change.difference.is_some() && change.verdict.is_some_and(|verdict| verdict != Verdict::NotComparable));

    let server = TestServer::start(test.office.clone());
    for page in ["/sv/", "/sv/indicators/idx_all", "/sv/areas/A", "/sv/indicators", "/sv/method"] {
        let text = server.text(page).await;
        assert!(text.contains("bedöms inte påverka jämförelsen") && text.contains(&kept.note), "{page}");
        assert!(text.contains("analyst, 1 maj 2026"), "{page}: who and when");
    }
    let in_b = server.text("/sv/areas/B").await;
    assert!(in_b.contains("något utanför mätningen kan ha påverkat svaren: ”Fires in B” (analyst, 1 maj 2026)"));
    assert!(!server.text("/sv/areas/A").await.contains("Fires in B"), "it was in B only");
    let there = server.json("/api/comparisons?measure=p_unsafe&area=B&from=2025&to=2026").await;
    assert_eq!(codes(&there), [("season", "soft"), ("event", "note")]);
    assert!(there["difference"].is_number());
    let comparison = server.json("/api/comparisons?measure=idx_all&area=A&from=2025&to=2026").await;
    let order = comparison["reasons"].as_array().expect("reasons").iter().find(|reason| reason["code"] == "order");
    let order = order.expect("the order");
    assert_eq!((&order["class"], &order["declared"]["note"]), (&json!("bridged"), &json!(kept.note)));
    assert!(comparison["difference"].is_number());
    let table = rows(&server.text("/api/tables/ORA01C/data.csv").await);
    let row = table.iter().find(|row| row["measure"] == "idx_all" && row["region"] == "A").expect("a row");
    assert!(!row["value"].is_empty() && row["reason"].contains("order"), "{row:?}");
    let table = rows(&server.text("/api/tables/ORA01/data.csv").await);
    let row = table.iter().find(|row| row["measure"] == "idx_all" && row["region"] == "A" && row["period"] == "2026");
    assert_eq!(row.expect("a row")["status"], "b", "a lifted break is still the first value after one");
    let page = server.text("/sv/indicators/idx_all").await;
    assert!(page.contains("class=\"trend\"") && page.contains(">brott</text>"), "a line and the mark of a break");

    let withdraw = Wanted {
        act: "withdraw".to_owned(),
        id: kept.id.to_string(),
        note: "The halves differed after all".to_owned(),
        ..Wanted::default()
    };
    test.now("2026-05-03T08:00:00Z");
    breaks::declare(&test.office, &analyst, &withdraw).await.expect("is taken back");
    test.now("2026-05-04T08:00:00Z");
    let second = test.release("round-2026", Some("bridge taken back")).await.expect("is corrected");
    assert_eq!(told(&second, "idx_all")[0], ("order".to_owned(), Class::Hard));
    assert_eq!(second.head().declarations, std::slice::from_ref(&event), "what still stands");
    let then = breaks::breaks_as_of(&test.office, first.head().created_at).await.expect("reads");
    assert_eq!(then.standing(), [kept.clone(), event], "as it stood at the first release");
    let said = server.json("/api/breaks").await;
    let said =
        said["items"].as_array().expect("breaks").iter().find(|said| said["act"] == "bridge").expect("is listed");
    assert_eq!(said["said"]["id"], kept.id.to_string());
    assert_eq!(said["withdrawn"]["note"], withdraw.note, "both rows stay");
    let again = breaks::declare(&test.office, &analyst, &withdraw).await.expect_err("no longer stands");
    assert!(matches!(again, BreakError::Refused(refused) if (refused.code, refused.field) == ("id_unknown", "id")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_names_nothing_or_comes_from_the_wrong_person_is_refused_with_its_field(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    two_rounds(&test).await;
    let analyst = member(&test, "analyst", &["analyst"]).await;
    let fieldwork = member(&test, "fieldwork", &["fieldwork"]).await;
    let refused =
        async |member: &StaffMember, wanted: Wanted| match breaks::declare(&test.office, member, &wanted).await {
            Err(BreakError::Refused(refused)) => (refused.code, refused.field),
            other => panic!("{other:?}"),
        };
    let with = |change: fn(&mut Wanted)| {
        let mut wanted = bridge();
        change(&mut wanted);
        wanted
    };
    assert_eq!(refused(&fieldwork, bridge()).await, ("not_allowed", "by"));
    assert_eq!(refused(&analyst, with(|w| w.from = "round-2001".into())).await, ("round_unknown", "from"));
    assert_eq!(refused(&analyst, with(|w| w.to = "round-2031".into())).await, ("round_unknown", "to"));
    assert_eq!(refused(&analyst, with(|w| w.measure = "I-LATE".into())).await, ("measure_unknown", "measure"));
    assert_eq!(refused(&analyst, with(|w| w.item = "E1".into())).await, ("item_unknown", "item"));
    assert_eq!(
        refused(&analyst, with(|w| (w.code, w.evidence) = ("survey".into(), String::new()))).await,
        ("not_bridgeable", "code")
    );
    let spelling =
        || Wanted { item: "q1".into(), act: "spelling".into(), ..with(|w| (w.code, w.evidence) = Default::default()) };
    breaks::declare(&test.office, &analyst, &spelling()).await.expect("is kept");
    assert_eq!(refused(&analyst, spelling()).await, ("same_person_twice", "by"));
    let event = || Wanted {
        act: "declare".into(),
        code: "event".into(),
        from: "round-2026".into(),
        note: "A".into(),
        ..Wanted::default()
    };
    assert_eq!(refused(&analyst, Wanted { area: "Z".into(), ..event() }).await, ("area_unknown", "area"));
    assert_eq!(breaks::declarations(&test.office).await.expect("reads").len(), 1, "only what was right is kept");

    // The same by REST: who asks comes first, then the field and the remedy.
    let server = TestServer::start(test.office.clone());
    let (ours, theirs) = (
        staff::make_token(&test.office, "analyst", "t").await.expect("a token"),
        staff::make_token(&test.office, "fieldwork", "t").await.expect("a token"),
    );
    let body = serde_json::to_value(with(|w| w.evidence.clear())).expect("JSON");
    assert_eq!(server.post("/api/breaks", None, &body).await.0, 401);
    assert_eq!(server.post("/api/breaks", Some(&theirs), &body).await.0, 403);
    let (status, problem) = server.post("/api/breaks", Some(&ours), &body).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/evidence")));
    assert_eq!(problem["errors"][0]["code"], "evidence_missing");
    let (status, kept) = server.post("/api/breaks", Some(&ours), &serde_json::to_value(bridge()).expect("JSON")).await;
    assert_eq!((status, &kept["act"], &kept["said"]["person"]), (201, &json!("bridge"), &json!("analyst")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn three_printed_values_of_2019_stand_side_by_side_and_none_is_subtracted(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let file = fs::read(project("survey-definitions/lulea-trygghet/history/published.csv")).expect("the history");
    history::import(&test.office, &file, "published.csv").await.expect("imports");
    // A corrected file is a later revision; what it repeats stands once.
    let more = "series,period,area,group,printed,unit,direction,source,note\n\
                LULEA-PI,2006,2580,all,2.03,index 0-6,lower_better,Luleå kommun,\n\
                HLV,2015-2018,2580,women,40,percent,lower_better,Folkhälsomyndigheten,\n\
                HLV,2017-2020,2580,women,40,percent,lower_better,Folkhälsomyndigheten,\n\
                HLV,2018-2021,2580,women,40,percent,lower_better,Folkhälsomyndigheten,\n";
    history::import(&test.office, more.as_bytes(), "more.csv").await.expect("imports");
    let server = TestServer::start(test.office.clone());
    let listed = server.json("/api/history").await;
    let of = |series: &str, period: &str| -> Vec<Value> {
        let items = listed["items"].as_array().expect("values").iter();
        items.filter(|value| value["series"] == series && value["period"] == period).cloned().collect()
    };
    let printed: Vec<Value> = of("LULEA-PI", "2019").iter().map(|value| value["printed"].clone()).collect();
    assert_eq!(printed, ["1.37", "1.40", "1.4"], "as printed, none rounded to another");
    assert!(of("LULEA-PI", "2019").iter().all(|value| value["contradicted"] == true && value["source"] != ""));
    assert_eq!(of("LULEA-PI", "2006").len(), 1);
    assert_eq!(
        (&of("LULEA-PI", "2006")[0]["revision"], &of("HLV", "2015-2018")[0]["revision"]),
        (&json!(1), &json!(2))
    );

    let home = server.text("/sv/").await;
    for words in ["1.37", "1.40", "1.21", "Vårt Luleå (winter 2019/20)", "Vårt Luleå (2024)", "Luleå Mål 2040"] {
        assert!(home.contains(words), "{words}");
    }
    assert!(home.contains("För 2019 har olika värden publicerats: 1.37, 1.40 och 1.4."));
    for difference in ["0,16", "0,19", "0,01", "+0", "−0"] {
        assert!(!home.contains(difference), "{difference} is a difference of printed values");
    }
    let ask =
        |series: &str, from: &str, to: &str| format!("/api/comparisons?measure={series}&area=2580&from={from}&to={to}");
    let refused = server.json(&ask("LULEA-PI", "2019", "2023")).await;
    assert_eq!(refused["verdict"], "not_comparable");
    assert_eq!(
        codes(&refused),
        [("ambiguous_history", "hard"), ("ambiguous_history", "hard"), ("no_variance", "hard")]
    );
    assert!(refused.get("difference").is_none() && refused.get("ci").is_none() && refused.get("p_class").is_none());
    let pooled = server.json(&ask("HLV", "2015-2018", "2017-2020")).await;
    assert_eq!(codes(&pooled), [("pooled_overlap", "hard"), ("no_variance", "hard")]);
    assert_eq!(server.get(&ask("LULEA-PI", "2019", "2031")).await.status(), 404);

    // One is marked, with a reason; all stay.
    let analyst = member(&test, "analyst", &["analyst"]).await;
    let mark = Wanted {
        act: "mark".into(),
        series: "LULEA-PI".into(),
        period: "2019".into(),
        area: "2580".into(),
        printed: "1.40".into(),
        source: "Vårt Luleå (2024)".into(),
        note: "Recounted by the police".into(),
        ..Wanted::default()
    };
    let other = Wanted { printed: "1.41".into(), ..mark.clone() };
    let refused = breaks::declare(&test.office, &analyst, &other).await.expect_err("was never printed");
    assert!(
        matches!(refused, BreakError::Refused(refused) if (refused.code, refused.field) == ("value_unknown", "printed"))
    );
    breaks::declare(&test.office, &analyst, &mark).await.expect("is marked");
    let refused = server.json(&ask("LULEA-PI", "2016", "2019")).await;
    assert_eq!(codes(&refused), [("ambiguous_history", "hard"), ("no_variance", "hard")], "2016 is not marked");
    let listed = server.json("/api/history").await;
    let holds: Vec<&Value> =
        listed["items"].as_array().expect("values").iter().filter(|value| value["holds"].is_object()).collect();
    assert_eq!((holds.len(), &holds[0]["printed"], &holds[0]["holds"]["note"]), (1, &json!("1.40"), &json!(mark.note)));
    let home = server.text("/sv/").await;
    for words in ["1.37", "1.40", "Recounted by the police", "För 2019 gäller 1.40 (Vårt Luleå (2024))."] {
        assert!(home.contains(words), "{words}");
    }
}
