//! `questionnaire.toml` into raw tables with their places. What belongs together is checked in
//! `build`; here only types, keys and spelling.
//!
//! Keys beyond those of the survey specification, section 3.1: `section = [ { id = 1, sensitive =
//! true } ]` (parts of the form), `page.intro_for = ["resident"]` (streams that read the
//! introduction), `item.not_applicable = true` (offers 97), `item.module`, and `module = { neighbours
//! = true, birth = false }` (which modules the version has on). Keys at their default may be left out.

use super::{
    model::Stream,
    reader::{Place, Reader, Table},
};

#[derive(Default)]
pub(super) struct Raw {
    pub(super) id: Option<(String, Place)>,
    pub(super) version: Option<(String, Place)>,
    pub(super) sections: Vec<RawSection>,
    pub(super) modules: Vec<(String, bool)>,
    pub(super) scales: Vec<RawScale>,
    pub(super) pages: Vec<RawPage>,
    pub(super) items: Vec<RawItem>,
    pub(super) derived: Vec<RawDerived>,
    pub(super) indices: Vec<RawIndex>,
    pub(super) core: Vec<(String, Place)>,
    pub(super) class: Option<RawClass>,
}

pub(super) struct RawSection {
    pub(super) place: Place,
    pub(super) id: i64,
    pub(super) sensitive: bool,
}

pub(super) enum RawPoints {
    None,
    Down,
    Up,
    List(Vec<Option<f64>>),
}

pub(super) struct RawScale {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) options: Vec<String>,
    pub(super) points: RawPoints,
    pub(super) dont_know: bool,
    pub(super) areas_first: bool,
}

pub(super) struct RawPage {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) section: i64,
    pub(super) items: Vec<(String, Place)>,
    pub(super) streams: Option<Vec<Stream>>,
    pub(super) sensitive: bool,
    pub(super) intro_for: Option<Vec<Stream>>,
}

pub(super) struct RawItem {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) concept: String,
    pub(super) scale: (String, Place),
    pub(super) streams: Vec<Stream>,
    pub(super) sensitive: bool,
    pub(super) not_applicable: bool,
    pub(super) show_if: Option<(String, Place)>,
    pub(super) module: Option<(String, Place)>,
    pub(super) period: Option<String>,
}

pub(super) struct RawDerived {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) points: Vec<(String, f64, Place)>,
}

pub(super) struct RawIndex {
    pub(super) place: Place,
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) kind: (String, Place),
    pub(super) direction: (String, Place),
    pub(super) level: Option<(String, Place)>,
    pub(super) numerator: Option<(String, Place)>,
    pub(super) denominator: Option<(String, Place)>,
    pub(super) items: Vec<(String, Place)>,
    pub(super) min_answered: usize,
    pub(super) parts: Vec<(String, f64, Place)>,
}

pub(super) struct RawClass {
    pub(super) area: Option<(String, Place)>,
    pub(super) sex: Option<(String, u8, u8, Place)>,
    pub(super) age: Option<(String, Place)>,
    pub(super) tenure: Option<(String, Place)>,
}

/// Reads the structure; what is wrong is in the reader's faults.
pub(super) fn read(reader: &mut Reader<'_>) -> Raw {
    let root = reader.parse();
    let mut table = Reader::root(&root);
    let mut raw =
        Raw { id: needed(reader, &mut table, "id"), version: needed(reader, &mut table, "version"), ..Raw::default() };
    for table in tables(reader, &mut table, "section", true) {
        raw.sections.extend(section(reader, table));
    }
    if let Some((node, place)) = table.take("module")
        && let Some(modules) = reader.table(node, &place)
    {
        for (name, node, place) in modules.entries() {
            raw.modules.extend(reader.boolean(node, &place).map(|on| (name, on)));
        }
    }
    for table in tables(reader, &mut table, "scale", true) {
        raw.scales.extend(scale(reader, table));
    }
    for table in tables(reader, &mut table, "page", true) {
        raw.pages.extend(page(reader, table));
    }
    for table in tables(reader, &mut table, "item", true) {
        raw.items.extend(item(reader, table));
    }
    for table in tables(reader, &mut table, "derived", false) {
        raw.derived.extend(derived(reader, table));
    }
    for table in tables(reader, &mut table, "index", false) {
        raw.indices.extend(index(reader, table));
    }
    if let Some((node, place)) = table.take("core") {
        raw.core = reader.texts(node, &place);
    }
    if let Some((node, place)) = table.take("class")
        && let Some(found) = reader.table(node, &place)
    {
        raw.class = Some(class(reader, found));
    }
    reader.finish(&table);
    raw
}

