//! The opening of the envelopes: what was sent comes out whole and tied to nobody, a wrong key or a
//! damaged envelope changes nothing, and until then no stored byte shows an answer.

use std::{collections::BTreeMap, fs, time::Duration};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rstest::rstest;
use trygg::{
    service::{
        answering::{self, CookieKey, Posted},
        opening::{self, Opening, OpeningError},
        releasing::ReleaseError,
        rounds::{self, RoundError},
    },
    store::{NewEnvelope, Scrubbed, StoredEnvelope, TurnoutCount},
    survey::{
        key_share::ShareError,
        round::{Kind, Stage},
    },
};
use uuid::{Variant, Version};
use zeroize::Zeroizing;

use crate::support::{
    Engine,
    office::{Fielded, Survey, TestOffice, answers, submission},
};

/// The first `count` letters are answered; gives the sheets in the order of sending.
async fn answered(test: &TestOffice, survey: &Survey, round: &Fielded, count: usize) -> Vec<Vec<u8>> {
    let mut rng = ChaCha8Rng::seed_from_u64(count as u64);
    let mut sheets = Vec::new();
    for letter in &round.letters[..count] {
        let (given, sheet) = answers(survey, &letter.area, &mut rng);
        test.post(&round.slug, &letter.code, submission(), &given).await.expect("is stored");
        sheets.push(sheet);
    }
    sheets
}

async fn close(test: &TestOffice, round: &Fielded) {
    rounds::transition(&test.office, &round.slug, "closed", "all are in").await.expect("closes");
}

async fn open(test: &TestOffice, round: &Fielded, passphrase: &str) -> Result<Opening, OpeningError> {
    opening::open_envelopes(&test.office, &round.slug, vec![Zeroizing::new(passphrase.to_owned())]).await
}

fn sorted(mut sheets: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    sheets.sort();
    sheets
}

async fn sheets(test: &TestOffice, round: &Fielded) -> Vec<Vec<u8>> {
    sorted(test.responses(&round.slug).await.into_iter().map(|response| response.sheet).collect())
}

