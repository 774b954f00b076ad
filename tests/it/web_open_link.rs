//! The open link as a browser without JavaScript and one with it meet it.

use reqwest::{Method, Response, header};
use rstest::rstest;
use trygg::survey::round::Kind;

use crate::support::{
    Engine,
    office::TestOffice,
    open_link::answer,
    server::{TestServer, cookie_of, hidden},
};

const DOOR: &str = "/sv/p/torget";

fn location(reply: &Response) -> &str {
    reply.headers()[header::LOCATION].to_str().expect("an address")
}

async fn page(server: &TestServer, cookie: &str, path: &str) -> String {
    let reply = server.ask(Method::GET, path).header("cookie", cookie).send().await.expect("an answer");
    assert_eq!(reply.status(), 200, "{path}");
    reply.text().await.expect("text")
}

/// The door's cookie, and its form with the number that the script would find, or none.
async fn door(server: &TestServer, works: bool) -> (String, Vec<(&'static str, String)>) {
    let reply = server.get(DOOR).await;
    assert_eq!(
        (reply.status().as_u16(), &reply.headers()["cache-control"]),
        (200, &"no-store".parse().expect("a value"))
    );
    let cookie = cookie_of(&reply);
    let text = reply.text().await.expect("text");
    let challenge = hidden(&text, "challenge");
    let number = if works { answer(&challenge) } else { String::new() };
    (
        cookie,
        vec![("csrf", hidden(&text, "csrf")), ("challenge", challenge), ("number", number), ("note", String::new())],
    )
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_door_of_a_place_is_open_to_all_and_says_so(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    test.open_stay().await;
    let server = TestServer::start(test.office.clone());
    let found = server.ask(Method::GET, "/p/torget").header("accept-language", "en").send().await.expect("an answer");
    assert_eq!((found.status().as_u16(), location(&found)), (303, "/en/p/torget"));
    for nowhere in ["/sv/p/nowhere", "/p/%00", "/p/Torget", "/sv/p/%00/promise"] {
        assert_eq!(server.get(nowhere).await.status(), 404, "{nowhere}");
    }
    let text = server.text(DOOR).await;
    for wanted in ["16 år eller äldre", "Torget", "Ingen kod behövs", "/sv/p/torget/promise", "aria-hidden=\"true\""]
    {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(!text.contains("name=\"code\""));
    let script = text.split("<script src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a script");
    let script = server.get(script).await;
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    assert!(script.headers()["content-security-policy"].to_str().expect("text").contains("script-src 'self'"));
    let promise = server.text("/sv/p/torget/promise").await;
    assert!(promise.contains("via en öppen länk, utan kod") && !promise.contains("Koden i brevet"));
    assert!(server.text("/sv/f").await.contains("Enkäten är inte öppen än."), "the letter's door is not theirs");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn one_begins_with_the_work_done_or_without_a_script_and_never_twice_on_one_challenge(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    test.open_stay().await;
    let server = TestServer::start(test.office.clone());
    let send =
        async |cookie: &str, fields: &[(&'static str, String)]| server.posted(DOOR, cookie, &borrowed(fields)).await;

    let (cookie, fields) = door(&server, true).await;
    assert_eq!(send("", &fields).await.status(), 422, "without cookies");
    let mut foreign = fields.clone();
    foreign[0].1.clear();
    assert_eq!(send(&cookie, &foreign).await.status(), 403, "a form of another site");
    let begun = send(&cookie, &fields).await;
    assert_eq!((begun.status().as_u16(), location(&begun)), (303, "/sv/f/p01"));
    let again = send(&cookie, &fields).await;
    assert_eq!(again.status(), 422);
    assert!(again.text().await.expect("text").contains("Det gick inte att börja."), "the page is told to begin anew");

    let (cookie, mut fields) = door(&server, false).await;
    fields[3].1 = "http://spam.example".to_owned();
    assert_eq!(send(&cookie, &fields).await.status(), 422, "a machine filled in what nobody sees");
    fields[3].1.clear();
    let begun = send(&cookie, &fields).await;
    assert_eq!((begun.status().as_u16(), location(&begun)), (303, "/sv/f/p01"), "without a script");
    let cookie = cookie_of(&begun);

    // Where one lives has to be said; what else was chosen is kept on the page.
    let first = page(&server, &cookie, "/sv/f/p01").await;
    assert!(first.contains("Del 1 av 5"));
    let mut fields =
        vec![("csrf", hidden(&first, "csrf")), ("version", hidden(&first, "version")), ("A2a", "2".to_owned())];
    let refused = server.posted("/sv/f/p01", &cookie, &borrowed(&fields)).await;
    assert_eq!(refused.status(), 422);
    let refused = refused.text().await.expect("text");
    assert!(refused.contains("Välj var du bor.") && refused.contains("value=\"2\" checked"));
    fields.push(("A1", "3".to_owned()));
    for next in ["/sv/f/p01?again", "/sv/f/p04"] {
        assert_eq!(location(&server.posted("/sv/f/p01", &cookie, &borrowed(&fields)).await), next);
    }
    let token = [("csrf", fields[0].1.as_str())];
    let hasty = server.posted("/sv/f/send", &cookie, &token).await;
    assert_eq!((hasty.status().as_u16(), hasty.headers()["retry-after"].to_str().expect("text")), (429, "16"));
    assert!(hasty.text().await.expect("text").contains("Vänta 16 sekunder"));
    test.later(chrono::Duration::seconds(16));
    let sent = server.posted("/sv/f/send", &cookie, &token).await;
    assert_eq!((sent.status().as_u16(), location(&sent)), (303, "/sv/f/receipt"));
    assert!(page(&server, &cookie_of(&sent), "/sv/f/receipt").await.contains("Kvittoord"));
    let gone = server.ask(Method::GET, "/sv/f/p01").header("cookie", &cookie).send().await.expect("an answer");
    assert_eq!(gone.status(), 422);
    let gone = gone.text().await.expect("text");
    assert!(gone.contains("Du kan börja om.") && gone.contains(DOOR), "back to where they came from");
}