fn tables<'a, 'i>(
    reader: &mut Reader<'i>,
    table: &mut Table<'a, 'i>,
    key: &'static str,
    needed: bool,
) -> Vec<Table<'a, 'i>> {
    let found = if needed { table.need(reader, key) } else { table.take(key) };
    let Some((node, place)) = found else { return Vec::new() };
    let members = reader.array(node, &place);
    members.into_iter().filter_map(|(node, place)| reader.table(node, &place)).collect()
}

fn named<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Option<(String, Place)> {
    let (node, place) = table.take(key)?;
    Some((reader.text(node, &place)?, place))
}

fn needed<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Option<(String, Place)> {
    let (node, place) = table.need(reader, key)?;
    Some((reader.text(node, &place)?, place))
}

fn section<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawSection> {
    let (node, place) = table.need(reader, "id")?;
    let id = reader.whole(node, &place, 1, 99)?;
    let sensitive = table.take_bool(reader, "sensitive").unwrap_or(false);
    reader.finish(&table);
    Some(RawSection { place, id, sensitive })
}

fn scale<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawScale> {
    let id = table.need_text(reader, "id")?;
    let options = table
        .need(reader, "options")
        .map(|(node, place)| reader.texts(node, &place).into_iter().map(|(text, _)| text).collect())
        .unwrap_or_default();
    let points = table.take("points").map_or(RawPoints::None, |(node, place)| match node.as_str() {
        Some("down") => RawPoints::Down,
        Some("up") => RawPoints::Up,
        Some(_) => {
            reader.fault(&place, "points_unknown", "write \"down\", \"up\" or a list of numbers");
            RawPoints::None
        }
        None => {
            let members = reader.array(node, &place);
            let list = members
                .into_iter()
                .map(|(node, place)| if node.as_str() == Some("-") { None } else { reader.number(node, &place) });
            RawPoints::List(list.collect())
        }
    });
    let dont_know = table.take_bool(reader, "dont_know").unwrap_or(false);
    let areas_first = match named(reader, &mut table, "options_from") {
        Some((text, _)) if text == "area_set" => true,
        Some((_, place)) => {
            reader.fault(&place, "options_from_unknown", "write \"area_set\" or leave the key out");
            false
        }
        None => false,
    };
    reader.finish(&table);
    Some(RawScale { place: table.place, id, options, points, dont_know, areas_first })
}

fn streams<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Option<Vec<Stream>> {
    let (node, place) = table.take(key)?;
    let mut found = Vec::new();
    for (text, place) in reader.texts(node, &place) {
        match text.as_str() {
            "resident" => found.push(Stream::Resident),
            "stay" => found.push(Stream::Stay),
            _ => reader.fault(&place, "stream_unknown", "write \"resident\" or \"stay\""),
        }
    }
    Some(found)
}

fn page<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawPage> {
    let id = table.need_text(reader, "id")?;
    let (node, place) = table.need(reader, "section")?;
    let section = reader.whole(node, &place, 1, 99)?;
    let items = table.take("items").map(|(node, place)| reader.texts(node, &place)).unwrap_or_default();
    let page = RawPage {
        streams: streams(reader, &mut table, "streams"),
        intro_for: streams(reader, &mut table, "intro_for"),
        sensitive: table.take_bool(reader, "sensitive").unwrap_or(false),
        place: table.place.clone(),
        id,
        section,
        items,
    };
    reader.finish(&table);
    Some(page)
}

