//! Reading TOML with its places: every wrong value becomes a [`Fault`] and reading goes on, so that
//! an author sees all faults at once.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::source::Fault;

/// A file being read, and the faults found in it so far.
pub(super) struct Reader<'i> {
    file: &'i str,
    text: &'i str,
    pub(super) faults: Vec<Fault>,
}

/// A value with its key path and place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a, 'i> {
    value: &'a DeValue<'i>,
}

/// A place in the file: key path and byte offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: String,
    pub(super) start: Option<usize>,
}

/// A table whose keys are taken one by one; what is left over at the end is unknown.
pub(super) struct Table<'a, 'i> {
    entries: &'a DeTable<'i>,
    pub(super) place: Place,
    taken: Vec<&'static str>,
}

impl<'i> Reader<'i> {
    pub(super) fn new(file: &'i str, text: &'i str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    /// Parses the file; malformed TOML gives a fault a place and whatever could be read.
    pub(super) fn parse(&mut self) -> Spanned<DeTable<'i>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let start = error.span().map(|span: Range<usize>| span.start);
            let place = Place { key: String::new(), start };
            self.fault(&place, "toml", format!("{}; mend the TOML here", error.message().trim()));
        }
        table
    }

    pub(super) fn fault(&mut self, place: &Place, code: &'static str, detail: impl Into<String>) {
        let line = place.start.map(|start| line_at(self.text, start));
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            key: place.key.clone(),
            code,
            detail: detail.into(),
        });
    }

    pub(super) fn root<'a>(table: &'a Spanned<DeTable<'i>>) -> Table<'a, 'i> {
        Table {
            entries: table.get_ref(),
            place: Place { key: String::new(), start: Some(table.span().start) },
            taken: Vec::new(),
        }
    }

    fn wrong(&mut self, place: &Place, wanted: &str, found: &DeValue<'_>) {
        self.fault(place, "wrong_type", format!("write {wanted} here, not {}", found.type_str()));
    }

    /// Reports every key of `table` that nobody asked for.
    pub(super) fn finish(&mut self, table: &Table<'_, '_>) {
        for key in table.entries.keys() {
            let name: &str = key.get_ref();
            if !table.taken.contains(&name) {
                let place = table.place.join(name, Some(key.span().start));
                self.fault(&place, "unknown_key", format!("remove `{name}` or correct its spelling"));
            }
        }
    }

    pub(super) fn text(&mut self, node: Node<'_, '_>, place: &Place) -> Option<String> {
        if let Some(text) = node.value.as_str() {
            return Some(text.to_owned());
        }
        self.wrong(place, "a text in quotes", node.value);
        None
    }

    pub(super) fn boolean(&mut self, node: Node<'_, '_>, place: &Place) -> Option<bool> {
        let found = node.value.as_bool();
        if found.is_none() {
            self.wrong(place, "true or false", node.value);
        }
        found
    }

    /// A whole number from `low` to `high`.
    pub(super) fn whole(&mut self, node: Node<'_, '_>, place: &Place, low: i64, high: i64) -> Option<i64> {
        let number =
            node.value.as_integer().and_then(|digits| i64::from_str_radix(digits.as_str(), digits.radix()).ok());
        match number {
            Some(number) if (low..=high).contains(&number) => Some(number),
            _ => {
                self.wrong(place, &format!("a whole number from {low} to {high}"), node.value);
                None
            }
        }
    }

    /// A number, or an exact fraction in quotes such as `"200/3"`.
    pub(super) fn number(&mut self, node: Node<'_, '_>, place: &Place) -> Option<f64> {
        let found = match node.value {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix())
                .ok()
                .and_then(|n| i32::try_from(n).ok())
                .map(f64::from),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            DeValue::String(text) => fraction(text),
            _ => None,
        };
        if let Some(number) = found.filter(|number: &f64| number.is_finite()) {
            Some(number)
        } else {
            self.wrong(place, "a number or a fraction such as \"200/3\"", node.value);
            None
        }
    }

    pub(super) fn table<'a>(&mut self, node: Node<'a, 'i>, place: &Place) -> Option<Table<'a, 'i>> {
        if let Some(table) = node.value.as_table() {
            return Some(Table { entries: table, place: place.clone(), taken: Vec::new() });
        }
        self.wrong(place, "a table", node.value);
        None
    }

    /// The members of an array with their places; nothing and a fault if it is none.
    pub(super) fn array<'a>(&mut self, node: Node<'a, 'i>, place: &Place) -> Vec<(Node<'a, 'i>, Place)> {
        let Some(array) = node.value.as_array() else {
            self.wrong(place, "a list in [ ]", node.value);
            return Vec::new();
        };
        array
            .iter()
            .enumerate()
            .map(|(number, member)| {
                let start = member.span().start;
                let place = Place { key: format!("{}[{number}]", place.key), start: Some(start) };
                (Node { value: member.get_ref() }, place)
            })
            .collect()
    }

    pub(super) fn texts(&mut self, node: Node<'_, 'i>, place: &Place) -> Vec<(String, Place)> {
        let members = self.array(node, place);
        members.into_iter().filter_map(|(node, place)| Some((self.text(node, &place)?, place))).collect()
    }
}

