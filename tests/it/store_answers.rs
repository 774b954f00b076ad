//! Drafts, keys, bags, envelopes and responses on both engines.

use std::collections::HashSet;

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rstest::rstest;
use trygg::{
    store::{NewEnvelope, StoredBag, StoredDraft, StoredEnvelope, StoredKeyShare, StoredResponse, StoredRoundKey, Tx},
    survey::ids::{BagId, ResponseId, RoundId},
};
use uuid::Uuid;

use crate::support::{Engine, TestDatabase};

fn round(number: u128) -> RoundId {
    RoundId::from(Uuid::from_u128(number))
}

fn bag(number: u128) -> BagId {
    BagId::from(Uuid::from_u128(number))
}

fn draft(number: u8, dies_hour: i64) -> StoredDraft {
    StoredDraft { id: [number; 16], round: round(1), dies_hour, sealed: vec![number; 150] }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_draft_is_saved_over_itself_until_it_is_deleted(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    assert_eq!(tx.drafts().find(&[1; 16]).await.expect("reads"), None);
    assert_eq!(tx.drafts().find_for_update(&[1; 16]).await.expect("reads"), None);
    tx.drafts().save(&draft(1, 100)).await.expect("saves");
    tx.drafts().save(&draft(2, 100)).await.expect("saves");
    let later = StoredDraft { sealed: vec![0xff; 150], dies_hour: 101, ..draft(1, 0) };
    tx.drafts().save(&later).await.expect("saves");
    assert_eq!(tx.drafts().find(&[1; 16]).await.expect("reads"), Some(later.clone()));
    assert_eq!(tx.drafts().find_for_update(&[1; 16]).await.expect("reads"), Some(later));
    assert_eq!(tx.drafts().count().await.expect("counts"), 2);
    assert!(tx.drafts().delete(&[1; 16]).await.expect("deletes"));
    assert!(!tx.drafts().delete(&[1; 16]).await.expect("deletes"));
    assert_eq!(tx.drafts().find(&[2; 16]).await.expect("reads"), Some(draft(2, 100)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn drafts_are_swept_at_the_start_of_their_hour(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for (number, hour) in [(1, 99), (2, 100), (3, 101)] {
        tx.drafts().save(&draft(number, hour)).await.expect("saves");
    }
    assert_eq!(tx.drafts().sweep(98).await.expect("sweeps"), 0);
    assert_eq!(tx.drafts().sweep(100).await.expect("sweeps"), 2);
    assert_eq!(tx.drafts().find(&[3; 16]).await.expect("reads"), Some(draft(3, 101)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn many_drafts_or_those_of_a_round_are_deleted_together(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for number in 1..=6 {
        let of = if number < 5 { round(1) } else { round(2) };
        tx.drafts().save(&StoredDraft { round: of, ..draft(number, 100) }).await.expect("saves");
    }
    tx.drafts().delete_many(&[[1; 16], [2; 16], [99; 16]]).await.expect("deletes");
    tx.drafts().delete_many(&[]).await.expect("deletes nothing");
    assert_eq!(tx.drafts().count().await.expect("counts"), 4);
    assert_eq!(tx.drafts().delete_round(round(1)).await.expect("deletes"), 2);
    assert_eq!(tx.drafts().count().await.expect("counts"), 2);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_challenge_is_spent_once_a_round_and_forgotten_at_its_hour(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let database = test.database.clone();
        racers.spawn(async move {
            let mut tx = database.begin().await.expect("begins");
            let first = tx.spent_challenges().spend(round(1), &[1; 16], 100).await.expect("spends");
            tx.commit().await.expect("commits");
            first
        });
    }
    assert_eq!(racers.join_all().await.into_iter().filter(|first| *first).count(), 1);
    let mut tx = test.database.begin().await.expect("begins");
    for (of, salt, hour) in [(1, 2, 101), (2, 1, 100), (2, 3, 99)] {
        assert!(tx.spent_challenges().spend(round(of), &[salt; 16], hour).await.expect("spends"));
    }
    assert_eq!(tx.spent_challenges().sweep(98).await.expect("sweeps"), 0);
    assert_eq!(tx.spent_challenges().sweep(99).await.expect("sweeps"), 1);
    assert_eq!(tx.spent_challenges().delete_round(round(1)).await.expect("deletes"), 2);
    assert!(tx.spent_challenges().spend(round(1), &[1; 16], 100).await.expect("spends"), "it is forgotten");
    assert!(!tx.spent_challenges().spend(round(2), &[1; 16], 100).await.expect("spends"), "another round's is not");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tabs_that_save_at_once_lose_nothing_of_each_other(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    tx.drafts().save(&StoredDraft { sealed: vec![0; 30], ..draft(1, 100) }).await.expect("saves");
    tx.commit().await.expect("commits");
    let mut tabs = tokio::task::JoinSet::new();
    for tab in 0..30_usize {
        let database = test.database.clone();
        tabs.spawn(async move {
            let mut tx = database.begin().await.expect("begins");
            let mut held = tx.drafts().find_for_update(&[1; 16]).await.expect("reads").expect("is there");
            held.sealed[tab] = 1;
            tx.drafts().save(&held).await.expect("saves");
            tx.commit().await.expect("commits");
        });
    }
    tabs.join_all().await;
    let held = test.database.read().await.expect("begins").drafts().find(&[1; 16]).await.expect("reads");
    assert_eq!(held.expect("is there").sealed, [1; 30]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_round_has_one_key(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let key = StoredRoundKey { public_key: vec![5; 1_216], needed: 2, holders: 3 };
    assert_eq!(tx.round_keys().public(round(1)).await.expect("reads"), None);
    assert_eq!(tx.round_keys().find(round(1)).await.expect("reads"), None);
    tx.round_keys().insert(round(1), &key).await.expect("inserts");
    assert_eq!(tx.round_keys().public(round(1)).await.expect("reads"), Some(vec![5; 1_216]));
    assert_eq!(tx.round_keys().find(round(1)).await.expect("reads"), Some(key.clone()));
    assert_eq!(tx.round_keys().find(round(2)).await.expect("reads"), None);
    let again = tx.round_keys().insert(round(1), &key).await;
    assert!(again.is_err_and(|error| error.conflicts_with("round_keys_round_id_key")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn each_holder_of_a_round_has_one_share(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let share = |holder: u32| StoredKeyShare {
        holder,
        label: format!("holder {holder}"),
        salt: vec![1; 16],
        sealed: vec![2; 48],
    };
    for holder in [2, 1, 3] {
        tx.key_shares().insert(round(1), &share(holder)).await.expect("inserts");
    }
    tx.key_shares().insert(round(2), &share(1)).await.expect("inserts");
    assert_eq!(tx.key_shares().of_round(round(1)).await.expect("reads"), [share(1), share(2), share(3)]);
    assert_eq!(tx.key_shares().delete_round(round(1)).await.expect("deletes"), 3);
    assert_eq!(tx.key_shares().of_round(round(1)).await.expect("reads"), []);
    let again = tx.key_shares().insert(round(2), &share(1)).await;
    assert!(again.is_err_and(|error| error.conflicts_with("key_shares_round_id_holder_key")));
}

fn envelopes(seed: u64, number: u32) -> Vec<NewEnvelope> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..number)
        .map(|position| {
            let mut submission_hash = [0; 32];
            random.fill_bytes(&mut submission_hash);
            let mut envelope = vec![0; 96];
            random.fill_bytes(&mut envelope);
            NewEnvelope { submission_hash, position, envelope }
        })
        .collect()
}

async fn all_envelopes(tx: &mut Tx, of: RoundId, limit: u32) -> Vec<StoredEnvelope> {
    let mut all: Vec<StoredEnvelope> = Vec::new();
    loop {
        let after = all.last().map(|last| last.submission_hash);
        let page = tx.envelopes().page(of, after, limit).await.expect("reads");
        if page.is_empty() {
            return all;
        }
        assert!(page.len() <= limit as usize);
        all.extend(page);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn envelopes_come_back_by_submission_hash_whatever_the_page(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let new = envelopes(1, 2_345);
    tx.bags().insert(bag(1), round(1), &[7; 1_120]).await.expect("inserts");
    tx.envelopes().insert_many(round(1), bag(1), &new).await.expect("inserts");
    tx.envelopes().insert_many(round(2), bag(2), &envelopes(2, 3)).await.expect("inserts");
    tx.envelopes().insert_many(round(1), bag(1), &[]).await.expect("inserts nothing");
    let mut expected: Vec<_> = new
        .into_iter()
        .map(|new| StoredEnvelope {
            submission_hash: new.submission_hash,
            bag: bag(1),
            position: new.position,
            envelope: new.envelope,
        })
        .collect();
    expected.sort_by_key(|envelope| envelope.submission_hash);
    for limit in [500, 2_345, 9_999] {
        assert_eq!(all_envelopes(&mut tx, round(1), limit).await, expected);
    }
    assert_eq!(tx.envelopes().count(round(1)).await.expect("counts"), 2_345);
    assert_eq!(tx.envelopes().count(round(3)).await.expect("counts"), 0);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_hash_of_zeros_is_on_the_first_page(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let zero = NewEnvelope { submission_hash: [0; 32], position: u32::MAX, envelope: vec![] };
    tx.envelopes().insert_many(round(1), bag(1), &[zero]).await.expect("inserts");
    let page = tx.envelopes().page(round(1), None, 10).await.expect("reads");
    assert_eq!(page.iter().map(|envelope| envelope.position).collect::<Vec<_>>(), [u32::MAX]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn replays_are_recognised_in_their_own_round(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let new = envelopes(3, 40);
    tx.envelopes().insert_many(round(1), bag(1), &new[..25]).await.expect("inserts");
    let asked: Vec<_> = new.iter().map(|envelope| envelope.submission_hash).collect();
    let stored: HashSet<_> = asked[..25].iter().copied().collect();
    assert_eq!(tx.envelopes().existing(round(1), &asked).await.expect("reads"), stored);
    assert_eq!(tx.envelopes().existing(round(1), &asked[25..]).await.expect("reads"), HashSet::new());
    assert_eq!(tx.envelopes().existing(round(1), &[]).await.expect("reads"), HashSet::new());
    assert_eq!(tx.envelopes().existing(round(2), &asked).await.expect("reads"), HashSet::new());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_submission_is_stored_once_a_round_or_the_whole_bag_is_refused(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let new = envelopes(4, 3);
    tx.envelopes().insert_many(round(1), bag(1), &new[..1]).await.expect("inserts");
    tx.envelopes().insert_many(round(2), bag(2), &new[..1]).await.expect("another round takes it");
    tx.commit().await.expect("commits");
    let mut tx = test.database.begin().await.expect("begins");
    let again = tx.envelopes().insert_many(round(1), bag(3), &new).await;
    assert!(again.is_err_and(|error| error.conflicts_with("envelopes_round_id_submission_hash_key")));
    drop(tx);
    assert_eq!(test.database.read().await.expect("begins").envelopes().count(round(1)).await.expect("counts"), 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_who_store_one_submission_at_once_one_does(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut racers = tokio::task::JoinSet::new();
    for racer in 0..20_u64 {
        let database = test.database.clone();
        racers.spawn(async move {
            let mut batch = envelopes(5, 60);
            batch.shuffle(&mut ChaCha8Rng::seed_from_u64(racer));
            let mut tx = database.begin().await?;
            tx.envelopes().insert_many(round(1), bag(racer.into()), &batch).await?;
            tx.commit().await
        });
    }
    let results = racers.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let refused = |error: &trygg::store::StoreError| error.conflicts_with("envelopes_round_id_submission_hash_key");
    assert!(results.iter().filter_map(|result| result.as_ref().err()).all(refused), "nobody deadlocks");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn bags_and_envelopes_of_a_round_are_deleted_together(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    for (number, of) in [(2, 1), (1, 1), (3, 2)] {
        tx.bags()
            .insert(bag(number), round(of), &[u8::try_from(number).expect("small"); 1_120])
            .await
            .expect("inserts");
        tx.envelopes().insert_many(round(of), bag(number), &envelopes(number as u64, 4)).await.expect("inserts");
    }
    let stored = |number: u8| StoredBag { id: bag(number.into()), encapsulation: vec![number; 1_120] };
    assert_eq!(tx.bags().of_round(round(1)).await.expect("reads"), [stored(1), stored(2)]);
    assert_eq!(tx.envelopes().delete_round(round(1)).await.expect("deletes"), 8);
    assert_eq!(tx.bags().delete_round(round(1)).await.expect("deletes"), 2);
    assert_eq!(tx.bags().of_round(round(1)).await.expect("reads"), []);
    assert_eq!(tx.bags().of_round(round(2)).await.expect("reads"), [stored(3)]);
    assert_eq!(tx.envelopes().count(round(2)).await.expect("counts"), 4);
}

/// Responses whose ids differ in their first and last bytes, on both sides of the sign bit.
fn responses(number: usize) -> Vec<StoredResponse> {
    let mut random = ChaCha8Rng::seed_from_u64(6);
    let mut ids: Vec<[u8; 16]> = vec![[0xff; 16], [0x7f; 16], [0x80; 16]];
    ids.extend((0..16).map(|place| std::array::from_fn(|at| u8::from(at == place))));
    while ids.len() < number {
        let mut id = [0; 16];
        random.fill_bytes(&mut id);
        ids.push(id);
    }
    ids.truncate(number);
    ids.shuffle(&mut random);
    ids.into_iter()
        .map(|id| StoredResponse { id: ResponseId::from(Uuid::from_bytes(id)), sheet: id.repeat(4) })
        .collect()
}

async fn all_responses(tx: &mut Tx, of: RoundId, limit: u32) -> Vec<StoredResponse> {
    let mut all: Vec<StoredResponse> = Vec::new();
    loop {
        let page = tx.responses().page(of, all.last().map(|last| last.id), limit).await.expect("reads");
        if page.is_empty() {
            return all;
        }
        assert!(page.len() <= limit as usize);
        all.extend(page);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn responses_come_back_by_the_bytes_of_their_ids_whatever_the_page(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin_long().await.expect("begins");
    let new = responses(2_100);
    tx.responses().insert_many(round(1), &new).await.expect("inserts");
    tx.responses().insert_many(round(2), &new[..5]).await.expect("another round may have the same ids");
    tx.responses().insert_many(round(2), &[]).await.expect("inserts nothing");
    let mut expected = new;
    expected.sort_by_key(|response| *response.id.uuid().as_bytes());
    for limit in [7, 1_000, 5_000] {
        assert_eq!(all_responses(&mut tx, round(1), limit).await, expected);
    }
    assert_eq!(tx.responses().count(round(1)).await.expect("counts"), 2_100);
    assert_eq!(tx.responses().count(round(3)).await.expect("counts"), 0);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn responses_are_never_overwritten_and_deleted_by_round(#[case] engine: Engine) {
    let Some(test) = TestDatabase::new(engine).await else { return };
    let mut tx = test.database.begin().await.expect("begins");
    let new = responses(10);
    tx.responses().insert_many(round(1), &new).await.expect("inserts");
    tx.responses().insert_many(round(2), &new).await.expect("inserts");
    assert_eq!(tx.responses().delete_round(round(1)).await.expect("deletes"), 10);
    assert_eq!(tx.responses().count(round(1)).await.expect("counts"), 0);
    assert_eq!(tx.responses().count(round(2)).await.expect("counts"), 10);
    let again = tx.responses().insert_many(round(2), &new[..1]).await;
    assert!(again.is_err_and(|error| error.conflicts_with("responses_round_id_id_key")));
}

#[tokio::test]
async fn both_engines_give_responses_in_the_same_order() {
    let Some(server) = TestDatabase::new(Engine::Postgres).await else { return };
    let file = TestDatabase::new(Engine::Sqlite).await.expect("the embedded database is always there");
    let mut read = Vec::new();
    for test in [&server, &file] {
        let mut tx = test.database.begin().await.expect("begins");
        tx.responses().insert_many(round(1), &responses(500)).await.expect("inserts");
        read.push(all_responses(&mut tx, round(1), 64).await);
    }
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0].len(), 500);
}
