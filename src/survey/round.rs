//! A round: one fielding of a questionnaire version. Its stage is an enum whose variants hold only
//! what is true then; a transition consumes the round and gives it back where it is refused.

use std::fmt;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{answer_sheet::Mode, ids::RoundId, key_share::Threshold};
use crate::questionnaire::{Fingerprint, Stream};

/// What a round is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Asks real people.
    Real,
    /// Tried by staff; never released or compared.
    Test,
    /// Made-up answers in a database that the demo made; marked everywhere.
    Demo,
}

impl Kind {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Test => "test",
            Self::Demo => "demo",
        }
    }
}

/// A published questionnaire version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRef {
    /// Questionnaire id.
    pub id: String,
    /// Version.
    pub version: String,
}

/// A version of an area set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaSetRef {
    /// Area set id.
    pub id: String,
    /// Version.
    pub version: String,
}

/// What is planned; fixed once the round is open, except `closes_on`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Short name in addresses: small letters, digits, hyphens.
    pub slug: String,
    /// `YYYY`, or `YYYYH1`, `YYYYH2`.
    pub period: String,
    /// What it is for.
    pub kind: Kind,
    /// Whom it asks.
    pub stream: Stream,
    /// The version it fields.
    pub questionnaire: VersionRef,
    /// The areas.
    pub area_set: AreaSetRef,
    /// Name of the population table; none for an imported round without one.
    #[serde(default)]
    pub population: Option<String>,
    /// Language tags.
    pub languages: Vec<String>,
    /// How people can answer.
    pub modes: Vec<Mode>,
    /// First day, Stockholm.
    #[serde(deserialize_with = "day")]
    pub opens_on: NaiveDate,
    /// Last day for starting, Stockholm.
    #[serde(deserialize_with = "day")]
    pub closes_on: NaiveDate,
    /// When results are expected.
    #[serde(default, deserialize_with = "some_day")]
    pub results_on: Option<NaiveDate>,
    /// Stated length in minutes.
    #[serde(default = "eight")]
    pub minutes: u16,
    /// Youngest and oldest person asked.
    #[serde(default = "adults")]
    pub ages: (u8, u8),
    /// Who asks; the first stands in titles.
    pub organisations: Vec<String>,
    /// Key holders as residents may read them; none for an imported round.
    #[serde(default)]
    pub holders: Vec<String>,
    /// How many of them must meet.
    #[serde(default = "one")]
    pub needed: u8,
    /// Weighting scheme; `auto` unless said otherwise.
    #[serde(default = "auto")]
    pub scheme: String,
    /// Where imported answers come from; for readers.
    #[serde(default)]
    pub source: String,
}

/// A day as JSON writes it, in quotes, or as TOML does, without.
#[derive(Deserialize)]
#[serde(untagged, expecting = "write a day as YYYY-MM-DD")]
enum Day {
    Text(NaiveDate),
    Toml(toml::value::Datetime),
}

impl Day {
    fn date<E: serde::de::Error>(self) -> Result<NaiveDate, E> {
        match self {
            Self::Text(date) => Ok(date),
            Self::Toml(found) => found.to_string().parse().map_err(|_| E::custom("write a day as YYYY-MM-DD")),
        }
    }
}

fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer)?.date()
}

fn some_day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    Option::<Day>::deserialize(deserializer)?.map(Day::date).transpose()
}

const fn eight() -> u16 {
    8
}

const fn adults() -> (u8, u8) {
    (16, 85)
}

const fn one() -> u8 {
    1
}

fn auto() -> String {
    "auto".to_owned()
}

impl Plan {
    /// Everything that does not fit by itself, without looking anything up.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut refuse = |holds: bool, fault: &str| {
            if !holds {
                faults.push(fault.to_owned());
            }
        };
        let slug_fits = (1..=40).contains(&self.slug.len())
            && self.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        refuse(slug_fits, "slug: use 1 to 40 small letters, digits and hyphens");
        refuse(period_fits(&self.period), "period: write YYYY, or YYYYH1 or YYYYH2");
        refuse(self.opens_on <= self.closes_on, "closes_on: must not be before opens_on");
        refuse(!self.languages.is_empty(), "languages: name at least one");
        refuse(!self.modes.is_empty(), "modes: name at least one");
        refuse(!self.organisations.is_empty(), "organisations: say who asks");
        refuse(self.ages.0 < self.ages.1, "ages: the youngest is younger than the oldest");
        refuse(
            matches!(self.scheme.as_str(), "auto" | "none" | "design" | "poststratify"),
            "scheme: write auto, none, design or poststratify",
        );
        refuse(self.holders.len() <= 1, "holders: a key for several holders cannot be made yet; name one");
        refuse(self.needed == 1, "needed: with one holder, one is needed");
        refuse(self.stream == Stream::Resident, "stream: only \"resident\" can be fielded yet");
        faults
    }

    /// How many holders must meet.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        Threshold { needed: self.needed, holders: u8::try_from(self.holders.len()).unwrap_or(u8::MAX) }
    }
}

