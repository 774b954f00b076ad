//! The repository's own definitions as text in memory, so that a test can change one thing.

#![expect(
    clippy::expect_used,
    clippy::format_collect,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use std::{fs, path::PathBuf};

use trygg::questionnaire::{Definition, Fault, Questionnaire};

/// The structure of a version.
pub const STRUCTURE: &str = "questionnaire.toml";

/// The files of a folder of the repository.
pub fn read(folder: &str) -> Definition {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut definition = Definition::default();
    for file in fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        definition.files.insert(name, fs::read_to_string(&path).expect("text"));
    }
    definition
}

/// Where Luleå's safety survey stands, version 1.0.
pub const LULEA: &str = "survey-definitions/lulea-trygghet/1.0";

/// Luleå's safety survey in Swedish and English; its other languages are read by the same code.
pub fn lulea() -> Definition {
    let mut definition = read(LULEA);
    definition.files.retain(|name, _| [STRUCTURE, "publication.toml", "sv.toml", "en.toml"].contains(&name.as_str()));
    definition
}

/// The definition with `from`, which stands there once, replaced.
pub fn changed(mut definition: Definition, file: &str, from: &str, to: &str) -> Definition {
    let text = definition.files.get_mut(file).expect("the file");
    assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in {file}");
    *text = text.replacen(from, to, 1);
    definition
}

/// Luleå's survey with one change.
pub fn lulea_with(file: &str, from: &str, to: &str) -> Definition {
    changed(lulea(), file, from, to)
}

/// The questionnaire of a definition without faults.
pub fn parsed(definition: &Definition) -> Questionnaire {
    match Questionnaire::parse(definition) {
        Ok(questionnaire) => questionnaire,
        Err(faults) => panic!("{}", told(&faults)),
    }
}

/// Faults as their reader sees them.
pub fn told(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// Line, from 1, of the place `offset` bytes into `text`.
pub fn line_at(text: &str, offset: usize) -> usize {
    1 + text[..offset].matches('\n').count()
}
