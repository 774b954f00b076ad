//! Text tables as offices send them: byte-order mark or not, UTF-8 or Windows-1252, `;`, `,` or TAB,
//! decimal comma, thousands blanks. Bytes become cells with line numbers; formulas are text. What
//! the cells mean is decided elsewhere.

use super::import::{Faults, ImportFault, Imported};

/// The largest count that a file may hold: sums of such counts stay exact.
const MOST: u64 = 1_000_000_000_000;

/// A read table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
    lines: Vec<u64>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    place: usize,
}

/// A row that does not have as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uneven {
    /// Line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads a table: a header line, then rows. Blank lines are skipped, cells are trimmed.
    ///
    /// # Errors
    /// `file_encoding`, `column_duplicate`, `row_length`; every fault at once.
    pub fn read(bytes: &[u8]) -> Imported<Self> {
        let (table, uneven) = Self::read_uneven(bytes)?;
        let mut faults = Faults::default();
        for row in uneven {
            let detail = format!("give {} cells, as the header has", table.header.len());
            faults.add(ImportFault {
                row: Some(row.line),
                ..ImportFault::of_file("row_length", row.cells.len().to_string(), detail)
            });
        }
        faults.finish(table)
    }

    /// As [`Self::read`], but rows with more or fewer cells than the header are given apart, for the
    /// caller to refuse one by one.
    ///
    /// # Errors
    /// `file_encoding`, `column_duplicate`, `file_empty`.
    pub fn read_uneven(bytes: &[u8]) -> Imported<(Self, Vec<Uneven>)> {
        let text = decode(bytes).map_err(|fault| vec![fault])?;
        let mut faults = Faults::default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(&text))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut table = Self { header: Vec::new(), rows: Vec::new(), lines: Vec::new() };
        let mut uneven = Vec::new();
        let mut lines = Lines { text: text.as_bytes(), byte: 0, line: 1 };
        for record in reader.records() {
            let Some(record) = faults.keep(record.map_err(|error| {
                ImportFault::of_file("file_encoding", error.to_string(), "save the file as CSV in UTF-8")
            })) else {
                break;
            };
            let line = lines.of_record(record.position().map_or(0, csv::Position::byte));
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if table.header.is_empty() {
                table.header = record.iter().map(|cell| cell.trim().to_owned()).collect();
            } else if record.len() == table.header.len() {
                table.rows.push(record);
                table.lines.push(line);
            } else {
                uneven.push(Uneven { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() });
            }
        }
        for (place, name) in table.header.iter().enumerate() {
            if !name.is_empty() && table.header[..place].contains(name) {
                faults.add(ImportFault::of_file("column_duplicate", name.clone(), "name every column once"));
            }
        }
        if table.header.is_empty() {
            faults.add(ImportFault::of_file("file_empty", "", "give a header line and rows"));
        }
        faults.finish((table, uneven))
    }

    /// Names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }

    /// Refuses a table without one of these columns.
    ///
    /// # Errors
    /// `column_missing` for each.
    pub fn require(&self, names: &[&str]) -> Imported<()> {
        let mut faults = Faults::default();
        for name in names.iter().filter(|name| self.column(name).is_none()) {
            faults.add(ImportFault::of_file("column_missing", *name, "add the column, in any place"));
        }
        faults.finish(())
    }

    /// Columns that are not among `known`: ignored, and worth a warning.
    #[must_use]
    pub fn others(&self, known: &[&str]) -> Vec<&str> {
        self.header.iter().map(String::as_str).filter(|name| !name.is_empty() && !known.contains(name)).collect()
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|place| Row { table: self, place })
    }
}

