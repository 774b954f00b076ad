//! Sign-off: who may, who may not, how a candidate ends, and that nothing of it is public before the
//! last has signed.

use rstest::rstest;
use trygg::{
    service::{
        published,
        releasing::{self, Ended, Made, ReleaseError, Wanted},
        signing::{self, Outcome, SigningError, Word},
    },
    store::StoredStaff,
    survey::{
        release::{Body, Release},
        round::Kind,
        staff::{Organisation, StaffMember},
    },
};

use crate::support::{
    Engine,
    office::TestOffice,
    signing::{PASSWORD, member, releaser, sign},
};

const BOTH: [&str; 2] = ["kommun", "polis"];

/// An office with the people's round of 2025 opened, whose releases both organisations sign.
async fn opened(engine: Engine) -> Option<TestOffice> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let survey = test.people_survey("2025", "").await;
    test.signed_by(&BOTH).await;
    test.imported(test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    Some(test)
}

async fn speak(test: &TestOffice, body: &Body, who: &StaffMember, word: Word<'_>) -> Result<Outcome, SigningError> {
    signing::speak(&test.office, &body.head().id, who, PASSWORD, word).await
}

async fn ended(test: &TestOffice, id: &str) -> Option<Ended> {
    let found = signing::find(&test.office, id).await.expect("is there");
    assert_eq!(found.body.is_some(), found.ended.is_none(), "figures are kept while it waits, and no longer");
    found.ended
}

