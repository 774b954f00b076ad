//! Luleå's shape with made-up answers: everything goes the same way as a real round's, from letters to
//! release. Only a new database is filled, and it says from then on that it is a demo.

mod answers;
mod people;

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    Office, areas, catalogue, desk, history, letters, opening,
    releasing::{self, Made, Wanted},
    rounds,
    signing::{self, Word},
    staff,
};
use crate::{
    clock::{FrozenClock, stockholm_date, stockholm_start},
    questionnaire::Stream,
    settings::Settings,
    store::{Database, InstallationRecord},
    survey::{
        answer_sheet::Mode,
        area::AreaSet,
        round::{AreaSetRef, Kind, Place, Plan, VersionRef},
    },
};
use answers::answer;

/// Letters to each district, as Luleå sends them.
const LETTERS: u64 = 300;
/// Languages of the rounds whose results are out: those that results are written in. The open round has
/// all that the questionnaire has.
const RESULT_LANGUAGES: [&str; 2] = ["sv", "en"];
const POPULATION: &str = "demo";
/// Who signs releases: sign-in name, name, organisation. Neither composes them.
const SIGNERS: [(&str, &str, &str); 2] =
    [("demo-kommun", "Kim Kommun", "kommun"), ("demo-polis", "Pia Polis", "polis")];
/// Places with an open link: id and name.
const PLACES: [(&str, &str); 2] = [("storgatan", "Storgatan"), ("norra-hamn", "Norra hamn")];
const ACCESS: &str = "access.txt";

/// Any reason why the demo cannot be filled.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What somebody needs to try the demo.
#[derive(Debug, Clone)]
pub struct Access {
    /// Text for the terminal and the access file.
    pub text: String,
    /// Whether the database was filled just now.
    pub fresh: bool,
}

/// Fills the database of `settings` if it is new; `tell` hears how far it is. A filled one is left as
/// it is.
///
/// # Errors
/// A database that is no demo, or a demo whose filling was cut off: the message says what to do.
pub async fn prepare(office: &Office, tell: &(dyn Fn(&str) + Sync)) -> Result<Access, Failure> {
    let folder = office.settings.data.clone();
    let access = folder.join(ACCESS);
    let record = office.database.read().await?.installation().find().await?;
    match record {
        Some(record) if record.kind != "demo" => {
            Err("this database belongs to an office; the demo needs one of its own (--data DIR)".into())
        }
        Some(_) => match fs::read_to_string(&access) {
            Ok(text) => Ok(Access { text, fresh: false }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = folder.display();
                Err(format!("filling the demo in {folder} was cut off; remove that folder (or name another by --data) and start again").into())
            }
            Err(error) => Err(error.into()),
        },
        None => {
            let used = !rounds::list(office).await?.is_empty() || !catalogue::list(&office.database).await?.is_empty();
            if used {
                return Err("this database is in use already; the demo needs one of its own (--data DIR)".into());
            }
            // Before anything is stored: without the definitions there is nothing to fill it with.
            catalogue::check(&definition(office))?;
            let text = fill(office, tell).await?;
            let mut file = letters::new_private_file(&access)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            Ok(Access { text, fresh: true })
        }
    }
}

fn definition(office: &Office) -> PathBuf {
    office.settings.definitions.join("lulea-trygghet").join("1.0")
}

async fn fill(office: &Office, tell: &(dyn Fn(&str) + Sync)) -> Result<String, Failure> {
    let now = office.clock.now();
    let mut tx = office.database.begin().await?;
    tx.installation().insert(&InstallationRecord { kind: "demo".to_owned(), created_at: now }).await?;
    tx.commit().await?;
    let definitions = &office.settings.definitions;
    let questionnaire = definition(office);
    tell("publishing the questionnaire, areas, population and history");
    catalogue::publish(&office.database, office.clock.as_ref(), &questionnaire).await?;
    let set = areas::import_area_set(office, &definitions.join("areas").join("lulea-12")).await?;
    let today = stockholm_date(now);
    let import = areas::PopulationImport {
        name: POPULATION,
        area_set: ("lulea-12", "2019"),
        questionnaire: ("lulea-trygghet", "1.0"),
        source: "Demodata: made up, no register",
    };
    areas::import_population(office, population(&set, today.year() - 1).as_bytes(), &import).await?;
    let published = fs::read(definitions.join("lulea-trygghet").join("history").join("published.csv"))?;
    history::import(office, &published, "published.csv").await?;
    let password = crate::survey::key_share::draw_passphrase(&mut rand::rng());
    let roles = ["editor", "fieldwork", "holder", "analyst"].map(str::to_owned);
    staff::add(office, "demo", "Demo Demosson", "kommun", &roles, &password).await?;
    for (login, name, organisation) in SIGNERS {
        staff::add(office, login, name, organisation, &["releaser".to_owned()], &password).await?;
    }
    let token = staff::make_token(office, "demo", "demo").await?;

    for (years, level) in [(2, -0.05), (1, 0.05)] {
        let year = today.year() - years;
        tell(&format!("round {year}: letters, answers, opening, release"));
        past_round(office, &set, year, level, &password).await?;
    }
    tell(&format!("round {}: letters and the first answers", today.year()));
    let codes = open_round(office, &set, today).await?;
    stay_round(office, &set, today).await?;
    let sheet = office.settings.data.join(format!("key-{}.txt", today.year()));
    Ok(format!(
        "Sign-in of the console   demo\nPassword                 {}\nAPI token                {token}\n\
         They sign releases       {}\n\
         Codes of the open round  {}\nKey sheet of the round   {}\n\
         Open links, no code      {}\n",
        password.as_str(),
        SIGNERS.map(|(login, _, organisation)| format!("{login} ({organisation}; the same password)")).join(", "),
        codes.display(),
        sheet.display(),
        PLACES.map(|(id, _)| format!("/p/{id}")).join(", ")
    ))
}

