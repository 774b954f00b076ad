//! What sections of the method page are made of: paragraphs, lists, facts and tables, in the reader's
//! language. One template shows them all. What they say is not decided here.

use crate::web::i18n::{Locale, Phrase};

/// A section: an anchor, a heading and what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Anchor; links from other pages name it.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// In order.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A smaller heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Something to type or compare as it stands.
    Code(String),
    /// A paragraph that ends in links.
    Line(Item),
    /// A list.
    List(Vec<Item>),
    /// Names and values.
    Facts(Vec<Fact>),
    /// A table.
    Table(Grid),
}

/// A line with what it leads to.
#[derive(Debug, Clone)]
pub struct Item {
    /// The line; may be empty where links say it all.
    pub text: String,
    /// Words and addresses that follow it.
    pub links: Vec<(String, String)>,
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Self { text, links: Vec::new() }
    }
}

/// A name and a value.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What is told.
    pub name: String,
    /// The value.
    pub value: String,
    /// To be compared character by character, not read.
    pub code: bool,
}

/// A table; the first cell of a row says what it is of.
#[derive(Debug, Clone)]
pub struct Grid {
    /// What is shown: said to those who do not see the heading above it.
    pub caption: String,
    /// A heading a column.
    pub heads: Vec<String>,
    /// As many cells a row.
    pub rows: Vec<Vec<String>>,
    /// Cells are numbers, not words.
    pub figures: bool,
}

impl Block {
    /// A list of lines without links; nothing where there are none.
    #[must_use]
    pub fn list(lines: Vec<String>) -> Option<Self> {
        (!lines.is_empty()).then(|| Self::List(lines.into_iter().map(Item::from).collect()))
    }
}

impl Fact {
    /// The fact `key`, or that the release does not state it.
    #[must_use]
    pub fn of(locale: Locale, key: &str, value: Option<String>) -> Self {
        let value = value.filter(|value| !value.is_empty());
        Self { name: locale.say(key), value: value.unwrap_or_else(|| locale.say("method-unstated")), code: false }
    }

    /// The same for a phrase.
    #[must_use]
    pub fn filled(locale: Locale, key: &str, value: &Phrase<'_>) -> Self {
        Self::of(locale, key, Some(value.to_string()))
    }

    /// The same for a hash, a key, a seed.
    #[must_use]
    pub fn code(locale: Locale, key: &str, value: Option<String>) -> Self {
        let code = value.as_ref().is_some_and(|value| !value.is_empty());
        Self { code, ..Self::of(locale, key, value) }
    }
}
