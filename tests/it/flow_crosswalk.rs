//! How an old set of areas lies in a new one: imported whole or refused by line, revision by revision;
//! and rounds of the old areas that are told for the new ones, where their answers tell.
use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::{Value, json};
use trygg::{
    service::{
        areas::AreasError,
        crosswalks::{self, CrosswalkImport},
        published,
        releasing::{AreasRefused, ReleaseError},
        verifying,
    },
    stats::{
        compare::Reason,
        domain::{Domain, DomainKind},
        estimate::EstimateRecord,
    },
    survey::{
        release::{Release, corrected, ledger},
        round::{AreaSetRef, Kind},
    },
};

use crate::support::{
    Engine,
    office::{Survey, TestOffice, project},
    people::{self, DISTRICTS, mapping},
    server::{TestServer, token},
};

const UNSAFE: &str = "p_unsafe";

fn newer() -> AreaSetRef {
    AreaSetRef { id: "flow".to_owned(), version: "2027".to_owned() }
}

fn district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.to_owned()), ..Domain::everybody() }
}

/// Says in which newer areas the old districts lie: whole ones, as `A>N`.
async fn walk(test: &TestOffice, lines: &[(&str, &str, u64)]) -> i64 {
    let rows = lines.iter().map(|(old, new, persons)| format!("{old},{new},{persons}\n"));
    let file = format!("old_code,new_code,persons\n{}", rows.collect::<String>());
    let import = CrosswalkImport { from: ("flow", "2025"), to: ("flow", "2027"), population: Some("people-2025") };
    crosswalks::import(&test.office, file.as_bytes(), import).await.expect("imports").1
}