fn plan(set: &AreaSet, year: i32, dates: (NaiveDate, NaiveDate)) -> Plan {
    let reference = set.reference();
    Plan {
        slug: format!("demo-{year}"),
        period: year.to_string(),
        kind: Kind::Demo,
        stream: Stream::Resident,
        questionnaire: VersionRef { id: "lulea-trygghet".to_owned(), version: "1.0".to_owned() },
        area_set: AreaSetRef { id: reference.id, version: reference.version },
        population: Some(POPULATION.to_owned()),
        languages: RESULT_LANGUAGES.map(str::to_owned).to_vec(),
        modes: vec![Mode::Web],
        opens_on: dates.0,
        closes_on: dates.1,
        results_on: dates.1.checked_add_days(Days::new(90)),
        minutes: 8,
        ages: (16, 85),
        organisations: vec!["Luleå kommun".to_owned(), "Polisen".to_owned()],
        holders: vec!["Demo Demosson, Luleå kommun".to_owned()],
        needed: 1,
        scheme: "auto".to_owned(),
        cuts: None,
        places: Vec::new(),
        source: String::new(),
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A round of an earlier year, under a clock that is moved through it.
async fn past_round(office: &Office, set: &AreaSet, year: i32, level: f64, password: &str) -> Result<(), Failure> {
    let plan = plan(set, year, (date(year, 9, 15), date(year, 11, 10)));
    let slug = plan.slug.clone();
    let clock = Arc::new(FrozenClock::at(stockholm_start(date(year, 9, 1))));
    let past = Office::with(office.database.clone(), Settings::clone(&office.settings), clock.clone())?;
    let codes = office.settings.data.join(format!("codes-{year}.csv"));
    let passphrase = set_up(&past, plan, &codes).await?;
    clock.set(stockholm_start(date(year, 9, 15)));
    rounds::tick(&past).await?;
    answer(&past, set, &slug, &codes, 1.0, level, seed(year)).await?;
    clock.set(stockholm_start(date(year, 11, 12)) + TimeDelta::hours(1));
    opening::open_envelopes(&past, &slug, vec![passphrase]).await?;
    desk::enter(&past, &slug, None, desk_counts(set).as_bytes()).await?;
    clock.set(stockholm_start(date(year, 12, 10)) + TimeDelta::hours(8));
    Box::pin(release(&past, &slug, password)).await?;
    // Its codes are spent or dead.
    fs::remove_file(codes)?;
    Ok(())
}

/// A few people a district who have moved or declined.
fn desk_counts(set: &AreaSet) -> String {
    let rows =
        set.districts().enumerate().map(|(place, area)| format!("{},{},{}\n", area.code, 3 + place % 4, 2 + place % 3));
    format!("area_code,over_coverage,blank\n{}", rows.collect::<String>())
}

/// Composes the release of a round and lets both organisations sign it.
async fn release(office: &Office, slug: &str, password: &str) -> Result<(), Failure> {
    let composer = staff::by_login(office, "demo").await?.ok_or(staff::StaffError::SignIn)?;
    let wanted = Wanted { by: Some(composer.id), ..Wanted::default() };
    if let Made::Waiting(body, _) = releasing::release(office, slug, &wanted).await? {
        for (login, ..) in SIGNERS {
            let member = staff::by_login(office, login).await?.ok_or(staff::StaffError::SignIn)?;
            signing::speak(office, &body.head().id, &member, password, Word::Sign(&body.hash_text())).await?;
        }
    }
    Ok(())
}

/// The round that is open now; gives the file of codes that nobody has used.
async fn open_round(office: &Office, set: &AreaSet, today: NaiveDate) -> Result<PathBuf, Failure> {
    let dates = (today - TimeDelta::days(14), today + TimeDelta::days(42));
    let plan = plan(set, today.year(), dates);
    let version = &plan.questionnaire;
    let questionnaire = office.catalogue.find(&office.database, &version.id, &version.version).await?;
    let languages = questionnaire.languages().map(ToString::to_string).collect();
    let plan = Plan { languages, ..plan };
    let slug = plan.slug.clone();
    let all = office.settings.data.join(format!("letters-{}.csv", today.year()));
    let passphrase = set_up(office, plan, &all).await?;
    let sheet = office.settings.data.join(format!("key-{}.txt", today.year()));
    writeln!(letters::new_private_file(&sheet)?, "{}", passphrase.as_str())?;
    rounds::tick(office).await?;
    let unused = answer(office, set, &slug, &all, 0.3, 0.1, seed(today.year())).await?;
    let codes = office.settings.data.join("codes.csv");
    let mut writer = csv::Writer::from_writer(letters::new_private_file(&codes)?);
    writer.write_record(["letter_no", "area_code", "code"])?;
    for letter in unused {
        writer.write_record(letter)?;
    }
    writer.flush()?;
    fs::remove_file(all)?;
    Ok(codes)
}

/// A round beside it that anybody may answer by the open link of a place; nobody has yet.
async fn stay_round(office: &Office, set: &AreaSet, today: NaiveDate) -> Result<(), Failure> {
    let place = |(id, name): (&str, &str)| Place { id: id.to_owned(), name: name.to_owned() };
    let dates = (today - TimeDelta::days(14), today + TimeDelta::days(42));
    let plan = Plan {
        slug: format!("demo-stay-{}", today.year()),
        stream: Stream::Stay,
        population: None,
        scheme: "none".to_owned(),
        places: PLACES.map(place).to_vec(),
        ..plan(set, today.year(), dates)
    };
    let slug = plan.slug.clone();
    rounds::create(office, plan).await?;
    let passphrase = rounds::make_key(office, &slug).await?;
    let sheet = office.settings.data.join(format!("key-stay-{}.txt", today.year()));
    writeln!(letters::new_private_file(&sheet)?, "{}", passphrase.as_str())?;
    rounds::transition(office, &slug, "scheduled", "").await?;
    Ok(rounds::tick(office).await?)
}

const fn seed(year: i32) -> u64 {
    year.unsigned_abs() as u64
}

/// Plans a round up to Scheduled, with key and codes; gives the key's passphrase.
async fn set_up(office: &Office, plan: Plan, codes: &Path) -> Result<zeroize::Zeroizing<String>, Failure> {
    let slug = plan.slug.clone();
    let set = {
        let mut tx = office.database.read().await?;
        areas::area_set(&mut tx, &plan.area_set.id, &plan.area_set.version).await?
    };
    rounds::create(office, plan).await?;
    let mut sample = "area_code,sampled\n".to_owned();
    for area in set.districts() {
        sample.push_str(&format!("{},{LETTERS}\n", area.code));
    }
    letters::draw(office, &slug, sample.as_bytes(), codes).await?;
    let passphrase = rounds::make_key(office, &slug).await?;
    rounds::transition(office, &slug, "scheduled", "").await?;
    Ok(passphrase)
}

/// Made-up register counts: districts of different sizes, nothing of any register.
fn population(set: &AreaSet, year: i32) -> String {
    let mut rng = ChaCha8Rng::seed_from_u64(2_580);
    let mut text = "area_code,sex,age_group,persons,reference_date\n".to_owned();
    for area in set.districts() {
        let size: f64 = rng.random_range(250.0..1_100.0);
        for sex in ["woman", "man"] {
            for (age, part) in [("16-29", 0.8), ("30-49", 1.2), ("50-64", 0.9), ("65-85", 1.1)] {
                let persons = (size * part * rng.random_range(0.9..1.1)).round();
                text.push_str(&format!("{},{sex},{age},{persons:.0},{year}-12-31\n", area.code));
            }
        }
    }
    text
}

/// The database that the demo of `settings` uses, brought to this version's schema.
///
/// # Errors
/// The database.
pub async fn database(settings: &Settings) -> Result<Database, Failure> {
    fs::create_dir_all(&settings.data)?;
    let database = Database::open(&settings.database_url).await?;
    database.migrate().await?;
    Ok(database)
}
