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

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// A token of a new account with these roles.
pub async fn token(office: &Office, login: &str, roles: &[&str]) -> String {
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    staff::add(office, login, login, "kommun", &roles, "a long enough password").await.expect("an account");
    staff::make_token(office, login, "test").await.expect("a token")
}
