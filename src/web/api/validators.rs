//! Strong validators: the same release, format, language and dialect give the same tag in every
//! process and on both engines, and a reader who has the bytes already gets a 304.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// For files whose bytes never change.
pub const FROZEN: &str = "public, max-age=31536000, immutable";
/// For what the next release changes.
pub const FRESH: &str = "public, max-age=300";

/// An entity tag without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// The tag of what these parts determine, in their order: base64url of the first 16 bytes of
    /// SHA-256 over the parts, each after its length.
    #[must_use]
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(URL_SAFE_NO_PAD.encode(&hash.finalize()[..16]))
    }

    /// Whether the request says that it has these bytes; a coding behind the tag does not matter.
    fn is_held(&self, request: &HttpRequest) -> bool {
        let given = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
        given.flat_map(|value| value.split(',')).any(|tag| {
            let opaque = tag.trim().trim_start_matches("W/").trim_matches('"');
            let bare = opaque.strip_suffix("-gzip").or_else(|| opaque.strip_suffix("-br")).unwrap_or(opaque);
            bare == self.0 || bare == "*"
        })
    }
}

/// An answer with its validators, or a 304. `body` is made only if it is needed.
///
/// # Errors
/// What `body` says.
pub fn answer<E>(
    request: &HttpRequest,
    tag: &Tag,
    caching: &'static str,
    modified: Option<DateTime<Utc>>,
    body: impl FnOnce(&mut HttpResponseBuilder) -> Result<HttpResponse, E>,
) -> Result<HttpResponse, E> {
    let held = tag.is_held(request);
    let mut response = HttpResponse::build(if held { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((header::ETAG, format!("\"{}\"", tag.0)));
    response.insert_header((header::CACHE_CONTROL, caching));
    if let Some(modified) = modified {
        let text = modified.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        response.insert_header((header::LAST_MODIFIED, text));
    }
    if held { Ok(response.finish()) } else { body(&mut response) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_tag_depends_on_every_part_and_on_where_parts_end() {
        let tag = |parts: &[&str]| Tag::of(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(tag(&["a", "b"]), tag(&["a", "b"]));
        assert_ne!(tag(&["a", "b"]), tag(&["ab", ""]));
        assert_ne!(tag(&["a", "b"]), tag(&["b", "a"]));
        assert_eq!(tag(&["a"]).0.len(), 22);
    }

    #[test]
    fn a_reader_who_has_the_bytes_gets_304_whatever_the_coding() {
        let tag = Tag::of([b"x".as_slice()]);
        for (given, held) in [
            (format!("\"{}\"", tag.0), true),
            (format!("\"{}-br\"", tag.0), true),
            (format!("\"other\", W/\"{}-gzip\"", tag.0), true),
            ("*".to_owned(), true),
            ("\"other\"".to_owned(), false),
        ] {
            let request = TestRequest::default().insert_header((header::IF_NONE_MATCH, given.clone()));
            assert_eq!(tag.is_held(&request.to_http_request()), held, "{given}");
        }
        assert!(!tag.is_held(&TestRequest::default().to_http_request()));
    }
}
