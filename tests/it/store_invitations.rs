//! Invitations and codes on both engines: of everybody who tries a code, one gets it.

use std::collections::BTreeSet;

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rstest::rstest;
use trygg::{
    store::{Database, InvitationCount, NewInvitation, NewRound, StoreError, StoredInvitation, StoredLetterRun, Tx},
    survey::ids::{InvitationId, RoundId},
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

const AREAS: [&str; 3] = ["01", "02", "å"];

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

fn invitation(number: u128) -> InvitationId {
    // Spread over the whole range, so that the order of ids is not the order of numbers.
    InvitationId::from(Uuid::from_u128(number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)))
}

fn code(number: u128) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..16].copy_from_slice(&number.to_be_bytes());
    hash
}

fn letters(numbers: std::ops::Range<u128>) -> Vec<NewInvitation> {
    numbers
        .map(|number| NewInvitation {
            id: invitation(number),
            letter_no: format!("L{number:05}"),
            area_code: AREAS[usize::try_from(number).expect("small") % 3].into(),
        })
        .collect()
}

/// Invitations, each with the code of its number.
async fn invite(tx: &mut Tx, round: RoundId, numbers: std::ops::Range<u128>) {
    tx.invitations().insert_many(round, &letters(numbers.clone())).await.expect("inserts");
    let codes: Vec<_> = numbers.map(|number| (invitation(number), code(number))).collect();
    tx.invitations().add_codes(round, &codes).await.expect("adds");
}

async fn with_letters(engine: Engine, number: u128) -> Option<TestDatabase> {
    let test = TestDatabase::new(engine).await?;
    let mut tx = test.database.begin().await.expect("begins");
    invite(&mut tx, round(1), 0..number).await;
    tx.commit().await.expect("commits");
    Some(test)
}

