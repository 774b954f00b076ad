//! `POST /csp-reports`: browsers tell when our own policy was broken. Only the directive is logged, and only
//! one that exists: addresses may hold a code, and a report is whatever its sender made of it.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde_json::Value;

use crate::web::{
    extract::Raw,
    limits::{Rate, network},
    state::State,
};

/// Most bytes of a report.
const LIMIT: usize = 8 << 10;

/// What a report may say was broken: what our policies name, and what browsers name where `default-src` decides.
const DIRECTIVES: [&str; 20] = [
    "default-src",
    "style-src",
    "style-src-elem",
    "style-src-attr",
    "script-src",
    "script-src-elem",
    "script-src-attr",
    "img-src",
    "font-src",
    "connect-src",
    "media-src",
    "object-src",
    "frame-src",
    "worker-src",
    "manifest-src",
    "prefetch-src",
    "form-action",
    "frame-ancestors",
    "base-uri",
    "require-trusted-types-for",
];

/// Counts and logs; what is too much is dropped in silence.
pub async fn take(request: HttpRequest, body: Raw<LIMIT>, state: Data<State>) -> HttpResponse {
    let network = network(&request, &state.office.settings.trusted_proxies);
    let allowed = network.is_none_or(|network| state.limits.take(Rate::Report, &network).is_ok());
    if allowed && let Some(directive) = directive(&body.0) {
        tracing::warn!(event = "csp_report", directive);
    }
    HttpResponse::NoContent().finish()
}

/// The broken directive, if it is one.
fn directive(body: &[u8]) -> Option<&'static str> {
    let reports: Value = serde_json::from_slice(body).ok()?;
    let found =
        reports.pointer("/0/body/effectiveDirective").or_else(|| reports.pointer("/csp-report/effective-directive"))?;
    let text = found.as_str()?;
    DIRECTIVES.into_iter().find(|known| *known == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_directive_is_read_from_a_report() {
        let report = br#"[{"type":"csp-violation","body":{"effectiveDirective":"style-src-attr","documentURL":"https://h/k/7K3M"}}]"#;
        assert_eq!(directive(report), Some("style-src-attr"));
        for invented in ["evil\\nline", "a-word-of-the-senders", "STYLE-SRC", ""] {
            let report = format!(r#"[{{"body":{{"effectiveDirective":"{invented}"}}}}]"#);
            assert_eq!(directive(report.as_bytes()), None, "{invented}");
        }
        assert_eq!(directive(b"nonsense"), None);
    }
}
