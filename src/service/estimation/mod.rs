//! From responses to unrounded estimates: staff only. Sheets are streamed in pages, folded by all
//! cores into totals, and the totals are merged in the order of the pages, so that neither engine nor
//! number of cores changes a bit of the result.

mod frame;
mod measures;
pub mod offline;
mod policy;
mod stay;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    thread::available_parallelism,
};

use tokio::task::JoinHandle;

pub use frame::Classes;
pub use measures::Measures;
pub use policy::policy;
pub use stay::{StayShare, StayShares, stay_shares};

use super::{Office, areas, cuts, rounds::RoundError};
use crate::{
    questionnaire::{Publication, Questionnaire, Stream},
    stats::{
        disclosure::atoms::{AtomTable, Geography},
        domain::{Frame, Union},
        estimate::EstimateRecord,
        fold::{CHUNK, Observation, Totals},
        replicate::{Columns, Seed},
        weight::{Policy, WeightError, WeightLog, weigh},
    },
    store::{StoreError, StoredResponse},
    survey::{
        accounting::{Accounting, Completeness},
        answer_sheet::Mode,
        area::AreaSet,
        cuts::CutTable,
        ids::RoundId,
        population::Population,
        round::Round,
    },
};

/// Why a round cannot be estimated.
#[derive(Debug, thiserror::Error)]
pub enum EstimationError {
    /// Weights cannot be made for a round.
    #[error("round {0}: {1}")]
    Weights(String, #[source] WeightError),
    /// People who stay are a sample of nobody.
    #[error(
        "stay_unweighted: round {0} asks people who stay, who are never weighted; `trygg round shares` counts them"
    )]
    Stay(String),
    /// A stored sheet is not one of the version.
    #[error("a stored response is damaged: {0}")]
    Sheet(String),
    /// A setting that does not fit the round.
    #[error("{0}")]
    Setting(String),
    /// The work was cut off.
    #[error("the estimation was interrupted; try again")]
    Interrupted,
    /// The round, its questionnaire, areas or population.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a round needs besides its responses.
#[derive(Debug, Clone)]
pub struct Material {
    /// The version.
    pub questionnaire: Arc<Questionnaire>,
    /// Table plan and floors, with the hash of their text.
    pub publication: (Publication, String),
    /// Areas in whose districts people were sampled and are weighted.
    pub areas: AreaSet,
    /// Areas that the tables are for: the same, or newer ones.
    pub shown: AreaSet,
    /// The districts that make up each newer one; empty where the tables are for the same.
    pub parts: Geography,
    /// Register counts; none for imported answers.
    pub population: Option<Population>,
    /// Cut table of step indices, if the plan names one.
    pub cuts: Option<CutTable>,
}

/// Unrounded results of a round.
#[derive(Debug)]
pub struct Estimated {
    /// Records, measure by measure.
    pub records: Vec<EstimateRecord>,
    /// How the weights came out.
    pub weights: WeightLog,
    /// Accounting by district, in order; what was sampled is filled in by the caller.
    pub accounting: Vec<Accounting>,
    /// Answers in each class of sex and age among those estimated; absent = unstated.
    pub composition: BTreeMap<(Option<String>, Option<String>), u64>,
    /// Answers on paper and all answers, among those estimated.
    pub paper: (u64, u64),
    /// What the gate attacks.
    pub atoms: AtomTable,
}

/// Reads what `round` needs.
///
/// # Errors
/// A version, area set or population table that is not there.
pub async fn material(office: &Office, round: &Round) -> Result<Material, EstimationError> {
    let plan = &round.plan;
    let (id, version) = (&plan.questionnaire.id, &plan.questionnaire.version);
    let questionnaire = office.catalogue.find(&office.database, id, version).await.map_err(RoundError::from)?;
    let publication = office.catalogue.publication(&office.database, &questionnaire).await.map_err(RoundError::from)?;
    let mut tx = office.database.read().await?;
    let areas = areas::area_set(&mut tx, &plan.area_set.id, &plan.area_set.version).await.map_err(RoundError::from)?;
    let population = match &plan.population {
        Some(name) => Some(areas::population(&mut tx, name).await.map_err(RoundError::from)?.table),
        None => None,
    };
    let cuts = match &plan.cuts {
        Some(id) => Some(cuts::find(&mut tx, id).await.map_err(RoundError::from)?),
        None => None,
    };
    Ok(Material { questionnaire, publication, shown: areas.clone(), areas, parts: Geography::new(), population, cuts })
}

