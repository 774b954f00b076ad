//! A table as CSV (formats specification, section 4): one row a record, no comment line, no total row.
//! A last column `notice` stands only where something has to be said of the release.

use std::io::Write;

use super::{
    ExportError,
    series::{Cell, SeriesTable, direction},
};
use crate::{
    stats::disclosure::PublishedRecord,
    survey::release::{Notice, Release, Unit, name_in},
};

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

/// Writes the table `table` of `releases` in `language`.
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
    let series = SeriesTable::of(releases.to_vec(), table)?;
    let noticed = releases.iter().any(|release| !release.notices().is_empty());
    if dialect == Dialect::ExcelSv {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(if dialect == Dialect::ExcelSv { b';' } else { b',' })
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let failed = |error: csv::Error| ExportError::Write(std::io::Error::other(error));
    writer.write_record(header(&series, noticed)).map_err(failed)?;
    for cell in series.cells() {
        writer.write_record(row(&cell, language, dialect, noticed)).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

fn header(series: &SeriesTable<'_>, noticed: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for dimension in &series.dimensions {
        let id = dimension.id.to_lowercase();
        names.push(id.clone());
        names.push(format!("{id}_label"));
    }
    let fixed = "measure,measure_label,unit,direction,period,value,lower,upper,n,rounded_to,status,reason,release";
    names.extend(fixed.split(',').map(str::to_owned));
    if noticed {
        names.push("notice".to_owned());
    }
    names
}

fn row(cell: &Cell<'_>, language: &str, dialect: Dialect, noticed: bool) -> Vec<String> {
    let text = |text: &str| safe(text, dialect);
    let mut row = Vec::new();
    for label in &cell.group {
        row.push(text(&label.code));
        row.push(text(name_in(&label.names, language)));
    }
    let measure = cell.measure;
    row.push(text(&measure.id));
    row.push(text(name_in(&measure.names, language)));
    row.push(measure.unit.key().to_owned());
    row.push(direction(measure).to_owned());
    row.push(cell.release.head().period.clone());
    row.extend(figures(cell.record, cell.status(), measure.unit, dialect));
    row.push(cell.status().to_owned());
    row.push(cell.reason().to_owned());
    row.push(text(&cell.release.head().id));
    if noticed {
        let notices: Vec<&str> = cell.release.notices().iter().map(|notice: &Notice| notice.key()).collect();
        row.push(notices.join(";"));
    }
    row
}

/// value, lower, upper, n, `rounded_to`.
fn figures(record: Option<&PublishedRecord>, status: &str, unit: Unit, dialect: Dialect) -> [String; 5] {
    let shown = record.filter(|record| record.value.is_some());
    let Some(record) = shown else {
        let mark = if dialect == Dialect::ExcelSv { status } else { "" };
        return [mark, mark, mark, mark, ""].map(str::to_owned);
    };
    let decimals = decimals(record.rounded_to, unit);
    let number = |value: Option<f64>, decimals: usize| {
        let text = value.map_or_else(String::new, |value| format!("{value:.decimals$}"));
        if dialect == Dialect::ExcelSv { text.replace('.', ",") } else { text }
    };
    let fine = record.rounded_to.is_some_and(|unit| unit < 1.0);
    let n = record.n.map_or_else(String::new, |n| n.to_string());
    [
        number(record.value, decimals),
        number(record.lower, decimals),
        number(record.upper, decimals),
        n,
        number(record.rounded_to, if fine { decimals } else { 0 }),
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
fn safe(text: &str, dialect: Dialect) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && dialect == Dialect::ExcelSv { format!("'{text}") } else { text.to_owned() }
}
