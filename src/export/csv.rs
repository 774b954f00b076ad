//! A table as CSV (formats specification, section 4): one row a record, no comment line, no total row.
//! A last column `notice` stands only where something has to be said of the release.

use std::io::Write;

use super::{
    ExportError, changes,
    series::{Cell, SeriesTable, direction},
};
use crate::survey::release::{Notice, Release, Unit, name_in};

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, decimal points, no byte-order mark; marks in `status` only.
    Rfc4180,
    /// Semicolons, decimal commas, byte-order mark; marks also where figures stand.
    ExcelSv,
}

impl Dialect {
    /// The dialect with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Rfc4180, Self::ExcelSv].into_iter().find(|dialect| dialect.key() == key)
    }

    /// Key in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rfc4180 => "rfc4180",
            Self::ExcelSv => "excel-sv",
        }
    }
}

/// Writes the table `table` of `releases` in `language`; a table id with a `C` at its end is the change
/// table of the table before it.
///
/// # Errors
/// [`ExportError::UnknownTable`], or what writing says.
pub fn write(
    releases: &[&Release],
    table: &str,
    language: &str,
    dialect: Dialect,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let (base, of_changes) = table.strip_suffix('C').map_or((table, false), |base| (base, true));
    let series = SeriesTable::of(releases.to_vec(), base)?;
    let noticed = releases.iter().any(|release| !release.notices().is_empty());
    if dialect == Dialect::ExcelSv {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(if dialect == Dialect::ExcelSv { b';' } else { b',' })
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let failed = |error: csv::Error| ExportError::Write(std::io::Error::other(error));
    let columns = if of_changes { changes::COLUMNS } else { COLUMNS };
    writer.write_record(header(&series, columns, noticed)).map_err(failed)?;
    for cell in series.cells() {
        let figures =
            if of_changes { changes::row(&cell, language, dialect) } else { Some(row(&cell, language, dialect)) };
        let Some(figures) = figures else { continue };
        let mut whole = group(&cell, language, dialect);
        whole.extend(figures);
        if noticed {
            let notices: Vec<&str> = cell.release.notices().iter().map(|notice: &Notice| notice.key()).collect();
            whole.push(notices.join(";"));
        }
        writer.write_record(whole).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

/// Columns after the dimensions.
const COLUMNS: &str =
    "measure,measure_label,unit,direction,period,value,lower,upper,n,rounded_to,status,reason,release";

fn header(series: &SeriesTable<'_>, columns: &str, noticed: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for dimension in &series.dimensions {
        let id = dimension.id.to_lowercase();
        names.push(id.clone());
        names.push(format!("{id}_label"));
    }
    names.extend(columns.split(',').map(str::to_owned));
    if noticed {
        names.push("notice".to_owned());
    }
    names
}

fn group(cell: &Cell<'_>, language: &str, dialect: Dialect) -> Vec<String> {
    let labels = cell.group.iter();
    labels
        .flat_map(|label| [label.code.as_str(), name_in(&label.names, language)].map(|text| safe(text, dialect)))
        .collect()
}

fn row(cell: &Cell<'_>, language: &str, dialect: Dialect) -> Vec<String> {
    let text = |text: &str| safe(text, dialect);
    let (measure, status) = (cell.measure, cell.status());
    let mut row = vec![
        text(&measure.id),
        text(name_in(&measure.names, language)),
        measure.unit.key().to_owned(),
        direction(measure).to_owned(),
        cell.release.head().period.clone(),
    ];
    let figures = cell.record.and_then(|record| {
        let value = record.value?;
        Some((value, record.lower, record.upper, record.n, record.rounded_to))
    });
    row.extend(number_columns(figures, &status, measure.unit, dialect));
    row.extend([status, cell.reason(), text(&cell.release.head().id)]);
    row
}

/// value, lower, upper, n and unit of rounding of what is shown.
pub(super) type Figures = (f64, Option<f64>, Option<f64>, Option<u64>, Option<f64>);

/// The same as text; what is not shown has its mark in the file for spreadsheets.
pub(super) fn number_columns(figures: Option<Figures>, status: &str, unit: Unit, dialect: Dialect) -> [String; 5] {
    let Some((value, lower, upper, n, rounded_to)) = figures else {
        let mark = if dialect == Dialect::ExcelSv { status } else { "" };
        return [mark, mark, mark, mark, ""].map(str::to_owned);
    };
    let decimals = decimals(rounded_to, unit);
    let number = |value: Option<f64>, decimals: usize| {
        let text = value.map_or_else(String::new, |value| format!("{value:.decimals$}"));
        if dialect == Dialect::ExcelSv { text.replace('.', ",") } else { text }
    };
    let fine = rounded_to.is_some_and(|unit| unit < 1.0);
    [
        number(Some(value), decimals),
        number(lower, decimals),
        number(upper, decimals),
        n.map_or_else(String::new, |n| n.to_string()),
        number(rounded_to, if fine { decimals } else { 0 }),
    ]
}

/// Decimals of a figure: one if its unit of rounding is below 1, two for steps, else none.
#[must_use]
pub fn decimals(rounded_to: Option<f64>, unit: Unit) -> usize {
    match (unit, rounded_to) {
        (Unit::Steps, _) => 2,
        (_, Some(rounded_to)) if rounded_to < 1.0 => 1,
        _ => 0,
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe, in the file for spreadsheets.
pub(super) fn safe(text: &str, dialect: Dialect) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && dialect == Dialect::ExcelSv { format!("'{text}") } else { text.to_owned() }
}
