//! Rounds: plan, schedule, make the key, open, pause, close, archive. The stage itself says what may
//! follow; here are the conditions that need a look into the database, and the clock.

use std::path::Path;

use zeroize::Zeroizing;

use super::{
    Office, areas,
    catalogue::CatalogueError,
    cuts::{self, CutsError},
    languages, letters,
};
use crate::{
    clock::{stockholm_date, stockholm_start},
    questionnaire::Stream,
    store::{NewRound, StoreError, StoredKeyShare, StoredLetterRun, StoredRound, StoredRoundKey, Tx},
    survey::{
        accessibility::Statement,
        envelope::PrivateKey,
        ids::RoundId,
        key_share::{self, Cost, ShareError},
        round::{Due, Kind, Moved, Plan, Round, Stage, WrongStage},
    },
};

/// Why a verb on a round is refused.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// No round has this name.
    #[error("no round is called `{0}`; `trygg round list` shows them")]
    Unknown(String),
    /// A round of this name is there.
    #[error("a round called `{0}` is there already")]
    Taken(String),
    /// The plan does not fit; everything at once.
    #[error("the plan cannot be used: {}", .0.join("; "))]
    Plan(Vec<String>),
    /// The plan file is no TOML of the right shape.
    #[error("the plan file is malformed: {0}")]
    Malformed(String),
    /// The stage does not allow it.
    #[error(transparent)]
    WrongStage(#[from] WrongStage),
    /// A condition of the transition does not hold; all of them.
    #[error("not yet: {}", .0.join("; "))]
    NotReady(Vec<String>),
    /// No stage has this name.
    #[error("no stage is called `{0}`; write scheduled, draft, open, paused, closed or archived")]
    NoStage(String),
    /// The round has its key already.
    #[error("the round has its key; a second one would make a holder's sheet worthless")]
    KeyExists,
    /// Somebody changed the round at the same time.
    #[error("the round was changed meanwhile; look again and repeat")]
    Changed,
    /// The key.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The questionnaire.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// Area sets and population tables.
    #[error(transparent)]
    Areas(#[from] areas::AreasError),
    /// Cut tables.
    #[error(transparent)]
    Cuts(#[from] CutsError),
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for RoundError {
    fn from(error: StoreError) -> Self {
        if error.conflicts_with("rounds_row_version") { Self::Changed } else { Self::Store(error) }
    }
}

/// A round as stored, for changing it.
pub(super) struct Held {
    pub(super) round: Round,
    row_version: i64,
}

pub(super) fn parse(row: StoredRound) -> Result<Held, StoreError> {
    let round = serde_json::from_value(row.document).map_err(|_| StoreError::inconsistent("rounds", "document"))?;
    Ok(Held { round, row_version: row.row_version })
}

/// The round `slug`.
///
/// # Errors
/// [`RoundError::Unknown`].
pub(super) async fn held(tx: &mut Tx, slug: &str) -> Result<Held, RoundError> {
    let row = tx.rounds().find_by_slug(slug).await?.ok_or_else(|| RoundError::Unknown(slug.to_owned()))?;
    Ok(parse(row)?)
}

pub(super) async fn keep(tx: &mut Tx, round: &Round, row_version: i64) -> Result<(), RoundError> {
    let document = serde_json::to_value(round).map_err(|_| StoreError::inconsistent("rounds", "document"))?;
    tx.rounds().update(round.id, row_version, round.stage().key(), &document).await?;
    Ok(())
}

impl Held {
    /// Stores what a transition made of the round; a refused one changes nothing.
    pub(super) async fn keep(self, tx: &mut Tx, go: impl FnOnce(Round) -> Moved) -> Result<Round, RoundError> {
        let moved = go(self.round).map_err(|refused| refused.1)?;
        keep(tx, &moved, self.row_version).await?;
        Ok(moved)
    }
}

/// The round `slug`.
///
/// # Errors
/// [`RoundError::Unknown`].
pub async fn find(office: &Office, slug: &str) -> Result<Round, RoundError> {
    let mut tx = office.database.read().await?;
    Ok(held(&mut tx, slug).await?.round)
}

/// Every round, oldest first.
///
/// # Errors
/// The database.
pub async fn list(office: &Office) -> Result<Vec<Round>, RoundError> {
    tick(office).await?;
    let rows = office.database.read().await?.rounds().list().await?;
    Ok(rows.into_iter().map(|row| parse(row).map(|held| held.round)).collect::<Result<_, _>>()?)
}

/// Reads a plan file.
///
/// # Errors
/// [`RoundError::Malformed`] with the line.
pub fn read_plan(file: &Path) -> Result<Plan, RoundError> {
    let text =
        std::fs::read_to_string(file).map_err(|error| RoundError::Malformed(format!("{}: {error}", file.display())))?;
    toml::from_str(&text).map_err(|error| RoundError::Malformed(error.to_string()))
}

/// Plans a round. A demo round is made only in a database that the demo made, and no other kind there.
///
/// # Errors
/// Everything in the plan that does not fit, at once.
pub async fn create(office: &Office, plan: Plan) -> Result<Round, RoundError> {
    let mut faults = plan.faults();
    let mut tx = office.database.begin().await?;
    let demo = tx.installation().find().await?.is_some_and(|record| record.kind == "demo");
    if demo != (plan.kind == Kind::Demo) {
        faults.push("kind: a demo round stands only in the demo's own database, and no other round does".to_owned());
    }
    if !faults.is_empty() {
        return Err(RoundError::Plan(faults));
    }
    let round = Round::draft(RoundId::from(uuid::Uuid::now_v7()), plan);
    let document = serde_json::to_value(&round).map_err(|_| StoreError::inconsistent("rounds", "document"))?;
    let row = NewRound { id: round.id, slug: round.plan.slug.clone(), stage: round.stage().key().to_owned(), document };
    if let Err(error) = tx.rounds().insert(&row).await {
        return Err(if error.conflicts_with("rounds_slug_key") {
            RoundError::Taken(round.plan.slug)
        } else {
            error.into()
        });
    }
    tx.commit().await?;
    office.live.refresh();
    Ok(round)
}

/// Sets hash and fingerprint of the version that the round fields, after checking that version,
/// areas and population are there and agree.
pub(super) async fn prepare(office: &Office, tx: &mut Tx, round: &mut Round) -> Result<(), RoundError> {
    let plan = &round.plan;
    let questionnaire =
        office.catalogue.find(&office.database, &plan.questionnaire.id, &plan.questionnaire.version).await?;
    let mut missing = languages::not_ready(&questionnaire, plan, &office.interface);
    if questionnaire.route(&[], plan.stream).is_empty() {
        missing.push("stream: the questionnaire asks nothing of people who stay".to_owned());
    }
    let areas = areas::area_set(tx, &plan.area_set.id, &plan.area_set.version).await?;
    if let Some(id) = &plan.population {
        let population = areas::population(tx, id).await?.table;
        if !areas.districts().map(|area| &area.code).eq(&population.districts) {
            missing.push(format!("population: the table {id} counts other districts than the area set has"));
        }
    } else if plan.scheme != "none" {
        missing
            .push("population: name the population table, or plan scheme = \"none\" for imported answers".to_owned());
    }
    if let Some(id) = &plan.cuts {
        let table = cuts::find(tx, id).await?;
        if table.questionnaire != plan.questionnaire.id {
            missing.push(format!("cuts: the table {id} reads another questionnaire, {}", table.questionnaire));
        }
    }
    if !missing.is_empty() {
        return Err(RoundError::NotReady(missing));
    }
    round.version_hash = crate::questionnaire::hexadecimal(&questionnaire.hash());
    round.fingerprint = Some(questionnaire.fingerprint());
    Ok(())
}

/// What is ready for a round's opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preparation {
    /// The key is made.
    pub key: bool,
    /// Letters that codes were drawn for.
    pub letters: u64,
    /// Runs of letters and reminders, the first one first; none after the opening.
    pub runs: Vec<StoredLetterRun>,
}

/// What is ready for the opening of `round`. Nothing of who has answered.
///
/// # Errors
/// The database.
pub async fn preparation(office: &Office, round: &Round) -> Result<Preparation, RoundError> {
    let mut tx = office.database.read().await?;
    let key = tx.round_keys().find(round.id).await?.is_some();
    let sampled: i64 = tx.samples().of_round(round.id).await?.iter().map(|sample| sample.sampled).sum();
    let coded = sampled - tx.invitations().uncoded(round.id).await?;
    let runs = tx.letter_runs().of_round(round.id).await?;
    Ok(Preparation { key, letters: u64::try_from(coded).unwrap_or(0), runs })
}

/// Moves a round to another stage by a person's will.
///
/// # Errors
/// [`RoundError::WrongStage`] with what is possible, or the conditions that do not hold.
pub async fn transition(office: &Office, slug: &str, to: &str, reason: &str) -> Result<Round, RoundError> {
    tick(office).await?;
    let now = office.clock.now();
    let mut tx = office.database.begin().await?;
    let mut found = held(&mut tx, slug).await?;
    let needs_reason = |what: &str| RoundError::NotReady(vec![format!("say why the round is {what} (--reason)")]);
    let moved = match to {
        "scheduled" => {
            if matches!(found.round.stage(), Stage::Draft) {
                if found.round.plan.holders.is_empty() {
                    return Err(RoundError::NotReady(vec!["holders: name the key holder".to_owned()]));
                }
                prepare(office, &mut tx, &mut found.round).await?;
                let missing = letters::missing(&mut tx, &found.round).await?;
                if !missing.is_empty() {
                    return Err(RoundError::NotReady(missing));
                }
            }
            found.keep(&mut tx, Round::schedule).await?
        }
        "draft" => found.keep(&mut tx, Round::unschedule).await?,
        "open" => {
            if matches!(found.round.stage(), Stage::Scheduled) {
                ready_to_open(office, &mut tx, &found.round).await?;
            }
            found.keep(&mut tx, |round| round.open(now)).await?
        }
        "paused" if reason.trim().is_empty() && matches!(found.round.stage(), Stage::Open { .. }) => {
            return Err(needs_reason("paused"));
        }
        "paused" => found.keep(&mut tx, |round| round.pause(reason.trim())).await?,
        "closed"
            if reason.trim().is_empty() && matches!(found.round.stage(), Stage::Open { .. } | Stage::Paused { .. }) =>
        {
            return Err(needs_reason("closed early"));
        }
        "closed" => found.keep(&mut tx, |round| round.close(now, reason.trim())).await?,
        "archived" => found.keep(&mut tx, Round::archive).await?,
        "opened" | "released" => {
            let stage = found.round.stage();
            let (wanted, how) =
                if to == "opened" { ("opened", "open the envelopes") } else { ("released", "release it") };
            if stage.next().contains(&wanted) {
                return Err(RoundError::NotReady(vec![format!("{how} instead: that is an act of its own")]));
            }
            return Err(WrongStage { stage: stage.key(), wanted, possible: stage.next() }.into());
        }
        other => return Err(RoundError::NoStage(other.to_owned())),
    };
    tx.commit().await?;
    office.live.refresh();
    tracing::info!(event = "round_moved", stage = moved.stage().key());
    Ok(moved)
}

async fn ready_to_open(office: &Office, tx: &mut Tx, round: &Round) -> Result<(), RoundError> {
    let mut missing = Vec::new();
    if round.plan.kind == Kind::Real {
        // Once more: another program may have come since, with other texts.
        let version = &round.plan.questionnaire;
        let questionnaire = office.catalogue.find(&office.database, &version.id, &version.version).await?;
        missing.extend(languages::not_ready(&questionnaire, &round.plan, &office.interface));
        let broken = office.database.broken_promises().await?;
        missing
            .extend(broken.into_iter().map(|setting| format!("the database server must be set otherwise: {setting}")));
        if !Statement::shipped().is_ok_and(|found| found.is_current(stockholm_date(office.clock.now()))) {
            missing.push("statement_outdated: the accessibility statement is older than twelve months; take a newer version of the program".to_owned());
        }
    }
    if tx.round_keys().find(round.id).await?.is_none() {
        missing.push("the round's key is not made; `trygg round make-key` does it".to_owned());
    }
    if round.plan.stream == Stream::Resident
        && (tx.invitations().counts(round.id).await?.is_empty() || tx.invitations().uncoded(round.id).await? > 0)
    {
        missing.push("no codes are drawn; `trygg letters run` does it".to_owned());
    }
    if missing.is_empty() { Ok(()) } else { Err(RoundError::NotReady(missing)) }
}

/// Does what the dates demand: opens scheduled rounds that are ready, closes those whose time is up.
/// Called before every look at the rounds, so any process does it.
///
/// # Errors
/// The database.
pub async fn tick(office: &Office) -> Result<(), RoundError> {
    let now = office.clock.now();
    let rows = office.database.read().await?.rounds().list().await?;
    for row in rows {
        let slug = row.slug.clone();
        let Some(due) = parse(row)?.round.due(now, stockholm_start) else { continue };
        let mut tx = office.database.begin().await?;
        let found = held(&mut tx, &slug).await?;
        if found.round.due(now, stockholm_start) != Some(due) {
            continue;
        }
        match due {
            Due::Open => match ready_to_open(office, &mut tx, &found.round).await {
                Ok(()) => found.keep(&mut tx, |round| round.open(now)).await?,
                Err(RoundError::NotReady(missing)) => {
                    tracing::error!(event = "round_cannot_open", missing = missing.join("; "));
                    continue;
                }
                Err(error) => return Err(error),
            },
            Due::Close => found.keep(&mut tx, |round| round.close(now, "")).await?,
        };
        tx.commit().await?;
        tracing::info!(event = "round_moved_by_date", due = ?due);
    }
    Ok(())
}

/// Makes the round's key pair and seals the private half to its holder. Gives the passphrase, which
/// stands nowhere else: print it at once.
///
/// # Errors
/// A key that exists, a stage after Scheduled, several holders.
pub async fn make_key(office: &Office, slug: &str) -> Result<Zeroizing<String>, RoundError> {
    let mut tx = office.database.begin().await?;
    let round = held(&mut tx, slug).await?.round;
    if !matches!(round.stage(), Stage::Draft | Stage::Scheduled) {
        let missing = "a key is made before the round opens".to_owned();
        return Err(RoundError::NotReady(vec![missing]));
    }
    if tx.round_keys().find(round.id).await?.is_some() {
        return Err(RoundError::KeyExists);
    }
    let threshold = round.plan.threshold();
    let (private, passphrase, shares) = tokio::task::spawn_blocking(move || {
        let mut rng = rand::rng();
        let private = PrivateKey::draw(&mut rng);
        let passphrase = key_share::draw_passphrase(&mut rng);
        let shares = key_share::share(&private, round.id, threshold, &passphrase, Cost::FULL, &mut rng);
        (private, passphrase, shares)
    })
    .await
    .map_err(|_| ShareError::Derivation)?;
    for share in shares? {
        let label = round.plan.holders.get(usize::from(share.holder) - 1).cloned().unwrap_or_default();
        let row =
            StoredKeyShare { holder: u32::from(share.holder), label, salt: share.salt.to_vec(), sealed: share.sealed };
        tx.key_shares().insert(round.id, &row).await?;
    }
    let key = StoredRoundKey {
        public_key: private.public().bytes().to_vec(),
        needed: u32::from(threshold.needed),
        holders: u32::from(threshold.holders),
    };
    tx.round_keys().insert(round.id, &key).await?;
    tx.commit().await?;
    Ok(passphrase)
}
