//! Texts of one language. The same keys in each; a missing or extra key is a fault.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    index::Direction,
    model::Questionnaire,
    reader::{Place, Reader, Table},
    source::{Definition, Fault},
};

/// A language tag as it stands in addresses and files, such as `sv` or `sv-x-lattlast`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Language(String);

/// The tags that exist, in the order of the language switch.
const KNOWN: [&str; 8] = ["sv", "sv-x-lattlast", "fi", "fit", "se", "smj", "en", "ar"];

impl Language {
    /// The language with this tag, if Trygg knows it.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        KNOWN.contains(&tag).then(|| Self(tag.to_owned()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its place in the order of the language switch.
    pub(super) fn place(&self) -> usize {
        KNOWN.iter().position(|tag| *tag == self.0).unwrap_or(KNOWN.len())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All texts of one language; lists run parallel to the questionnaire's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The language.
    pub language: Language,
    /// False while the texts are a draft that nobody competent has approved.
    pub reviewed: bool,
    /// Name of the questionnaire.
    pub title: String,
    /// Names of the parts.
    pub sections: Vec<String>,
    /// Labels of each scale's own options.
    pub scales: Vec<Vec<String>>,
    /// Titles and introductions.
    pub pages: Vec<PageText>,
    /// Questions.
    pub items: Vec<ItemText>,
    /// Names of the measures, don't-know shares included.
    pub measures: Vec<IndexText>,
    /// "Vill inte svara".
    pub refused: String,
    /// "Vet inte".
    pub dont_know: String,
}

/// Texts of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageText {
    /// Title.
    pub title: String,
    /// Introduction; may be empty.
    pub intro: String,
}

/// Texts of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemText {
    /// The question or statement.
    pub text: String,
    /// Label of code 97; empty where it is not offered.
    pub not_applicable: String,
}

/// Texts of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexText {
    /// Name.
    pub name: String,
}

/// Texts of every language file of a definition, in the order of the language switch, and every
/// fault found in them.
pub(super) fn read_all(
    definition: &Definition,
    questionnaire: &Questionnaire,
    structure: &[Fault],
) -> (Vec<Texts>, Vec<Fault>) {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    // What is at fault in the structure may be missing from it; then its texts are not the wrong ones.
    let drops =
        |fault: &Fault| fault.key.starts_with("index") || matches!(fault.code, "key_missing" | "wrong_type" | "toml");
    let whole = |kind: &str| {
        let of_kind = |fault: &&Fault| fault.key.is_empty() || fault.key.starts_with(kind);
        !structure.iter().filter(of_kind).any(drops)
    };
    let kinds = KINDS.map(whole);
    for (file, text) in &definition.files {
        let Some(tag) = file.strip_suffix(".toml") else { continue };
        if matches!(tag, "questionnaire" | "publication") {
            continue;
        }
        let mut reader = Reader::new(file, text);
        if let Some(language) = Language::parse(tag) {
            all.push(read(&mut reader, language, questionnaire, kinds))
        } else {
            let place = Place { key: String::new(), start: None };
            reader.fault(&place, "language_unknown", format!("name the file after one of {}", KNOWN.join(", ")));
        }
        faults.extend(reader.faults);
    }
    if all.is_empty() {
        let detail = "add a text file for at least one language, such as sv.toml".to_owned();
        faults.push(Fault { file: "sv.toml".to_owned(), line: None, key: String::new(), code: "file_missing", detail });
    }
    all.sort_by_key(|texts| texts.language.place());
    (all, faults)
}

/// Tables of texts whose keys are ids of the structure.
const KINDS: [&str; 4] = ["scale", "page", "item", "index"];

