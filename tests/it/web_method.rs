//! The method page against the release that it tells of: whatever the release holds stands there, and
//! what it does not hold is said to be unstated.

use rstest::rstest;
use serde_json::Value;
use trygg::{
    questionnaire::hexadecimal,
    survey::{
        release::Release,
        round::{Kind, Plan},
    },
    web::i18n::Locale,
};

use crate::support::{Engine, office::TestOffice, server::TestServer};

/// A method page as a reader of `locale` meets it.
struct Page {
    locale: Locale,
    text: String,
}

impl Page {
    async fn read(server: &TestServer, locale: Locale, path: &str) -> Self {
        let text = server.text(&format!("/{}{path}", locale.tag())).await;
        assert!(!text.contains('‹'), "{path} lacks a text");
        assert!(text.len() < 150_000, "{path} weighs {}", text.len());
        for id in text.split("<li><a href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(text.matches(&format!("<section id=\"{id}\"")).count(), 1, "the contents lead to {id}");
        }
        Self { locale, text }
    }

    /// The section with this anchor.
    fn section(&self, id: &str) -> &str {
        let rest = self.text.split_once(&format!("<section id=\"{id}\"")).expect("a section").1;
        rest.split_once("</section>").expect("ends").0
    }

    /// The value beside the name that `key` stands for, in a section.
    fn fact(&self, section: &str, key: &str) -> String {
        let name = format!("<dt>{}</dt><dd>", self.locale.say(key));
        let rest = self.section(section).split_once(&name).unwrap_or_else(|| panic!("no {key} in {section}")).1;
        let value = rest.split_once("</dd>").expect("ends").0;
        value.trim_start_matches("<code>").trim_end_matches("</code>").to_owned()
    }

    /// The cells of the first row of a section that begins with `first`.
    fn row(&self, section: &str, first: &str) -> Vec<String> {
        let start = format!("<th scope=\"row\">{first}</th>");
        let rest = self.section(section).split_once(&start).unwrap_or_else(|| panic!("no row {first} in {section}")).1;
        let cells = rest.split_once("</tr>").expect("ends").0.split("<td class=\"").skip(1);
        cells.map(|cell| cell.split_once('>').expect("a cell").1.trim_end_matches("</td>").to_owned()).collect()
    }

    fn number(&self, number: f64, decimals: usize) -> String {
        self.locale.number(number, decimals)
    }

    fn count(&self, count: u64) -> String {
        self.number(f64::from(u32::try_from(count).expect("a count of people")), 0)
    }

    fn unstated(&self) -> usize {
        self.text.matches(&self.locale.say("method-unstated")).count()
    }
}

/// A round by letter, signed off by both organisations, with two headline measures.
async fn released(test: &TestOffice) -> Vec<Release> {
    let survey = test.people_survey("2025", "").await;
    test.publication(|text| {
        let text = text.replace("headline = []", "headline = [\"idx_a\", \"p_unsafe\"]");
        format!("signing_organisations = [\"kommun\", \"polis\"]\n{text}")
    })
    .await;
    test.answered_by(&survey, test.plan(&survey, 2025), 0).await;
    let first = test.release("round-2025", None).await.expect("is released");
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    let plan = Plan { opens_on: day(3, 1), closes_on: day(4, 15), ..test.plan(&survey, 2026) };
    test.answered_by(&survey, plan, 1).await;
    let second = test.release("round-2026", None).await.expect("is released");
    let third = test.release("round-2026", Some("A reason that is printed")).await.expect("is corrected");
    vec![first, second, third]
}

/// Hashes, key, signers, software, seed and ledger.
fn verifiable(page: &Page, release: &Release) {
    let head = release.head();
    let origin = head.origin.as_ref().expect("an origin");
    let key = release.key().expect("a key").to_string();
    let ledger =
        if origin.ledger.is_empty() { page.locale.say("method-ledger-none") } else { page.locale.list(&origin.ledger) };
    let facts = [
        ("method-release", head.id.clone()),
        ("method-hash", hexadecimal(release.hash())),
        ("method-body-hash", release.signers()[0].body_sha256.clone()),
        ("method-key", key.clone()),
        ("method-seed", origin.seed.clone()),
        ("method-ledger", ledger),
        ("method-made", page.locale.date_and_time(head.created_at)),
    ];
    for (name, value) in facts {
        assert_eq!(page.fact("verify", name), value, "{name}");
    }
    assert!(page.fact("verify", "method-software").contains(&origin.software.version));
    assert!(page.section("verify").contains(&format!("trygg verify {}.json --key {key}", head.id)));
    assert_eq!(release.signers().len(), 2);
    for (signer, organisation) in release.signers().iter().zip(["organisation-kommun", "organisation-polis"]) {
        let row = page.row("verify", &page.locale.say(organisation));
        assert_eq!(row.last(), Some(&page.locale.date_and_time(signer.signed_at)));
    }
    assert_eq!(page.fact("asked", "method-form-hash"), head.version_hash);
    assert_eq!(page.fact("withheld", "method-plan-hash"), head.publication_hash);
}

