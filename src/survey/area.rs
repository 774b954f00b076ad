//! Areas and their versions. A set has one root, which is the total; its districts are the areas
//! that have no part of their own, in the file's order: that order is the order of option codes and
//! of everything printed.

mod crosswalk;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    import::{Faults, ImportFault, Imported},
    round::AreaSetRef,
    table::{Row, Table},
};

pub use crosswalk::{Crosswalk, Obstacle, Part, Redrawn};

const COLUMNS: [&str; 8] = ["code", "name", "valid_from", "valid_to", "parent", "nyko_codes", "tile_row", "tile_col"];

/// One area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Code: text, never parsed as a number.
    pub code: String,
    /// Name in Swedish.
    pub name: String,
    /// Names in other languages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Code of the area that it is a part of; none for the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// First day of this boundary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day of this boundary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Small-area codes that make it up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nyko_codes: Vec<String>,
    /// Row and column in a map of tiles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tile: Option<(u16, u16)>,
}

impl Area {
    /// The name in a language, Swedish if there is none.
    #[must_use]
    pub fn name_in(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

/// A version of a set of areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaSet {
    id: String,
    version: String,
    areas: Vec<Area>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaFile {
    id: String,
    version: String,
    area: Vec<Area>,
}

impl AreaSet {
    /// Reads `code,name,valid_from,valid_to,parent,nyko_codes`, optional `tile_row,tile_col` and
    /// `name:<language>`.
    ///
    /// # Errors
    /// The refusals of the import of areas, every one at once.
    pub fn from_csv(id: &str, version: &str, bytes: &[u8]) -> Imported<Self> {
        let table = Table::read(bytes)?;
        table.require(&COLUMNS[..6])?;
        let mut faults = Faults::default();
        let mut areas = Vec::new();
        for row in table.rows() {
            if let Some(area) = read_row(&table, row, &mut faults) {
                areas.push((row.line(), area));
            }
        }
        Self::checked(id, version, areas, faults)
    }

    /// Reads `id`, `version` and `[[area]]` tables with the same fields.
    ///
    /// # Errors
    /// `toml` for a text that cannot be read, else as [`AreaSet::from_csv`]; lines are those of the
    /// area's order, as the text has none.
    pub fn from_toml(text: &str) -> Imported<Self> {
        let file: AreaFile = toml::from_str(text).map_err(|error| {
            vec![ImportFault::of_file("toml", error.message(), "see the example of an area set in the README")]
        })?;
        let areas = (1..).zip(file.area).collect();
        Self::checked(&file.id, &file.version, areas, Faults::default())
    }

    fn checked(id: &str, version: &str, areas: Vec<(u64, Area)>, mut faults: Faults) -> Imported<Self> {
        let cell = |line: u64, column: &str, found: &str, code, detail: &str| {
            ImportFault::of_cell(code, line, column, found, detail)
        };
        let mut codes = BTreeSet::new();
        let mut nyko = BTreeSet::new();
        let mut tiles = BTreeSet::new();
        let mut roots = 0;
        for (line, area) in &areas {
            if !code_fits(&area.code) {
                let detail = "use 1-40 of A-Z a-z 0-9 _ @ $ -, unlike DeSO and RegSO codes";
                faults.add(cell(*line, "code", &area.code, "area_code_format", detail));
            }
            if !codes.insert(&area.code) {
                faults.add(cell(*line, "code", &area.code, "row_duplicate", "give every code once"));
            }
            match &area.parent {
                None => roots += 1,
                Some(parent) if !areas.iter().any(|(_, other)| other.code == *parent) => {
                    faults.add(cell(*line, "parent", parent, "area_parent_unknown", "add a row for the parent"));
                }
                Some(_) => {}
            }
            if area.valid_from.zip(area.valid_to).is_some_and(|(from, to)| from > to) {
                let found = area.valid_to.map_or_else(String::new, |to| to.to_string());
                faults.add(cell(*line, "valid_to", &found, "area_dates", "let it end after it begins"));
            }
            for code in area.nyko_codes.iter().filter(|code| !nyko.insert((*code).clone())) {
                faults.add(cell(*line, "nyko_codes", code, "area_nyko_overlap", "give a Nyko code to one area only"));
            }
            if let Some((row, column)) = area.tile.filter(|&tile| !tiles.insert(tile)) {
                let found = format!("{row},{column}");
                faults.add(cell(*line, "tile_row", &found, "tile_collision", "give every tile to one area"));
            }
            if in_cycle(&areas, area) {
                faults.add(cell(
                    *line,
                    "parent",
                    &area.code,
                    "area_cycle",
                    "let every area end at the one without parent",
                ));
            }
        }
        if roots != 1 && !areas.is_empty() {
            let detail = "leave `parent` empty in exactly one row: the total";
            faults.add(ImportFault::of_file("area_root", roots.to_string(), detail));
        }
        if areas.is_empty() && faults.is_empty() {
            faults.add(ImportFault::of_file("file_empty", "", "give at least one area"));
        }
        let areas = areas.into_iter().map(|(_, area)| area).collect();
        faults.finish(Self { id: id.to_owned(), version: version.to_owned(), areas })
    }

    /// Id and version.
    #[must_use]
    pub fn reference(&self) -> AreaSetRef {
        AreaSetRef { id: self.id.clone(), version: self.version.clone() }
    }

    /// The area that all others are parts of.
    #[must_use]
    pub fn total(&self) -> Option<&Area> {
        self.areas.iter().find(|area| area.parent.is_none())
    }

    /// The areas that people are asked about and sampled in, in order. A set that consists of its
    /// total alone has none.
    pub fn districts(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(|area| {
            area.parent.is_some() && !self.areas.iter().any(|other| other.parent.as_deref() == Some(area.code.as_str()))
        })
    }

    /// Every area, the total too, in the file's order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == code)
    }

    /// The district's place, which is its option code: from 1.
    #[must_use]
    pub fn option_of(&self, code: &str) -> Option<u8> {
        self.districts().position(|area| area.code == code).and_then(|place| u8::try_from(place + 1).ok())
    }

    /// The district of an option code.
    #[must_use]
    pub fn district_of(&self, option: u8) -> Option<&Area> {
        self.districts().nth(usize::from(option).checked_sub(1)?)
    }

    /// What fixes the boundary of an area: where two sets give the same text, the area is the same.
    /// Without dates and Nyko codes the version of the set has to stand for it.
    #[must_use]
    pub fn boundary(&self, area: &Area) -> String {
        if area.nyko_codes.is_empty() && area.valid_from.is_none() {
            return format!("{} {}", self.id, self.version);
        }
        let from = area.valid_from.map_or_else(String::new, |from| from.to_string());
        let mut nyko = area.nyko_codes.clone();
        nyko.sort_unstable();
        format!("{} {from} {}", self.id, nyko.join(" "))
    }
}

fn read_row(table: &Table, row: Row<'_>, faults: &mut Faults) -> Option<Area> {
    let code = faults.keep(row.filled("code"));
    let name = faults.keep(row.filled("name"));
    let mut date = |column| if row.get(column).is_empty() { None } else { faults.keep(row.date(column)) };
    let (valid_from, valid_to) = (date("valid_from"), date("valid_to"));
    let mut tile = |column| {
        let number = row.get(column).parse::<u16>();
        match row.get(column) {
            "" => None,
            _ => faults.keep(number.map_err(|_| row.fault("not_a_number", column, "give a whole number"))),
        }
    };
    let tile = tile("tile_row").zip(tile("tile_col"));
    let names = table.header().iter().filter_map(|column| {
        let language = column.strip_prefix("name:")?;
        let name = row.get(column);
        (!name.is_empty()).then(|| (language.to_owned(), name.to_owned()))
    });
    Some(Area {
        code: code?.to_owned(),
        name: name?.to_owned(),
        names: names.collect(),
        parent: Some(row.get("parent")).filter(|parent| !parent.is_empty()).map(str::to_owned),
        valid_from,
        valid_to,
        nyko_codes: row.get("nyko_codes").split_whitespace().map(str::to_owned).collect(),
        tile,
    })
}

/// `[A-Za-z0-9_@$-]{1,40}`, and neither DeSO (`0114A0010`) nor RegSO (`0114R001`).
fn code_fits(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'$' | b'-');
    let shape: String = code.bytes().map(|byte| if byte.is_ascii_digit() { '0' } else { char::from(byte) }).collect();
    (1..=40).contains(&code.len())
        && code.bytes().all(allowed)
        && !["0000A0000", "0000B0000", "0000C0000", "0000R000"].contains(&shape.as_str())
}

fn in_cycle(areas: &[(u64, Area)], start: &Area) -> bool {
    let mut at = start;
    for _ in 0..=areas.len() {
        let Some(parent) = &at.parent else { return false };
        let Some((_, next)) = areas.iter().find(|(_, area)| area.code == *parent) else { return false };
        at = next;
    }
    true
}

#[cfg(test)]
pub(super) mod tests;