/// Reads one file; `whole` says of each of [`KINDS`] whether the structure holds all there is.
fn read(reader: &mut Reader<'_>, language: Language, questionnaire: &Questionnaire, whole: [bool; 4]) -> Texts {
    let root = reader.parse();
    let mut table = Reader::root(&root);
    let reviewed = meta(reader, &mut table, &language);
    let title = table.need_text(reader, "title").unwrap_or_default();
    let mut missing = group(reader, &mut table, "missing");
    let (refused, dont_know) =
        (missing.take(reader, "missing", "refused", true), missing.take(reader, "missing", "dont_know", true));
    let dont_know_share = table.need_text(reader, "dont_know_share").unwrap_or_default();
    let mut sections = group(reader, &mut table, "section");
    let mut scales = Nested::read(reader, &mut table, "scale");
    let mut pages = Nested::read(reader, &mut table, "page");
    let mut items = Nested::read(reader, &mut table, "item");
    let mut indices = Nested::read(reader, &mut table, "index");
    let section_names = (1..=questionnaire.sections)
        .map(|number| sections.take(reader, "section", &number.to_string(), true))
        .collect();
    let scale_texts = questionnaire
        .scales
        .iter()
        .map(|scale| scale.options.iter().map(|key| scales.take(reader, &scale.id, key, true)).collect())
        .collect();
    let page_texts = questionnaire
        .pages
        .iter()
        .map(|page| PageText {
            title: pages.take(reader, &page.id, "title", true),
            intro: pages.take(reader, &page.id, "intro", true),
        })
        .collect();
    let item_texts: Vec<ItemText> = questionnaire
        .items
        .iter()
        .map(|item| ItemText {
            text: items.take(reader, &item.id, "text", true),
            not_applicable: if item.not_applicable {
                items.take(reader, &item.id, "not_applicable", true)
            } else {
                String::new()
            },
        })
        .collect();
    let mut names = BTreeSet::new();
    let measures = questionnaire
        .measures
        .iter()
        .map(|measure| {
            if let Some(item) = measure.dont_know_of {
                let text = item_texts.get(item).map_or("", |text| text.text.trim_end_matches(['?', '.']));
                return IndexText { name: dont_know_share.replace("{item}", text) };
            }
            let place = indices.place(&measure.id, "name");
            let name = indices.take(reader, &measure.id, "name", true);
            name_rule(reader, &place, &language, measure.direction, &name);
            if !name.is_empty() && !names.insert(name.clone()) {
                reader.fault(&place, "index_name_duplicate", format!("another index is called `{name}`; rename one"));
            }
            IndexText { name }
        })
        .collect::<Vec<_>>();
    for (_, place) in sections.texts.values() {
        reader.fault(place, "unknown_key", "no such part; remove the text");
    }
    for nested in
        [scales, pages, items, indices].into_iter().zip(whole).filter_map(|(nested, whole)| whole.then_some(nested))
    {
        for (_, place) in nested.entries.values().flat_map(|group| group.texts.values()) {
            reader.fault(place, "unknown_key", "the structure has no such thing; remove the text or correct its key");
        }
    }
    reader.finish(&table);
    Texts {
        language,
        reviewed,
        title,
        sections: section_names,
        scales: scale_texts,
        pages: page_texts,
        items: item_texts,
        measures,
        refused,
        dont_know,
    }
}

fn meta<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, language: &Language) -> bool {
    let Some((node, place)) = table.need(reader, "meta") else { return false };
    let Some(mut meta) = reader.table(node, &place) else { return false };
    let tag = meta.need_text(reader, "language").unwrap_or_default();
    if tag != language.as_str() {
        reader.fault(
            &place,
            "language_differs",
            format!("the file is {language}.toml, so write language = \"{language}\""),
        );
    }
    let status = meta.need_text(reader, "status").unwrap_or_default();
    let by = meta.take_text(reader, "reviewed_by").unwrap_or_default();
    let on = meta.take_text(reader, "reviewed_on").unwrap_or_default();
    reader.finish(&meta);
    match status.as_str() {
        "draft" => false,
        "reviewed" if !by.is_empty() && !on.is_empty() => true,
        "reviewed" => {
            reader.fault(&place, "reviewer_missing", "a reviewed text names who reviewed it and when");
            false
        }
        _ => {
            reader.fault(&place, "status_unknown", "write \"draft\" or \"reviewed\"");
            false
        }
    }
}

