//! The only caller of fluent: interface texts by key, language tags, dates and numbers as a reader
//! writes them, and which texts nobody has reviewed. Question texts live in the questionnaire, not here.
//!
//! A text is never taken from another language. A missing key shows as `‹key›`; tests keep that from
//! happening: every key that templates and handlers use exists in every language that has those pages,
//! and no other.

#[cfg(test)]
mod keys;
mod languages;
mod negotiate;
mod review;
#[cfg(test)]
mod tests;

use std::{fmt, sync::LazyLock};

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Stockholm;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use languages::{PLANS, Plan};

use crate::service::languages::Interface;

pub use negotiate::negotiate;

struct Loaded {
    plan: &'static Plan,
    /// Some text of the resident's pages is a draft.
    draft: bool,
    bundle: FluentBundle<FluentResource>,
}

static LOADED: LazyLock<Vec<Loaded>> = LazyLock::new(|| PLANS.iter().map(load).collect());

fn load(plan: &'static Plan) -> Loaded {
    let identifier: LanguageIdentifier = plan.plural.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Isolating marks keep left-to-right values whole inside right-to-left text; elsewhere they would
    // only travel along when a reader copies a sentence.
    bundle.set_use_isolating(plan.dir == "rtl");
    for source in plan.sources() {
        // A faulty entry is left out and shows as a missing key; a test parses every file strictly.
        let resource = FluentResource::try_new(source.text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    Loaded { plan, draft: drafts(plan).next().is_some(), bundle }
}

/// Files of the resident's pages that nobody has reviewed.
fn drafts(plan: &'static Plan) -> impl Iterator<Item = &'static str> {
    plan.journey.iter().filter(|source| review::is_draft(source.text)).map(|source| source.file)
}

/// What the office has to know of these texts before a round may open in a language.
#[must_use]
pub fn interface() -> Interface {
    Interface::new(PLANS.iter().map(|plan| (plan.tag.to_owned(), drafts(plan).map(str::to_owned).collect())))
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

    /// The languages that results, method and console are written in as well.
    pub fn with_results() -> impl Iterator<Item = Self> {
        Self::all().filter(|locale| locale.has_results())
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

    fn plan(self) -> &'static Plan {
        self.loaded().plan
    }

    /// Its tag: first segment of every address, key of the questionnaire's texts.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.plan().tag
    }

    /// What `lang` and `Content-Language` call it.
    #[must_use]
    pub fn lang(self) -> &'static str {
        self.plan().lang
    }

    /// Whether it is an easier wording of another language, set in larger type.
    #[must_use]
    pub fn is_easy(self) -> bool {
        self.tag() != self.lang()
    }

    /// Whether results, method and console are written in it; the resident's pages always are.
    #[must_use]
    pub fn has_results(self) -> bool {
        !self.plan().office.is_empty()
    }

    /// Whether some text of the resident's pages is a draft that nobody has reviewed.
    #[must_use]
    pub fn is_draft(self) -> bool {
        self.loaded().draft
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        self.plan().dir
    }

    /// Its name in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        self.plan().own_name
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
            // A date is one value: with marks of its own inside it would not be known to run as its month does.
            .plain()
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
        let (thousands, point, _) = self.plan().separators;
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
            [first @ .., last] => self
                .fill("list-and")
                .with("first", first.join(self.plan().separators.2))
                .with("last", last.clone())
                .to_string(),
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
