//! The file of a release as a stranger checks it, and as the office composes it again.

use rand::RngExt;
use rstest::rstest;
use sha2::{Digest, Sha256};
use trygg::{
    service::{
        published, rounds,
        verifying::{self, VerifyError},
    },
    survey::{
        release::{Damaged, Notice, PublicKey, Release, ReleaseKey},
        round::Kind,
    },
};

use crate::support::{
    Engine,
    office::TestOffice,
    program::{told, trygg},
    signing::PASSWORD,
};

/// A signed release of the people's round of 2025.
async fn released(engine: Engine) -> Option<(TestOffice, Release)> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let survey = test.people_survey("2025", "").await;
    test.signed_by(&["kommun", "polis"]).await;
    test.imported(test.plan(&survey, 2025), 0).await;
    test.now("2025-12-15T08:00:00Z");
    let release = test.release("round-2025", None).await.expect("is released");
    Some((test, release))
}

#[tokio::test]
async fn a_file_with_one_byte_changed_is_refused_wherever_it_is() {
    let (test, release) = released(Engine::Sqlite).await.expect("a file");
    let good = release.bytes();
    let key = test.office.release_key();
    Release::verify(good.to_vec(), Some(&key)).expect("is as it was signed");
    let refused = |bytes: Vec<u8>, what: &str| match Release::verify(bytes, None) {
        Ok(_) => panic!("{what} passes"),
        Err(error) => error.code(),
    };
    let mut rng = rand::rng();
    // 200 places at random, and every byte around the payload.
    let payload = good.windows(13).rposition(|window| window == br#","signature":"#).expect("a signature");
    let edges = (0..60).chain(payload.saturating_sub(20)..good.len());
    let places: Vec<usize> = (0..200).map(|_| rng.random_range(0..good.len())).chain(edges).collect();
    let mut codes = std::collections::BTreeSet::new();
    for place in places {
        for other in [rng.random::<u8>(), good[place] ^ 0x20, b' ', b'0'] {
            if other != good[place] {
                let mut bytes = good.to_vec();
                bytes[place] = other;
                codes.insert(refused(bytes, &format!("byte {place} as {other}")));
            }
        }
    }
    assert!(codes.contains("release_signature") && codes.contains("release_format"), "{codes:?}");
    for (bytes, what) in [
        (good[..good.len() - 1].to_vec(), "one byte less"),
        ([good, b"\n".as_slice()].concat(), "a line feed more"),
        ([b" ".as_slice(), good].concat(), "a blank before"),
        (Vec::new(), "nothing"),
        (b"{}".to_vec(), "an empty object"),
        (vec![b'['; 100_000], "many brackets"),
    ] {
        refused(bytes, what);
    }
    let blank = String::from_utf8(good.to_vec()).expect("text").replace(r#","signature":"#, r#", "signature":"#);
    assert_eq!(refused(blank.into_bytes(), "a blank outside the payload"), "release_not_canonical");
}

#[tokio::test]
async fn a_release_that_another_key_has_signed_is_told_apart() {
    let (test, release) = released(Engine::Sqlite).await.expect("a file");
    let other = ReleaseKey::new(&[7; 32]).public();
    let refused = Release::verify(release.bytes().to_vec(), Some(&other)).expect_err("another key");
    assert_eq!(refused, Damaged::OtherKey(test.office.release_key().to_string()));
    // Whoever has no key may put another into the file, but then the signature does not fit.
    let text = String::from_utf8(release.bytes().to_vec()).expect("text");
    let forged = text.replace(&test.office.release_key().to_string(), &other.to_string());
    assert_eq!(Release::verify(forged.into_bytes(), None).expect_err("is forged"), Damaged::Signature);
}

#[tokio::test]
async fn a_release_of_the_first_format_is_read_and_marked_as_unsigned() {
    let (_, release) = released(Engine::Sqlite).await.expect("a file");
    let mut body: serde_json::Value = serde_json::from_slice(release.body()).expect("JSON");
    body["head"].as_object_mut().expect("a head").remove("origin").expect("an origin");
    let first = format!(r#"{{"format":"trygg-release/1",{}"#, &body.to_string()[1..]);
    let hash: [u8; 32] = Sha256::digest(first.as_bytes()).into();
    let old = Release::read(first.clone().into_bytes(), &hash).expect("is readable");
    assert_eq!((old.table(), old.key(), old.signers()), (release.table(), None, [].as_slice()));
    assert!(old.notices().contains(&Notice::Unsigned) && !release.notices().contains(&Notice::Unsigned));
    assert_eq!(Release::read(first.clone().into_bytes(), &[0; 32]).expect_err("another hash"), Damaged::Hash);
    assert_eq!(Release::verify(first.into_bytes(), None).expect_err("has no signature"), Damaged::Unsigned);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn composed_again_a_release_is_the_same_whatever_has_come_since(#[case] engine: Engine) {
    let Some((test, first)) = released(engine).await else { return };
    let survey = test.people_survey("2026", "X9").await;
    test.signed_by(&["kommun", "polis"]).await;
    test.now("2026-01-15T08:00:00Z");
    let second = test.release("round-2025", Some("a label was wrong")).await.expect("is corrected");
    test.imported(test.plan(&survey, 2026), 1).await;
    let later = test.release("round-2026", None).await.expect("is released");
    assert_eq!(later.head().compared_with.len(), 1);
    // Fewer tables, another family of tests, another signer: of the releases to come.
    test.publication(|text| {
        let headline = text.replace("headline = []", "headline = [\"p_unsafe\"]");
        let fewer: Vec<&str> = headline.lines().filter(|line| !line.contains("ORA03")).collect();
        format!("signing_organisations = [\"kommun\"]\n{}\n", fewer.join("\n"))
    })
    .await;
    test.now("2026-02-15T08:00:00Z");
    let last = test.release("round-2026", Some("fewer tables")).await.expect("is corrected");
    assert_eq!(last.signers().len(), 1);
    assert!(last.table().records().len() < later.table().records().len(), "the new plan counts now");
    let elsewhere = test.another_process().await;
    for release in [&first, &second, &later, &last] {
        verifying::recompute(&elsewhere, release).await.expect("is the same");
        assert_eq!(published::find(&elsewhere, &release.head().id).await.expect("is kept").bytes(), release.bytes());
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_not_the_same_any_more_is_told_by_its_place(#[case] engine: Engine) {
    let Some((test, release)) = released(engine).await else { return };
    let round = test.round("round-2025").await.id;
    let kept = test.responses("round-2025").await;
    let change = async |responses: &[trygg::store::StoredResponse]| {
        let mut tx = test.office.database.begin().await.expect("begins");
        tx.responses().delete_round(round).await.expect("deletes");
        tx.responses().insert_many(round, responses).await.expect("inserts");
        tx.commit().await.expect("commits");
    };
    change(&kept[40..]).await;
    let differs = verifying::recompute(&test.office, &release).await.expect_err("40 answers are gone");
    let VerifyError::Differs { place, published, found, .. } = differs else { panic!("{differs}") };
    assert!(place.starts_with("/head/") || place.starts_with("/table/"), "{place}");
    assert_ne!(published, found);
    change(&kept).await;
    verifying::recompute(&test.office, &release).await.expect("they are back");
    change(&[]).await;
    let gone = verifying::recompute(&test.office, &release).await.expect_err("no answer is left");
    assert!(matches!(gone, VerifyError::ResponsesGone(_)), "{gone}");
    change(&kept).await;
    rounds::transition(&test.office, "round-2025", "archived", "").await.expect("is archived");
    let gone = verifying::recompute(&test.office, &release).await.expect_err("is archived");
    assert!(matches!(gone, VerifyError::ResponsesGone(id) if id == release.head().id));

    let empty = TestOffice::new(engine, Kind::Demo).await.expect("another");
    let unknown = verifying::recompute(&empty.office, &release).await.expect_err("knows nothing");
    assert!(matches!(unknown, VerifyError::Unknown(_)), "{unknown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_signs_and_verifies_by_its_exit_status() {
    let (test, release) = released(Engine::Sqlite).await.expect("a file");
    let stranger = tempfile::TempDir::new().expect("a folder");
    std::fs::write(stranger.path().join("trygg.toml"), "this is = no = settings file").expect("writes");
    let file = stranger.path().join("release.json");
    std::fs::write(&file, release.bytes()).expect("writes");
    let file = file.to_str().expect("a path");
    let key = test.office.release_key().to_string();
    let status = |words: &[&str]| told(trygg(stranger.path(), words, &[], ""));
    let (code, text) = status(&["verify", file]);
    assert_eq!(code, 0, "{text}");
    for told in [&release.head().id, &release.hash_text(), &key, "kommun", "polis"] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    assert_eq!(status(&["verify", file, "--key", &key]).0, 0);
    let (code, text) = status(&["verify", file, "--key", &key.replace('1', "2").replace('3', "1")]);
    assert_eq!((code, text.contains("release_other_key")), (1, true), "{text}");
    assert_eq!(status(&["verify", file, "--key", "short"]).0, 2);
    assert_eq!(status(&["verify"]).0, 2);
    let damaged = stranger.path().join("damaged.json");
    let middle = release.bytes().len() / 2;
    let mut bytes = release.bytes().to_vec();
    bytes[middle] ^= 1;
    std::fs::write(&damaged, bytes).expect("writes");
    let (code, text) = status(&["verify", damaged.to_str().expect("a path")]);
    assert_eq!(code, 1);
    assert!(text.contains("release_signature") || text.contains("release_format"), "{text}");
    assert_eq!(status(&["verify", "/nowhere/release.json"]).0, 1);

    // In the office's own folder, with its database.
    let run = |words: &[&str], said: &str| test.run(words, said);
    assert_eq!(run(&["release-key"], ""), (0, format!("{key}\n")));
    assert!(PublicKey::parse(&key).is_some());
    let (code, text) = run(&["verify", file, "--recompute"], "");
    assert_eq!((code, text.contains("byte for byte")), (0, true), "{text}");

    let (code, text) = run(&["release", "round-2025", "--reason", "a label"], "");
    assert_eq!((code, text.contains("nothing is public until kommun and polis")), (0, true), "{text}");
    let password = format!("{PASSWORD}\n");
    let sign = |who: &'static str| ["sign", "R-2025-2-Demodata", "--as", who];
    let (code, text) = run(&sign("releaser-kommun"), "wrong\n");
    assert_eq!((code, text.contains("password is wrong")), (1, true), "{text}");
    let (code, text) = run(&sign("releaser-kommun"), &password);
    assert_eq!((code, text.contains("it waits for polis")), (0, true), "{text}");
    let (code, text) = run(&[&sign("releaser-polis")[..], &["--hash", "0"]].concat(), &password);
    assert_eq!(code, 1, "{text}");
    let (code, text) = run(&sign("releaser-polis"), &password);
    assert_eq!((code, text.contains("R-2025-2-Demodata is released")), (0, true), "{text}");
    run(&["release", "round-2025", "--reason", "another label"], "");
    let (code, text) = run(&["sign", "R-2025-3-Demodata", "--as", "releaser-polis", "--refuse", "why"], &password);
    assert_eq!((code, text.contains("refused")), (0, true), "{text}");
    rounds::transition(&test.office, "round-2025", "archived", "").await.expect("is archived");
    let (code, text) = run(&["verify", file, "--recompute"], "");
    assert_eq!((code, text.contains("responses_gone")), (3, true), "{text}");
}
