//! The form without a browser: a code begins a draft, pages are saved into it, sending makes one sheet
//! of what was shown and takes the draft away.

use chrono::Duration;
use rstest::rstest;
use trygg::{
    questionnaire::missing,
    service::answering::{self, CookieKey, Next, PageView, Posted, Refusal},
    survey::round::Kind,
};

use crate::support::{
    Engine,
    office::{TestOffice, at, paradata},
};

fn key() -> CookieKey {
    CookieKey::new([7; 32])
}

async fn page(test: &TestOffice, id: &str) -> Result<PageView, Refusal> {
    answering::page(&test.office, &key(), id, "en").await
}

/// Saves a page with these answers, as its form would post them.
async fn save(test: &TestOffice, id: &str, answers: &[(&str, &str)]) -> Result<Next, Refusal> {
    let version = page(test, id).await?.version;
    let answers = answers.iter().map(|(item, code)| ((*item).to_owned(), (*code).to_owned())).collect();
    let posted = Posted { page: id.to_owned(), language: "en".to_owned(), version, answers, ..Posted::default() };
    answering::save(&test.office, &key(), &posted).await
}

/// Saves a page that is to lead on to `next`.
async fn save_on(test: &TestOffice, id: &str, answers: &[(&str, &str)], next: &str) {
    assert_eq!(save(test, id, answers).await.expect("is saved"), Next::Page(next.to_owned()), "after {id}");
}

fn chosen(page: &PageView) -> Vec<(&str, Option<u8>)> {
    page.items.iter().map(|item| (item.id.as_str(), item.chosen)).collect()
}

fn stands_on(refused: Result<PageView, Refusal>) -> String {
    match refused {
        Err(Refusal::OffRoute { page }) => page,
        other => panic!("not off the route: {other:?}"),
    }
}

