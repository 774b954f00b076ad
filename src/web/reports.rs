//! `POST /csp-reports`: browsers tell when our own policy was broken. Only the directive is logged:
//! addresses may hold a code.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde_json::Value;

use crate::web::{
    extract::Raw,
    limits::{Rate, network},
    state::State,
};

/// Most bytes of a report.
const LIMIT: usize = 8 << 10;

/// Counts and logs; what is too much is dropped in silence.
pub async fn take(request: HttpRequest, body: Raw<LIMIT>, state: Data<State>) -> HttpResponse {
    let network = network(&request, &state.office.settings.trusted_proxies);
    let allowed = network.is_none_or(|network| state.limits.take(Rate::Report, &network).is_ok());
    if allowed && let Some(directive) = directive(&body.0) {
        tracing::warn!(event = "csp_report", directive);
    }
    HttpResponse::NoContent().finish()
}

/// The broken directive, if it looks like one.
fn directive(body: &[u8]) -> Option<String> {
    let reports: Value = serde_json::from_slice(body).ok()?;
    let found =
        reports.pointer("/0/body/effectiveDirective").or_else(|| reports.pointer("/csp-report/effective-directive"))?;
    let text = found.as_str()?;
    let plain = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_directive_is_read_from_a_report() {
        let report = br#"[{"type":"csp-violation","body":{"effectiveDirective":"style-src-attr","documentURL":"https://h/k/7K3M"}}]"#;
        assert_eq!(directive(report).as_deref(), Some("style-src-attr"));
        assert_eq!(directive(br#"[{"body":{"effectiveDirective":"evil\nline"}}]"#), None);
        assert_eq!(directive(b"nonsense"), None);
    }
}
