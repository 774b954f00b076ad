//! Cookies. All are `__Host-`, Secure, HttpOnly, for the whole host and no other. A respondent's
//! cookie says by its first letter what it is: `n` a visitor without a draft, `d` the key of a draft,
//! `r` the submission id after sending. The value is never logged, and stored nowhere but there.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    service::answering::CookieKey,
    settings::Secret,
    survey::{ids::SubmissionId, invitation::Code, round::Place},
};

/// The respondent's cookie.
pub const RESPONDENT: &str = "__Host-f";
/// The cookie that carries a scanned code to the start page.
pub const CODE: &str = "__Host-k";

/// A draft lives 24 hours from its last save, so does its key.
const DRAFT_LIFE: Duration = Duration::hours(24);
const RECEIPT_LIFE: Duration = Duration::hours(1);
const CODE_LIFE: TimeDelta = TimeDelta::minutes(15);

/// Who asks, as far as the cookie says.
pub enum Visitor {
    /// No cookie, or nothing that we made.
    Unknown,
    /// Has seen the start page; there is no draft.
    Fresh,
    /// Holds the key of a draft.
    Answering(CookieKey),
    /// Has sent.
    Done(SubmissionId),
}

/// The visitor and the cookie's raw value, from which the CSRF key is derived.
#[must_use]
pub fn visitor(request: &HttpRequest) -> (Visitor, String) {
    let raw = request.cookie(RESPONDENT).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    (read(&raw).unwrap_or(Visitor::Unknown), raw)
}

fn read(raw: &str) -> Option<Visitor> {
    let (kind, value) = raw.split_once('.')?;
    let value = match value.split_once('.') {
        Some((key, place)) => Place::is_id(place).then_some(key)?,
        None => value,
    };
    let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
    match kind {
        "n" => (bytes.len() == 32).then_some(Visitor::Fresh),
        "d" => Some(Visitor::Answering(CookieKey::new(bytes.try_into().ok()?))),
        "r" => Some(Visitor::Done(SubmissionId::from(Uuid::from_bytes(bytes.try_into().ok()?)))),
        _ => None,
    }
}

/// Value of a cookie for a visitor without a draft.
///
/// # Errors
/// The operating system gives no random bytes.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("n.{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// A new draft key.
///
/// # Errors
/// The operating system gives no random bytes.
pub fn new_key() -> Result<CookieKey, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(CookieKey::new(bytes))
}

/// Value of the cookie that holds a draft's key.
#[must_use]
pub fn of_key(key: &CookieKey) -> String {
    format!("d.{}", URL_SAFE_NO_PAD.encode(key.expose()))
}

/// The same for a draft begun at the open link of `place`, whose address is kept behind the key: whoever
/// begins again does so there.
#[must_use]
pub fn of_key_at(key: &CookieKey, place: &str) -> String {
    format!("{}.{place}", of_key(key))
}

/// The place whose open link began what the cookie `raw` opens; nothing where a code did.
#[must_use]
pub fn place(raw: &str) -> Option<&str> {
    let (_, place) = raw.strip_prefix("d.")?.split_once('.')?;
    Place::is_id(place).then_some(place)
}

/// Value of the cookie that shows a receipt again.
#[must_use]
pub fn of_submission(submission: SubmissionId) -> String {
    format!("r.{}", URL_SAFE_NO_PAD.encode(submission.uuid().as_bytes()))
}

/// The respondent's cookie with `value`; it lives as long as what it opens.
#[must_use]
pub fn respondent(value: String) -> Cookie<'static> {
    let life = if value.starts_with("r.") { RECEIPT_LIFE } else { DRAFT_LIFE };
    ours(RESPONDENT, value, life, SameSite::Lax)
}

