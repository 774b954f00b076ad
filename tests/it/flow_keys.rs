//! Several key holders from the first sheet to the last one destroyed: which sheets open a round and which never,
//! what is told at once, and what happens where holders sit at different machines.

use std::time::Duration;

use rstest::rstest;
use trygg::{
    service::{
        keys::{self, Asker, KeyError},
        opening::{self, Opening, OpeningError},
        releasing::ReleaseError,
        rounds::{self, RoundError},
    },
    store::{NewEnvelope, Scrubbed, StoredEnvelope},
    survey::{
        envelope::{OpenBag, PrivateKey, PublicKey},
        holder::{HolderSecret, Mistyped},
        key_share::ShareError,
        round::{Kind, Stage},
        split::{self, Bound, Purpose, Share},
    },
};
use zeroize::Zeroizing;

use crate::support::{Engine, holders::Held, office::TestOffice, signing::member};

/// Every group of `size` out of `count`.
fn groups(count: usize, size: usize) -> Vec<Vec<usize>> {
    (0..1_u32 << count)
        .filter(|set| set.count_ones() as usize == size)
        .map(|set| (0..count).filter(|place| set >> place & 1 == 1).collect())
        .collect()
}

async fn open(test: &TestOffice, held: &Held, holders: &[usize]) -> Result<Opening, OpeningError> {
    opening::open_envelopes(&test.office, &held.round.slug, held.of(holders)).await
}

