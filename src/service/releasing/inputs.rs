//! What a release is composed of. Whatever may change after it was made (the publication plan, which
//! other releases there are) is written down here and kept with it; whatever never changes (version,
//! areas, population, Responses, earlier releases) is named. So composing again gives the same bytes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ReleaseError, Wanted, areas};
use crate::{
    questionnaire::{Questionnaire, hexadecimal},
    service::{
        Office,
        catalogue::{self, CatalogueError},
        estimation::{self, Material},
        rounds::RoundError,
    },
    stats::replicate::Seed,
    store::{StoreError, Tx},
    survey::{area::Redrawn, release::Software, round::Round, staff::Organisation},
};

/// What a release is composed of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// Its id, which no other candidate ever has.
    pub id: String,
    /// When it was composed.
    pub created_at: DateTime<Utc>,
    /// 32 random bytes, hexadecimal.
    pub seed: String,
    /// The program that composed it.
    pub software: Software,
    /// The round as it was.
    pub round: Round,
    /// The text of `publication.toml` as it was.
    pub publication: String,
    /// The release that it takes the place of.
    pub supersedes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Every release of the questionnaire that was there, oldest first.
    pub ledger: Vec<String>,
    /// The version of the round's desk counts.
    pub desk_counts: Option<i64>,
    /// Who has to sign, as the publication plan was.
    pub organisations: Vec<Organisation>,
    /// The newer areas that it is for; absent where they are those of the round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redrawn: Option<Redrawn>,
}

impl Inputs {
    /// What a release of `round` is composed of at this moment.
    pub(super) async fn gather(office: &Office, round: Round, wanted: &Wanted<'_>) -> Result<Self, ReleaseError> {
        let reference = &round.plan.questionnaire;
        let questionnaire = office.catalogue.find(&office.database, &reference.id, &reference.version).await?;
        let publication = office.catalogue.publication_text(&office.database, &questionnaire).await?;
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| ReleaseError::NoChance)?;
        let mut tx = office.database.read().await?;
        let supersedes = tx.releases().current(round.id).await?.map(|head| head.id);
        let reason = wanted.reason.map(str::trim).filter(|reason| !reason.is_empty());
        if let (Some(current), None) = (&supersedes, reason) {
            return Err(ReleaseError::NoReason(current.clone()));
        }
        let reason = reason.filter(|_| supersedes.is_some()).map(str::to_owned);
        Ok(Self {
            id: free_id(&mut tx, &round).await?,
            created_at: office.clock.now(),
            seed: hexadecimal(&seed),
            software: Software { name: "trygg".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            organisations: organisations(&publication, &questionnaire)?,
            publication,
            supersedes,
            reason,
            ledger: ledger(&mut tx, &reference.id).await?,
            redrawn: areas::choose(&mut tx, &round.plan.area_set, wanted.areas).await?,
            desk_counts: tx.desk_counts().newest(round.id).await?.map(|entry| entry.version),
            round,
        })
    }

    /// The key of the random stream.
    pub(super) fn seed(&self) -> Result<Seed, ReleaseError> {
        let damaged = || StoreError::inconsistent("candidates", "inputs");
        let mut seed = [0; 32];
        for (place, byte) in seed.iter_mut().enumerate() {
            let digits = self.seed.get(2 * place..2 * place + 2).ok_or_else(damaged)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| damaged())?;
        }
        Ok(seed)
    }

    /// The version, areas and population that it names, with the publication plan as it was.
    pub(super) async fn material(&self, office: &Office) -> Result<Material, ReleaseError> {
        let mut material = estimation::material(office, &self.round).await?;
        material.publication = catalogue::publication(&self.publication, &material.questionnaire)?;
        if let Some(redrawn) = &self.redrawn {
            areas::redraw(&mut office.database.read().await?, redrawn, &mut material).await?;
        }
        Ok(material)
    }

    /// Whether other releases of the questionnaire are there now than its gate took into account.
    pub(in crate::service) async fn is_stale(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        Ok(ledger(tx, &self.round.plan.questionnaire.id).await? != self.ledger)
    }
}

/// The organisations that `text` asks to sign, each once.
fn organisations(text: &str, questionnaire: &Questionnaire) -> Result<Vec<Organisation>, ReleaseError> {
    let mut found = Vec::new();
    for key in catalogue::publication(text, questionnaire)?.0.signing_organisations {
        let organisation = Organisation::parse(&key).ok_or(ReleaseError::Organisation(key))?;
        if !found.contains(&organisation) {
            found.push(organisation);
        }
    }
    Ok(found)
}

/// Every release of the questionnaire, oldest first: what a gate has to take into account.
async fn ledger(tx: &mut Tx, questionnaire: &str) -> Result<Vec<String>, StoreError> {
    let mut heads = tx.releases().list().await?;
    heads.retain(|head| head.questionnaire_id == questionnaire);
    heads.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    Ok(heads.into_iter().map(|head| head.id).collect())
}

/// An id that no release and no candidate ever had: what was printed or signed under an id is one
/// thing for ever, also where it was refused.
async fn free_id(tx: &mut Tx, round: &Round) -> Result<String, StoreError> {
    let start = format!("R-{}-", round.plan.period);
    let mut used = tx.candidates().ids().await?;
    used.extend(tx.releases().list().await?.into_iter().map(|head| head.id));
    used.sort();
    used.dedup();
    let number = 1 + used.iter().filter(|id| id.starts_with(&start)).count();
    let mark = if round.is_demo() { "-Demodata" } else { "" };
    Ok(format!("{start}{number}{mark}"))
}

impl From<CatalogueError> for ReleaseError {
    fn from(error: CatalogueError) -> Self {
        RoundError::from(error).into()
    }
}