fn period_fits(period: &str) -> bool {
    let (year, half) = period.split_at(period.len().min(4));
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && matches!(half, "" | "H1" | "H2")
}

/// Where a round stands, and what is known then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Being planned.
    Draft,
    /// Planned; opens by itself.
    Scheduled,
    /// Takes answers.
    Open {
        /// Since when.
        opened_at: DateTime<Utc>,
    },
    /// Takes none for a while.
    Paused {
        /// When it opened.
        opened_at: DateTime<Utc>,
        /// Why it is paused.
        reason: String,
    },
    /// Envelopes wait to be opened.
    Closed {
        /// When it opened.
        opened_at: DateTime<Utc>,
        /// When it closed.
        closed_at: DateTime<Utc>,
        /// Why it closed early; empty if its time was up.
        reason: String,
    },
    /// Responses are there, without codes or order.
    Opened {
        /// Tables and logs were rewritten, so analysts may look.
        scrubbed: bool,
        /// Collected elsewhere and imported: there were no envelopes.
        imported: bool,
    },
    /// At least one release is out.
    Released,
    /// Done with.
    Archived,
}

impl Stage {
    /// Key in addresses and tables.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Open { .. } => "open",
            Self::Paused { .. } => "paused",
            Self::Closed { .. } => "closed",
            Self::Opened { .. } => "opened",
            Self::Released => "released",
            Self::Archived => "archived",
        }
    }

    /// Stages that can follow.
    #[must_use]
    pub const fn next(&self) -> &'static [&'static str] {
        match self {
            Self::Draft => &["scheduled", "opened"],
            Self::Scheduled => &["draft", "open"],
            Self::Open { .. } => &["paused", "closed"],
            Self::Paused { .. } => &["open", "closed"],
            Self::Closed { .. } => &["opened"],
            Self::Opened { .. } => &["released"],
            Self::Released => &["archived"],
            Self::Archived => &[],
        }
    }
}

/// A transition that the stage does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct WrongStage {
    /// The stage it is in.
    pub stage: &'static str,
    /// The stage that was wanted.
    pub wanted: &'static str,
    /// What is possible instead.
    pub possible: &'static [&'static str],
}

impl fmt::Display for WrongStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the round is {}, so it cannot become {}; ", self.stage, self.wanted)?;
        if self.possible.is_empty() {
            f.write_str("nothing can follow")
        } else {
            write!(f, "possible: {}", self.possible.join(", "))
        }
    }
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Identity.
    pub id: RoundId,
    /// The plan.
    pub plan: Plan,
    /// The version's hash, hexadecimal, set when it is scheduled or imported.
    #[serde(default)]
    pub version_hash: String,
    /// What later rounds are compared with, set with the hash.
    #[serde(default)]
    pub fingerprint: Option<Fingerprint>,
    stage: Stage,
}

/// A refused transition gives the round back unchanged.
pub type Moved = Result<Round, Box<(Round, WrongStage)>>;

impl Round {
    /// A new round.
    #[must_use]
    pub const fn draft(id: RoundId, plan: Plan) -> Self {
        Self { id, plan, version_hash: String::new(), fingerprint: None, stage: Stage::Draft }
    }

    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    fn to(self, wanted: &'static str, make: impl FnOnce(&Stage) -> Option<Stage>) -> Moved {
        if let Some(stage) = make(&self.stage) {
            Ok(Self { stage, ..self })
        } else {
            let wrong = WrongStage { stage: self.stage.key(), wanted, possible: self.stage.next() };
            Err(Box::new((self, wrong)))
        }
    }

    /// Draft → Scheduled.
    ///
    /// # Errors
    /// [`WrongStage`] from any other stage; likewise below.
    pub fn schedule(self) -> Moved {
        self.to("scheduled", |stage| matches!(stage, Stage::Draft).then_some(Stage::Scheduled))
    }

