//! An office of one test's own: a database, secrets in a temporary folder and a clock that the test
//! moves; and small rounds with letters in it.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use rand::{Rng, RngExt};
use tempfile::TempDir;
use trygg::{
    clock::{Clock, FrozenClock},
    questionnaire::{Questionnaire, Stream, missing},
    service::{
        Office,
        answering::{self, PostRefusal, PostedSheet, Receipt},
        areas::{self, PopulationImport},
        catalogue, letters,
        office::make_missing_secrets,
        opening, rounds,
    },
    settings::Settings,
    store::{Database, InstallationRecord, Pools, StoredResponse},
    survey::{
        answer_sheet::Mode,
        area::AreaSet,
        ids::SubmissionId,
        round::{AreaSetRef, Kind, Plan, Round, VersionRef},
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Engine, TestDatabase, database::PATIENT};

/// Where the project's own files lie.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An office of one test's own.
pub struct TestOffice {
    /// The office.
    pub office: Office,
    /// Its clock.
    pub clock: Arc<FrozenClock>,
    /// Its folder, gone afterwards.
    pub folder: TempDir,
    /// Its database.
    pub test: TestDatabase,
    kind: Kind,
}

/// What a round asks and whom.
pub struct Survey {
    /// The published version.
    pub questionnaire: Arc<Questionnaire>,
    /// The areas.
    pub set: AreaSet,
    /// Name of the population table.
    pub population: String,
}

/// A letter as it would be printed.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Code of the district.
    pub area: String,
    /// The code.
    pub code: String,
}

/// A round that is scheduled, with its key and its letters.
pub struct Fielded {
    /// Name of the round.
    pub slug: String,
    /// Of the key sheet.
    pub passphrase: Zeroizing<String>,
    /// The letters.
    pub letters: Vec<Letter>,
}

/// An instant, written as RFC 3339.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

impl TestOffice {
    /// An office on a new database of `engine`, for rounds of `kind`; `None` if the engine is not
    /// there (which has been said loudly).
    pub async fn new(engine: Engine, kind: Kind) -> Option<Self> {
        Self::with_queue(engine, kind, 1_024, 512).await
    }

    /// The same, where at most `queue` answers wait for the writer, who commits `batch` at a time.
    pub async fn with_queue(engine: Engine, kind: Kind, queue: usize, batch: usize) -> Option<Self> {
        let test = TestDatabase::new(engine).await?;
        let folder = TempDir::new().expect("a folder");
        let environment = [
            ("TRYGG_DATA", folder.path().display().to_string()),
            ("DATABASE_URL", test.address.clone()),
            ("TRYGG_LISTEN", "127.0.0.1:0".to_owned()),
            ("TRYGG_INTAKE_QUEUE", queue.to_string()),
            ("TRYGG_INTAKE_BATCH", batch.to_string()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value));
        let settings = Settings::read(None, &BTreeMap::from(environment)).expect("settings");
        make_missing_secrets(&settings).expect("secrets");
        let clock = Arc::new(FrozenClock::at(at("2025-09-01T10:00:00Z")));
        let office = Office::with(test.database.clone(), settings, clock.clone()).expect("an office");
        let office = office.with_interface(trygg::web::i18n::interface());
        if kind == Kind::Demo {
            let mut tx = office.database.begin().await.expect("begins");
            let record = InstallationRecord { kind: "demo".to_owned(), created_at: clock.now() };
            tx.installation().insert(&record).await.expect("inserts");
            tx.commit().await.expect("commits");
        }
        Some(Self { office, clock, folder, test, kind })
    }

    /// Another process of the same office: the same database and secrets, a writer of its own.
    pub async fn another_process(&self) -> Office {
        self.another_that_waits(PATIENT.wait).await
    }

    /// The same; it waits no longer than `wait` for others in the database.
    pub async fn another_that_waits(&self, wait: Duration) -> Office {
        let database = Database::open_with(&self.test.address, Pools { wait, ..PATIENT }).await.expect("opens");
        Office::with(database, Settings::clone(&self.office.settings), self.clock.clone()).expect("an office")
    }

    /// Moves the clock; what the process remembers of rounds is forgotten, as it is a second later.
    pub fn now(&self, instant: &str) {
        self.clock.set(at(instant));
        self.office.live.refresh();
    }

    /// A file in the office's folder that does not exist yet.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Publishes the version in `folder`.
    pub async fn publish(&self, folder: &Path) -> Arc<Questionnaire> {
        let checked = catalogue::publish(&self.office.database, self.clock.as_ref(), folder).await.expect("publishes");
        let (id, version) = (checked.questionnaire.id(), checked.questionnaire.version());
        self.office.catalogue.find(&self.office.database, id, version).await.expect("is there")
    }

