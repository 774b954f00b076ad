//! Releases of rounds whose figures are known beforehand: what is shown, what is withheld, what has
//! changed, what stays frozen. The figures follow from `support::people`.

use rstest::rstest;
use sqlx::{Connection, SqliteConnection};
use trygg::{
    service::{
        published::{self, PublishedError},
        releasing::{ReleaseError, Wanted},
        responses::{self, ImportPlan},
        rounds::{self, RoundError},
    },
    stats::{
        compare::Verdict,
        disclosure::{GateRefusal, PClass, PublishedChange, PublishedRecord, unit_for},
        domain::{Domain, DomainKind},
    },
    store::StoredResponse,
    survey::{
        release::{Damaged, Release},
        round::Kind,
    },
};

use crate::support::{
    Engine,
    office::TestOffice,
    people::{DISTRICTS, file, mapping, people},
    signing::released,
};

const UNSAFE: &str = "p_unsafe";

fn in_district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.to_owned()), sex: None, age: None, tenure: None }
}

fn everybody() -> Domain {
    Domain { kind: DomainKind::Total, area: None, sex: None, age: None, tenure: None }
}

fn shown<'r>(release: &'r Release, domain: &Domain) -> &'r PublishedRecord {
    release.record(UNSAFE, domain).expect("stands in the plan")
}

fn since<'r>(release: &'r Release, domain: &Domain) -> &'r PublishedChange {
    release.change(UNSAFE, domain, "2025").expect("is compared")
}

/// Value, answers and unit of a shown figure.
fn figure(record: &PublishedRecord) -> (f64, u64, f64) {
    (record.value.expect("a value"), record.n.expect("answers"), record.rounded_to.expect("a unit"))
}

/// How many answer in a domain; the cells of a district are alike.
fn answers_in(domain: &Domain) -> usize {
    let part = match (&domain.sex, &domain.age) {
        (None, None) => 8,
        (Some(_), None) => 4,
        (None, Some(_)) => 2,
        (Some(_), Some(_)) => 1,
    };
    let districts = DISTRICTS.iter().filter(|of| domain.area.as_ref().is_none_or(|area| area == of.code));
    districts.map(|of| of.in_cell * part).sum()
}