/// Rows of a round that tie answers to letters: envelopes, bags, codes by use, key shares, drafts.
async fn ties(test: &TestOffice, round: &Fielded) -> (i64, usize, i64, usize, i64) {
    let id = test.round(&round.slug).await.id;
    let mut tx = test.office.database.read().await.expect("begins");
    (
        tx.envelopes().count(id).await.expect("counts"),
        tx.bags().of_round(id).await.expect("reads").len(),
        tx.invitations().counts(id).await.expect("counts").iter().map(|count| count.count).sum(),
        tx.key_shares().of_round(id).await.expect("reads").len(),
        tx.drafts().count().await.expect("counts"),
    )
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_opening_gives_exactly_what_was_sent_under_random_ids_and_leaves_no_tie(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(5).await;
    let sent = answered(&test, &survey, &round, 43).await;
    answering::start(&test.office, &round.letters[50].code, &CookieKey::new([1; 32])).await.expect("starts");
    assert_eq!(ties(&test, &round).await, (43, 43, 60, 1, 1));
    let early = open(&test, &round, &round.passphrase).await.expect_err("is open");
    assert!(matches!(early, OpeningError::Round(RoundError::WrongStage(wrong)) if wrong.stage == "open"));
    close(&test, &round).await;

    let opening = open(&test, &round, &round.passphrase).await.expect("opens");
    assert_eq!(opening, Opening { responses: 43, scrubbed: Scrubbed::Done });
    assert_eq!(sheets(&test, &round).await, sorted(sent.clone()));
    for response in test.responses(&round.slug).await {
        let id = response.id.uuid();
        assert_eq!((id.get_version(), id.get_variant()), (Some(Version::Random), Variant::RFC4122));
    }
    assert_eq!(ties(&test, &round).await, (0, 0, 0, 0, 0));
    let opened = test.round(&round.slug).await;
    assert_eq!(*opened.stage(), Stage::Opened { scrubbed: true, imported: false });

    // Letters 1-40 are those of eight districts; three of the ninth answered, nobody further on.
    let mut tx = test.office.database.read().await.expect("begins");
    let mut turnout = tx.turnout().of_round(opened.id).await.expect("reads");
    turnout.sort_by(|one, other| one.area_code.cmp(&other.area_code));
    let used = [5, 5, 5, 5, 5, 5, 5, 5, 3, 0, 0, 0];
    let wanted: Vec<TurnoutCount> = survey
        .set
        .districts()
        .zip(used)
        .map(|(area, used)| TurnoutCount { area_code: area.code.clone(), mode: "web".to_owned(), sampled: 5, used })
        .collect();
    assert_eq!(turnout, wanted);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_passphrase_changes_nothing_and_the_right_one_may_be_typed_loosely(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let sent = answered(&test, &survey, &round, 7).await;
    let other = test.fielded(&survey, test.plan(&survey, 2026), |_| 1).await;
    close(&test, &round).await;
    let before = (ties(&test, &round).await, test.round(&round.slug).await);
    let short = round.passphrase.rsplit_once(' ').expect("words").0;
    for wrong in ["", short, other.passphrase.as_str()] {
        let refused = open(&test, &round, wrong).await.expect_err("is not the round's");
        assert!(matches!(refused, OpeningError::Share(ShareError::WrongPassphrase)), "{refused}");
    }
    assert!(opening::open_envelopes(&test.office, &round.slug, Vec::new()).await.is_err(), "nobody came");
    assert_eq!((ties(&test, &round).await, test.round(&round.slug).await), before);
    assert!(sheets(&test, &round).await.is_empty());

    let loosely = format!("  {}\n", round.passphrase.to_uppercase().replace(' ', "  "));
    assert_eq!(open(&test, &round, &loosely).await.expect("opens").responses, 7);
    assert_eq!(sheets(&test, &round).await, sorted(sent));
}

/// Puts `envelopes` in the place of a round's.
async fn put(test: &TestOffice, round: &Fielded, envelopes: &[StoredEnvelope]) {
    let id = test.round(&round.slug).await.id;
    let mut tx = test.office.database.begin().await.expect("begins");
    tx.envelopes().delete_round(id).await.expect("deletes");
    for StoredEnvelope { submission_hash, bag, position, envelope } in envelopes.iter().cloned() {
        let row = NewEnvelope { submission_hash, position, envelope };
        tx.envelopes().insert_many(id, bag, &[row]).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn damaged_envelopes_are_counted_and_nothing_is_opened_until_they_are_whole(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let sent = answered(&test, &survey, &round, 12).await;
    close(&test, &round).await;
    let id = test.round(&round.slug).await.id;
    let mut tx = test.office.database.read().await.expect("begins");
    let whole = tx.envelopes().page(id, None, 100).await.expect("reads");
    drop(tx);
    let before = (ties(&test, &round).await, test.round(&round.slug).await);

    type Damage = fn(&mut Vec<StoredEnvelope>);
    let damages: [(u64, Damage); 5] = [
        (1, |envelopes| envelopes[3].envelope[20] ^= 1),
        (1, |envelopes| {
            envelopes[0].envelope.pop();
        }),
        (1, |envelopes| envelopes[11].submission_hash[31] ^= 0x80),
        // Two letters' envelopes change places.
        (2, |envelopes| {
            let first = envelopes[5].envelope.clone();
            envelopes[5].envelope = std::mem::replace(&mut envelopes[6].envelope, first);
        }),
        (12, |envelopes| envelopes.iter_mut().for_each(|envelope| envelope.position += 1)),
    ];
    for (wanted, damage) in damages {
        let mut damaged = whole.clone();
        damage(&mut damaged);
        put(&test, &round, &damaged).await;
        let refused = open(&test, &round, &round.passphrase).await.expect_err("is damaged");
        assert!(matches!(refused, OpeningError::Unreadable(found, 12) if found == wanted), "{refused}");
        assert!(sheets(&test, &round).await.is_empty());
        assert_eq!((ties(&test, &round).await, test.round(&round.slug).await), before);
    }
    put(&test, &round, &whole).await;
    assert_eq!(open(&test, &round, &round.passphrase).await.expect("opens").responses, 12);
    assert_eq!(sheets(&test, &round).await, sorted(sent));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_opening_that_waits_for_a_reader_is_finished_later_without_a_passphrase(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    let sent = answered(&test, &survey, &round, 9).await;
    close(&test, &round).await;
    let id = test.round(&round.slug).await.id;
    let mut reader = test.office.database.read().await.expect("begins");
    assert_eq!(reader.envelopes().count(id).await.expect("counts"), 9);
    let impatient = test.another_that_waits(Duration::from_millis(20)).await;
    let opening =
        opening::open_envelopes(&impatient, &round.slug, vec![round.passphrase.clone()]).await.expect("opens");
    assert_eq!(opening, Opening { responses: 9, scrubbed: Scrubbed::Busy });
    assert_eq!(*test.round(&round.slug).await.stage(), Stage::Opened { scrubbed: false, imported: false });
    let refused = test.release(&round.slug, None).await.expect_err("the old file is read");
    assert!(matches!(refused, ReleaseError::NotScrubbed));
    drop(reader);

    let again = opening::open_envelopes(&test.office, &round.slug, Vec::new()).await.expect("finishes");
    assert_eq!(again, Opening { responses: 9, scrubbed: Scrubbed::Done });
    assert_eq!(*test.round(&round.slug).await.stage(), Stage::Opened { scrubbed: true, imported: false });
    let third = open(&test, &round, &round.passphrase).await.expect_err("is finished");
    assert!(matches!(third, OpeningError::Round(RoundError::WrongStage(wrong)) if wrong.possible == ["released"]));
    assert_eq!(sheets(&test, &round).await, sorted(sent));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_open_at_the_same_time_get_every_answer_once(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(2).await;
    let sent = answered(&test, &survey, &round, 20).await;
    close(&test, &round).await;
    let (first, second) = tokio::join!(open(&test, &round, &round.passphrase), open(&test, &round, &round.passphrase));
    assert!(first.is_ok() || second.is_ok());
    assert_eq!(sheets(&test, &round).await, sorted(sent));
    assert_eq!(ties(&test, &round).await, (0, 0, 0, 0, 0));
}

/// Every byte of the database's files, as a thief would copy them.
async fn stored_bytes(test: &TestOffice, engine: Engine) -> Vec<Vec<u8>> {
    let files: Vec<_> = match engine {
        Engine::Sqlite => {
            let file = test.test.file();
            ["", "-wal"].map(|ending| format!("{}{ending}", file.display()).into()).into()
        }
        Engine::Postgres => {
            let mut server = test.test.plain_connection().await;
            sqlx::query("CHECKPOINT").execute(&mut server).await.expect("writes the files");
            let folder = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database \
                          WHERE datname = current_database()";
            let folder: String = sqlx::query_scalar(folder).fetch_one(&mut server).await.expect("a folder");
            fs::read_dir(folder).expect("is readable").map(|entry| entry.expect("an entry").path()).collect()
        }
    };
    files.into_iter().filter_map(|file: std::path::PathBuf| fs::read(file).ok()).collect()
}

fn holds(files: &[Vec<u8>], needle: &[u8]) -> bool {
    files.iter().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn until_the_opening_no_stored_byte_shows_an_answer_a_code_or_a_submission(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(1).await;
    // All answer these 13 alike, in a pattern that stands nowhere else; B01-B13 lie side by side.
    let pattern = [4, 1, 3, 3, 2, 4, 4, 1, 2, 1, 3, 2, 4_u8];
    let mut given = BTreeMap::new();
    for (place, code) in (1..).zip(pattern) {
        given.insert(format!("B{place:02}"), code);
    }
    let ids: Vec<_> = round.letters[..8].iter().map(|_| submission()).collect();
    for (letter, id) in round.letters.iter().zip(&ids) {
        test.post(&round.slug, &letter.code, *id, &given).await.expect("is stored");
    }
    // One more has got that far in the form.
    let key = CookieKey::new([9; 32]);
    answering::start(&test.office, &round.letters[9].code, &key).await.expect("starts");
    let mut at = "p01".to_owned();
    while at != "p07" {
        let page = answering::page(&test.office, &key, &at, "sv").await.expect("shows");
        let ids = page.items.iter().map(|item| item.id.clone());
        let answers = ids.map(|id| (id.clone(), given.get(&id).unwrap_or(&1).to_string())).collect();
        let posted = Posted { page: at, version: page.version, answers, ..Posted::default() };
        let next = answering::save(&test.office, &key, &posted).await.expect("is saved");
        let answering::Next::Page(next) = next else { panic!("the form goes on") };
        at = next;
    }

    let stolen = stored_bytes(&test, engine).await;
    assert!(holds(&stolen, round.slug.as_bytes()), "the files are those of this database");
    assert!(!holds(&stolen, &pattern));
    for (letter, id) in round.letters.iter().zip(&ids).take(3) {
        assert!(!holds(&stolen, letter.code.as_bytes()));
        assert!(!holds(&stolen, letter.code.replace('-', "").as_bytes()));
        assert!(!holds(&stolen, id.uuid().as_bytes()));
    }
    assert!(!holds(&stolen, &key.expose()[..]));
    assert!(!holds(&stolen, round.passphrase.as_bytes()));
    drop(stolen);

    // The control: what could not be found then is found once it lies open.
    assert_eq!(test.opened(&round).await.len(), 8);
    assert_eq!(
        survey.questionnaire.item("B01").expect("an item").0 + 12,
        survey.questionnaire.item("B13").expect("").0
    );
    assert!(holds(&stored_bytes(&test, engine).await, &pattern));
}
