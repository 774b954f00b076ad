//! Whether a POST comes from our own page (trust.md 5.3): where the browser says so, by what it
//! says; always by a token that only a page made for this cookie holds.

use actix_web::{HttpRequest, http::header::HeaderMap};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::web::problem::{Problem, ProblemKind};

/// Name of the hidden field.
pub const FIELD: &str = "csrf";

/// HMAC(key derived from the cookie, `csrf`). An empty cookie has no tag, so nothing matches it.
fn tag(cookie: &str) -> Option<[u8; 32]> {
    if cookie.is_empty() {
        return None;
    }
    let mut key = [0_u8; 32];
    Hkdf::<Sha256>::new(None, cookie.as_bytes()).expand(b"trygg/csrf/1", &mut key).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(b"csrf");
    Some(mac.finalize().into_bytes().into())
}

/// The token for a page, masked with a fresh pad so that compressed pages never hold the same bytes
/// twice. Empty without a cookie or without randomness: such a page's forms are refused.
#[must_use]
pub fn token(cookie: &str) -> String {
    let mut pad = [0_u8; 32];
    let Some(tag) = tag(cookie).filter(|_| getrandom::fill(&mut pad).is_ok()) else { return String::new() };
    let mut bytes = pad.to_vec();
    bytes.extend(pad.iter().zip(tag).map(|(pad, tag)| pad ^ tag));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn token_fits(cookie: &str, token: &str) -> bool {
    let Some(expected) = tag(cookie) else { return false };
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((pad, masked)) = bytes.split_at_checked(32).filter(|(_, masked)| masked.len() == 32) else { return false };
    let found: Vec<u8> = pad.iter().zip(masked).map(|(pad, masked)| pad ^ masked).collect();
    found.ct_eq(&expected).into()
}

/// What the browser says of where the POST comes from. Older browsers send no `Sec-Fetch-Site`, some
/// requests no `Origin`; the token decides then.
fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else { return true };
    let host = text("host").unwrap_or_default();
    let (_, origin_host) = origin.split_once("://").unwrap_or_default();
    origin == public_url || (!host.is_empty() && origin_host == host)
}

/// Refuses a POST that another site made; for forms that may come without a cookie.
///
/// # Errors
/// `forbidden`.
pub fn check_origin(request: &HttpRequest, public_url: &str) -> Result<(), Problem> {
    if same_origin(request.headers(), public_url) { Ok(()) } else { Err(ProblemKind::Forbidden.into()) }
}

/// Refuses a POST that our own page did not make for this `cookie`.
///
/// # Errors
/// `forbidden`.
pub fn check(request: &HttpRequest, public_url: &str, cookie: &str, token: Option<&str>) -> Result<(), Problem> {
    check_origin(request, public_url)?;
    let ours = token.is_some_and(|token| token_fits(cookie, token));
    if ours { Ok(()) } else { Err(ProblemKind::Forbidden.into()) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use rstest::rstest;

    use super::*;

    const COOKIE: &str = "d.AAAA";
    const PUBLIC: &str = "https://enkat.example";

    #[test]
    fn a_token_fits_its_cookie_only_and_never_looks_the_same() {
        let (first, second) = (token(COOKIE), token(COOKIE));
        assert_ne!(first, second);
        assert!(token_fits(COOKIE, &first) && token_fits(COOKIE, &second));
        assert!(!token_fits("d.BBBB", &first));
        assert!(!token_fits(COOKIE, &first[1..]) && !token_fits(COOKIE, "") && !token_fits(COOKIE, "\u{0}"));
        assert_eq!(token(""), "");
        assert!(!token_fits("", ""));
    }

    #[rstest]
    #[case::same_origin(&[("sec-fetch-site", "same-origin")], true)]
    #[case::cross_site(&[("sec-fetch-site", "cross-site"), ("origin", PUBLIC)], false)]
    #[case::same_site_is_not_enough(&[("sec-fetch-site", "same-site")], false)]
    #[case::typed_address(&[("sec-fetch-site", "none")], false)]
    #[case::our_origin(&[("origin", PUBLIC)], true)]
    #[case::our_host(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true)]
    #[case::other_origin(&[("origin", "https://other.example"), ("host", "enkat.example")], false)]
    #[case::null_origin(&[("origin", "null"), ("host", "enkat.example")], false)]
    #[case::neither(&[], true)]
    fn where_a_post_comes_from_is_checked(#[case] headers: &[(&str, &str)], #[case] accepted: bool) {
        let mut request = TestRequest::post();
        for header in headers {
            request = request.insert_header(*header);
        }
        let request = request.to_http_request();
        let token = token(COOKIE);
        assert_eq!(check(&request, PUBLIC, COOKIE, Some(&token)).is_ok(), accepted);
        assert!(check(&request, PUBLIC, COOKIE, None).is_err(), "the token is always needed");
    }
}