async fn drafts(test: &TestOffice) -> i64 {
    test.office.database.read().await.expect("begins").drafts().count().await.expect("counts")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn pages_are_saved_one_by_one_and_sending_stores_what_was_shown_and_hides_the_draft(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let letter = &round.letters[4];
    assert!(answering::standing(&test.office, &key()).await.expect("looks").is_none());
    assert_eq!(answering::start(&test.office, &letter.code, &key()).await.expect("starts"), "p01");

    let first = page(&test, "p01").await.expect("shows");
    assert_eq!(chosen(&first), [("A4", None), ("A3a", None), ("A3b", None)], "the district and visits are not asked");
    assert_eq!((first.previous, first.last), (None, false));
    assert_eq!(stands_on(page(&test, "p05").await), "p01", "nobody jumps ahead");
    assert!(matches!(page(&test, "p99").await, Err(Refusal::PageUnknown)));

    // An empty item is pointed out once, then it may stay empty.
    let some = [("A4", "2"), ("A3b", "4")];
    assert_eq!(save(&test, "p01", &some).await.expect("is saved"), Next::Probe);
    save_on(&test, "p01", &some, "p02").await;
    let again = page(&test, "p01").await.expect("shows");
    assert_eq!(chosen(&again), [("A4", Some(2)), ("A3a", None), ("A3b", Some(4))]);

    // Why one is not out is asked only of those who are not; changing one's mind takes the question away.
    save_on(&test, "p02", &[("E1", "5")], "p03").await;
    save_on(&test, "p03", &[("E1b", "1")], "p04").await;
    save_on(&test, "p02", &[("E1", "1")], "p04").await;
    assert_eq!(stands_on(page(&test, "p03").await), "p04");
    let standing = answering::standing(&test.office, &key()).await.expect("looks").expect("a draft");
    assert_eq!(standing.page, "p04");

    let receipt = answering::send(&test.office, &key(), "en").await.expect("is sent");
    assert!(answering::standing(&test.office, &key()).await.expect("looks").is_none());
    assert!(matches!(page(&test, "p01").await, Err(Refusal::DraftGone)));
    assert!(matches!(save(&test, "p01", &some).await, Err(Refusal::DraftGone)));
    assert_eq!((drafts(&test).await, test.envelopes(&round.slug).await), (0, 1));
    let again = answering::send(&test.office, &key(), "en").await.expect("a second press");
    assert_eq!((again.word, again.submission), (receipt.word, receipt.submission));
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (1, 1));

    // Shown and empty 99, never shown 95, hidden 94.
    let hidden = ["A2a", "A2b", "A2c", "A2d", "A2e", "C1p", "C2p", "C3p", "C4p", "C9", "E1b", "H4"];
    let area = survey.set.option_of(&letter.area).expect("a district");
    let answered = [("A1", area), ("A4", 2), ("A3a", missing::SKIPPED), ("A3b", 4), ("E1", 1)];
    let wanted = survey.questionnaire.items().iter().map(|item| {
        let found = answered.iter().find(|(id, _)| *id == item.id).map(|(_, code)| *code);
        let empty = if hidden.contains(&item.id.as_str()) { missing::FILTERED } else { missing::UNSEEN };
        found.unwrap_or(empty)
    });
    let wanted: Vec<u8> = wanted.chain(paradata(&survey.questionnaire, "en")).collect();
    assert_eq!(test.opened(&round).await, [wanted]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_page_does_not_offer_is_refused_and_not_saved(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    answering::start(&test.office, &round.letters[0].code, &key()).await.expect("starts");
    let refused = save(&test, "p01", &[("A4", "5"), ("A3a", "1"), ("A3b", "x"), ("E1", "1"), ("A1", "1")]).await;
    let Err(Refusal::OptionUnknown { mut items }) = refused else { panic!("is saved: {refused:?}") };
    items.sort();
    assert_eq!(items, ["A1", "A3b", "A4", "E1"]);
    assert_eq!(chosen(&page(&test, "p01").await.expect("shows")), [("A4", None), ("A3a", None), ("A3b", None)]);
    let other = Posted { page: "p01".to_owned(), version: "00".repeat(32), ..Posted::default() };
    assert!(matches!(answering::save(&test.office, &key(), &other).await, Err(Refusal::DraftGone)));

    save_on(&test, "p01", &[("A4", "1"), ("A3a", "1"), ("A3b", "1")], "p02").await;
    let version = page(&test, "p01").await.expect("shows").version;
    let clear = Posted { page: "p01".to_owned(), version, clear: Some("A3a".to_owned()), ..Posted::default() };
    assert_eq!(answering::save(&test.office, &key(), &clear).await.expect("is saved"), Next::Same);
    let cleared = page(&test, "p01").await.expect("shows");
    assert_eq!(chosen(&cleared), [("A4", Some(1)), ("A3a", None), ("A3b", Some(1))]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_draft_lives_a_day_after_its_last_save_and_a_week_at_most(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let alive = async || answering::standing(&test.office, &key()).await.expect("looks").is_some();
    let start = at("2025-09-20T12:00:00Z");
    let set = |instant| {
        test.clock.set(instant);
        test.office.live.refresh();
    };
    set(start);
    answering::start(&test.office, &round.letters[0].code, &key()).await.expect("starts");
    set(start + Duration::hours(24) - Duration::seconds(1));
    assert!(alive().await);
    assert_eq!(answering::sweep(&test.office).await.expect("sweeps"), 0);
    set(start + Duration::hours(24));
    assert!(!alive().await);
    assert!(matches!(answering::send(&test.office, &key(), "sv").await, Err(Refusal::DraftGone)));
    set(start + Duration::hours(25));
    assert_eq!(answering::sweep(&test.office).await.expect("sweeps"), 1);
    assert_eq!(drafts(&test).await, 0);
    assert_eq!(test.spent(&round.slug).await, 0, "the code can begin anew");

    let start = at("2025-10-01T12:00:00Z");
    set(start);
    answering::start(&test.office, &round.letters[0].code, &key()).await.expect("starts");
    for day in 1..=7 {
        set(start + Duration::days(day) - Duration::minutes(day));
        assert!(alive().await, "saved the day before, day {day}");
        save(&test, "p01", &[("A4", "1")]).await.expect("is saved");
    }
    set(start + Duration::days(7));
    assert!(!alive().await, "a week after its start, whenever it was saved");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_quick_exit_leaves_no_row_and_the_code_unspent(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    answering::start(&test.office, &round.letters[0].code, &key()).await.expect("starts");
    let other = CookieKey::new([8; 32]);
    answering::start(&test.office, &round.letters[1].code, &other).await.expect("starts");
    save(&test, "p01", &[("A4", "1")]).await.expect("is saved");
    assert_eq!(drafts(&test).await, 2);
    answering::exit(&test.office, &key()).await.expect("leaves");
    assert_eq!(drafts(&test).await, 1);
    assert!(answering::standing(&test.office, &key()).await.expect("looks").is_none());
    assert!(answering::standing(&test.office, &other).await.expect("looks").is_some(), "only one's own");
    answering::exit(&test.office, &key()).await.expect("twice does no harm");
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (0, 0));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_windows_that_save_at_once_lose_no_answer_and_all_who_press_send_get_one_receipt(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let elsewhere = test.another_process().await;
    for (number, letter) in (1..=5).zip(&round.letters) {
        let key = CookieKey::new([number; 32]);
        answering::start(&test.office, &letter.code, &key).await.expect("starts");
        let version = answering::page(&test.office, &key, "p01", "sv").await.expect("shows").version;
        let only = |item: &str, code: &str| Posted {
            page: "p01".to_owned(),
            version: version.clone(),
            answers: vec![(item.to_owned(), code.to_owned())],
            ..Posted::default()
        };
        let (one, other) = (only("A4", "3"), only("A3b", "2"));
        let (one, other) =
            tokio::join!(answering::save(&test.office, &key, &one), answering::save(&elsewhere, &key, &other));
        one.and(other).expect("both are saved");
        let page = answering::page(&test.office, &key, "p01", "sv").await.expect("shows");
        assert_eq!(chosen(&page), [("A4", Some(3)), ("A3a", None), ("A3b", Some(2))]);

        let mut presses = tokio::task::JoinSet::new();
        for press in 0..50 {
            let (office, key) = (if press % 2 == 0 { test.office.clone() } else { elsewhere.clone() }, key.clone());
            presses.spawn(async move { answering::send(&office, &key, "sv").await });
        }
        let mut words: Vec<String> = Vec::new();
        for receipt in presses.join_all().await {
            words.push(receipt.expect("a receipt").word);
        }
        words.dedup();
        assert_eq!(words.len(), 1);
        let rows = i64::from(number);
        assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (rows, rows));
        assert_eq!(drafts(&test).await, 0);
    }
}