/// A released round of the old districts, and newer areas.
async fn held(test: &TestOffice, areas: &[(&str, &str)]) -> (Survey, Release) {
    let survey = test.people_survey("2025", "").await;
    test.answered_by(&survey, test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    let first = test.release("round-2025", None).await.expect("is released");
    test.area_set("2027", areas).await;
    (survey, first)
}

/// Unrounded estimates behind a release, of one measure by area.
async fn internal(test: &TestOffice, release: &Release, measure: &str) -> BTreeMap<String, EstimateRecord> {
    let id = &release.head().id;
    let stored = test.office.database.read().await.expect("begins").estimates_internal().find(id).await;
    let document: Value = serde_json::from_slice(&stored.expect("reads").expect("is kept")).expect("JSON");
    let place = document["measures"].as_array().and_then(|ids| ids.iter().position(|id| id == measure));
    let records: Vec<EstimateRecord> = serde_json::from_value(document["records"].clone()).expect("records");
    let own = records.into_iter().filter(|record| Some(record.measure) == place);
    let districts = own.filter(|record| record.domain.kind == DomainKind::District);
    districts.map(|record| (record.domain.area.clone().expect("an area"), record)).collect()
}

/// Why the areas' figures do not compare, of those reasons that areas give.
fn area_reasons(release: &Release, area: &str) -> Vec<Reason> {
    let change = release.change(UNSAFE, &district(area), "2025").expect("is compared");
    let found = change.reasons.iter().filter(|reason| reason.code.starts_with("area_"));
    found.cloned().collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_old_set_in_a_new_one_is_checked_against_its_population_and_kept(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    // Districts A to E with 8 cells of 400, 300, 200, 100 and 50 persons.
    test.people_survey("2025", "").await;
    test.area_set("2027", &[("N", "1"), ("S", "2")]).await;
    let import = CrosswalkImport { from: ("flow", "2025"), to: ("flow", "2027"), population: Some("people-2025") };
    let whole = "old_code,new_code,persons\nA,N,3200\nB,N,2400\nC,S,1600\nD,S,800\nE,S,400\n";

    let lost = whole.replace("C,S,1600", "C,S,1500").replace("E,S,400", "E,S,400\nF,S,1");
    let refused = crosswalks::import(&test.office, lost.as_bytes(), import).await.expect_err("somebody is lost");
    let AreasError::Refused { faults, .. } = refused else { panic!("{refused}") };
    let told: Vec<_> = faults.iter().map(|fault| (fault.code, fault.row)).collect();
    assert_eq!(told, [("old_code_unknown", Some(7)), ("persons_lost", Some(4))]);

    let (walk, revision) = crosswalks::import(&test.office, whole.as_bytes(), import).await.expect("imports");
    assert_eq!((revision, walk.obstacle()), (1, None));
    let merges = walk.merges().expect("nothing is split");
    assert_eq!(merges["N"].iter().map(String::as_str).collect::<Vec<_>>(), ["A", "B"]);
    let again = crosswalks::import(&test.office, whole.as_bytes(), import).await.expect("imports");
    assert_eq!(again.1, 1, "the same contents change nothing");

    let split = whole.replace("C,S,1600", "C,N,600\nC,S,1000");
    let (walk, revision) = crosswalks::import(&test.office, split.as_bytes(), import).await.expect("imports");
    assert_eq!(revision, 2);
    assert!(walk.merges().is_none());
    assert!(walk.obstacle().is_some_and(|obstacle| obstacle.to_string().starts_with("C lies in N and S")));
    let mut tx = test.office.database.read().await.expect("begins");
    let newest = crosswalks::newest(&mut tx, &walk.from, &walk.to).await.expect("reads");
    assert_eq!(newest, Some((walk.clone(), 2)));
    assert_eq!(crosswalks::newest(&mut tx, &walk.to, &walk.from).await.expect("reads"), None);
    drop(tx);

    let unknown = CrosswalkImport { to: ("flow", "2031"), ..import };
    let refused = crosswalks::import(&test.office, whole.as_bytes(), unknown).await.expect_err("no such set");
    assert!(
        matches!(refused, AreasError::UnknownSet(id, version) if (id.as_str(), version.as_str()) == ("flow", "2031"))
    );
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_is_told_for_newer_areas_that_are_made_of_its_districts(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let (survey, first) = held(&test, &[("A", "A1 B1"), ("S", "C1 D1 E1")]).await;

    // What cannot be is refused in words, and nothing is stored.
    let refused = async |areas: &AreaSetRef| match test.redrawn("round-2025", "borders moved", areas).await {
        Err(ReleaseError::Areas(refused)) => refused,
        other => panic!("{other:?}"),
    };
    let unknown = AreaSetRef { version: "2031".to_owned(), ..newer() };
    assert_eq!(refused(&unknown).await.code(), "area_set_unknown");
    assert_eq!(refused(&newer()).await.code(), "crosswalk_missing");
    walk(
        &test,
        &[("A", "A", 3_200), ("B", "A", 2_400), ("C", "A", 600), ("C", "S", 1_000), ("D", "S", 800), ("E", "S", 400)],
    )
    .await;
    let split = refused(&newer()).await;
    assert!(matches!(split, AreasRefused::Split { .. }), "{split}");
    assert!(split.to_string().contains("C lies in A and S; answers know no smaller areas"), "{split}");
    let whole = [("A", "A", 3_200), ("B", "A", 2_400), ("C", "S", 1_600), ("D", "S", 800), ("E", "S", 400)];
    assert_eq!(walk(&test, &whole).await, 2);
    let silent = test.redrawn("round-2025", "  ", &newer()).await.expect_err("why");
    assert!(matches!(silent, ReleaseError::NoReason(_)), "{silent}");

    let second = test.redrawn("round-2025", "borders moved", &newer()).await.expect("is released");
    let head = second.head();
    assert_eq!(head.supersedes.as_deref(), Some(first.head().id.as_str()));
    let areas: Vec<&str> = head.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!((areas, &head.key.area_set), (vec!["ALL", "A", "S"], &newer()));
    let redrawn = head.redrawn.as_ref().expect("is told");
    assert_eq!((redrawn.from.version.as_str(), &redrawn.to, redrawn.crosswalk), ("2025", &newer(), 2));
    assert!(second.record(UNSAFE, &district("B")).is_none(), "no old district is left");

    // Weights and strata are the old districts': what holds of independent strata holds to the last digits.
    for measure in [UNSAFE, "idx_a"] {
        let (old, new) = (internal(&test, &first, measure).await, internal(&test, &second, measure).await);
        for (area, parts) in [("A", ["A", "B"].as_slice()), ("S", &["C", "D", "E"])] {
            let parts: Vec<&EstimateRecord> = parts.iter().map(|part| &old[*part]).collect();
            let whole: f64 = parts.iter().map(|part| part.sum_w).sum();
            let mean: f64 = parts.iter().map(|part| part.sum_w / whole * part.estimate.expect("is there")).sum();
            let variance: f64 = parts.iter().map(|part| (part.sum_w / whole * part.se.expect("has one")).powi(2)).sum();
            let found = &new[area];
            assert!((found.estimate.expect("is there") - mean).abs() < 1e-12 * mean, "{measure} {area}");
            assert!((found.se.expect("has one") - variance.sqrt()).abs() < 1e-9 * variance.sqrt(), "{measure} {area}");
            assert_eq!(found.valid, parts.iter().map(|part| part.valid).sum::<u64>());
        }
        assert_eq!(
            first.record(measure, &Domain::everybody()),
            second.record(measure, &Domain::everybody()),
            "everybody is as before"
        );
    }
    // Twice as many letters as answers in each old district.
    let counts = |release: &Release| -> Vec<(String, u64, u64)> {
        let of = |response: &trygg::survey::release::Response| {
            (response.area.clone(), response.counts.sampled, response.answered)
        };
        release.head().responses.iter().map(of).collect()
    };
    let wanted = [("ALL", 1_248, 624), ("A", 832, 416), ("S", 416, 208)].map(|(area, s, n)| (area.to_owned(), s, n));
    assert_eq!(counts(&second), wanted);
    assert_eq!(counts(&first)[0], wanted[0]);
    assert_eq!(first.head().responses[0], head.responses[0], "every rate of everybody is as before");
    let stored = test.office.database.read().await.expect("begins").ledger().find(&head.id).await;
    let stored = stored.expect("reads").expect("is kept");
    let entry = ledger::read(&head.id, &stored, test.office.release_key()).expect("is the office's");
    assert_eq!(entry.geography["A"], ["A", "B"]);
    assert!(entry.atoms.iter().any(|atom| atom.area.as_deref() == Some("E")), "atoms are of the old districts");

    // Whatever is imported later, each release is what it was.
    walk(&test, &[("A", "S", 3_200), ("B", "A", 2_400), ("C", "S", 1_600), ("D", "S", 800), ("E", "S", 400)]).await;
    for release in [&first, &second] {
        verifying::recompute(&test.office, release).await.expect("is the same");
        assert_eq!(published::find(&test.office, &release.head().id).await.expect("is kept").bytes(), release.bytes());
    }
    let back = test.redrawn("round-2025", "as it was held", &survey.set.reference()).await.expect("is released");
    assert_eq!((&back.head().redrawn, &back.head().areas), (&None, &first.head().areas));
    assert_eq!(back.table().records(), first.table().records());
}

/// The people of `round` in other districts than they are said to live in.
async fn held_elsewhere(test: &TestOffice, survey: &Survey, year: i32, round: usize, districts: [&str; 5]) {
    let codes = DISTRICTS.iter().zip(districts).map(|(of, code)| format!("\"{}\" = \"{code}\"", of.code));
    let codes = codes.collect::<Vec<_>>().join(", ");
    let line = |line: &str| {
        if !line.starts_with("area = ") {
            return line.to_owned();
        }
        format!("area = {{ column = \"area\", codes = {{ {codes} }} }}")
    };
    let mapping: Vec<String> = mapping().lines().map(line).collect();
    test.imported_by(test.plan(survey, year), round, &mapping.join("\n")).await;
}

/// A released round of four districts none of which is withheld: the few of E live in D.
async fn held_by_four(test: &TestOffice) -> (Survey, Release) {
    let questionnaire = test.publish(&project("tests/oracle/questionnaire")).await;
    let set = test.area_set("2025", &[("A", "A1"), ("B", "B1"), ("C", "C1"), ("D", "D1")]).await;
    let survey = test.survey(questionnaire, set, "people-2025", |code| people::district(code).persons).await;
    held_elsewhere(test, &survey, 2025, 0, ["A", "B", "C", "D", "D"]).await;
    test.now("2025-12-15T08:00:00Z");
    let release = test.release("round-2025", None).await.expect("is released");
    (survey, release)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_name_the_areas_by_rest_and_on_the_command_line() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    held_by_four(&test).await;
    test.area_set("2027", &[("N", "A1 B1"), ("S", "C1 D1")]).await;
    let server = TestServer::start(test.office.clone());
    let analyst = token(&test.office, "anna", &["analyst"]).await;
    let post = async |version: &str| {
        let wanted = json!({ "round": "round-2025", "reason": "Borders moved", "area_set": ["flow", version] });
        let (status, body) = server.post("/api/releases", Some(&analyst), &wanted).await;
        let fault = |part: &str| body["errors"][0][part].as_str().unwrap_or_default().to_owned();
        (status, fault("code"), fault("detail"), body["redrawn"]["crosswalk"].as_i64())
    };
    let (status, code, ..) = post("2031").await;
    assert_eq!((status, code.as_str()), (422, "area_set_unknown"));
    let (status, code, ..) = post("2027").await;
    assert_eq!((status, code.as_str()), (409, "crosswalk_missing"));
    let run = |areas: &str| test.run(&["release", "round-2025", "--reason", "Borders moved", "--areas", areas], "");
    assert_eq!(run("flow").0, 2, "a set has a version");
    let (code, text) = run("flow/2027");
    assert!(code == 1 && text.contains("crosswalk_missing"), "{text}");
    walk(&test, &[("A", "N", 3_200), ("B", "N", 2_400), ("C", "S", 1_000), ("C", "N", 600), ("D", "S", 800)]).await;
    let (status, code, detail, _) = post("2027").await;
    assert_eq!((status, code.as_str()), (409, "areas_split"));
    assert!(detail.contains("C lies in S and N"), "{detail}");
    let (code, text) = run("flow/2027");
    assert!(code == 1 && text.contains("areas_split") && text.contains("C lies in S and N"), "{text}");

    let anna = server.sign_in("anna").await;
    let act = ("/sv/console/rounds/round-2025", "/sv/console/rounds/round-2025/release");
    for (areas, told) in
        [("flow", "Skriv den nyare områdesindelningen som ID/VERSION"), ("flow/2027", "C lies in S and N")]
    {
        let (_, page) = server.console_act(&anna, act.0, act.1, &[("reason", "Borders moved"), ("areas", areas)]).await;
        assert!(page.contains(told), "{page}");
    }

    walk(&test, &[("A", "N", 3_200), ("B", "N", 2_400), ("C", "S", 1_600), ("D", "S", 800)]).await;
    let (status, .., crosswalk) = post("2027").await;
    assert_eq!((status, crosswalk), (201, Some(2)));
    let (code, text) = run("flow/2027");
    assert_eq!(code, 0, "{text}");
    let table = server.text("/api/releases/R-2025-3-Demodata/tables/ORA01.csv?lang=en").await;
    assert!(table.lines().any(|line| line.starts_with("N,District N,")), "{table}");
    assert!(!table.lines().any(|line| line.starts_with("A,")), "no old district is left");
    let page = server.text("/sv/r/R-2025-3-Demodata").await;
    assert!(page.contains("äldre områdesindelning (flow 2025)") && page.contains("(flow 2027)"), "{page}");
    let first = server.text("/api/releases/R-2025-1-Demodata/tables/ORA01.csv?lang=en").await;
    assert!(first.lines().any(|line| line.starts_with("A,District A,")), "the first stays as it was");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_newer_round_compares_with_an_older_one_that_is_told_for_its_areas(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let (old, first) = held_by_four(&test).await;
    // A holds more than it did.
    let set = test.area_set("2027", &[("A", "A1 B1"), ("S", "C1 D1")]).await;
    let next = test.survey(old.questionnaire, set, "people-2027", |code| if code == "A" { 700 } else { 300 }).await;
    held_elsewhere(&test, &next, 2027, 1, ["A", "A", "S", "S", "S"]).await;
    test.now("2028-01-15T08:00:00Z");
    let before = test.release("round-2027", None).await.expect("is released");
    assert_eq!(area_reasons(&before, "A")[0].code, "area_set");
    assert_eq!(area_reasons(&before, "S")[0].code, "area_absent");

    assert!(!area_reasons(&before, "S")[0].detail.contains("lies in"), "nobody has said how they lie");
    test.now("2028-02-15T08:00:00Z");
    walk(&test, &[("A", "A", 3_200), ("B", "A", 2_400), ("C", "S", 1_600), ("D", "S", 700), ("D", "A", 100)]).await;
    test.now("2028-03-15T08:00:00Z");
    let split = test.release("round-2027", Some("it is known how areas lie")).await.expect("again");
    for (area, told) in [("A", "flow 2025 and flow 2027; D lies in S and A; "), ("S", "D lies in S and A; ")] {
        let detail = &area_reasons(&split, area)[0].detail;
        assert!(detail.starts_with(told) && detail.contains("no smaller areas"), "{detail}");
    }

    test.now("2028-04-15T08:00:00Z");
    walk(&test, &[("A", "A", 3_200), ("B", "A", 2_400), ("C", "S", 1_600), ("D", "S", 800)]).await;
    let second = test.redrawn("round-2025", "borders moved", &newer()).await.expect("is released");
    // 50 % of 3,200 and 10 % of 2,400 persons.
    let shown = second.record(UNSAFE, &district("A")).expect("stands there");
    assert_eq!((shown.value, shown.n), (Some(33.0), Some(420)), "{shown:?}");
    let after = test.release("round-2027", Some("the round before is told for the same areas")).await.expect("again");
    for area in ["A", "S"] {
        assert_eq!(area_reasons(&after, area), [], "{area}");
    }
    let change = after.change(UNSAFE, &district("A"), "2025").expect("is compared");
    assert!(change.difference.is_some() && change.verdict.is_some(), "{change:?}");
    for release in [&first, &before, &split, &second, &after] {
        verifying::recompute(&test.office, release).await.expect("is the same");
    }
}

#[tokio::test]
async fn a_code_that_means_another_area_now_is_not_taken_for_the_old_one() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let (_, first) = held(&test, &[("A", "B1"), ("B", "A1"), ("S", "C1 D1 E1"), ("empty", "")]).await;
    let swapped = [("A", "B", 3_200), ("B", "A", 2_400), ("C", "S", 1_600), ("D", "S", 800), ("E", "S", 400)];
    walk(&test, &[&swapped[..], &[("E", "empty", 0)]].concat()).await;
    let second = test.redrawn("round-2025", "codes changed hands", &newer()).await.expect("is released");
    let value = |release: &Release, area: &str| release.record(UNSAFE, &district(area)).expect("stands there").clone();
    for (old, new) in [("A", "B"), ("B", "A")] {
        let (old, new) = (value(&first, old), value(&second, new));
        assert_eq!((old.value, old.n, old.lower, old.upper), (new.value, new.n, new.lower, new.upper));
        assert!(new.value.is_some());
    }
    // None of what the old codes showed is corrected: it is gone, and other areas have come.
    let of_areas = corrected(&first, &second);
    let of_areas: Vec<_> = of_areas.iter().filter(|found| found.which.domain.area.is_some()).collect();
    assert!(of_areas.iter().any(|found| found.old.is_some()) && of_areas.iter().any(|found| found.new.is_some()));
    assert!(!of_areas.iter().any(|found| found.old.is_some() && found.new.is_some()), "{of_areas:?}");
    let nobody = value(&second, "empty");
    assert_eq!((nobody.value, nobody.status.as_str()), (None, "."));
}

#[tokio::test]
async fn a_newer_area_is_judged_together_with_the_districts_that_were_shown() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let (_, first) = held(&test, &[("N", "A1 E1"), ("S", "B1 C1 D1")]).await;
    assert!(first.record(UNSAFE, &district("A")).expect("stands there").value.is_some());
    assert_eq!(first.record(UNSAFE, &district("E")).expect("stands there").status, "..");
    walk(&test, &[("A", "N", 3_200), ("B", "S", 2_400), ("C", "S", 1_600), ("D", "S", 800), ("E", "N", 400)]).await;
    // N less A would be the 24 answers of E.
    let second = test.redrawn("round-2025", "borders moved", &newer()).await.expect("is released");
    assert_eq!(second.record(UNSAFE, &district("N")).expect("stands there").status, "..");
}