/// Accounting, weights, design effects and what they make of a margin of error.
fn estimated(page: &Page, release: &Release) {
    let head = release.head();
    assert!(head.responses.len() > 5 && head.composition.len() > 5 && head.weights.headline.len() == 2);
    for response in &head.responses {
        let area = &release.area(&response.area).expect("an area").names["sv"];
        let counts = &response.counts;
        let all =
            [counts.sampled, counts.over_coverage, counts.blank, counts.complete, counts.partial, counts.insufficient];
        let mut wanted: Vec<String> = all.iter().chain([&response.rest]).map(|count| page.count(*count)).collect();
        wanted.extend(response.rates.iter().take(3).map(|rate| page.number(rate.percent(), 1)));
        assert_eq!(page.row("response", area), wanted, "{area}");
    }
    for rate in &head.responses[0].rates {
        let told = format!("{}: {} ", rate.formula(), page.number(rate.percent(), 1));
        assert!(page.section("response").contains(&told), "{told}");
    }
    let weights = &head.weights;
    assert_eq!(page.fact("weights", "method-scheme"), weights.scheme);
    assert_eq!(page.fact("weights", "method-merges"), weights.merges.len().to_string());
    let merged = page.section("weights").matches("<li>District E, ").count();
    assert!(merged == weights.merges.len() && merged > 0, "{:?}", weights.merges);
    assert_eq!(page.fact("weights", "method-kish"), page.number(weights.kish_deff, 1));
    let (least, most) = weights.moved.expect("is kept");
    let moved = page.fact("weights", "method-moved");
    assert!(moved.contains(&page.number(least, 1)) && moved.contains(&page.number(most, 1)), "{moved}");
    let mut effects = Vec::new();
    for precision in &weights.headline {
        let name = &release.measure(&precision.measure).expect("a measure").names[page.locale.tag()];
        let deff = precision.deff.map_or_else(|| ".".to_owned(), |deff| page.number(deff, 2));
        assert_eq!(page.row("weights", name)[1..], [deff, page.count(precision.n_eff)], "{name}");
        effects.extend(precision.deff);
    }
    assert!(!effects.is_empty());
    for n in [30.0, 100.0, 200.0, 500.0, 1_000.0, 3_600.0_f64] {
        let widths = [1.0].iter().chain(&effects).map(|deff| 196.0 * (deff * 0.25 / n).sqrt());
        let wanted: Vec<String> = widths.map(|width| format!("±{}", page.number(width, 1))).collect();
        assert_eq!(page.row("uncertainty", &page.number(n, 0)), wanted, "{n} answers");
    }
}

