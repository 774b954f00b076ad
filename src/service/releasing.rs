//! The release of a round: estimate, ask the gate, freeze. Everything is stored in one transaction; a
//! refusal or a crash before it leaves nothing behind.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Office,
    estimation::{self, Estimated, EstimationError, Material},
    published::{self, PublishedError},
    rounds::{self, RoundError},
};
use crate::{
    questionnaire::{Direction, Kind as MeasureKind, Level, Publication, Questionnaire, Texts},
    stats::{
        compare::Better,
        disclosure::{self, Earlier, Floor, GateRefusal, MeasureInfo, Plan, published_n},
        domain::DomainKind,
        estimate::EstimateRecord,
    },
    store::{ReleaseHead, StoreError, StoredRelease},
    survey::{
        accounting::Accounting,
        area::Area,
        breaks::{self, Key},
        release::{
            ComparedWith, Damaged, Head, Label, Names, PublishedItem, PublishedMeasure, Release, Response, Table, Unit,
            Weighting,
        },
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
    let estimated = estimation::estimate(office, &round, &material).await?;
    let accounting = accounting(office, &round, &material, &estimated).await?;
    let key = key(&round, &material, &estimated, &accounting);
    let (earlier, compared_with) = earlier(office, &round, &key).await?;

    let number = 1 + heads.iter().filter(|head| head.period == round.plan.period).count();
    let mark = if round.is_demo() { "-Demodata" } else { "" };
    let id = format!("R-{}-{number}{mark}", round.plan.period);
    let created_at = office.clock.now();
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

    let supersedes = current.as_ref().map(|head| head.id.clone());
    let questionnaire = &material.questionnaire;
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
        measures: published_measures(questionnaire, &round, publication),
        items: published_items(questionnaire, &round),
        tables: publication.table.iter().map(Table::of).collect(),
        responses: responses(&material, &accounting),
        weights: Weighting {
            scheme: weights.scheme.key().to_owned(),
            kish_deff: (weights.kish_deff * 10.0).round() / 10.0,
        },
        gate,
        min_n: u64::from(publication.floor.n_min),
        compared_with,
        key,
    };
    let release = Release::freeze(head, table)?;
    let internal = serde_json::to_vec(&Internal { measures, records })
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

/// The current releases of earlier periods of the same questionnaire, with what the gate needs of
/// them.
async fn earlier(office: &Office, round: &Round, key: &Key) -> Result<(Vec<Earlier>, Vec<ComparedWith>), ReleaseError> {
    let mut found = Vec::new();
    let mut compared_with = Vec::new();
    for release in published::series(office, &round.plan.questionnaire.id).await? {
        let head = release.head();
        if head.period >= round.plan.period || head.round == round.plan.slug {
            continue;
        }
        let internal = office.database.read().await?.estimates_internal().find(&head.id).await?;
        let internal = internal.ok_or_else(|| StoreError::inconsistent("estimates_internal", "document"))?;
        let internal: Internal = serde_json::from_slice(&internal)
            .map_err(|_| StoreError::inconsistent("estimates_internal", "document"))?;
        let mut earlier = Earlier { period: head.period.clone(), ..Earlier::default() };
        let mut reasons = HashMap::new();
        for measure in key.fingerprint.measures.keys() {
            for area in key.boundaries.keys() {
                let place = if *area == key.total { None } else { Some(area.clone()) };
                reasons.insert((measure.clone(), place), breaks::reasons(&head.key, key, measure, area));
            }
        }
        earlier.reasons = reasons;
        earlier.shown = release
            .table()
            .records()
            .iter()
            .filter(|record| record.value.is_some())
            .map(|record| (record.measure.clone(), record.domain.clone()))
            .collect::<HashSet<_>>();
        earlier.estimates = internal
            .records
            .into_iter()
            .filter_map(|record| {
                let id = internal.measures.get(record.measure)?.clone();
                Some(((id, record.domain.clone()), record))
            })
            .collect();
        found.push(earlier);
        compared_with.push(ComparedWith { release: head.id.clone(), period: head.period.clone() });
    }
    Ok((found, compared_with))
}

/// Accounting by district, with what was sampled.
async fn accounting(
    office: &Office,
    round: &Round,
    material: &Material,
    estimated: &Estimated,
) -> Result<Vec<Accounting>, ReleaseError> {
    let samples = office.database.read().await?.samples().of_round(round.id).await?;
    let sampled = |code: &str| {
        let found = samples.iter().find(|sample| sample.area_code == code);
        found.and_then(|sample| u64::try_from(sample.sampled).ok()).unwrap_or(0)
    };
    let districts = material.areas.districts().zip(&estimated.accounting);
    Ok(districts.map(|(area, counted)| Accounting { sampled: sampled(&area.code), ..*counted }).collect())
}

fn key(round: &Round, material: &Material, estimated: &Estimated, accounting: &[Accounting]) -> Key {
    let plan = &round.plan;
    let set = &material.areas;
    let shown = set.total().into_iter().chain(set.districts());
    let boundaries: BTreeMap<String, String> = shown.map(|area| (area.code.clone(), set.boundary(area))).collect();
    let (paper, all) = estimated.paper;
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    let paper_share = if all == 0 { 0.0 } else { (100.0 * paper as f64 / all as f64).round() };
    let rate = Accounting::sum(accounting).rr2().map(|rate| (rate.percent() * 10.0).round() / 10.0);
    Key {
        fingerprint: round.fingerprint.clone().unwrap_or_else(|| material.questionnaire.fingerprint()),
        stream: plan.stream,
        ages: plan.ages,
        modes: plan.modes.clone(),
        paper_share,
        field: (plan.opens_on, plan.closes_on),
        area_set: plan.area_set.clone(),
        boundaries,
        total: set.total().map_or_else(String::new, |area| area.code.clone()),
        scheme: estimated.weights.scheme.key().to_owned(),
        response_rate: rate.filter(|_| accounting.iter().any(|district| district.sampled > 0)),
    }
}

/// Response by area, the total first; nothing where no letters were sent.
fn responses(material: &Material, accounting: &[Accounting]) -> Vec<Response> {
    let all = Accounting::sum(accounting);
    if all.sampled == 0 {
        return Vec::new();
    }
    let row = |area: &Area, counted: &Accounting, decimals: f64| Response {
        area: area.code.clone(),
        sampled: counted.sampled,
        answered: published_n(counted.answered()),
        rate: counted.rr2().map_or(0.0, |rate| (rate.percent() * decimals).round() / decimals),
    };
    let total = material.areas.total().map(|area| row(area, &all, 10.0));
    let districts = material.areas.districts().zip(accounting).map(|(area, counted)| row(area, counted, 1.0));
    total.into_iter().chain(districts).collect()
}

fn floor(publication: &Publication) -> Floor {
    let floor = &publication.floor;
    Floor {
        n_min: u64::from(floor.n_min),
        n_eff_min: floor.n_eff_min,
        nonresponse: floor.nonresponse_withhold,
        uncertain_n: u64::from(floor.uncertain_n),
        uncertain_points: floor.uncertain_half_width.index,
        uncertain_share: floor.uncertain_half_width.share,
    }
}

/// Types of domains that the tables of each level hold.
fn plan(publication: &Publication) -> Plan {
    let kinds = |level: Level| {
        let tables = publication.table.iter().filter(|table| table.level == level);
        let kinds: HashSet<DomainKind> = tables.flat_map(|table| Table::of(table).kinds()).collect();
        DomainKind::ALL.into_iter().filter(|kind| kinds.contains(kind)).collect()
    };
    Plan { full: kinds(Level::D), municipal: kinds(Level::M) }
}

fn infos(questionnaire: &Questionnaire, publication: &Publication) -> Vec<MeasureInfo> {
    questionnaire
        .measures()
        .iter()
        .map(|measure| {
            let (from, to) = unit(&measure.kind).ends();
            MeasureInfo {
                id: measure.id.clone(),
                share: matches!(measure.kind, MeasureKind::Share { .. }),
                range: to - from,
                sensitive: measure.sensitive,
                municipal: measure.level == Level::M,
                points: matches!(measure.kind, MeasureKind::MeanPoints { .. } | MeasureKind::Composite { .. }),
                parts: match &measure.kind {
                    MeasureKind::Composite { parts } => parts.iter().map(|(part, _)| *part).collect(),
                    _ => Vec::new(),
                },
                better: match measure.direction {
                    Direction::LowerBetter => Better::Lower,
                    Direction::HigherBetter => Better::Higher,
                    Direction::Neutral => Better::Neither,
                },
                headline: publication.change.headline.contains(&measure.id),
            }
        })
        .collect()
}

const fn unit(kind: &MeasureKind) -> Unit {
    match kind {
        MeasureKind::Share { .. } => Unit::Percent,
        MeasureKind::MeanPoints { .. } | MeasureKind::Composite { .. } => Unit::Points,
        MeasureKind::Step => Unit::Steps,
    }
}

/// A text in each language of the round.
fn names(questionnaire: &Questionnaire, round: &Round, text: impl Fn(&Texts) -> String) -> Names {
    let languages = round.plan.languages.iter();
    languages.filter_map(|tag| Some((tag.clone(), text(questionnaire.texts(tag)?)))).collect()
}

fn area_label(area: &Area) -> Label {
    let mut names = area.names.clone();
    names.insert("sv".to_owned(), area.name.clone());
    Label { code: area.code.clone(), names }
}

#[derive(Clone, Copy)]
enum ClassItem {
    Sex,
    Age,
    Tenure,
}

/// Classes with their codes in tables and their labels.
fn class_labels(questionnaire: &Questionnaire, round: &Round, of: ClassItem) -> Vec<Label> {
    let class = questionnaire.class();
    let (item, codes): (Option<usize>, Vec<(u8, String)>) = match of {
        ClassItem::Sex => match class.sex {
            Some(sex) => (Some(sex.item), vec![(sex.woman, "woman".to_owned()), (sex.man, "man".to_owned())]),
            None => (None, Vec::new()),
        },
        ClassItem::Age | ClassItem::Tenure => {
            let item = if matches!(of, ClassItem::Age) { class.age } else { class.tenure };
            let scale = item.and_then(|item| questionnaire.items().get(item)).map(|item| item.scale);
            let options = scale.and_then(|scale| questionnaire.scales().get(scale)).map(|scale| scale.options.clone());
            (item, (1_u8..).zip(options.unwrap_or_default()).collect())
        }
    };
    let Some(item) = item else { return Vec::new() };
    codes
        .into_iter()
        .map(|(code, key)| {
            let label = |tag: &str| {
                let options = questionnaire.options(item, tag, &[]);
                options.into_iter().find(|option| option.code == code).map(|option| option.label)
            };
            let names = round.plan.languages.iter().filter_map(|tag| Some((tag.clone(), label(tag)?))).collect();
            Label { code: key, names }
        })
        .collect()
}

fn published_measures(
    questionnaire: &Questionnaire,
    round: &Round,
    publication: &Publication,
) -> Vec<PublishedMeasure> {
    let id = |item: &usize| questionnaire.items().get(*item).map_or_else(String::new, |item| item.id.clone());
    questionnaire
        .measures()
        .iter()
        .enumerate()
        .map(|(place, measure)| PublishedMeasure {
            id: measure.id.clone(),
            version: measure.version,
            kind: measure.kind_key().to_owned(),
            direction: measure.direction,
            unit: unit(&measure.kind),
            level: measure.level,
            headline: publication.change.headline.contains(&measure.id),
            formula: measure.formula.clone(),
            names: names(questionnaire, round, |texts| {
                texts.measures.get(place).map_or_else(String::new, |text| text.name.clone())
            }),
            items: measure.items.iter().map(id).collect(),
        })
        .collect()
}

fn published_items(questionnaire: &Questionnaire, round: &Round) -> Vec<PublishedItem> {
    let used: HashSet<usize> =
        questionnaire.measures().iter().flat_map(|measure| measure.items.iter().copied()).collect();
    questionnaire
        .items()
        .iter()
        .enumerate()
        .filter(|(place, _)| used.contains(place))
        .map(|(place, item)| PublishedItem {
            id: item.id.clone(),
            texts: names(questionnaire, round, |texts| {
                texts.items.get(place).map_or_else(String::new, |text| text.text.clone())
            }),
            options: round
                .plan
                .languages
                .iter()
                .map(|tag| {
                    let options = questionnaire.options(place, tag, &[]);
                    (tag.clone(), options.into_iter().map(|option| option.label).collect())
                })
                .collect(),
        })
        .collect()
}
