//! How many people were sampled in each district.

use serde::{Deserialize, Serialize};

use super::{
    area::AreaSet,
    import::{Faults, ImportFault, Imported},
    table::Table,
};

/// Sampled people by district, in the order of the area set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Code of the district and how many were sampled there.
    pub areas: Vec<(String, u64)>,
}

impl Sample {
    /// Reads `area_code,sampled`.
    ///
    /// # Errors
    /// `code_unknown`, `row_duplicate`, `sampled_negative`, `sampled_not_integer`, `area_missing`, …;
    /// every fault at once.
    pub fn from_csv(bytes: &[u8], set: &AreaSet) -> Imported<Self> {
        let table = Table::read(bytes)?;
        table.require(&["area_code", "sampled"])?;
        let mut faults = Faults::default();
        let mut found: Vec<(String, u64)> = Vec::new();
        for row in table.rows() {
            let count = faults.keep(row.count("sampled", "sampled_negative", "sampled_not_integer"));
            let Some(code) = faults.keep(row.filled("area_code")) else { continue };
            if set.option_of(code).is_none() {
                faults.add(row.fault("code_unknown", "area_code", "use a district of the round's area set"));
            } else if found.iter().any(|(known, _)| known == code) {
                faults.add(row.fault("row_duplicate", "area_code", "give every district once"));
            } else {
                found.push((code.to_owned(), count.unwrap_or(0)));
            }
        }
        let mut areas = Vec::new();
        for district in set.districts() {
            match found.iter().find(|(code, _)| *code == district.code) {
                Some(row) => areas.push(row.clone()),
                None => faults.add(ImportFault::of_file("area_missing", &district.code, "give every district a row")),
            }
        }
        faults.finish(Self { areas })
    }

    /// Sampled people in a district; none if it is not in the sample.
    #[must_use]
    pub fn of(&self, area: &str) -> Option<u64> {
        self.areas.iter().find(|(code, _)| code == area).map(|(_, sampled)| *sampled)
    }

    /// Sampled people in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.areas.iter().map(|(_, sampled)| sampled).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::area::tests::two_districts;

    fn codes(text: &str) -> Vec<&'static str> {
        let read = Sample::from_csv(text.as_bytes(), &two_districts());
        read.err().unwrap_or_default().into_iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_sample_is_kept_in_the_order_of_the_areas() {
        let read = Sample::from_csv(b"sampled;area_code\n1 300;2580T05\n300;2580T08\n", &two_districts()).unwrap();
        assert_eq!(read.areas, [("2580T08".to_owned(), 300), ("2580T05".to_owned(), 1_300)]);
        assert_eq!((read.total(), read.of("2580T05"), read.of("2580")), (1_600, Some(1_300), None));
    }

    #[test]
    fn every_fault_of_a_sample_is_told() {
        let text = "area_code,sampled\n2580T08,-3\n2580T08,1\n2580,300\n,2\n";
        assert_eq!(codes(text), ["sampled_negative", "row_duplicate", "code_unknown", "cell_empty", "area_missing"]);
        assert_eq!(codes("area_code,n\n"), ["column_missing"]);
    }
}
