//! Eight languages: a real round opens only in those that somebody has reviewed; the switch keeps the
//! page and every answer, saved or not, from each language to each other; results and console are where
//! they are written.

use std::{fs, path::Path};

use reqwest::{Method, Response, header};
use rstest::rstest;
use trygg::{
    service::{
        answering::{self, CookieKey, Next, PageView, Posted},
        languages::Interface,
        letters,
        rounds::{self, RoundError},
    },
    survey::round::Kind,
    web::{csrf, i18n::Locale, session},
};

use crate::support::{
    Engine,
    office::{TestOffice, project, sample},
    server::{TestServer, token},
};

/// A copy of Luleå's definition in which somebody has reviewed the texts in Swedish.
fn reviewed_in_swedish(folder: &Path) {
    for file in fs::read_dir(project("survey-definitions/lulea-trygghet/1.0")).expect("a folder") {
        let file = file.expect("a file");
        let mut text = fs::read_to_string(file.path()).expect("text");
        if file.file_name() == "sv.toml" {
            let draft = r#"status = "draft", reviewed_by = "", reviewed_on = """#;
            assert!(text.contains(draft));
            text = text.replace(draft, r#"status = "reviewed", reviewed_by = "A tester", reviewed_on = "2025-08-01""#);
        }
        fs::write(folder.join(file.file_name()), text).expect("writes");
    }
}

/// What a refused step lacks in its languages.
fn languages_lacking(refused: RoundError) -> Vec<String> {
    let RoundError::NotReady(missing) = refused else { panic!("another refusal: {refused}") };
    missing.into_iter().filter(|reason| reason.starts_with("language_not_ready: ")).collect()
}

fn interface(english: &[&str]) -> Interface {
    let of = |tag: &str, files: &[&str]| (tag.to_owned(), files.iter().map(|file| (*file).to_owned()).collect());
    Interface::new([of("sv", &[]), of("en", english)])
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_real_round_meets_nobody_in_words_that_nobody_has_reviewed(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let folder = tempfile::TempDir::new().expect("a folder");
    reviewed_in_swedish(folder.path());
    let office = test.office.clone().with_interface(interface(&["src/web/locales/en/site.ftl"]));
    let survey = test.lulea_from(folder.path()).await;
    let plan = |slug: &str, kind, languages: &[&str]| {
        let mut plan = test.plan(&survey, 2025);
        plan.slug = slug.to_owned();
        plan.kind = kind;
        plan.languages = languages.iter().map(|&tag| tag.to_owned()).collect();
        plan
    };
    for plan in [
        plan("both", Kind::Real, &["sv", "en"]),
        plan("unwritten", Kind::Real, &["sv", "fi"]),
        plan("swedish", Kind::Real, &["sv"]),
        plan("trial", Kind::Test, &["sv", "en", "fi", "ar"]),
    ] {
        let slug = plan.slug.clone();
        rounds::create(&office, plan).await.expect("is planned");
        letters::frame(&office, &slug, sample(&survey.set, |_| 1).as_bytes()).await.expect("a frame");
    }
    let schedule = async |slug: &str| rounds::transition(&office, slug, "scheduled", "").await;

    let told = languages_lacking(schedule("both").await.expect_err("drafts"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("lulea-trygghet/1.0/en.toml is a draft; let a named person review it"), "{told:?}");
    assert!(told[1].contains("src/web/locales/en/site.ftl is a draft; let a named person review it"), "{told:?}");
    let told = languages_lacking(schedule("unwritten").await.expect_err("drafts"));
    assert!(told.len() == 2 && told[0].contains("fi.toml") && told[1].contains("no page is written in fi"), "{told:?}");
    schedule("swedish").await.expect("everything in Swedish is reviewed");
    schedule("trial").await.expect("a test round may use drafts");

    // A program whose texts are drafts takes the place of the one that scheduled the round.
    let refused = rounds::transition(&test.office, "swedish", "open", "").await.expect_err("drafts");
    let told = languages_lacking(refused);
    assert_eq!(told.len(), 4, "every file of pages and letters: {told:?}");
    let refused = rounds::transition(&office, "swedish", "open", "").await.expect_err("neither key nor codes");
    assert!(languages_lacking(refused).is_empty());

    let server = TestServer::start(office.clone());
    let token = token(&office, "fieldwork", &["fieldwork"]).await;
    let to = serde_json::json!({"to": "scheduled"});
    let key = "\"idempotency-key-1\"";
    let reply = server
        .ask(Method::POST, "/api/rounds/both/transitions?lang=en")
        .bearer_auth(token)
        .header("idempotency-key", key)
        .json(&to)
        .send()
        .await
        .expect("an answer");
    assert_eq!(reply.status(), 409);
    let problem: serde_json::Value = serde_json::from_str(&reply.text().await.expect("text")).expect("JSON");
    assert_eq!(problem["code"], "language_not_ready");
    assert!(problem["errors"][1]["detail"].as_str().is_some_and(|detail| detail.contains("en/site.ftl")), "{problem}");
}

fn text_of(reply: &Response, name: header::HeaderName) -> &str {
    reply.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The codes that a page shows as chosen, by item.
fn chosen(html: &str) -> Vec<(String, String)> {
    let radios = html.split("<input type=\"radio\"").skip(1).filter_map(|rest| rest.split('>').next());
    let value = |radio: &str, name: &str| {
        let rest = radio.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    radios
        .filter(|radio| radio.contains(" checked"))
        .filter_map(|radio| Some((value(radio, "name")?, value(radio, "value")?)))
        .collect()
}

/// Answers that open every page: not out, victim of everything.
fn opening(view: &PageView) -> Vec<(String, String)> {
    let code = |id: &str| match id {
        "E1" => "5",
        id if id.starts_with('C') && id.len() == 2 => "2",
        _ => "1",
    };
    view.items.iter().map(|item| (item.id.clone(), code(&item.id).to_owned())).collect()
}

async fn save(test: &TestOffice, key: &CookieKey, view: &PageView, answers: Vec<(String, String)>) -> Next {
    let posted = Posted { page: view.page.clone(), version: view.version.clone(), answers, ..Posted::default() };
    answering::save(&test.office, key, &posted).await.expect("is saved")
}

#[tokio::test]
async fn the_switch_keeps_page_and_answers_from_every_language_to_every_other() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Test).await.expect("a file");
    let survey = test.lulea().await;
    let mut plan = test.plan(&survey, 2025);
    plan.languages = Locale::all().map(|locale| locale.tag().to_owned()).collect();
    let round = test.fielded(&survey, plan, |_| 2).await;
    test.now("2025-09-15T06:00:00Z");
    let server = TestServer::start(test.office.clone());
    let (mut letters, mut pages, mut switched) = (round.letters.iter(), 0, 0);
    let mut next = "p01".to_owned();
    let mut walk: Vec<Vec<(String, String)>> = Vec::new();
    loop {
        // A draft for each page: one draft may turn sixty pages a minute.
        let key = CookieKey::new([u8::try_from(pages + 1).expect("few pages"); 32]);
        answering::start(&test.office, &letters.next().expect("a letter").code, &key).await.expect("starts");
        let mut page = "p01".to_owned();
        for answers in &walk {
            let view = answering::page(&test.office, &key, &page, "sv").await.expect("shows");
            let Next::Page(onward) = save(&test, &key, &view, answers.clone()).await else { panic!("not passed") };
            page = onward;
        }
        assert_eq!(page, next);
        let view = answering::page(&test.office, &key, &page, "sv").await.expect("shows");
        let cookie = session::of_key(&key);
        let cookies = format!("{}={cookie}", session::RESPONDENT);
        for from in Locale::all() {
            for to in Locale::all().filter(|to| *to != from) {
                switched += 1;
                let code = (1 + switched % 2).to_string();
                let answers: Vec<_> = view.items.iter().map(|item| (item.id.clone(), code.clone())).collect();
                let mut fields =
                    vec![("csrf", csrf::token(&cookie)), ("version", view.version.clone()), ("page", page.clone())];
                fields.extend(answers.iter().map(|(item, code)| (item.as_str(), code.clone())));
                fields.push(("language", to.tag().to_owned()));
                let here = format!("/{}/f/{page}", from.tag());
                let posted = server.ask(Method::POST, &here).header("cookie", &cookies).form(&fields).send().await;
                let posted = posted.expect("an answer");
                let there = format!("/{}/f/{page}", to.tag());
                assert_eq!(
                    (posted.status().as_u16(), text_of(&posted, header::LOCATION)),
                    (303, there.as_str()),
                    "{here}"
                );
                let shown = server.ask(Method::GET, &there).header("cookie", &cookies).send().await.expect("an answer");
                assert_eq!(text_of(&shown, header::CONTENT_LANGUAGE), to.lang(), "{there}");
                let html = shown.text().await.expect("text");
                assert_eq!(chosen(&html), answers, "from {from:?} to {to:?} on {page}");
                assert!(html.contains(&format!("<html lang=\"{}\" dir=\"{}\">", to.lang(), to.dir())));
                assert!(!html.contains("class=\"notice\""), "nothing is asked once more: {there}");
            }
        }
        pages += 1;
        let answers = opening(&view);
        walk.push(answers.clone());
        match save(&test, &key, &view, answers).await {
            Next::Page(onward) => next = onward,
            Next::Send => break,
            other => panic!("{page}: {other:?}"),
        }
    }
    assert_eq!((pages, switched), (16, 16 * 8 * 7));
}

#[tokio::test]
async fn a_language_has_the_pages_that_are_written_in_it_and_no_other_text_takes_their_place() {
    let test = TestOffice::new(Engine::Sqlite, Kind::Demo).await.expect("a file");
    let survey = test.lulea().await;
    let mut plan = test.plan(&survey, 2025);
    plan.languages = Locale::all().map(|locale| locale.tag().to_owned()).collect();
    test.fielded(&survey, plan, |_| 1).await;
    test.now("2025-09-15T06:00:00Z");
    let server = TestServer::start(test.office.clone());
    for locale in Locale::all() {
        let tag = locale.tag();
        for path in ["/f", "/f/help", "/f/promise", "/privacy", "/cookies", "/accessibility", "/problems/not_found"] {
            let reply = server.get(&format!("/{tag}{path}")).await;
            assert_eq!((reply.status().as_u16(), text_of(&reply, header::CONTENT_LANGUAGE)), (200, locale.lang()));
            let html = reply.text().await.expect("text");
            for other in Locale::all() {
                let href =
                    format!("href=\"/{}{path}\" lang=\"{}\" hreflang=\"{}\"", other.tag(), other.lang(), other.tag());
                assert!(html.contains(&href), "{tag}{path} leads to {other:?}");
            }
        }
        for path in ["/areas", "/method", "/console", "/console/sign-in"] {
            let reply = server.get(&format!("/{tag}{path}")).await;
            let written = locale.has_results();
            assert_eq!(reply.status() == 404, !written || path == "/areas" || path == "/method", "{tag}{path}");
            assert_eq!(
                text_of(&reply, header::CONTENT_LANGUAGE),
                if reply.status() == 303 { "" } else { locale.lang() }
            );
            let html = reply.text().await.expect("text");
            assert!(!html.contains('‹'), "{tag}{path}: {html}");
            for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let office = ["console", "areas", "method"].iter().any(|part| link.contains(part)) || link.len() < 5;
                let in_one = Locale::with_results().any(|locale| link.starts_with(&format!("/{}/", locale.tag())));
                assert!(!office || in_one, "{tag}{path} leads to {link}, which is not there");
            }
        }
    }
    for (accepted, from, to) in [
        ("fi-FI,sv;q=0.5", "/f", "/fi/f"),
        ("ar", "/f", "/ar/f"),
        ("fi-FI,en;q=0.5", "/", "/en/"),
        ("smj", "/", "/sv/"),
    ] {
        let reply = server.ask(Method::GET, from).header("accept-language", accepted).send().await.expect("an answer");
        assert_eq!((reply.status().as_u16(), text_of(&reply, header::LOCATION)), (303, to), "{accepted}");
    }
    let figures = server.get("/api/tables/TRY01/data.csv?lang=fi").await;
    assert_eq!(figures.status(), 400, "no label is written in Finnish");
}