impl Material {
    /// Codes of the districts that make up an area of the tables.
    #[must_use]
    pub fn districts_of<'a>(&'a self, area: &'a str) -> Vec<&'a str> {
        self.parts.get(area).map_or_else(|| vec![area], |parts| parts.iter().map(String::as_str).collect())
    }

    /// Newer areas as the kernels see them; none where the tables are for the districts.
    fn unions(&self) -> Vec<Union> {
        let place = |code: &String| self.areas.districts().position(|district| district.code == *code);
        let shown = self.shown.districts().filter_map(|area| Some((&area.code, self.parts.get(&area.code)?)));
        shown
            .map(|(code, parts)| Union { code: code.clone(), districts: parts.iter().filter_map(place).collect() })
            .collect()
    }
}

/// Estimates every measure of the version for every domain; `seed` is the key of the random stream of
/// step indices, if the round has any; `by_tenure` tells the gate's atoms apart by tenure.
///
/// # Errors
/// [`EstimationError`].
pub async fn estimate(
    office: &Office,
    round: &Round,
    material: &Material,
    by_tenure: bool,
    seed: Seed,
) -> Result<Estimated, EstimationError> {
    if round.plan.stream == Stream::Stay {
        return Err(EstimationError::Stay(round.plan.slug.clone()));
    }
    let policy = policy(round, material)?;
    let classes = Arc::new(Classes::new(&material.questionnaire, material.areas.districts().count()));
    let districts: Vec<String> = material.areas.districts().map(|area| area.code.clone()).collect();
    let mut frame = classes.frame(&material.questionnaire, districts, material.population.as_ref());
    frame.areas = material.unions();
    let measures = Arc::new(Measures::of(&material.questionnaire, material.cuts.as_ref()));
    let folded = fold(office, round.id, &material.questionnaire, &classes, &measures, frame.districts.len()).await?;
    let round = round.plan.slug.clone();
    tokio::task::spawn_blocking(move || {
        finish(folded, &frame, &measures, &policy, seed, by_tenure)
            .map_err(|error| EstimationError::Weights(round, error))
    })
    .await
    .map_err(|_| EstimationError::Interrupted)?
}

fn finish(
    folded: Folded,
    frame: &Frame,
    measures: &Measures,
    policy: &Policy,
    seed: Seed,
    by_tenure: bool,
) -> Result<Estimated, WeightError> {
    let weights = weigh(policy, frame, &folded.totals)?;
    let records = measures.estimate(frame, &folded.totals, &weights, &folded.columns, seed);
    let log = weights.log(frame);
    tracing::info!(event = "weighted", scheme = log.key(), cycles = log.cycles, warnings = log.warnings().join(","));
    Ok(Estimated {
        records,
        weights: log,
        accounting: folded.accounting,
        composition: composition(frame, &folded.totals),
        paper: folded.paper,
        atoms: AtomTable::new(frame, &folded.totals, &weights, by_tenure),
    })
}

fn composition(frame: &Frame, totals: &Totals) -> BTreeMap<(Option<String>, Option<String>), u64> {
    let name = |names: &[String], place: Option<u8>| place.and_then(|place| names.get(usize::from(place))).cloned();
    let mut composition = BTreeMap::new();
    for (atom, found) in &totals.atoms {
        *composition.entry((name(&frame.sexes, atom.sex), name(&frame.ages, atom.age))).or_default() +=
            found.respondents;
    }
    composition
}