async fn spend(database: &Database, ids: &[InvitationId]) -> Result<Vec<InvitationId>, StoreError> {
    let mut tx = database.begin().await?;
    let spent = tx.invitations().spend(round(1), ids, "web").await?;
    tx.commit().await?;
    Ok(spent)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_code_leads_to_its_invitation_in_its_own_round_only(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 5).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let found = tx.invitations().find_by_code(round(1), &code(4)).await.expect("reads");
    let expected = StoredInvitation {
        id: invitation(4),
        letter_no: "L00004".into(),
        area_code: "02".into(),
        used: false,
        mode: None,
    };
    assert_eq!(found, Some(expected));
    assert_eq!(tx.invitations().find_by_code(round(1), &code(5)).await.expect("reads"), None);
    assert_eq!(tx.invitations().find_by_code(round(2), &code(4)).await.expect("reads"), None);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_reminders_code_leads_to_the_same_invitation(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 3).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.invitations().add_codes(round(1), &[(invitation(2), code(100))]).await.expect("adds");
    for either in [code(2), code(100)] {
        let found = tx.invitations().find_by_code(round(1), &either).await.expect("reads").expect("is there");
        assert_eq!(found.id, invitation(2));
    }
    tx.invitations().add_codes(round(1), &[]).await.expect("adds nothing");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_letter_number_and_a_code_are_given_once_a_round(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 3).await else { return };
    let refused = async |letter: u128, code_number| {
        let mut tx = test.database.begin().await.expect("begins");
        let again = [NewInvitation { id: invitation(9), ..letters(letter..letter + 1)[0].clone() }];
        let codes = [(invitation(9), code(code_number))];
        tx.invitations().insert_many(round(2), &again).await.expect("another round takes it");
        tx.invitations().add_codes(round(2), &codes).await.expect("another round takes it");
        match tx.invitations().insert_many(round(1), &again).await {
            Ok(()) => tx.invitations().add_codes(round(1), &codes).await.expect_err("the round has the code"),
            Err(refused) => refused,
        }
    };
    assert!(refused(1, 7).await.conflicts_with("invitations_round_id_letter_no_key"));
    assert!(refused(7, 1).await.conflicts_with("invitation_codes_round_id_code_hash_key"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn thousands_of_letters_are_stored_and_found_in_one_go(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 4_321).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let wanted: Vec<_> = (4_000..5_000).map(invitation).collect();
    let found = tx.invitations().find_many(round(1), &wanted).await.expect("reads");
    let ids: Vec<_> = found.iter().map(|invitation| invitation.id).collect();
    let expected: BTreeSet<_> = (4_000..4_321).map(invitation).collect();
    assert_eq!(ids, Vec::from_iter(expected));
    assert_eq!(tx.invitations().find_many(round(1), &[]).await.expect("reads"), []);
    assert_eq!(tx.invitations().find_many(round(2), &wanted).await.expect("reads"), []);
    let everything: Vec<_> = (0..20_000).map(invitation).collect();
    assert_eq!(tx.invitations().find_many(round(1), &everything).await.expect("reads").len(), 4_321);
    assert_eq!(tx.invitations().spend(round(1), &everything, "web").await.expect("spends").len(), 4_321);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn only_what_is_unused_and_of_the_round_is_spent(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 6).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let ids = |numbers: &[u128]| numbers.iter().copied().map(invitation).collect::<Vec<_>>();
    let sorted = |numbers: &[u128]| ids(numbers).into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    assert_eq!(tx.invitations().spend(round(2), &ids(&[1]), "web").await.expect("spends"), []);
    assert_eq!(tx.invitations().spend(round(1), &ids(&[5, 1, 3, 1]), "web").await.expect("spends"), sorted(&[1, 3, 5]));
    assert_eq!(tx.invitations().spend(round(1), &ids(&[3, 4, 99]), "paper").await.expect("spends"), ids(&[4]));
    assert_eq!(tx.invitations().spend(round(1), &[], "web").await.expect("spends"), []);
    let found = tx.invitations().find_many(round(1), &ids(&[2, 3, 4])).await.expect("reads");
    let state: BTreeSet<_> = found.iter().map(|one| (one.letter_no.as_str(), one.used, one.mode.as_deref())).collect();
    let expected = [("L00002", false, None), ("L00003", true, Some("web")), ("L00004", true, Some("paper"))];
    assert_eq!(state, BTreeSet::from(expected));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_spent_code_whose_transaction_fails_is_unspent(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 1).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.invitations().spend(round(1), &[invitation(0)], "web").await.expect("spends").len(), 1);
    tx.rollback().await.expect("rolls back");
    assert_eq!(spend(&test.database, &[invitation(0)]).await.expect("spends").len(), 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_who_spend_one_code_at_once_one_gets_it(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 3).await else { return };
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let database = test.database.clone();
        racers.spawn(async move { spend(&database, &[invitation(1)]).await });
    }
    let spent: Vec<_> = racers.join_all().await.into_iter().map(|result| result.expect("no error")).collect();
    assert_eq!(spent.iter().filter(|ids| !ids.is_empty()).count(), 1);
    assert_eq!(spent.concat(), [invitation(1)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn batches_that_overlap_in_any_order_neither_share_a_code_nor_deadlock(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 200).await else { return };
    let mut racers = tokio::task::JoinSet::new();
    for seed in 0..12 {
        let mut batch: Vec<_> = (0..200).map(invitation).collect();
        batch.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        batch.truncate(150);
        let database = test.database.clone();
        racers.spawn(async move { spend(&database, &batch).await });
    }
    let results = racers.join_all().await;
    let spent: Vec<_> = results.into_iter().flat_map(|result| result.expect("no deadlock")).collect();
    assert_eq!(spent.len(), 200, "every code was in some batch, and none was spent twice");
    assert_eq!(spent.into_iter().collect::<BTreeSet<_>>().len(), 200);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn invitations_are_counted_by_area_and_mode(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 9).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    invite(&mut tx, round(2), 50..53).await;
    tx.invitations().spend(round(1), &[invitation(0), invitation(3), invitation(1)], "web").await.expect("spends");
    tx.invitations().spend(round(1), &[invitation(6), invitation(2)], "paper").await.expect("spends");
    let count = |area: &str, mode: Option<&str>, count| InvitationCount {
        area_code: area.into(),
        mode: mode.map(str::to_owned),
        count,
    };
    let expected = [
        count("01", Some("paper"), 1),
        count("01", Some("web"), 2),
        count("02", None, 2),
        count("02", Some("web"), 1),
        count("å", None, 2),
        count("å", Some("paper"), 1),
    ];
    assert_eq!(tx.invitations().counts(round(1)).await.expect("counts"), expected);
    assert_eq!(tx.invitations().counts(round(3)).await.expect("counts"), []);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn deleting_a_rounds_invitations_leaves_those_of_others(#[case] engine: Engine) {
    let Some(test) = with_letters(engine, 9).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    invite(&mut tx, round(2), 50..53).await;
    tx.invitations().add_codes(round(1), &[(invitation(2), code(100))]).await.expect("adds");
    assert_eq!(tx.invitations().delete_round(round(1)).await.expect("deletes"), 9);
    assert_eq!(tx.invitations().delete_round(round(1)).await.expect("deletes"), 0);
    assert_eq!(tx.invitations().counts(round(1)).await.expect("counts"), []);
    for gone in [code(2), code(100)] {
        assert_eq!(tx.invitations().find_by_code(round(1), &gone).await.expect("reads"), None);
    }
    // The hashes are gone too: they can be given again.
    invite(&mut tx, round(1), 0..9).await;
    assert!(tx.invitations().find_by_code(round(2), &code(51)).await.expect("reads").is_some());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_frame_stands_before_its_codes_and_outlives_them(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.invitations().insert_many(round(1), &letters(0..5)).await.expect("inserts");
    invite(&mut tx, round(2), 0..2).await;
    assert_eq!(tx.invitations().uncoded(round(1)).await.expect("counts"), 5);
    assert_eq!(tx.invitations().uncoded(round(2)).await.expect("counts"), 0);
    let first = [(invitation(0), code(0)), (invitation(3), code(3)), (invitation(3), code(33))];
    tx.invitations().add_codes(round(1), &first).await.expect("adds");
    assert_eq!(tx.invitations().uncoded(round(1)).await.expect("counts"), 3);
    let all = tx.invitations().of_round(round(1)).await.expect("reads");
    let numbers: Vec<&str> = all.iter().map(|one| one.letter_no.as_str()).collect();
    assert_eq!(numbers, ["L00000", "L00001", "L00002", "L00003", "L00004"]);
    assert!(all.iter().all(|one| !one.used));
    tx.invitations().delete_codes(round(1)).await.expect("deletes");
    assert_eq!(tx.invitations().uncoded(round(1)).await.expect("counts"), 5);
    assert_eq!(tx.invitations().find_by_code(round(1), &code(33)).await.expect("reads"), None);
    assert!(tx.invitations().find_by_code(round(2), &code(1)).await.expect("reads").is_some());
    assert_eq!(tx.invitations().of_round(round(3)).await.expect("reads"), []);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_run_of_letters_is_made_once(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for number in [1, 2] {
        let document = serde_json::json!({});
        let new = NewRound { id: round(number), slug: format!("r{number}"), stage: "open".into(), document };
        tx.rounds().insert(&new).await.expect("inserts");
    }
    let run = |number, letters| StoredLetterRun {
        number,
        letters,
        made_at: "2026-09-01T08:00:00Z".parse().expect("an instant"),
    };
    for (one, wave) in [(1, run(1, 2_000)), (1, run(0, 3_600)), (2, run(0, 5))] {
        tx.letter_runs().insert(round(one), &wave).await.expect("inserts");
    }
    assert_eq!(tx.letter_runs().of_round(round(1)).await.expect("reads"), [run(0, 3_600), run(1, 2_000)]);
    tx.letter_runs().delete_round(round(1)).await.expect("deletes");
    assert_eq!(tx.letter_runs().of_round(round(1)).await.expect("reads"), []);
    assert_eq!(tx.letter_runs().of_round(round(2)).await.expect("reads"), [run(0, 5)]);
    let twice = tx.letter_runs().insert(round(2), &run(0, 6)).await.expect_err("its number is taken");
    assert!(twice.conflicts_with("letter_runs_round_id_number_key"));
}
