//! The service itself on a free loopback port, and a browser without a face that asks it.

use std::thread;

use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::Value;
use trygg::{
    service::{Office, staff},
    web::server,
};

/// A running service; it ends with the test.
pub struct TestServer {
    base: String,
    client: Client,
    handle: actix_web::dev::ServerHandle,
}

impl TestServer {
    /// Serves `office` until the test is over.
    pub fn start(office: Office) -> Self {
        let server = server::build(office).expect("listens");
        let base = format!("http://127.0.0.1:{}", server.port());
        let handle = server.handle();
        thread::spawn(move || actix_web::rt::System::new().block_on(server.run_until_stopped()));
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { base, client, handle }
    }

    /// A request to `path`.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// What GET answers.
    pub async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path).send().await.expect("an answer")
    }

    /// The page or file at `path`, which must be there.
    pub async fn text(&self, path: &str) -> String {
        let reply = self.get(path).await;
        assert_eq!(reply.status(), 200, "{path}");
        reply.text().await.expect("text")
    }

    /// The JSON at `path`, which must be there.
    pub async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).expect("JSON")
    }

    /// Posts JSON, with a staff token if there is one; status and body.
    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> (u16, Value) {
        let mut request = self.ask(Method::POST, path).json(body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let reply = request.send().await.expect("an answer");
        let status = reply.status().as_u16();
        (status, serde_json::from_str(&reply.text().await.expect("text")).expect("JSON"))
    }
}

/// Somebody at the console: the session's cookie.
pub struct AtConsole(String);

impl TestServer {
    /// Signs an account of [`token`] in.
    pub async fn sign_in(&self, login: &str) -> AtConsole {
        let door = self.get("/sv/console/sign-in").await;
        let cookie = cookie_of(&door);
        let token = csrf_of(&door.text().await.expect("text"));
        let fields = [("csrf", token.as_str()), ("login", login), ("password", PASSWORD)];
        let signed = self.posted("/sv/console/sign-in", &cookie, &fields).await;
        assert_eq!(signed.status(), 303, "{login} signs in");
        AtConsole(cookie_of(&signed))
    }

    /// The console's page at `path`; status and text.
    pub async fn console(&self, who: &AtConsole, path: &str) -> (u16, String) {
        let reply = self.ask(Method::GET, path).header("cookie", &who.0).send().await.expect("an answer");
        (reply.status().as_u16(), reply.text().await.expect("text"))
    }

    /// Sends a form of the console's page at `path` to that address; status and text.
    pub async fn console_form(&self, who: &AtConsole, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        self.console_act(who, path, path, fields).await
    }

    /// Sends a form of the console's page `page` to `path`; status and text.
    pub async fn console_act(&self, who: &AtConsole, page: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let token = csrf_of(&self.console(who, page).await.1);
        let mut all = vec![("csrf", token.as_str())];
        all.extend(fields);
        let reply = self.posted(path, &who.0, &all).await;
        (reply.status().as_u16(), reply.text().await.expect("text"))
    }

    /// Sends a form with a cookie.
    pub async fn posted(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response {
        self.ask(Method::POST, path).header("cookie", cookie).form(fields).send().await.expect("an answer")
    }
}

/// The first cookie that a reply sets, as it is sent back.
pub fn cookie_of(reply: &Response) -> String {
    let set = reply.headers()["set-cookie"].to_str().expect("text");
    set.split(';').next().expect("a cookie").to_owned()
}

fn csrf_of(page: &str) -> String {
    hidden(page, "csrf")
}

/// The value of the hidden field `name` of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
    rest.split('"').next().expect("a value").to_owned()
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

const PASSWORD: &str = "a long enough password";

/// A token of a new account with these roles.
pub async fn token(office: &Office, login: &str, roles: &[&str]) -> String {
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    staff::add(office, login, login, "kommun", &roles, PASSWORD).await.expect("an account");
    staff::make_token(office, login, "test").await.expect("a token")
}
