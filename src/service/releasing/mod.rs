//! The release of a round: estimate, ask the gate, freeze. Everything is stored in one transaction; a
//! refusal or a crash before it leaves nothing behind.

mod earlier;
mod gate;
mod labels;
mod response;
mod weighting;

use earlier::earlier;
use gate::{floor, infos, plan};
use labels::{ClassItem, area_label, class_labels, names, published_items, published_measures};
use response::{accounting, key, responses};
use weighting::weighting;

use super::{
    Office,
    estimation::{self, Estimated, EstimationError, Measures},
    published::{self, PublishedError},
    rounds::{self, RoundError},
};
use crate::{
    questionnaire::hexadecimal,
    stats::{
        disclosure::{self, GateRefusal},
        estimate::EstimateRecord,
        weight::WeightLog,
    },
    store::{ReleaseHead, StoreError, StoredRelease},
    survey::{
        release::{Damaged, Head, Release, Table},
        round::{Kind, Round, Stage, WrongStage},
    },
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
    /// The operating system gives no random numbers.
    #[error("the operating system gave no random numbers; try again")]
    Chance,
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
/// position among them, and how their weights came out.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Internal {
    measures: Vec<String>,
    records: Vec<EstimateRecord>,
    #[serde(default)]
    weights: Option<WeightLog>,
}

/// Estimates and releases the round `slug`; with a `reason` it corrects the round's current release.
///
/// # Errors
/// [`ReleaseError`]; then nothing is stored.
pub async fn release(office: &Office, slug: &str, reason: Option<&str>) -> Result<Release, ReleaseError> {
    rounds::tick(office).await?;
    let round = rounds::find(office, slug).await?;
    match round.stage() {
        _ if round.plan.kind == Kind::Test => return Err(ReleaseError::Test),
        Stage::Opened { scrubbed: true, .. } | Stage::Released => {}
        Stage::Opened { .. } => return Err(ReleaseError::NotScrubbed),
        stage => {
            let wrong = WrongStage { stage: stage.key(), wanted: "released", possible: stage.next() };
            return Err(RoundError::from(wrong).into());
        }
    }
    let heads = published::list(office).await?;
    let current = office.database.read().await?.releases().current(round.id).await?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if let (Some(current), None) = (&current, reason) {
        return Err(ReleaseError::NoReason(current.id.clone()));
    }
    let material = estimation::material(office, &round).await?;
    if material.publication.0.table.is_empty() {
        return Err(ReleaseError::NoTables);
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| ReleaseError::Chance)?;
    let estimated = estimation::estimate(office, &round, &material, seed).await?;
    let accounting = accounting(office, &round, &material, &estimated).await?;
    let key = key(&round, &material, &estimated, &accounting);
    let (earlier, compared_with) = earlier(office, &round, &key).await?;

    let number = 1 + heads.iter().filter(|head| head.period == round.plan.period).count();
    let mark = if round.is_demo() { "-Demodata" } else { "" };
    let id = format!("R-{}-{number}{mark}", round.plan.period);
    let created_at = office.clock.now();
    let publication = &material.publication.0;
    let measures = Measures::of(&material.questionnaire, material.cuts.as_ref());
    let infos = infos(&material.questionnaire, publication, measures.kinds());
    let plan = plan(publication);
    let drawn = measures.are_drawn();
    let measures: Vec<String> = infos.iter().map(|info| info.id.clone()).collect();
    let Estimated { records, weights, .. } = estimated;
    let floor = floor(publication);
    let (table, gate, records) = tokio::task::spawn_blocking(move || {
        disclosure::gate(&plan, &infos, &records, &earlier, &floor).map(|(table, report)| (table, report, records))
    })
    .await
    .map_err(|_| EstimationError::Interrupted)??;

    let supersedes = current.as_ref().map(|head| head.id.clone());
    let questionnaire = &material.questionnaire;
    let published = published_measures(questionnaire, &round, publication);
    let head = Head {
        id: id.clone(),
        round: round.plan.slug.clone(),
        kind: round.plan.kind,
        period: round.plan.period.clone(),
        created_at,
        supersedes: supersedes.clone(),
        reason: reason.filter(|_| supersedes.is_some()).map(str::to_owned),
        questionnaire: round.plan.questionnaire.clone(),
        version_hash: round.version_hash.clone(),
        publication_hash: material.publication.1.clone(),
        titles: names(questionnaire, &round, |texts| texts.title.clone()),
        organisations: round.plan.organisations.clone(),
        source: round.plan.source.clone(),
        field: (round.plan.opens_on, round.plan.closes_on),
        population_date: material.population.as_ref().map(|population| population.reference_date),
        areas: material.areas.total().into_iter().chain(material.areas.districts()).map(area_label).collect(),
        sexes: class_labels(questionnaire, &round, ClassItem::Sex),
        ages: class_labels(questionnaire, &round, ClassItem::Age),
        tenures: class_labels(questionnaire, &round, ClassItem::Tenure),
        seed: drawn.then(|| hexadecimal(&seed)),
        cuts: material.cuts.as_ref().filter(|_| drawn).map(|table| table.meta.id.clone()),
        weights: weighting(&weights, &published, &records, &table),
        measures: published,
        items: published_items(questionnaire, &round),
        tables: publication.table.iter().map(Table::of).collect(),
        responses: responses(&material, &accounting),
        gate,
        min_n: u64::from(publication.floor.n_min),
        compared_with,
        key,
    };
    let release = Release::freeze(head, table)?;
    let internal = serde_json::to_vec(&Internal { measures, records, weights: Some(weights) })
        .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
    store(office, slug, &release, supersedes, &internal).await?;
    office.live.refresh();
    tracing::info!(event = "released", release = id);
    Ok(release)
}

async fn store(
    office: &Office,
    slug: &str,
    release: &Release,
    supersedes: Option<String>,
    internal: &[u8],
) -> Result<(), ReleaseError> {
    let head = release.head();
    let mut tx = office.database.begin_long().await?;
    let held = rounds::held(&mut tx, slug).await?;
    let number = 1 + tx.releases().list().await?.iter().filter(|other| other.round == held.round.id).count();
    let stored = StoredRelease {
        head: ReleaseHead {
            id: head.id.clone(),
            round: held.round.id,
            number: i64::try_from(number).unwrap_or(i64::MAX),
            period: head.period.clone(),
            questionnaire_id: head.questionnaire.id.clone(),
            hash: *release.hash(),
            created_at: head.created_at,
            supersedes,
            reason: head.reason.clone(),
        },
        bytes: release.bytes().to_vec(),
    };
    tx.releases().insert(&stored).await?;
    tx.estimates_internal().insert(&head.id, internal).await?;
    held.keep(&mut tx, Round::release).await?;
    tx.commit().await?;
    Ok(())
}