/// Texts by key with their places, and the place of the table that holds them.
struct Group {
    place: Place,
    texts: BTreeMap<String, (String, Place)>,
}

/// Groups by id, and the place of the table that holds them.
struct Nested {
    place: Place,
    entries: BTreeMap<String, Group>,
}

fn group<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Group {
    let empty = Group { place: table.place.join(key, None), texts: BTreeMap::new() };
    let Some((node, place)) = table.need(reader, key) else { return empty };
    reader.table(node, &place).map_or(empty, |found| Group::read(reader, &found))
}

impl Group {
    fn read<'i>(reader: &mut Reader<'i>, table: &Table<'_, 'i>) -> Self {
        let entries = table.entries().into_iter();
        let texts = entries.filter_map(|(name, node, place)| Some((name, (reader.text(node, &place)?, place))));
        Self { place: table.place.clone(), texts: texts.collect() }
    }

    /// The text under `key`, which is then known; `within` is the key path of the group.
    fn take(&mut self, reader: &mut Reader<'_>, within: &str, key: &str, needed: bool) -> String {
        let found = self.texts.remove(key);
        if found.is_none() && needed {
            absent(reader, &self.place, &format!("{within}.{key}"));
        }
        found.map(|(text, _)| text).unwrap_or_default()
    }
}

impl Nested {
    fn read<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Self {
        let empty = Self { place: table.place.join(key, None), entries: BTreeMap::new() };
        let Some((node, place)) = table.take(key) else { return empty };
        let Some(found) = reader.table(node, &place) else { return empty };
        let entries = found.entries().into_iter().filter_map(|(name, node, place)| {
            let inner = reader.table(node, &place)?;
            Some((name, Group::read(reader, &inner)))
        });
        Self { place, entries: entries.collect() }
    }

    /// Where the text `key` of `id` stands, or the nearest table that should hold it.
    fn place(&self, id: &str, key: &str) -> Place {
        let Some(group) = self.entries.get(id) else { return self.place.clone() };
        group.texts.get(key).map_or_else(|| group.place.clone(), |(_, place)| place.clone())
    }

    fn take(&mut self, reader: &mut Reader<'_>, id: &str, key: &str, needed: bool) -> String {
        let within = format!("{}.{id}", self.place.key);
        if let Some(group) = self.entries.get_mut(id) {
            return group.take(reader, &within, key, needed);
        }
        if needed {
            absent(reader, &self.place, &format!("{within}.{key}"));
        }
        String::new()
    }
}

/// A text that is missing: its key, and the line of the table that should hold it.
fn absent(reader: &mut Reader<'_>, table: &Place, key: &str) {
    let place = Place { key: key.to_owned(), start: table.start };
    reader.fault(&place, "text_missing", "add the text; every language has the same keys");
}

/// A name must not say the opposite of its direction: readers believe names.
fn name_rule(reader: &mut Reader<'_>, place: &Place, language: &Language, direction: Direction, name: &str) {
    let (safe, unsafe_words): (&str, &[&str]) = match language.as_str() {
        "sv" => ("trygg", &["problem", "otrygg"]),
        "en" => ("safe", &["problem", "unsafe"]),
        _ => return,
    };
    let name = name.to_lowercase();
    let bare = name.replace("otrygg", "").replace("unsafe", "");
    let (contradicts, better) = match direction {
        Direction::LowerBetter => (bare.contains(safe), "lower_better"),
        Direction::HigherBetter => (unsafe_words.iter().any(|word| name.contains(word)), "higher_better"),
        Direction::Neutral => (false, "neutral"),
    };
    if contradicts {
        let detail = format!("`{name}` says the opposite of {better}; rename it");
        reader.fault(place, "index_name_contradicts_direction", detail);
    }
}
