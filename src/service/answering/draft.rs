//! Drafts in the database: begun with a code, opened under the respondent's cookie, deleted. What is
//! answered in them is not decided here.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{CookieKey, FrontState, Refusal, RoundCard, front, page::place};
use crate::{
    service::{Office, live::Live},
    store::{StoreError, StoredDraft},
    survey::{admission::Admission, draft::Draft, invitation::Code},
};

/// Where a respondent stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The round.
    pub card: Arc<RoundCard>,
    /// Id of the page to go on with.
    pub page: String,
    /// When the draft dies.
    pub until: DateTime<Utc>,
}

/// Looks a code up and begins a draft under `key`; gives the first page.
///
/// # Errors
/// Wrong or used code, no open round, busy.
pub async fn start(office: &Office, code: &str, key: &CookieKey) -> Result<String, Refusal> {
    let front = front(office).await?;
    match &front.state {
        FrontState::Open(_) => {}
        FrontState::Paused(_) => return Err(Refusal::RoundPaused),
        FrontState::NotYet { .. } | FrontState::Closed { .. } => return Err(Refusal::RoundClosed),
    }
    let code = Code::parse(code).map_err(|_| Refusal::CodeWrong)?;
    let now = office.clock.now();
    for live in office.live.open(office).await?.iter().filter(|live| live.takes_starts(now)) {
        let found = office.intake.invitation(live.id, *live.code_key.hash(&code).bytes()).await;
        let Some(invitation) = found.map_err(|error| Refusal::of(&error))? else { continue };
        if invitation.used {
            return Err(Refusal::CodeUsed);
        }
        let mut tx = office.database.begin().await?;
        let draft = Draft::start(Admission::Code(invitation.id), live.questionnaire.items().len(), now);
        save_draft(office, &mut tx, live, key, &draft).await?;
        tx.commit().await?;
        return Ok(first_page(live, &draft));
    }
    Err(Refusal::CodeWrong)
}

/// Id of the page that a new draft begins with.
pub(super) fn first_page(live: &Live, draft: &Draft) -> String {
    let route = live.questionnaire.route(&draft.codes(), live.stream);
    route.first().map_or_else(String::new, |&page| live.questionnaire.pages()[page].id.clone())
}

/// A draft that was opened, with its round.
pub(super) struct Opened {
    pub(super) live: Arc<Live>,
    pub(super) draft: Draft,
}

pub(super) async fn save_draft(
    office: &Office,
    tx: &mut crate::store::Tx,
    live: &Live,
    key: &CookieKey,
    draft: &Draft,
) -> Result<(), Refusal> {
    let sealed = draft
        .seal(key, office.pepper.expose(), live.id, &mut rand::rng())
        .map_err(|error| Refusal::Internal(error.to_string()))?;
    let row = StoredDraft { id: key.draft_id(), round: live.id, dies_hour: draft.dies_hour(), sealed };
    tx.drafts().save(&row).await?;
    Ok(())
}

/// Opens the draft under `key`, or none, by rounds that the caller has made ready; `changing` keeps others
/// from it until the transaction ends. A draft past its time, or one that does not open, is none.
pub(super) async fn open_draft(
    office: &Office,
    tx: &mut crate::store::Tx,
    key: &CookieKey,
    changing: bool,
) -> Result<Option<Opened>, Refusal> {
    let id = key.draft_id();
    let row = if changing { tx.drafts().find_for_update(&id).await? } else { tx.drafts().find(&id).await? };
    let Some(row) = row else { return Ok(None) };
    let Some(live) = office.live.find(row.round) else { return Ok(None) };
    let items = live.questionnaire.items().len();
    let Ok(draft) = Draft::open(&row.sealed, key, office.pepper.expose(), row.round, items) else { return Ok(None) };
    if !draft.alive(office.clock.now()) {
        return Ok(None);
    }
    Ok(Some(Opened { live, draft }))
}

/// Where the respondent under `key` stands; nothing without a draft.
///
/// # Errors
/// Busy.
pub async fn standing(office: &Office, key: &CookieKey) -> Result<Option<Standing>, Refusal> {
    office.live.ready(office).await?;
    let mut tx = office.database.read().await?;
    let Some(Opened { live, draft }) = open_draft(office, &mut tx, key, false).await? else { return Ok(None) };
    Ok(Some(Standing { card: Arc::clone(&live.card), page: place(&live, &draft), until: draft.dies() }))
}

/// Deletes the draft under `key`; none is fine.
///
/// # Errors
/// Busy.
pub async fn exit(office: &Office, key: &CookieKey) -> Result<(), Refusal> {
    let mut tx = office.database.begin().await?;
    tx.drafts().delete_many(&[key.draft_id()]).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes the drafts whose time is up, and says how many there were; spent challenges that nobody could
/// use again go too.
///
/// # Errors
/// The database.
pub async fn sweep(office: &Office) -> Result<u64, StoreError> {
    let hour = office.clock.now().timestamp().div_euclid(3_600);
    let mut tx = office.database.begin().await?;
    let swept = tx.drafts().sweep(hour).await?;
    tx.spent_challenges().sweep(hour).await?;
    tx.commit().await?;
    Ok(swept)
}