#[rstest]
#[case::two_of_three(Engine::Sqlite, 2, 3)]
#[case::two_of_three_on_a_server(Engine::Postgres, 2, 3)]
#[case::three_of_five(Engine::Sqlite, 3, 5)]
#[tokio::test]
async fn every_group_of_enough_holders_opens_in_any_order_and_no_smaller_one(
    #[case] engine: Engine,
    #[case] needed: u8,
    #[case] holders: u8,
) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let (count, size) = (usize::from(holders), usize::from(needed));
    for (year, mut group) in (2025..).zip(groups(count, size)) {
        let held = test.held_closed(&survey, test.plan_of(&survey, year, needed, holders), 5).await;
        for few in groups(count, size - 1) {
            let refused = open(&test, &held, &few).await.expect_err("are too few");
            let told = matches!(refused, OpeningError::TooFew { given, .. } if given == few.len());
            assert!(told, "{refused}");
            // One holder twice is one holder.
            let twice: Vec<usize> = few.iter().chain(&few[..1]).copied().collect();
            assert!(matches!(open(&test, &held, &twice).await, Err(OpeningError::TooFew { .. })));
        }
        assert_eq!(test.stage(&held.round.slug).await, "closed");
        group.reverse();
        let opened = open(&test, &held, &group).await.expect("opens");
        assert_eq!(opened, Opening { responses: 5, scrubbed: Scrubbed::Done });
        assert_eq!(test.opened_sheets(&held.round.slug).await, held.sent);
        let mut tx = test.office.database.read().await.expect("begins");
        let id = rounds::find(&test.office, &held.round.slug).await.expect("is there").id;
        assert_eq!(tx.key_shares().of_round(id).await.expect("reads"), []);
        assert_eq!(tx.openings().find(id).await.expect("reads"), None);
        assert_eq!(tx.openings().given(id).await.expect("reads"), []);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_key_is_made_when_all_sheets_are_typed_back_and_then_no_sheet_changes(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let (slug, office) = ("round-2025", &test.office);
    rounds::create(office, test.plan_of(&survey, 2025, 2, 3)).await.expect("is planned");
    let draw = async |holder, asker| keys::draw(office, slug, holder, asker).await;
    let one = draw(1, Asker::default()).await.expect("is drawn");
    let two = draw(2, Asker::default()).await.expect("is drawn");
    assert!(matches!(draw(4, Asker::default()).await, Err(KeyError::NoHolder(4, 3))));
    assert!(matches!(draw(0, Asker::default()).await, Err(KeyError::NoHolder(0, 3))));
    assert!(rounds::make_key(office, slug).await.is_err(), "a passphrase is for one holder");
    let confirm = async |typed: &str| keys::confirm(office, slug, typed, Asker::default()).await;
    assert_eq!(confirm(&two.secret).await.expect("is typed back"), "Holder 2");
    let missing = keys::make(office, slug).await.expect_err("two are missing");
    assert!(matches!(missing, KeyError::Unconfirmed(names) if names == ["Holder 1", "Holder 3"]));

    // A sheet drawn anew makes the old one worthless.
    let anew = draw(1, Asker::default()).await.expect("is drawn anew");
    assert!(matches!(confirm(&one.secret).await, Err(KeyError::UnknownSheet)));
    assert_eq!(confirm(&anew.secret).await.expect("is typed back"), "Holder 1");

    // Whoever is signed in has one sheet, and nobody else's.
    let asta = member(office, "asta", "kommun", &["holder"]).await;
    let berit = member(office, "berit", "polis", &["holder"]).await;
    let by = |staff, holder| Asker { holder: Some(holder), staff: Some(staff) };
    assert!(matches!(draw(1, by(asta.id, 1)).await, Err(KeyError::Taken(name)) if name == "Holder 1"));
    let three = draw(3, by(asta.id, 3)).await.expect("is drawn");
    assert!(matches!(draw(3, by(berit.id, 3)).await, Err(KeyError::Taken(_))));
    assert!(matches!(draw(2, by(asta.id, 2)).await, Err(KeyError::Taken(_) | KeyError::SamePerson(_))));
    let typed = async |typed: &str, asker| keys::confirm(office, slug, typed, asker).await;
    assert!(matches!(typed(&three.secret, by(berit.id, 3)).await, Err(KeyError::NotYours(_))));
    assert!(matches!(typed(&two.secret, by(asta.id, 3)).await, Err(KeyError::OtherHolder(name)) if name == "Holder 2"));
    assert_eq!(typed(&three.secret, by(asta.id, 3)).await.expect("is typed back"), "Holder 3");

    assert!(matches!(keys::rehearse(office, slug, &anew.secret, Asker::default()).await, Err(KeyError::NoShares)));
    keys::make(office, slug).await.expect("is made");
    assert!(matches!(keys::make(office, slug).await, Err(KeyError::KeyMade)));
    assert!(matches!(draw(1, Asker::default()).await, Err(KeyError::KeyMade)));
    for (number, sheet) in (1..).zip([&anew, &two, &three]) {
        let name = keys::rehearse(office, slug, &sheet.secret, Asker::default()).await.expect("works");
        assert_eq!(name, format!("Holder {number}"));
    }
    let states = keys::holders(office, &test.round(slug).await).await.expect("reads");
    assert!(states.iter().all(|holder| holder.sheet.as_ref().is_some_and(|sheet| sheet.rehearsed)));
    assert!(matches!(keys::destroyed(office, slug, 1, Asker::default()).await, Err(KeyError::StillNeeded)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_sheet_is_told_by_what_is_wrong_and_changes_nothing(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let other = test.held_closed(&survey, test.plan_of(&survey, 2024, 2, 2), 1).await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, 2, 3), 4).await;
    let before = (test.round(&held.round.slug).await, test.envelopes(&held.round.slug).await);
    let mut swapped: Vec<char> = held.sheets[1].chars().collect();
    let place = (1..swapped.len())
        .find(|&at| swapped[at] != swapped[at - 1] && swapped[at] != ' ' && swapped[at - 1] != ' ')
        .expect("two that differ");
    swapped.swap(place, place - 1);
    let swapped = Zeroizing::new(swapped.into_iter().collect::<String>());
    let nobodys = HolderSecret::draw(&mut rand::rng()).printed();
    type Told = fn(&KeyError) -> bool;
    let wrong: [(Zeroizing<String>, Told); 5] = [
        (swapped, |error| matches!(error, KeyError::Mistyped(Mistyped::Check))),
        (Zeroizing::new(held.sheets[1][..20].to_owned()), |error| {
            matches!(error, KeyError::Mistyped(Mistyped::Length(16)))
        }),
        (Zeroizing::new("bafo keta".to_owned()), |error| matches!(error, KeyError::Mistyped(_))),
        (other.sheets[1].clone(), |error| matches!(error, KeyError::OtherRound(slug) if slug == "round-2024")),
        (nobodys, |error| matches!(error, KeyError::UnknownSheet)),
    ];
    for (typed, told) in wrong {
        let given = vec![held.sheets[0].clone(), typed.clone()];
        let refused = opening::open_envelopes(&test.office, &held.round.slug, given).await.expect_err("is wrong");
        assert!(matches!(&refused, OpeningError::Sheet(2, error) if told(error)), "{refused}");
        let tried = keys::rehearse(&test.office, &held.round.slug, &typed, Asker::default()).await;
        assert!(tried.is_err_and(|error| told(&error)));
        let mut tx = test.office.database.read().await.expect("begins");
        assert_eq!(tx.openings().find(before.0.id).await.expect("reads"), None, "nothing was begun");
    }
    assert_eq!((test.round(&held.round.slug).await, test.envelopes(&held.round.slug).await), before);
    // A share that was altered is told when its sheet is tried, long before it is needed.
    let shares = "UPDATE key_shares SET sealed = (SELECT other.sealed FROM key_shares AS other \
                  WHERE other.round_id = key_shares.round_id AND other.holder = 2) WHERE holder = 3";
    test.test.tamper(shares).await;
    let tried = keys::rehearse(&test.office, &held.round.slug, &held.sheets[2], Asker::default()).await;
    assert!(matches!(tried, Err(KeyError::Share(ShareError::WrongSheet))));
    assert_eq!(open(&test, &held, &[1, 0]).await.expect("opens").responses, 4);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holders_at_different_processes_open_together_and_two_persons_start_it(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, 2, 3), 7).await;
    let slug = held.round.slug.as_str();
    let (leads, gives) = (test.office.clone(), test.another_process().await);
    let asta = member(&leads, "asta", "kommun", &["fieldwork"]).await;
    let berit = member(&leads, "berit", "kommun", &["fieldwork"]).await;
    let give = async |holder: usize| opening::give(&gives, slug, &held.sheets[holder], Asker::default()).await;

    assert!(matches!(give(0).await, Err(OpeningError::NotUnderWay)));
    assert!(matches!(opening::agree(&leads, slug, asta.id).await, Err(OpeningError::NotUnderWay)));
    opening::ask(&leads, slug, asta.id).await.expect("is asked for");
    assert!(matches!(give(0).await, Err(OpeningError::NotUnderWay)), "nobody has agreed");
    assert!(matches!(opening::agree(&leads, slug, asta.id).await, Err(OpeningError::SamePerson)));
    let first = opening::agree(&gives, slug, berit.id).await.expect("starts");
    assert!(matches!(opening::agree(&leads, slug, berit.id).await, Err(OpeningError::NotUnderWay)));
    let given = give(0).await.expect("is given");
    assert_eq!((given.given, given.needed), (1, 2));
    assert_eq!(give(0).await.expect("again").given, 1, "one holder twice is one holder");

    // The process that leads is gone: what was given to it is worthless, and it is begun again.
    drop(first);
    let ceremony = opening::start(&leads, slug).await.expect("starts");
    let id = test.round(slug).await.id;
    let under = opening::under_way(&gives, id).await.expect("reads").expect("is under way");
    assert_eq!((under.given.len(), under.stored.unreadable), (0, None));
    let (opened, ()) = tokio::join!(ceremony.attend(&leads), async {
        for holder in [2, 0] {
            tokio::time::sleep(Duration::from_millis(50)).await;
            give(holder).await.expect("is given");
        }
    });
    assert_eq!(opened.expect("opens"), Opening { responses: 7, scrubbed: Scrubbed::Done });
    assert_eq!(test.opened_sheets(slug).await, held.sent);
    assert_eq!(opening::under_way(&gives, id).await.expect("reads"), None);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_opening_lasts_an_hour_and_one_at_a_time(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, 2, 2), 3).await;
    let slug = held.round.slug.as_str();
    let give = async |holder: usize| opening::give(&test.office, slug, &held.sheets[holder], Asker::default()).await;
    let first = opening::start(&test.office, slug).await.expect("starts");
    give(0).await.expect("is given");
    let second = opening::start(&test.office, slug).await.expect("starts");
    assert!(matches!(first.attend(&test.office).await, Err(OpeningError::Over)));
    give(1).await.expect("is given");
    test.clock.advance(chrono::TimeDelta::minutes(60));
    assert!(matches!(give(0).await, Err(OpeningError::NotUnderWay)));
    assert!(matches!(second.attend(&test.office).await, Err(OpeningError::Over)));
    assert_eq!(test.stage(slug).await, "closed");
    assert_eq!(open(&test, &held, &[0, 1]).await.expect("opens").responses, 3);
    let late = opening::start(&test.office, slug).await.err();
    assert!(matches!(late, Some(OpeningError::Round(RoundError::WrongStage(_)))));
}

