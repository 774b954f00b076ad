//! Who a letter goes to: the rows of an address file, for as long as the letters are being written.
//! Nothing here is stored, and nothing that is printed or told of a fault holds a cell: a refused row is
//! named by its line and column.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    import::{Faults, ImportFault, Imported},
    table::{Row, Table},
};

/// Longest line of an address; more does not fit behind an envelope's window.
const MOST_SYMBOLS: usize = 60;
/// Address lines beside the name.
const LINES: [&str; 5] = ["address_1", "address_2", "address_3", "address_4", "address_5"];

/// One row: a person, for the moment. `Debug` shows the letter's number and nothing else.
pub struct Addressee {
    /// The letter's number in the frame.
    pub letter_no: String,
    /// Name and address as they stand behind the window, a line each.
    pub lines: Vec<String>,
    /// Language tag of the letter.
    pub language: String,
}

impl fmt::Debug for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Addressee").field("letter_no", &self.letter_no).finish_non_exhaustive()
    }
}

/// What an address file is held against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// District of every letter of the frame, by its number.
    pub frame: &'a BTreeMap<&'a str, &'a str>,
    /// The round's languages; the first is that of rows without one.
    pub languages: &'a [String],
    /// Whether every letter of the frame has to have its row.
    pub all: bool,
}

/// Reads `letter_no,area_code,name,address_1…address_5,language`. `prints` says whether a text can be
/// printed.
///
/// # Errors
/// `letter_unknown`, `area_differs`, `language_unknown`, `cell_too_long`, `not_printable`,
/// `letters_missing`, …; every fault at once, none with what stood in a cell.
pub fn read(bytes: &[u8], expected: Expected<'_>, prints: impl Fn(&str) -> bool) -> Imported<Vec<Addressee>> {
    let table = Table::read(bytes).map_err(|faults| faults.into_iter().map(without_cells).collect::<Vec<_>>())?;
    table.require(&["letter_no", "area_code", "name", "address_1"])?;
    let mut faults = Faults::default();
    let mut seen = BTreeSet::new();
    let mut read = Vec::new();
    for row in table.rows() {
        let found = addressee(row, expected, &prints, &mut faults);
        let number = row.get("letter_no");
        if expected.frame.contains_key(number) && !seen.insert(number) {
            faults.add(unnamed(row, "row_duplicate", "letter_no", "give every letter once"));
        }
        read.extend(found);
    }
    let missing: Vec<&&str> = expected.frame.keys().filter(|number| !seen.contains(*number)).collect();
    if expected.all
        && let Some(first) = missing.first()
    {
        let detail = format!("letters of the frame without a row: {}; the first is {first}", missing.len());
        faults.add(ImportFault::of_file("letters_missing", "", detail));
    }
    faults.finish(read)
}

fn addressee(
    row: Row<'_>,
    expected: Expected<'_>,
    prints: impl Fn(&str) -> bool,
    faults: &mut Faults,
) -> Option<Addressee> {
    let told = |code, column, detail: &str| unnamed(row, code, column, detail);
    for column in ["letter_no", "area_code", "name", "address_1"] {
        faults.keep(row.filled(column).map_err(without_cells));
    }
    match expected.frame.get(row.get("letter_no")) {
        Some(area) if *area == row.get("area_code") => {}
        Some(_) if row.get("area_code").is_empty() => {}
        Some(_) => faults.add(told("area_differs", "area_code", "the frame has this letter in another district")),
        None if row.get("letter_no").is_empty() => {}
        None => faults.add(told("letter_unknown", "letter_no", "the round's frame has no such letter")),
    }
    let first = expected.languages.first()?;
    let language = Some(row.get("language")).filter(|tag| !tag.is_empty()).unwrap_or(first);
    if !expected.languages.iter().any(|known| known == language) {
        faults.add(told("language_unknown", "language", "use a language of the round, or leave it empty"));
    }
    let mut lines = Vec::new();
    for column in std::iter::once("name").chain(LINES) {
        let cell = row.get(column);
        if cell.chars().count() > MOST_SYMBOLS {
            faults.add(told("cell_too_long", column, "use at most 60 characters a line"));
        } else if cell.chars().any(char::is_control) || !prints(cell) {
            faults.add(told("not_printable", column, "use letters that the letters' font has, and one line a cell"));
        } else if !cell.is_empty() {
            lines.push(cell.to_owned());
        }
    }
    Some(Addressee { letter_no: row.get("letter_no").to_owned(), lines, language: language.to_owned() })
}

