//! A round from its plan to its close, through the office's verbs: what is missing is named, letters are
//! written once, dates of Stockholm open and close, and a wrong step says which steps are possible.

use std::{fs, os::unix::fs::PermissionsExt};

use rstest::rstest;
use trygg::{
    questionnaire::Stream,
    service::{
        answering::{self, FrontState},
        letters::{self, LettersError},
        rounds::{self, RoundError},
    },
    survey::{
        answer_sheet::Mode,
        invitation::Code,
        round::{Kind, Stage},
    },
};

use crate::support::{
    Engine,
    office::{Survey, TestOffice, read_letters, sample},
};

/// Every reason that is told of a refused step.
fn missing(refused: RoundError) -> Vec<String> {
    match refused {
        RoundError::NotReady(missing) => missing,
        other => panic!("another refusal: {other}"),
    }
}

fn codes_in(survey: &Survey) -> Vec<String> {
    survey.set.districts().map(|area| area.code.clone()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_plan_that_does_not_fit_is_refused_with_every_reason(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let mut plan = test.plan(&survey, 2025);
    plan.slug = "Round 2025".to_owned();
    plan.period = "2025-09".to_owned();
    plan.opens_on = plan.closes_on.succ_opt().expect("a date");
    plan.languages.clear();
    plan.modes.clear();
    plan.organisations.clear();
    plan.ages = (85, 16);
    plan.scheme = "guess".to_owned();
    plan.holders = vec!["One".to_owned(), " One".to_owned()];
    plan.needed = 3;
    plan.stream = Stream::Stay;
    plan.kind = Kind::Demo;
    let refused = rounds::create(&test.office, plan).await.expect_err("does not fit");
    let RoundError::Plan(faults) = refused else { panic!("another refusal: {refused}") };
    let keys: Vec<&str> = faults.iter().map(|fault| fault.split(':').next().expect("a key")).collect();
    let wanted = [
        "slug",
        "period",
        "closes_on",
        "languages",
        "modes",
        "organisations",
        "ages",
        "scheme",
        "holders",
        "needed",
        "places",
        "modes",
        "population",
        "scheme",
        "kind",
    ];
    assert_eq!(keys, wanted);
    assert!(rounds::list(&test.office).await.expect("lists").is_empty());
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("fits");
    let again = rounds::create(&test.office, test.plan(&survey, 2025)).await.expect_err("is there");
    assert!(matches!(again, RoundError::Taken(slug) if slug == "round-2025"));
    assert_eq!(rounds::list(&test.office).await.expect("lists").len(), 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_round_lacks_for_being_scheduled_or_opened_is_named(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let transition = async |slug: &str, to: &str| rounds::transition(&test.office, slug, to, "").await;

    let mut plan = test.plan(&survey, 2025);
    plan.population = None;
    plan.languages.push("de".to_owned());
    rounds::create(&test.office, plan).await.expect("is planned");
    let told = missing(transition("round-2025", "scheduled").await.expect_err("lacks texts and population"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("no texts in de") && told[1].starts_with("population:"), "{told:?}");

    let mut plan = test.plan(&survey, 2026);
    plan.kind = Kind::Real;
    rounds::create(&test.office, plan).await.expect("is planned");
    let told = missing(transition("round-2026", "scheduled").await.expect_err("drafts of texts"));
    assert_eq!(told.len(), 10, "questions and four files of pages and letters, in both languages: {told:?}");
    assert!(told.iter().all(|reason| reason.starts_with("language_not_ready:")), "{told:?}");

    let mut plan = test.plan(&survey, 2027);
    plan.holders.clear();
    rounds::create(&test.office, plan).await.expect("is planned");
    let told = missing(transition("round-2027", "scheduled").await.expect_err("nobody holds the key"));
    assert!(told.len() == 1 && told[0].starts_with("holders:"), "{told:?}");

    rounds::create(&test.office, test.plan(&survey, 2028)).await.expect("is planned");
    let told = missing(transition("round-2028", "scheduled").await.expect_err("nobody is sampled"));
    assert!(told.len() == 1 && told[0].starts_with("sample:"), "{told:?}");
    letters::frame(&test.office, "round-2028", sample(&survey.set, |_| 1).as_bytes()).await.expect("a frame");
    transition("round-2028", "scheduled").await.expect("has all");
    let told = missing(transition("round-2028", "open").await.expect_err("neither key nor codes"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("key") && told[1].contains("codes"), "{told:?}");
    rounds::make_key(&test.office, "round-2028").await.expect("a key");
    let told = missing(transition("round-2028", "open").await.expect_err("no codes"));
    assert!(told.len() == 1 && told[0].contains("codes"), "{told:?}");
    let second = rounds::make_key(&test.office, "round-2028").await.expect_err("has its key");
    assert!(matches!(second, RoundError::KeyExists));
    for (slug, stage) in
        [("round-2025", "draft"), ("round-2026", "draft"), ("round-2027", "draft"), ("round-2028", "scheduled")]
    {
        assert_eq!(test.stage(slug).await, stage, "{slug}: a refusal changes nothing");
    }
    let unknown = transition("round-1999", "open").await.expect_err("is not there");
    assert!(matches!(unknown, RoundError::Unknown(slug) if slug == "round-1999"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn codes_are_drawn_and_written_once(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let areas = codes_in(&survey);
    let wanted = |area: &str| 1 + areas.iter().position(|code| code == area).expect("a district") as u64;
    let csv = sample(&survey.set, wanted);
    let file = test.file("letters.csv");
    let drawn = letters::draw(&test.office, "round-2025", csv.as_bytes(), &file).await.expect("draws");
    assert_eq!(drawn, 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&file).expect("reads");
    assert_eq!(text.lines().next(), Some("letter_no,area_code,code"));
    let numbers: Vec<&str> = text.lines().skip(1).map(|line| line.split(',').next().expect("a number")).collect();
    let counted: Vec<String> = (1..=drawn).map(|number| format!("{number:06}")).collect();
    assert_eq!(numbers, counted);
    let letters = read_letters(&file);
    for area in &areas {
        assert_eq!(letters.iter().filter(|letter| letter.area == *area).count() as u64, wanted(area), "{area}");
    }
    let mut codes: Vec<&str> = letters.iter().map(|letter| letter.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len() as u64, drawn, "every code differs");
    assert!(codes.iter().all(|code| Code::parse(code).is_ok_and(|parsed| parsed.printed() == *code)));

    let second = test.file("second.csv");
    let refused = letters::draw(&test.office, "round-2025", csv.as_bytes(), &second).await.expect_err("were drawn");
    assert!(matches!(refused, LettersError::Drawn));
    assert!(!second.exists());
    assert_eq!(fs::read_to_string(&file).expect("reads"), text, "the first letters still count");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_refused_draw_leaves_no_file_and_no_code(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let first = codes_in(&survey)[0].clone();
    let full = sample(&survey.set, |_| 2);
    let short = full.lines().filter(|line| !line.starts_with(&first)).collect::<Vec<_>>().join("\n");
    // 100 persons live in each of the eight cells of a district.
    let crowded = sample(&survey.set, |area| if area == first { 801 } else { 2 });
    let file = test.file("letters.csv");
    let draw = async |csv: &str| letters::draw(&test.office, "round-2025", csv.as_bytes(), &file).await;

    let refused = draw(&short).await.expect_err("a district has no row");
    assert!(matches!(&refused, LettersError::Frame(faults) if faults.len() == 1), "{refused}");
    let refused = draw(&crowded).await.expect_err("more letters than persons");
    assert!(matches!(&refused, LettersError::Disagree(told) if told.len() == 1 && told[0].starts_with(&first)));
    assert!(!file.exists());

    fs::write(&file, "somebody's letters").expect("writes");
    let refused = draw(&full).await.expect_err("the file is there");
    assert!(matches!(refused, LettersError::File(..)), "{refused}");
    assert_eq!(fs::read_to_string(&file).expect("reads"), "somebody's letters");
    fs::remove_file(&file).expect("removes");

    let round = test.round("round-2025").await.id;
    let mut tx = test.office.database.read().await.expect("begins");
    assert!(tx.invitations().counts(round).await.expect("counts").is_empty());
    drop(tx);
    assert_eq!(draw(&full).await.expect("nothing stands in the way now"), 24);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_opens_and_closes_at_midnight_of_stockholm(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let fielded = test.fielded(&survey, test.plan(&survey, 2025), |_| 1).await;
    let slug = fielded.slug.as_str();
    let door = async || answering::front(&test.office).await.expect("a door").state;

    // Summer time: midnight of 15 September is 22:00 the evening before.
    test.now("2025-09-14T21:59:59Z");
    assert_eq!(test.stage(slug).await, "scheduled");
    let plan = test.plan(&survey, 2025);
    assert!(matches!(door().await, FrontState::NotYet { opens_on: Some(day) } if day == plan.opens_on));
    test.now("2025-09-14T22:00:00Z");
    assert_eq!(test.stage(slug).await, "open");
    assert!(matches!(door().await, FrontState::Open(card) if card.slug == slug));
    let opened = test.round(slug).await;

    // The last day for starting ends at midnight, 23:00 in winter; a day more for drafts begun in time.
    let key = |number| answering::CookieKey::new([number; 32]);
    test.now("2025-11-10T22:59:59Z");
    answering::start(&test.office, &fielded.letters[0].code, &key(1)).await.expect("the last second");
    test.now("2025-11-10T23:00:00Z");
    assert_eq!(test.stage(slug).await, "open");
    let late = answering::start(&test.office, &fielded.letters[1].code, &key(2)).await;
    assert!(late.is_err(), "nobody starts on the day after the last");
    test.now("2025-11-11T22:59:58Z");
    answering::send(&test.office, &key(1), "sv").await.expect("what was begun in time may be sent");
    test.now("2025-11-11T22:59:59Z");
    assert_eq!(test.stage(slug).await, "open");
    test.now("2025-11-11T23:00:00Z");
    assert_eq!(test.stage(slug).await, "closed");
    assert!(matches!(door().await, FrontState::Closed { results_on, .. } if results_on == plan.results_on));
    let closed = test.round(slug).await;
    let (Stage::Open { opened_at }, Stage::Closed { opened_at: since, reason, .. }) = (opened.stage(), closed.stage())
    else {
        panic!("another stage")
    };
    assert_eq!((opened_at, reason.as_str()), (since, ""));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_that_is_not_ready_stays_shut_on_its_day_until_it_is(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let csv = sample(&survey.set, |_| 1);
    letters::frame(&test.office, "round-2025", csv.as_bytes()).await.expect("a frame");
    rounds::transition(&test.office, "round-2025", "scheduled", "").await.expect("is scheduled");
    test.now("2025-09-20T08:00:00Z");
    assert_eq!(test.stage("round-2025").await, "scheduled");
    rounds::make_key(&test.office, "round-2025").await.expect("a key");
    assert_eq!(test.stage("round-2025").await, "scheduled");
    letters::draw(&test.office, "round-2025", csv.as_bytes(), &test.file("letters.csv")).await.expect("letters");
    assert_eq!(test.stage("round-2025").await, "open");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_step_says_which_steps_are_possible(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let plan = test.plan(&survey, 2025);
    assert_eq!(plan.modes, [Mode::Web]);
    rounds::create(&test.office, plan).await.expect("is planned");
    let go = async |to: &str, reason: &str| rounds::transition(&test.office, "round-2025", to, reason).await;
    let refused = async |to: &str| match go(to, "for a reason").await.expect_err("is no step from here") {
        RoundError::WrongStage(wrong) => wrong.to_string(),
        RoundError::NotReady(told) => format!("not ready: {}", told.join("; ")),
        other => panic!("another refusal: {other}"),
    };
    assert_eq!(refused("open").await, "the round is draft, so it cannot become open; possible: scheduled, opened");
    assert!(refused("opened").await.starts_with("not ready: open the envelopes"));
    let csv = sample(&survey.set, |_| 1);
    letters::frame(&test.office, "round-2025", csv.as_bytes()).await.expect("a frame");
    go("scheduled", "").await.expect("a step");
    assert_eq!(refused("paused").await, "the round is scheduled, so it cannot become paused; possible: draft, open");
    go("draft", "").await.expect("a step back");
    go("scheduled", "").await.expect("a step");
    rounds::make_key(&test.office, "round-2025").await.expect("a key");
    letters::draw(&test.office, "round-2025", csv.as_bytes(), &test.file("l.csv")).await.expect("letters");
    go("open", "").await.expect("opens before its day by a person's will");
    assert_eq!(refused("draft").await, "the round is open, so it cannot become draft; possible: paused, closed");
    for to in ["paused", "closed"] {
        let told = missing(go(to, "  ").await.expect_err("needs a reason"));
        assert!(told.len() == 1 && told[0].contains("say why"), "{told:?}");
    }
    go("paused", "the letters name a wrong day").await.expect("pauses");
    let paused = test.round("round-2025").await;
    assert!(matches!(paused.stage(), Stage::Paused { reason, .. } if reason == "the letters name a wrong day"));
    let late = letters::draw(&test.office, "round-2025", csv.as_bytes(), &test.file("m.csv")).await;
    assert!(matches!(late, Err(LettersError::Stage("paused"))));
    go("open", "").await.expect("goes on");
    go("closed", "everybody has answered").await.expect("closes early");
    assert_eq!(refused("open").await, "the round is closed, so it cannot become open; possible: opened");
    assert_eq!(refused("released").await, "the round is closed, so it cannot become released; possible: opened");
    let no_stage = go("finished", "").await.expect_err("is no stage");
    assert!(matches!(no_stage, RoundError::NoStage(name) if name == "finished"));
    assert!(rounds::make_key(&test.office, "round-2025").await.is_err(), "too late for a key");
}
