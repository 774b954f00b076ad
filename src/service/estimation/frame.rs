//! Which weighting and table classes a sheet belongs to, and the frame of classes that a population
//! table fills. Words of the questionnaire become positions here.

use crate::{
    questionnaire::{Class, Questionnaire},
    stats::{domain::Frame, fold::Atom},
    survey::population::{Population, RegisterSex},
};

/// The items that give a sheet's classes.
#[derive(Debug, Clone)]
pub struct Classes {
    class: Class,
    districts: usize,
    ages: u8,
    tenures: u8,
}

impl Classes {
    /// The classes of a version whose rounds have `districts` districts.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire, districts: usize) -> Self {
        let class = questionnaire.class().clone();
        let count = |item: Option<usize>| item.map_or(0, |item| questionnaire.option_count(item, districts));
        let (ages, tenures) = (count(class.age), count(class.tenure));
        Self { class, districts, ages, tenures }
    }

    /// Number of districts.
    #[must_use]
    pub const fn districts(&self) -> usize {
        self.districts
    }

    /// The classes of a sheet; a missing code leaves a class unstated.
    #[must_use]
    pub fn atom(&self, codes: &[u8]) -> Atom {
        let code = |item: Option<usize>| item.and_then(|item| codes.get(item)).copied();
        let place = |code: Option<u8>, count: u8| code.filter(|code| (1..=count).contains(code)).map(|code| code - 1);
        let sex = self.class.sex.and_then(|sex| match codes.get(sex.item) {
            Some(&found) if found == sex.woman => Some(0),
            Some(&found) if found == sex.man => Some(1),
            _ => None,
        });
        let districts = u8::try_from(self.districts).unwrap_or(u8::MAX);
        Atom {
            district: place(code(self.class.area), districts).map(u16::from),
            sex,
            age: place(code(self.class.age), self.ages),
            tenure: place(code(self.class.tenure), self.tenures),
        }
    }

    /// The frame: classes that the version has, and the persons of `population` in their cells.
    #[must_use]
    pub fn frame(
        &self,
        questionnaire: &Questionnaire,
        districts: Vec<String>,
        population: Option<&Population>,
    ) -> Frame {
        let options = |item: Option<usize>| {
            let scale = item.and_then(|item| questionnaire.items().get(item)).map(|item| item.scale);
            scale
                .and_then(|scale| questionnaire.scales().get(scale))
                .map_or_else(Vec::new, |scale| scale.options.clone())
        };
        let sexes = if self.class.sex.is_some() {
            RegisterSex::ALL.iter().map(|sex| sex.key().to_owned()).collect()
        } else {
            Vec::new()
        };
        let ages = options(self.class.age);
        let persons = population.map_or_else(Vec::new, |population| {
            let mut persons = Vec::with_capacity(districts.len() * 2 * ages.len());
            for district in &districts {
                for sex in RegisterSex::ALL {
                    persons.extend(ages.iter().map(|age| population.persons(district, sex, age).unwrap_or(0)));
                }
            }
            persons
        });
        Frame { districts, sexes, ages, tenures: options(self.class.tenure), population: persons, areas: Vec::new() }
    }
}
