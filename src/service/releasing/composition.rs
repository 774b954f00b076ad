//! Those who answered beside the population, by sex and age. No answer's content is here.

use crate::{
    service::estimation::{Estimated, Material},
    survey::{population::RegisterSex, release::Composed},
};

/// Those who answered by sex, by age and by both, beside the population; nothing without a population
/// table.
pub(super) fn composition(material: &Material, estimated: &Estimated) -> Vec<Composed> {
    let Some(population) = &material.population else { return Vec::new() };
    let is = |wanted: Option<&str>, found: &Option<String>| wanted.is_none() || wanted == found.as_deref();
    let answered = |sex: Option<&str>, age: Option<&str>| -> u64 {
        let cells = estimated.composition.iter().filter(|((of_sex, of_age), _)| is(sex, of_sex) && is(age, of_age));
        cells.map(|(_, count)| count).sum()
    };
    let persons = |sex: Option<&str>, age: Option<&str>| -> u64 {
        let cells = population.cells();
        let here =
            cells.filter(|cell| sex.is_none_or(|sex| cell.1.key() == sex) && age.is_none_or(|age| cell.2 == age));
        here.map(|cell| cell.3).sum()
    };
    let sexes: Vec<&str> = RegisterSex::ALL.iter().map(|sex| sex.key()).collect();
    let ages: Vec<&str> = population.age_groups.iter().map(String::as_str).collect();
    let by_sex = sexes.iter().map(|sex| (Some(*sex), None));
    let by_age = ages.iter().map(|age| (None, Some(*age)));
    let by_both = sexes.iter().flat_map(|sex| ages.iter().map(move |age| (Some(*sex), Some(*age))));
    let (all, everybody) = (answered(None, None), persons(None, None));
    by_sex
        .chain(by_age)
        .chain(by_both)
        .map(|(sex, age)| Composed::of((sex, age), (answered(sex, age), all), (persons(sex, age), everybody)))
        .collect()
}
