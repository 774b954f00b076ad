//! The only caller of fluent: interface texts by key, language tags, dates and numbers as a reader
//! writes them. Question texts live in the questionnaire, not here.
//!
//! A text is never taken from another language. A missing key shows as `‹key›`; tests keep that from
//! happening: every key that templates and handlers use exists in every locale, and no other.

#[cfg(test)]
mod keys;
mod negotiate;

use std::{fmt, sync::LazyLock};

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Stockholm;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

pub use negotiate::negotiate;

/// What is fixed about a language of the interface.
struct Plan {
    /// In addresses, in `lang` and in questionnaires.
    tag: &'static str,
    /// For plural forms; the tag itself is not always a valid identifier.
    plural: &'static str,
    dir: &'static str,
    own_name: &'static str,
    /// Between thousands, and before decimals.
    separators: (&'static str, char),
    sources: &'static [&'static str],
}

macro_rules! sources {
    ($folder:literal) => {
        &[
            include_str!(concat!("../locales/", $folder, "/console.ftl")),
            include_str!(concat!("../locales/", $folder, "/letter.ftl")),
            include_str!(concat!("../locales/", $folder, "/method.ftl")),
            include_str!(concat!("../locales/", $folder, "/respond.ftl")),
            include_str!(concat!("../locales/", $folder, "/results.ftl")),
            include_str!(concat!("../locales/", $folder, "/site.ftl")),
            include_str!(concat!("../locales/", $folder, "/problems.ftl")),
        ]
    };
}

/// The languages of the interface, in the order of the language switch. A language is added by a row
/// here and a folder in `locales/`.
const PLANS: &[Plan] = &[
    Plan {
        tag: "sv",
        plural: "sv",
        dir: "ltr",
        own_name: "Svenska",
        separators: ("\u{a0}", ','),
        sources: sources!("sv"),
    },
    Plan { tag: "en", plural: "en", dir: "ltr", own_name: "English", separators: (",", '.'), sources: sources!("en") },
];

struct Loaded {
    plan: &'static Plan,
    bundle: FluentBundle<FluentResource>,
}

static LOADED: LazyLock<Vec<Loaded>> = LazyLock::new(|| PLANS.iter().map(load).collect());

fn load(plan: &'static Plan) -> Loaded {
    let identifier: LanguageIdentifier = plan.plural.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Isolating marks keep left-to-right values whole inside right-to-left text; elsewhere they would
    // only travel along when a reader copies a sentence.
    bundle.set_use_isolating(plan.dir == "rtl");
    for source in plan.sources {
        // A faulty entry is left out and shows as a missing key; a test parses every file strictly.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    Loaded { plan, bundle }
}

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Locale(usize);

impl Locale {
    /// The language that counts when nothing else is known: Swedish.
    pub const DEFAULT: Self = Self(0);

    /// All languages of the interface, in the order of the switch.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PLANS.len()).map(Self)
    }

    /// The language with this tag.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::all().find(|locale| locale.tag() == tag)
    }

    fn loaded(self) -> &'static Loaded {
        // A Locale is made from PLANS' places only, and LOADED has one entry for each.
        &LOADED[self.0]
    }

    /// Its tag: first segment of every address, `lang` in HTML, key of the questionnaire's texts.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.loaded().plan.tag
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        self.loaded().plan.dir
    }

    /// Its name in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        self.loaded().plan.own_name
    }

    /// The text under `key`.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.fill(key).to_string()
    }

    /// The text under `key` with values to fill in: `locale.fill("part").with("n", 3)`.
    #[must_use]
    pub fn fill(self, key: &str) -> Phrase<'_> {
        Phrase { locale: self, key, values: FluentArgs::new() }
    }

    /// Whether there is a text under `key`.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        self.loaded().bundle.has_message(key)
    }

    /// `3 mars 2027`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", date.month()));
        self.fill("date")
            .with("day", date.day().to_string())
            .with("month", month)
            .with("year", date.year().to_string())
            .to_string()
    }

    /// `3 mars 2027 kl. 14:05`, in Europe/Stockholm.
    #[must_use]
    pub fn date_and_time(self, instant: DateTime<Utc>) -> String {
        let local = instant.with_timezone(&Stockholm);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.fill("date-and-time").with("date", self.date(local.date_naive())).with("time", time).to_string()
    }

    /// `12 345,6`, with `decimals` decimals and U+2212 as minus; `–` for what is no number.
    #[must_use]
    pub fn number(self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let (thousands, point) = self.loaded().plan.separators;
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
        let mut text = String::new();
        if value < 0.0 && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            text.push('\u{2212}');
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push_str(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }

    /// `a, b och c`.
    #[must_use]
    pub fn list(self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                self.fill("list-and").with("first", first.join(", ")).with("last", last.clone()).to_string()
            }
        }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A text with its values; becomes words when it is printed.
