//! What the README says of settings and commands is what the program does.

use std::fs;

use clap::Parser;
use trygg::{cli::Arguments, settings::SETTINGS};

use crate::support::office::project;

fn readme() -> String {
    fs::read_to_string(project("README.md")).expect("a README")
}

#[test]
fn the_settings_table_is_the_programs() {
    let mut table = "| setting | variable | default | what it decides |\n|---|---|---|---|\n".to_owned();
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        table.push_str(&format!("| `{}` | `{}` | {default} | {} |\n", setting.key, setting.variable, setting.meaning));
    }
    let readme = readme();
    let (_, rest) = readme.split_once("<!-- settings -->\n").expect("a place for the table");
    let (found, _) = rest.split_once("<!-- /settings -->").expect("its end");
    assert_eq!(found, table);
}

#[test]
fn every_command_of_the_readme_is_one() {
    let readme = readme();
    let commands: Vec<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with("trygg ")).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let command = command.split(" #").next().unwrap_or_default();
        let mut words: Vec<String> = Vec::new();
        for (place, part) in command.split('"').enumerate() {
            if place % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        let parsed = Arguments::try_parse_from(&words);
        assert!(parsed.is_ok(), "{command}: {}", parsed.err().map(|error| error.to_string()).unwrap_or_default());
    }
}

#[test]
fn the_folders_that_the_readme_names_are_there() {
    let readme = readme();
    let named = readme.split(|c: char| c.is_whitespace() || "()`".contains(c));
    let paths: Vec<&str> = named
        .filter(|word| ["survey-definitions/", "tests/", ".github/"].iter().any(|start| word.starts_with(start)))
        .collect();
    assert!(paths.len() > 8);
    for path in paths {
        assert!(project(path).exists(), "{path}");
    }
}
