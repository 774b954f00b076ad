//! The form as a browser without JavaScript walks it: cookies, hidden fields, 303 after every post.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    answers::Codes,
    http::{Client, Reply, Target},
    measure::Tally,
};

/// More steps than any route of a questionnaire has.
const MOST_STEPS: usize = 120;

/// One walker: a whole form a code, one after another.
pub async fn walk_until_done(target: Target, language: String, codes: Arc<Codes>, deadline: Instant) -> Tally {
    let mut tally = Tally::new("forms", 1);
    while Instant::now() < deadline {
        let Some(code) = codes.take() else { break };
        let began = Instant::now();
        match Visit::new(target.clone()).walk(&language, code).await {
            Ok(()) => tally.add(began.elapsed()),
            Err(reason) => {
                tally.refuse(reason);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    tally
}

struct Visit {
    client: Client,
    origin: String,
    cookies: Vec<(String, String)>,
}

impl Visit {
    fn new(target: Target) -> Self {
        Self { origin: target.origin(), client: Client::new(target), cookies: Vec::new() }
    }

    async fn walk(mut self, language: &str, code: &str) -> Result<(), String> {
        let start = format!("/{language}/f");
        let receipt = format!("{start}/receipt");
        let (mut path, mut page) = self.follow("GET", &start, &[]).await?;
        for _ in 0..MOST_STEPS {
            if path.starts_with(&receipt) {
                return Ok(());
            }
            let form = Form::main(&page).ok_or_else(|| format!("no form on {path}"))?;
            let fields = form.filled(code);
            let action = if form.action.is_empty() { path.clone() } else { form.action.clone() };
            (path, page) = self.follow("POST", &action, &fields).await?;
        }
        Err("the form has no end".to_owned())
    }

    /// Sends one request and follows redirects; the last address and its page.
    async fn follow(
        &mut self,
        method: &str,
        path: &str,
        fields: &[(String, String)],
    ) -> Result<(String, String), String> {
        let mut path = path.to_owned();
        let mut reply = self.send(method, &path, fields).await?;
        for _ in 0..5 {
            if reply.status != 303 {
                break;
            }
            path = reply.header("location").unwrap_or_default().to_owned();
            reply = self.send("GET", &path, &[]).await?;
        }
        if reply.status != 200 {
            return Err(format!("{} on {method} of the form", reply.status));
        }
        Ok((path, String::from_utf8_lossy(&reply.body).into_owned()))
    }

    async fn send(&mut self, method: &str, path: &str, fields: &[(String, String)]) -> Result<Reply, String> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("accept", "text/html"), ("sec-fetch-site", "same-origin")];
        if !cookies.is_empty() {
            headers.push(("cookie", cookies.as_str()));
        }
        let mut body = String::new();
        if method == "POST" {
            headers.push(("origin", self.origin.as_str()));
            headers.push(("content-type", "application/x-www-form-urlencoded"));
            for (name, value) in fields {
                if !body.is_empty() {
                    body.push('&');
                }
                body.push_str(&encoded(name));
                body.push('=');
                body.push_str(&encoded(value));
            }
        }
        let reply = self.client.send(method, path, &headers, body.as_bytes()).await?;
        for (name, value) in &reply.headers {
            if name == "set-cookie" {
                let pair = value.split(';').next().unwrap_or_default();
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                self.cookies.retain(|(held, _)| held != name);
                if !value.is_empty() {
                    self.cookies.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        Ok(reply)
    }
}

/// The form of a page that leads on.
struct Form {
    action: String,
    hidden: Vec<(String, String)>,
    choices: Vec<(String, String)>,
    button: Option<(String, String)>,
    asks_code: bool,
}

impl Form {
    /// The first posting form that asks for the code or choices, else the last that sends or goes on.
    fn main(page: &str) -> Option<Self> {
        let mut forms: Vec<Self> = page
            .split("<form")
            .skip(1)
            .filter_map(|part| part.split_once("</form>").map(|(form, _)| form))
            .filter(|form| form.contains("method=\"post\""))
            .map(Self::parse)
            .collect();
        // Quick exit, deletion and sign-out are forms too, and no way on.
        forms.retain(|form| !["/exit", "/stop", "/delete", "/x"].iter().any(|end| form.action.ends_with(end)));
        let place = forms.iter().position(|form| form.asks_code || !form.choices.is_empty());
        match place {
            Some(place) => Some(forms.swap_remove(place)),
            None => forms.pop(),
        }
    }

    fn parse(form: &str) -> Self {
        let action = form.split('>').next().and_then(|tag| attribute(tag, "action")).unwrap_or_default();
        let mut parsed = Self { action, hidden: Vec::new(), choices: Vec::new(), button: None, asks_code: false };
        for tag in form.split('<').skip(1).filter_map(|part| part.split('>').next()) {
            let name = attribute(tag, "name").unwrap_or_default();
            let value = attribute(tag, "value").unwrap_or_default();
            if tag.starts_with("input") {
                match attribute(tag, "type").as_deref() {
                    Some("hidden") => parsed.hidden.push((name, value)),
                    Some("radio") if !parsed.choices.iter().any(|(held, _)| *held == name) => {
                        parsed.choices.push((name, value));
                    }
                    _ if name == "code" => parsed.asks_code = true,
                    _ => {}
                }
            } else if tag.starts_with("button") && tag.contains(" formaction=") {
                // The last page's button sends instead of going on.
                parsed.action = attribute(tag, "formaction").unwrap_or_default();
            } else if tag.starts_with("button") && !name.is_empty() && name != "clear" && parsed.button.is_none() {
                parsed.button = Some((name, value));
            }
        }
        parsed
    }

    /// What the browser would post: hidden fields, the first choice of every item, the button.
    fn filled(&self, code: &str) -> Vec<(String, String)> {
        let mut fields = self.hidden.clone();
        fields.extend(self.choices.iter().cloned());
        if self.asks_code {
            fields.push(("code".to_owned(), code.to_owned()));
        }
        fields.extend(self.button.clone());
        fields
    }
}

/// The value of an attribute within a tag, its entities resolved.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[from..].split('"').next()?;
    Some(
        value
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

const HEX: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D", "E", "F"];

/// Percent-encoding for form fields.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&["%", HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]].concat());
        }
    }
    out
}
