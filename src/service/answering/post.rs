//! A whole sheet posted as JSON, without a draft. No respondent's pages are here.

use std::collections::BTreeMap;

use super::{
    Receipt, Refusal,
    send::{context, take},
    takes_answers,
};
use crate::{
    questionnaire::Stream,
    service::{
        Office,
        intake::{Submission, submission_hash},
    },
    survey::{admission::Admission, ids::SubmissionId, invitation::Code},
};

/// Answers posted as JSON.
#[derive(Debug, Clone)]
pub struct PostedSheet {
    /// The sender's random id; a repeat gives the same reply.
    pub submission: SubmissionId,
    /// The code of the letter.
    pub code: String,
    /// Language tag.
    pub language: String,
    /// Item id → code.
    pub answers: BTreeMap<String, u8>,
}

/// Why posted answers are not taken.
#[derive(Debug, thiserror::Error)]
pub enum PostRefusal {
    /// No round has this name.
    #[error("no such round")]
    RoundUnknown,
    /// The language is not one of the round's.
    #[error("the round has no such language")]
    LanguageUnknown,
    /// Answers that the questionnaire refuses.
    #[error("answers refused")]
    Answers(Vec<crate::survey::answer_sheet::SheetFault>),
    /// Everything else.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// Takes answers posted as JSON to the round `slug`.
///
/// # Errors
/// Everything that a form would refuse, and answers to hidden items.
pub async fn post(office: &Office, slug: &str, posted: PostedSheet) -> Result<Receipt, PostRefusal> {
    // An open link is answered by its pages only: they ask for the work and see the time that it takes.
    let live = office.live.find_by_slug(office, slug).await?.filter(|live| live.stream == Stream::Resident);
    let live = live.ok_or(PostRefusal::RoundUnknown)?;
    if !live.card.languages.contains(&posted.language) {
        return Err(PostRefusal::LanguageUnknown);
    }
    let stored = async || -> Result<bool, Refusal> {
        let hash = submission_hash(posted.submission);
        let mut tx = office.database.read().await?;
        Ok(tx.envelopes().existing(live.id, &[hash]).await?.contains(&hash))
    };
    // A posted sheet is a start and a sending at once.
    let open = match takes_answers(&live) {
        Ok(()) if !live.takes_starts(office.clock.now()) => Err(Refusal::RoundClosed),
        other => other,
    };
    let code = match (open, Code::parse(&posted.code)) {
        (Ok(()), Ok(code)) => code,
        (open, _) => {
            // A repeat of a stored submission gets its receipt whatever else it holds.
            if stored().await? {
                return Ok(live.receipt(posted.submission));
            }
            open?;
            return Err(Refusal::CodeWrong.into());
        }
    };
    let invitation = office.intake.invitation(live.id, *live.code_key.hash(&code).bytes()).await;
    let Some(invitation) = invitation.map_err(|error| Refusal::of(&error))? else {
        if stored().await? {
            return Ok(live.receipt(posted.submission));
        }
        return Err(Refusal::CodeWrong.into());
    };
    if invitation.used && stored().await? {
        return Ok(live.receipt(posted.submission));
    }
    let context = context(&live, Some(&invitation.area_code), &posted.language)?;
    let sheet = live.questionnaire.check_json(&posted.answers, &context).map_err(PostRefusal::Answers)?;
    let submission = Submission {
        round: live.id,
        submission: posted.submission,
        admission: Admission::Code(invitation.id),
        sheet,
        draft: None,
    };
    Ok(take(office, &live, submission).await?)
}