    /// Scheduled → Draft.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn unschedule(self) -> Moved {
        self.to("draft", |stage| matches!(stage, Stage::Scheduled).then_some(Stage::Draft))
    }

    /// Scheduled or Paused → Open.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn open(self, now: DateTime<Utc>) -> Moved {
        self.to("open", |stage| match stage {
            Stage::Scheduled => Some(Stage::Open { opened_at: now }),
            Stage::Paused { opened_at, .. } => Some(Stage::Open { opened_at: *opened_at }),
            _ => None,
        })
    }

    /// Open → Paused.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn pause(self, reason: &str) -> Moved {
        self.to("paused", |stage| match stage {
            Stage::Open { opened_at } => Some(Stage::Paused { opened_at: *opened_at, reason: reason.to_owned() }),
            _ => None,
        })
    }

    /// Open or Paused → Closed.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn close(self, now: DateTime<Utc>, reason: &str) -> Moved {
        self.to("closed", |stage| match stage {
            Stage::Open { opened_at } | Stage::Paused { opened_at, .. } => {
                Some(Stage::Closed { opened_at: *opened_at, closed_at: now, reason: reason.to_owned() })
            }
            _ => None,
        })
    }

    /// Closed → Opened, by the opening of the envelopes; the rewriting of tables is still to come.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn envelopes_opened(self) -> Moved {
        self.to("opened", |stage| {
            matches!(stage, Stage::Closed { .. }).then_some(Stage::Opened { scrubbed: false, imported: false })
        })
    }

    /// Opened stays Opened, its tables rewritten.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn scrubbed(self) -> Moved {
        self.to("opened", |stage| match stage {
            Stage::Opened { imported, .. } => Some(Stage::Opened { scrubbed: true, imported: *imported }),
            _ => None,
        })
    }

    /// Draft → Opened, by an import of answers collected elsewhere: no codes, key or envelopes.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn imported(self) -> Moved {
        self.to("opened", |stage| {
            matches!(stage, Stage::Draft).then_some(Stage::Opened { scrubbed: true, imported: true })
        })
    }

    /// Opened → Released; a correction leaves it Released.
    ///
    /// # Errors
    /// [`WrongStage`], also while the tables are not rewritten.
    pub fn release(self) -> Moved {
        self.to("released", |stage| {
            matches!(stage, Stage::Opened { scrubbed: true, .. } | Stage::Released).then_some(Stage::Released)
        })
    }

    /// Released → Archived.
    ///
    /// # Errors
    /// [`WrongStage`].
    pub fn archive(self) -> Moved {
        self.to("archived", |stage| matches!(stage, Stage::Released).then_some(Stage::Archived))
    }

    /// The transition that the dates demand at `now`, where midnight is Stockholm's: open at the
    /// start of `opens_on`, close 24 hours after the end of `closes_on` (drafts begun in time may
    /// still be sent until then).
    #[must_use]
    pub fn due(&self, now: DateTime<Utc>, start_of: impl Fn(NaiveDate) -> DateTime<Utc>) -> Option<Due> {
        match &self.stage {
            Stage::Scheduled if now >= start_of(self.plan.opens_on) => Some(Due::Open),
            Stage::Open { .. } | Stage::Paused { .. } => {
                let end = self.plan.closes_on.succ_opt().map(start_of)? + Duration::hours(24);
                (now >= end).then_some(Due::Close)
            }
            _ => None,
        }
    }

    /// Identity of the figures made from this round: marked wherever they stand.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        matches!(self.plan.kind, Kind::Demo)
    }
}

