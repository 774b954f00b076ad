//! The frame of a round: which letter goes to which district. Letter numbers are the office's own and
//! lead to persons only in the office's address file, which is never stored.

use std::collections::BTreeSet;

use super::{
    area::AreaSet,
    import::{Faults, Imported},
    sample::Sample,
    table::Table,
};

/// Longest letter number. Shorter than any way to write a personal identity number.
const MOST_SYMBOLS: usize = 8;

/// Letters in the order of the file: number and code of the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Each letter once.
    pub letters: Vec<(String, String)>,
}

/// Whether `text` may be a letter number: letters and digits, few enough to hold nobody's identity.
#[must_use]
pub fn is_letter_number(text: &str) -> bool {
    (1..=MOST_SYMBOLS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Frame {
    /// Reads `letter_no,area_code`, a row a letter; or `area_code,sampled`, where letters get their
    /// numbers by counting.
    ///
    /// # Errors
    /// `letter_number`, `row_duplicate`, `code_unknown`, …, and those of [`Sample::from_csv`]; every
    /// fault at once.
    pub fn from_csv(bytes: &[u8], set: &AreaSet) -> Imported<Self> {
        let table = Table::read(bytes)?;
        if table.column("letter_no").is_none() && table.column("sampled").is_some() {
            return Ok(Self::counted(&Sample::from_csv(bytes, set)?));
        }
        table.require(&["letter_no", "area_code"])?;
        let mut faults = Faults::default();
        let mut numbers = BTreeSet::new();
        let mut letters = Vec::new();
        for row in table.rows() {
            let (number, area) = (faults.keep(row.filled("letter_no")), faults.keep(row.filled("area_code")));
            let (Some(number), Some(area)) = (number, area) else { continue };
            if !is_letter_number(number) {
                faults.add(row.fault(
                    "letter_number",
                    "letter_no",
                    "use 1 to 8 letters and digits, and nobody's identity",
                ));
            } else if set.option_of(area).is_none() {
                faults.add(row.fault("code_unknown", "area_code", "use a district of the round's area set"));
            } else if numbers.insert(number) {
                letters.push((number.to_owned(), area.to_owned()));
            } else {
                faults.add(row.fault("row_duplicate", "letter_no", "give every letter once"));
            }
        }
        faults.finish(Self { letters })
    }

    fn counted(sample: &Sample) -> Self {
        let areas = sample.areas.iter().flat_map(|(area, sampled)| (0..*sampled).map(move |_| area.clone()));
        Self { letters: (1_u64..).zip(areas).map(|(number, area)| (format!("{number:06}"), area)).collect() }
    }

    /// How many letters go to each district of `set`.
    #[must_use]
    pub fn sample(&self, set: &AreaSet) -> Sample {
        let count = |code: &str| self.letters.iter().filter(|(_, area)| area == code).count() as u64;
        Sample { areas: set.districts().map(|district| (district.code.clone(), count(&district.code))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::survey::area::tests::two_districts;

    fn read(text: &str) -> Imported<Frame> {
        Frame::from_csv(text.as_bytes(), &two_districts())
    }

    #[test]
    fn letters_keep_the_offices_numbers_and_are_counted_by_district() {
        let frame = read("area_code;letter_no\n2580T05;A17\n2580T08;B2\n2580T05;0003\n").unwrap();
        let numbers: Vec<&str> = frame.letters.iter().map(|(number, _)| number.as_str()).collect();
        assert_eq!(numbers, ["A17", "B2", "0003"]);
        let sample = frame.sample(&two_districts());
        assert_eq!(sample.areas, [("2580T08".to_owned(), 1), ("2580T05".to_owned(), 2)]);
    }

    #[test]
    fn a_sample_by_district_is_numbered_by_counting() {
        let frame = read("area_code,sampled\n2580T05,2\n2580T08,1\n").unwrap();
        let letter = |number: &str, area: &str| (number.to_owned(), area.to_owned());
        assert_eq!(
            frame.letters,
            [letter("000001", "2580T08"), letter("000002", "2580T05"), letter("000003", "2580T05")]
        );
    }

    #[rstest]
    #[case::no_number("letter_no,area_code\n,2580T05\n", &["cell_empty"], 2)]
    #[case::no_area("letter_no,area_code\n1,2580T05\n2,\n", &["cell_empty"], 3)]
    #[case::identity("letter_no,area_code\n198001019999,2580T05\n", &["letter_number"], 2)]
    #[case::short_identity("letter_no,area_code\n800101-9999,2580T05\n", &["letter_number"], 2)]
    #[case::blank_inside("letter_no,area_code\n1 2,2580T05\n", &["letter_number"], 2)]
    #[case::twice("letter_no,area_code\n1,2580T05\n1,2580T08\n", &["row_duplicate"], 3)]
    #[case::no_district("letter_no,area_code\n1,2580\n", &["code_unknown"], 2)]
    #[case::everything("letter_no,area_code\n1,x\n,2580T05\n1 1,2580T05\n", &["code_unknown", "cell_empty", "letter_number"], 2)]
    fn each_refusal_has_its_smallest_file(#[case] text: &str, #[case] codes: &[&str], #[case] line: u64) {
        let faults = read(text).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), codes);
        assert_eq!(faults[0].row, Some(line));
    }

    #[test]
    fn a_file_of_neither_form_is_told_what_it_lacks() {
        let codes: Vec<_> = read("area_code,n\n").unwrap_err().into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["column_missing"]);
    }
}
