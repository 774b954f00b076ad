//! Letters from the frame to the reminder: codes are written once, lead in, and are spent together; a run that
//! breaks off leaves none; names, addresses and plain codes are kept nowhere.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rstest::rstest;
use tempfile::TempDir;
use trygg::{
    service::{
        answering::{PostRefusal, Refusal},
        letters::{self, LettersError, Order, Paper, Run, Written},
        rounds,
    },
    survey::{
        invitation::Code,
        letter_run::NoReminder,
        round::{Kind, Stage},
    },
    web,
};

use crate::support::{
    Engine,
    office::{Survey, TestOffice, submission},
    program::trygg as program,
};

const SLUG: &str = "round-2025";
const FIRST: Run = Run::First { again: false };
/// Stands in every name and address.
const CANARY: &str = "Kanariefågel";

/// Two letters in each district, numbered by the office.
fn frame(survey: &Survey) -> Vec<(String, String)> {
    let areas = survey.set.districts().flat_map(|area| [area.code.clone(), area.code.clone()]);
    areas.enumerate().map(|(place, area)| (format!("B{place:03}"), area)).collect()
}

fn csv_of_frame(letters: &[(String, String)]) -> String {
    letters.iter().fold("letter_no,area_code\n".to_owned(), |text, (number, area)| text + &format!("{number},{area}\n"))
}

fn addresses(letters: &[(String, String)]) -> String {
    let mut text = "\u{feff}letter_no;area_code;name;address_1;address_2;language\r\n".to_owned();
    for (place, (number, area)) in letters.iter().enumerate() {
        let language = ["", "en"][place % 2];
        write!(text, "{number};{area};{CANARY} {place}son;{CANARY}gatan {place};972 38 Luleå;{language}\r\n")
            .expect("writes");
    }
    text
}

/// A planned round with its frame, and a folder of its own for what the office has beside the database.
struct Place {
    test: TestOffice,
    survey: Survey,
    letters: Vec<(String, String)>,
    desk: TempDir,
}

impl Place {
    async fn new(engine: Engine) -> Option<Self> {
        let test = TestOffice::new(engine, Kind::Test).await?;
        let survey = test.lulea().await;
        rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
        let letters = frame(&survey);
        let taken = letters::frame(&test.office, SLUG, csv_of_frame(&letters).as_bytes()).await.expect("a frame");
        assert_eq!(taken, 24);
        Some(Self { test, survey, letters, desk: TempDir::new().expect("a folder") })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.desk.path().join(name)
    }

    async fn run(&self, run: Run, addresses: &str, paper: Paper, out: &Path) -> Result<Written, LettersError> {
        let order = Order { round: SLUG, run, addresses: addresses.as_bytes(), paper, out };
        letters::run(&self.test.office, order).await
    }

    /// A sealed run; the codes of its letters by their numbers.
    async fn codes(&self, run: Run, name: &str) -> BTreeMap<String, String> {
        let sealed = self.file(name);
        let written = self.run(run, &addresses(&self.letters), Paper::Sealed, &sealed).await.expect("letters");
        let plain = self.file(&format!("{name}.csv"));
        let words = written.passphrase.expect("words");
        letters::unseal(&fs::read(&sealed).expect("reads"), &words, &plain).expect("opens");
        let codes = self.read(&plain);
        assert_eq!(codes.len() as u64, written.letters);
        codes
    }

    /// The codes of an unsealed file, which is removed.
    fn read(&self, plain: &Path) -> BTreeMap<String, String> {
        let mode = fs::metadata(plain).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let mut reader = csv::Reader::from_path(plain).expect("a table");
        assert_eq!(reader.headers().expect("a header"), ["letter_no", "code", "scanned"].as_slice());
        let door = format!("{}/K/", self.test.office.settings.public_url.to_uppercase());
        let codes = reader.records().map(|row| {
            let row = row.expect("a row");
            let code = Code::parse(&row[1]).expect("a code");
            assert_eq!((&row[1], &row[2]), (code.printed().as_str(), format!("{door}{}", code.plain()).as_str()));
            (row[0].to_owned(), row[1].to_owned())
        });
        let codes = codes.collect();
        fs::remove_file(plain).expect("removes");
        codes
    }

