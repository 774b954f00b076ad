//! The same estimates from files, without a database: an analyst's second opinion (statistics
//! specification, 13.1). Nothing is withheld or rounded, so nothing of it may be published.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use super::{Classes, kinds, observe};
use crate::{
    questionnaire::{Direction, Kind, Measure, Questionnaire, Stream, missing},
    stats::{
        compare::{self, Better, ChangeRecord, Verdict},
        domain::{Domain, DomainKind, Frame},
        estimate::{EstimateRecord, Estimator, MeasureKind, pairs},
        family::{benjamini_hochberg, holm},
        fold::{Observation, Totals},
        weight::{Scheme, WeightError, weigh},
    },
    survey::{
        accounting::Completeness,
        answer_sheet::{AnswerSheet, Context, Mode, Paradata},
        import::{Faults, ImportFault, Imported},
        table::{Row, Table},
    },
};

const HEADER: &str = "kind,round,from,to,measure,version,domain_type,area_code,sex,age_group,scheme,variance_form,\
n_asked,n_valid,n_numerator,n_dont_know,sum_w,estimate,se,df,deff,n_eff,ci_method,ci_low,ci_high,item_nonresponse,\
diff,se_diff,z,p,p_bh,p_holm,family_size,verdict,status,reason,flags";

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

/// Estimates every round of the file and the changes from each round to the next, and writes them.
///
/// # Errors
/// [`OfflineError`]; every fault of a file at once.
pub fn estimate(
    questionnaire: &Questionnaire,
    files: Files<'_>,
    scheme: Scheme,
    out: &mut impl Write,
) -> Result<(), OfflineError> {
    let refused = |faults| OfflineError::Refused { file: "the file of responses", faults };
    let table = Table::read(files.responses).map_err(refused)?;
    table.require(&[files.round, "area_code"]).map_err(refused)?;
    if files.population.is_none() && scheme != Scheme::None {
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
    let kinds = kinds(questionnaire);
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
        let mut totals = Totals::new(kinds.len(), pairs(&kinds));
        let mut seen = vec![Observation::default(); kinds.len()];
        for row in table.rows().filter(of_round) {
            match sheet(questionnaire, &table, &row, &frame) {
                Ok(sheet) if Completeness::of(questionnaire.core(), sheet.codes()).estimated() => {
                    observe(questionnaire, sheet.codes(), &mut seen);
                    let mut atom = classes.atom(sheet.codes());
                    atom.tenure = None;
                    totals.add(atom, &seen);
                }
                Ok(_) => {}
                Err(fault) => faults.add(fault),
            }
        }
        folded.push((label, frame, totals));
    }
    population_faults.finish(()).map_err(unpopulated)?;
    faults.finish(()).map_err(refused)?;
    let rounds = folded.iter().map(|(label, frame, totals)| estimate_round(label, frame, &kinds, totals, scheme));
    let rounds = rounds.collect::<Result<Vec<_>, _>>()?;
    write(questionnaire, &rounds, scheme, out)?;
    Ok(())
}

struct RoundEstimates {
    label: String,
    records: Vec<EstimateRecord>,
}

fn estimate_round(
    label: &str,
    frame: &Frame,
    kinds: &[MeasureKind],
    totals: &Totals,
    scheme: Scheme,
) -> Result<RoundEstimates, OfflineError> {
    let weights = weigh(scheme, frame, totals).map_err(|error| OfflineError::Weights(label.to_owned(), error))?;
    let records = Estimator::new(frame, kinds, totals, &weights).all();
    Ok(RoundEstimates { label: label.to_owned(), records })
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

/// 17 significant digits, so that a number read back is the same number.
fn exact(number: f64) -> String {
    format!("{number:.16e}")
}

fn optional(number: Option<f64>) -> String {
    number.map_or_else(String::new, exact)
}

const fn better(measure: &Measure) -> Better {
    match measure.direction {
        Direction::LowerBetter => Better::Lower,
        Direction::HigherBetter => Better::Higher,
        Direction::Neutral => Better::Neither,
    }
}

fn write(
    questionnaire: &Questionnaire,
    rounds: &[RoundEstimates],
    scheme: Scheme,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER.split(','))?;
    for round in rounds {
        for record in ordered(&round.records) {
            let measure = &questionnaire.measures()[record.measure];
            let mut cells = vec!["estimate".to_owned(), round.label.clone(), String::new(), String::new()];
            cells.extend(of_domain(measure, &record.domain, scheme));
            cells.extend(of_estimate(measure, record));
            cells.extend(std::iter::repeat_n(String::new(), 8));
            cells.extend(status(record));
            writer.write_record(cells)?;
        }
    }
    for pair in rounds.windows(2) {
        let [earlier, later] = pair else { continue };
        for (measure, change, holm) in changes(questionnaire, earlier, later) {
            let mut cells = vec!["change".to_owned(), later.label.clone(), earlier.label.clone(), later.label.clone()];
            cells.extend(of_domain(measure, &change.domain, scheme));
            cells.extend(std::iter::repeat_n(String::new(), 14));
            if let Some((low, high)) = change.ci() {
                let end = cells.len();
                cells.splice(end - 4..end - 1, ["z".to_owned(), exact(low), exact(high)]);
            }
            cells.extend(of_change(measure, &change, holm));
            writer.write_record(cells)?;
        }
    }
    writer.flush()
}