/// Line, from 1, of the value under `key`, such as `floor.n_min` or `table[2]`, or of the nearest table
/// above it that is there.
pub(super) fn line_of(text: &str, key: &str) -> Option<usize> {
    let (root, _) = DeTable::parse_recoverable(text);
    let (mut table, mut start) = (Some(root.get_ref()), None);
    for part in key.split('.') {
        let (name, place) = part.trim_end_matches(']').split_once('[').unzip();
        let Some(mut value) = table.and_then(|table| table.get(name.unwrap_or(part))) else { break };
        start = Some(value.span().start);
        let member = place.and_then(|place: &str| place.parse::<usize>().ok());
        if let Some(inner) = member.and_then(|member| value.get_ref().as_array()?.get(member)) {
            (value, start) = (inner, Some(inner.span().start));
        }
        table = value.get_ref().as_table();
    }
    start.map(|start| line_at(text, start))
}

/// Line, from 1, of the byte at `start`.
pub(super) fn line_at(text: &str, start: usize) -> usize {
    text.as_bytes()[..start.min(text.len())].split(|&byte| byte == b'\n').count()
}

/// `"200/3"` as a number.
fn fraction(text: &str) -> Option<f64> {
    let (above, below) = text.split_once('/')?;
    let (above, below): (f64, f64) = (above.trim().parse().ok()?, below.trim().parse().ok()?);
    (below != 0.0).then_some(above / below)
}

impl Place {
    pub(super) fn join(&self, key: &str, start: Option<usize>) -> Self {
        let key = if self.key.is_empty() { key.to_owned() } else { format!("{}.{key}", self.key) };
        Self { key, start: start.or(self.start) }
    }
}

impl<'a, 'i> Table<'a, 'i> {
    /// The value under `key`, which is then known.
    pub(super) fn take(&mut self, key: &'static str) -> Option<(Node<'a, 'i>, Place)> {
        self.taken.push(key);
        let value = self.entries.get(key)?;
        let start = value.span().start;
        Some((Node { value: value.get_ref() }, self.place.join(key, Some(start))))
    }

    /// Like [`Self::take`]; a missing key is a fault.
    pub(super) fn need(&mut self, reader: &mut Reader<'i>, key: &'static str) -> Option<(Node<'a, 'i>, Place)> {
        let found = self.take(key);
        if found.is_none() {
            let place = self.place.clone();
            reader.fault(&place, "key_missing", format!("add `{key}`"));
        }
        found
    }

    /// Every key with its value: for tables whose keys are ids.
    pub(super) fn entries(&self) -> Vec<(String, Node<'a, 'i>, Place)> {
        self.entries
            .iter()
            .map(|(key, value)| {
                let start = key.span().start;
                let name: &str = key.get_ref();
                (name.to_owned(), Node { value: value.get_ref() }, self.place.join(name, Some(start)))
            })
            .collect()
    }

    pub(super) fn need_text(&mut self, reader: &mut Reader<'i>, key: &'static str) -> Option<String> {
        let (node, place) = self.need(reader, key)?;
        reader.text(node, &place)
    }

    pub(super) fn take_text(&mut self, reader: &mut Reader<'i>, key: &'static str) -> Option<String> {
        let (node, place) = self.take(key)?;
        reader.text(node, &place)
    }

    pub(super) fn take_bool(&mut self, reader: &mut Reader<'i>, key: &'static str) -> Option<bool> {
        let (node, place) = self.take(key)?;
        reader.boolean(node, &place)
    }
}

impl Node<'_, '_> {
    /// The value as text, without a fault if it is none.
    pub(super) fn as_str(&self) -> Option<&str> {
        self.value.as_str()
    }
}
