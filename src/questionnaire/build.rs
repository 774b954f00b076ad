//! From raw tables to a whole questionnaire: references resolved, rules of the survey specification
//! checked, every fault collected. A questionnaire exists only when there is none.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{
    change::canonical,
    index::{Direction, Kind, Level, Measure},
    missing,
    model::{Class, Derived, Item, Page, Points, Questionnaire, Scale, SexClass, Stream},
    predicate::{Items, Predicate},
    reader::{Place, Reader},
    source::{Definition, Fault, Warning},
    structure::{self, Raw, RawIndex, RawPoints},
    text,
};

const STRUCTURE: &str = "questionnaire.toml";
const MOST_ITEMS_A_PAGE: usize = 7;
const MOST_ITEMS: usize = 250;

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

    /// What a reviewer should look at.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let class = [self.class.area, self.class.sex.map(|sex| sex.item), self.class.age, self.class.tenure];
        for (place, item) in self.items.iter().enumerate() {
            let used = self.measures.iter().any(|m| m.dont_know_of.is_none() && m.items.contains(&place))
                || class.contains(&Some(place))
                || self.items.iter().any(|other| other.show_if.as_ref().is_some_and(|p| p.items().contains(&place)));
            if item.on && item.streams.contains(&Stream::Resident) && !used {
                let detail = format!("{} serves no index, table or weight: should it be asked?", item.id);
                warnings.push(Warning { code: "item_unused", detail });
            }
        }
        // The resident's district is stamped, not asked.
        let always = (0..self.items.len()).filter(|&place| {
            let item = &self.items[place];
            let resident = item.streams.contains(&Stream::Resident) && !self.stamped(place, Stream::Resident);
            item.on && resident && item.show_if.is_none()
        });
        let count = always.count();
        if count > 60 {
            let detail = format!("{count} items are always asked; above 60 people leave");
            warnings.push(Warning { code: "too_long", detail });
        }
        warnings
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

fn scales(reader: &mut Reader<'_>, raw: &Raw) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    for found in &raw.scales {
        let count = found.options.len();
        if scales.iter().any(|scale| scale.id == found.id) {
            reader.fault(&found.place, "scale_duplicate", format!("`{}` is there already; rename one", found.id));
        }
        if count == 0 && !found.areas_first {
            reader.fault(&found.place, "options_empty", "give the scale at least one option");
        }
        if count > usize::from(missing::MOST_OPTIONS) {
            reader.fault(
                &found.place,
                "options_too_many",
                "a scale has at most 93 options: 94-99 are the missing codes",
            );
        }
        let step = |place: usize| {
            let (place, last) =
                (u32::try_from(place).unwrap_or(0), u32::try_from(count.saturating_sub(1)).unwrap_or(0));
            if last == 0 { None } else { Some(100.0 * f64::from(place) / f64::from(last)) }
        };
        let values: Vec<Option<f64>> = match &found.points {
            RawPoints::None => vec![None; count],
            RawPoints::Up => (0..count).map(step).collect(),
            RawPoints::Down => (0..count).rev().map(step).collect(),
            RawPoints::List(list) => {
                if list.len() != count {
                    reader.fault(
                        &found.place,
                        "points_count",
                        format!("give {count} points, one an option; \"-\" for none"),
                    );
                }
                list.clone()
            }
        };
        if values.iter().flatten().any(|points| !(0.0..=100.0).contains(points)) {
            reader.fault(&found.place, "points_range", "points are 0 to 100");
        }
        let mut points = vec![None];
        points.extend(values);
        scales.push(Scale {
            id: found.id.clone(),
            options: found.options.clone(),
            areas_first: found.areas_first,
            points: Points(points),
            dont_know: found.dont_know,
        });
    }
    scales
}

fn known(reader: &mut Reader<'_>, lookup: &Lookup<'_>, id: &str, place: &Place) -> Option<usize> {
    let found = lookup.position(id);
    if found.is_none() {
        reader.fault(place, "item_unknown", format!("no item has the id `{id}`; correct it or add the item"));
    }
    found
}

