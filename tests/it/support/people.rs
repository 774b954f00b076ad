//! Made-up residents whose figures are known before anything is computed: within a district every cell
//! of sex and age answers alike, so a district's share is the same under every weighting.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use tokio::task::JoinSet;
use trygg::{
    service::{
        answering,
        responses::{self, ImportPlan, ImportReport},
        rounds,
    },
    survey::round::Plan,
};

use super::office::{Fielded, Survey, TestOffice, posted, project, submission};

/// A district of the made-up municipality.
pub struct District {
    /// Its code.
    pub code: &'static str,
    /// Who answers in each of its eight cells of sex and age.
    pub in_cell: usize,
    /// Who lives in each cell.
    pub persons: u64,
    /// Of those who answer in a cell, how many feel unsafe: in the first round and in the second.
    pub unsafe_in_cell: [usize; 2],
}

/// 256, 160, 120, 64 and 24 answers: only the last is below the least number of 30.
pub const DISTRICTS: [District; 5] = [
    District { code: "A", in_cell: 32, persons: 400, unsafe_in_cell: [16, 4] },
    District { code: "B", in_cell: 20, persons: 300, unsafe_in_cell: [2, 10] },
    District { code: "C", in_cell: 15, persons: 200, unsafe_in_cell: [3, 3] },
    District { code: "D", in_cell: 8, persons: 100, unsafe_in_cell: [4, 4] },
    District { code: "E", in_cell: 3, persons: 50, unsafe_in_cell: [1, 1] },
];

/// The district `code`.
pub fn district(code: &str) -> &'static District {
    DISTRICTS.iter().find(|district| district.code == code).expect("a district")
}

/// One who answers.
pub struct Person {
    /// Code of the district.
    pub area: &'static str,
    /// The answers by item.
    pub answers: BTreeMap<String, u8>,
}

/// Everybody who answers in round 0 or 1.
pub fn people(round: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for district in &DISTRICTS {
        for (sex, age) in [1, 2].into_iter().flat_map(|sex| [1, 2, 3, 4].map(|age| (sex, age))) {
            for place in 0..district.in_cell {
                let feels_unsafe = place < district.unsafe_in_cell[round];
                let mut answers = BTreeMap::from([("H1".to_owned(), sex), ("H2".to_owned(), age)]);
                // Codes 4 and 5 of the first question count as unsafe; the others go round.
                answers.insert("q1".to_owned(), if feels_unsafe { 4 + u8::from(place % 2 == 0) } else { 2 });
                for item in 2..=8_u8 {
                    let step = u8::try_from(place % 5).expect("small");
                    answers.insert(format!("q{item}"), 1 + (step + item) % 5);
                }
                people.push(Person { area: district.code, answers });
            }
        }
    }
    people
}

impl TestOffice {
    /// The survey of these people; every district has the Nyko code `1` and its own, and district D
    /// has `more` besides.
    pub async fn people_survey(&self, version: &str, more: &str) -> Survey {
        let questionnaire = self.publish(&project("tests/oracle/questionnaire")).await;
        let nyko = DISTRICTS.map(|district| match district.code {
            "D" => format!("D1 {more}"),
            other => format!("{other}1"),
        });
        let districts: Vec<(&str, &str)> =
            DISTRICTS.iter().map(|of| of.code).zip(nyko.iter().map(String::as_str)).collect();
        let set = self.area_set(version, &districts).await;
        self.survey(Arc::clone(&questionnaire), set, &format!("people-{version}"), |code| district(code).persons).await
    }

    /// Everybody of `round` answers by letter, where twice as many letters were sent; then the round is
    /// opened.
    pub async fn answered_by(&self, survey: &Survey, plan: Plan, round: usize) -> Fielded {
        let (opens_on, slug) = (plan.opens_on, plan.slug.clone());
        let fielded = self.fielded(survey, plan, |code| 16 * district(code).in_cell as u64).await;
        self.now(&format!("{opens_on}T06:00:00Z"));
        assert_eq!(self.stage(&slug).await, "open");
        let mut letters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for letter in &fielded.letters {
            letters.entry(&letter.area).or_default().push(&letter.code);
        }
        let mut sending = JoinSet::new();
        for person in people(round) {
            let code = letters.get_mut(person.area).and_then(Vec::pop).expect("a letter");
            let sheet = posted(code, submission(), &person.answers);
            let (office, slug) = (self.office.clone(), slug.clone());
            sending.spawn(async move { answering::post(&office, &slug, sheet).await.map(|_| ()) });
            if sending.len() >= 64 {
                sending.join_next().await.expect("one").expect("no panic").expect("is stored");
            }
        }
        sending.join_all().await.into_iter().for_each(|sent| sent.expect("is stored"));
        self.opened(&fielded).await;
        fielded
    }

    /// The same people as a file from elsewhere.
    pub async fn imported(&self, plan: Plan, round: usize) -> ImportReport {
        self.imported_by(plan, round, &mapping()).await
    }

    /// The same by another mapping.
    pub async fn imported_by(&self, plan: Plan, round: usize, mapping: &str) -> ImportReport {
        let slug = plan.slug.clone();
        rounds::create(&self.office, plan).await.expect("is planned");
        let file = file(round);
        let import = ImportPlan { round: &slug, mapping, file: file.as_bytes(), dry_run: false, allow_rejects: 0 };
        let report = responses::import(&self.office, import).await.expect("imports");
        assert!(report.stored, "{:?}", report.refused);
        report
    }
}

fn items() -> Vec<String> {
    let questions = (1..=8).map(|item| format!("q{item}"));
    questions.chain(["H1", "H2"].map(str::to_owned)).collect()
}

/// A mapping of columns of the items' names with the items' codes.
pub fn mapping() -> String {
    let mut text = "questionnaire = { id = \"oracle\", version = \"1.0\" }\nmode = \"paper\"\n".to_owned();
    let areas: Vec<String> = DISTRICTS.iter().map(|of| format!("\"{0}\" = \"{0}\"", of.code)).collect();
    writeln!(text, "area = {{ column = \"area\", codes = {{ {} }} }}", areas.join(", ")).expect("writes");
    for item in items() {
        let most = match item.as_str() {
            "H1" => 3,
            "H2" => 4,
            _ => 5,
        };
        let codes: Vec<String> = (1..=most).map(|code| format!("\"{code}\" = {code}")).collect();
        let codes = codes.join(", ");
        writeln!(text, "[item.{item}]\ncolumn = \"{item}\"\ncodes = {{ {codes}, \"\" = 99 }}").expect("writes");
    }
    text
}

/// Everybody of `round` as CSV.
pub fn file(round: usize) -> String {
    let items = items();
    let mut text = format!("area,{}\n", items.join(","));
    for person in people(round) {
        let codes: Vec<String> = items.iter().map(|item| person.answers[item].to_string()).collect();
        writeln!(text, "{},{}", person.area, codes.join(",")).expect("writes");
    }
    text
}