    /// Luleå's questionnaire and districts, with 100 made-up persons in every cell of the register.
    pub async fn lulea(&self) -> Survey {
        self.lulea_from(&project("survey-definitions/lulea-trygghet/1.0")).await
    }

    /// The same, with the questionnaire of another folder.
    pub async fn lulea_from(&self, definition: &Path) -> Survey {
        let questionnaire = self.publish(definition).await;
        let folder = project("survey-definitions/areas/lulea-12");
        let set = areas::import_area_set(&self.office, &folder).await.expect("imports");
        self.survey(questionnaire, set, "people", |_| 100).await
    }

    /// Areas of one total and these districts, each with its list of Nyko codes.
    pub async fn area_set(&self, version: &str, districts: &[(&str, &str)]) -> AreaSet {
        let folder = self.file(&format!("areas-{version}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("meta.toml"), format!("id = \"flow\"\nversion = \"{version}\"\n")).expect("writes");
        let mut csv = "code,name,valid_from,valid_to,parent,nyko_codes\nALL,Alla,2020-01-01,,,\n".to_owned();
        for (code, nyko) in districts {
            writeln!(csv, "{code},District {code},2020-01-01,,ALL,{nyko}").expect("writes");
        }
        fs::write(folder.join("areas.csv"), csv).expect("writes");
        areas::import_area_set(&self.office, &folder).await.expect("imports")
    }

    /// A survey with `persons` of each district in each of its cells of sex and age.
    pub async fn survey(
        &self,
        questionnaire: Arc<Questionnaire>,
        set: AreaSet,
        population: &str,
        persons: impl Fn(&str) -> u64,
    ) -> Survey {
        let age = questionnaire.class().age.expect("an age item");
        let ages = questionnaire.scales()[questionnaire.items()[age].scale].options.clone();
        let mut csv = "area_code,sex,age_group,persons,reference_date\n".to_owned();
        for area in set.districts() {
            for sex in ["woman", "man"] {
                for age in &ages {
                    writeln!(csv, "{},{sex},{age},{},2024-12-31", area.code, persons(&area.code)).expect("writes");
                }
            }
        }
        let reference = set.reference();
        let import = PopulationImport {
            name: population,
            area_set: (&reference.id, &reference.version),
            questionnaire: (questionnaire.id(), questionnaire.version()),
            source: "made up",
        };
        areas::import_population(&self.office, csv.as_bytes(), &import).await.expect("imports");
        Survey { questionnaire, set, population: population.to_owned() }
    }

    /// A plan for `survey`: fielded from 15 September to 10 November of `year`.
    pub fn plan(&self, survey: &Survey, year: i32) -> Plan {
        let reference = survey.set.reference();
        let date = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        Plan {
            slug: format!("round-{year}"),
            period: year.to_string(),
            kind: self.kind,
            stream: Stream::Resident,
            questionnaire: VersionRef {
                id: survey.questionnaire.id().to_owned(),
                version: survey.questionnaire.version().to_owned(),
            },
            area_set: AreaSetRef { id: reference.id, version: reference.version },
            population: Some(survey.population.clone()),
            languages: vec!["sv".to_owned(), "en".to_owned()],
            modes: vec![Mode::Web],
            opens_on: date(9, 15),
            closes_on: date(11, 10),
            results_on: Some(date(12, 15)),
            minutes: 8,
            ages: (16, 85),
            organisations: vec!["Kommunen".to_owned()],
            holders: vec!["The holder".to_owned()],
            needed: 1,
            scheme: "auto".to_owned(),
            cuts: None,
            places: Vec::new(),
            source: String::new(),
        }
    }

    /// Plans a round, makes its key, draws `letters` of each district and schedules it.
    pub async fn fielded(&self, survey: &Survey, plan: Plan, letters: impl Fn(&str) -> u64) -> Fielded {
        let slug = plan.slug.clone();
        rounds::create(&self.office, plan).await.expect("is planned");
        self.field_planned(survey, &slug, letters).await
    }

    /// Makes the key of a planned round, draws `letters` of each district and schedules it.
    pub async fn field_planned(&self, survey: &Survey, slug: &str, letters: impl Fn(&str) -> u64) -> Fielded {
        let slug = slug.to_owned();
        let passphrase = rounds::make_key(&self.office, &slug).await.expect("a key");
        let file = self.file(&format!("letters-{slug}.csv"));
        letters::draw(&self.office, &slug, sample(&survey.set, letters).as_bytes(), &file).await.expect("letters");
        rounds::transition(&self.office, &slug, "scheduled", "").await.expect("is scheduled");
        Fielded { slug, passphrase, letters: read_letters(&file) }
    }