pub struct Phrase<'k> {
    locale: Locale,
    key: &'k str,
    values: FluentArgs<'static>,
}

impl Phrase<'_> {
    /// Sets the value `name`. Whole numbers choose the plural form; texts stand as they are.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FluentValue<'static>>) -> Self {
        self.values.set(name, value);
        self
    }

    /// The text without direction marks, for titles, files and headers.
    #[must_use]
    pub fn plain(self) -> String {
        self.to_string().replace(['\u{2068}', '\u{2069}'], "")
    }
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = &self.locale.loaded().bundle;
        let Some(pattern) = bundle.get_message(self.key).and_then(|message| message.value()) else {
            return write!(f, "‹{}›", self.key);
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&self.values), &mut faults);
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sv() -> Locale {
        Locale::DEFAULT
    }

    fn en() -> Locale {
        Locale::of_tag("en").expect("English is there")
    }

    #[test]
    fn numbers_stand_as_the_reader_writes_them() {
        assert_eq!(sv().number(12_345.64, 1), "12\u{a0}345,6");
        assert_eq!(en().number(12_345.64, 1), "12,345.6");
        assert_eq!(sv().number(-0.04, 1), "0,0", "a rounded zero has no sign");
        assert_eq!(en().number(-1_000.0, 0), "\u{2212}1,000");
        assert_eq!(sv().number(f64::NAN, 1), "–");
        assert_eq!(sv().number(999.0, 0), "999");
    }

    #[test]
    fn dates_and_times_are_stockholms() {
        let date = NaiveDate::from_ymd_opt(2027, 3, 3).expect("a date");
        assert_eq!(sv().date(date), "3 mars 2027");
        assert_eq!(en().date(date), "3 March 2027");
        let late = date.and_hms_opt(23, 5, 0).expect("a time").and_utc();
        assert_eq!(sv().date_and_time(late), "4 mars 2027 kl. 00:05");
    }

    #[test]
    fn lists_end_with_and() {
        let parts = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(sv().list(&parts), "a, b och c");
        assert_eq!(en().list(&parts[..2]), "a and b");
        assert_eq!(sv().list(&[]), "");
    }

    #[test]
    fn every_language_loads_without_faults() {
        for plan in PLANS {
            let mut bundle: FluentBundle<FluentResource> = FluentBundle::new_concurrent(Vec::new());
            for source in plan.sources {
                let resource = FluentResource::try_new((*source).to_owned());
                assert!(resource.is_ok(), "{}: {:?}", plan.tag, resource.err().map(|(_, faults)| faults));
                let added = resource.ok().map(|resource| bundle.add_resource(resource));
                assert!(matches!(added, Some(Ok(()))), "{}: a key stands twice", plan.tag);
            }
        }
        assert_eq!(LOADED.len(), 2);
    }

    #[test]
    fn a_missing_key_is_seen_and_never_another_language() {
        assert_eq!(en().say("no-such-key"), "‹no-such-key›");
    }
}