/// Rows of all that a signature may write.
async fn rows(test: &TestOffice) -> [usize; 3] {
    let mut tx = test.office.database.read().await.expect("begins");
    let releases = tx.releases().list().await.expect("lists").len();
    let waiting = tx.candidates().waiting().await.expect("lists");
    let mut spoken = 0;
    for candidate in &waiting {
        spoken += tx.sign_offs().of_candidate(&candidate.id).await.expect("lists").len();
    }
    [releases, waiting.len(), spoken]
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_release_is_public_when_the_last_organisation_has_signed(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let body = test.composed("round-2025", None).await;
    let id = body.head().id.clone();
    assert_eq!(id, "R-2025-1-Demodata");
    let found = signing::find(&test.office, &id).await.expect("waits");
    assert_eq!((found.ended, found.waiting_for()), (None, vec![Organisation::Kommun, Organisation::Polis]));
    assert_eq!(found.body.expect("has figures").bytes(), body.bytes());
    assert_eq!((rows(&test).await, test.stage("round-2025").await), ([0, 1, 0], "opened"));
    assert!(published::find(&test.office, &id).await.is_err(), "nothing is public");

    test.now("2025-12-16T08:00:00Z");
    let first = sign(&test.office, &body, Organisation::Polis).await;
    assert!(matches!(first, Outcome::WaitsFor(left) if left == [Organisation::Kommun]));
    assert_eq!((rows(&test).await, test.stage("round-2025").await), ([0, 1, 1], "opened"));
    test.now("2025-12-17T08:00:00Z");
    let last = sign(&test.office, &body, Organisation::Kommun).await;
    let Outcome::Released(release) = last else { panic!("all have signed") };
    assert_eq!((rows(&test).await, test.stage("round-2025").await), ([1, 0, 0], "released"));
    assert_eq!(ended(&test, &id).await, Some(Ended::Released));

    let elsewhere = test.another_process().await;
    let public = published::find(&elsewhere, &id).await.expect("is public");
    assert_eq!((public.bytes(), public.body()), (release.bytes(), body.bytes()));
    assert_eq!(public.key(), Some(test.office.release_key()));
    let signed: Vec<_> =
        public.signers().iter().map(|of| (of.organisation.key(), of.role.key(), of.signed_at.to_rfc3339())).collect();
    let wanted = [("kommun", "2025-12-17"), ("polis", "2025-12-16")];
    assert_eq!(signed, wanted.map(|(who, day)| (who, "releaser", format!("{day}T08:00:00+00:00"))));
    assert!(public.signers().iter().all(|signer| signer.body_sha256 == body.hash_text()));
    assert!(!String::from_utf8_lossy(public.bytes()).contains("releaser-kommun"), "no name of a person is in the file");
    let mut tx = test.office.database.read().await.expect("begins");
    assert!(tx.estimates_internal().find(&id).await.expect("reads").is_some());
    assert!(tx.ledger().find(&id).await.expect("reads").is_some());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_may_not_sign_is_refused_and_nothing_is_stored(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let office = &test.office;
    let analyst = member(office, "anna", "kommun", &["analyst"]).await;
    let made = releasing::release(office, "round-2025", &Wanted { by: Some(analyst.id), ..Wanted::default() })
        .await
        .expect("is composed");
    let Made::Waiting(body, _) = made else { panic!("both have to sign") };
    let hash = body.hash_text();
    let hash_of_another = hash.chars().rev().collect::<String>();
    let kommun = releaser(office, Organisation::Kommun).await;

    let refused = async |who: &StaffMember, password: &str, word: Word<'_>| {
        let before = rows(&test).await;
        let refused = signing::speak(office, &body.head().id, who, password, word).await.expect_err("may not");
        assert_eq!(rows(&test).await, before, "{refused}");
        refused.code()
    };
    assert_eq!(refused(&analyst, PASSWORD, Word::Sign(&hash)).await, "role_missing");
    assert_eq!(refused(&kommun, "not the password", Word::Sign(&hash)).await, "password_wrong");
    assert_eq!(refused(&kommun, "", Word::Refuse("no")).await, "password_wrong");
    assert_eq!(refused(&kommun, PASSWORD, Word::Sign("")).await, "body_differs");
    assert_eq!(refused(&kommun, PASSWORD, Word::Sign(&hash_of_another)).await, "body_differs");
    assert_eq!(refused(&kommun, PASSWORD, Word::Refuse(" \n")).await, "reason_missing");
    let unknown = signing::speak(office, "R-2025-9", &kommun, PASSWORD, Word::Sign(&hash)).await.expect_err("unknown");
    assert_eq!(unknown.code(), "candidate_unknown");

    // The analyst has become a releaser since, and the releaser has gone over to the police.
    let change = async |who: &StaffMember, change: fn(&mut StoredStaff)| {
        let mut tx = office.database.begin().await.expect("begins");
        let mut row = tx.staff().find(who.id).await.expect("reads").expect("is there");
        change(&mut row);
        assert!(tx.staff().update(&row).await.expect("updates"));
        tx.commit().await.expect("commits");
    };
    change(&analyst, |row| row.roles = serde_json::json!(["releaser"])).await;
    assert_eq!(refused(&analyst, PASSWORD, Word::Sign(&hash)).await, "own_composition");
    assert_eq!(refused(&analyst, PASSWORD, Word::Refuse("no")).await, "own_composition");
    assert!(matches!(speak(&test, &body, &kommun, Word::Sign(&hash)).await, Ok(Outcome::WaitsFor(_))));
    assert_eq!(refused(&kommun, PASSWORD, Word::Sign(&hash)).await, "organisation_signed");
    change(&kommun, |row| row.organisation = "polis".to_owned()).await;
    assert_eq!(refused(&kommun, PASSWORD, Word::Sign(&hash)).await, "same_person");
    change(&kommun, |row| row.disabled = true).await;
    assert_eq!(refused(&kommun, PASSWORD, Word::Sign(&hash)).await, "password_wrong", "the account is closed");

    // An organisation that the plan does not name has no word.
    test.signed_by(&["kommun"]).await;
    let alone = test.composed("round-2025", None).await;
    let polis = releaser(office, Organisation::Polis).await;
    let refused = speak(&test, &alone, &polis, Word::Refuse("no")).await.expect_err("is not asked");
    assert_eq!(refused.code(), "organisation_not_asked");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_candidate_ends_when_it_is_refused_replaced_overtaken_or_late(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let survey = test.people_survey("2026", "").await;
    test.signed_by(&BOTH).await;
    let polis = releaser(&test.office, Organisation::Polis).await;

    let first = test.composed("round-2025", None).await;
    sign(&test.office, &first, Organisation::Kommun).await;
    let said = speak(&test, &first, &polis, Word::Refuse("the map is wrong")).await.expect("is refused");
    assert!(matches!(said, Outcome::Refused));
    assert_eq!(ended(&test, "R-2025-1-Demodata").await, Some(Ended::Refused));
    let kept = signing::find(&test.office, "R-2025-1-Demodata").await.expect("is kept");
    assert_eq!(kept.sign_offs[1].refusal.as_deref(), Some("the map is wrong"));
    let again = speak(&test, &first, &polis, Word::Sign(&first.hash_text())).await.expect_err("is over");
    assert_eq!(again.code(), "candidate_refused");

    // Composed anew it has an id of its own.
    let second = test.composed("round-2025", None).await;
    let third = test.composed("round-2025", None).await;
    assert_eq!((second.head().id.as_str(), third.head().id.as_str()), ("R-2025-2-Demodata", "R-2025-3-Demodata"));
    assert_eq!(ended(&test, "R-2025-2-Demodata").await, Some(Ended::Replaced));
    test.now("2025-12-29T08:00:01Z");
    let late = speak(&test, &third, &polis, Word::Sign(&third.hash_text())).await.expect_err("is late");
    assert_eq!(late.code(), "candidate_expired");
    assert_eq!(ended(&test, "R-2025-3-Demodata").await, Some(Ended::Expired));
    let fourth = test.composed("round-2025", None).await;
    assert_eq!(signing::sweep(&test.office).await.expect("sweeps"), 0);
    test.now("2026-01-12T08:00:02Z");
    assert_eq!(signing::sweep(&test.office).await.expect("sweeps"), 1);
    assert_eq!(ended(&test, &fourth.head().id).await, Some(Ended::Expired));

    // Two rounds wait; the first that is public overtakes the other.
    test.imported(test.plan(&survey, 2026), 1).await;
    let (old, new) = (test.composed("round-2025", None).await, test.composed("round-2026", None).await);
    for organisation in [Organisation::Kommun, Organisation::Polis] {
        sign(&test.office, &old, organisation).await;
    }
    assert_eq!(ended(&test, &new.head().id).await, Some(Ended::Stale));
    let stale = speak(&test, &new, &polis, Word::Sign(&new.hash_text())).await.expect_err("is stale");
    assert_eq!(stale.code(), "candidate_stale");
    let next = test.release("round-2026", None).await.expect("is released");
    assert_eq!(next.head().origin.as_ref().expect("an origin").ledger, [old.head().id.as_str()]);
    assert_eq!(next.head().compared_with[0].release, old.head().id);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_last_signatures_at_the_same_time_one_makes_the_release(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let survey = test.people_survey("2026", "").await;
    test.signed_by(&BOTH).await;
    test.imported(test.plan(&survey, 2026), 1).await;
    let elsewhere = test.another_process().await;
    let (kommun, polis) =
        (releaser(&test.office, Organisation::Kommun).await, releaser(&test.office, Organisation::Polis).await);

    // The two of one candidate.
    let body = test.composed("round-2025", None).await;
    let (id, hash) = (body.head().id.clone(), body.hash_text());
    let (one, other) = tokio::join!(
        signing::speak(&test.office, &id, &kommun, PASSWORD, Word::Sign(&hash)),
        signing::speak(&elsewhere, &id, &polis, PASSWORD, Word::Sign(&hash))
    );
    let public = [one, other].into_iter().filter(|said| matches!(said, Ok(Outcome::Released(_)))).count();
    assert_eq!((public, rows(&test).await), (1, [1, 0, 0]));

    // The last of two candidates: each gate knows nothing of the other.
    let (old, new) = (test.composed("round-2025", Some("again")).await, test.composed("round-2026", None).await);
    for body in [&old, &new] {
        sign(&test.office, body, Organisation::Kommun).await;
    }
    let (old_hash, new_hash) = (old.hash_text(), new.hash_text());
    let (one, other) = tokio::join!(
        signing::speak(&test.office, &old.head().id, &polis, PASSWORD, Word::Sign(&old_hash)),
        signing::speak(&elsewhere, &new.head().id, &polis, PASSWORD, Word::Sign(&new_hash))
    );
    let (released, stale): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(Result::is_ok);
    assert_eq!((released.len(), stale.len(), rows(&test).await), (1, 1, [2, 0, 0]));
    let code = stale.into_iter().filter_map(Result::err).map(|error| error.code()).next();
    assert_eq!(code, Some("candidate_stale"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_crash_between_the_steps_leaves_nothing_half(#[case] engine: Engine) {
    let Some(test) = opened(engine).await else { return };
    let body = test.composed("round-2025", None).await;
    sign(&test.office, &body, Organisation::Kommun).await;
    let polis = releaser(&test.office, Organisation::Polis).await;
    let execute = async |statement: &str| test.test.tamper(statement).await;
    if matches!(engine, Engine::Postgres) {
        let stop = "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stopped'; END $$";
        execute(stop).await;
    }
    // Every table that the last signature writes, in turn.
    for (act, table) in [
        ("INSERT", "sign_offs"),
        ("INSERT", "releases"),
        ("INSERT", "estimates_internal"),
        ("INSERT", "ledger"),
        ("UPDATE", "rounds"),
        ("UPDATE", "candidates"),
        ("DELETE", "candidate_bodies"),
    ] {
        execute(&match engine {
            Engine::Sqlite => {
                format!("CREATE TRIGGER stop BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'stopped'); END")
            }
            Engine::Postgres => {
                format!("CREATE TRIGGER stop BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION stop()")
            }
        })
        .await;
        speak(&test, &body, &polis, Word::Sign(&body.hash_text())).await.expect_err(table);
        assert_eq!((rows(&test).await, test.stage("round-2025").await), ([0, 1, 1], "opened"), "{act} {table}");
        assert_eq!(ended(&test, &body.head().id).await, None);
        execute(&match engine {
            Engine::Sqlite => "DROP TRIGGER stop".to_owned(),
            Engine::Postgres => format!("DROP TRIGGER stop ON {table}"),
        })
        .await;
    }
    let said = speak(&test, &body, &polis, Word::Sign(&body.hash_text())).await.expect("nothing was lost");
    assert!(matches!(said, Outcome::Released(_)));
    assert_eq!((rows(&test).await, test.stage("round-2025").await), ([1, 0, 0], "released"));
}

#[tokio::test]
async fn where_nobody_signs_a_release_is_public_at_once_and_says_so() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let made = releasing::release(&test.office, "round-2025", &Wanted::default()).await.expect("is released");
    let Made::Released(release) = made else { panic!("nobody has to sign") };
    assert_eq!((release.signers(), release.key()), ([].as_slice(), Some(test.office.release_key())));
    let key = test.office.release_key();
    Release::verify(release.bytes().to_vec(), Some(&key)).expect("is signed by the office's key all the same");

    test.signed_by(&["kommun", "landsting"]).await;
    let refused =
        releasing::release(&test.office, "round-2025", &Wanted { reason: Some("again"), ..Wanted::default() })
            .await
            .expect_err("who is that");
    assert!(matches!(refused, ReleaseError::Organisation(who) if who == "landsting"));
}