/// Records by measure, then as every table has its domains.
fn ordered(records: &[EstimateRecord]) -> Vec<&EstimateRecord> {
    let mut records: Vec<&EstimateRecord> = records.iter().collect();
    records.sort_by_key(|record| record.measure);
    records
}

fn of_domain(measure: &Measure, domain: &Domain, scheme: Scheme) -> Vec<String> {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    vec![
        measure.id.clone(),
        measure.version.to_string(),
        domain.kind.key().to_owned(),
        part(&domain.area),
        part(&domain.sex),
        part(&domain.age),
        scheme.key().to_owned(),
        scheme.variance_form().to_owned(),
    ]
}

fn of_estimate(measure: &Measure, record: &EstimateRecord) -> Vec<String> {
    let composite = matches!(measure.kind, Kind::Composite { .. });
    let method = match (record.ci, record.ci_method) {
        (None, _) => "",
        (Some(_), Some(method)) => method.key(),
        (Some(_), None) => "z",
    };
    vec![
        record.asked.to_string(),
        record.valid.to_string(),
        record.ones.map_or_else(String::new, |ones| ones.to_string()),
        if composite { String::new() } else { record.dont_know.to_string() },
        exact(record.sum_w),
        optional(record.estimate),
        optional(record.se),
        record.df.map_or_else(String::new, |df| df.to_string()),
        optional(record.deff),
        optional(record.n_eff),
        method.to_owned(),
        optional(record.ci.map(|(low, _)| low)),
        optional(record.ci.map(|(_, high)| high)),
        optional(record.nonresponse),
    ]
}

fn status(record: &EstimateRecord) -> [String; 3] {
    let code = record.missing.map_or("", |missing| missing.code());
    let status = if record.estimate.is_none() { "." } else { "" };
    let flags = if record.homogeneous { "homogeneous" } else { "" };
    [status.to_owned(), code.to_owned(), flags.to_owned()]
}

fn of_change(measure: &Measure, change: &ChangeRecord, holm: Option<f64>) -> Vec<String> {
    let verdict = match change.verdict(better(measure)) {
        None => "",
        Some(Verdict::Improved) => "improved",
        Some(Verdict::Worse) => "worse",
        Some(Verdict::NoEstablishedChange) => "no_established_change",
        Some(Verdict::NotComparable) => "not_comparable",
    };
    let reasons: Vec<&str> = change.reasons.iter().map(|reason| reason.code.as_str()).collect();
    vec![
        optional(change.diff.map(|(diff, _)| diff)),
        optional(change.diff.map(|(_, se)| se)),
        optional(change.test.map(|(z, _)| z)),
        optional(change.test.map(|(_, p)| p)),
        optional(change.p_adjusted),
        optional(holm),
        change.family.to_string(),
        verdict.to_owned(),
        if change.diff.is_none() { "." } else { "" }.to_owned(),
        reasons.join(";"),
        String::new(),
    ]
}

/// Changes of every measure and domain that both rounds have, with both adjustments of each family:
/// all domains of one type, one measure.
fn changes<'q>(
    questionnaire: &'q Questionnaire,
    earlier: &RoundEstimates,
    later: &RoundEstimates,
) -> Vec<(&'q Measure, ChangeRecord, Option<f64>)> {
    let old: BTreeMap<(usize, &Domain), &EstimateRecord> =
        earlier.records.iter().map(|record| ((record.measure, &record.domain), record)).collect();
    let mut all = Vec::new();
    for (place, measure) in questionnaire.measures().iter().enumerate() {
        for kind in DomainKind::ALL {
            let mut family: Vec<ChangeRecord> = later
                .records
                .iter()
                .filter(|record| record.measure == place && record.domain.kind == kind)
                .filter_map(|record| Some(compare::change(old.get(&(place, &record.domain))?, record, Vec::new())))
                .collect();
            let p: Vec<Option<f64>> = family.iter().map(|change| change.test.map(|(_, p)| p)).collect();
            let size = p.iter().flatten().count();
            for ((mut change, bh), holm) in family.drain(..).zip(benjamini_hochberg(&p)).zip(holm(&p)) {
                change.p_adjusted = bh;
                change.family = size;
                all.push((measure, change, holm));
            }
        }
    }
    all
}
