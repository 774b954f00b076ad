//! A foreign file row by row, under a mapping. Nothing is rounded, guessed or trimmed but blanks
//! around a cell; what does not fit refuses its row by line, column and value.

use std::collections::{BTreeMap, HashMap};

use super::mapping::{Coded, Mapping, ModeOf};
use crate::{
    questionnaire::{Questionnaire, Stream},
    survey::answer_sheet::{AnswerSheet, Context, Paradata},
};

/// A row that was refused, with the first reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Line in the file, from 1.
    pub line: u64,
    /// Column.
    pub column: String,
    /// The value as it stood.
    pub value: String,
    /// Why.
    pub reason: String,
    /// The row's cells as they stood.
    pub cells: Vec<String>,
}

/// What a file holds under a mapping.
#[derive(Debug, Default)]
pub struct Reading {
    /// The header.
    pub header: Vec<String>,
    /// Checked sheets in file order.
    pub sheets: Vec<AnswerSheet>,
    /// Refused rows.
    pub refused: Vec<Refused>,
    /// Rows that the mapping leaves out.
    pub skipped: usize,
    /// How often each code of each item occurs among the checked sheets.
    pub counts: BTreeMap<(String, u8), usize>,
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is neither UTF-8 nor a table.
    #[error("the file cannot be read as a table: {0}")]
    Table(String),
    /// A column that the mapping names is not there.
    #[error("the file lacks the column(s) {0}; correct the mapping or the header")]
    Columns(String),
}

/// Reads `rows` (line number and cells) under `mapping`. `areas` are the area codes in order.
///
/// # Errors
/// A missing column; everything else is told row by row.
pub fn read(
    header: Vec<String>,
    rows: impl Iterator<Item = (u64, Vec<String>)>,
    mapping: &Mapping,
    questionnaire: &Questionnaire,
    areas: &[&str],
) -> Result<Reading, ReadError> {
    let lacking: Vec<&str> =
        mapping.columns().into_iter().filter(|column| !header.iter().any(|name| name == column)).collect();
    if !lacking.is_empty() {
        return Err(ReadError::Columns(lacking.join(", ")));
    }
    let mut reading = Reading::default();
    // The first of two columns of one name counts.
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, name) in header.iter().enumerate() {
        places.entry(name).or_insert(place);
    }
    let mut counts = vec![[0_usize; 256]; questionnaire.items().len()];
    for (line, cells) in rows {
        let row = Row { places: &places, cells: &cells };
        if let Some((column, wanted)) = &mapping.rows
            && row.cell(column) != wanted
        {
            reading.skipped += 1;
            continue;
        }
        match sheet(&row, mapping, questionnaire, areas) {
            Ok(sheet) => {
                for (count, &code) in counts.iter_mut().zip(sheet.codes()) {
                    count[usize::from(code)] += 1;
                }
                reading.sheets.push(sheet);
            }
            Err((column, value, reason)) => reading.refused.push(Refused { line, column, value, reason, cells }),
        }
    }
    for (item, count) in questionnaire.items().iter().zip(&counts) {
        let found = (0..=u8::MAX).zip(count).filter(|(_, count)| **count > 0);
        reading.counts.extend(found.map(|(code, &count)| ((item.id.clone(), code), count)));
    }
    reading.header = header;
    Ok(reading)
}

struct Row<'a> {
    places: &'a HashMap<&'a str, usize>,
    cells: &'a [String],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        self.places.get(column).and_then(|&place| self.cells.get(place)).map_or("", |cell| cell.trim())
    }

    fn coded<'m, T>(&self, coded: &'m Coded<T>) -> Result<&'m T, (String, String, String)> {
        let value = self.cell(&coded.column);
        coded
            .codes
            .get(value)
            .ok_or_else(|| (coded.column.clone(), value.to_owned(), "the mapping does not list this value".to_owned()))
    }
}

fn sheet(
    row: &Row<'_>,
    mapping: &Mapping,
    questionnaire: &Questionnaire,
    areas: &[&str],
) -> Result<AnswerSheet, (String, String, String)> {
    let mode = match &mapping.mode {
        ModeOf::Every(mode) => *mode,
        ModeOf::Column(coded) => *row.coded(coded)?,
    };
    let area = match &mapping.area {
        Some(coded) => row.coded(coded)?.as_deref().and_then(|code| areas.iter().position(|area| *area == code)),
        None => None,
    };
    let mut given = BTreeMap::new();
    for (item, coded) in &mapping.items {
        given.insert(*item, *row.coded(coded)?);
    }
    let context = Context {
        paradata: Paradata {
            mode,
            language: 1,
            stream: Stream::Resident,
            place: crate::questionnaire::missing::FILTERED,
        },
        areas: areas.len(),
        area: area.and_then(|place| u8::try_from(place + 1).ok()),
    };
    questionnaire.check_import(&given, &context).map_err(|faults| {
        let fault = faults.into_iter().next();
        let (item, code) = fault.map_or_else(Default::default, |fault| (fault.item, fault.code));
        (item, String::new(), code.to_owned())
    })
}
