//! Answers collected elsewhere: read as offices send them, under a mapping that lists every value. A row
//! that does not fit is named, and nothing is stored unless all that is refused was allowed.

use std::collections::BTreeMap;

use rstest::rstest;
use trygg::{
    questionnaire::missing,
    service::{
        letters,
        responses::{self, ImportError, ImportPlan, ImportReport, ReadError},
        rounds::{self, RoundError},
    },
    survey::round::{Kind, Stage},
};
use uuid::Version;

use crate::support::{
    Engine,
    office::{Survey, TestOffice, sample},
    people::{file, mapping, people},
};

const SLUG: &str = "round-2025";

async fn planned(engine: Engine) -> Option<(TestOffice, Survey)> {
    let test = TestOffice::new(engine, Kind::Test).await?;
    let survey = test.people_survey("2025", "").await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    Some((test, survey))
}

async fn import(
    test: &TestOffice,
    mapping: &str,
    file: &[u8],
    allow: Option<usize>,
) -> Result<ImportReport, ImportError> {
    let allow_rejects = allow.unwrap_or(0);
    let plan = ImportPlan { round: SLUG, mapping, file, dry_run: allow.is_none(), allow_rejects };
    responses::import(&test.office, plan).await
}

/// Nothing of an import is in the database.
async fn nothing_stored(test: &TestOffice) {
    assert_eq!(*test.round(SLUG).await.stage(), Stage::Draft);
    assert!(test.responses(SLUG).await.is_empty());
    assert!(test.office.database.read().await.expect("begins").imports().list().await.expect("lists").is_empty());
}

/// The sheets that the people of the first round become on paper.
fn sheets(survey: &Survey) -> Vec<Vec<u8>> {
    let items = survey.questionnaire.items();
    let mut sheets: Vec<Vec<u8>> = people(0)
        .iter()
        .map(|person| {
            let area = survey.set.option_of(person.area).expect("a district");
            let codes = items.iter().map(|item| person.answers.get(&item.id).copied().unwrap_or(area));
            codes.chain([2, 1, 1, missing::FILTERED]).collect()
        })
        .collect();
    sheets.sort();
    sheets
}

