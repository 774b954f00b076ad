//! Whether area set, sample and population of a round agree, district by district: the condition of
//! scheduling it.

use super::{area::AreaSet, population::Population, sample::Sample};

/// A district in which the tables contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{area}: {code}: {detail}")]
pub struct Disagreement {
    /// Code of the district; the set's id if the whole differs.
    pub area: String,
    /// Stable code.
    pub code: &'static str,
    /// What to do.
    pub detail: String,
}

/// Every district in which the tables contradict each other; none if they agree.
#[must_use]
pub fn disagreements(set: &AreaSet, sample: &Sample, population: &Population) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let mut tell = |area: &str, code, detail: String| found.push(Disagreement { area: area.to_owned(), code, detail });
    for district in set.districts() {
        let code = district.code.as_str();
        let persons = population.districts.iter().any(|known| known == code).then(|| population.district_total(code));
        match (sample.of(code), persons) {
            (None, _) => tell(code, "sample_missing", "add the district to the sample".into()),
            (_, None) => tell(code, "population_missing", "add the district to the population table".into()),
            (Some(sampled), Some(0)) if sampled > 0 => {
                tell(code, "population_zero", format!("{sampled} are invited where nobody lives"));
            }
            (Some(sampled), Some(persons)) if sampled > persons => {
                tell(code, "sample_exceeds_population", format!("{sampled} are sampled of {persons}"));
            }
            (Some(0), Some(persons)) if persons > 0 => {
                tell(code, "sample_zero", format!("nobody is invited of {persons}"));
            }
            _ => {}
        }
    }
    let known = |code: &str| set.districts().any(|district| district.code == code);
    for (code, _) in sample.areas.iter().filter(|(code, _)| !known(code)) {
        tell(code, "code_unknown", "the sample has a district that the area set lacks".into());
    }
    for code in population.districts.iter().filter(|code| !known(code)) {
        tell(code, "code_unknown", "the population table has a district that the area set lacks".into());
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::survey::{area::tests::two_districts, population::Margins};

    fn population(districts: &[(&str, u64)]) -> Population {
        let mut text = "area_code,sex,age_group,persons,reference_date\n".to_owned();
        for (code, persons) in districts {
            writeln!(text, "{code},woman,16-85,{persons},2029-12-31\n{code},man,16-85,0,2029-12-31").unwrap();
        }
        let codes: Vec<String> = districts.iter().map(|(code, _)| (*code).to_owned()).collect();
        let margins = Margins { districts: &codes, total: "2580", age_groups: &["16-85".to_owned()] };
        Population::from_csv(text.as_bytes(), &margins).unwrap()
    }

    fn sample(areas: &[(&str, u64)]) -> Sample {
        Sample { areas: areas.iter().map(|(code, sampled)| ((*code).to_owned(), *sampled)).collect() }
    }

    fn told(sample: &Sample, population: &Population) -> Vec<String> {
        disagreements(&two_districts(), sample, population).iter().map(|d| format!("{} {}", d.area, d.code)).collect()
    }

    #[test]
    fn tables_of_the_same_districts_agree() {
        let people = population(&[("2580T05", 4_000), ("2580T08", 300)]);
        assert_eq!(told(&sample(&[("2580T08", 300), ("2580T05", 300)]), &people), [""; 0]);
    }

    #[test]
    fn every_district_that_does_not_fit_is_told() {
        let people = population(&[("2580T05", 0), ("2580T08", 299), ("2580T09", 1)]);
        assert_eq!(
            told(&sample(&[("2580T08", 300), ("2580T05", 300), ("2580T07", 1)]), &people),
            [
                "2580T08 sample_exceeds_population",
                "2580T05 population_zero",
                "2580T07 code_unknown",
                "2580T09 code_unknown"
            ]
        );
        assert_eq!(
            told(&sample(&[("2580T08", 0)]), &population(&[("2580T08", 5)])),
            ["2580T08 sample_zero", "2580T05 sample_missing"]
        );
        assert_eq!(
            told(&sample(&[("2580T08", 1), ("2580T05", 1)]), &population(&[("2580T08", 5)])),
            ["2580T05 population_missing"]
        );
    }
}
