//! Texts of one language. The same keys in each; a missing or extra key is a fault.

use std::{collections::BTreeMap, fmt};

use super::{
    model::Questionnaire,
    reader::{Place, Reader, Table},
    source::{Definition, Fault},
    structure::Raw,
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
pub(super) fn read_all(definition: &Definition, raw: &Raw, questionnaire: &Questionnaire) -> (Vec<Texts>, Vec<Fault>) {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for (file, text) in &definition.files {
        let Some(tag) = file.strip_suffix(".toml") else { continue };
        if matches!(tag, "questionnaire" | "publication") {
            continue;
        }
        let mut reader = Reader::new(file, text);
        match Language::parse(tag) {
            Some(language) => all.push(read(&mut reader, language, raw, questionnaire)),
            None => {
                let place = Place { key: String::new(), start: None };
                reader.fault(&place, "language_unknown", format!("name the file after one of {}", KNOWN.join(", ")));
            }
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

fn read(reader: &mut Reader<'_>, language: Language, raw: &Raw, questionnaire: &Questionnaire) -> Texts {
    let root = reader.parse();
    let mut table = Reader::root(&root);
    let reviewed = meta(reader, &mut table, &language);
    let title = table.need_text(reader, "title").unwrap_or_default();
    let missing = group(reader, &mut table, "missing");
    let of = |key: &str| missing.get(key).cloned().unwrap_or_default();
    let (refused, dont_know) = (of("refused"), of("dont_know"));
    for key in ["refused", "dont_know"] {
        if !missing.contains_key(key) {
            absent(reader, &table.place, &format!("missing.{key}"));
        }
    }
    let dont_know_share = table.need_text(reader, "dont_know_share").unwrap_or_default();
    let mut sections = group(reader, &mut table, "section");
    let mut scales = nested(reader, &mut table, "scale");
    let mut pages = nested(reader, &mut table, "page");
    let mut items = nested(reader, &mut table, "item");
    let mut indices = nested(reader, &mut table, "index");
    let place = table.place.clone();
    let take = |reader: &mut Reader<'_>, from: &mut Nested, id: &str, kind: &str, key: &str, needed: bool| -> String {
        let found = from.get_mut(id).and_then(|texts| texts.remove(key));
        if found.is_none() && needed {
            absent(reader, &place, &format!("{kind}.{id}.{key}"));
        }
        found.unwrap_or_default()
    };
    let section_names = (1..=questionnaire.sections)
        .map(|number| {
            sections.remove(&number.to_string()).unwrap_or_else(|| {
                absent(reader, &place, &format!("section.{number}"));
                String::new()
            })
        })
        .collect();
    let scale_texts = questionnaire
        .scales
        .iter()
        .map(|scale| scale.options.iter().map(|key| take(reader, &mut scales, &scale.id, "scale", key, true)).collect())
        .collect();
    let page_texts = questionnaire
        .pages
        .iter()
        .map(|page| PageText {
            title: take(reader, &mut pages, &page.id, "page", "title", true),
            intro: take(reader, &mut pages, &page.id, "page", "intro", false),
        })
        .collect();
    let item_texts: Vec<ItemText> = questionnaire
        .items
        .iter()
        .map(|item| ItemText {
            text: take(reader, &mut items, &item.id, "item", "text", true),
            not_applicable: take(reader, &mut items, &item.id, "item", "not_applicable", item.not_applicable),
        })
        .collect();
    let measures = questionnaire
        .measures
        .iter()
        .map(|measure| match measure.dont_know_of {
            Some(item) => IndexText {
                name: dont_know_share
                    .replace("{item}", item_texts.get(item).map_or("", |text| text.text.trim_end_matches(['?', '.']))),
            },
            None => IndexText { name: take(reader, &mut indices, &measure.id, "index", "name", true) },
        })
        .collect::<Vec<_>>();
    for measure in raw.indices.iter().zip(&measures) {
        name_rule(reader, &place, &language, &measure.0.id, &measure.0.direction.0, &measure.1.name);
    }
    for left in sections.keys() {
        reader.fault(&place.join(&format!("section.{left}"), None), "unknown_key", "no such part; remove the text");
    }
    for (kind, left) in [("scale", scales), ("page", pages), ("item", items), ("index", indices)] {
        for (id, texts) in left {
            for key in texts.keys() {
                let key = place.join(&format!("{kind}.{id}.{key}"), None);
                reader.fault(
                    &key,
                    "unknown_key",
                    "the structure has no such thing; remove the text or correct its key",
                );
            }
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

fn absent(reader: &mut Reader<'_>, place: &Place, key: &str) {
    reader.fault(&place.join(key, None), "text_missing", "add the text; every language has the same keys");
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

type Group = BTreeMap<String, String>;
type Nested = BTreeMap<String, Group>;

fn group<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Group {
    let Some((node, place)) = table.need(reader, key) else { return Group::new() };
    let Some(found) = reader.table(node, &place) else { return Group::new() };
    texts(reader, &found)
}

fn texts<'i>(reader: &mut Reader<'i>, table: &Table<'_, 'i>) -> Group {
    let entries = table.entries();
    entries.into_iter().filter_map(|(name, node, place)| Some((name, reader.text(node, &place)?))).collect()
}

fn nested<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Nested {
    let Some((node, place)) = table.take(key) else { return Nested::new() };
    let Some(found) = reader.table(node, &place) else { return Nested::new() };
    let entries = found.entries();
    entries
        .into_iter()
        .filter_map(|(name, node, place)| {
            let inner = reader.table(node, &place)?;
            Some((name, texts(reader, &inner)))
        })
        .collect()
}

/// A name must not say the opposite of its direction: readers believe names.
fn name_rule(reader: &mut Reader<'_>, place: &Place, language: &Language, id: &str, direction: &str, name: &str) {
    let (safe, unsafe_words): (&str, &[&str]) = match language.as_str() {
        "sv" => ("trygg", &["problem", "otrygg"]),
        "en" => ("safe", &["problem", "unsafe"]),
        _ => return,
    };
    let name = name.to_lowercase();
    let bare = name.replace("otrygg", "").replace("unsafe", "");
    let contradicts = match direction {
        "lower_better" => bare.contains(safe),
        "higher_better" => unsafe_words.iter().any(|word| name.contains(word)),
        _ => false,
    };
    if contradicts {
        let key = place.join(&format!("index.{id}.name"), None);
        reader.fault(
            &key,
            "index_name_contradicts_direction",
            format!("`{name}` says the opposite of {direction}; rename it"),
        );
    }
}
