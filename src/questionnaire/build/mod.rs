//! From raw tables to a whole questionnaire: references resolved, rules of the survey specification
//! checked, every fault collected. A questionnaire exists only when there is none.

mod items;
mod measures;
mod pages;
mod scales;
mod warnings;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use items::{class, derived, items};
use measures::{add_dont_know_shares, measure};
use pages::pages;
use scales::scales;

use super::{
    change::canonical,
    missing,
    model::{Questionnaire, Scale},
    predicate::{Items, Predicate},
    reader::{Place, Reader},
    source::{Definition, Fault},
    structure::{self, Raw},
    text,
};

const STRUCTURE: &str = "questionnaire.toml";

impl Questionnaire {
    /// Parses a definition whole.
    ///
    /// # Errors
    /// Every fault of every file at once, in the order of the files.
    pub fn parse(definition: &Definition) -> Result<Self, Vec<Fault>> {
        let Some(structure) = definition.files.get(STRUCTURE) else {
            return Err(vec![Fault {
                file: STRUCTURE.to_owned(),
                line: None,
                key: String::new(),
                code: "file_missing",
                detail: "add the file that holds the structure".to_owned(),
            }]);
        };
        let mut reader = Reader::new(STRUCTURE, structure);
        let raw = structure::read(&mut reader);
        let mut questionnaire = build(&mut reader, &raw);
        let mut faults = reader.faults;
        let (texts, text_faults) = text::read_all(definition, &questionnaire, &faults);
        questionnaire.texts = texts;
        faults.extend(text_faults);
        if let Some(publication) = definition.files.get("publication.toml") {
            faults.extend(super::publication::faults(publication, &questionnaire));
        }
        if faults.is_empty() {
            questionnaire.hash = Sha256::digest(canonical(definition)).into();
            Ok(questionnaire)
        } else {
            Err(faults)
        }
    }
}

struct Lookup<'a> {
    raw: &'a Raw,
    scales: &'a [Scale],
    positions: BTreeMap<&'a str, usize>,
}

impl Items for Lookup<'_> {
    fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    fn allows(&self, position: usize, code: u8) -> bool {
        let Some(item) = self.raw.items.get(position) else { return false };
        let Some(scale) = self.scales.iter().find(|scale| scale.id == item.scale.0) else { return true };
        match code {
            missing::FILTERED | missing::UNSEEN | missing::SKIPPED => true,
            missing::REFUSED => item.sensitive,
            missing::NOT_APPLICABLE => item.not_applicable,
            missing::DONT_KNOW => scale.dont_know,
            0 => false,
            code if scale.areas_first => code <= missing::MOST_OPTIONS,
            code => usize::from(code) <= scale.options.len(),
        }
    }
}

fn build(reader: &mut Reader<'_>, raw: &Raw) -> Questionnaire {
    identity(reader, raw);
    let scales = scales(reader, raw);
    let positions = raw.items.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect();
    let lookup = Lookup { raw, scales: &scales, positions };
    let pages = pages(reader, raw, &lookup);
    let items = items(reader, raw, &lookup, &pages);
    let derived = derived(reader, raw, &lookup);
    let class = class(reader, raw, &lookup);
    let core = raw.core.iter().filter_map(|(id, place)| known(reader, &lookup, id, place)).collect();
    let mut questionnaire = Questionnaire {
        id: text_of(raw.id.as_ref()),
        version: text_of(raw.version.as_ref()),
        hash: [0; 32],
        sections: raw.sections.len(),
        measures: Vec::new(),
        texts: Vec::new(),
        scales: scales.clone(),
        items,
        pages,
        derived,
        core,
        class,
    };
    for index in &raw.indices {
        if let Some(measure) = measure(reader, index, raw, &lookup, &questionnaire) {
            if questionnaire.measure(&measure.id).is_some() {
                reader.fault(&index.place, "index_duplicate", format!("`{}` is there already; rename one", index.id));
            }
            questionnaire.measures.push(measure);
        }
    }
    add_dont_know_shares(&mut questionnaire);
    questionnaire
}

fn text_of(found: Option<&(String, Place)>) -> String {
    found.map(|(text, _)| text.clone()).unwrap_or_default()
}

fn identity(reader: &mut Reader<'_>, raw: &Raw) {
    if let Some((id, place)) = &raw.id {
        let fits = !id.is_empty()
            && id.len() <= 40
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            reader.fault(place, "id_format", "use 1 to 40 small letters, digits and hyphens");
        }
    }
    if let Some((version, place)) = &raw.version {
        let fits = version.len() <= 12
            && version.split('.').count() >= 2
            && version.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !fits {
            reader.fault(place, "version_format", "write numbers with a point between, such as \"1.0\"");
        }
    }
    for (number, section) in raw.sections.iter().enumerate() {
        if usize::try_from(section.id) != Ok(number + 1) {
            reader.fault(&section.place, "section_order", "number the parts 1, 2, 3 … in order");
        }
    }
}

fn known(reader: &mut Reader<'_>, lookup: &Lookup<'_>, id: &str, place: &Place) -> Option<usize> {
    let found = lookup.position(id);
    if found.is_none() {
        reader.fault(place, "item_unknown", format!("no item has the id `{id}`; correct it or add the item"));
    }
    found
}

fn predicate(reader: &mut Reader<'_>, lookup: &Lookup<'_>, text: &str, place: &Place) -> Option<Predicate> {
    match Predicate::parse(text, lookup) {
        Ok(predicate) => Some(predicate),
        Err((code, detail)) => {
            reader.fault(place, code, detail);
            None
        }
    }
}
