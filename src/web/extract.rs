//! What handlers take from a request: language, form fields, JSON, raw bodies. Each has its own size
//! limit and a deadline; what does not fit becomes a [`Problem`], never a library's words.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{self, Bytes},
};
use serde::de::DeserializeOwned;

use crate::web::{
    i18n::{Locale, negotiate},
    problem::{Problem, ProblemKind},
};

/// Most bytes of the quick exit's form.
pub const SMALL: usize = 1 << 10;
/// Most bytes of a form that takes a code or a password.
pub const ENTRY: usize = 4 << 10;
/// Most bytes of a page of the form, and of JSON: actix's 16,384 are 2,700 percent-encoded Arabic letters.
pub const PAGE: usize = 64 << 10;
/// Most fields of a form.
const FIELDS: usize = 200;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// The language of the address.
#[derive(Debug, Clone, Copy)]
pub struct Lang(pub Locale);

impl FromRequest for Lang {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let locale = request.match_info().get("lang").and_then(Locale::of_tag);
        std::future::ready(locale.map(Self).ok_or(Problem::new(ProblemKind::NotFound)))
    }
}

/// Time that a body of `bytes` may take: 10 s and 1 s for each 16 KiB. actix itself has no deadline.
fn deadline(bytes: usize) -> Duration {
    Duration::from_secs(10 + bytes.div_ceil(16 << 10) as u64)
}

/// Reads a whole body of at most `limit` bytes within its deadline.
async fn body(request: HttpRequest, payload: web::Payload, limit: usize) -> Result<Bytes, Problem> {
    let encoded = request.headers().get(header::CONTENT_ENCODING);
    if encoded.is_some_and(|coding| coding.as_bytes() != b"identity") {
        return Err(ProblemKind::UnsupportedMediaType.into());
    }
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: usize| length > limit) {
        return Err(ProblemKind::PayloadTooLarge.into());
    }
    match tokio::time::timeout(deadline(declared.unwrap_or(limit)), payload.to_bytes_limited(limit)).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes),
        Ok(Ok(Err(_))) => Err(ProblemKind::BadQuery.into()),
        Ok(Err(_)) => Err(ProblemKind::PayloadTooLarge.into()),
        Err(_) => Err(ProblemKind::RequestTimeout.into()),
    }
}

fn reading(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Extracting<Bytes> {
    let (request, taken) = (request.clone(), web::Payload::from_request(request, payload));
    Box::pin(async move {
        let payload = taken.await.map_err(|error| Problem::internal(&error))?;
        body(request, payload, limit).await
    })
}

fn media_type_is(request: &HttpRequest, wanted: &[&str]) -> bool {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|given| given.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    wanted.iter().any(|wanted| essence.eq_ignore_ascii_case(wanted))
}

/// A raw body of at most `LIMIT` bytes.
#[derive(Debug)]
pub struct Raw<const LIMIT: usize>(pub Bytes);

impl<const LIMIT: usize> FromRequest for Raw<LIMIT> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = reading(request, payload, LIMIT);
        Box::pin(async move { Ok(Self(reading.await?)) })
    }
}

/// A form as posted: names and values in order, at most `LIMIT` bytes and 200 fields.
#[derive(Debug)]
pub struct Form<const LIMIT: usize>(pub Vec<(String, String)>);

impl<const LIMIT: usize> Form<LIMIT> {
    /// The first value of the field `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl<const LIMIT: usize> FromRequest for Form<LIMIT> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = media_type_is(request, &["application/x-www-form-urlencoded"]);
        let reading = reading(request, payload, LIMIT);
        Box::pin(async move {
            let bytes = reading.await?;
            if !form && !bytes.is_empty() {
                return Err(ProblemKind::UnsupportedMediaType.into());
            }
            // Bytes that are no UTF-8 become U+FFFD, which no option and no code holds.
            let text = String::from_utf8_lossy(&bytes);
            if text.split('&').count() > FIELDS {
                return Err(ProblemKind::PayloadTooLarge.into());
            }
            let fields = web::Query::<Vec<(String, String)>>::from_query(&text);
            Ok(Self(fields.map_err(|_| Problem::new(ProblemKind::BadQuery))?.into_inner()))
        })
    }
}

/// Query parameters as text. An unknown, missing or repeated one is `bad_query`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(query(request.query_string()).map(Self))
    }
}

fn query<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let refused = |detail: String| Problem::new(ProblemKind::BadQuery).detail(detail);
    let pairs = web::Query::<Vec<(String, String)>>::from_query(text).map_err(|error| refused(error.to_string()))?;
    let mut found = serde_json::Map::new();
    for (name, value) in pairs.into_inner() {
        if found.insert(name.clone(), value.into()).is_some() {
            return Err(refused(format!("the parameter `{name}` stands twice")));
        }
    }
    serde_json::from_value(found.into()).map_err(|error| refused(error.to_string()))
}

/// The language of an answer to a program: `?lang=` wins, then `Accept-Language`, then Swedish; and
/// whether it depends on the header.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Locale, pub bool);

