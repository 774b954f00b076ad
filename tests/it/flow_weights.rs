//! How a round's answers are weighted, from `publication.toml` and the plan to the head of the release.
//! The people are those of `support::people`: three answers in every cell of district E.

use std::fs;

use rstest::rstest;
use trygg::{
    service::{estimation::EstimationError, releasing::ReleaseError},
    stats::weight::WeightError,
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
    assert_eq!(head.key.scheme, format!("poststratify; {}", merges.join("; ")));
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
    assert_eq!(release.head().key.scheme, "rake; trim 1.5; districts D+E");
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
