//! J10: sending and the receipt. Sending again gives the same receipt and stores nothing.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Frame, Visit, at, fault, page};
use crate::{
    service::answering::{self, Next, Receipt, Refusal},
    web::{
        extract::{Form, PAGE},
        limits::Rate,
        pages::{Chrome, html, page as template, see_other},
        problem::Problem,
        session::{self, Visitor},
    },
};

template! { "respond/receipt.html",
    /// The receipt.
    pub struct ReceiptPage {
        /// Around it.
        pub chrome: Chrome,
        /// The receipt word.
        pub word: String,
        /// When results are expected.
        pub results: Option<String>,
        /// Support and help.
        pub help: String,
    }
}

/// Saves the last page if it came with the form, then sends.
///
/// # Errors
/// `forbidden`, `internal`.
pub async fn send(visit: Visit, form: Form<PAGE>) -> Result<HttpResponse, Problem> {
    let key = match &visit.visitor {
        Visitor::Answering(key) => key,
        Visitor::Done(_) => return Ok(see_other(visit.at("/receipt"))),
        Visitor::Unknown | Visitor::Fresh => return Ok(see_other(visit.at(""))),
    };
    visit.check(&form)?;
    if let Err(wait) = visit.state.limits.take(Rate::Send, visit.cookie.as_bytes()) {
        return fault::too_many(&visit, "/send", Some(&form.0), wait).await;
    }
    if let Some(last) = form.value("page") {
        let saved = answering::save(&visit.state.office, key, &page::posted(&visit, last.to_owned(), &form)).await;
        match saved {
            // A draft that is gone may have been sent a moment ago: the submission itself tells.
            Ok(Next::Send) | Err(Refusal::DraftGone) => {}
            Ok(next) => return Ok(see_other(visit.at(&page::onward(&next, &format!("/{last}"))))),
            Err(Refusal::OptionUnknown { items }) => {
                return page::refused(&visit, last, &form, &items, page::UNKNOWN).await;
            }
            Err(Refusal::Unanswered { item }) => {
                return page::refused(&visit, last, &form, &[item], page::UNANSWERED).await;
            }
            Err(refusal) => return fault::refuse(&visit, "/send", Some(&form.0), refusal).await,
        }
    }
    match answering::send(&visit.state.office, key, visit.locale.tag()).await {
        Ok(receipt) => {
            let mut response = see_other(visit.at("/receipt"));
            let cookie = session::respondent(session::of_submission(receipt.submission));
            response.add_cookie(&cookie).map_err(|error| Problem::internal(&error))?;
            Ok(response)
        }
        Err(refusal) => fault::refuse(&visit, "/send", Some(&form.0), refusal).await,
    }
}

/// The receipt, as often as it is asked for within the hour.
///
/// # Errors
/// `internal`.
pub async fn receipt(visit: Visit) -> Result<HttpResponse, Problem> {
    let Visitor::Done(submission) = visit.visitor else { return Ok(see_other(visit.at(""))) };
    match answering::receipt(&visit.state.office, submission).await {
        Ok(Some(receipt)) => {
            let frame = Frame::of_card(visit.locale, visit.sender().await, &receipt.card, "/f/receipt");
            html(StatusCode::OK, visit.locale, &receipt_page(&frame, &receipt))
        }
        Ok(None) => Ok(see_other(visit.at(""))),
        Err(refusal) => fault::refuse(&visit, "/receipt", None, refusal).await,
    }
}

/// The page of a receipt.
#[must_use]
pub fn receipt_page(frame: &Frame, receipt: &Receipt) -> ReceiptPage {
    let locale = frame.locale;
    let expected = |date| locale.fill("receipt-results").with("date", locale.date(date)).to_string();
    ReceiptPage {
        chrome: frame.chrome(&locale.say("receipt-title")),
        word: receipt.word.clone(),
        results: receipt.card.results_on.map(expected),
        help: at(locale, "/help"),
    }
}
