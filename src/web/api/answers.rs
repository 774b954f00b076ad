//! The one public POST: an answer as JSON. It takes the same way as the form's, and a repeat of the
//! same submission gets the same reply, whatever else it holds.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::ProblemBody;
use crate::{
    service::answering::{self, PostRefusal, PostedSheet, Refusal},
    survey::ids::SubmissionId,
    web::{
        extract::{Json, Language},
        limits::network,
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// Seconds after which a full queue is likely to have room.
const BUSY: u32 = 1;

/// An answer.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// A random UUID (version 4) of the sender's; a repeat of it is the same submission.
    pub submission_id: Uuid,
    /// The code of the letter; case, spaces and hyphens do not matter.
    #[validate(length(min = 1, max = 40))]
    pub code: String,
    /// Language tag.
    #[validate(length(min = 2, max = 20))]
    pub language: String,
    /// Item id and option code; an item left out was not reached.
    #[validate(length(max = 200))]
    pub answers: BTreeMap<String, u8>,
}

/// Proof that the answer is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptBody {
    /// The receipt word; it opens nothing.
    pub receipt: String,
}

/// Takes an answer in; the reply comes after it is stored.
///
/// # Errors
/// Everything that the responses list.
#[utoipa::path(post, path = "/api/rounds/{round}/answers", tag = "answers",
    params(("round" = String, Path, description = "Name of the round")),
    request_body = Answers,
    responses(
        (status = 201, description = "Stored; a repeat gets the same", body = ReceiptBody),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`round_not_open`, `code_spent`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: code, language, items or options", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`overloaded`, `unavailable`: nothing was stored", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn post(
    request: HttpRequest,
    round: Path<String>,
    language: Language,
    state: Data<State>,
    body: Json<Answers>,
) -> Result<HttpResponse, Problem> {
    let Json(answers) = body;
    if let Err(faults) = answers.validate() {
        let problem = Problem::new(ProblemKind::Invalid);
        return Err(faults.field_errors().keys().fold(problem, |problem, field| {
            problem.fault(format!("/{field}"), "length", language.0.say("api-length"))
        }));
    }
    if answers.submission_id.get_version_num() != 4 {
        let detail = language.0.say("api-submission");
        return Err(Problem::new(ProblemKind::Invalid).fault("/submission_id", "uuid_version", detail));
    }
    let network = network(&request, &state.office.settings.trusted_proxies);
    if let Some(Err(wait)) = network.as_ref().map(|network| state.limits.peek_code(network)) {
        return Err(Problem::new(ProblemKind::TooManyRequests).retry_after(wait));
    }
    let sheet = PostedSheet {
        submission: SubmissionId::from(answers.submission_id),
        code: answers.code,
        language: answers.language,
        answers: answers.answers,
    };
    let taken = answering::post(&state.office, &round, sheet).await;
    if let Some(network) = network.filter(|_| matches!(taken, Err(PostRefusal::Refusal(Refusal::CodeWrong)))) {
        state.limits.fail_code(&network);
    }
    match taken {
        Ok(receipt) => Ok(HttpResponse::Created().json(ReceiptBody { receipt: receipt.word })),
        Err(refusal) => Err(problem(refusal, language.0)),
    }
}

fn problem(refusal: PostRefusal, locale: crate::web::i18n::Locale) -> Problem {
    let invalid =
        |pointer: &str, code: &str, key: &str| Problem::new(ProblemKind::Invalid).fault(pointer, code, locale.say(key));
    match refusal {
        PostRefusal::RoundUnknown => ProblemKind::NotFound.into(),
        PostRefusal::LanguageUnknown => invalid("/language", "language_unknown", "api-language"),
        PostRefusal::Answers(faults) => {
            faults.into_iter().fold(Problem::new(ProblemKind::Invalid), |problem, fault| {
                let detail = match fault.code {
                    "item_unknown" => locale.say("api-item-unknown"),
                    "item_hidden" => locale.say("api-item-hidden"),
                    _ => locale.say("api-option-unknown"),
                };
                let pointer = fault.item.replace('~', "~0").replace('/', "~1");
                problem.fault(format!("/answers/{pointer}"), fault.code, detail)
            })
        }
        PostRefusal::Refusal(refusal) => match refusal {
            Refusal::CodeWrong => invalid("/code", "code_wrong", "error-code-wrong"),
            Refusal::CodeUsed => ProblemKind::CodeSpent.into(),
            Refusal::RoundClosed | Refusal::RoundPaused => ProblemKind::RoundNotOpen.into(),
            Refusal::Busy => Problem::new(ProblemKind::Overloaded).retry_after(BUSY),
            Refusal::OptionUnknown { items } => {
                items.iter().fold(Problem::new(ProblemKind::Invalid), |problem, item| {
                    problem.fault(format!("/answers/{item}"), "option_unknown", locale.say("api-option-unknown"))
                })
            }
            // Only the form knows these.
            Refusal::PageUnknown
            | Refusal::OffRoute { .. }
            | Refusal::DraftGone
            | Refusal::Unanswered { .. }
            | Refusal::Unproven
            | Refusal::TooSoon { .. } => ProblemKind::NotFound.into(),
            Refusal::Internal(cause) => Problem::internal(&cause),
        },
    }
}