fn pages(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut placed = vec![false; raw.items.len()];
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

fn items(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>, pages: &[Page]) -> Vec<Item> {
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

fn predicate(reader: &mut Reader<'_>, lookup: &Lookup<'_>, text: &str, place: &Place) -> Option<Predicate> {
    match Predicate::parse(text, lookup) {
        Ok(predicate) => Some(predicate),
        Err((code, detail)) => {
            reader.fault(place, code, detail);
            None
        }
    }
}

fn derived(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Vec<Derived> {
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

fn class(reader: &mut Reader<'_>, raw: &Raw, lookup: &Lookup<'_>) -> Class {
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

fn measure(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    raw: &Raw,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<Measure> {
    let fits = found.id.len() <= 40
        && !found.id.is_empty()
        && found.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !fits {
        reader.fault(&found.place, "index_id_format", "an id has letters, digits, _ and -, at most 40");
    }
    let direction = match found.direction.0.as_str() {
        "lower_better" => Direction::LowerBetter,
        "higher_better" => Direction::HigherBetter,
        "neutral" => Direction::Neutral,
        _ => {
            reader.fault(
                &found.direction.1,
                "direction_unknown",
                "write \"lower_better\", \"higher_better\" or \"neutral\"",
            );
            return None;
        }
    };
    let level = match found.level.as_ref().map(|(text, place)| (text.as_str(), place)) {
        None | Some(("D", _)) => Level::D,
        Some(("M", _)) => Level::M,
        Some((_, place)) => {
            reader.fault(place, "level_unknown", "write \"D\" or \"M\"");
            return None;
        }
    };
    let (kind, items, formula) = kind(reader, found, lookup, so_far)?;
    let base = match &kind {
        Kind::Share { denominator, .. } => denominator.items(),
        Kind::Composite { parts } => {
            let mut base: Vec<usize> = parts.iter().flat_map(|(part, _)| so_far.measures[*part].base.clone()).collect();
            base.sort_unstable();
            base.dedup();
            base
        }
        Kind::MeanPoints { .. } | Kind::Step => items.clone(),
    };
    let sensitive = items.iter().any(|&item| raw.items[item].sensitive);
    Some(Measure {
        id: found.id.clone(),
        version: found.version,
        kind,
        direction,
        level,
        sensitive,
        items,
        base,
        formula,
        dont_know_of: None,
    })
}

fn kind(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<(Kind, Vec<usize>, String)> {
    match found.kind.0.as_str() {
        "share" => {
            let (Some(above), Some(below)) = (&found.numerator, &found.denominator) else {
                reader.fault(&found.place, "key_missing", "a share has a numerator and a denominator");
                return None;
            };
            let numerator = predicate(reader, lookup, &above.0, &above.1);
            let denominator = predicate(reader, lookup, &below.0, &below.1);
            let (numerator, denominator) = numerator.zip(denominator)?;
            let mut items = numerator.items();
            items.extend(denominator.items());
            items.sort_unstable();
            items.dedup();
            let formula = format!("{} / {}", above.0, below.0);
            Some((Kind::Share { numerator, denominator }, items, formula))
        }
        "mean_points" => mean_points(reader, found, lookup, so_far),
        "composite" => {
            let mut parts = Vec::new();
            for (id, weight, place) in &found.parts {
                match so_far.measure(id) {
                    Some((part, measure)) => {
                        if matches!(measure.kind, Kind::Share { .. }) && measure.direction != Direction::HigherBetter {
                            reader.fault(
                                place,
                                "part_direction",
                                format!("`{id}` is a share and must be higher_better to be a part"),
                            );
                        }
                        if matches!(measure.kind, Kind::Composite { .. } | Kind::Step) {
                            reader.fault(
                                place,
                                "part_kind",
                                format!("`{id}` must be a share or a mean of points to be a part"),
                            );
                        }
                        parts.push((part, *weight));
                    }
                    None => reader.fault(place, "index_unknown", format!("no index `{id}` stands above this one")),
                }
            }
            let sum: f64 = parts.iter().map(|(_, weight)| weight).sum();
            if parts.is_empty() || (sum - 1.0).abs() > 1e-12 {
                reader.fault(&found.place, "weights_sum", format!("the weights of the parts sum to {sum}, not to 1"));
            }
            let mut items: Vec<usize> =
                parts.iter().flat_map(|(part, _)| so_far.measures[*part].items.clone()).collect();
            items.sort_unstable();
            items.dedup();
            let formula =
                found.parts.iter().map(|(id, weight, _)| format!("{weight}*{id}")).collect::<Vec<_>>().join(" + ");
            Some((Kind::Composite { parts }, items, formula))
        }
        "step" => Some((Kind::Step, Vec::new(), "cut table".to_owned())),
        _ => {
            reader.fault(&found.kind.1, "kind_unknown", "write \"share\", \"mean_points\", \"composite\" or \"step\"");
            None
        }
    }
}

fn mean_points(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<(Kind, Vec<usize>, String)> {
    let (mut items, mut derived, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let mut formula = Vec::new();
    for (id, place) in &found.items {
        if let Some(computed) = so_far.derived.iter().position(|derived| derived.id == *id) {
            let points = &so_far.derived[computed].points;
            used.extend(points.iter().flat_map(|(predicate, _)| predicate.items()));
            // As written: positions of items would change with any item added before them.
            let written = lookup.raw.derived.iter().find(|derived| derived.id == *id);
            let written = written.iter().flat_map(|derived| &derived.points);
            let written: Vec<String> = written.map(|(text, points, _)| format!("{text}: {points}")).collect();
            formula.push(format!("{id}=[{}]", written.join("; ")));
            derived.push(computed);
        } else if let Some(item) = known(reader, lookup, id, place) {
            let scale = so_far.scales.get(so_far.items.get(item).map_or(0, |item| item.scale));
            if scale.is_some_and(|scale| scale.points.0.iter().all(Option::is_none)) {
                reader.fault(place, "points_missing", format!("the scale of `{id}` has no points"));
            }
            formula.push(format!("{id}={:?}", scale.map(|scale| &scale.points)));
            items.push(item);
            used.push(item);
        }
    }
    let count = items.len() + derived.len();
    if count == 0 || found.min_answered > count {
        reader.fault(&found.place, "min_answered", format!("min_answered is 1 to the number of items, here {count}"));
        return None;
    }
    used.sort_unstable();
    used.dedup();
    let formula = format!("mean({}) if {}", formula.join(","), found.min_answered);
    Some((Kind::MeanPoints { items, derived, min_answered: found.min_answered }, used, formula))
}

/// Don't-know shares stand beside the measures of items that offer "Vet inte" and are not
/// sensitive: the answer is common there and says something of its own.
fn add_dont_know_shares(questionnaire: &mut Questionnaire) {
    for (item, found) in questionnaire.items.iter().enumerate() {
        let offers = questionnaire.scales.get(found.scale).is_some_and(|scale| scale.dont_know);
        if !offers || found.sensitive || !found.on || !found.streams.contains(&Stream::Resident) {
            continue;
        }
        let codes = super::predicate::Codes::default().with(missing::DONT_KNOW);
        questionnaire.measures.push(Measure {
            id: format!("DK_{}", found.id),
            version: 1,
            kind: Kind::Share { numerator: Predicate::All(vec![item], codes), denominator: Predicate::Asked(item) },
            direction: Direction::Neutral,
            level: Level::D,
            sensitive: false,
            items: vec![item],
            base: vec![item],
            formula: format!("{} in {{98}} / asked({})", found.id, found.id),
            dont_know_of: Some(item),
        });
    }
}
