//! The parts of a questionnaire version. Made only by the parser.

use super::{
    index::Measure,
    missing,
    predicate::Predicate,
    text::{Language, Texts},
};

/// The population an item or a round belongs to; the two are never pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Invited residents, one code each.
    Resident,
    /// People who stay in the municipality, by an open link.
    Stay,
}

/// A frozen questionnaire version.
#[derive(Debug, Clone, PartialEq)]
pub struct Questionnaire {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) hash: [u8; 32],
    pub(super) items: Vec<Item>,
    pub(super) pages: Vec<Page>,
    pub(super) scales: Vec<Scale>,
    pub(super) sections: usize,
    pub(super) derived: Vec<Derived>,
    pub(super) measures: Vec<Measure>,
    pub(super) core: Vec<usize>,
    pub(super) class: Class,
    pub(super) texts: Vec<Texts>,
}

/// One question with one choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Stable id, a valid variable name.
    pub id: String,
    /// What it measures, in English, for codebooks.
    pub concept: String,
    /// Position of its scale.
    pub scale: usize,
    /// The streams it is put to.
    pub streams: Vec<Stream>,
    /// Offers "Vill inte svara" (96) and the quick exit.
    pub sensitive: bool,
    /// Offers code 97 with a label of its own.
    pub not_applicable: bool,
    /// Shown only where this holds.
    pub show_if: Option<Predicate>,
    /// Position of its page.
    pub page: usize,
    /// Reference period, such as `12m`.
    pub period: Option<String>,
    /// False if it belongs to a module that this version leaves out.
    pub on: bool,
    /// The text of `show_if`, for codebooks and fingerprints.
    pub routing: String,
}

/// A list of labelled options.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Id.
    pub id: String,
    /// Keys of its own options in code order; an area set's areas come before them.
    pub options: Vec<String>,
    /// The round's areas are the first options.
    pub areas_first: bool,
    /// Points of each option.
    pub points: Points,
    /// Offers "Vet inte" (98).
    pub dont_know: bool,
}

/// Points of a scale's options, 0 to 100, by code; index 0 is unused.
#[derive(Debug, Clone, PartialEq)]
pub struct Points(pub(super) Vec<Option<f64>>);

impl Points {
    /// The points of `code`; missing codes and `-` have none.
    #[must_use]
    pub fn of(&self, code: u8) -> Option<f64> {
        self.0.get(usize::from(code)).copied().flatten()
    }
}

/// One topic on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Id, part of the address of the page.
    pub id: String,
    /// Part of the form, from 1.
    pub section: usize,
    /// Positions of its items.
    pub items: Vec<usize>,
    /// Streams that see it.
    pub streams: Vec<Stream>,
    /// Offers the quick exit.
    pub sensitive: bool,
    /// Streams that read its introduction.
    pub intro_for: Vec<Stream>,
}

/// A value computed from items; it has no byte on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Derived {
    pub(super) id: String,
    pub(super) points: Vec<(Predicate, f64)>,
}

/// Which items give the weighting and table classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Class {
    /// District of residence.
    pub area: Option<usize>,
    /// Sex as the register has it.
    pub sex: Option<SexClass>,
    /// Age group.
    pub age: Option<usize>,
    /// Tenure.
    pub tenure: Option<usize>,
}

/// The item of sex and its two codes that the population table knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SexClass {
    /// Position of the item.
    pub item: usize,
    /// Code of woman.
    pub woman: u8,
    /// Code of man.
    pub man: u8,
}

/// An option as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionView {
    /// Code on the sheet.
    pub code: u8,
    /// Label in the reader's language.
    pub label: String,
}

impl Questionnaire {
    /// Id, such as `lulea-trygghet`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version, such as `1.0`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 of definition and texts, without the marks of review.
    #[must_use]
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Items in the order of their bytes.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item `id` and its position.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<(usize, &Item)> {
        self.items.iter().enumerate().find(|(_, item)| item.id == id)
    }

    /// Pages in order.
    #[must_use]
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Scales.
    #[must_use]
    pub fn scales(&self) -> &[Scale] {
        &self.scales
    }

    /// Number of parts that "Del n av m" counts.
    #[must_use]
    pub const fn sections(&self) -> usize {
        self.sections
    }

    /// Indices and the don't-know shares derived from items.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Items whose answers make a sheet complete.
    #[must_use]
    pub fn core(&self) -> &[usize] {
        &self.core
    }

    /// Items that give the classes.
    #[must_use]
    pub const fn class(&self) -> &Class {
        &self.class
    }

    /// Languages in the order of the version's list; a sheet stores the position.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.texts.iter().map(|texts| &texts.language)
    }

    /// Texts in `language`.
    #[must_use]
    pub fn texts(&self, language: &str) -> Option<&Texts> {
        self.texts.iter().find(|texts| texts.language.as_str() == language)
    }

    /// The option codes of an item where the round has `areas` areas: 1 to the result.
    #[must_use]
    pub fn option_count(&self, item: usize, areas: usize) -> u8 {
        let count = self
            .items
            .get(item)
            .and_then(|item| self.scales.get(item.scale))
            .map_or(0, |scale| scale.options.len() + if scale.areas_first { areas } else { 0 });
        u8::try_from(count).unwrap_or(missing::MOST_OPTIONS).min(missing::MOST_OPTIONS)
    }

    /// Whether a respondent may choose `code` for `item`, where the round has `areas` areas.
    #[must_use]
    pub fn offers(&self, item: usize, code: u8, areas: usize) -> bool {
        let Some(found) = self.items.get(item) else { return false };
        match code {
            missing::REFUSED => found.sensitive,
            missing::NOT_APPLICABLE => found.not_applicable,
            missing::DONT_KNOW => self.scales.get(found.scale).is_some_and(|scale| scale.dont_know),
            code => (1..=self.option_count(item, areas)).contains(&code),
        }
    }

    /// The options that a form shows for `item`, in order; `areas` are the labels of the round's
    /// areas.
    #[must_use]
    pub fn options(&self, item: usize, language: &str, areas: &[String]) -> Vec<OptionView> {
        let (Some(found), Some(texts)) = (self.items.get(item), self.texts(language)) else { return Vec::new() };
        let Some(scale) = self.scales.get(found.scale) else { return Vec::new() };
        let labels = texts.scales.get(found.scale).map_or(&[][..], Vec::as_slice);
        let first: &[String] = if scale.areas_first { areas } else { &[] };
        let mut options: Vec<OptionView> = (1_u8..)
            .zip(first.iter().chain(labels))
            .map(|(code, label)| OptionView { code, label: label.clone() })
            .collect();
        let own = texts.items.get(item);
        let mut offer = |code: u8, label: &str| options.push(OptionView { code, label: label.to_owned() });
        if found.not_applicable {
            offer(missing::NOT_APPLICABLE, own.map_or("", |text| &text.not_applicable));
        }
        if scale.dont_know {
            offer(missing::DONT_KNOW, &texts.dont_know);
        }
        if found.sensitive {
            offer(missing::REFUSED, &texts.refused);
        }
        options
    }
}
