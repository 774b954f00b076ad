//! Whether a round may meet people in a language: nobody's answers may hang on words that nobody
//! competent has read. The texts themselves are not here.

use std::collections::BTreeMap;

use crate::{
    questionnaire::Questionnaire,
    survey::round::{Kind, Plan},
};

/// What the office knows of the texts of its pages: for each language the files that nobody has
/// reviewed. An office that has been told nothing opens no real round.
#[derive(Debug, Clone, Default)]
pub struct Interface {
    drafts: BTreeMap<String, Vec<String>>,
}

impl Interface {
    /// From language tags and the files of each that are drafts.
    #[must_use]
    pub fn new(languages: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        Self { drafts: languages.into_iter().collect() }
    }

    /// The files of `language` that nobody has reviewed; `None` if the pages are not written in it.
    #[must_use]
    pub fn drafts(&self, language: &str) -> Option<&[String]> {
        self.drafts.get(language).map(Vec::as_slice)
    }
}

/// Why a round of `plan` may not open in one of its languages, each with the file and the remedy. Test
/// and demo rounds may use drafts, and their pages say so.
pub(super) fn not_ready(questionnaire: &Questionnaire, plan: &Plan, interface: &Interface) -> Vec<String> {
    let mut missing = Vec::new();
    for language in &plan.languages {
        let texts = questionnaire.texts(language);
        if texts.is_none() {
            missing.push(format!("the questionnaire has no texts in {language}"));
        }
        if plan.kind != Kind::Real {
            continue;
        }
        if texts.is_some_and(|texts| !texts.reviewed) {
            let version = &plan.questionnaire;
            missing.push(format!(
                "language_not_ready: {}/{}/{language}.toml is a draft; let a named person review it, write who and \
                 when in its meta, and publish the version again",
                version.id, version.version
            ));
        }
        let Some(drafts) = interface.drafts(language) else {
            missing.push(format!("language_not_ready: no page is written in {language}; leave the language out"));
            continue;
        };
        missing.extend(drafts.iter().map(|file| {
            format!(
                "language_not_ready: {file} is a draft; let a named person review it, write who and when in its first \
                 lines, and build the program again"
            )
        }));
    }
    missing
}
