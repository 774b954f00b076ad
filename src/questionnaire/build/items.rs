//! Items and what is made of them: their routing, derived items, and the items that class
//! respondents. No measure is here.

use super::{Lookup, known, predicate};
use crate::questionnaire::{
    model::{Class, Derived, Item, Page, SexClass},
    predicate::Items,
    reader::{Place, Reader},
    structure::Raw,
};

const MOST_ITEMS: usize = 250;

pub(super) fn items(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>, pages: &[Page]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    if raw.items.len() > MOST_ITEMS {
        let place = raw.items[MOST_ITEMS].place.clone();
        reader.fault(&place, "items_too_many", format!("a sheet has at most {MOST_ITEMS} items"));
    }
    for (position, found) in raw.items.iter().enumerate() {
        let mut letters = found.id.bytes();
        let fits = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
            && found.id.len() <= 20
            && letters.all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !fits {
            reader.fault(&found.place, "item_id_format", "an id is a letter, then letters, digits and _, at most 20");
        }
        if items.iter().any(|item| item.id == found.id) {
            reader.fault(
                &found.place,
                "item_duplicate",
                format!("`{}` is there already; an id is never reused", found.id),
            );
        }
        let scale = lookup.scales.iter().position(|scale| scale.id == found.scale.0);
        if scale.is_none() {
            reader.fault(
                &found.scale.1,
                "scale_unknown",
                format!("no scale has the id `{}`; correct it or add the scale", found.scale.0),
            );
        }
        let page = pages.iter().position(|page| page.items.contains(&position)).unwrap_or(0);
        let show_if = found.show_if.as_ref().and_then(|(text, place)| {
            let parsed = predicate(reader, lookup, text, place)?;
            for item in parsed.items() {
                let asked_on = pages.iter().position(|page| page.items.contains(&item));
                if asked_on.is_none_or(|asked_on| asked_on >= page) {
                    let id = &raw.items[item].id;
                    reader.fault(
                        place,
                        "routing_forward",
                        format!("`{id}` is asked on this or a later page; route only by earlier pages"),
                    );
                }
            }
            Some(parsed)
        });
        let on = found.module.as_ref().is_none_or(|(module, place)| {
            raw.modules.iter().find(|(name, _)| name == module).map_or_else(
                || {
                    reader.fault(place, "module_unknown", format!("add `{module}` to `module` with true or false"));
                    true
                },
                |(_, on)| *on,
            )
        });
        items.push(Item {
            id: found.id.clone(),
            concept: found.concept.clone(),
            scale: scale.unwrap_or(0),
            streams: found.streams.clone(),
            sensitive: found.sensitive,
            not_applicable: found.not_applicable,
            show_if,
            page,
            period: found.period.clone(),
            on,
            routing: found.show_if.as_ref().map_or_else(String::new, |(text, _)| text.clone()),
        });
    }
    items
}

pub(super) fn derived(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Vec<Derived> {
    let mut all: Vec<Derived> = Vec::new();
    for found in &raw.derived {
        if lookup.position(&found.id).is_some() || all.iter().any(|other| other.id == found.id) {
            reader.fault(&found.place, "item_duplicate", format!("`{}` is there already; rename one", found.id));
        }
        let points = found.points.iter().filter_map(|(text, points, place)| {
            if !(0.0..=100.0).contains(points) {
                reader.fault(place, "points_range", "points are 0 to 100");
            }
            Some((predicate(reader, lookup, text, place)?, *points))
        });
        all.push(Derived { id: found.id.clone(), points: points.collect() });
    }
    all
}

pub(super) fn class(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Class {
    let Some(found) = &raw.class else { return Class::default() };
    let mut item =
        |named: &Option<(String, Place)>| named.as_ref().and_then(|(id, place)| known(reader, lookup, id, place));
    let (area, age, tenure) = (item(&found.area), item(&found.age), item(&found.tenure));
    let sex = found.sex.as_ref().and_then(|(id, woman, man, place)| {
        let item = known(reader, lookup, id, place)?;
        if woman == man || !lookup.allows(item, *woman) || !lookup.allows(item, *man) {
            reader.fault(place, "code_unknown", "woman and man are two codes of the item's scale");
        }
        Some(SexClass { item, woman: *woman, man: *man })
    });
    Class { area, sex, age, tenure }
}
