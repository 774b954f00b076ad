//! Pages: each item on exactly one, none too long. What is asked of an item itself is not here.

use super::{Lookup, known};
use crate::questionnaire::{
    model::{Page, Stream},
    reader::Reader,
    structure::Raw,
};

const MOST_ITEMS_A_PAGE: usize = 7;
/// Most pages of a version: a draft remembers in 64 bits which were passed.
const MOST_PAGES: usize = 64;

pub(super) fn pages(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut placed = vec![false; raw.items.len()];
    if let Some(beyond) = raw.pages.get(MOST_PAGES) {
        reader.fault(&beyond.place, "pages_too_many", "at most 64 pages; leave some out or join them");
    }
    for found in &raw.pages {
        let mut items = Vec::new();
        for (id, place) in &found.items {
            let Some(item) = known(reader, lookup, id, place) else { continue };
            if std::mem::replace(&mut placed[item], true) {
                reader.fault(
                    place,
                    "item_on_two_pages",
                    format!("`{id}` stands on a page already; remove it from one"),
                );
            }
            items.push(item);
        }
        if topics(raw, &items) > MOST_ITEMS_A_PAGE {
            reader.fault(&found.place, "page_too_long", "at most 7 items a page; split the page");
        }
        if pages.iter().any(|page| page.id == found.id) {
            reader.fault(&found.place, "page_duplicate", format!("`{}` is there already; rename one", found.id));
        }
        let section = usize::try_from(found.section).unwrap_or(0);
        let named = raw.sections.iter().find(|section| section.id == found.section);
        if named.is_none() {
            reader.fault(&found.place, "section_unknown", format!("no part has the number {section}"));
        }
        let of_items = || {
            let has = |stream| items.iter().any(|&item| raw.items[item].streams.contains(&stream));
            [Stream::Resident, Stream::Stay].into_iter().filter(|&stream| has(stream)).collect()
        };
        let streams = found.streams.clone().unwrap_or_else(of_items);
        if items.is_empty() && found.streams.is_none() {
            reader.fault(&found.place, "streams_missing", "a page without items says which streams see it");
        }
        pages.push(Page {
            id: found.id.clone(),
            section,
            sensitive: found.sensitive
                || named.is_some_and(|section| section.sensitive)
                || items.iter().any(|&item| raw.items[item].sensitive),
            intro_for: found.intro_for.clone().unwrap_or_else(|| streams.clone()),
            streams,
            items,
        });
    }
    for (item, placed) in raw.items.iter().zip(&placed) {
        if !placed {
            reader.fault(&item.place, "item_on_no_page", format!("put `{}` on a page", item.id));
        }
    }
    pages
}

/// Items of a page as its length counts them: a multi-choice family such as A2a-A2e is one.
fn topics(raw: &Raw, items: &[usize]) -> usize {
    let mut families: Vec<String> = items
        .iter()
        .map(|&item| {
            let item = &raw.items[item];
            let id = &item.id;
            let family = id.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
            if item.scale.0 == "yesno" && family.len() < id.len() { family.to_owned() } else { id.clone() }
        })
        .collect();
    families.dedup();
    families.len()
}
