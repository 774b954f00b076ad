//! Who asks with a staff token: `Authorization: Bearer …`. Tokens work here only, cookies of the
//! console never.

use std::{future::Future, pin::Pin};

use serde::de::DeserializeOwned;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};

use crate::{
    service::{
        breaks::BreakError,
        desk::DeskError,
        estimation::EstimationError,
        keys::KeyError,
        opening::OpeningError,
        releasing::{AreasRefused, ReleaseError},
        rounds::RoundError,
        staff::{self, StaffError},
    },
    store::StoreError,
    survey::staff::{Act, StaffMember},
    web::{
        extract::Json,
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// The member of staff behind the request's token.
#[derive(Debug)]
pub struct Staff(pub StaffMember);

impl Staff {
    /// Refuses who may not do `act`.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn must(&self, act: Act) -> Result<(), Problem> {
        if self.0.may(act) { Ok(()) } else { Err(ProblemKind::Forbidden.into()) }
    }
}

impl FromRequest for Staff {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>().cloned();
        let given = request.headers().get(header::AUTHORIZATION).and_then(|given| given.to_str().ok());
        let token = given.and_then(|given| given.strip_prefix("Bearer ")).map(|token| token.trim().to_owned());
        Box::pin(async move {
            let state = state.ok_or(Problem::new(ProblemKind::Internal))?;
            let token = token.ok_or(Problem::new(ProblemKind::Unauthenticated))?;
            let member = staff::by_token(&state.office, &token).await?;
            member.map(Self).ok_or(ProblemKind::Unauthenticated.into())
        })
    }
}

/// A staff request with a JSON body. Who asks is found out before the body is looked at.
#[derive(Debug)]
pub struct StaffJson<T>(pub Staff, pub T);

impl<T: DeserializeOwned + 'static> FromRequest for StaffJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(request, payload);
        let body = Json::<T>::from_request(request, payload);
        Box::pin(async move {
            let staff = staff.await?;
            Ok(Self(staff, body.await?.0))
        })
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() { Self::new(ProblemKind::Unavailable).retry_after(5) } else { Self::internal(&error) }
    }
}

impl From<StaffError> for Problem {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Store(error) => error.into(),
            StaffError::SignIn => ProblemKind::Unauthenticated.into(),
            StaffError::Hash(_) => Self::internal(&error),
            StaffError::Password | StaffError::Invalid(_) => Self::new(ProblemKind::Invalid).detail(error.to_string()),
        }
    }
}

impl From<RoundError> for Problem {
    fn from(error: RoundError) -> Self {
        let told = |kind| Self::new(kind).detail(error.to_string());
        match error {
            RoundError::Store(error) => error.into(),
            RoundError::Unknown(_) => told(ProblemKind::NotFound),
            RoundError::Plan(ref faults) => faults.iter().fold(Self::new(ProblemKind::Invalid), |problem, fault| {
                let (field, rest) = fault.split_once(": ").unwrap_or(("", fault));
                problem.fault(format!("/{field}"), "plan", rest)
            }),
            RoundError::NotReady(ref missing) => {
                let kind = if missing.iter().any(|what| what.starts_with("language_not_ready")) {
                    ProblemKind::LanguageNotReady
                } else {
                    ProblemKind::StageConflict
                };
                missing.iter().fold(Self::new(kind), |problem, what| problem.fault("", "condition", what))
            }
            RoundError::WrongStage(ref wrong) => wrong
                .possible
                .iter()
                .fold(told(ProblemKind::StageConflict), |problem, next| problem.fault("/to", "possible", *next)),
            RoundError::Taken(_)
            | RoundError::Malformed(_)
            | RoundError::NoStage(_)
            | RoundError::Areas(_)
            | RoundError::Cuts(_)
            | RoundError::Share(_) => told(ProblemKind::Invalid),
            RoundError::KeyExists | RoundError::Changed | RoundError::Catalogue(_) => told(ProblemKind::StageConflict),
        }
    }
}

