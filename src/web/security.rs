//! The headers of every response (trust.md 5.2), by class of address. Handlers may set a
//! `Cache-Control` of their own; everything else is decided here.

use actix_web::http::{
    Method, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};

/// Pages: nothing inline, nothing from elsewhere, framed by nobody.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
     require-trusted-types-for 'script'; report-to csp";
/// Downloads and charts: never a document of ours.
const DATA_POLICY: &str = "default-src 'none'; sandbox";
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
     clipboard-read=(), clipboard-write=(), compute-pressure=(), display-capture=(), encrypted-media=(), \
     fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
     idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), \
     picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), \
     serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// What kind of thing an address gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The respondent's pages: nothing may stay behind in a cache.
    Respondent,
    /// The console.
    Console,
    /// Style sheet and icon.
    Asset,
    /// `/api`: answers to programs, public and staff's.
    Api,
    /// `/px`: the doors for statistics tools, all public.
    Px,
    /// Results, footer pages, everything else for the public.
    Site,
}

impl Class {
    /// The class of an address.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let mut segments = path.split('/').skip(1);
        let (first, second) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
        match (first, second) {
            ("api", _) => Self::Api,
            ("px", _) => Self::Px,
            ("assets", _) => Self::Asset,
            ("f" | "k" | "K" | "p", _) | (_, "f" | "p") => Self::Respondent,
            (_, "console") => Self::Console,
            _ => Self::Site,
        }
    }

    /// Whether problems are told as JSON.
    #[must_use]
    pub fn is_data(self) -> bool {
        matches!(self, Self::Api | Self::Px)
    }
}

/// Sets the headers of `class` on an answer to a request with `method`; `signed` says that it carried
/// credentials of staff, whose answers are for nobody else.
pub fn dress(headers: &mut HeaderMap, status: StatusCode, class: Class, method: &Method, signed: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    let public_data = class.is_data() && !signed;
    set(header::CONTENT_SECURITY_POLICY, if class.is_data() { DATA_POLICY } else { PAGE_POLICY });
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        if public_data { "cross-origin" } else { "same-origin" },
    );
    if !class.is_data() {
        set(HeaderName::from_static("reporting-endpoints"), "csp=\"/csp-reports\"");
    }
    let reading = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
    if public_data && (reading || class == Class::Px) {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    cache(headers, status, class);
}

/// `no-store` where answers or staff are concerned, on every error, and where a handler says nothing
/// about data.
fn cache(headers: &mut HeaderMap, status: StatusCode, class: Class) {
    let good = status.is_success() || status == StatusCode::NOT_MODIFIED;
    let rule = match class {
        Class::Respondent | Class::Console => "no-store",
        _ if !good && !status.is_redirection() => "no-store",
        _ if headers.contains_key(header::CACHE_CONTROL) => return,
        Class::Site if good => "public, max-age=300",
        _ => "no-store",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
}

/// A coding makes other bytes, so a strong validator names it: `"abc"` becomes `"abc-br"`.
pub fn mark_coding(headers: &mut HeaderMap) {
    let coding = match headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        Some(b"gzip") => "gzip",
        Some(b"br") => "br",
        _ => return,
    };
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let Some(opaque) = tag.and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')) else { return };
    if let Ok(value) = HeaderValue::from_str(&format!("\"{opaque}-{coding}\"")) {
        headers.insert(header::ETAG, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(path: &str, status: u16, cache: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(cache) = cache {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        }
        let status = StatusCode::from_u16(status).expect("a status");
        dress(&mut headers, status, Class::of(path), &Method::GET, false);
        headers
    }

    fn value(headers: &HeaderMap, name: &str) -> String {
        headers.get(name).map(|value| value.to_str().expect("text").to_owned()).unwrap_or_default()
    }

    #[test]
    fn the_policy_of_pages_is_the_one_of_the_specification() {
        let headers = dressed("/sv/f", 200, None);
        let expected = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
            connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
            require-trusted-types-for 'script'; report-to csp";
        assert_eq!(value(&headers, "content-security-policy"), expected);
        assert_eq!(value(&headers, "referrer-policy"), "same-origin");
        assert_eq!(value(&headers, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(value(&headers, "cross-origin-resource-policy"), "same-origin");
        assert!(!PERMISSIONS.contains('*') && PERMISSIONS.matches("=()").count() == PERMISSIONS.split(", ").count());
    }

    #[test]
    fn what_respondents_and_staff_see_is_never_stored() {
        for path in ["/f", "/sv/f", "/sv/f/p05", "/k/7K3M9QX2TW", "/K/7K3M9QX2TW", "/en/console/rounds", "/sv/p/torget"]
        {
            assert_eq!(value(&dressed(path, 200, Some("public")), "cache-control"), "no-store", "{path}");
        }
        assert_eq!(value(&dressed("/sv/", 200, None), "cache-control"), "public, max-age=300");
        assert_eq!(value(&dressed("/sv/areas/x", 404, Some("public")), "cache-control"), "no-store");
        let frozen = "public, max-age=31536000, immutable";
        assert_eq!(value(&dressed("/api/releases/r/file", 200, Some(frozen)), "cache-control"), frozen);
        assert_eq!(value(&dressed("/api/rounds", 200, None), "cache-control"), "no-store");
    }

    #[test]
    fn data_is_sandboxed_and_open_to_programs_unless_staff_asked() {
        let open = dressed("/px/api/v2/tables", 200, None);
        assert_eq!(value(&open, "content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(value(&open, "access-control-allow-origin"), "*");
        assert_eq!(value(&open, "cross-origin-resource-policy"), "cross-origin");
        let mut staff = HeaderMap::new();
        dress(&mut staff, StatusCode::OK, Class::Api, &Method::GET, true);
        assert!(!staff.contains_key("access-control-allow-origin"));
        assert_eq!(value(&staff, "cross-origin-resource-policy"), "same-origin");
        assert!(!dressed("/sv/", 200, None).contains_key("access-control-allow-origin"));
        let mut posted = HeaderMap::new();
        dress(&mut posted, StatusCode::CREATED, Class::Api, &Method::POST, false);
        assert!(!posted.contains_key("access-control-allow-origin"));
    }

    #[test]
    fn a_coding_gives_a_validator_of_its_own() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ETAG, HeaderValue::from_static("\"abc\""));
        mark_coding(&mut headers);
        assert_eq!(value(&headers, "etag"), "\"abc\"");
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        mark_coding(&mut headers);
        assert_eq!(value(&headers, "etag"), "\"abc-br\"");
    }
}
