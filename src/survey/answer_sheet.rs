//! One respondent's checked answers. Only `Questionnaire` can make a sheet, and only the three doors
//! below lead to one: the form, the API and an import. Whatever the door, a hidden item is 94, a
//! code outside the item's list is refused, and no answer is inferred from another.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::questionnaire::{Questionnaire, Stream, missing};

/// How an answer came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The web form or the API.
    Web,
    /// A paper form.
    Paper,
    /// By telephone or at a desk.
    Assisted,
}

impl Mode {
    /// The mode with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Web, Self::Paper, Self::Assisted].into_iter().find(|mode| mode.key() == key)
    }

    /// Key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Paper => "paper",
            Self::Assisted => "assisted",
        }
    }

    /// Byte on the sheet.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Web => 1,
            Self::Paper => 2,
            Self::Assisted => 3,
        }
    }

    /// The mode with this byte.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        [Self::Web, Self::Paper, Self::Assisted].into_iter().find(|mode| mode.byte() == byte)
    }
}

/// The four bytes that may be kept beside the answers; nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paradata {
    /// How the answer came in.
    pub mode: Mode,
    /// Place of the language in the version's list, from 1.
    pub language: u8,
    /// The stream.
    pub stream: Stream,
    /// Place of a stay link; 94 for residents.
    pub place: u8,
}

/// What a sheet is checked against besides the questionnaire.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Paradata to store.
    pub paradata: Paradata,
    /// Number of areas in the round's area set: the first options of the area item.
    pub areas: usize,
    /// The respondent's area as an option code, stamped from the invitation; absent for imported
    /// answers without a district.
    pub area: Option<u8>,
}

/// Checked answers. `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerSheet {
    version: [u8; 32],
    codes: Box<[u8]>,
    paradata: Paradata,
}

impl fmt::Debug for AnswerSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerSheet(…)")
    }
}

/// One answer that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{item}: {code}")]
pub struct SheetFault {
    /// Item id, or what stood in its place.
    pub item: String,
    /// `item_unknown`, `item_hidden`, `option_unknown`, …
    pub code: &'static str,
}

impl AnswerSheet {
    /// Hash of the questionnaire version that checked it.
    #[must_use]
    pub const fn version_hash(&self) -> [u8; 32] {
        self.version
    }

    /// Item codes in byte order.
    #[must_use]
    pub fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The paradata.
    #[must_use]
    pub const fn paradata(&self) -> Paradata {
        self.paradata
    }

    pub(super) const fn decoded(version: [u8; 32], codes: Box<[u8]>, paradata: Paradata) -> Self {
        Self { version, codes, paradata }
    }
}

impl Questionnaire {
    /// A sheet from the form: `chosen` holds what was answered, hidden or not; `seen` says of each
    /// page whether it was shown. An empty item of a seen page is 99, of an unseen page 95, a hidden
    /// one 94 also when it was answered before an earlier answer changed.
    ///
    /// # Errors
    /// Every code that its item does not offer.
    pub fn check_form(
        &self,
        chosen: &BTreeMap<usize, u8>,
        seen: &[bool],
        context: &Context,
    ) -> Result<AnswerSheet, Vec<SheetFault>> {
        self.refuse_unknown_options(chosen, context.areas)?;
        let empty = |item: usize| {
            let page = self.items()[item].page;
            if seen.get(page).copied().unwrap_or(false) { missing::SKIPPED } else { missing::UNSEEN }
        };
        Ok(self.fill(chosen, empty, context))
    }

    /// A sheet from the API: items by id. An item left out is 95; 96-98 only where offered; 94, 95,
    /// 99, an answer to a hidden item and the resident's own district are refused.
    ///
    /// # Errors
    /// Every fault at once: `item_unknown`, `item_hidden`, `option_unknown`.
    pub fn check_json(&self, given: &BTreeMap<String, u8>, context: &Context) -> Result<AnswerSheet, Vec<SheetFault>> {
        let mut chosen = BTreeMap::new();
        let mut faults = Vec::new();
        for (id, &code) in given {
            match self.item(id) {
                Some((item, _)) if self.stamped(item, context.paradata.stream) => {
                    faults.push(SheetFault { item: id.clone(), code: "item_hidden" });
                }
                Some((item, _)) => {
                    chosen.insert(item, code);
                }
                None => faults.push(SheetFault { item: id.clone(), code: "item_unknown" }),
            }
        }
        faults.extend(self.refuse_unknown_options(&chosen, context.areas).err().unwrap_or_default());
        let sheet = self.fill(&chosen, |_| missing::UNSEEN, context);
        for (&item, &code) in &chosen {
            // Somebody's own 94 was refused above as no option; only the routing hides an item.
            if sheet.codes[item] == missing::FILTERED && code != missing::FILTERED {
                faults.push(SheetFault { item: self.items()[item].id.clone(), code: "item_hidden" });
            }
        }
        if faults.is_empty() { Ok(sheet) } else { Err(faults) }
    }

    /// A sheet from answers collected elsewhere: missing codes are allowed, an item without a column
    /// is 95, and what contradicts the routing is 94, as on paper.
    ///
    /// # Errors
    /// Every code that its item does not have.
    pub fn check_import(&self, given: &BTreeMap<usize, u8>, context: &Context) -> Result<AnswerSheet, Vec<SheetFault>> {
        let (machine, chosen): (BTreeMap<usize, u8>, BTreeMap<usize, u8>) = given
            .iter()
            .map(|(&item, &code)| (item, code))
            .partition(|(_, code)| matches!(*code, missing::FILTERED | missing::UNSEEN | missing::SKIPPED));
        self.refuse_unknown_options(&chosen, context.areas)?;
        let empty = |item: usize| match machine.get(&item) {
            Some(&missing::SKIPPED) => missing::SKIPPED,
            _ => missing::UNSEEN,
        };
        Ok(self.fill(&chosen, empty, context))
    }

    fn refuse_unknown_options(&self, chosen: &BTreeMap<usize, u8>, areas: usize) -> Result<(), Vec<SheetFault>> {
        let faults: Vec<SheetFault> = chosen
            .iter()
            .filter(|&(&item, &code)| !self.offers(item, code, areas))
            .map(|(&item, _)| SheetFault {
                item: self.items().get(item).map_or_else(String::new, |item| item.id.clone()),
                code: "option_unknown",
            })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Fills the sheet page by page, so that routing sees what is already decided and never a later
    /// answer.
    fn fill(&self, chosen: &BTreeMap<usize, u8>, empty: impl Fn(usize) -> u8, context: &Context) -> AnswerSheet {
        let stream = context.paradata.stream;
        let mut codes = vec![missing::FILTERED; self.items().len()];
        for page in self.pages() {
            for &item in &page.items {
                codes[item] = if self.stamped(item, stream) {
                    context.area.unwrap_or(missing::UNSEEN)
                } else if self.visible(item, &codes, stream) {
                    chosen.get(&item).copied().unwrap_or_else(|| empty(item))
                } else {
                    missing::FILTERED
                };
            }
        }
        AnswerSheet { version: self.hash(), codes: codes.into(), paradata: context.paradata }
    }
}
