//! How an old set of areas lies in a new one: imported whole or refused by line, revision by revision.

use rstest::rstest;
use trygg::{
    service::{
        areas::AreasError,
        crosswalks::{self, CrosswalkImport},
    },
    survey::round::Kind,
};

use crate::support::{Engine, office::TestOffice};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_old_set_in_a_new_one_is_checked_against_its_population_and_kept(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    // Districts A to E with 8 cells of 400, 300, 200, 100 and 50 persons.
    test.people_survey("2025", "").await;
    test.area_set("2027", &[("N", "1"), ("S", "2")]).await;
    let import = CrosswalkImport { from: ("flow", "2025"), to: ("flow", "2027"), population: Some("people-2025") };
    let whole = "old_code,new_code,persons\nA,N,3200\nB,N,2400\nC,S,1600\nD,S,800\nE,S,400\n";

    let lost = whole.replace("C,S,1600", "C,S,1500").replace("E,S,400", "E,S,400\nF,S,1");
    let refused = crosswalks::import(&test.office, lost.as_bytes(), import).await.expect_err("somebody is lost");
    let AreasError::Refused { faults, .. } = refused else { panic!("{refused}") };
    let told: Vec<_> = faults.iter().map(|fault| (fault.code, fault.row)).collect();
    assert_eq!(told, [("old_code_unknown", Some(7)), ("persons_lost", Some(4))]);

    let (walk, revision) = crosswalks::import(&test.office, whole.as_bytes(), import).await.expect("imports");
    assert_eq!((revision, walk.obstacle()), (1, None));
    let merges = walk.merges().expect("nothing is split");
    assert_eq!(merges["N"].iter().map(String::as_str).collect::<Vec<_>>(), ["A", "B"]);
    let again = crosswalks::import(&test.office, whole.as_bytes(), import).await.expect("imports");
    assert_eq!(again.1, 1, "the same contents change nothing");

    let split = whole.replace("C,S,1600", "C,N,600\nC,S,1000");
    let (walk, revision) = crosswalks::import(&test.office, split.as_bytes(), import).await.expect("imports");
    assert_eq!(revision, 2);
    assert!(walk.merges().is_none());
    assert!(walk.obstacle().is_some_and(|obstacle| obstacle.to_string().starts_with("C lies in N and S")));
    let mut tx = test.office.database.read().await.expect("begins");
    let newest = crosswalks::newest(&mut tx, &walk.from, &walk.to).await.expect("reads");
    assert_eq!(newest, Some(walk.clone()));
    assert_eq!(crosswalks::newest(&mut tx, &walk.to, &walk.from).await.expect("reads"), None);
    drop(tx);

    let unknown = CrosswalkImport { to: ("flow", "2031"), ..import };
    let refused = crosswalks::import(&test.office, whole.as_bytes(), unknown).await.expect_err("no such set");
    assert!(
        matches!(refused, AreasError::UnknownSet(id, version) if (id.as_str(), version.as_str()) == ("flow", "2031"))
    );
}