/// A transition that dates demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It is time to open.
    Open,
    /// It is time to close.
    Close,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn round(stage: Stage) -> Round {
        let plan = Plan {
            slug: "2027".to_owned(),
            period: "2027".to_owned(),
            kind: Kind::Test,
            stream: Stream::Resident,
            questionnaire: VersionRef { id: "q".to_owned(), version: "1.0".to_owned() },
            area_set: AreaSetRef { id: "a".to_owned(), version: "1".to_owned() },
            population: None,
            languages: vec!["sv".to_owned()],
            modes: vec![Mode::Web],
            opens_on: NaiveDate::from_ymd_opt(2027, 9, 15).unwrap(),
            closes_on: NaiveDate::from_ymd_opt(2027, 11, 10).unwrap(),
            results_on: None,
            minutes: 8,
            ages: (16, 85),
            organisations: vec!["Kommunen".to_owned()],
            holders: vec!["En".to_owned()],
            needed: 1,
            scheme: "auto".to_owned(),
            source: String::new(),
        };
        Round { stage, ..Round::draft(RoundId::from(uuid::Uuid::nil()), plan) }
    }

    fn stages() -> [Stage; 8] {
        let now = at("2027-10-01T12:00:00Z");
        [
            Stage::Draft,
            Stage::Scheduled,
            Stage::Open { opened_at: now },
            Stage::Paused { opened_at: now, reason: "r".to_owned() },
            Stage::Closed { opened_at: now, closed_at: now, reason: String::new() },
            Stage::Opened { scrubbed: true, imported: false },
            Stage::Released,
            Stage::Archived,
        ]
    }

    #[test]
    fn every_stage_allows_exactly_what_it_says_and_a_refusal_gives_the_round_back() {
        type Move = fn(Round, DateTime<Utc>) -> Moved;
        let now = at("2027-10-01T12:00:00Z");
        let moves: [(&str, Move); 7] = [
            ("draft", |round, _| round.unschedule()),
            ("scheduled", |round, _| round.schedule()),
            ("open", |round, now| round.open(now)),
            ("paused", |round, _| round.pause("why")),
            ("closed", |round, now| round.close(now, "why")),
            ("released", |round, _| round.release()),
            ("archived", |round, _| round.archive()),
        ];
        for stage in stages() {
            for (wanted, go) in &moves {
                let before = round(stage.clone());
                let possible = stage.next().contains(wanted) || (stage == Stage::Released && *wanted == "released");
                match go(before.clone(), now) {
                    Ok(moved) => {
                        assert!(possible, "{} to {wanted}", stage.key());
                        assert_eq!(moved.stage().key(), *wanted);
                    }
                    Err(refused) => {
                        assert!(!possible, "{} to {wanted}", stage.key());
                        assert_eq!(refused.0, before);
                        assert_eq!(refused.1.possible, stage.next());
                    }
                }
            }
            assert_eq!(round(stage.clone()).envelopes_opened().is_ok(), stage.key() == "closed");
            assert_eq!(round(stage.clone()).imported().is_ok(), stage.key() == "draft");
        }
        assert!(round(Stage::Opened { scrubbed: false, imported: false }).release().is_err());
    }

    #[test]
    fn days_of_a_plan_may_stand_with_and_without_quotes() {
        let plan = |days: &str| {
            let text = format!(
                "slug = 'a'\nperiod = '2027'\nkind = 'test'\nstream = 'resident'\nlanguages = ['sv']\nmodes = ['web']\n\
                 organisations = ['A']\nquestionnaire = {{ id = 'q', version = '1' }}\n\
                 area_set = {{ id = 'a', version = '1' }}\n{days}"
            );
            toml::from_str::<Plan>(&text)
        };
        let quoted = plan("opens_on = '2027-09-15'\ncloses_on = '2027-11-10'").unwrap();
        let bare = plan("opens_on = 2027-09-15\ncloses_on = 2027-11-10").unwrap();
        assert_eq!(quoted, bare);
        assert_eq!(quoted.closes_on, NaiveDate::from_ymd_opt(2027, 11, 10).unwrap());
        let dated = plan("opens_on = 2027-09-15\ncloses_on = 2027-11-10\nresults_on = 2028-02-01").unwrap();
        assert_eq!(dated.results_on, NaiveDate::from_ymd_opt(2028, 2, 1));
        for wrong in ["2027-09-15T10:00:00Z", "'soon'", "15", "10:00:00"] {
            assert!(plan(&format!("opens_on = {wrong}\ncloses_on = 2027-11-10")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_open_and_close_a_round_by_stockholm_midnight() {
        // Two hours ahead until the last Sunday of October, then one.
        let start = |date: NaiveDate| {
            let hours = if date < NaiveDate::from_ymd_opt(2027, 10, 31).unwrap() { 2 } else { 1 };
            date.and_hms_opt(0, 0, 0).unwrap().and_utc() - Duration::hours(hours)
        };
        let scheduled = round(Stage::Scheduled);
        assert_eq!(scheduled.due(at("2027-09-14T21:59:59Z"), start), None);
        assert_eq!(scheduled.due(at("2027-09-14T22:00:00Z"), start), Some(Due::Open));
        let open = round(Stage::Open { opened_at: at("2027-09-14T22:00:00Z") });
        assert_eq!(open.due(at("2027-11-11T22:59:59Z"), start), None);
        assert_eq!(open.due(at("2027-11-11T23:00:00Z"), start), Some(Due::Close));
    }
}
