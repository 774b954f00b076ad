//! The same estimates from files, without a database: an analyst's second opinion (statistics
//! specification, 13.1). Nothing is withheld or rounded, so nothing of it may be published.

mod records;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use super::{Classes, Measures, observe};
use crate::{
    questionnaire::{Questionnaire, Stream, missing},
    stats::{
        domain::Frame,
        estimate::EstimateRecord,
        fold::{Observation, Totals},
        replicate::{Columns, Seed},
        weight::{Policy, Scheme, WeightError, WeightLog, weigh},
    },
    survey::{
        accounting::Completeness,
        answer_sheet::{AnswerSheet, Context, Mode, Paradata},
        cuts::CutTable,
        import::{Faults, ImportFault, Imported},
        table::{Row, Table},
    },
};

/// Why the files cannot be estimated.
#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    /// A file does not fit; every fault.
    #[error("{file} is refused:\n{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused {
        /// Which file.
        file: &'static str,
        /// Every fault.
        faults: Vec<ImportFault>,
    },
    /// The scheme needs a population table.
    #[error("give --population, or --scheme none")]
    NoPopulation,
    /// Weights cannot be made for a round.
    #[error("round {0}: {1}")]
    Weights(String, #[source] WeightError),
    /// The result cannot be written.
    #[error("the result cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The files of an analyst.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// Wide CSV of answers.
    pub responses: &'a [u8],
    /// Register counts.
    pub population: Option<&'a [u8]>,
    /// Column of the round's label.
    pub round: &'a str,
}

/// What an analyst should look at although the files were estimated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Nobody was asked.
    #[error("item_without_column: no column is called {0}; the item counts as one that nobody was asked")]
    ItemWithoutColumn(String),
    /// A mistyped item, perhaps.
    #[error("column_unknown: column {0} is no item of the questionnaire and is not read")]
    ColumnUnknown(String),
    /// Uncommon weights of a round.
    #[error("{code}: round {round}: look at the weights")]
    Weights {
        /// The round.
        round: String,
        /// Stable code.
        code: &'static str,
    },
}

/// How the files are estimated.
#[derive(Debug, Clone)]
pub struct Options {
    /// How answers are weighted.
    pub policy: Policy,
    /// Cut table of step indices.
    pub cuts: Option<CutTable>,
    /// Key of the random stream of step indices.
    pub seed: Seed,
}

/// Estimates every round of the file by `options` and the changes from each round to the next, and
/// writes them; gives back what the analyst should look at.
///
/// # Errors
/// [`OfflineError`]; every fault of a file at once.
pub fn estimate(
    questionnaire: &Questionnaire,
    files: Files<'_>,
    options: &Options,
    out: &mut impl Write,
) -> Result<Vec<Warning>, OfflineError> {
    let refused = |faults| OfflineError::Refused { file: "the file of responses", faults };
    let table = Table::read(files.responses).map_err(refused)?;
    table.require(&[files.round, "area_code"]).map_err(refused)?;
    if files.population.is_none() && options.policy.scheme != Some(Scheme::None) {
        return Err(OfflineError::NoPopulation);
    }
    let mut unnamed = Faults::default();
    for row in table.rows() {
        unnamed.keep(row.filled(files.round));
    }
    if table.rows().next().is_none() {
        unnamed.add(ImportFault::of_file("round_empty", "", "give at least one response"));
    }
    unnamed.finish(()).map_err(refused)?;
    let labels: BTreeSet<&str> = table.rows().map(|row| row.get(files.round)).collect();
    let measures = Measures::of(questionnaire, options.cuts.as_ref());
    let unpopulated = |faults| OfflineError::Refused { file: "the population table", faults };
    let mut folded = Vec::new();
    let (mut faults, mut population_faults) = (Faults::default(), Faults::default());
    for label in labels {
        let population = files.population.map(|bytes| Persons::read(bytes, files.round, label)).transpose();
        let population = population_faults.keep_all(population).flatten();
        let of_round = |row: &Row<'_>| row.get(files.round) == label;
        let mut districts: BTreeSet<String> = table
            .rows()
            .filter(of_round)
            .map(|row| row.get("area_code").to_owned())
            .filter(|code| !code.is_empty())
            .collect();
        districts.extend(population.iter().flat_map(|persons| persons.0.keys().map(|(area, _, _)| area.clone())));
        let districts: Vec<String> = districts.into_iter().collect();
        let classes = Classes::new(questionnaire, districts.len());
        let mut frame = classes.frame(questionnaire, districts, None);
        frame.tenures.clear();
        if let Some(persons) = &population {
            frame.population = population_faults.keep_all(persons.cells(&frame, label)).unwrap_or_default();
        }
        let (mut totals, mut columns) = (measures.totals(), Columns::default());
        let mut seen = vec![Observation::default(); measures.kinds().len()];
        for row in table.rows().filter(of_round) {
            match sheet(questionnaire, &table, &row, &frame) {
                Ok(sheet) if Completeness::of(questionnaire.core(), sheet.codes()).estimated() => {
                    observe(questionnaire, sheet.codes(), &mut seen);
                    let mut atom = classes.atom(sheet.codes());
                    atom.tenure = None;
                    totals.add(atom, &seen);
                    measures.keep(&mut columns, atom, &seen);
                }
                Ok(_) => {}
                Err(fault) => faults.add(fault),
            }
        }
        folded.push(Folded { label, frame, totals, columns });
    }
    population_faults.finish(()).map_err(unpopulated)?;
    faults.finish(()).map_err(refused)?;
    let rounds = folded.iter().map(|round| round.estimate(&measures, options));
    let rounds = rounds.collect::<Result<Vec<_>, _>>()?;
    records::write(questionnaire, &rounds, out)?;
    let mut warnings = columns(questionnaire, &table, files.round);
    for round in &rounds {
        let codes = round.weights.warnings().into_iter();
        warnings.extend(codes.map(|code| Warning::Weights { round: round.label.clone(), code }));
    }
    Ok(warnings)
}

