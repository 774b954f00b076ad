//! The open link of people who stay: whom a place's address leads to, and how one begins there without a
//! code. A proof of work is asked once each; who cannot run scripts begins without one, which the caller
//! allows rarely. Only the stay stream knows any of this.

use super::{
    CookieKey, Front, Refusal,
    draft::{first_page, save_draft},
};
use crate::{
    service::Office,
    survey::{admission::Admission, draft::Draft},
};

/// What stands behind the address of a place.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// Who asks, and whether answers are taken.
    pub front: Front,
    /// The place's name.
    pub place: String,
    /// The youngest who may answer.
    pub youngest: u8,
    /// A challenge for one start.
    pub challenge: String,
}

/// How somebody asks to begin.
#[derive(Debug, Clone, Copy)]
pub struct Entrance<'a> {
    /// The challenge of the page and the number that answers it; none without scripts.
    pub proof: Option<(&'a str, &'a str)>,
    /// Whether the field that nobody sees was filled in. It decides nothing where a proof is given.
    pub decoy: bool,
}

/// What the place `id` leads to, or nothing.
///
/// # Errors
/// [`Refusal::Busy`] when the database does not answer.
pub async fn open_link(office: &Office, id: &str) -> Result<Option<OpenLink>, Refusal> {
    let Some((live, place)) = office.live.place(office, id).await? else { return Ok(None) };
    let now = office.clock.now();
    Ok(Some(OpenLink {
        front: live.own_front(now),
        place: live.places[usize::from(place) - 1].name.clone(),
        youngest: live.youngest,
        challenge: live.challenge_key.pose(now, &mut rand::rng()),
    }))
}

/// Begins a draft under `key` at the place `id`; gives the first page.
///
/// # Errors
/// No such place ([`Refusal::PageUnknown`]), no open round, no proof that holds, busy.
pub async fn enter(office: &Office, id: &str, entrance: Entrance<'_>, key: &CookieKey) -> Result<String, Refusal> {
    let (live, place) = office.live.place(office, id).await?.ok_or(Refusal::PageUnknown)?;
    let now = office.clock.now();
    match live.stage.as_str() {
        "paused" => return Err(Refusal::RoundPaused),
        _ if !live.takes_starts(now) => return Err(Refusal::RoundClosed),
        _ => {}
    }
    let answered = match entrance.proof {
        Some((challenge, number)) => Some(live.challenge_key.check(challenge, number, now).map_err(|unproven| {
            tracing::debug!(event = "challenge_refused", %unproven);
            Refusal::Unproven
        })?),
        None if entrance.decoy => return Err(Refusal::Unproven),
        None => None,
    };
    let mut tx = office.database.begin().await?;
    if let Some(answered) = answered
        && !tx.spent_challenges().spend(live.id, &answered.salt, answered.dies_hour).await?
    {
        return Err(Refusal::Unproven);
    }
    let draft = Draft::start(Admission::Place(place), live.questionnaire.items().len(), now);
    save_draft(office, &mut tx, &live, key, &draft).await?;
    tx.commit().await?;
    Ok(first_page(&live, &draft))
}