impl<'t> Row<'t> {
    /// Line of the file on which the row begins, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.table.lines[self.place]
    }

    /// Cell of a column; empty if the table has no such column.
    #[must_use]
    pub fn get(&self, column: &str) -> &'t str {
        // A cell may hold blanks that the reader's trimming does not know.
        self.table.column(column).and_then(|place| self.record().get(place)).map_or("", str::trim)
    }

    /// All cells in the order of the header.
    pub fn cells(&self) -> impl Iterator<Item = &'t str> {
        self.record().iter().map(str::trim)
    }

    fn record(&self) -> &'t csv::StringRecord {
        &self.table.rows[self.place]
    }

    /// Cell of a column that must not be empty.
    ///
    /// # Errors
    /// `cell_empty`.
    pub fn filled(&self, column: &str) -> Result<&'t str, ImportFault> {
        match self.get(column) {
            "" => Err(self.fault("cell_empty", column, "fill in the cell")),
            cell => Ok(cell),
        }
    }

    /// A fault of one of the row's cells.
    #[must_use]
    pub fn fault(&self, code: &'static str, column: &str, detail: impl Into<String>) -> ImportFault {
        ImportFault::of_cell(code, self.line(), column, self.get(column), detail)
    }

    /// A whole number of at least 0. A decimal sign is refused even before zeros: `1.000` may be
    /// meant as a thousand.
    ///
    /// # Errors
    /// `cell_empty`, `not_a_number`, or `negative` and `fraction` as the caller names them.
    pub fn count(&self, column: &str, negative: &'static str, fraction: &'static str) -> Result<u64, ImportFault> {
        let cell = without_blanks(self.filled(column)?);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match cell.strip_prefix(['-', '\u{2212}']) {
            Some(rest) if number(rest).is_some() => return Err(self.fault(negative, column, "give 0 or more")),
            _ => {}
        }
        if !digits(&cell) {
            return Err(match number(&cell) {
                Some(_) => self.fault(fraction, column, "give a whole number without decimal sign"),
                None => self.fault("not_a_number", column, "give a whole number"),
            });
        }
        let smaller = || self.fault("not_a_number", column, "give a smaller number");
        cell.parse().ok().filter(|&count| count <= MOST).ok_or_else(smaller)
    }

    /// A date as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// `cell_empty`, `date_format`.
    pub fn date(&self, column: &str) -> Result<chrono::NaiveDate, ImportFault> {
        self.filled(column)?.parse().map_err(|_| self.fault("date_format", column, "write YYYY-MM-DD"))
    }
}

/// Counts lines as an editor does. The CSV reader's own count is that of the place where it went on
/// reading: before empty lines, and before the second half of a line end of Windows.
struct Lines<'t> {
    text: &'t [u8],
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    /// Line of the record that the reader found from `start` on; records come in order.
    fn of_record(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(&byte) = self.text.get(self.byte) {
            if self.byte >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.byte += 1;
            let pair = byte == b'\r' && self.text.get(self.byte) == Some(&b'\n');
            self.line += u64::from(matches!(byte, b'\r' | b'\n') && !pair);
        }
        self.line
    }
}

/// A number with decimal point or comma and blanks between thousands; nothing for other texts.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = without_blanks(text.trim()).replace('\u{2212}', "-").replace(',', ".");
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let plain = unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && unsigned.bytes().any(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect()
}

/// The delimiter that the first line holds most often outside quotes; a comma if it holds none.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b';', 0_u32), (b'\t', 0), (b',', 0)];
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += u32::from(byte == *delimiter && !quoted);
        }
    }
    // Of equal counts the earlier wins: a comma may stand inside a name.
    let best = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| best > 0 && *count == best).map_or(b',', |(delimiter, _)| *delimiter)
}

/// UTF-8 with or without byte-order mark, else Windows-1252.
fn decode(bytes: &[u8]) -> Result<String, ImportFault> {
    let refuse = |found: &str| Err(ImportFault::of_file("file_encoding", found, "save the file as CSV in UTF-8"));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refuse("UTF-16");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return refuse("NUL byte");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match bytes.iter().map(|&byte| windows_1252(byte)).collect() {
        Some(text) => Ok(text),
        None => refuse("neither UTF-8 nor Windows-1252"),
    }
}

