//! The open link without a browser: begun by a proof of work or rarely without, answered like any form,
//! opened apart from the residents' rounds and never weighted, released or compared with them.

use std::collections::BTreeMap;

use chrono::Duration;
use rstest::rstest;
use trygg::{
    questionnaire::{Stream, missing},
    service::{
        answering::{self, CookieKey, Entrance, FrontState, Next, Posted, Refusal},
        estimation::{self, EstimationError},
        letters::{self, LettersError},
        releasing::{ReleaseError, Wanted, release},
        rounds::{self, RoundError},
    },
    survey::{
        answer_sheet::Mode,
        quality::Flagged,
        round::{Kind, Plan},
    },
};

use crate::support::{
    Engine,
    office::{TestOffice, posted, submission},
    open_link::enter_unproven,
};

fn key(seed: u8) -> CookieKey {
    CookieKey::new([seed; 32])
}

async fn drafts(test: &TestOffice) -> i64 {
    test.office.database.read().await.expect("begins").drafts().count().await.expect("counts")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_challenge_begins_one_answer_within_ten_minutes_and_no_other_does(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_stay().await;
    let enter = async |challenge: &str, number: &str, decoy, key: &CookieKey| {
        let entrance = Entrance { proof: Some((challenge, number)), decoy };
        answering::enter(&test.office, "torget", entrance, key).await
    };
    let refused = |result| matches!(result, Err(Refusal::Unproven));

    let (challenge, number) = test.challenge("torget").await;
    assert!(refused(enter(&challenge, "", false, &key(1)).await), "no answer");
    let wrong = (number.parse::<u32>().expect("a number") ^ 1).to_string();
    assert!(refused(enter(&challenge, &wrong, false, &key(1)).await), "another number");
    assert!(refused(enter(&challenge.replace('.', ".0"), &number, false, &key(1)).await), "forged");
    assert_eq!(drafts(&test).await, 0);
    assert_eq!(enter(&challenge, &number, false, &key(1)).await.expect("begins"), "p01");
    assert!(refused(enter(&challenge, &number, false, &key(2)).await), "replayed");
    let elsewhere = test.another_process().await;
    let entrance = Entrance { proof: Some((&challenge, &number)), decoy: false };
    assert!(refused(answering::enter(&elsewhere, "torget", entrance, &key(2)).await), "replayed at another process");
    assert_eq!(drafts(&test).await, 1);

    let (stale, number) = test.challenge("torget").await;
    test.later(Duration::minutes(10));
    assert!(refused(enter(&stale, &number, false, &key(2)).await), "stale");
    // What a machine fills in alone decides nothing: with the work done it is let in.
    let (challenge, number) = test.challenge("norra-hamn").await;
    assert_eq!(enter(&challenge, &number, true, &key(2)).await.expect("begins"), "p01");
    assert!(refused(enter_unproven(&test.office, "torget", true, &key(3)).await));
    assert_eq!(enter_unproven(&test.office, "torget", false, &key(3)).await.expect("begins"), "p01");
    let nowhere = enter_unproven(&test.office, "nowhere", false, &key(4)).await;
    assert!(matches!(nowhere, Err(Refusal::PageUnknown)));
    assert_eq!(drafts(&test).await, 3);

    // Spent challenges go with the drafts of their time, when none of them could be good any more.
    test.later(Duration::hours(30));
    assert_eq!(answering::sweep(&test.office).await.expect("sweeps"), 3);
    rounds::transition(&test.office, &round.slug, "paused", "a test").await.expect("pauses");
    assert!(matches!(enter_unproven(&test.office, "torget", false, &key(5)).await, Err(Refusal::RoundPaused)));
    rounds::transition(&test.office, &round.slug, "closed", "a test").await.expect("closes");
    assert!(matches!(enter_unproven(&test.office, "torget", false, &key(5)).await, Err(Refusal::RoundClosed)));
    let link = answering::open_link(&test.office, "torget").await.expect("looks").expect("a place");
    assert!(matches!(link.front.state, FrontState::Closed { .. }));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_stays_is_asked_where_they_live_and_sends_no_sooner_than_one_reads(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_stay().await;
    let key = key(1);
    test.enter("norra-hamn", &key).await;
    let first = answering::page(&test.office, &key, "p01", "sv").await.expect("shows");
    let ids: Vec<&str> = first.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["A1", "A2a", "A2b", "A2c", "A2d", "A2e", "A3a", "A3b"]);
    assert_eq!(first.items[0].options.len(), survey.set.districts().count() + 2);
    assert_eq!((first.part, first.parts), (1, 5), "parts that only residents meet are not counted");

    let save = async |answers: &[(&str, &str)], clear: Option<&str>| {
        let answers = answers.iter().map(|(item, code)| ((*item).to_owned(), (*code).to_owned())).collect();
        let (version, clear) = (first.version.clone(), clear.map(str::to_owned));
        let posted = Posted { page: "p01".to_owned(), language: "sv".to_owned(), version, answers, clear, stay: false };
        answering::save(&test.office, &key, &posted).await
    };
    for _ in 0..2 {
        let refused = save(&[("A2a", "1")], None).await;
        assert!(matches!(&refused, Err(Refusal::Unanswered { item }) if item == "A1"), "{refused:?}");
    }
    let off = answering::send(&test.office, &key, "sv").await;
    assert!(matches!(&off, Err(Refusal::OffRoute { page }) if page == "p01"), "{off:?}");
    assert_eq!(save(&[("A1", "13")], None).await.expect("is saved"), Next::Probe);
    assert_eq!(save(&[("A1", "13")], None).await.expect("is saved"), Next::Page("p04".to_owned()));
    let page = answering::page(&test.office, &key, "p04", "sv").await.expect("shows");
    assert_eq!((page.part, page.parts), (2, 5));

    // Eight items of the one page that was seen: sixteen seconds.
    let wait = async || match answering::send(&test.office, &key, "sv").await {
        Err(Refusal::TooSoon { wait }) => wait,
        other => panic!("{other:?}"),
    };
    assert_eq!(wait().await, 16);
    test.later(Duration::milliseconds(14_100));
    assert_eq!(wait().await, 2);
    assert_eq!(save(&[], Some("A1")).await.expect("is saved"), Next::Same);
    test.later(Duration::seconds(2));
    assert!(matches!(answering::send(&test.office, &key, "sv").await, Err(Refusal::OffRoute { .. })));
    save(&[("A1", "2")], None).await.expect("is saved");
    let receipt = answering::send(&test.office, &key, "sv").await.expect("is sent");
    let again = answering::send(&test.office, &key, "sv").await.expect("a second press");
    assert_eq!((again.word, again.card.stream), (receipt.word, Stream::Stay));
    assert_eq!((drafts(&test).await, test.envelopes(&round.slug).await, test.spent(&round.slug).await), (0, 1, 0));

    let asked = ["A2a", "A2b", "A2c", "A2d", "A2e", "A3a", "A3b"];
    let questionnaire = &survey.questionnaire;
    let wanted = questionnaire.items().iter().map(|item| match item.id.as_str() {
        "A1" => 2,
        id if asked.contains(&id) => missing::SKIPPED,
        _ if item.streams.contains(&Stream::Stay) && item.show_if.is_none() => missing::UNSEEN,
        _ => missing::FILTERED,
    });
    let language = u8::try_from(questionnaire.languages().position(|tag| tag.as_str() == "sv").expect("sv") + 1);
    let wanted: Vec<u8> = wanted.chain([1, language.expect("few"), 2, 2]).collect();
    assert_eq!(wanted.len(), 67, "as long as a resident's");
    assert_eq!(test.opened(&round).await, [wanted]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_identical_sends_at_two_processes_one_is_stored_and_all_get_its_receipt(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_stay().await;
    let elsewhere = test.another_process().await;
    for number in 1..=5_u8 {
        let key = key(number);
        enter_unproven(&test.office, "torget", false, &key).await.expect("begins");
        test.fill_in(&key, &BTreeMap::new()).await;
        test.later(Duration::minutes(2));
        let mut presses = tokio::task::JoinSet::new();
        for press in 0..100 {
            let (office, key) = (if press % 2 == 0 { test.office.clone() } else { elsewhere.clone() }, key.clone());
            presses.spawn(async move { answering::send(&office, &key, "sv").await });
        }
        let mut words: Vec<String> =
            presses.join_all().await.into_iter().map(|sent| sent.expect("a receipt").word).collect();
        words.dedup();
        assert_eq!(words.len(), 1);
        assert_eq!(test.envelopes(&round.slug).await, i64::from(number));
    }
    assert_eq!(test.opened(&round).await.len(), 5);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn answers_of_an_open_link_are_counted_apart_and_never_weighted_or_released(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let (survey, residents) = test.open_lulea(1).await;
    let round = test.fielded_stay(test.stay_plan(&survey, 2025)).await;
    test.office.live.refresh();
    assert_eq!(test.stage(&round.slug).await, "open", "beside the residents' round");
    let front = answering::front(&test.office).await.expect("looks");
    assert!(
        matches!(&front.state, FrontState::Open(card) if card.slug == residents.slug),
        "the letter's door is theirs"
    );
    let stranger = test.post(&round.slug, &residents.letters[0].code, submission(), &BTreeMap::new()).await;
    assert!(matches!(stranger, Err(answering::PostRefusal::RoundUnknown)), "no code leads to it");

    // Thirty-one differ, one repeats the first, one says the same everywhere.
    for number in 0..31_u8 {
        let place = if number < 30 { "torget" } else { "norra-hamn" };
        let choose = BTreeMap::from([
            ("A1", 1 + number % 14),
            ("A3a", 1 + number % 5),
            ("A3b", 1 + number % 4),
            ("E2", 1 + number % 2),
            ("E3", 1 + number / 14),
        ]);
        test.stay_answer(place, number + 1, &choose).await;
    }
    let first = BTreeMap::from([("A1", 1), ("E2", 1), ("E3", 1), ("H2", 2)]);
    test.stay_answer("torget", 101, &first).await;
    test.stay_answer("norra-hamn", 102, &first).await;
    test.stay_answer("torget", 103, &BTreeMap::new()).await;
    assert!(
        matches!(estimation::stay_shares(&test.office, &round.slug).await, Err(EstimationError::Round(_))),
        "not yet"
    );
    let sheets = test.opened(&round).await;
    assert_eq!(sheets.len(), 34);

    let found = estimation::stay_shares(&test.office, &round.slug).await.expect("counts");
    assert_eq!((found.responses, found.rule), (34, "stay-quality/1"));
    // Of the thirty-one the first has the first option everywhere too.
    assert_eq!(found.flagged, Flagged { all_same: 2, identical: 1 });
    assert_eq!(estimation::stay_shares(&test.office, &round.slug).await.expect("counts"), found, "the same every time");
    let share = |place: Option<&str>, item: &str, option: &str| {
        let of = |share: &&estimation::StayShare| {
            share.place.as_deref() == place && share.item == item && share.option == option
        };
        let share = found.shares.iter().find(of).expect("a share");
        (share.n, share.chose)
    };
    assert_eq!(share(None, "E2", "very_safe"), (31, Some(16)));
    assert_eq!(share(None, "E2", "fairly_safe"), (31, Some(15)));
    assert_eq!(share(Some("norra-hamn"), "E2", "very_safe").1, None, "too few");
    let (n, _) = share(Some("torget"), "E2", "very_safe");
    assert!(n == 29 || n == 30);
    assert!(found.shares.iter().all(|share| share.item != "E1" && share.item != "B01"), "asked of residents only");

    let refused = release(&test.office, &round.slug, &Wanted::default()).await.expect_err("is refused");
    assert!(matches!(&refused, ReleaseError::Stay(slug) if *slug == round.slug), "{refused}");
    assert!(refused.to_string().starts_with("stay_not_released"));
    let stay = test.round(&round.slug).await;
    let material = estimation::material(&test.office, &stay).await.expect("is there");
    let weighted = estimation::estimate(&test.office, &stay, &material, false, [0; 32]).await;
    assert!(matches!(weighted, Err(EstimationError::Stay(_))));

    // A sheet of the open link that somebody slips among the residents' is found before it is weighted.
    test.opened(&residents).await;
    assert!(estimation::stay_shares(&test.office, &residents.slug).await.is_err());
    let resident = test.round(&residents.slug).await;
    let material = estimation::material(&test.office, &resident).await.expect("is there");
    let sheet = test.responses(&round.slug).await.pop().expect("a response");
    let mut tx = test.office.database.begin().await.expect("begins");
    tx.responses().insert_many(resident.id, &[sheet]).await.expect("inserts");
    tx.commit().await.expect("commits");
    let weighted = estimation::estimate(&test.office, &resident, &material, false, [0; 32]).await;
    assert!(matches!(weighted, Err(EstimationError::Sheet(_))), "{weighted:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_plan_keeps_the_streams_apart(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let good = test.stay_plan(&survey, 2025);
    let places = good.places.clone();
    let twice = vec![places[0].clone(), places[0].clone()];
    let mut nameless = places.clone();
    nameless[1].name = " ".to_owned();
    let mut spaced = places.clone();
    spaced[0].id = "Norra hamn".to_owned();
    for (plan, about) in [
        (Plan { places: Vec::new(), ..good.clone() }, "places"),
        (Plan { places: twice, ..good.clone() }, "places"),
        (Plan { places: nameless, ..good.clone() }, "places"),
        (Plan { places: spaced, ..good.clone() }, "places"),
        (Plan { modes: vec![Mode::Web, Mode::Paper], ..good.clone() }, "modes"),
        (Plan { population: Some(survey.population.clone()), ..good.clone() }, "population"),
        (Plan { scheme: "rake".to_owned(), ..good.clone() }, "scheme"),
        (Plan { cuts: Some("cuts".to_owned()), ..good.clone() }, "cuts"),
        (Plan { places, ..test.plan(&survey, 2025) }, "places"),
    ] {
        let refused = rounds::create(&test.office, plan).await;
        let Err(RoundError::Plan(faults)) = refused else { panic!("{about}: {refused:?}") };
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with(about), "{faults:?}");
    }
    let round = test.fielded_stay(good).await;
    let drawn = letters::draw(&test.office, &round.slug, b"area_code,sampled\n", &test.file("letters.csv")).await;
    assert!(matches!(drawn, Err(LettersError::Frame(_) | LettersError::NoPopulation)));
    test.now("2025-09-15T06:00:00Z");
    let unknown =
        answering::post(&test.office, &round.slug, posted("7K3M9QX2TW", submission(), &BTreeMap::new())).await;
    assert!(matches!(unknown, Err(answering::PostRefusal::RoundUnknown)));
}
