//! How a round's answers are weighted, from `publication.toml` and the plan to the head of the release.
//! The people are those of `support::people`: three answers in every cell of district E.

use std::{collections::BTreeSet, fs};

use rstest::rstest;
use trygg::{
    service::{estimation::EstimationError, releasing::ReleaseError},
    stats::{domain::Domain, weight::WeightError},
    survey::{release::Release, round::Kind},
};

use crate::support::{
    Engine,
    office::{TestOffice, project},
    people::{DISTRICTS, district},
};

/// The release of a round whose publication settings hold `weights` and whose plan says `scheme`.
async fn released(engine: Engine, weights: &str, scheme: &str) -> Option<Result<Release, ReleaseError>> {
    let test = TestOffice::new(engine, Kind::Demo).await?;
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["questionnaire.toml", "sv.toml", "en.toml", "publication.toml"] {
        let text = fs::read_to_string(project("tests/oracle/questionnaire").join(name)).expect("reads");
        let text = text.replace("headline = []", "headline = [\"idx_a\", \"p_unsafe\"]");
        let text = if name == "publication.toml" { format!("weights = {{ {weights} }}\n{text}") } else { text };
        fs::write(folder.path().join(name), text).expect("writes");
    }
    let questionnaire = test.publish(folder.path()).await;
    let set = test.area_set("2025", &DISTRICTS.map(|of| (of.code, of.code))).await;
    let survey = test.survey(questionnaire, set, "people", |code| district(code).persons).await;
    let mut plan = test.plan(&survey, 2025);
    plan.scheme = scheme.to_owned();
    test.imported(plan, 0).await;
    Some(test.release("round-2025", None).await)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn thin_cells_are_merged_and_told_but_no_weight_is(#[case] engine: Engine) {
    let Some(release) = released(engine, "", "auto").await else { return };
    let release = release.expect("is released");
    let head = release.head();
    let ages = ["16-29+30-49", "50-64+65+"];
    let merges: Vec<String> =
        ["woman", "man"].into_iter().flat_map(|sex| ages.map(|ages| format!("E {sex} {ages}"))).collect();
    let weights = &head.weights;
    assert_eq!((weights.scheme.as_str(), weights.variance.as_str()), ("poststratify", "poststratified"));
    assert_eq!((&weights.merges, weights.moved, weights.trimmed), (&merges, Some((1.0, 1.0)), None));
    assert!(weights.merged_districts.is_empty());
    let sorted: BTreeSet<String> = merges.into_iter().collect();
    assert_eq!((head.key.scheme.as_str(), &head.key.merges), ("poststratify", &sorted.into_iter().collect()));
    let [index, share] = weights.headline.as_slice() else { panic!("two headline measures: {:?}", weights.headline) };
    assert_eq!((index.measure.as_str(), share.measure.as_str()), ("idx_a", "p_unsafe"));
    let deff = share.deff.expect("of a share");
    assert!((deff * 100.0 - (deff * 100.0).round()).abs() < 1e-9 && share.n_eff % 10 == 0, "{share:?}");
    let text = String::from_utf8_lossy(release.bytes()).into_owned();
    // Weight of E: 100 persons for 6 answers.
    assert!(!text.contains("16.66"), "a weight stands in the release");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn settings_rake_trim_and_merge_districts(#[case] engine: Engine) {
    let settings = "scheme = \"rake\", variance = \"rake_r\", trim = \"1.5\", merge_districts = [[\"D\", \"E\"]]";
    let Some(release) = released(engine, settings, "auto").await else { return };
    let release = release.expect("is released");
    let weights = &release.head().weights;
    assert_eq!((weights.scheme.as_str(), weights.variance.as_str()), ("rake", "rake_r"));
    assert_eq!((weights.merged_districts.as_slice(), weights.merges.len()), (["D+E".to_owned()].as_slice(), 0));
    assert_eq!(weights.trimmed, Some(0.0), "no weight is far from the others");
    let key = &release.head().key;
    assert_eq!((key.scheme.as_str(), &key.merges), ("rake; trim 1.5", &vec!["districts D+E".to_owned()]));
}

/// What is said of the weights between a release and the ones before it, by their periods.
fn weighting(release: &Release) -> Vec<(String, String)> {
    let changes = release.table().changes().iter().filter(|change| change.domain == Domain::everybody());
    let reasons = changes.flat_map(|change| change.reasons.iter().map(|reason| (&change.from, reason)));
    let found = reasons.filter(|(_, reason)| reason.code == "weighting");
    let found: BTreeSet<_> = found.map(|(from, reason)| (from.clone(), reason.detail.clone())).collect();
    found.into_iter().collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn rounds_that_merge_alike_are_weighted_alike_and_others_say_what_differs(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    let mut told = Vec::new();
    for (year, round) in [(2025, 0), (2026, 1), (2027, 1)] {
        if year == 2027 {
            // Cells of district D have eight answers.
            test.publication(|text| format!("weights = {{ min_cell = 9 }}\n{text}")).await;
        }
        test.imported(test.plan(&survey, year), round).await;
        told = weighting(&test.release(&format!("round-{year}"), None).await.expect("is released"));
        assert_eq!(told.is_empty(), year < 2027, "{told:?}");
    }
    let periods: Vec<&str> = told.iter().map(|(from, _)| from.as_str()).collect();
    assert_eq!(periods, ["2025", "2026"]);
    let (before, after) = told[1].1.split_once(" and ").expect("both");
    assert!(before.starts_with("merged: E man 16-29+30-49, ") && !before.contains("D "), "{before}");
    assert!(after.starts_with("D man 16-29+30-49, "), "{after}");
}

#[rstest]
#[case::trimmed("trim = 2.5", "poststratify", "trim_without_raking")]
#[case::unknown_district("merge_districts = [[\"D\", \"Z\"]]", "auto", "no district has the code Z")]
#[case::twice("merge_districts = [[\"D\", \"E\"], [\"E\", \"A\"]]", "auto", "E stands there twice")]
#[tokio::test]
async fn settings_that_do_not_fit_are_refused(#[case] weights: &str, #[case] scheme: &str, #[case] told: &str) {
    let Some(refused) = released(Engine::Sqlite, weights, scheme).await else { return };
    let refused = refused.expect_err("does not fit");
    assert!(
        matches!(
            refused,
            ReleaseError::Estimation(
                EstimationError::Setting(_) | EstimationError::Weights(_, WeightError::TrimWithoutRaking)
            )
        ),
        "{refused}"
    );
    assert!(refused.to_string().contains(told), "{refused}");
}