/// A fault of a row that does not tell what stood there.
fn unnamed(row: Row<'_>, code: &'static str, column: &str, detail: &str) -> ImportFault {
    without_cells(row.fault(code, column, detail))
}

fn without_cells(fault: ImportFault) -> ImportFault {
    ImportFault { found: String::new(), ..fault }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn languages() -> Vec<String> {
        vec!["sv".to_owned(), "ar".to_owned()]
    }

    fn faults(text: &str) -> Vec<ImportFault> {
        let frame = BTreeMap::from([("1", "T05"), ("2", "T08")]);
        let expected = Expected { frame: &frame, languages: &languages(), all: true };
        read(text.as_bytes(), expected, |cell| !cell.contains('☃')).err().unwrap_or_default()
    }

    #[test]
    fn a_row_becomes_the_lines_of_an_address() {
        let text = "\u{feff}letter_no;area_code;name;address_1;address_2;address_3;language\n\
                    2;T08;Åsa Čohkká;c/o Berg;Storgatan 1;972 38 Luleå;ar\n1;T05;Bo;Box 1;;97100 Luleå;\n";
        let frame = BTreeMap::from([("1", "T05"), ("2", "T08")]);
        let expected = Expected { frame: &frame, languages: &languages(), all: true };
        let read = read(text.as_bytes(), expected, |_| true).unwrap();
        assert_eq!(read[0].lines, ["Åsa Čohkká", "c/o Berg", "Storgatan 1", "972 38 Luleå"]);
        assert_eq!((read[0].language.as_str(), read[1].language.as_str()), ("ar", "sv"));
        assert_eq!(read[1].lines.len(), 3);
        assert_eq!(format!("{:?}", read[0]), "Addressee { letter_no: \"2\", .. }");
    }

    #[rstest]
    #[case::columns("letter_no,area_code\n1,T05\n", &["column_missing", "column_missing"])]
    #[case::unknown_letter("9,T05,N,A,\n", &["letter_unknown", "letters_missing"])]
    #[case::another_district("1,T08,N,A,\n", &["area_differs", "letters_missing"])]
    #[case::another_language("1,T05,N,A,fr\n", &["language_unknown", "letters_missing"])]
    #[case::empty("1,T05,,,\n", &["cell_empty", "cell_empty", "letters_missing"])]
    #[case::no_letter(",T05,N,A,\n", &["cell_empty", "letters_missing"])]
    #[case::twice("1,T05,N,A,\n1,T05,N,A,\n", &["row_duplicate", "letters_missing"])]
    #[case::no_glyph("1,T05,☃,A,\n2,T08,N,A,\n", &["not_printable"])]
    #[case::two_lines("1,T05,N,\"A\nB\",\n2,T08,N,A,\n", &["not_printable"])]
    #[case::short_row("1,T05,N\n", &["row_length"])]
    fn each_refusal_has_its_smallest_file(#[case] rows: &str, #[case] codes: &[&str]) {
        let head = if rows.starts_with("letter_no") { "" } else { "letter_no,area_code,name,address_1,language\n" };
        let found = faults(&format!("{head}{rows}"));
        assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn nothing_that_is_told_holds_a_cell() {
        let long = "Kanariefågel".repeat(6);
        for text in [
            format!("letter_no,area_code,name,address_1,language\nK1,KT,{long},Kanariegatan\tx,Kxx\nK2,KT,Kanarie\n"),
            format!("{long},{long}\n1,2\n"),
            "letter_no,Kanarie,Kanarie\n".to_owned(),
            "letter_no,area_code,name,address_1,language\nK1,KT,Kanarie ☃,Kanariegatan ☃,Kxx\n".to_owned(),
        ] {
            let found = faults(&text);
            assert!(!found.is_empty());
            for fault in found {
                let told = format!("{fault} {fault:?}");
                assert!(!told.contains("anarie") && !told.contains("K1") && !told.contains("KT"), "{told}");
            }
        }
    }
}