impl From<BreakError> for Problem {
    fn from(error: BreakError) -> Self {
        match error {
            BreakError::Refused(refused) => {
                let detail = refused.to_string();
                Self::new(ProblemKind::Invalid).fault(format!("/{}", refused.field), refused.code, detail)
            }
            BreakError::Round(error) => error.into(),
            BreakError::Published(error) => error.into(),
            BreakError::Store(error) => error.into(),
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(faults) => {
                faults.into_iter().fold(Self::new(ProblemKind::ImportRefused), |problem, fault| {
                    let row = fault.row.map_or_else(String::new, |row| format!("row:{row}"));
                    let column = fault.column.as_ref().map_or_else(String::new, |column| format!(",column:{column}"));
                    let detail = fault.to_string();
                    problem.fault(format!("{row}{column}"), fault.code, detail)
                })
            }
            DeskError::Round(error) => error.into(),
            DeskError::NotAllowed(_) => ProblemKind::Forbidden.into(),
            DeskError::NoSample | DeskError::Changed => Self::new(ProblemKind::StageConflict).detail(error.to_string()),
        }
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        let told = |kind| Self::new(kind).fault("", error.code(), error.to_string());
        match error {
            KeyError::Round(error) => error.into(),
            KeyError::NoHolder(..) => told(ProblemKind::NotFound),
            KeyError::Single
            | KeyError::KeyMade
            | KeyError::TooLate
            | KeyError::Unconfirmed(_)
            | KeyError::NoShares
            | KeyError::StillNeeded => told(ProblemKind::StageConflict),
            KeyError::Taken(_)
            | KeyError::SamePerson(_)
            | KeyError::Mistyped(_)
            | KeyError::OtherHolder(_)
            | KeyError::NotYours(_)
            | KeyError::OtherRound(_)
            | KeyError::UnknownSheet
            | KeyError::Share(_) => told(ProblemKind::Invalid),
        }
    }
}

impl From<OpeningError> for Problem {
    fn from(error: OpeningError) -> Self {
        match error {
            OpeningError::Round(error) => error.into(),
            OpeningError::Key(error) => error.into(),
            OpeningError::Sheet(_, ref refused) => {
                Self::new(ProblemKind::Invalid).fault("/shares", refused.code(), error.to_string())
            }
            OpeningError::Share(_) | OpeningError::OtherKey => {
                Self::new(ProblemKind::Invalid).fault("/shares", "share_wrong", error.to_string())
            }
            OpeningError::TooFew { .. } => {
                Self::new(ProblemKind::Invalid).fault("/shares", "shares_too_few", error.to_string())
            }
            OpeningError::Unreadable(..)
            | OpeningError::NotUnderWay
            | OpeningError::Over
            | OpeningError::SamePerson
            | OpeningError::AnotherNumber => Self::new(ProblemKind::StageConflict).detail(error.to_string()),
            OpeningError::Interrupted => Self::internal(&error),
        }
    }
}

impl From<ReleaseError> for Problem {
    fn from(error: ReleaseError) -> Self {
        let told = |kind| Self::new(kind).detail(error.to_string());
        match error {
            ReleaseError::Round(error) => error.into(),
            ReleaseError::Published(error) => error.into(),
            ReleaseError::Estimation(EstimationError::Weights(_, ref weights)) => {
                told(ProblemKind::StageConflict).fault("", weights.code(), weights.to_string())
            }
            ReleaseError::Stay(_) => told(ProblemKind::StageConflict).fault("", "stay_not_released", error.to_string()),
            ReleaseError::Test
            | ReleaseError::NotScrubbed
            | ReleaseError::SheetsLeft(_)
            | ReleaseError::Accounting(_)
            | ReleaseError::Estimation(_) => told(ProblemKind::StageConflict),
            ReleaseError::NoReason(_) => {
                let detail = error.to_string();
                Self::new(ProblemKind::Invalid).fault("/reason", "reason_missing", detail)
            }
            ReleaseError::Areas(ref refused) => {
                let kind = match refused {
                    AreasRefused::Unknown(_) => ProblemKind::Invalid,
                    AreasRefused::NoCrosswalk { .. } | AreasRefused::Split { .. } => ProblemKind::StageConflict,
                };
                Self::new(kind).fault("/area_set", refused.code(), refused.to_string())
            }
            ReleaseError::Gate(ref refusal) => {
                told(ProblemKind::GateRefused).fault("", refusal.code(), refusal.to_string())
            }
            ReleaseError::LedgerMissing(_) | ReleaseError::LedgerDamaged(..) => {
                told(ProblemKind::GateRefused).fault("", "ledger_missing", error.to_string())
            }
            ReleaseError::NoTables => told(ProblemKind::GateRefused),
            ReleaseError::Stale => {
                Self::new(ProblemKind::SignOffConflict).fault("", "candidate_stale", error.to_string())
            }
            ReleaseError::Organisation(_) => told(ProblemKind::Invalid),
            ReleaseError::Damaged(_) | ReleaseError::NoChance => Self::internal(&error),
        }
    }
}
