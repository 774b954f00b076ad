//! The release of a round: gather what it is composed of, estimate, ask the gate, freeze. The frozen body
//! is stored as a candidate in one transaction; a refusal or a crash before it leaves nothing behind.
//! Signing off and making it public is `signing`'s.

mod candidates;
mod earlier;
mod gate;
mod inputs;
mod labels;
mod ledger;
mod response;

use std::collections::BTreeMap;

pub(super) use candidates::publish;
pub use candidates::{Ended, Made, release};
use earlier::earlier;
use gate::{floor, infos, plan};
pub use inputs::Inputs;
use labels::{ClassItem, area_label, class_labels, names, published_items, published_measures};
use response::{accounting, key, responses};

use super::{
    Office,
    estimation::{self, Estimated, EstimationError},
    published::PublishedError,
    rounds::RoundError,
};
use crate::{
    stats::{
        disclosure::{self, GateRefusal},
        estimate::EstimateRecord,
    },
    store::StoreError,
    survey::release::{Body, Damaged, Head, Origin, Table, Weighting},
};

/// Why nothing is released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// A test round never leaves the house.
    #[error("a test round is never released")]
    Test,
    /// The tables are not rewritten yet.
    #[error("the opening is not finished: the database's files must be rewritten first; open the envelopes again")]
    NotScrubbed,
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
    /// No table is planned.
    #[error("publication.toml plans no table, so there is nothing to release")]
    NoTables,
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
/// position among them.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Internal {
    measures: Vec<String>,
    records: Vec<EstimateRecord>,
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
    let estimated = estimation::estimate(office, round, &material).await?;
    let accounting = accounting(office, round, &material, &estimated).await?;
    let key = key(round, &material, &estimated, &accounting);
    let (earlier, compared_with) = earlier(office, round, &key, &inputs.ledger).await?;
    let publication = &material.publication.0;
    let infos = infos(&material.questionnaire, publication);
    let plan = plan(publication);
    let measures: Vec<String> = infos.iter().map(|info| info.id.clone()).collect();
    let Estimated { records, weights, .. } = estimated;
    let floor = floor(publication);
    let (table, gate, records) = tokio::task::spawn_blocking(move || {
        disclosure::gate(&plan, &infos, &records, &earlier, &floor).map(|(table, report)| (table, report, records))
    })
    .await
    .map_err(|_| EstimationError::Interrupted)??;

    let questionnaire = &material.questionnaire;
    let methods = [
        ("weights", weights.scheme.key()),
        ("variance", weights.scheme.variance_form()),
        ("intervals", "normal; shares: xlogit, Korn-Graubard where few"),
        ("tests", "headlines: Holm; others: Benjamini-Hochberg"),
    ];
    let origin = Origin {
        software: inputs.software.clone(),
        seed: inputs.seed.clone(),
        methods: BTreeMap::from(methods.map(|(step, method)| (step.to_owned(), method.to_owned()))),
        ledger: inputs.ledger.clone(),
    };
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
        areas: material.areas.total().into_iter().chain(material.areas.districts()).map(area_label).collect(),
        sexes: class_labels(questionnaire, round, ClassItem::Sex),
        ages: class_labels(questionnaire, round, ClassItem::Age),
        tenures: class_labels(questionnaire, round, ClassItem::Tenure),
        measures: published_measures(questionnaire, round, publication),
        items: published_items(questionnaire, round),
        tables: publication.table.iter().map(Table::of).collect(),
        responses: responses(&material, &accounting),
        weights: Weighting {
            scheme: weights.scheme.key().to_owned(),
            kish_deff: (weights.kish_deff * 10.0).round() / 10.0,
        },
        gate,
        min_n: u64::from(publication.floor.n_min),
        compared_with,
        origin: Some(origin),
        key,
    };
    let body = Body::freeze(head, table)?;
    let internal = serde_json::to_vec(&Internal { measures, records })
        .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
    Ok(Composed { ledger: ledger::entry(&body)?, body, internal })
}
