//! Tests of keys: those of a language are exactly those that its pages use, with the same values in each.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{
    Locale, PLANS,
    languages::{Plan, Source},
};
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

fn defined<'s>(sources: impl IntoIterator<Item = &'s Source>) -> BTreeSet<String> {
    let line_keys = |line: &str| {
        let (name, _) = line.split_once('=')?;
        let name = name.trim_end();
        let starts = line.starts_with(|first: char| first.is_ascii_lowercase());
        starts.then(|| name.to_owned())
    };
    sources.into_iter().flat_map(|source| source.text.lines()).filter_map(line_keys).collect()
}

/// The language that the others are written after.
fn first() -> &'static Plan {
    PLANS.first().expect("Swedish")
}

#[test]
fn every_key_that_is_used_exists_in_swedish_and_no_other_does() {
    let text = text();
    let used = used(&text);
    assert!(used.len() > 60, "the sources were read: {}", used.len());
    let defined = defined(first().sources());
    let missing: Vec<_> = used.difference(&defined).collect();
    // A key may also stand as a literal that is handed on.
    let idle: Vec<_> = defined.difference(&used).filter(|key| !text.contains(&format!("\"{key}\""))).collect();
    assert!(missing.is_empty(), "Swedish lacks {missing:?}");
    assert!(idle.is_empty(), "Swedish has texts that nothing shows: {idle:?}");
}

#[test]
fn every_file_of_every_language_has_the_keys_of_the_swedish_one() {
    for plan in PLANS {
        assert!(plan.office.is_empty() || plan.office.len() == first().office.len(), "{}", plan.tag);
        for (source, swedish) in plan.journey.iter().zip(first().journey).chain(plan.office.iter().zip(first().office))
        {
            let (found, wanted) = (defined([source]), defined([swedish]));
            let missing: Vec<_> = wanted.difference(&found).collect();
            let unknown: Vec<_> = found.difference(&wanted).collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{} lacks {missing:?}, has {unknown:?}", source.file);
        }
    }
}

/// The values that each message of a file fills in.
fn values(source: &Source) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in source.text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            name.trim_end().clone_into(&mut key);
        }
        let named = line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
        });
        found.entry(key.clone()).or_default().extend(named);
    }
    found.remove("");
    found
}

#[test]
fn no_translation_loses_a_value_or_asks_for_one_that_is_not_given() {
    for plan in PLANS {
        for (source, swedish) in plan.journey.iter().zip(first().journey).chain(plan.office.iter().zip(first().office))
        {
            let (found, wanted) = (values(source), values(swedish));
            for (key, wanted) in wanted {
                assert_eq!(found.get(&key), Some(&wanted), "{}: {key}", source.file);
            }
        }
    }
}

#[test]
fn the_reader_of_keys_agrees_with_fluent() {
    for (locale, plan) in Locale::all().zip(PLANS) {
        for key in defined(plan.sources()) {
            assert!(locale.knows(&key), "{}: {key}", plan.tag);
        }
    }
}
