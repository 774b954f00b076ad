//! Rounds as the respondents' pages need them: parsed questionnaire, area names, keys, card. Kept in
//! memory for a second at most; what counts is checked again inside the writer's transaction.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};

use super::{
    Office,
    answering::{Front, FrontState, Receipt, Refusal, RoundCard},
    areas, rounds,
};
use crate::{
    clock::stockholm_date,
    questionnaire::{Questionnaire, Stream},
    survey::{
        challenge::ChallengeKey,
        ids::{RoundId, SubmissionId},
        invitation::{CodeKey, ReceiptKey},
        round::{Place, Round},
    },
};

/// How old what is held here may be.
const FRESH: Duration = Duration::from_secs(1);

/// A round that respondents can meet.
pub struct Live {
    /// Identity.
    pub id: RoundId,
    /// Stage key when it was read.
    pub stage: String,
    /// Whom it asks.
    pub stream: Stream,
    /// Places with an open link; none for residents.
    pub places: Vec<Place>,
    /// The youngest who may answer.
    pub youngest: u8,
    /// The version it fields.
    pub questionnaire: Arc<Questionnaire>,
    /// The version's hash, hexadecimal.
    pub version_hex: String,
    /// Area codes in the order of the area item's options.
    pub area_codes: Vec<String>,
    /// Area names in the same order.
    pub area_names: Vec<String>,
    /// What pages say about it.
    pub card: Arc<RoundCard>,
    /// Key of code hashes.
    pub code_key: CodeKey,
    /// Key of the challenges of its open links.
    pub challenge_key: ChallengeKey,
    receipt_key: ReceiptKey,
    opens_on: chrono::NaiveDate,
}

impl Live {
    /// Whether somebody may begin to answer at `now`: the round is open, and its last day is not over.
    #[must_use]
    pub fn takes_starts(&self, now: DateTime<Utc>) -> bool {
        self.stage == "open" && stockholm_date(now) <= self.card.closes_on
    }

    /// What its own door says at `now`.
    #[must_use]
    pub fn own_front(&self, now: DateTime<Utc>) -> Front {
        let card = Arc::clone(&self.card);
        let state = match self.stage.as_str() {
            _ if self.takes_starts(now) => FrontState::Open(card),
            "paused" => FrontState::Paused(card),
            "scheduled" => FrontState::NotYet { opens_on: Some(self.opens_on) },
            _ => FrontState::Closed { results_on: card.results_on, card },
        };
        Front { sender: sender(Some(self)), state }
    }

    /// The receipt of `submission`.
    #[must_use]
    pub fn receipt(&self, submission: SubmissionId) -> Receipt {
        Receipt { word: self.receipt_key.word(submission), submission, card: Arc::clone(&self.card) }
    }
}

/// Rounds as they were read at a moment; without one, they are to be read again.
type Held = Option<(Option<Instant>, Arc<Vec<Arc<Live>>>)>;

/// The rounds held by this process.
#[derive(Default)]
pub struct LiveRounds {
    held: RwLock<Held>,
    reading: tokio::sync::Mutex<()>,
}