/// Totals of a chunk or of all of it.
struct Folded {
    totals: Totals,
    /// Shares of the step indices.
    columns: Columns,
    accounting: Vec<Accounting>,
    paper: (u64, u64),
}

impl Folded {
    fn empty(measures: &Measures, districts: usize) -> Self {
        let (totals, columns) = (measures.totals(), Columns::default());
        Self { totals, columns, accounting: vec![Accounting::default(); districts], paper: (0, 0) }
    }

    fn merge(&mut self, next: Self) {
        self.totals.merge(next.totals);
        self.columns.append(next.columns);
        for (own, other) in self.accounting.iter_mut().zip(&next.accounting) {
            *own = Accounting::sum([&*own, other]);
        }
        self.paper = (self.paper.0 + next.paper.0, self.paper.1 + next.paper.1);
    }
}

async fn fold(
    office: &Office,
    round: RoundId,
    questionnaire: &Arc<Questionnaire>,
    classes: &Arc<Classes>,
    measures: &Arc<Measures>,
    districts: usize,
) -> Result<Folded, EstimationError> {
    let mut tx = office.database.read().await?;
    let most = available_parallelism().map_or(2, usize::from);
    let mut running: VecDeque<JoinHandle<Result<Folded, EstimationError>>> = VecDeque::new();
    let mut all = Folded::empty(measures, districts);
    let mut after = None;
    loop {
        let page = tx.responses().page(round, after, CHUNK_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        if running.len() >= most
            && let Some(oldest) = running.pop_front()
        {
            all.merge(oldest.await.map_err(|_| EstimationError::Interrupted)??);
        }
        let (questionnaire, classes, measures) = (Arc::clone(questionnaire), Arc::clone(classes), Arc::clone(measures));
        let fold = move || fold_chunk(&page, Folded::empty(&measures, districts), &questionnaire, &classes, &measures);
        running.push_back(tokio::task::spawn_blocking(fold));
    }
    for chunk in running {
        all.merge(chunk.await.map_err(|_| EstimationError::Interrupted)??);
    }
    Ok(all)
}

#[expect(clippy::cast_possible_truncation, reason = "65,536 fits")]
const CHUNK_ROWS: u32 = CHUNK as u32;

fn fold_chunk(
    page: &[StoredResponse],
    mut folded: Folded,
    questionnaire: &Questionnaire,
    classes: &Classes,
    measures: &Measures,
) -> Result<Folded, EstimationError> {
    let mut seen = vec![Observation::default(); questionnaire.measures().len()];
    for response in page {
        let sheet = questionnaire
            .decode(&response.sheet, classes.districts())
            .map_err(|fault| EstimationError::Sheet(fault.to_string()))?;
        if sheet.paradata().stream != Stream::Resident {
            return Err(EstimationError::Sheet("it is of another stream".to_owned()));
        }
        let codes = sheet.codes();
        let atom = classes.atom(codes);
        let completeness = Completeness::of(questionnaire.core(), codes);
        if let Some(accounting) = atom.district.and_then(|place| folded.accounting.get_mut(usize::from(place))) {
            accounting.count(completeness);
        }
        if !completeness.estimated() {
            continue;
        }
        folded.paper.0 += u64::from(sheet.paradata().mode == Mode::Paper);
        folded.paper.1 += 1;
        observe(questionnaire, codes, &mut seen);
        folded.totals.add(atom, &seen);
        measures.keep(&mut folded.columns, atom, &seen);
    }
    Ok(folded)
}

/// One sheet's part in every measure.
fn observe(questionnaire: &Questionnaire, codes: &[u8], seen: &mut [Observation]) {
    for (seen, measure) in seen.iter_mut().zip(questionnaire.measures()) {
        let score = questionnaire.score(measure, codes);
        *seen = Observation { asked: score.asked, value: score.value, dont_know: score.dont_know };
    }
}