/// A cookie that removes `name`.
#[must_use]
pub fn gone(name: &'static str) -> Cookie<'static> {
    ours(name, String::new(), Duration::ZERO, SameSite::Lax)
}

/// A cookie of this host only, kept from scripts.
#[must_use]
pub fn ours(name: &'static str, value: String, life: Duration, same_site: SameSite) -> Cookie<'static> {
    Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(same_site).max_age(life).finish()
}

/// The cookie of a scanned code, sealed for 15 minutes, so that neither a look at the browser nor a
/// copy of it tells the code. Nothing when randomness is out.
#[must_use]
pub fn seal_code(key: &Secret, code: &Code, now: DateTime<Utc>) -> Option<Cookie<'static>> {
    let mut nonce = [0_u8; 12];
    getrandom::fill(&mut nonce).ok()?;
    let until = (now + CODE_LIFE).timestamp().to_be_bytes();
    let mut plain = until.to_vec();
    plain.extend(code.printed().bytes());
    let cipher = Aes256Gcm::new_from_slice(key.expose()).ok()?;
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: &plain, aad: CODE.as_bytes() }).ok()?;
    let value = URL_SAFE_NO_PAD.encode([nonce.as_slice(), sealed.as_slice()].concat());
    Some(ours(CODE, value, Duration::minutes(CODE_LIFE.num_minutes()), SameSite::Lax))
}

/// The code as printed, from the cookie of a scan that is still valid.
#[must_use]
pub fn open_code(key: &Secret, request: &HttpRequest, now: DateTime<Utc>) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(request.cookie(CODE)?.value()).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    let cipher = Aes256Gcm::new_from_slice(key.expose()).ok()?;
    let plain = cipher.decrypt(&nonce.into(), Payload { msg: sealed, aad: CODE.as_bytes() }).ok()?;
    let (until, code) = plain.split_at_checked(8)?;
    let until = i64::from_be_bytes(until.try_into().ok()?);
    (now.timestamp() < until).then(|| String::from_utf8_lossy(code).into_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_cookie_says_what_it_opens_and_nonsense_opens_nothing() {
        let key = CookieKey::new([7; 32]);
        assert!(matches!(read(&of_key(&key)), Some(Visitor::Answering(found)) if found.expose() == &[7; 32]));
        let at_place = of_key_at(&key, "norra-hamn");
        assert!(matches!(read(&at_place), Some(Visitor::Answering(found)) if found.expose() == &[7; 32]));
        assert_eq!((place(&at_place), place(&of_key(&key))), (Some("norra-hamn"), None));
        let elsewhere = of_key_at(&key, "../../x");
        assert!(place(&elsewhere).is_none() && read(&elsewhere).is_none());
        let id = SubmissionId::from(Uuid::from_bytes([9; 16]));
        assert!(matches!(read(&of_submission(id)), Some(Visitor::Done(found)) if found == id));
        assert!(matches!(fresh().ok().as_deref().and_then(read), Some(Visitor::Fresh)));
        for nonsense in ["", "d.", "d.AAAA", "r.****", "x.AAAA", "d"] {
            assert!(read(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn every_cookie_is_bound_to_the_host_and_kept_from_scripts() {
        for cookie in [respondent("n.x".into()), gone(CODE), respondent("r.x".into())] {
            let text = cookie.to_string();
            for part in ["__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
                assert!(text.contains(part), "{text} lacks {part}");
            }
            assert!(!text.contains("Domain"), "{text}");
        }
        assert!(respondent("r.x".into()).to_string().contains("Max-Age=3600"));
    }

    #[test]
    fn a_scanned_code_comes_back_for_fifteen_minutes_under_the_same_key_only() {
        let (key, now) = (Secret::new([1; 32]), DateTime::UNIX_EPOCH);
        let code = Code::parse("7k3m 9qx2 tw").expect("the specification's example");
        let cookie = seal_code(&key, &code, now).expect("sealed");
        assert!(!cookie.value().contains("7K3M"), "{cookie}");
        let request = TestRequest::default().cookie(cookie).to_http_request();
        assert_eq!(open_code(&key, &request, now), Some("7K3M-9QX2-TW".to_owned()));
        assert_eq!(open_code(&key, &request, now + TimeDelta::minutes(15)), None);
        assert_eq!(open_code(&Secret::new([2; 32]), &request, now), None);
    }
}