/// A byte of Windows-1252; five bytes mean nothing there.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(HIGH[usize::from(byte - 0x80)]).filter(|&c| c != '\0'),
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        Table::read(bytes).unwrap().rows().map(|row| row.cells().map(str::to_owned).collect()).collect()
    }

    fn codes<T>(result: Imported<T>) -> Vec<&'static str> {
        result.err().unwrap_or_default().into_iter().map(|fault| fault.code).collect()
    }

    #[rstest]
    #[case::semicolons(b"code;name\n1;\"Lule\xc3\xa5; centrum\"\n".as_slice())]
    #[case::commas("code,name\r\n1,Luleå; centrum\r\n".as_bytes())]
    #[case::tabs("code\tname\n1\t Luleå; centrum \n".as_bytes())]
    #[case::byte_order_mark(b"\xef\xbb\xbfcode;name\n\n1;\"Lule\xc3\xa5; centrum\"".as_slice())]
    #[case::windows_1252(b"code;name\n1;\"Lule\xe5; centrum\"\n".as_slice())]
    fn a_table_is_read_as_offices_send_it(#[case] bytes: &[u8]) {
        assert_eq!(cells(bytes), [["1", "Luleå; centrum"]]);
    }

    #[rstest]
    #[case::unix("\n")]
    #[case::windows("\r\n")]
    #[case::old("\r")]
    fn a_row_is_on_the_line_that_an_editor_shows(#[case] end: &str) {
        let lines = ["", "a;b", "1;2", "", "\"3", "3\";4", "  ", "", "5;6"];
        let table = Table::read(lines.join(end).as_bytes()).unwrap();
        assert_eq!(table.rows().map(|row| row.line()).collect::<Vec<_>>(), [3, 5, 9]);
    }

    #[test]
    fn rows_know_their_lines_and_columns_come_in_any_order() {
        let table = Table::read(b"b,a\n1,2\n\n\"two\nlines\",4\n5,6\n").unwrap();
        let read: Vec<(u64, &str)> = table.rows().map(|row| (row.line(), row.get("a"))).collect();
        assert_eq!(read, [(2, "2"), (4, "4"), (6, "6")]);
        assert_eq!(table.others(&["a"]), ["b"]);
        assert_eq!(codes(table.require(&["a", "c", "d"])), ["column_missing", "column_missing"]);
    }

    #[rstest]
    #[case(b"\xff\xfea\0".as_slice(), "file_encoding")]
    #[case(b"a,b\n1,\0\n".as_slice(), "file_encoding")]
    #[case(b"a,b\n\xe5,\x81\n".as_slice(), "file_encoding")]
    #[case(b"a,a\n1,2\n".as_slice(), "column_duplicate")]
    #[case(b"a,b\n1,2,3\n".as_slice(), "row_length")]
    #[case(b"".as_slice(), "file_empty")]
    fn what_cannot_be_read_is_named(#[case] bytes: &[u8], #[case] code: &str) {
        assert_eq!(codes(Table::read(bytes)), [code]);
    }

    #[rstest]
    #[case("12 345,6", Some(12_345.6))]
    #[case("12\u{a0}345\u{202f}678.5", Some(12_345_678.5))]
    #[case("-0,5", Some(-0.5))]
    #[case("\u{2212}3", Some(-3.0))]
    #[case("1.2.3", None)]
    #[case("1e5", None)]
    #[case("inf", None)]
    #[case("-", None)]
    #[case("=1+1", None)]
    #[case("", None)]
    fn numbers_may_have_commas_and_blanks(#[case] text: &str, #[case] value: Option<f64>) {
        assert_eq!(number(text), value);
    }

    #[rstest]
    #[case("1 234", Ok(1_234))]
    #[case("0", Ok(0))]
    #[case("-3", Err("negative"))]
    #[case("1,5", Err("fraction"))]
    #[case("1.000", Err("fraction"))]
    #[case("many", Err("not_a_number"))]
    #[case("99999999999999999999", Err("not_a_number"))]
    fn counts_are_whole_numbers(#[case] cell: &str, #[case] expected: Result<u64, &str>) {
        let table = Table::read(format!("n;m\n{cell};x").as_bytes()).unwrap();
        let count = table.rows().next().unwrap().count("n", "negative", "fraction");
        assert_eq!(count.map_err(|fault| fault.code), expected);
    }
}
