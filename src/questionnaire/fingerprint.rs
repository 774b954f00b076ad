//! What a round stores of its questionnaire, so that breaks between rounds can be found later
//! without the definitions at hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{
    index::{Kind, Measure},
    model::{Questionnaire, Stream},
};

/// Fingerprint of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Questionnaire id: rounds of different questionnaires are different surveys.
    pub questionnaire: String,
    /// Version.
    pub version: String,
    /// Items that are put to residents, by id.
    pub items: BTreeMap<String, ItemFingerprint>,
    /// Pages that residents meet, in order.
    pub pages: Vec<PageFingerprint>,
    /// Hash of formula and version of each measure.
    pub measures: BTreeMap<String, MeasureFingerprint>,
}

/// Fingerprint of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFingerprint {
    /// Wording hash by language: page intro, item text and option labels, NFC.
    pub wording: BTreeMap<String, String>,
    /// Hash of option keys and missing codes offered.
    pub options: String,
    /// Page id.
    pub page: String,
    /// Text of `show_if`.
    pub routing: String,
    /// Reference period.
    pub period: String,
}

/// Fingerprint of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFingerprint {
    /// Id.
    pub id: String,
    /// Ids of the items that residents are asked, in order.
    pub items: Vec<String>,
}

/// Fingerprint of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureFingerprint {
    /// Version of the formula.
    pub version: u32,
    /// Hash of the formula.
    pub formula: String,
    /// `percent`, `points` or `steps`; empty in fingerprints that were stored without it.
    #[serde(default)]
    pub unit: String,
    /// Ids of the items it uses.
    pub items: Vec<String>,
}

fn hash(parts: &[&str]) -> String {
    let joined: String = parts.join("\n").nfc().collect();
    let digest = Sha256::digest(joined.as_bytes());
    hexadecimal(&digest[..16])
}

/// Bytes as hexadecimal digits, two a byte: how hashes are written.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Questionnaire {
    /// The fingerprint of this version as residents meet it.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let asked = |item: usize| self.items[item].on && self.items[item].streams.contains(&Stream::Resident);
        let id = |item: &usize| self.items[*item].id.clone();
        Fingerprint {
            questionnaire: self.id.clone(),
            version: self.version.clone(),
            items: (0..self.items.len())
                .filter(|&item| asked(item))
                .map(|item| (id(&item), self.item_fingerprint(item)))
                .collect(),
            pages: self
                .pages
                .iter()
                .filter(|page| page.streams.contains(&Stream::Resident))
                .filter(|page| page.items.is_empty() || page.items.iter().any(|&item| asked(item)))
                .map(|page| PageFingerprint {
                    id: page.id.clone(),
                    items: page.items.iter().filter(|&&item| asked(item)).map(id).collect(),
                })
                .collect(),
            measures: self
                .measures
                .iter()
                .map(|measure| {
                    let formula = MeasureFingerprint {
                        version: measure.version,
                        formula: hash(&[&self.whole_formula(measure)]),
                        unit: measure.kind.unit_key().to_owned(),
                        items: measure.items.iter().map(id).collect(),
                    };
                    (measure.id.clone(), formula)
                })
                .collect(),
        }
    }

    /// The formula with those of the parts of a composite: what changes a part changes the whole.
    fn whole_formula(&self, measure: &Measure) -> String {
        let mut whole = vec![measure.formula.clone()];
        if let Kind::Composite { parts } = &measure.kind {
            let parts = parts.iter().filter_map(|&(part, _)| self.measures.get(part));
            whole.extend(parts.map(|part| format!("{} {}: {}", part.id, part.version, self.whole_formula(part))));
        }
        whole.join("\n")
    }

    fn item_fingerprint(&self, item: usize) -> ItemFingerprint {
        let found = &self.items[item];
        let scale = &self.scales[found.scale];
        let first_intro =
            self.pages.first().is_some_and(|page| page.id == "p01") && found.streams.contains(&Stream::Resident);
        let wording = self.texts.iter().map(|texts| {
            // The first page's introduction defines "the area where you live" for every item.
            let mut parts: Vec<&str> = Vec::new();
            if first_intro && found.page != 0 {
                parts.push(&texts.pages[0].intro);
            }
            parts.push(&texts.pages[found.page].intro);
            parts.push(&texts.items[item].text);
            parts.extend(texts.scales[found.scale].iter().map(String::as_str));
            (texts.language.to_string(), hash(&parts))
        });
        let mut options: Vec<&str> = scale.options.iter().map(String::as_str).collect();
        for (offered, name) in [(found.sensitive, "96"), (found.not_applicable, "97"), (scale.dont_know, "98")] {
            if offered {
                options.push(name);
            }
        }
        ItemFingerprint {
            wording: wording.collect(),
            options: hash(&options),
            page: self.pages[found.page].id.clone(),
            routing: found.routing.clone(),
            period: found.period.clone().unwrap_or_default(),
        }
    }
}