fn item<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawItem> {
    let id = table.need_text(reader, "id")?;
    let concept = table.take_text(reader, "concept").unwrap_or_default();
    let scale = needed(reader, &mut table, "scale")?;
    let item = RawItem {
        id,
        concept,
        scale,
        streams: streams(reader, &mut table, "streams").unwrap_or_else(|| vec![Stream::Resident]),
        sensitive: table.take_bool(reader, "sensitive").unwrap_or(false),
        not_applicable: table.take_bool(reader, "not_applicable").unwrap_or(false),
        show_if: named(reader, &mut table, "show_if"),
        module: named(reader, &mut table, "module"),
        period: table.take_text(reader, "period"),
        place: table.place.clone(),
    };
    // Where a wording came from and what it resembles: kept for people and for codebooks.
    if let Some((text, place)) = named(reader, &mut table, "source_wording")
        && text != "own"
    {
        reader.fault(
            &place,
            "source_wording_unknown",
            "write \"own\": another survey's wording needs its permission first",
        );
    }
    let _ = table.take_text(reader, "concept_like");
    reader.finish(&table);
    Some(item)
}

fn pairs<'i>(reader: &mut Reader<'i>, table: &mut Table<'_, 'i>, key: &'static str) -> Vec<(String, f64, Place)> {
    let Some((node, place)) = table.take(key) else { return Vec::new() };
    let mut found = Vec::new();
    for (node, place) in reader.array(node, &place) {
        match reader.array(node, &place).as_slice() {
            [(first, first_place), (second, second_place)] => {
                let text = reader.text(*first, first_place);
                let number = reader.number(*second, second_place);
                found.extend(text.zip(number).map(|(text, number)| (text, number, first_place.clone())));
            }
            _ => reader.fault(&place, "pair", "write a pair: [ \"text\", number ]"),
        }
    }
    found
}

fn derived<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawDerived> {
    let id = table.need_text(reader, "id")?;
    let points = pairs(reader, &mut table, "points");
    reader.finish(&table);
    Some(RawDerived { place: table.place, id, points })
}

fn index<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> Option<RawIndex> {
    let id = table.need_text(reader, "id")?;
    let version = match table.take("version") {
        Some((node, place)) => reader.whole(node, &place, 1, 9999).and_then(|number| u32::try_from(number).ok())?,
        None => 1,
    };
    let kind = needed(reader, &mut table, "kind")?;
    let direction = needed(reader, &mut table, "direction")?;
    let min_answered = match table.take("min_answered") {
        Some((node, place)) => reader.whole(node, &place, 1, 999).and_then(|number| usize::try_from(number).ok())?,
        None => 1,
    };
    let index = RawIndex {
        level: named(reader, &mut table, "level"),
        numerator: named(reader, &mut table, "numerator"),
        denominator: named(reader, &mut table, "denominator"),
        items: table.take("items").map(|(node, place)| reader.texts(node, &place)).unwrap_or_default(),
        parts: pairs(reader, &mut table, "parts"),
        place: table.place.clone(),
        id,
        version,
        kind,
        direction,
        min_answered,
    };
    reader.finish(&table);
    Some(index)
}

fn class<'i>(reader: &mut Reader<'i>, mut table: Table<'_, 'i>) -> RawClass {
    let area = named(reader, &mut table, "area");
    let age = named(reader, &mut table, "age");
    let tenure = named(reader, &mut table, "tenure");
    let mut sex = None;
    if let Some((node, place)) = table.take("sex")
        && let Some(mut inner) = reader.table(node, &place)
    {
        let item = named(reader, &mut inner, "item");
        let mut code = |key| {
            let (node, place) = inner.need(reader, key)?;
            reader.whole(node, &place, 1, 93).and_then(|code| u8::try_from(code).ok())
        };
        let codes = code("woman").zip(code("man"));
        reader.finish(&inner);
        sex = item.zip(codes).map(|((item, place), (woman, man))| (item, woman, man, place));
    }
    reader.finish(&table);
    RawClass { area, sex, age, tenure }
}