    fn pdf(&self, run: Run) -> Paper {
        let plan = self.test.plan(&self.survey, 2025);
        Paper::Pdf(web::letters::wording(&plan, run, "0920-00 00 00").expect("words"))
    }

    async fn schedule(&self) {
        rounds::make_key(&self.test.office, SLUG).await.expect("a key");
        rounds::transition(&self.test.office, SLUG, "scheduled", "").await.expect("is scheduled");
    }

    async fn answer(&self, code: &str) -> Result<(), PostRefusal> {
        self.test.post(SLUG, code, submission(), &BTreeMap::from([("E1".to_owned(), 1)])).await.map(|_| ())
    }

    /// Codes that count, past the store.
    async fn stored(&self) -> i64 {
        let round = self.test.round(SLUG).await.id;
        let mut tx = self.test.office.database.read().await.expect("begins");
        let all: i64 = tx.invitations().counts(round).await.expect("counts").iter().map(|count| count.count).sum();
        all - tx.invitations().uncoded(round).await.expect("counts")
    }

    async fn runs(&self) -> Vec<(i64, i64)> {
        let round = self.test.round(SLUG).await.id;
        let mut tx = self.test.office.database.read().await.expect("begins");
        let runs = tx.letter_runs().of_round(round).await.expect("reads");
        runs.iter().map(|run| (run.number, run.letters)).collect()
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_frame_is_taken_in_whole_and_replaced_until_codes_are_drawn(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let office = &place.test.office;
    let take = async |csv: &str| letters::frame(office, SLUG, csv.as_bytes()).await;
    let area = &place.letters[0].1;
    let refused = take(&format!("letter_no,area_code\nB1,{area}\nB1,{area}\nB2,nowhere\n")).await;
    let Err(LettersError::Frame(faults)) = refused else { panic!("another outcome") };
    let told: Vec<_> = faults.iter().map(|fault| (fault.row, fault.code)).collect();
    assert_eq!(told, [(Some(3), "row_duplicate"), (Some(4), "code_unknown")]);
    let refused = take(&format!("letter_no,area_code\nB1,{area}\n")).await;
    let Err(LettersError::Disagree(told)) = refused else { panic!("another outcome") };
    assert_eq!(told.len(), 11, "nobody is invited elsewhere: {told:?}");
    assert_eq!(place.test.round(SLUG).await.stage(), &Stage::Draft);

    assert_eq!(take(&csv_of_frame(&place.letters)).await.expect("again"), 24);
    assert_eq!(place.stored().await, 0, "a frame draws no codes");
    place.codes(FIRST, "codes").await;
    assert!(matches!(take(&csv_of_frame(&place.letters)).await, Err(LettersError::Drawn)));
    place.schedule().await;
    place.test.now("2025-09-15T06:00:00Z");
    place.test.stage(SLUG).await;
    assert!(matches!(take("").await, Err(LettersError::Stage("open"))));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn letters_and_reminders_lead_to_one_answer(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let first = place.codes(FIRST, "codes").await;
    assert_eq!(first.len(), 24);
    place.schedule().await;
    assert!(matches!(
        place.run(Run::Reminder, &addresses(&place.letters), Paper::Sealed, &place.file("r")).await,
        Err(LettersError::NotOpen("scheduled"))
    ));
    place.test.now("2025-09-15T06:00:00Z");
    assert_eq!(place.test.stage(SLUG).await, "open");
    for number in ["B000", "B001", "B002"] {
        place.answer(&first[number]).await.expect("is stored");
    }
    let second = place.codes(Run::Reminder, "reminder").await;
    assert_eq!(second.len(), 21, "who has answered is left alone");
    assert!(["B000", "B001", "B002"].iter().all(|number| !second.contains_key(*number)));
    assert!(second.iter().all(|(number, code)| first[number] != *code));
    // Whichever of its codes is used, an invitation is used then.
    place.answer(&second["B003"]).await.expect("is stored");
    place.answer(&first["B004"]).await.expect("is stored");
    for code in [&first["B003"], &second["B004"], &second["B003"], &first["B000"]] {
        let refused = place.answer(code).await;
        assert!(matches!(refused, Err(PostRefusal::Refusal(Refusal::CodeUsed))), "{refused:?}");
    }
    assert_eq!((place.test.spent(SLUG).await, place.test.envelopes(SLUG).await), (5, 5));

    let again = || place.run(Run::Reminder, "", Paper::Sealed, Path::new("nowhere"));
    assert!(matches!(again().await, Err(LettersError::NoReminder(NoReminder::TooSoon(_)))));
    place.test.now("2025-09-22T05:59:59Z");
    assert!(matches!(again().await, Err(LettersError::NoReminder(NoReminder::TooSoon(_)))));
    for (day, name, left) in [("2025-09-22", "third", 19), ("2025-09-29", "fourth", 19)] {
        place.test.now(&format!("{day}T06:00:00Z"));
        assert_eq!(place.codes(Run::Reminder, name).await.len(), left);
    }
    place.test.now("2025-10-20T06:00:00Z");
    assert!(matches!(again().await, Err(LettersError::NoReminder(NoReminder::Enough))));
    assert_eq!(place.runs().await, [(0, 24), (1, 21), (2, 19), (3, 19)]);
    let prepared = rounds::preparation(&place.test.office, &place.test.round(SLUG).await).await.expect("reads");
    assert_eq!((prepared.letters, prepared.runs.len()), (24, 4));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_reminder_goes_to_those_of_its_file_who_have_not_answered(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let first = place.codes(FIRST, "codes").await;
    place.schedule().await;
    place.test.now("2025-09-15T06:00:00Z");
    place.answer(&first["B000"]).await.expect("is stored");
    let out = place.file("reminder.pdf");
    let one = addresses(&place.letters[..1]);
    let refused = place.run(Run::Reminder, &one, place.pdf(Run::Reminder), &out).await;
    assert!(matches!(refused, Err(LettersError::NobodyLeft)), "{refused:?}");
    assert!(!out.exists());
    let three = addresses(&place.letters[..3]);
    let written = place.run(Run::Reminder, &three, place.pdf(Run::Reminder), &out).await.expect("letters");
    assert_eq!((written.number, written.letters, written.answered), (1, 2, 1));
    assert!(fs::read(&out).expect("reads").starts_with(b"%PDF-1.7"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_run_that_breaks_off_leaves_no_code_and_no_file(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let out = place.file("letters.pdf");
    let all = addresses(&place.letters);
    let swapped = all.replace("B000;", "B999;").replace("972 38 Luleå", "972 38 Luleå ☃");
    let refused = place.run(FIRST, &swapped, place.pdf(FIRST), &out).await.expect_err("does not fit");
    let told = refused.to_string();
    assert!(told.contains("line 2, column letter_no: letter_unknown"), "{told}");
    assert!(told.contains("line 25, column address_2: not_printable") && told.contains("letters_missing"), "{told}");
    assert!(!told.contains(CANARY) && !told.contains("gatan") && !told.contains("B999"), "{told}");
    let part = addresses(&place.letters[1..]);
    let refused = place.run(FIRST, &part, Paper::Sealed, &out).await.expect_err("one letter is left out");
    assert!(refused.to_string().contains("letters of the frame without a row: 1; the first is B000"), "{refused}");
    let narrow = all.replace("972 38 Luleå", &"W".repeat(58));
    let refused = place.run(FIRST, &narrow, place.pdf(FIRST), &out).await.expect_err("does not fit the window");
    assert!(refused.to_string().contains("B000") && !refused.to_string().contains(CANARY), "{refused}");
    assert!(!out.exists());
    fs::write(&out, "another file").expect("writes");
    let refused = place.run(FIRST, &all, place.pdf(FIRST), &out).await;
    assert!(matches!(refused, Err(LettersError::File(..))), "{refused:?}");
    assert_eq!(fs::read_to_string(&out).expect("reads"), "another file");
    assert_eq!((place.stored().await, place.runs().await), (0, Vec::new()));

    fs::remove_file(&out).expect("removes");
    let written = place.run(FIRST, &all, place.pdf(FIRST), &out).await.expect("nothing is in the way now");
    assert_eq!((written.number, written.letters, written.answered), (0, 24, 0));
    assert_eq!(fs::metadata(&out).expect("a file").permissions().mode() & 0o777, 0o600);
    assert_eq!((place.stored().await, place.runs().await), (24, vec![(0, 24)]));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_second_run_makes_the_first_ones_codes_worthless_and_has_to_be_meant(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let lost = place.codes(FIRST, "lost").await;
    let refused = place.run(FIRST, &addresses(&place.letters), Paper::Sealed, &place.file("x")).await;
    assert!(matches!(refused, Err(LettersError::Drawn)), "{refused:?}");
    let found = place.codes(Run::First { again: true }, "found").await;
    assert_eq!(place.runs().await, [(0, 24)]);
    place.schedule().await;
    place.test.now("2025-09-15T06:00:00Z");
    assert_eq!(place.test.stage(SLUG).await, "open");
    assert!(matches!(place.answer(&lost["B005"]).await, Err(PostRefusal::Refusal(Refusal::CodeWrong))));
    place.answer(&found["B005"]).await.expect("is stored");
    let refused = place.run(Run::First { again: true }, "", Paper::Sealed, &place.file("y")).await;
    assert!(matches!(refused, Err(LettersError::Stage("open"))), "codes that may be in use stay: {refused:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_two_runs_at_once_one_counts(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let all = addresses(&place.letters);
    let (one, two) = (place.file("one"), place.file("two"));
    let both = tokio::join!(place.run(FIRST, &all, Paper::Sealed, &one), place.run(FIRST, &all, Paper::Sealed, &two));
    let (first, second) = (both.0.is_ok(), both.1.is_ok());
    assert!(first ^ second, "{both:?}");
    assert_eq!((one.exists(), two.exists()), (first, second), "the file of the other is gone");
    assert_eq!((place.stored().await, place.runs().await), (24, vec![(0, 24)]));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_opening_forgets_letters_codes_and_runs(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let first = place.codes(FIRST, "codes").await;
    let words = rounds::make_key(&place.test.office, SLUG).await.expect("a key");
    rounds::transition(&place.test.office, SLUG, "scheduled", "").await.expect("is scheduled");
    place.test.now("2025-09-15T06:00:00Z");
    place.answer(&first["B007"]).await.expect("is stored");
    place.codes(Run::Reminder, "reminder").await;
    rounds::transition(&place.test.office, SLUG, "closed", "all are in").await.expect("closes");
    trygg::service::opening::open_envelopes(&place.test.office, SLUG, vec![words]).await.expect("opens");
    for table in ["invitations", "invitation_codes", "letter_runs"] {
        assert!(place.test.test.rows(table).await.is_empty(), "{table}");
    }
}

/// P2 for letters: everything that the program leaves anywhere is searched for names, addresses and codes.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn names_addresses_and_plain_codes_are_kept_nowhere(#[case] engine: Engine) {
    let Some(place) = Place::new(engine).await else { return };
    let temporary = place.file("temporary");
    fs::create_dir(&temporary).expect("a folder");
    let settings = &place.test.office.settings;
    let environment = [
        ("TRYGG_DATA", settings.data.display().to_string()),
        ("DATABASE_URL", settings.database_url.clone()),
        ("TRYGG_LISTEN", "127.0.0.1:0".to_owned()),
        ("TRYGG_LOG", "trace".to_owned()),
        ("TMPDIR", temporary.display().to_string()),
    ];
    let said = |words: &[&str], typed: &str| {
        let output = program(place.desk.path(), words, &environment, typed);
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let all = addresses(&place.letters);
    fs::write(place.file("addresses.csv"), &all).expect("writes");
    fs::write(place.file("refused.csv"), all.replace("B000;", "B999;").replace("Luleå", "☃")).expect("writes");
    let mut told = String::new();
    for (file, good) in [("refused.csv", false), ("addresses.csv", true)] {
        let words = ["letters", "run", SLUG, "--addresses", file, "--sealed", "codes", "--sheet", "words"];
        let (ok, text) = said(&words, "");
        assert_eq!(ok, good, "{text}");
        told += &text;
    }
    let (ok, text) = said(&["letters", "run", SLUG, "--addresses", "addresses.csv", "--pdf", "l.pdf", "--again"], "");
    assert!(ok, "{text}");
    told += &text;
    let words = fs::read_to_string(place.file("words")).expect("words");
    let (ok, text) = said(&["letters", "unseal", "codes", "--out", "codes.csv"], &words);
    assert!(ok, "{text}");
    told += &text;
    assert!(told.contains("letters_written"), "the log was read");

    let codes = place.read(&place.file("codes.csv"));
    assert_eq!(codes.len(), 24);
    let plain = codes.values().map(|code| code.replace('-', ""));
    let needles: Vec<String> =
        codes.values().cloned().chain(plain).chain([CANARY, "gatan", "972 38"].map(str::to_owned)).collect();
    let mut searched = 0;
    let mut search = |place: &str, bytes: &[u8]| {
        searched += bytes.len();
        for needle in &needles {
            let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{needle} stands in {place}");
        }
    };
    search("what was told and logged", told.as_bytes());
    assert_eq!(fs::read_dir(&temporary).expect("a folder").count(), 0, "nothing was left among temporary files");
    for entry in fs::read_dir(&settings.data).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
        search(&entry.path().display().to_string(), &fs::read(entry.path()).expect("reads"));
    }
    for table in place.test.test.tables().await {
        for row in place.test.test.rows(&table).await {
            search(&table, &row);
        }
    }
    if engine == Engine::Sqlite {
        for ending in ["", "-wal", "-shm"] {
            let file = format!("{}{ending}", place.test.test.file().display());
            search(&file, &fs::read(&file).expect("reads"));
        }
    }
    assert!(searched > 10_000, "{searched} bytes were searched");
    // What the codes file says is what it says alone.
    assert!(fs::read(place.file("codes")).expect("reads").starts_with(b"trygg/sealed-file/1\n"));
}

#[tokio::test]
async fn a_plain_file_of_codes_is_for_test_rounds() {
    let Some(test) = TestOffice::new(Engine::Sqlite, Kind::Real).await else { return };
    let survey = test.lulea().await;
    rounds::create(&test.office, test.plan(&survey, 2025)).await.expect("is planned");
    let out = test.file("codes.csv");
    let refused = letters::draw(&test.office, SLUG, csv_of_frame(&frame(&survey)).as_bytes(), &out).await;
    assert!(matches!(refused, Err(LettersError::PlainCodes)), "{refused:?}");
    assert!(!out.exists());
    // Letters of a real round lead to an encrypted address and name somebody who answers questions.
    letters::frame(&test.office, SLUG, csv_of_frame(&frame(&survey)).as_bytes()).await.expect("a frame");
    let all = addresses(&frame(&survey));
    let order = Order { round: SLUG, run: FIRST, addresses: all.as_bytes(), paper: Paper::Sealed, out: &out };
    let Err(LettersError::NotReady(told)) = letters::run(&test.office, order).await else { panic!("another outcome") };
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("public_url:") && told[1].starts_with("contact:"), "{told:?}");
}
