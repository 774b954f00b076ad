//! What the desk knows of sampled people who did not answer: over-coverage (dead, moved out) and
//! letters returned blank or declined, by district.

use std::collections::BTreeMap;

use super::{
    import::{Faults, ImportFault, Imported},
    sample::Sample,
    table::Table,
};

/// Counts of one district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCount {
    /// Code of the district.
    pub area: String,
    /// O: dead, moved out.
    pub over_coverage: u64,
    /// B: returned blank or declined.
    pub blank: u64,
}

/// Reads `area_code,over_coverage,blank`: a row for every sampled district. `used` are the codes used
/// in each.
///
/// # Errors
/// `area_unknown`, `row_duplicate`, `count_negative`, `count_not_integer`, `counts_exceed_sample`
/// (O + B + used > S), `area_missing`, …; every fault at once.
pub fn read(bytes: &[u8], sample: &Sample, used: &BTreeMap<String, u64>) -> Imported<Vec<DeskCount>> {
    let table = Table::read(bytes)?;
    table.require(&["area_code", "over_coverage", "blank"])?;
    let mut faults = Faults::default();
    let mut found: Vec<DeskCount> = Vec::new();
    for row in table.rows() {
        let mut count = |column| faults.keep(row.count(column, "count_negative", "count_not_integer"));
        let (over_coverage, blank) = (count("over_coverage"), count("blank"));
        let Some(area) = faults.keep(row.filled("area_code")) else { continue };
        let Some(sampled) = sample.of(area) else {
            faults.add(row.fault("area_unknown", "area_code", "use a district that people were sampled in"));
            continue;
        };
        if found.iter().any(|known| known.area == area) {
            faults.add(row.fault("row_duplicate", "area_code", "give every district once"));
            continue;
        }
        let count =
            DeskCount { area: area.to_owned(), over_coverage: over_coverage.unwrap_or(0), blank: blank.unwrap_or(0) };
        let spent = used.get(area).copied().unwrap_or(0);
        if count.over_coverage + count.blank + spent > sampled {
            let detail = format!(
                "{} + {} and {spent} used codes are more than the {sampled} sampled in {area}",
                count.over_coverage, count.blank
            );
            faults.add(row.fault("counts_exceed_sample", "over_coverage", detail));
        }
        found.push(count);
    }
    let mut counts = Vec::new();
    for (area, _) in &sample.areas {
        match found.iter().find(|count| count.area == *area) {
            Some(count) => counts.push(count.clone()),
            None => faults.add(ImportFault::of_file("area_missing", area, "give every sampled district a row")),
        }
    }
    faults.finish(counts)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn sample() -> Sample {
        Sample { areas: vec![("A".to_owned(), 300), ("B".to_owned(), 300)] }
    }

    fn used() -> BTreeMap<String, u64> {
        BTreeMap::from([("A".to_owned(), 200)])
    }

    #[test]
    fn counts_stand_in_the_order_of_the_sample() {
        let text = "blank;area_code;over_coverage\n2;B;5\n30;A;70\n";
        let read = read(text.as_bytes(), &sample(), &used()).unwrap();
        let count = |area: &str, over_coverage, blank| DeskCount { area: area.to_owned(), over_coverage, blank };
        assert_eq!(read, [count("A", 70, 30), count("B", 5, 2)]);
    }

    #[rstest]
    #[case::more_than_sampled("A,71,30\nB,0,0\n", &["counts_exceed_sample"])]
    #[case::unknown("A,0,0\nB,0,0\nC,0,0\n", &["area_unknown"])]
    #[case::negative("A,-1,0\nB,0,0\n", &["count_negative"])]
    #[case::half("A,0,0.5\nB,0,0\n", &["count_not_integer"])]
    #[case::twice("A,0,0\nA,0,0\nB,0,0\n", &["row_duplicate"])]
    #[case::left_out("A,0,0\n", &["area_missing"])]
    #[case::everything("A,x,0\nC,1,1\n", &["not_a_number", "area_unknown", "area_missing"])]
    fn each_refusal_has_its_smallest_file(#[case] rows: &str, #[case] codes: &[&str]) {
        let faults = read(format!("area_code,over_coverage,blank\n{rows}").as_bytes(), &sample(), &used()).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), codes);
        let line = faults[0].row;
        assert!(line.is_some() || faults[0].code == "area_missing", "{:?}", faults[0]);
    }
}