/// Items without a column and columns without an item. The area, sex and age items have columns of
/// their own.
fn columns(questionnaire: &Questionnaire, table: &Table, round: &str) -> Vec<Warning> {
    let class = questionnaire.class();
    let own = [class.area, class.sex.map(|sex| sex.item), class.age];
    let items = questionnaire.items().iter().enumerate().filter(|(place, _)| !own.contains(&Some(*place)));
    let absent = items.filter(|(_, item)| table.column(&item.id).is_none());
    let known = questionnaire.items().iter().map(|item| item.id.as_str());
    let known: Vec<&str> = known.chain([round, "area_code", "sex", "age_group"]).collect();
    let strange = table.others(&known).into_iter();
    let absent = absent.map(|(_, item)| Warning::ItemWithoutColumn(item.id.clone()));
    absent.chain(strange.map(|column| Warning::ColumnUnknown(column.to_owned()))).collect()
}

struct RoundEstimates {
    label: String,
    records: Vec<EstimateRecord>,
    weights: WeightLog,
}

/// One round's answers.
struct Folded<'t> {
    label: &'t str,
    frame: Frame,
    totals: Totals,
    /// Shares of the step indices, in the order of the file.
    columns: Columns,
}

impl Folded<'_> {
    fn estimate(&self, measures: &Measures, options: &Options) -> Result<RoundEstimates, OfflineError> {
        let label = self.label.to_owned();
        let weights = weigh(&options.policy, &self.frame, &self.totals)
            .map_err(|error| OfflineError::Weights(label.clone(), error))?;
        let records = measures.estimate(&self.frame, &self.totals, &weights, &self.columns, options.seed);
        Ok(RoundEstimates { label, records, weights: weights.log(&self.frame) })
    }
}

/// Persons by area, sex and age group, as an analyst's file has them.
struct Persons(BTreeMap<(String, String, String), u64>);

impl Persons {
    fn read(bytes: &[u8], round: &str, label: &str) -> Result<Self, Vec<ImportFault>> {
        let table = Table::read(bytes)?;
        table.require(&["area_code", "sex", "age_group", "persons"])?;
        let several = table.column(round).is_some();
        let mut persons = BTreeMap::new();
        let mut faults = Vec::new();
        for row in table.rows().filter(|row| !several || row.get(round) == label) {
            let key = ["area_code", "sex", "age_group"].map(|column| row.get(column).to_owned());
            match row.count("persons", "persons_negative", "persons_not_integer") {
                Ok(count) => {
                    if persons.insert(key.into(), count).is_some() {
                        faults.push(row.fault("population_duplicate", "area_code", "give every cell once"));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self(persons)) } else { Err(faults) }
    }

    /// The cells in the frame's order; a cell that the table lacks is no empty one, and refuses it.
    fn cells(&self, frame: &Frame, round: &str) -> Imported<Vec<u64>> {
        let (mut cells, mut faults) = (Vec::new(), Faults::default());
        for district in &frame.districts {
            for sex in &frame.sexes {
                for age in &frame.ages {
                    let key = (district.clone(), sex.clone(), age.clone());
                    match self.0.get(&key) {
                        Some(&persons) => cells.push(persons),
                        None => faults.add(ImportFault::of_file(
                            "population_incomplete",
                            format!("{district}, {sex}, {age}"),
                            format!(
                                "round {round}: give every area, sex and age group a row, with 0 where nobody lives"
                            ),
                        )),
                    }
                }
            }
        }
        faults.finish(cells)
    }
}

/// One row as a checked sheet.
fn sheet(
    questionnaire: &Questionnaire,
    table: &Table,
    row: &Row<'_>,
    frame: &Frame,
) -> Result<AnswerSheet, ImportFault> {
    let class = questionnaire.class();
    let mut given = BTreeMap::new();
    for (place, item) in questionnaire.items().iter().enumerate() {
        if table.column(&item.id).is_none() || class.area == Some(place) {
            continue;
        }
        let cell = row.get(&item.id);
        let code = if cell.is_empty() { Ok(missing::SKIPPED) } else { cell.parse::<u8>() };
        given.insert(place, code.map_err(|_| row.fault("not_a_number", &item.id, "give an option or missing code"))?);
    }
    if let Some(sex) = class.sex {
        match row.get("sex") {
            "woman" => drop(given.insert(sex.item, sex.woman)),
            "man" => drop(given.insert(sex.item, sex.man)),
            "" | "other" => {}
            _ => return Err(row.fault("code_unknown", "sex", "write woman, man, other or nothing")),
        }
    }
    if let Some(item) = class.age
        && !row.get("age_group").is_empty()
    {
        let place = frame.ages.iter().position(|age| age == row.get("age_group"));
        let code = place.and_then(|place| u8::try_from(place + 1).ok());
        let known = format!("write one of {} or nothing", frame.ages.join(", "));
        given.insert(item, code.ok_or_else(|| row.fault("code_unknown", "age_group", known))?);
    }
    let area = frame.districts.iter().position(|code| code == row.get("area_code"));
    let paradata = Paradata { mode: Mode::Web, language: 1, stream: Stream::Resident, place: missing::FILTERED };
    let area = area.and_then(|place| u8::try_from(place + 1).ok());
    let context = Context { paradata, areas: frame.districts.len(), area };
    questionnaire.check_import(&given, &context).map_err(|faults| {
        let item = faults.first().map_or("", |fault| fault.item.as_str());
        row.fault("code_unknown", item, "the item has no such code")
    })
}