/// Alters so many envelopes of a round.
async fn damage(test: &TestOffice, held: &Held, count: usize) {
    let id = test.round(&held.round.slug).await.id;
    let mut tx = test.office.database.begin().await.expect("begins");
    let mut envelopes = tx.envelopes().page(id, None, 1_000).await.expect("reads");
    tx.envelopes().delete_round(id).await.expect("deletes");
    for (place, stored) in envelopes.iter_mut().enumerate() {
        stored.envelope[20] ^= u8::from(place < count);
        let (submission_hash, envelope) = (stored.submission_hash, stored.envelope.clone());
        let row = NewEnvelope { submission_hash, position: stored.position, envelope };
        tx.envelopes().insert_many(id, stored.bag, &[row]).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
}

#[rstest]
#[case::sqlite(Engine::Sqlite, 1)]
#[case::postgres(Engine::Postgres, 2)]
#[case::nearly_all(Engine::Sqlite, 50)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unreadable_envelopes_stop_it_until_two_persons_set_them_aside(#[case] engine: Engine, #[case] count: usize) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, 2, 3), 60).await;
    let (slug, office) = (held.round.slug.as_str(), &test.office);
    damage(&test, &held, count).await;
    let wanted = i64::try_from(count).expect("small");

    let refused = open(&test, &held, &[0, 1]).await.expect_err("is damaged");
    assert!(matches!(refused, OpeningError::Unreadable(found, 60) if found == count as u64), "{refused}");
    assert!(test.opened_sheets(slug).await.is_empty());

    let asta = member(office, "asta", "kommun", &["fieldwork"]).await;
    let berit = member(office, "berit", "kommun", &["fieldwork"]).await;
    let id = test.round(slug).await.id;
    let ceremony = opening::start(office, slug).await.expect("starts");
    for holder in [0, 2] {
        opening::give(office, slug, &held.sheets[holder], Asker::default()).await.expect("is given");
    }
    let aside = async |said: i64, by| opening::set_aside(office, slug, said, by).await;
    let (opened, ()) = tokio::join!(ceremony.attend(office), async {
        loop {
            let under = opening::under_way(office, id).await.expect("reads").expect("is under way");
            if under.stored.unreadable.is_some() {
                assert_eq!(under.stored.unreadable, Some(wanted));
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(test.opened_sheets(slug).await.is_empty());
        assert!(matches!(aside(wanted + 1, asta.id).await, Err(OpeningError::AnotherNumber)));
        assert!(!aside(wanted, asta.id).await.expect("the first says so"));
        assert!(matches!(aside(wanted, asta.id).await, Err(OpeningError::SamePerson)));
        assert!(aside(wanted, berit.id).await.expect("the second agrees"));
    });
    assert_eq!(opened.expect("opens").responses, 60 - wanted);
    assert_eq!(test.round(slug).await.set_aside, count as u64);
}

/// All that a copy of storage and the server's secrets hold, and what an attacker makes of it with some sheets:
/// how many envelopes open.
async fn attacked(test: &TestOffice, held: &Held, sheets: &[usize]) -> usize {
    let round = test.round(&held.round.slug).await;
    let mut tx = test.office.database.read().await.expect("begins");
    let public = tx.round_keys().public(round.id).await.expect("reads").expect("a key");
    let public = PublicKey::from_bytes(&public).expect("a key");
    let sealed = tx.key_shares().of_round(round.id).await.expect("reads");
    let mut shares = Vec::new();
    for &holder in sheets {
        let secret = HolderSecret::parse(&held.sheets[holder]).expect("a sheet");
        let number = u8::try_from(holder + 1).expect("small");
        let bound = Bound { purpose: Purpose::Holder, round: round.id, key: &public, holder: number };
        let private = secret.key(round.id);
        for other in &sealed {
            shares.extend(Share::open(&private, bound, &other.sealed));
        }
    }
    assert_eq!(shares.len(), sheets.len(), "each sheet opens its own share and no other");
    let mut keys: Vec<PrivateKey> = split::join(&shares).into_iter().collect();
    // Every secret of the server, and pieces of what is stored of the key, as the key.
    let settings = &test.office.settings;
    for file in [&settings.service_secret_file, &settings.pepper_file, &settings.release_key_file] {
        let secret = trygg::settings::read_secret(file).expect("a secret");
        keys.push(PrivateKey::from_seed(*secret.expose()));
    }
    for stored in sealed.iter().map(|share| share.sealed.as_slice()).chain([&public.bytes()[..64]]) {
        let windows = stored[stored.len() - 64..].windows(32).step_by(4);
        keys.extend(windows.map(|window| PrivateKey::from_seed(window.try_into().expect("32 bytes"))));
    }
    let version = &test.office.catalogue;
    let plan = &round.plan.questionnaire;
    let questionnaire = version.find(&test.office.database, &plan.id, &plan.version).await.expect("is there");
    let envelopes = tx.envelopes().page(round.id, None, 1_000).await.expect("reads");
    let bags = tx.bags().of_round(round.id).await.expect("reads");
    let opens = |key: &PrivateKey, envelope: &StoredEnvelope| {
        let bag = bags.iter().find(|bag| bag.id == envelope.bag).expect("a bag");
        let bag = OpenBag::new(key, round.id, &questionnaire.hash(), &bag.encapsulation);
        let length = questionnaire.sheet_length();
        bag.and_then(|bag| bag.open(envelope.position, &envelope.submission_hash, &envelope.envelope, length)).is_ok()
    };
    // A key that opens one opens them all.
    keys.retain(|key| opens(key, &envelopes[0]));
    envelopes.iter().filter(|envelope| keys.iter().any(|key| opens(key, envelope))).count()
}

#[rstest]
#[case::sqlite(Engine::Sqlite, 2, 3)]
#[case::postgres(Engine::Postgres, 3, 3)]
#[tokio::test]
async fn a_copy_of_everything_with_one_sheet_too_few_opens_nothing(
    #[case] engine: Engine,
    #[case] needed: u8,
    #[case] holders: u8,
) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, needed, holders), 6).await;
    let (count, size) = (usize::from(holders), usize::from(needed));
    for few in groups(count, size - 1) {
        assert_eq!(attacked(&test, &held, &few).await, 0, "{few:?}");
    }
    // The control: the same attacker with one sheet more.
    assert_eq!(attacked(&test, &held, &groups(count, size)[0]).await, 6);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn nothing_is_released_until_too_few_sheets_are_left_to_open_an_old_copy(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.lulea().await;
    let held = test.held_closed(&survey, test.plan_of(&survey, 2025, 2, 3), 12).await;
    let (slug, office) = (held.round.slug.as_str(), &test.office);
    assert!(matches!(keys::destroyed(office, slug, 1, Asker::default()).await, Err(KeyError::StillNeeded)));
    open(&test, &held, &[0, 1]).await.expect("opens");
    assert_eq!(*test.round(slug).await.stage(), Stage::Opened { scrubbed: true, imported: false });
    for left in [2_u8, 1] {
        let refused = test.release(slug, None).await.expect_err("sheets are left");
        assert!(matches!(refused, ReleaseError::SheetsLeft(found) if found == u32::from(left)), "{refused}");
        for _ in 0..2 {
            keys::destroyed(office, slug, left, Asker::default()).await.expect("is noted, also once more");
        }
    }
    // So few have answered that nothing can be shown; the sheets are no reason any more.
    let refused = test.release(slug, None).await.expect_err("twelve answered");
    assert!(!matches!(refused, ReleaseError::SheetsLeft(_)), "{refused}");
}
