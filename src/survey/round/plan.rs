//! The plan of a round: what is fielded, whom it asks, how and when, and what does not fit in it by
//! itself. Nothing is looked up here, and no word of where the round stands.

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    questionnaire::{Stream, missing},
    survey::{
        answer_sheet::{Mode, Paradata},
        key_share::Threshold,
        split::MOST_HOLDERS,
    },
};

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

impl fmt::Display for AreaSetRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.version)
    }
}

impl AreaSetRef {
    /// The version that `ID/VERSION` names; nothing for another text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, version) = text.trim().rsplit_once('/')?;
        let filled = !id.is_empty() && !version.is_empty();
        filled.then(|| Self { id: id.to_owned(), version: version.to_owned() })
    }
}

/// A place whose open link anybody may follow, for instance from a QR code on a wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Last part of its address: small letters, digits, hyphens.
    pub id: String,
    /// Its name, as people call it.
    pub name: String,
}

impl Place {
    /// Whether `text` can be a place's id.
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        name_fits(text)
    }
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
    /// Cut table of the version's step indices; without one they have no figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts: Option<String>,
    /// Places with open links, in the order that sheets number them by: for people who stay only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
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

pub(in crate::survey) fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer)?.date()
}

pub(in crate::survey) fn some_day<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
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
        refuse(name_fits(&self.slug), "slug: use 1 to 40 small letters, digits and hyphens");
        refuse(period_fits(&self.period), "period: write YYYY, or YYYYH1 or YYYYH2");
        refuse(self.opens_on <= self.closes_on, "closes_on: must not be before opens_on");
        refuse(!self.languages.is_empty(), "languages: name at least one");
        refuse(!self.modes.is_empty(), "modes: name at least one");
        refuse(!self.organisations.is_empty(), "organisations: say who asks");
        refuse(self.ages.0 < self.ages.1, "ages: the youngest is younger than the oldest");
        refuse(
            matches!(self.scheme.as_str(), "auto" | "none" | "design" | "poststratify" | "rake"),
            "scheme: write auto, none, design, poststratify or rake",
        );
        refuse(self.holders.len() <= usize::from(MOST_HOLDERS), "holders: name at most 16");
        let different: BTreeSet<&str> = self.holders.iter().map(|name| name.trim()).collect();
        let named = different.len() == self.holders.len() && !different.contains("");
        refuse(named, "holders: give each a name of its own");
        let Threshold { needed, holders } = self.threshold();
        if holders <= 1 {
            refuse(needed == 1, "needed: with one holder, one is needed");
        } else {
            refuse((2..=holders).contains(&needed), "needed: with several holders, at least 2 and at most all");
        }
        match self.stream {
            Stream::Resident => {
                refuse(self.places.is_empty(), "places: residents answer by code and have no open link");
            }
            Stream::Stay => self.stay_faults(refuse),
        }
        faults
    }

    /// People who stay are no sample of anybody: nothing is weighted or scored.
    fn stay_faults(&self, mut refuse: impl FnMut(bool, &str)) {
        let ids: BTreeSet<&str> = self.places.iter().map(|place| place.id.as_str()).collect();
        refuse(!self.places.is_empty(), "places: name at least one, each with an id and a name");
        refuse(self.places.len() <= usize::from(missing::MOST_OPTIONS), "places: at most 93");
        refuse(
            self.places.iter().all(|place| name_fits(&place.id)),
            "places: an id has 1 to 40 small letters, digits and hyphens",
        );
        refuse(ids.len() == self.places.len(), "places: each id stands once");
        refuse(self.places.iter().all(|place| !place.name.trim().is_empty()), "places: each has a name");
        refuse(self.modes == [Mode::Web], "modes: an open link is answered on the web only");
        refuse(self.population.is_none(), "population: people who stay are no sample of a population");
        refuse(self.scheme == "none", "scheme: answers of people who stay are never weighted; write \"none\"");
        refuse(self.cuts.is_none(), "cuts: people who stay have no index");
    }

    /// Whether a sheet with this paradata can be one of the round's: the streams are never mixed.
    #[must_use]
    pub fn takes(&self, paradata: Paradata) -> bool {
        let place = match self.stream {
            Stream::Resident => paradata.place == missing::FILTERED,
            Stream::Stay => (1..=self.places.len()).contains(&usize::from(paradata.place)),
        };
        place && paradata.stream == self.stream
    }

    /// How many holders must meet.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        Threshold { needed: self.needed, holders: u8::try_from(self.holders.len()).unwrap_or(u8::MAX) }
    }
}

fn name_fits(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn period_fits(period: &str) -> bool {
    let Some((year, half)) = period.split_at_checked(4) else { return false };
    year.bytes().all(|b| b.is_ascii_digit()) && matches!(half, "" | "H1" | "H2")
}
