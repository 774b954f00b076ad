//! Test: the keys of every locale are exactly those that templates and handlers use.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{Locale, PLANS};
use crate::{survey::accessibility::Statement, web::problem::ProblemKind};

/// Keys that are put together from parts; every other one stands as a literal in the source.
fn composed() -> BTreeSet<String> {
    let months = (1..=12).map(|month| format!("month-{month}"));
    let problems = ProblemKind::ALL.iter().flat_map(|kind| [kind.title_key(), kind.help_key()]);
    let statement = Statement::shipped().expect("a statement");
    let defects = statement.defects.iter().map(|defect| format!("accessibility-defect-{}", defect.id));
    months.chain(problems).chain(defects).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "html" || end == "svg") {
            found.push(path);
        }
    }
}

/// All templates and handlers, without comments, unit tests and this file.
fn text() -> String {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut files);
    files.retain(|file| !file.ends_with("keys.rs") && !file.ends_with("tests.rs"));
    let mut all = String::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable source");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        all.extend(lines.flat_map(|line| [line, "\n"]));
    }
    all
}

/// Every literal in `say("…")` and `fill("…")`.
fn used(text: &str) -> BTreeSet<String> {
    let after = |call| text.split(call).skip(1).filter_map(|rest: &str| rest.split('"').next());
    let literals = after("say(\"").chain(after("fill(\"")).map(str::to_owned);
    literals.chain(composed()).collect()
}

fn defined(sources: &[&str]) -> BTreeSet<String> {
    let line_keys = |line: &str| {
        let (name, _) = line.split_once('=')?;
        let name = name.trim_end();
        let starts = line.starts_with(|first: char| first.is_ascii_lowercase());
        starts.then(|| name.to_owned())
    };
    sources.iter().flat_map(|source| source.lines()).filter_map(line_keys).collect()
}

#[test]
fn every_key_that_is_used_exists_in_every_language_and_no_other_does() {
    let text = text();
    let used = used(&text);
    assert!(used.len() > 60, "the sources were read: {}", used.len());
    for plan in PLANS {
        let defined = defined(plan.sources);
        let missing: Vec<_> = used.difference(&defined).collect();
        // A key may also stand as a literal that is handed on.
        let idle: Vec<_> = defined.difference(&used).filter(|key| !text.contains(&format!("\"{key}\""))).collect();
        assert!(missing.is_empty(), "{} lacks {missing:?}", plan.tag);
        assert!(idle.is_empty(), "{} has texts that nothing shows: {idle:?}", plan.tag);
    }
}

#[test]
fn the_reader_of_keys_agrees_with_fluent() {
    for (locale, plan) in Locale::all().zip(PLANS) {
        for key in defined(plan.sources) {
            assert!(locale.knows(&key), "{}: {key}", plan.tag);
        }
    }
}

#[test]
fn no_text_promises_more_than_can_be_kept() {
    for plan in PLANS {
        let all = plan.sources.join("\n").to_lowercase();
        for word in ["helt anonym", "100 %", "omöjligt", "completely anonymous"] {
            assert!(!all.contains(word), "{} says “{word}”", plan.tag);
        }
    }
}