/// The file with semicolons, a byte-order mark, blanks around cells, other line ends, one more column and
/// empty lines.
fn as_offices_send_it() -> String {
    let lines = file(0).lines().map(|line| format!(" {} ; note\r\n", line.replace(',', " ; "))).collect::<Vec<_>>();
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

#[rstest]
#[case::sqlite_plain(Engine::Sqlite, file(0))]
#[case::postgres_plain(Engine::Postgres, file(0))]
#[case::sqlite_from_an_office(Engine::Sqlite, as_offices_send_it())]
#[case::postgres_from_an_office(Engine::Postgres, as_offices_send_it())]
#[tokio::test]
async fn a_whole_file_becomes_the_responses_of_an_opened_round(#[case] engine: Engine, #[case] file: String) {
    let Some((test, survey)) = planned(engine).await else { return };
    let report = import(&test, &mapping(), file.as_bytes(), Some(0)).await.expect("is read");
    assert!(report.refused.is_empty(), "{:?}", report.refused[0]);
    assert_eq!((report.read, report.skipped, report.stored), (624, 0, true));
    // Unsafe are 8 · (16 + 2 + 3 + 4 + 1) of them; codes 5 and 4 take turns, 5 first.
    let count = |item: &str, code: u8| report.counts.get(&(item.to_owned(), code)).copied().unwrap_or(0);
    assert_eq!([1, 2, 3, 4, 5, 99].map(|code| count("q1", code)), [0, 624 - 208, 0, 96, 112, 0]);
    assert_eq!([1, 2, 3, 4, 5, 6].map(|code| count("A1", code)), [256, 160, 120, 64, 24, 0]);
    assert_eq!((count("H1", 1), count("H2", 4)), (312, 156));

    assert_eq!(*test.round(SLUG).await.stage(), Stage::Opened { scrubbed: true, imported: true });
    let responses = test.responses(SLUG).await;
    assert!(responses.iter().all(|response| response.id.uuid().get_version() == Some(Version::Random)));
    let mut stored: Vec<Vec<u8>> = responses.into_iter().map(|response| response.sheet).collect();
    stored.sort();
    assert_eq!(stored, sheets(&survey));
    let imports = test.office.database.read().await.expect("begins").imports().list().await.expect("lists");
    assert_eq!(imports.iter().map(|of| (of.kind.as_str(), of.rows)).collect::<Vec<_>>(), [("responses", 624)]);

    let again = import(&test, &mapping(), file.as_bytes(), Some(0)).await.expect_err("has its answers");
    assert!(matches!(again, ImportError::Round(RoundError::WrongStage(wrong)) if wrong.stage == "opened"));
    assert_eq!(test.responses(SLUG).await.len(), 624);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_dry_run_reports_the_same_and_stores_nothing(#[case] engine: Engine) {
    let Some((test, _)) = planned(engine).await else { return };
    let dry = import(&test, &mapping(), file(0).as_bytes(), None).await.expect("is read");
    assert_eq!((dry.read, dry.stored), (624, false));
    nothing_stored(&test).await;
    let real = import(&test, &mapping(), file(0).as_bytes(), Some(0)).await.expect("is read");
    assert_eq!(real.counts, dry.counts);
}

/// Four rows, two of which do not fit. Lines count as a text editor counts them.
const DAMAGED: &str = "note;area;q1;H1\nfine;A;1;1\n\n\"two\nlines\";B;2,5;1\n half ;Q;;2\n;C; 4 ;\n";

fn short_mapping() -> String {
    let whole = mapping();
    let cut = whole.find("[item.q2]").expect("a second item");
    let sex = whole.find("[item.H1]").expect("an item");
    let age = whole.find("[item.H2]").expect("an item");
    format!("{}{}", &whole[..cut], &whole[sex..age])
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_row_that_does_not_fit_is_named_and_stores_nothing_unless_it_is_allowed(#[case] engine: Engine) {
    let Some((test, survey)) = planned(engine).await else { return };
    for allow in [0, 1] {
        let report = import(&test, &short_mapping(), DAMAGED.as_bytes(), Some(allow)).await.expect("is a table");
        assert_eq!((report.read, report.skipped, report.stored), (2, 0, false), "{allow} may be refused");
        let told = report.refused.iter().map(|row| (row.line, row.column.as_str(), row.value.as_str()));
        assert_eq!(told.collect::<Vec<_>>(), [(4, "q1", "2,5"), (6, "area", "Q")], "nothing is rounded");
        assert!(report.refused.iter().all(|row| row.reason == "the mapping does not list this value"));
        nothing_stored(&test).await;
        let mut rejects = Vec::new();
        report.write_refused(&mut rejects).expect("writes");
        let wanted = "note,area,q1,H1,line,column,value,reason\n\
                      \"two\nlines\",B,\"2,5\",1,4,q1,\"2,5\",the mapping does not list this value\n\
                      half,Q,,2,6,area,Q,the mapping does not list this value\n";
        assert_eq!(String::from_utf8(rejects).expect("UTF-8"), wanted);
    }
    let report = import(&test, &short_mapping(), DAMAGED.as_bytes(), Some(2)).await.expect("is a table");
    assert_eq!((report.read, report.refused.len(), report.stored), (2, 2, true));
    // What has no column is 95; a blank is what the mapping says, 99.
    let codes = |q1: u8, area: u8, sex: u8| -> Vec<u8> {
        let mut codes = BTreeMap::from([("q1", q1), ("A1", area), ("H1", sex)]);
        for item in ["q2", "q3", "q4", "q5", "q6", "q7", "q8", "H2"] {
            codes.insert(item, missing::UNSEEN);
        }
        let items = survey.questionnaire.items().iter();
        items.map(|item| codes[item.id.as_str()]).chain([2, 1, 1, missing::FILTERED]).collect()
    };
    let mut stored: Vec<Vec<u8>> = test.responses(SLUG).await.into_iter().map(|response| response.sheet).collect();
    stored.sort();
    assert_eq!(stored, [codes(1, 1, 1), codes(4, 3, missing::SKIPPED)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn rows_of_other_rounds_are_skipped_and_a_person_without_a_district_stays_in_the_total(#[case] engine: Engine) {
    let Some((test, survey)) = planned(engine).await else { return };
    let mapping = "questionnaire = { id = \"oracle\", version = \"1.0\" }\n\
        mode = { column = \"how\", codes = { \"Web\" = \"web\", \"Phone\" = \"assisted\" } }\n\
        rows = { column = \"wave\", equals = \"2\" }\n\
        area = { column = \"area\", codes = { \"1\" = \"B\", \"\" = \"\" } }\n\
        [item.q1]\ncolumn = \"q1\"\ncodes = { \"9\" = 98, \"8\" = 96, \"1\" = 1 }\n";
    let file = "how,wave,area,q1\nWeb,2,1,9\nLetter,1,7,7\nPhone,2,,8\nWeb,22,1,1\n";
    let report = import(&test, mapping, file.as_bytes(), Some(0)).await.expect("is read");
    assert_eq!((report.read, report.skipped, report.refused.len(), report.stored), (2, 2, 0, true));
    let place = |id: &str| survey.questionnaire.item(id).expect("an item").0;
    let (area, q1, mode) = (place("A1"), place("q1"), survey.questionnaire.items().len());
    let responses = test.responses(SLUG).await;
    let mut told: Vec<_> = responses.iter().map(|of| (of.sheet[area], of.sheet[q1], of.sheet[mode])).collect();
    told.sort_unstable();
    assert_eq!(told, [(2, missing::DONT_KNOW, 1), (missing::UNSEEN, missing::REFUSED, 3)]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_mapping_is_refused_with_all_its_faults_and_so_are_files_that_are_no_table(#[case] engine: Engine) {
    let Some((test, _)) = planned(engine).await else { return };
    let wrong = "questionnaire = { id = \"oracle\", version = \"2.0\" }\nmode = \"post\"\n\
        area = { column = \"area\", codes = { \"1\" = \"A\", \"2\" = \"Z\" } }\n\
        [item.q1]\ncolumn = \"q1\"\ncodes = { \"6\" = 6, \"0\" = 0, \"97\" = 97, \"98\" = 98 }\n\
        [item.q9]\ncolumn = \"q9\"\ncodes = { \"1\" = 1 }\n";
    let refused = import(&test, wrong, file(0).as_bytes(), Some(0)).await.expect_err("does not fit");
    let ImportError::Mapping(faults) = refused else { panic!("another refusal: {refused}") };
    let begins = ["questionnaire:", "mode:", "area.codes: \"2\"", "item.q1.codes: \"0\"", "item.q1.codes: \"6\""];
    let begins = begins.into_iter().chain(["item.q1.codes: \"97\"", "item.q9:"]);
    assert_eq!(faults.0.len(), 7, "{faults}");
    for (fault, begin) in faults.0.iter().zip(begins) {
        assert!(fault.starts_with(begin), "{fault} instead of {begin}");
    }
    let without_mode = short_mapping().replace("mode = \"paper\"\n", "");
    for mapping in ["questionnaire", "colour = 1", &without_mode, &short_mapping().replace("column =", "columns =")] {
        let refused = import(&test, mapping, file(0).as_bytes(), Some(0)).await.expect_err("is malformed");
        assert!(matches!(refused, ImportError::Mapping(_)), "{refused}");
    }
    let lacking = import(&test, &short_mapping(), b"area;Q1\nA;1\n", Some(0)).await.expect_err("lacks columns");
    assert!(matches!(lacking, ImportError::Read(ReadError::Columns(names)) if names == "H1, q1"));
    for (file, code) in [(&b"\xff\xfea\0r\0"[..], "file_encoding"), (b"", "file_empty")] {
        let refused = import(&test, &short_mapping(), file, Some(9)).await.expect_err("is no table");
        assert!(matches!(&refused, ImportError::Table(faults) if faults[0].code == code), "{refused}");
    }
    let uneven = import(&test, &short_mapping(), b"area,q1,H1\nA,1\n\nA,1,1,1\n", Some(0)).await.expect("is a table");
    let named: Vec<_> = uneven.refused.iter().map(|row| (row.line, row.value.as_str())).collect();
    assert_eq!(
        (named, uneven.stored),
        (vec![(2, "2"), (4, "4")], false),
        "a row of another length is refused as a row"
    );
    let mut written = Vec::new();
    uneven.write_refused(&mut written).expect("writes");
    let written = String::from_utf8(written).expect("text");
    assert!(written.starts_with("area,q1,H1,line,column,value,reason\nA,1,,2,,2,"), "{written}");
    assert!(written.contains("\nA,1,1,1,4,,4,"), "{written}");
    let empty = import(&test, &short_mapping(), b"area,q1,H1\n", Some(9)).await.expect("is a table");
    assert_eq!((empty.read, empty.stored), (0, false), "no answers are no round");
    nothing_stored(&test).await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn answers_are_imported_into_a_draft_that_has_what_its_estimates_need(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.people_survey("2025", "").await;
    let mut plan = test.plan(&survey, 2025);
    plan.population = None;
    rounds::create(&test.office, plan).await.expect("is planned");
    let refused = import(&test, &mapping(), file(0).as_bytes(), Some(0)).await.expect_err("no population");
    assert!(matches!(&refused, ImportError::Round(RoundError::NotReady(told)) if told[0].starts_with("population:")));
    nothing_stored(&test).await;

    rounds::create(&test.office, test.plan(&survey, 2026)).await.expect("is planned");
    let frame = sample(&survey.set, |_| 1);
    letters::frame(&test.office, "round-2026", frame.as_bytes()).await.expect("a frame");
    rounds::transition(&test.office, "round-2026", "scheduled", "").await.expect("is scheduled");
    let (mapping, file) = (mapping(), file(0));
    let late =
        ImportPlan { round: "round-2026", mapping: &mapping, file: file.as_bytes(), dry_run: false, allow_rejects: 0 };
    let refused = responses::import(&test.office, late).await.expect_err("letters may be out");
    assert!(matches!(refused, ImportError::Round(RoundError::WrongStage(wrong)) if wrong.stage == "scheduled"));
}