impl LiveRounds {
    /// Lets the next look read again. What is held stays for those who hold a connection to the database: they
    /// must not wait for whoever reads, who needs one too.
    pub fn refresh(&self) {
        if let Some((read, _)) = self.held.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            *read = None;
        }
    }

    fn fresh(&self) -> Option<Arc<Vec<Arc<Live>>>> {
        let (read, rounds) = self.held()?;
        read.is_some_and(|read| read.elapsed() < FRESH).then_some(rounds)
    }

    fn held(&self) -> Held {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn all(&self, office: &Office) -> Result<Arc<Vec<Arc<Live>>>, Refusal> {
        if let Some(rounds) = self.fresh() {
            return Ok(rounds);
        }
        // One reads; the others go on with what was true a moment ago, for the writer asks the round's
        // stage again in its own transaction. Only where that is known to be out of date do they wait.
        let _reading = match (self.reading.try_lock(), self.held()) {
            (Ok(reading), _) => reading,
            (Err(_), Some((Some(_), rounds))) => return Ok(rounds),
            (Err(_), _) => self.reading.lock().await,
        };
        if let Some(rounds) = self.fresh() {
            return Ok(rounds);
        }
        rounds::tick(office).await.map_err(|error| match error {
            rounds::RoundError::Store(error) => Refusal::of(&error),
            other => Refusal::Internal(other.to_string()),
        })?;
        let rows = office.database.read().await?.rounds().list().await?;
        let mut rounds = Vec::new();
        for row in rows {
            let round = rounds::parse(row)?.round;
            let stage = round.stage().key();
            if matches!(stage, "scheduled" | "open" | "paused" | "closed" | "opened" | "released") {
                rounds.push(Arc::new(live(office, &round).await?));
            }
        }
        rounds.sort_by_key(|live| live.opens_on);
        let rounds = Arc::new(rounds);
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some((Some(Instant::now()), Arc::clone(&rounds)));
        Ok(rounds)
    }

    /// Reads the rounds if what is held is too old. To be called before a connection to the database is taken,
    /// if [`Self::find`] is needed while it is held.
    pub(super) async fn ready(&self, office: &Office) -> Result<(), Refusal> {
        self.all(office).await.map(drop)
    }

    /// Rounds that a code may open now.
    pub(super) async fn open(&self, office: &Office) -> Result<Vec<Arc<Live>>, Refusal> {
        let open = |live: &&Arc<Live>| live.stream == Stream::Resident && live.stage == "open";
        Ok(self.all(office).await?.iter().filter(open).cloned().collect())
    }

    /// The round that the open link of the place `id` leads to, and the place's number: one that takes
    /// starts, else the newest.
    pub(super) async fn place(&self, office: &Office, id: &str) -> Result<Option<(Arc<Live>, u8)>, Refusal> {
        let (all, now) = (self.all(office).await?, office.clock.now());
        let found = all.iter().rev().filter_map(|live| {
            let place = live.places.iter().position(|place| place.id == id)?;
            Some((Arc::clone(live), u8::try_from(place + 1).ok()?))
        });
        Ok(found.max_by_key(|(live, _)| live.takes_starts(now)))
    }

    /// Rounds whose envelopes may still be there.
    pub(super) async fn answerable(&self, office: &Office) -> Result<Vec<Arc<Live>>, Refusal> {
        let of_interest = |live: &&Arc<Live>| matches!(live.stage.as_str(), "open" | "paused" | "closed");
        Ok(self.all(office).await?.iter().filter(of_interest).cloned().collect())
    }

    /// The round `id` as it is held, if respondents can meet it: waits for nobody.
    pub(super) fn find(&self, id: RoundId) -> Option<Arc<Live>> {
        self.held()?.1.iter().find(|live| live.id == id).cloned()
    }

    /// The round `slug`, if respondents can meet it.
    pub(super) async fn find_by_slug(&self, office: &Office, slug: &str) -> Result<Option<Arc<Live>>, Refusal> {
        Ok(self.all(office).await?.iter().find(|live| live.card.slug == slug).cloned())
    }

    /// What the residents' door says: an open round wins, then a paused one, then one to come, then the last.
    pub(super) async fn front(&self, office: &Office) -> Result<Front, Refusal> {
        let all = self.all(office).await?;
        let newest = all.last().cloned();
        let all: Vec<&Arc<Live>> = all.iter().filter(|live| live.stream == Stream::Resident).collect();
        let with = |stage: &str| all.iter().rev().find(|live| live.stage == stage);
        let now = office.clock.now();
        // In the day after the last one what was begun may still be sent, and nothing begins.
        let ended = |live: &Live| matches!(live.stage.as_str(), "open" | "closed" | "opened" | "released");
        let closed = all.iter().rev().find(|live| ended(live));
        let state = if let Some(live) = all.iter().rev().find(|live| live.takes_starts(now)) {
            FrontState::Open(Arc::clone(&live.card))
        } else if let Some(live) = with("paused") {
            FrontState::Paused(Arc::clone(&live.card))
        } else if let Some(live) = all.iter().find(|live| live.stage == "scheduled") {
            FrontState::NotYet { opens_on: Some(live.opens_on) }
        } else if let Some(live) = closed {
            FrontState::Closed { results_on: live.card.results_on, card: Arc::clone(&live.card) }
        } else {
            FrontState::NotYet { opens_on: None }
        };
        let newest = all.last().copied().or(newest.as_ref());
        Ok(Front { sender: sender(newest.map(AsRef::as_ref)), state })
    }
}

/// The name that stands in titles.
fn sender(live: Option<&Live>) -> String {
    live.and_then(|live| live.card.organisations.first()).map_or_else(|| "Kommunen".to_owned(), Clone::clone)
}

async fn live(office: &Office, round: &Round) -> Result<Live, Refusal> {
    let plan = &round.plan;
    let questionnaire =
        office.catalogue.find(&office.database, &plan.questionnaire.id, &plan.questionnaire.version).await?;
    let publication = office.catalogue.publication(&office.database, &questionnaire).await?.0;
    let mut tx = office.database.read().await?;
    let set = areas::area_set(&mut tx, &plan.area_set.id, &plan.area_set.version)
        .await
        .map_err(|error| Refusal::Internal(error.to_string()))?;
    let is_draft = |tag: &str| questionnaire.texts(tag).is_some_and(|texts| !texts.reviewed);
    let card = RoundCard {
        slug: plan.slug.clone(),
        kind: plan.kind,
        stream: plan.stream,
        languages: plan.languages.clone(),
        drafts: plan.languages.iter().filter(|tag| is_draft(tag)).cloned().collect(),
        closes_on: plan.closes_on,
        results_on: plan.results_on,
        minutes: plan.minutes,
        organisations: plan.organisations.clone(),
        holders: plan.holders.clone(),
        threshold: plan.needed,
        min_n: publication.floor.n_min,
    };
    Ok(Live {
        id: round.id,
        stage: round.stage().key().to_owned(),
        stream: plan.stream,
        places: plan.places.clone(),
        youngest: plan.ages.0,
        version_hex: crate::questionnaire::hexadecimal(&questionnaire.hash()),
        questionnaire,
        area_codes: set.districts().map(|area| area.code.clone()).collect(),
        area_names: set.districts().map(|area| area.name.clone()).collect(),
        card: Arc::new(card),
        code_key: CodeKey::derive(office.service_secret.expose(), round.id),
        challenge_key: ChallengeKey::derive(office.service_secret.expose(), round.id),
        receipt_key: ReceiptKey::derive(office.service_secret.expose(), round.id),
        opens_on: plan.opens_on,
    })
}
