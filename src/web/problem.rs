//! The one table of public problems (RFC 9457): code, status; titles and explanations stand in the
//! locales under `problem-<code>` and `problem-<code>-help`. What a handler cannot do it returns as
//! a [`Problem`]; [`crate::web::present`] shows it, as JSON to programs and as a page to people.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::web::i18n::Locale;

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal;)*) => {
        /// What went wrong, as told to the world. Codes are stable for ever.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemKind { $($(#[$doc])* $name,)* }

        impl ProblemKind {
            /// Every kind, in the order of the statuses.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code, last segment of the problem's `type`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            const fn number(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

problems! {
    /// A query parameter is unknown, repeated or malformed.
    BadQuery = "bad_query", 400;
    /// The body is not the JSON that is wanted.
    BadJson = "bad_json", 400;
    /// A staff POST without `Idempotency-Key`.
    IdempotencyKeyMissing = "idempotency_key_missing", 400;
    /// A parameter of the px doors is wrong.
    PxParameter = "px_parameter", 400;
    /// Nobody is signed in, or the token is unknown.
    Unauthenticated = "unauthenticated", 401;
    /// Signed in, but not allowed; or the form did not come from our own page.
    Forbidden = "forbidden", 403;
    /// Somebody else has to confirm.
    SecondPersonRequired = "second_person_required", 403;
    /// The px doors give at most 150,000 cells a call.
    PxTooManyCells = "px_too_many_cells", 403;
    /// Nothing lives at this address.
    NotFound = "not_found", 404;
    /// The address exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405;
    /// None of the accepted media types can be made.
    NotAcceptable = "not_acceptable", 406;
    /// The body came too slowly.
    RequestTimeout = "request_timeout", 408;
    /// The round's stage does not allow it.
    StageConflict = "stage_conflict", 409;
    /// A published version cannot change.
    QuestionnaireFrozen = "questionnaire_frozen", 409;
    /// The round takes no answers.
    RoundNotOpen = "round_not_open", 409;
    /// Another submission has spent the code.
    CodeSpent = "code_spent", 409;
    /// The disclosure gate says no.
    GateRefused = "gate_refused", 409;
    /// The release cannot be signed off, or not any more.
    SignOffConflict = "sign_off_conflict", 409;
    /// Texts of a language are not reviewed.
    LanguageNotReady = "language_not_ready", 409;
    /// The same key is being worked on.
    IdempotencyInProgress = "idempotency_in_progress", 409;
    /// The resource has changed since it was read.
    PreconditionFailed = "precondition_failed", 412;
    /// The body, or its number of fields, is over the limit.
    PayloadTooLarge = "payload_too_large", 413;
    /// The body has another media type than the route takes.
    UnsupportedMediaType = "unsupported_media_type", 415;
    /// Well-formed, but not acceptable; `errors` say where.
    Invalid = "invalid", 422;
    /// An import with refused rows.
    ImportRefused = "import_refused", 422;
    /// The key was used for another request.
    IdempotencyKeyReused = "idempotency_key_reused", 422;
    /// `If-Match` is missing.
    PreconditionRequired = "precondition_required", 428;
    /// Over the rate limit.
    TooManyRequests = "too_many_requests", 429;
    /// Our fault; the id is in the log, the cause nowhere else.
    Internal = "internal", 500;
    /// The intake's queue is full; nothing was stored.
    Overloaded = "overloaded", 503;
    /// The database does not answer; nothing was stored.
    Unavailable = "unavailable", 503;
    /// A stored release is not what was frozen; its figures are not shown.
    ReleaseDamaged = "release_damaged", 503;
}

impl ProblemKind {
    /// The kind with this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Its HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.number()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The kind that stands for a bare status, where a library answered instead of a handler.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        if status.as_u16() == 400 {
            Self::BadQuery
        } else {
            let same = |kind: &&Self| kind.status() == status;
            let found = Self::ALL.iter().find(same).copied();
            found.unwrap_or(if status.is_client_error() { Self::NotFound } else { Self::Internal })
        }
    }

    /// Key of its title in the locales.
    #[must_use]
    pub fn title_key(self) -> String {
        format!("problem-{}", self.code())
    }

    /// Key of its explanation in the locales.
    #[must_use]
    pub fn help_key(self) -> String {
        format!("problem-{}-help", self.code())
    }
}

/// One fault of a request, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemFault {
    /// JSON Pointer (`/answers/E1`); for files `row:7,column:persons`.
    pub pointer: String,
    /// Stable code, such as `option_unknown`.
    pub code: String,
    /// What to do, in the reader's language.
    pub detail: String,
}