/// A withheld figure says nothing but that it is withheld; nothing below 30 answers is shown.
fn nothing_shines_through(release: &Release) {
    for record in release.table().records() {
        let answers = answers_in(&record.domain);
        let parts = (record.value, record.lower, record.upper, record.rounded_to);
        if record.status == ".." {
            assert_eq!((parts, record.n, record.reason.as_str()), ((None, None, None, None), None, "withheld"));
        } else {
            assert!(answers >= 30, "{:?} of {answers} answers is shown", record.domain);
            let (Some(value), Some(lower), Some(upper), Some(unit)) = parts else { panic!("half a figure") };
            assert!(lower <= value && value <= upper);
            let steps = value / unit;
            assert!((steps - steps.round()).abs() < 1e-9, "{value} is no multiple of {unit}");
        }
    }
    let few = release.table().records().iter().filter(|record| answers_in(&record.domain) < 30);
    // Four measures: district E, its 2 sexes and 4 ages, and the 4 ages of D.
    assert_eq!(few.count(), 4 * (1 + 2 + 4 + 4));
    for change in release.table().changes().iter().filter(|change| change.status == "..") {
        let parts = (change.difference, change.lower, change.upper, change.n, change.rounded_to);
        assert_eq!((parts, change.p_class, change.verdict), ((None, None, None, None, None), None, None));
        assert_eq!(change.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>(), ["withheld"]);
        assert!(change.reasons.iter().all(|reason| reason.detail.is_empty()));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_rounds_from_letters_to_the_verdict_of_every_district(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.answered_by(&survey, test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    let first = test.release("round-2025", None).await.expect("is released");
    assert_eq!(test.stage("round-2025").await, "released");
    assert_eq!((first.head().id.as_str(), first.head().min_n), ("R-2025-1-Demodata", 30));
    assert!(first.head().compared_with.is_empty() && first.table().changes().is_empty());
    nothing_shines_through(&first);
    assert_eq!(figure(shown(&first, &in_district("A"))), (50.0, 260, 0.5));
    assert_eq!(figure(shown(&first, &in_district("B"))), (10.0, 160, 1.0));
    assert_eq!(figure(shown(&first, &in_district("C"))), (20.0, 120, 1.0));
    assert_eq!(figure(shown(&first, &in_district("D"))), (50.0, 65, 2.0));
    assert_eq!(shown(&first, &in_district("D")).status, "u", "below 100 answers");
    assert_eq!(shown(&first, &in_district("E")).status, "..");
    // (400·½ + 300·⅒ + 200·⅕ + 100·½ + 50·⅓) / 1 050 = 32.063 %
    assert_eq!(figure(shown(&first, &everybody())), (32.0, 620, 0.2));
    let told: Vec<_> =
        first.head().responses.iter().map(|of| (of.area.as_str(), of.counts.sampled, of.answered, of.rest)).collect();
    let wanted =
        [("ALL", 1_248, 624), ("A", 512, 256), ("B", 320, 160), ("C", 240, 120), ("D", 128, 64), ("E", 48, 24)];
    assert_eq!(told, wanted.map(|(area, sampled, answered)| (area, sampled, answered, answered)), "exact");
    for response in &first.head().responses {
        assert!(response.rates.iter().all(|rate| (rate.percent() - 50.0).abs() < 1e-9), "{response:?}");
        assert_eq!(response.rates.len(), if response.area == "ALL" { 4 } else { 3 });
    }
    let women = &first.head().composition[0];
    assert_eq!((women.sex.as_deref(), women.answered, women.persons_percent), (Some("woman"), Some(310), 50.0));

    // Before the next round somebody has moved the border of D.
    let survey = test.people_survey("2026", "X9").await;
    test.answered_by(&survey, test.plan(&survey, 2026), 1).await;
    let second = test.release("round-2026", None).await.expect("is released");
    nothing_shines_through(&second);
    assert_eq!(figure(shown(&second, &in_district("A"))), (12.5, 260, 0.5));
    assert_eq!(figure(shown(&second, &in_district("B"))), (50.0, 160, 1.0));
    // (400·⅛ + 300·½ + 200·⅕ + 100·½ + 50·⅓) / 1 050 = 29.206 %
    assert_eq!(figure(shown(&second, &everybody())), (29.2, 620, 0.2));
    let compared: Vec<_> = second.head().compared_with.iter().map(|with| with.release.as_str()).collect();
    assert_eq!(compared, ["R-2025-1-Demodata"]);

    let told = |code: &str| {
        let change = since(&second, &in_district(code));
        let reasons: Vec<&str> = change.reasons.iter().map(|reason| reason.code.as_str()).collect();
        (change.verdict, change.difference, change.p_class, reasons.join(" "))
    };
    assert_eq!(told("A"), (Some(Verdict::Improved), Some(-37.5), Some(PClass::Thousandth), String::new()));
    assert_eq!(told("B"), (Some(Verdict::Worse), Some(40.0), Some(PClass::Thousandth), String::new()));
    let still = (Some(Verdict::NoEstablishedChange), Some(0.0), Some(PClass::NotEstablished), String::new());
    assert_eq!(told("C"), still);
    assert_eq!(told("D"), (Some(Verdict::NotComparable), None, None, "area_set".to_owned()));
    assert_eq!(told("E"), (None, None, None, "withheld".to_owned()));
    let all = since(&second, &everybody());
    assert_eq!((all.verdict, all.difference), (Some(Verdict::NoEstablishedChange), Some(-2.8)));
    assert_eq!(all.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>(), ["area_set"]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_correction_says_why_and_leaves_the_first_release_as_it_was(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let first = test.release("round-2025", Some("no correction")).await.expect("is released");
    assert_eq!((&first.head().supersedes, &first.head().reason), (&None, &None), "a first release corrects nothing");
    for reason in [None, Some(""), Some("  \n")] {
        let refused = test.release("round-2025", reason).await.expect_err("is out already");
        assert!(matches!(refused, ReleaseError::NoReason(id) if id == "R-2025-1-Demodata"));
    }
    assert_eq!(published::list(&test.office).await.expect("lists").len(), 1);
    test.now("2025-12-20T08:00:00Z");
    let reason = "a district was mapped wrongly";
    let second = test.release("round-2025", Some(reason)).await.expect("is corrected");
    assert_eq!(second.head().id, "R-2025-2-Demodata");
    assert_eq!(second.head().supersedes.as_deref(), Some("R-2025-1-Demodata"));
    assert_eq!(second.head().reason.as_deref(), Some(reason));
    assert_eq!(second.table(), first.table(), "the same answers");
    assert_eq!(test.stage("round-2025").await, "released");

    let elsewhere = test.another_process().await;
    let current = published::current(&elsewhere).await.expect("reads");
    assert_eq!(current.iter().map(|release| release.head().id.as_str()).collect::<Vec<_>>(), ["R-2025-2-Demodata"]);
    let kept = published::find(&elsewhere, "R-2025-1-Demodata").await.expect("is kept");
    assert_eq!((kept.bytes(), kept.hash()), (first.bytes(), first.hash()));
    let successor = published::successor(&elsewhere, "R-2025-1-Demodata").await.expect("looks");
    assert_eq!(successor.as_deref(), Some("R-2025-2-Demodata"));
    let unknown = published::find(&elsewhere, "R-2025-3").await.expect_err("is not there");
    assert!(matches!(unknown, PublishedError::Unknown(id) if id == "R-2025-3"));

    test.imported(test.plan(&survey, 2026), 1).await;
    let next = test.release("round-2026", None).await.expect("is released");
    assert_eq!(next.head().compared_with.len(), 1);
    assert_eq!(next.head().compared_with[0].release, "R-2025-2-Demodata", "the corrected one counts");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_figure_changed_in_the_database_is_noticed_and_nothing_is_built_on_it(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let release = test.release("round-2025", None).await.expect("is released");
    let text = std::str::from_utf8(release.bytes()).expect("JSON");
    assert!(text.contains("\"value\":50.0"), "district A's share");
    let falsified = "replace(T, '\"value\":50.0', '\"value\":40.0')";
    let changed = match engine {
        Engine::Sqlite => {
            let mut file = SqliteConnection::connect(&test.test.address).await.expect("connects");
            let change = falsified.replace('T', "CAST(bytes AS TEXT)");
            let change = format!("UPDATE releases SET bytes = CAST({change} AS BLOB)");
            sqlx::query(sqlx::AssertSqlSafe(change)).execute(&mut file).await.expect("falsifies").rows_affected()
        }
        Engine::Postgres => {
            let mut server = test.test.plain_connection().await;
            let change = falsified.replace('T', "convert_from(bytes, 'UTF8')");
            let change = format!("UPDATE releases SET bytes = convert_to({change}, 'UTF8')");
            sqlx::query(sqlx::AssertSqlSafe(change)).execute(&mut server).await.expect("falsifies").rows_affected()
        }
    };
    assert_eq!(changed, 1);
    let elsewhere = test.another_process().await;
    let found = published::find(&elsewhere, "R-2025-1-Demodata").await.expect_err("was falsified");
    assert!(matches!(found, PublishedError::Damaged(id, Damaged::Hash) if id == "R-2025-1-Demodata"));
    test.imported(test.plan(&survey, 2026), 1).await;
    let next =
        Box::pin(released(&elsewhere, "round-2026", &Wanted::default())).await.expect_err("would compare with it");
    assert!(matches!(next, ReleaseError::Published(PublishedError::Damaged(..))), "{next}");
    assert_eq!(test.stage("round-2026").await, "opened");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_may_not_be_released_is_refused_and_stores_nothing(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let early = test.release("round-2025", None).await.expect_err("has no answers");
    assert!(matches!(early, ReleaseError::Round(RoundError::WrongStage(wrong)) if wrong.stage == "draft"));

    // Five answers of each district are left: 25 in all, below the least number of every figure.
    let mut plan = test.plan(&survey, 2026);
    plan.scheme = "none".to_owned();
    test.imported(plan, 0).await;
    let round = test.round("round-2026").await.id;
    let few: Vec<StoredResponse> = {
        let sheets = test.responses("round-2026").await;
        let mut seen = std::collections::BTreeMap::<u8, usize>::new();
        let area = survey.questionnaire.class().area.expect("an area item");
        let kept = |response: &StoredResponse| {
            let count = seen.entry(response.sheet[area]).or_default();
            *count += 1;
            *count <= 5
        };
        sheets.into_iter().filter(kept).collect()
    };
    let mut tx = test.office.database.begin().await.expect("begins");
    tx.responses().delete_round(round).await.expect("deletes");
    tx.responses().insert_many(round, &few).await.expect("inserts");
    tx.commit().await.expect("commits");
    assert_eq!(few.len(), 25);
    let refused = test.release("round-2026", None).await.expect_err("too few");
    assert!(matches!(refused, ReleaseError::Gate(GateRefusal::NothingLeft)), "{refused}");
    assert!(published::list(&test.office).await.expect("lists").is_empty());
    assert_eq!(test.stage("round-2026").await, "opened");

    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let refused = test.release("round-2025", None).await.expect_err("a test round");
    assert!(matches!(refused, ReleaseError::Test));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_release_or_import_at_the_same_time_one_does(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let elsewhere = test.another_process().await;
    let (mapping, file) = (mapping(), file(0));
    let plan =
        ImportPlan { round: "round-2025", mapping: &mapping, file: file.as_bytes(), dry_run: false, allow_rejects: 0 };
    let (one, other) = tokio::join!(responses::import(&test.office, plan), responses::import(&elsewhere, plan));
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(test.responses("round-2025").await.len(), 624);

    let wanted = Wanted::default();
    let (one, other) = tokio::join!(test.release("round-2025", None), released(&elsewhere, "round-2025", &wanted));
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(published::list(&test.office).await.expect("lists").len(), 1);
    assert_eq!(test.stage("round-2025").await, "released");
}

/// Releases of both rounds with their unrounded estimates, from `responses` where some are given.
async fn both(test: &TestOffice, given: Option<&[Vec<StoredResponse>]>) -> (Vec<Vec<u8>>, Vec<Vec<StoredResponse>>) {
    let survey = test.people_survey("2025", "").await;
    let (mut bytes, mut stored) = (Vec::new(), Vec::new());
    for (place, year) in [2025, 2026].into_iter().enumerate() {
        test.imported(test.plan(&survey, year), place).await;
        let slug = format!("round-{year}");
        if let Some(responses) = given {
            let round = test.round(&slug).await.id;
            let mut tx = test.office.database.begin().await.expect("begins");
            tx.responses().delete_round(round).await.expect("deletes");
            tx.responses().insert_many(round, &responses[place]).await.expect("inserts");
            tx.commit().await.expect("commits");
        }
        let release = test.release(&slug, None).await.expect("is released");
        let mut tx = test.office.database.read().await.expect("begins");
        let internal = tx.estimates_internal().find(&release.head().id).await.expect("reads").expect("is stored");
        // What is drawn anew for every release is no part of what is compared; nor is the office's key.
        let seed = &release.head().origin.as_ref().expect("an origin").seed;
        let body = std::str::from_utf8(release.body()).expect("JSON").replace(seed, "");
        bytes.extend([body.into_bytes(), internal]);
        stored.push(test.responses(&slug).await);
    }
    (bytes, stored)
}

#[tokio::test]
async fn both_engines_release_the_same_bytes_from_the_same_responses() {
    let file = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let (wanted, responses) = both(&file, None).await;
    assert_eq!(responses[0].len(), people(0).len());
    let again = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    assert_eq!(both(&again, Some(&responses)).await.0, wanted, "on the same engine");
    let Some(server) = TestOffice::new(Engine::Postgres, Kind::Demo).await else { return };
    assert_eq!(both(&server, Some(&responses)).await.0, wanted, "on the other engine");
}

#[tokio::test]
async fn the_same_answers_publish_the_same_figures_in_whatever_order_they_lie() {
    let first = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let (wanted, _) = both(&first, None).await;
    for _ in 0..5 {
        // Every import draws new ids, and responses are summed in the order of their ids.
        let again = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
        let (found, _) = both(&again, None).await;
        assert!(found[0] == wanted[0] && found[2] == wanted[2], "releases of the same answers differ");
    }
}

#[test]
fn what_lies_half_way_is_rounded_away_from_zero_whatever_its_last_bits_say() {
    let unit = unit_for(130, 100.0).expect("enough answers");
    for noise in [-1e-12, 0.0, 1e-12] {
        assert_eq!((unit.size(), unit.count(37.5 + noise), unit.count(-37.5 + noise)), (1.0, 38.0, -38.0));
    }
    assert_eq!((unit.count(37.499_999), unit.count(-37.499_999)), (37.0, -37.0));
}
