//! What makes two definitions the same, and the first thing in which they differ.

use std::fmt::Write;

use super::source::Definition;

/// Keys of a text file's `meta` that a review changes after publishing; they do not make a version.
const REVIEW: [&str; 3] = ["status", "reviewed_by", "reviewed_on"];

/// The bytes that a version's hash is taken over: each file's parsed value with keys in order, so
/// that comments and layout do not count; without the marks of review and without the table plan,
/// which has a hash of its own.
pub(super) fn canonical(definition: &Definition) -> Vec<u8> {
    let mut out = String::new();
    for (key, value) in flat(definition) {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    }
    out.into_bytes()
}

/// The first key in which `published` and `found` differ, with the item's id where there is one;
/// nothing if they hold the same.
#[must_use]
pub fn difference(published: &Definition, found: &Definition) -> Option<String> {
    let (old, new) = (flat(published), flat(found));
    let changed = old
        .iter()
        .find(|(key, value)| new.iter().find(|(other, _)| other == key).map(|(_, value)| value) != Some(value))
        .or_else(|| new.iter().find(|(key, _)| !old.iter().any(|(other, _)| other == key)));
    changed.map(|(key, _)| key.clone())
}

/// Every value of a definition by its key path; list members that have an id go by it.
fn flat(definition: &Definition) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (file, text) in &definition.files {
        if file == "publication.toml" {
            continue;
        }
        match text.parse::<toml::Table>() {
            Ok(table) => walk(&format!("{file}: "), &toml::Value::Table(table), &mut out),
            Err(_) => out.push((format!("{file}: malformed"), text.clone())),
        }
    }
    out
}

fn walk(path: &str, value: &toml::Value, out: &mut Vec<(String, String)>) {
    let join = |key: &str| if path.ends_with(' ') { format!("{path}{key}") } else { format!("{path}.{key}") };
    match value {
        toml::Value::Table(table) => {
            let mut keys: Vec<&String> = table.keys().collect();
            keys.sort_unstable();
            for key in keys {
                if !(path.ends_with(": meta") && REVIEW.contains(&key.as_str())) {
                    walk(&join(key), &table[key], out);
                }
            }
        }
        toml::Value::Array(members) => {
            // The order of a list counts: it is the order of bytes, pages and options.
            for (number, member) in members.iter().enumerate() {
                let id = member.get("id").and_then(toml::Value::as_str);
                let name = id.map_or_else(|| format!("{path}[{number}]"), |id| format!("{path}[{number} {id}]"));
                walk(&name, member, out);
            }
        }
        other => out.push((path.to_owned(), other.to_string())),
    }
}