/// A refusal on its way to the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .kind.code())]
pub struct Problem {
    /// The row of the table.
    pub kind: ProblemKind,
    /// More than the title says, in the reader's language.
    pub detail: Option<String>,
    /// Where the request is at fault.
    pub errors: Vec<ProblemFault>,
    /// Whole seconds until trying again makes sense.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// The bare problem.
    #[must_use]
    pub const fn new(kind: ProblemKind) -> Self {
        Self { kind, detail: None, errors: Vec::new(), retry_after: None }
    }

    /// Our own fault. `cause` goes to the log and nowhere else.
    #[must_use]
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(event = "internal", %cause);
        Self::new(ProblemKind::Internal)
    }

    /// Adds what the title leaves out.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds a fault with its place.
    #[must_use]
    pub fn fault(mut self, pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        self.errors.push(ProblemFault { pointer: pointer.into(), code: code.into(), detail: detail.into() });
        self
    }

    /// Says when trying again makes sense.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The body of RFC 9457. `instance` is the request's id.
    #[must_use]
    pub fn body(&self, public_url: &str, locale: Locale, instance: Uuid) -> Value {
        let mut body = Map::new();
        body.insert("type".to_owned(), json!(format!("{public_url}/problems/{}", self.kind.code())));
        body.insert("code".to_owned(), json!(self.kind.code()));
        body.insert("title".to_owned(), json!(locale.say(&self.kind.title_key())));
        body.insert("status".to_owned(), json!(self.kind.number()));
        if let Some(detail) = self.detail_in(locale) {
            body.insert("detail".to_owned(), json!(detail));
        }
        body.insert("instance".to_owned(), json!(format!("urn:uuid:{instance}")));
        if !self.errors.is_empty() {
            let fault =
                |fault: &ProblemFault| json!({"pointer": fault.pointer, "code": fault.code, "detail": fault.detail});
            body.insert("errors".to_owned(), self.errors.iter().map(fault).collect());
        }
        Value::Object(body)
    }

    /// The detail: as given, else the number of faults, else none.
    #[must_use]
    pub fn detail_in(&self, locale: Locale) -> Option<String> {
        let counted = || locale.fill("problem-faults").with("count", self.errors.len()).to_string();
        self.detail.clone().or_else(|| (!self.errors.is_empty()).then(counted))
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self::new(kind)
    }
}

/// The response is bare here; `present` finds the problem in it and gives it words.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.kind.status());
        response.extensions_mut().insert(self.clone());
        response
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_stands_once_and_every_language_explains_it() {
        let codes: BTreeSet<_> = ProblemKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), ProblemKind::ALL.len());
        for locale in Locale::all() {
            for kind in ProblemKind::ALL {
                assert!(
                    locale.knows(&kind.title_key()) && locale.knows(&kind.help_key()),
                    "{locale:?}: {}",
                    kind.code()
                );
            }
        }
    }

    #[test]
    fn statuses_are_those_of_the_specification() {
        let of = |code: &str| ProblemKind::of_code(code).map(|kind| kind.status().as_u16());
        for (code, status) in [
            ("bad_query", 400),
            ("px_too_many_cells", 403),
            ("not_found", 404),
            ("code_spent", 409),
            ("payload_too_large", 413),
            ("invalid", 422),
            ("precondition_required", 428),
            ("overloaded", 503),
        ] {
            assert_eq!(of(code), Some(status), "{code}");
        }
        assert_eq!(of("teapot"), None);
    }

    #[test]
    fn the_body_is_the_one_of_the_specification() {
        let problem = Problem::new(ProblemKind::Invalid).fault("/period", "period_format", "skriv YYYY").fault(
            "/slug",
            "slug_taken",
            "välj ett annat namn",
        );
        let body = problem.body("https://enkat.example", Locale::DEFAULT, Uuid::nil());
        let expected = concat!(
            r#"{"type":"https://enkat.example/problems/invalid","code":"invalid","title":"Uppgifterna kunde inte tas emot","#,
            r#""status":422,"detail":"2 fel","instance":"urn:uuid:00000000-0000-0000-0000-000000000000","#,
            r#""errors":[{"pointer":"/period","code":"period_format","detail":"skriv YYYY"},"#,
            r#"{"pointer":"/slug","code":"slug_taken","detail":"välj ett annat namn"}]}"#,
        );
        assert_eq!(body.to_string(), expected);
    }

    #[test]
    fn a_library_status_finds_its_row() {
        for (status, kind) in [
            (StatusCode::NOT_FOUND, ProblemKind::NotFound),
            (StatusCode::METHOD_NOT_ALLOWED, ProblemKind::MethodNotAllowed),
            (StatusCode::IM_A_TEAPOT, ProblemKind::NotFound),
            (StatusCode::BAD_GATEWAY, ProblemKind::Internal),
            (StatusCode::BAD_REQUEST, ProblemKind::BadQuery),
        ] {
            assert_eq!(ProblemKind::of_status(status), kind, "{status}");
        }
    }
}