/// Thresholds and counts of the gate, and the rounding that goes with the least number of answers.
fn guarded(page: &Page, release: &Release) {
    let gate = &release.head().gate;
    let rows = release.table().records();
    let withheld = rows.iter().filter(|record| record.status == "..").count();
    assert!(withheld > 0 && gate.withheld == withheld);
    let counts = [("method-shown", gate.shown), ("method-hidden", withheld), ("method-flagged", gate.flagged)];
    for (name, count) in counts {
        assert_eq!(page.fact("withheld", name), page.count(count as u64), "{name}");
    }
    assert_eq!(page.fact("withheld", "method-min-n"), page.count(release.head().min_n));
    let percent = |share: Option<f64>| format!("{} ", page.number(100.0 * share.expect("is kept"), 0));
    assert!(page.fact("withheld", "method-width").starts_with(&percent(gate.width)));
    assert!(page.fact("withheld", "method-single-source").starts_with(&percent(gate.single_source)));
    let width = page.count(gate.count_width.expect("is kept"));
    assert!(page.fact("withheld", "method-count-width").starts_with(&format!("{width} ")));
    assert_eq!(page.row("withheld", &page.count(release.head().min_n)), [page.number(5.0, 0)]);
    let floor = gate.floor.as_ref().expect("is kept");
    let told = [
        page.locale.fill("method-alone-effective").with("n", page.number(floor.n_eff_min, 0)).to_string(),
        page.locale
            .fill("method-alone-nonresponse")
            .with("percent", page.number(100.0 * floor.nonresponse, 0))
            .to_string(),
        page.locale
            .fill("method-alone-uncertain")
            .with("n", page.count(floor.uncertain_n))
            .with("share", page.number(floor.uncertain_share, 0))
            .with("points", page.number(floor.uncertain_points, 1))
            .with("bounds", page.number(10.0, 0))
            .to_string(),
    ];
    assert!(told.iter().all(|limit| page.section("withheld").contains(limit)), "{told:?}");
    for n in [50, 100, 200, 500, 1_000] {
        let finest = rows.iter().filter(|record| record.n == Some(n)).find_map(|record| record.rounded_to);
        let told = page.row("withheld", &page.count(n));
        assert!(finest.is_none_or(|unit| told.iter().any(|cell| cell.replace(',', ".") == unit.to_string())), "{n}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_a_release_holds_stands_on_its_method_page(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let releases = released(&test).await;
    let [_, replaced, newest] = releases.as_slice() else { panic!("three releases") };
    let server = TestServer::start(test.office.clone());
    for locale in Locale::with_results() {
        for release in &releases {
            let id = &release.head().id;
            let page = Page::read(&server, locale, &format!("/r/{id}/method")).await;
            verifiable(&page, release);
            estimated(&page, release);
            guarded(&page, release);
            // The register behind the sample and the reminders are not kept in a release.
            assert_eq!(page.unstated(), 2, "{id}");
            for with in &release.head().compared_with {
                assert!(page.section("comparability").contains(&format!("/r/{}/method\"", with.release)));
            }
            for other in &releases {
                assert!(page.section("releases").contains(&format!("/r/{}/method\"", other.head().id)));
            }
            assert!(page.section("releases").contains("A reason that is printed"));
            let successor = format!("<p class=\"panel\"><a href=\"/{}/r/{}/method\">", locale.tag(), newest.head().id);
            assert_eq!(page.text.contains(&successor), id == &replaced.head().id, "{id}");
            let frozen = server.text(&format!("/{}/r/{id}", locale.tag())).await;
            assert!(frozen.contains(&format!("href=\"/{}/r/{id}/method\"", locale.tag())));
        }
        // A soft reason of every measure and area, found by the program.
        let page = Page::read(&server, locale, "/method").await;
        verifiable(&page, newest);
        let season = locale.fill("reason").with("code", "season").to_string();
        let class = locale.fill("method-class").with("class", "soft").to_string();
        let everywhere = [season, class, locale.say("method-all-measures"), locale.say("method-all-areas")];
        assert_eq!(page.row("comparability", "2025"), everywhere);
    }
    assert_eq!(server.get("/en/r/R-2031-1/method").await.status(), 404);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn imported_answers_without_weights_or_letters_leave_out_what_is_unknown(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    let plan = test.plan(&survey, 2025);
    test.imported(Plan { scheme: "none".to_owned(), population: None, source: "Another city".to_owned(), ..plan }, 0)
        .await;
    let release = test.release("round-2025", None).await.expect("is released");
    assert!(release.head().responses.is_empty() && release.head().composition.is_empty());
    let server = TestServer::start(test.office.clone());
    for locale in Locale::with_results() {
        let page = Page::read(&server, locale, "/method").await;
        assert_eq!(page.fact("asking", "method-source"), "Another city");
        assert!(page.section("response").contains(&locale.say("method-response-unstated")));
        assert_eq!(page.fact("weights", "method-scheme"), "none");
        assert!(page.section("weights").contains(&locale.say("facts-unweighted")));
        assert!(page.section("comparability").contains(&locale.say("method-compared-none")));
        let unstated = locale.say("method-unstated");
        for (section, name) in
            [("asked", "method-population-date"), ("asking", "method-letters"), ("verify", "method-body-hash")]
        {
            assert_eq!(page.fact(section, name), unstated, "{name}");
        }
        assert!(page.section("verify").contains(&locale.say("facts-signed-nobody")));
    }
}

#[tokio::test]
async fn a_release_of_the_first_format_states_less_and_does_not_fail() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let release = test.release("round-2025", None).await.expect("is released");
    let mut body: Value = serde_json::from_slice(release.body()).expect("JSON");
    let head = body["head"].as_object_mut().expect("a head");
    for key in ["origin", "composition", "declarations"] {
        head.remove(key).expect("is there");
    }
    let weights = head["weights"].as_object_mut().expect("weights");
    weights.retain(|key, _| ["scheme", "kish_deff"].contains(&key.as_str()));
    let gate = head["gate"].as_object_mut().expect("a gate");
    gate.retain(|key, _| !["width", "single_source", "count_width", "floor"].contains(&key.as_str()));
    gate["not_applied"] = serde_json::json!(["attack"]);
    test.back_in_time(&body).await;
    let server = TestServer::start(test.another_process().await);
    for locale in Locale::with_results() {
        for path in ["/method".to_owned(), format!("/r/{}/method", release.head().id)] {
            let page = Page::read(&server, locale, &path).await;
            let unstated = locale.say("method-unstated");
            for (section, name) in [
                ("weights", "method-merges"),
                ("weights", "method-moved"),
                ("uncertainty", "method-variance"),
                ("withheld", "method-width"),
                ("withheld", "method-count-width"),
                ("verify", "method-key"),
                ("verify", "method-software"),
                ("verify", "method-seed"),
            ] {
                assert_eq!(page.fact(section, name), unstated, "{name}");
            }
            let not_applied = locale.fill("method-step").with("step", "attack").to_string();
            assert_eq!(page.fact("withheld", "method-not-applied"), not_applied);
            assert!(!page.text.contains(&locale.say("method-attack-text")), "it was not attacked");
            assert!(page.section("verify").contains(&locale.say("method-unsigned")));
        }
    }
}