impl FromRequest for Language {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(language(request, |_| true).map(|(locale, negotiated)| Self(locale, negotiated)))
    }
}

/// The same, for figures: only languages that results are written in.
#[derive(Debug, Clone, Copy)]
pub struct ResultsLanguage(pub Locale, pub bool);

impl FromRequest for ResultsLanguage {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = language(request, Locale::has_results);
        std::future::ready(found.map(|(locale, negotiated)| Self(locale, negotiated)))
    }
}

fn language(request: &HttpRequest, offered: fn(Locale) -> bool) -> Result<(Locale, bool), Problem> {
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let Some(tag) = asked else {
        let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        return Ok((negotiate(header, offered), true));
    };
    let found = Locale::of_tag(tag).filter(|locale| offered(*locale)).map(|locale| (locale, false));
    found.ok_or_else(|| Problem::new(ProblemKind::BadQuery).detail(format!("lang: nothing here is written in `{tag}`")))
}

/// A JSON body of at most `LIMIT` bytes. Not JSON: `bad_json`; JSON of another shape, such as an
/// unknown field: `invalid`.
#[derive(Debug)]
pub struct Json<T, const LIMIT: usize = PAGE>(pub T);

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Json<T, LIMIT> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = media_type_is(request, &["application/json"]);
        let reading = reading(request, payload, LIMIT);
        Box::pin(async move {
            if !json {
                return Err(ProblemKind::UnsupportedMediaType.into());
            }
            let bytes = reading.await?;
            match serde_json::from_slice(&bytes) {
                Ok(value) => Ok(Self(value)),
                Err(error) if error.is_data() => {
                    Err(Problem::new(ProblemKind::Invalid).fault("", "shape", error.to_string()))
                }
                Err(error) => Err(Problem::new(ProblemKind::BadJson).detail(error.to_string())),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

    async fn form(body: impl Into<Bytes>) -> Result<Vec<(String, String)>, ProblemKind> {
        let (request, mut payload) = TestRequest::post().insert_header(FORM).set_payload(body).to_http_parts();
        Form::<64>::from_request(&request, &mut payload).await.map(|form| form.0).map_err(|problem| problem.kind)
    }

    #[actix_web::test]
    async fn a_form_keeps_its_fields_and_survives_bad_bytes() {
        let pairs = form("E1=3&code=7K3M+9&%C3%A5=%FF&tom=&nul=%00").await.expect("a form");
        let expected = [("E1", "3"), ("code", "7K3M 9"), ("å", "\u{fffd}"), ("tom", ""), ("nul", "\0")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(form(vec![0xff_u8, 0xfe]).await.map(|pairs| pairs.len()), Ok(1));
    }

    #[actix_web::test]
    async fn a_form_over_its_limits_is_refused() {
        assert_eq!(form("a".repeat(65)).await, Err(ProblemKind::PayloadTooLarge));
        let (request, mut payload) =
            TestRequest::post().insert_header(FORM).set_payload("a&".repeat(200)).to_http_parts();
        let many = Form::<PAGE>::from_request(&request, &mut payload).await;
        assert_eq!(many.map(|_| ()).map_err(|problem| problem.kind), Err(ProblemKind::PayloadTooLarge));
    }

    #[actix_web::test]
    async fn json_faults_are_told_apart() {
        #[derive(Debug, serde::Deserialize, PartialEq)]
        #[serde(deny_unknown_fields)]
        struct Wanted {
            to: String,
        }
        for (media, body, kind) in [
            ("application/json", r#"{"to":"closed","#, ProblemKind::BadJson),
            ("application/json", r#"{"to":"closed","x":1}"#, ProblemKind::Invalid),
            ("text/plain", r#"{"to":"closed"}"#, ProblemKind::UnsupportedMediaType),
        ] {
            let request = TestRequest::post().insert_header(("content-type", media)).set_payload(body);
            let (request, mut payload) = request.to_http_parts();
            let refused = Json::<Wanted>::from_request(&request, &mut payload).await.map(|json| json.0);
            assert_eq!(refused.map_err(|problem| problem.kind), Err(kind), "{body}");
        }
    }

    #[test]
    fn an_unknown_or_repeated_parameter_is_refused() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wanted {
            measure: String,
            group: Option<String>,
        }
        let found = query::<Wanted>("measure=I-LATE").expect("a query");
        assert_eq!((found.measure.as_str(), found.group), ("I-LATE", None));
        for bad in ["", "measure=a&measure=b", "measure=a&x=1", "group=a"] {
            let refused = query::<Wanted>(bad).map(|_| ()).map_err(|problem| problem.kind);
            assert_eq!(refused, Err(ProblemKind::BadQuery), "{bad}");
        }
    }

    #[test]
    fn a_deadline_grows_with_the_body() {
        assert_eq!(deadline(0), Duration::from_secs(10));
        assert_eq!(deadline(PAGE), Duration::from_secs(14));
    }
}
