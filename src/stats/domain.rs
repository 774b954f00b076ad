//! Groups of people that a figure can be about, and the frame they are counted in.

use serde::{Deserialize, Serialize};

use super::fold::Atom;

/// Types of domains, in the order of every table. Never district × sex × age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainKind {
    /// Everybody.
    Total,
    /// By sex.
    Sex,
    /// By age group.
    Age,
    /// By sex and age group.
    SexAge,
    /// By tenure.
    Tenure,
    /// By district.
    District,
    /// By district and sex.
    DistrictSex,
    /// By district and age group.
    DistrictAge,
}

impl DomainKind {
    /// Every type.
    pub const ALL: [Self; 8] = [
        Self::Total,
        Self::Sex,
        Self::Age,
        Self::SexAge,
        Self::Tenure,
        Self::District,
        Self::DistrictSex,
        Self::DistrictAge,
    ];

    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::SexAge => "sex_age",
            Self::Tenure => "tenure",
            Self::District => "district",
            Self::DistrictSex => "district_sex",
            Self::DistrictAge => "district_age",
        }
    }
}

/// One group of people; an absent part means all of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Domain {
    /// Its type.
    pub kind: DomainKind,
    /// Area code: of a district, or of a union of some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// `woman` or `man`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// Age group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
    /// Tenure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<String>,
}

/// Districts, classes and the population behind them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// District codes in the order of the area set.
    pub districts: Vec<String>,
    /// Sex classes that the population table knows.
    pub sexes: Vec<String>,
    /// Age groups, youngest first.
    pub ages: Vec<String>,
    /// Tenure classes.
    pub tenures: Vec<String>,
    /// Persons by district × sex × age, in that order; empty where there is no population table.
    pub population: Vec<u64>,
    /// Areas that figures are for, where these are not the districts; empty = the districts.
    pub areas: Vec<Union>,
}

/// An area that is made up of whole districts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// Its code.
    pub code: String,
    /// Its districts, as positions in the frame; people were sampled and are weighted in each by itself.
    pub districts: Vec<usize>,
}

impl Domain {
    /// Everybody.
    #[must_use]
    pub const fn everybody() -> Self {
        Self { kind: DomainKind::Total, area: None, sex: None, age: None, tenure: None }
    }
}

impl Frame {
    /// Persons in a cell.
    #[must_use]
    pub fn persons(&self, district: usize, sex: usize, age: usize) -> u64 {
        let place = (district * self.sexes.len() + sex) * self.ages.len() + age;
        self.population.get(place).copied().unwrap_or(0)
    }

    /// Persons in a district.
    #[must_use]
    pub fn district_persons(&self, district: usize) -> u64 {
        let cells = (0..self.sexes.len()).flat_map(|sex| (0..self.ages.len()).map(move |age| (sex, age)));
        cells.map(|(sex, age)| self.persons(district, sex, age)).sum()
    }

    /// Whether an atom's respondents are in a group. Who is unclassed counts in the total, by district
    /// and by tenure, never by sex or by age.
    #[must_use]
    pub fn holds(&self, group: Group, atom: Atom) -> bool {
        let at = |wanted: Option<usize>, found: Option<usize>| wanted.is_none_or(|wanted| found == Some(wanted));
        let classed = (atom.sex.is_some() || self.sexes.is_empty()) && (atom.age.is_some() || self.ages.is_empty());
        (classed || (group.sex.is_none() && group.age.is_none()))
            && group.district.is_none_or(|area| atom.district.is_some_and(|own| self.contains(area, own.into())))
            && at(group.sex, atom.sex.map(usize::from))
            && at(group.age, atom.age.map(usize::from))
            && at(group.tenure, atom.tenure.map(usize::from))
    }

    /// Whether an area that figures are for contains a district.
    fn contains(&self, area: usize, district: usize) -> bool {
        if self.areas.is_empty() {
            return area == district;
        }
        self.areas.get(area).is_some_and(|union| union.districts.contains(&district))
    }

    /// Codes of the areas that figures are for.
    fn area_codes(&self) -> Vec<String> {
        if self.areas.is_empty() {
            return self.districts.clone();
        }
        self.areas.iter().map(|union| union.code.clone()).collect()
    }

    /// Every domain of the frame: types in order, then areas, sexes, ages in order. A type whose
    /// classes the frame lacks has none.
    #[must_use]
    pub fn domains(&self) -> Vec<(Domain, Group)> {
        let mut all = Vec::new();
        let codes = self.area_codes();
        let any = [None];
        let some = |count: usize| (0..count).map(Some).collect::<Vec<_>>();
        for kind in DomainKind::ALL {
            use DomainKind as K;
            let districts = matches!(kind, K::District | K::DistrictSex | K::DistrictAge);
            let sexes = matches!(kind, K::Sex | K::SexAge | K::DistrictSex);
            let ages = matches!(kind, K::Age | K::SexAge | K::DistrictAge);
            let tenures = matches!(kind, K::Tenure);
            let list = |on: bool, count: usize| if on { some(count) } else { any.to_vec() };
            for &district in &list(districts, codes.len()) {
                for &sex in &list(sexes, self.sexes.len()) {
                    for &age in &list(ages, self.ages.len()) {
                        for &tenure in &list(tenures, self.tenures.len()) {
                            let name = |names: &[String], place: Option<usize>| place.map(|place| names[place].clone());
                            let domain = Domain {
                                kind,
                                area: name(&codes, district),
                                sex: name(&self.sexes, sex),
                                age: name(&self.ages, age),
                                tenure: name(&self.tenures, tenure),
                            };
                            all.push((domain, Group { district, sex, age, tenure }));
                        }
                    }
                }
            }
        }
        all
    }
}

/// A domain as positions in the frame; absent = all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Area that figures are for: a district, or a union of some.
    pub district: Option<usize>,
    /// Sex class.
    pub sex: Option<usize>,
    /// Age group.
    pub age: Option<usize>,
    /// Tenure class.
    pub tenure: Option<usize>,
}