    /// Luleå's round of 2025 with `letters` a district, open since this morning.
    pub async fn open_lulea(&self, letters: u64) -> (Survey, Fielded) {
        let survey = self.lulea().await;
        let fielded = self.fielded(&survey, self.plan(&survey, 2025), |_| letters).await;
        self.now("2025-09-15T06:00:00Z");
        assert_eq!(self.stage(&fielded.slug).await, "open");
        (survey, fielded)
    }

    /// The round as it is now, after what the dates demand.
    pub async fn round(&self, slug: &str) -> Round {
        rounds::tick(&self.office).await.expect("ticks");
        rounds::find(&self.office, slug).await.expect("is there")
    }

    /// The key of the round's stage.
    pub async fn stage(&self, slug: &str) -> &'static str {
        self.round(slug).await.stage().key()
    }

    /// Posts answers with a code, in Swedish.
    pub async fn post(
        &self,
        slug: &str,
        code: &str,
        submission: SubmissionId,
        answers: &BTreeMap<String, u8>,
    ) -> Result<Receipt, PostRefusal> {
        answering::post(&self.office, slug, posted(code, submission, answers)).await
    }

    /// Closes the round and opens its envelopes; gives its sheets in the order of their random ids.
    pub async fn opened(&self, fielded: &Fielded) -> Vec<Vec<u8>> {
        rounds::transition(&self.office, &fielded.slug, "closed", "all are in").await.expect("closes");
        let typed = vec![fielded.passphrase.clone()];
        opening::open_envelopes(&self.office, &fielded.slug, typed).await.expect("opens");
        self.responses(&fielded.slug).await.into_iter().map(|response| response.sheet).collect()
    }

    /// Opened responses of a round.
    pub async fn responses(&self, slug: &str) -> Vec<StoredResponse> {
        let round = self.round(slug).await.id;
        let mut tx = self.office.database.read().await.expect("begins");
        tx.responses().page(round, None, 100_000).await.expect("reads")
    }

    /// Envelopes of a round.
    pub async fn envelopes(&self, slug: &str) -> i64 {
        let round = self.round(slug).await.id;
        self.office.database.read().await.expect("begins").envelopes().count(round).await.expect("counts")
    }

    /// Spent codes of a round.
    pub async fn spent(&self, slug: &str) -> i64 {
        let round = self.round(slug).await.id;
        let counts = self.office.database.read().await.expect("begins").invitations().counts(round).await;
        counts.expect("counts").iter().filter(|count| count.mode.is_some()).map(|count| count.count).sum()
    }
}

/// Answers in Swedish, as the API takes them.
pub fn posted(code: &str, submission: SubmissionId, answers: &BTreeMap<String, u8>) -> PostedSheet {
    PostedSheet { submission, code: code.to_owned(), language: "sv".to_owned(), answers: answers.clone() }
}

/// A new random submission.
pub fn submission() -> SubmissionId {
    SubmissionId::from(Uuid::new_v4())
}

/// A sample of so many letters in each district.
pub fn sample(set: &AreaSet, letters: impl Fn(&str) -> u64) -> String {
    let mut csv = "area_code,sampled\n".to_owned();
    for area in set.districts() {
        writeln!(csv, "{},{}", area.code, letters(&area.code)).expect("writes");
    }
    csv
}

/// The letters of a file.
pub fn read_letters(file: &Path) -> Vec<Letter> {
    let mut reader = csv::Reader::from_path(file).expect("a file of letters");
    let letter = |row: csv::StringRecord| Letter { area: row[1].to_owned(), code: row[2].to_owned() };
    reader.records().map(|row| letter(row.expect("a row"))).collect()
}

/// What may be kept beside a resident's answers on the web: mode, language, stream, no place.
pub fn paradata(questionnaire: &Questionnaire, language: &str) -> [u8; 4] {
    let place = questionnaire.languages().position(|tag| tag.as_str() == language).expect("a language");
    [1, 1 + u8::try_from(place).expect("few languages"), 1, missing::FILTERED]
}

/// A resident's answers to every item that the form would show, and the sheet that they must become.
pub fn answers(survey: &Survey, area: &str, rng: &mut impl Rng) -> (BTreeMap<String, u8>, Vec<u8>) {
    let questionnaire = &survey.questionnaire;
    let mut codes = vec![missing::FILTERED; questionnaire.items().len()];
    let mut given = BTreeMap::new();
    for page in 0..questionnaire.pages().len() {
        for item in questionnaire.visible_items(page, &codes, Stream::Resident) {
            let code = rng.random_range(1..=questionnaire.option_count(item, 0));
            codes[item] = code;
            given.insert(questionnaire.items()[item].id.clone(), code);
        }
    }
    let class = questionnaire.class().area.expect("an area item");
    assert!(!given.contains_key(&questionnaire.items()[class].id), "the district is no question");
    codes[class] = survey.set.option_of(area).expect("a district");
    codes.extend(paradata(questionnaire, "sv"));
    (given, codes)
}
