//! Sending a draft: its answers become a checked sheet, which goes to the writer, and the sender gets
//! a receipt. The receipt opens nothing.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    CookieKey, Refusal, RoundCard,
    draft::{Opened, open_draft},
    save::unanswered_area,
    takes_answers,
};
use crate::{
    questionnaire::missing,
    service::{
        Office,
        intake::{Outcome, Submission, submission_hash},
        live::Live,
    },
    survey::{
        admission::Admission,
        answer_sheet::{Context, Mode, Paradata},
        draft::Draft,
        ids::SubmissionId,
    },
};

/// Least time that an item of an open link takes, in seconds.
const SECONDS_AN_ITEM: i64 = 2;

/// Proof of sending; opens nothing.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The word.
    pub word: String,
    /// The submission, for a reload.
    pub submission: SubmissionId,
    /// The round.
    pub card: Arc<RoundCard>,
}

/// Sends the draft under `key`. A repeat gives the same receipt and stores nothing.
///
/// # Errors
/// No draft and no such submission, a spent code, a closed or paused round, busy; by an open link also no
/// district, or sooner than anybody reads.
pub async fn send(office: &Office, key: &CookieKey, language: &str) -> Result<Receipt, Refusal> {
    let submission = key.submission();
    office.live.ready(office).await?;
    let mut tx = office.database.read().await?;
    let Some(Opened { live, draft }) = open_draft(office, &mut tx, key, false).await? else {
        drop(tx);
        return receipt(office, submission).await?.ok_or(Refusal::DraftGone);
    };
    takes_answers(&live)?;
    let context = match draft.admission {
        Admission::Code(invitation) => {
            let invitation = tx.invitations().find_many(live.id, &[invitation]).await?.pop();
            context(&live, invitation.as_ref().map(|found| found.area_code.as_str()), language)?
        }
        Admission::Place(place) => {
            ready(&live, &draft, office.clock.now())?;
            Context { paradata: paradata(&live, place, language), areas: live.area_codes.len(), area: None }
        }
    };
    drop(tx);
    let seen: Vec<bool> = (0..live.questionnaire.pages().len()).map(|page| draft.seen(page)).collect();
    let sheet = live
        .questionnaire
        .check_form(&draft.chosen_all(), &seen, &context)
        .map_err(|faults| Refusal::OptionUnknown { items: faults.into_iter().map(|fault| fault.item).collect() })?;
    let submission =
        Submission { round: live.id, submission, admission: draft.admission, sheet, draft: Some(key.draft_id()) };
    take(office, &live, submission).await
}

/// Takes a checked submission to the writer and turns its outcome into a receipt or a refusal.
pub(super) async fn take(office: &Office, live: &Live, submission: Submission) -> Result<Receipt, Refusal> {
    let id = submission.submission;
    match office.intake.take(submission).await {
        Outcome::Accepted | Outcome::Replay => Ok(live.receipt(id)),
        Outcome::CodeSpent => Err(Refusal::CodeUsed),
        Outcome::RoundNotOpen => {
            // What was held here a moment ago is out of date.
            office.live.refresh();
            office.live.ready(office).await?;
            let now = office.live.find(live.id);
            Err(now.and_then(|live| takes_answers(&live).err()).unwrap_or(Refusal::RoundClosed))
        }
        Outcome::Unavailable => Err(Refusal::Busy),
    }
}

/// Whether a draft of an open link may be sent: it says where the respondent lives, and nobody could have
/// read what was shown in less time.
fn ready(live: &Live, draft: &Draft, now: DateTime<Utc>) -> Result<(), Refusal> {
    let questionnaire = &live.questionnaire;
    if let Some(item) = unanswered_area(live, draft) {
        return Err(Refusal::OffRoute { page: questionnaire.pages()[questionnaire.items()[item].page].id.clone() });
    }
    let codes = draft.codes();
    let seen = questionnaire.route(&codes, live.stream).into_iter().filter(|&page| draft.seen(page));
    let shown: usize = seen.map(|page| questionnaire.visible_items(page, &codes, live.stream).len()).sum();
    let least = TimeDelta::seconds(SECONDS_AN_ITEM * i64::try_from(shown).unwrap_or(i64::from(u8::MAX)));
    // Rounded up: whoever waits so long may send.
    let wait = (draft.started() + least - now + TimeDelta::milliseconds(999)).num_seconds();
    if wait > 0 { Err(Refusal::TooSoon { wait: u32::try_from(wait).unwrap_or(u32::MAX) }) } else { Ok(()) }
}

fn paradata(live: &Live, place: u8, language: &str) -> Paradata {
    let position = live.questionnaire.languages().position(|known| known.as_str() == language);
    let language = position.and_then(|position| u8::try_from(position + 1).ok()).unwrap_or(1);
    Paradata { mode: Mode::Web, language, stream: live.stream, place }
}

pub(super) fn context(live: &Live, area: Option<&str>, language: &str) -> Result<Context, Refusal> {
    let area = area
        .and_then(|code| live.area_codes.iter().position(|known| known == code))
        .and_then(|place| u8::try_from(place + 1).ok())
        .ok_or_else(|| Refusal::Internal("an invitation's area is not in the round's area set".to_owned()))?;
    Ok(Context {
        paradata: paradata(live, missing::FILTERED, language),
        areas: live.area_codes.len(),
        area: Some(area),
    })
}

/// The receipt of a submission that is stored; nothing if it is not.
///
/// # Errors
/// Busy.
pub async fn receipt(office: &Office, submission: SubmissionId) -> Result<Option<Receipt>, Refusal> {
    let hash = submission_hash(submission);
    for live in office.live.answerable(office).await? {
        let mut tx = office.database.read().await?;
        if tx.envelopes().existing(live.id, &[hash]).await?.contains(&hash) {
            return Ok(Some(live.receipt(submission)));
        }
    }
    Ok(None)
}
