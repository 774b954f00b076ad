//! Sending a draft: its answers become a checked sheet, which goes to the writer, and the sender gets
//! a receipt. The receipt opens nothing.

use std::sync::Arc;

use super::{
    CookieKey, Refusal, RoundCard,
    draft::{Opened, open_draft},
    takes_answers,
};
use crate::{
    questionnaire::Stream,
    service::{
        Office,
        intake::{Outcome, Submission, submission_hash},
        live::Live,
    },
    survey::{
        answer_sheet::{Context, Mode, Paradata},
        ids::SubmissionId,
    },
};

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
/// No draft and no such submission, a spent code, a closed or paused round, busy.
pub async fn send(office: &Office, key: &CookieKey, language: &str) -> Result<Receipt, Refusal> {
    let submission = key.submission();
    let mut tx = office.database.read().await?;
    let Some(Opened { live, draft }) = open_draft(office, &mut tx, key, false).await? else {
        drop(tx);
        return receipt(office, submission).await?.ok_or(Refusal::DraftGone);
    };
    takes_answers(&live)?;
    let invitation = tx.invitations().find_many(live.id, &[draft.invitation]).await?.pop();
    drop(tx);
    let context = context(&live, invitation.as_ref().map(|found| found.area_code.as_str()), language)?;
    let seen: Vec<bool> = (0..live.questionnaire.pages().len()).map(|page| draft.seen(page)).collect();
    let sheet = live
        .questionnaire
        .check_form(&draft.chosen_all(), &seen, &context)
        .map_err(|faults| Refusal::OptionUnknown { items: faults.into_iter().map(|fault| fault.item).collect() })?;
    let submission =
        Submission { round: live.id, submission, invitation: draft.invitation, sheet, draft: Some(key.draft_id()) };
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
            let now = office.live.find(office, live.id).await?;
            Err(now.and_then(|live| takes_answers(&live).err()).unwrap_or(Refusal::RoundClosed))
        }
        Outcome::Unavailable => Err(Refusal::Busy),
    }
}

pub(super) fn context(live: &Live, area: Option<&str>, language: &str) -> Result<Context, Refusal> {
    let place = live.questionnaire.languages().position(|known| known.as_str() == language);
    let language = place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(1);
    let area = area
        .and_then(|code| live.area_codes.iter().position(|known| known == code))
        .and_then(|place| u8::try_from(place + 1).ok())
        .ok_or_else(|| Refusal::Internal("an invitation's area is not in the round's area set".to_owned()))?;
    Ok(Context {
        paradata: Paradata {
            mode: Mode::Web,
            language,
            stream: Stream::Resident,
            place: crate::questionnaire::missing::FILTERED,
        },
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
