//! The release of a round: gather what it is composed of, estimate, ask the gate, freeze. The frozen body
//! is stored as a candidate in one transaction; a refusal or a crash before it leaves nothing behind.
//! Signing off and making it public is `signing`'s.

mod areas;
mod candidates;
mod composition;
mod earlier;
mod gate;
mod inputs;
mod labels;
mod response;
mod weighting;

use std::collections::BTreeMap;

pub use areas::AreasRefused;
pub(super) use candidates::publish;
pub use candidates::{Ended, Made, Wanted, release};
use composition::composition;
use earlier::{earlier, ledger};
use gate::{BeforeGate, floor, geography, infos, plan, rules};
pub use inputs::Inputs;
use labels::{ClassItem, area_label, class_labels, names, published_items, published_measures};
use response::{accounting, answered, key, responses};
use weighting::weighting;

use super::{
    Office, breaks,
    estimation::{self, Estimated, EstimationError, Measures},
    published::PublishedError,
    rounds::RoundError,
};
use crate::{
    stats::{
        disclosure::{GateLog, GateRefusal, Passed},
        estimate::EstimateRecord,
        weight::WeightLog,
    },
    store::StoreError,
    survey::release::{Body, Damaged, Head, Origin, Table, ledger as ledger_document},
};

/// Why nothing is released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// A test round never leaves the house.
    #[error("a test round is never released")]
    Test,
    /// People who stay have shares among those who answered, which no release can hold yet.
    #[error(
        "stay_not_released: a round of people who stay has unweighted shares only, and no release holds such yet; `trygg round shares {0}` gives them to staff"
    )]
    Stay(String),
    /// The tables are not rewritten yet.
    #[error("the opening is not finished: the database's files must be rewritten first; open the envelopes again")]
    NotScrubbed,
    /// Enough key sheets are left to open an old copy of the database.
    #[error(
        "{0} more key sheets must be destroyed first, so that the envelopes in old copies of the database can never be \
         opened; each holder confirms it at the console or with `trygg keys destroyed`"
    )]
    SheetsLeft(u32),
    /// A correction without a reason.
    #[error("{0} is released already; a correction says why (--reason)")]
    NoReason(String),
    /// The gate let nothing through.
    #[error(transparent)]
    Gate(#[from] GateRefusal),
    /// Another release came in between.
    #[error("candidate_stale: another release of the questionnaire was made meanwhile; compose it again")]
    Stale,
    /// An organisation that does not exist is to sign.
    #[error("publication.toml asks `{0}` to sign (signing_organisations), which is neither kommun nor polis")]
    Organisation(String),
    /// The operating system gives no randomness.
    #[error("the operating system gives no random bytes")]
    NoChance,
    /// What an earlier release has shown is not known, so nobody can say what another would add to it.
    #[error(
        "ledger_missing: what release {0} has shown is missing from the ledger; restore the database from a backup that has it"
    )]
    LedgerMissing(String),
    /// What an earlier release has shown is not what was stored when it was made.
    #[error(
        "ledger_missing: what release {0} has shown stands in the ledger otherwise than it was stored ({1}); restore the database from a backup of before, or the release key that signed it"
    )]
    LedgerDamaged(String, #[source] Damaged),
    /// The round cannot be told for the areas that are wanted.
    #[error(transparent)]
    Areas(#[from] AreasRefused),
    /// No table is planned.
    #[error("publication.toml plans no table, so there is nothing to release")]
    NoTables,
    /// Desk counts that do not fit.
    #[error("more people of {0} are accounted for than were sampled there; correct the round's desk counts")]
    Accounting(String),
    /// Estimates cannot be made.
    #[error(transparent)]
    Estimation(#[from] EstimationError),
    /// The round.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// An earlier release.
    #[error(transparent)]
    Published(#[from] PublishedError),
    /// The release cannot be written.
    #[error(transparent)]
    Damaged(#[from] Damaged),
}

impl From<StoreError> for ReleaseError {
    fn from(error: StoreError) -> Self {
        Self::Round(error.into())
    }
}

/// Unrounded estimates as stored beside a release: measure ids, then records whose `measure` is a
/// position among them, and how their weights came out.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Internal {
    measures: Vec<String>,
    records: Vec<EstimateRecord>,
    /// What the gate did.
    #[serde(default)]
    gate: GateLog,
    /// How the weights came out.
    #[serde(default)]
    weights: Option<WeightLog>,
}

/// What the gate did, out of stored estimates.
///
/// # Errors
/// Bytes that are no estimates.
pub(super) fn gate_log(internal: &[u8]) -> Result<GateLog, StoreError> {
    #[derive(serde::Deserialize)]
    struct Part {
        #[serde(default)]
        gate: GateLog,
    }
    let part: Result<Part, _> = serde_json::from_slice(internal);
    part.map(|part| part.gate).map_err(|_| StoreError::inconsistent("candidate_bodies", "internal"))
}

/// A release as it was composed, before anybody has seen it.
pub(super) struct Composed {
    /// What is signed off.
    pub(super) body: Body,
    /// The unrounded estimates behind it.
    pub(super) internal: Vec<u8>,
    /// Its entry for the ledger.
    pub(super) ledger: Vec<u8>,
}

/// Composes a release. Depends on nothing but `inputs` and what they name, so that composing again
/// gives the same bytes.
///
/// # Errors
/// [`ReleaseError`].
pub(super) async fn compose(office: &Office, inputs: &Inputs) -> Result<Composed, ReleaseError> {
    let round = &inputs.round;
    let material = inputs.material(office).await?;
    if material.publication.0.table.is_empty() {
        return Err(ReleaseError::NoTables);
    }
    let publication = &material.publication.0;
    let plan = plan(publication);
    let ledger = ledger(office, &inputs.ledger).await?;
    let told_apart = ledger.iter().filter(|entry| entry.round == round.plan.slug).flat_map(|entry| &entry.atoms);
    let by_tenure = plan.by_tenure() || told_apart.into_iter().any(|atom| atom.tenure.is_some());
    let estimated = estimation::estimate(office, round, &material, by_tenure, inputs.seed()?).await?;
    let accounting = accounting(office, inputs, &material, &estimated).await?;
    let key = key(round, &material, &estimated, &accounting);
    let responses = responses(&material, &accounting)?;
    let composition = composition(&material, &estimated);
    let register = breaks::breaks_as_of(office, inputs.created_at).await?;
    let (earlier, compared_with) = earlier(office, inputs, &key, &register).await?;
    let measures = Measures::of(&material.questionnaire, material.cuts.as_ref());
    let infos = infos(&material.questionnaire, publication, measures.kinds());
    let drawn = measures.are_drawn();
    let measures: Vec<String> = infos.iter().map(|info| info.id.clone()).collect();
    let Estimated { records, weights, atoms, .. } = estimated;
    let before_gate = BeforeGate {
        release: inputs.id.clone(),
        round: round.plan.slug.clone(),
        publication_hash: material.publication.1.clone(),
        plan,
        measures: infos,
        records,
        geography: geography(&material, &atoms),
        atoms,
        answered: answered(&material, &accounting),
        earlier,
        ledger,
        floor: floor(publication),
        rules: rules(publication),
    };
    let (passed, records) = before_gate.judge().await?;
    let Passed { table, report: gate, log, entry } = passed;

    let questionnaire = &material.questionnaire;
    let methods = [
        ("weights", weights.scheme.key()),
        ("variance", weights.variance.key()),
        ("intervals", "normal; shares: xlogit, Korn-Graubard where few"),
        ("tests", "headlines: Holm; others: Benjamini-Hochberg"),
    ];
    let origin = Origin {
        software: inputs.software.clone(),
        seed: inputs.seed.clone(),
        methods: BTreeMap::from(methods.map(|(step, method)| (step.to_owned(), method.to_owned()))),
        ledger: inputs.ledger.clone(),
    };
    let published = published_measures(questionnaire, round, publication);
    let head = Head {
        id: inputs.id.clone(),
        round: round.plan.slug.clone(),
        kind: round.plan.kind,
        period: round.plan.period.clone(),
        created_at: inputs.created_at,
        supersedes: inputs.supersedes.clone(),
        reason: inputs.reason.clone(),
        questionnaire: round.plan.questionnaire.clone(),
        version_hash: round.version_hash.clone(),
        publication_hash: material.publication.1.clone(),
        titles: names(questionnaire, round, |texts| texts.title.clone()),
        organisations: round.plan.organisations.clone(),
        source: round.plan.source.clone(),
        field: (round.plan.opens_on, round.plan.closes_on),
        population_date: material.population.as_ref().map(|population| population.reference_date),
        areas: material.shown.total().into_iter().chain(material.shown.districts()).map(area_label).collect(),
        sexes: class_labels(questionnaire, round, ClassItem::Sex),
        ages: class_labels(questionnaire, round, ClassItem::Age),
        tenures: class_labels(questionnaire, round, ClassItem::Tenure),
        cuts: material.cuts.as_ref().filter(|_| drawn).map(|table| table.meta.id.clone()),
        weights: weighting(&weights, &published, &records, &table),
        measures: published,
        items: published_items(questionnaire, round),
        tables: publication.table.iter().map(Table::of).collect(),
        responses,
        composition,
        gate,
        min_n: u64::from(publication.floor.n_min),
        compared_with,
        declarations: breaks::used(&register, &table),
        set_aside: Some(round.set_aside).filter(|&count| count > 0),
        origin: Some(origin),
        redrawn: inputs.redrawn.clone(),
        key,
    };
    let body = Body::freeze(head, table)?;
    let internal = serde_json::to_vec(&Internal { measures, records, gate: log, weights: Some(weights) })
        .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
    let ledger = ledger_document::write(&entry, &office.release_key)?;
    Ok(Composed { body, internal, ledger })
}
