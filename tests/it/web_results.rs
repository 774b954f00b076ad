//! The results pages of two real waves: every district with its figure, and its change in words.

use rstest::rstest;
use serde_json::Value;

use crate::{
    flow_kcmo::imported,
    support::{Engine, server::TestServer},
};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_real_waves_stand_beside_each_other_by_district(#[case] engine: Engine) {
    let Some(test) = imported(engine).await else { return };
    let server = TestServer::start(test.office.clone());
    assert!(server.text("/sv/").await.contains("Inga resultat än"));
    for period in ["2021", "2022"] {
        test.release(&format!("kc-{period}"), None).await.expect("is released");
    }
    let measures = server.json("/api/tables").await["items"][0]["measures"].clone();
    let measures: Vec<&str> = measures.as_array().expect("measures").iter().filter_map(Value::as_str).collect();
    let mut compared = 0;
    for measure in measures.iter().filter(|measure| measure.starts_with("IDX_")) {
        let page = server.text(&format!("/en/indicators/{measure}")).await;
        assert!(page.contains("role=\"img\""), "{measure}: a chart");
        for district in 1..=6 {
            let path = format!("/api/comparisons?measure={measure}&area=KC{district}&from=2021&to=2022");
            let found = server.json(&path).await;
            let row = page
                .split(&format!("/en/areas/KC{district}\">"))
                .nth(1)
                .expect("a row")
                .split("</tr>")
                .next()
                .expect("ends");
            let verdict = found["verdict"].as_str().expect("a verdict").to_owned();
            let words = match verdict.as_str() {
                "improved" => "improved",
                "worse" => "worse",
                "no_established_change" => "no established change",
                _ => "not comparable",
            };
            assert!(row.contains(words), "{measure} in {district}: {verdict}, the page says {row}");
            if verdict != "not_comparable" {
                let difference = found["difference"].as_f64().expect("a difference").abs();
                assert!(found["ci"].as_array().is_some_and(|ci| ci.len() == 2));
                assert!(row.contains(&format!("{difference}")), "{row}");
            }
            compared += usize::from(verdict != "not_comparable");
        }
    }
    let indices = measures.iter().filter(|measure| measure.starts_with("IDX_")).count();
    assert!(indices > 3);
    assert_eq!(compared, indices * 6, "every measure in every district");
    let home = server.text("/en/").await;
    assert!(home.contains("Answers are not weighted"));
    assert!(server.text("/en/method").await.contains("City of Kansas City"));
}
