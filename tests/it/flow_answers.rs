//! One code, one answer: however often, from wherever and in whatever order it is sent. A receipt is
//! given for a stored row only, and what the questionnaire refuses spends no code.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rstest::rstest;
use tokio::task::JoinSet;
use trygg::{
    questionnaire::missing,
    service::{
        answering::{self, CookieKey, PostRefusal, Refusal},
        rounds,
    },
    survey::{invitation::Code, round::Kind},
};

use crate::support::{
    Engine,
    office::{TestOffice, answers, posted, submission},
};

type Answers = BTreeMap<String, u8>;

fn one(pairs: &[(&str, u8)]) -> Answers {
    pairs.iter().map(|(item, code)| ((*item).to_owned(), *code)).collect()
}

/// Items and codes of refused answers.
fn faults(refused: PostRefusal) -> Vec<(String, &'static str)> {
    let PostRefusal::Answers(faults) = refused else { panic!("another refusal: {refused}") };
    let mut faults: Vec<_> = faults.into_iter().map(|fault| (fault.item, fault.code)).collect();
    faults.sort();
    faults
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_submission_spends_one_code_whatever_comes_with_it_at_once(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(10).await;
    let mut sending = JoinSet::new();
    for pair in round.letters.chunks(2) {
        let id = submission();
        for letter in pair {
            let sheet = posted(&letter.code, id, &one(&[("E1", 1)]));
            let (office, slug) = (test.office.clone(), round.slug.clone());
            sending.spawn(async move { answering::post(&office, &slug, sheet).await.map(|receipt| receipt.word) });
        }
    }
    let sent = sending.join_all().await;
    assert!(sent.iter().all(Result::is_ok), "the second is a repeat of the first");
    let pairs = i64::try_from(round.letters.len() / 2).expect("few");
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (pairs, pairs));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_pause_that_another_process_made_is_told_as_a_pause(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let elsewhere = test.another_process().await;
    test.post(&round.slug, &round.letters[0].code, submission(), &one(&[])).await.expect("is stored");
    rounds::transition(&elsewhere, &round.slug, "paused", "a trial").await.expect("pauses");
    let refused = test.post(&round.slug, &round.letters[1].code, submission(), &one(&[])).await;
    assert!(matches!(refused, Err(PostRefusal::Refusal(Refusal::RoundPaused))), "{refused:?}");
    assert_eq!(test.envelopes(&round.slug).await, 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn in_the_day_after_the_last_nothing_begins_and_what_was_begun_is_taken(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let (early, late) = (&round.letters[0].code, &round.letters[1].code);
    let key = CookieKey::new([5; 32]);
    test.now("2025-11-10T22:30:00Z");
    answering::start(&test.office, early, &key).await.expect("the last minutes of the last day");
    let sent = submission();
    test.post(&round.slug, &round.letters[2].code, sent, &one(&[])).await.expect("is stored");

    test.now("2025-11-10T23:30:00Z");
    assert_eq!(test.stage(&round.slug).await, "open");
    let front = answering::front(&test.office).await.expect("the door");
    assert!(matches!(front.state, answering::FrontState::Closed { .. }), "{front:?}");
    let refused = answering::start(&test.office, late, &CookieKey::new([6; 32])).await;
    assert!(matches!(refused, Err(Refusal::RoundClosed)), "{refused:?}");
    let refused = test.post(&round.slug, late, submission(), &one(&[])).await;
    assert!(matches!(refused, Err(PostRefusal::Refusal(Refusal::RoundClosed))), "{refused:?}");
    test.post(&round.slug, late, sent, &one(&[])).await.expect("a repeat");
    answering::send(&test.office, &key, "sv").await.expect("was begun in time");
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (2, 2));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_same_submission_again_is_given_the_same_receipt_and_stored_once(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let (slug, code) = (round.slug.as_str(), round.letters[0].code.as_str());
    let id = submission();
    let first = test.post(slug, code, id, &one(&[("E1", 1)])).await.expect("is stored");
    // A repeat counts by its id, whatever else the sender has changed or lost meanwhile.
    for (code, answers) in [(code, one(&[("E1", 1)])), (code, one(&[("E1", 9)])), ("no code", one(&[]))] {
        let again = test.post(slug, code, id, &answers).await.expect("is a repeat");
        assert_eq!((again.word.as_str(), again.submission), (first.word.as_str(), id));
    }
    let found = answering::receipt(&test.office, id).await.expect("looks").expect("is stored");
    assert_eq!(found.word, first.word);
    assert!(answering::receipt(&test.office, submission()).await.expect("looks").is_none());
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (1, 1));

    rounds::transition(&test.office, slug, "closed", "enough").await.expect("closes");
    let again = test.post(slug, code, id, &one(&[("E1", 1)])).await.expect("a repeat after the close");
    assert_eq!(again.word, first.word);
    let late = test.post(slug, &round.letters[1].code, submission(), &one(&[("E1", 1)])).await;
    assert!(matches!(late, Err(PostRefusal::Refusal(Refusal::RoundClosed))));
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (1, 1));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_spent_code_takes_no_other_submission(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let (slug, code) = (round.slug.as_str(), round.letters[0].code.as_str());
    // A draft is begun before the code is spent elsewhere.
    let key = CookieKey::new([7; 32]);
    answering::start(&test.office, code, &key).await.expect("starts");
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    test.post(slug, &typed, submission(), &one(&[("E1", 1)])).await.expect("as people type it");
    let other = test.post(slug, code, submission(), &one(&[("E1", 1)])).await;
    assert!(matches!(other, Err(PostRefusal::Refusal(Refusal::CodeUsed))));
    let form = answering::start(&test.office, code, &CookieKey::new([8; 32])).await;
    assert!(matches!(form, Err(Refusal::CodeUsed)));
    assert!(matches!(answering::send(&test.office, &key, "sv").await, Err(Refusal::CodeUsed)));
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (1, 1));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_race_with_one_code_one_is_stored(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let processes = [test.office.clone(), test.another_process().await];
    for (letter, spent) in round.letters.iter().zip(1..=6) {
        let mut race = JoinSet::new();
        for runner in 0..50 {
            let (office, slug) = (processes[runner % 2].clone(), round.slug.clone());
            let sheet = posted(&letter.code, submission(), &one(&[("E1", 1)]));
            race.spawn(async move { answering::post(&office, &slug, sheet).await });
        }
        let mut winners = Vec::new();
        for outcome in race.join_all().await {
            match outcome {
                Ok(receipt) => winners.push(receipt.submission),
                Err(PostRefusal::Refusal(Refusal::CodeUsed)) => {}
                Err(other) => panic!("neither winner nor loser: {other}"),
            }
        }
        assert_eq!(winners.len(), 1);
        assert!(answering::receipt(&test.office, winners[0]).await.expect("looks").is_some());
        assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (spent, spent));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_submission_sent_many_times_at_once_is_stored_once_and_every_sender_gets_its_receipt(
    #[case] engine: Engine,
) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let processes = [test.office.clone(), test.another_process().await];
    for (letter, stored) in round.letters.iter().zip(1..=6) {
        let id = submission();
        let mut race = JoinSet::new();
        for runner in 0..50 {
            let (office, slug) = (processes[runner % 2].clone(), round.slug.clone());
            let sheet = posted(&letter.code, id, &one(&[("E1", 2)]));
            race.spawn(async move { answering::post(&office, &slug, sheet).await });
        }
        let receipts = race.join_all().await.into_iter().map(|outcome| outcome.expect("a receipt"));
        let mut words: Vec<String> = receipts.map(|receipt| receipt.word).collect();
        assert_eq!(words.len(), 50);
        words.dedup();
        assert_eq!(words.len(), 1, "one word for all");
        assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (stored, stored));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn refused_answers_are_told_by_item_all_at_once_and_spend_no_code(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let (slug, code) = (round.slug.as_str(), round.letters[0].code.as_str());
    let refused =
        async |answers: &[(&str, u8)]| faults(test.post(slug, code, submission(), &one(answers)).await.expect_err(""));
    // Why one is not out is asked of those who are not out, and the places of crimes of their victims.
    let told = refused(&[("E1", 1), ("E1b", 1), ("C1", 1), ("C1p", 2)]).await;
    assert_eq!(told, [("C1p".to_owned(), "item_hidden"), ("E1b".to_owned(), "item_hidden")]);
    // The district comes from the letter; other streams' questions are not asked here.
    let told = refused(&[("A1", 1), ("A2a", 1)]).await;
    assert_eq!(told, [("A1".to_owned(), "item_hidden"), ("A2a".to_owned(), "item_hidden")]);
    let told = refused(&[("E1", 6), ("E2", 0), ("Q1", 1), ("e1", 1)]).await;
    let wanted = [("E1", "option_unknown"), ("E2", "option_unknown"), ("Q1", "item_unknown"), ("e1", "item_unknown")];
    assert_eq!(told, wanted.map(|(item, code)| (item.to_owned(), code)));
    for machine in [missing::FILTERED, missing::UNSEEN, missing::SKIPPED] {
        assert_eq!(refused(&[("E1", machine)]).await, [("E1".to_owned(), "option_unknown")]);
    }
    // E1 offers no "don't know" and is not sensitive; nobody may decline what is not.
    assert_eq!(refused(&[("E1", missing::DONT_KNOW)]).await, [("E1".to_owned(), "option_unknown")]);
    assert_eq!(refused(&[("E1", missing::REFUSED)]).await, [("E1".to_owned(), "option_unknown")]);
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (0, 0));

    let (whole, _) = answers(&survey, &round.letters[0].area, &mut ChaCha8Rng::seed_from_u64(1));
    test.post(slug, code, submission(), &whole).await.expect("the code still answers");
    let partial = one(&[("C1", missing::REFUSED), ("B01", missing::DONT_KNOW), ("F3", missing::NOT_APPLICABLE)]);
    test.post(slug, &round.letters[1].code, submission(), &partial).await.expect("where they are offered");
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (2, 2));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_code_a_wrong_round_and_a_wrong_language_are_refused(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let other = test.fielded(&survey, test.plan(&survey, 2026), |_| 1).await;
    let slug = round.slug.as_str();
    let mistyped = {
        let code = &round.letters[0].code;
        let last = if code.ends_with('7') { "8" } else { "7" };
        format!("{}{last}", &code[..code.len() - 1])
    };
    let unknown = Code::draw(&mut rand::rng()).printed();
    let sheet = one(&[("E1", 1)]);
    for code in ["", "tolv tecken", &mistyped, &unknown, &other.letters[0].code] {
        let refused = test.post(slug, code, submission(), &sheet).await;
        assert!(matches!(refused, Err(PostRefusal::Refusal(Refusal::CodeWrong))), "{code}");
        let refused = answering::start(&test.office, code, &CookieKey::new([1; 32])).await;
        assert!(matches!(refused, Err(Refusal::CodeWrong)), "{code}");
    }
    let code = round.letters[0].code.as_str();
    let refused = test.post("round-1999", code, submission(), &sheet).await;
    assert!(matches!(refused, Err(PostRefusal::RoundUnknown)));
    let finnish = answering::PostedSheet { language: "fi".to_owned(), ..posted(code, submission(), &sheet) };
    let refused = answering::post(&test.office, slug, finnish).await;
    assert!(matches!(refused, Err(PostRefusal::LanguageUnknown)));
    let early = test.post(&other.slug, &other.letters[0].code, submission(), &sheet).await;
    assert!(matches!(early, Err(PostRefusal::Refusal(Refusal::RoundClosed))), "it opens next year");
    rounds::transition(&test.office, slug, "paused", "a flood").await.expect("pauses");
    let paused = test.post(slug, code, submission(), &sheet).await;
    assert!(matches!(paused, Err(PostRefusal::Refusal(Refusal::RoundPaused))));
    let paused = answering::start(&test.office, code, &CookieKey::new([1; 32])).await;
    assert!(matches!(paused, Err(Refusal::RoundPaused)));
    assert_eq!((test.envelopes(slug).await, test.spent(slug).await), (0, 0));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_queue_is_told_at_once_and_loses_nothing(#[case] engine: Engine) {
    const SENDERS: usize = 10;
    // One answer with the writer and two that wait: whoever comes then is sent away.
    let Some(test) = TestOffice::with_queue(engine, Kind::Test, 2, 1).await else { return };
    let (_, round) = test.open_lulea(1).await;
    let id = test.round(&round.slug).await.id;
    // Somebody holds the round, so that the writer has to wait.
    let mut held = test.office.database.begin().await.expect("begins");
    let row = held.rounds().find(id).await.expect("reads").expect("is there");
    held.rounds().update(id, row.row_version, &row.stage, &row.document).await.expect("holds");

    let sheets: Vec<_> =
        round.letters[..SENDERS].iter().map(|letter| posted(&letter.code, submission(), &one(&[("E1", 3)]))).collect();
    let mut senders = JoinSet::new();
    for sheet in sheets.clone() {
        let (office, slug) = (test.office.clone(), round.slug.clone());
        senders.spawn(async move { answering::post(&office, &slug, sheet).await });
    }
    for _ in 0..SENDERS - 3 {
        let outcome = senders.join_next().await.expect("a sender").expect("no panic");
        assert!(matches!(outcome, Err(PostRefusal::Refusal(Refusal::Busy))));
    }
    held.rollback().await.expect("lets go");
    let waited = senders.join_all().await;
    let stored = waited.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(stored >= 1);
    assert!(waited.iter().all(|outcome| matches!(outcome, Ok(_) | Err(PostRefusal::Refusal(Refusal::Busy)))));
    let stored = i64::try_from(stored).expect("few");
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (stored, stored));

    for sheet in sheets {
        answering::post(&test.office, &round.slug, sheet).await.expect("trying again succeeds");
    }
    assert_eq!((test.envelopes(&round.slug).await, test.spent(&round.slug).await), (10, 10));
}
