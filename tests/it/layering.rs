//! The arrows between rooms, read from the sources: what a room names of the crate must lie below it.
//!
//! `main → cli → web → service → { store, export } → { questionnaire, survey } → stats → nothing`;
//! `clock`, `settings` and `telemetry` are leaves for the rooms that do things.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each room and the rooms it may name, besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("stats", &[]),
    ("questionnaire", &["stats"]),
    ("survey", &["questionnaire", "stats"]),
    ("export", &["questionnaire", "survey", "stats"]),
    ("store", &["questionnaire", "survey", "stats", "clock", "settings", "telemetry"]),
    ("service", &["store", "export", "questionnaire", "survey", "stats", "clock", "settings", "telemetry"]),
    ("web", &["service", "store", "export", "questionnaire", "survey", "stats", "clock", "settings", "telemetry"]),
    (
        "cli",
        &["web", "service", "store", "export", "questionnaire", "survey", "stats", "clock", "settings", "telemetry"],
    ),
    ("clock", &[]),
    ("settings", &[]),
    ("telemetry", &[]),
];

/// Crates that one room alone may name.
const OWNED: &[(&str, &str)] = &[("sqlx", "store"), ("actix_web", "web"), ("actix", "web")];

#[test]
fn no_room_names_a_room_above_it() {
    let backward: Vec<String> = sources()
        .into_iter()
        .filter_map(|(room, file, text)| {
            let allowed = ARROWS.iter().find(|(name, _)| *name == room)?.1;
            let wrong: Vec<String> = named_rooms(&text)
                .into_iter()
                .filter(|named| named != &room && !allowed.contains(&named.as_str()))
                .collect();
            (!wrong.is_empty()).then(|| format!("{}: {room} → {}", file.display(), wrong.join(", ")))
        })
        .collect();
    assert!(backward.is_empty(), "arrows that run backwards:\n{}", backward.join("\n"));
}

#[test]
fn every_room_is_in_the_table_of_arrows() {
    let rooms: BTreeSet<String> = sources().into_iter().map(|(room, ..)| room).collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn sql_stays_in_store_and_http_in_web() {
    let strays: Vec<String> = sources()
        .into_iter()
        .flat_map(|(room, file, text)| {
            let words = words(&text);
            OWNED
                .iter()
                .filter(|(name, owner)| room != *owner && words.contains(*name))
                .map(|(name, owner)| format!("{}: {name} belongs to {owner}", file.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn an_arrow_backwards_is_found_however_it_is_written() {
    let found = |text: &str| named_rooms(&code_of(text)).into_iter().collect::<Vec<_>>();
    assert_eq!(found("use crate::web::pages;"), ["web"]);
    assert_eq!(found("use crate::{\n    store::{Tx, StoreError},\n    survey::ids::RoundId,\n};"), ["store", "survey"]);
    assert_eq!(found("fn f(tx: &mut crate::store::Tx) {}"), ["store"]);
    assert_eq!(found("use crate :: { self, clock::Clock };"), ["clock", "self"]);
    assert_eq!(found("//! see [`crate::web`]\n// crate::web\nuse super::Tx; // crate::web"), [""; 0]);
    assert_eq!(found("macro_rules! m { () => { $crate::store::Tx } }"), ["store"]);
}

/// Every source file of a room: the room, the path, the code without comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(!files.is_empty(), "no sources under {}", root.display());
    files
        .into_iter()
        .filter_map(|file| {
            let inside = file.strip_prefix(&root).ok()?;
            let room = inside.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
            // The top of the crate hands over to any room.
            if room == "main" || room == "lib" {
                return None;
            }
            let text = fs::read_to_string(&file).expect("a source file is readable");
            Some((room, file, code_of(&text)))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// `text` without what follows `//` on a line, unless that stands in an address.
fn code_of(text: &str) -> String {
    let uncommented = |line: &str| {
        let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line.to_owned(), |(at, _)| line[..at].to_owned())
    };
    text.lines().map(|line| uncommented(line) + "\n").collect()
}

/// The first word after each `crate::`, or each first word of a group in braces.
fn named_rooms(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate") {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let Some(path) = code[at + "crate".len()..].trim_start().strip_prefix("::") else { continue };
        let path = path.trim_start();
        match path.strip_prefix('{') {
            None => named.extend(first_word(path)),
            Some(group) => named.extend(group_words(group)),
        }
    }
    named
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first word of every member of a group, up to the brace that closes it.
fn group_words(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut member = String::new();
    let mut members = Vec::new();
    for character in group.chars() {
        match character {
            '}' if depth == 0 => break,
            ',' if depth == 0 => members.push(std::mem::take(&mut member)),
            '{' => depth += 1,
            '}' => depth -= 1,
            other if depth == 0 => member.push(other),
            _ => {}
        }
    }
    members.push(member);
    members.iter().filter_map(|member| first_word(member)).collect()
}

fn words(code: &str) -> BTreeSet<&str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}
