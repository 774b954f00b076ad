//! Key holders at the console, each in a browser of their own: the sheet is shown once, slips and wrong sheets are
//! told, two persons start the opening, and two of three holders open the round.

use std::time::Duration;

use rstest::rstest;
use trygg::{
    service::{letters, rounds},
    survey::{holder::HolderSecret, round::Kind},
};

use crate::support::{
    Engine,
    office::{TestOffice, answers, read_letters, sample, submission},
    server::{AtConsole, TestServer, token},
    signing::PASSWORD,
};

const KEYS: &str = "/sv/console/rounds/round-2025/keys";

const STAFF: [(&str, &str); 5] = [
    ("holder-1", "holder"),
    ("holder-2", "holder"),
    ("holder-3", "holder"),
    ("leader-1", "fieldwork"),
    ("leader-2", "fieldwork"),
];

/// The holders, and the two who lead.
async fn signed_in(server: &TestServer) -> (Vec<AtConsole>, [AtConsole; 2]) {
    let mut holders = Vec::new();
    for (login, _) in &STAFF[..3] {
        holders.push(server.sign_in(login).await);
    }
    (holders, [server.sign_in("leader-1").await, server.sign_in("leader-2").await])
}

fn of(holder: usize) -> String {
    format!("{KEYS}/{}", holder + 1)
}

/// Whoever is signed in draws the sheet of `holder`; what stands on it.
async fn drawn(server: &TestServer, who: &AtConsole, holder: usize) -> String {
    let (status, page) = server.console_form(who, &of(holder), &[("act", "draw")]).await;
    assert_eq!(status, 200);
    assert!(page.contains("<svg class=\"qr\"") && page.contains("role=\"img\" aria-label="), "a picture with its text");
    let (_, rest) = page.split_once("<bdi dir=\"ltr\">").expect("what stands on the sheet");
    let secret = rest.split('<').next().expect("text").to_owned();
    assert!(HolderSecret::parse(&secret).is_ok(), "{secret}");
    let (_, again) = server.console(who, &of(holder)).await;
    assert!(!again.contains(&secret), "it is shown once");
    secret
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_of_three_holders_open_a_round_in_browsers_of_their_own(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let survey = test.lulea().await;
    let office = &test.office;
    rounds::create(office, test.plan_of(&survey, 2025, 2, 3)).await.expect("is planned");
    let server = TestServer::start(office.clone());
    for (login, role) in STAFF {
        token(office, login, &[role]).await;
    }
    let (holders, [leader, _]) = signed_in(&server).await;

    // What is lost with the sheets is said before there is any.
    let (status, page) = server.console(&leader, KEYS).await;
    assert_eq!(status, 200);
    assert!(page.contains("Minst 2 av dem") && page.contains("Ett blad kan försvinna"), "{page}");
    assert_eq!(page.matches("Inget blad än").count(), 3);
    assert!(server.console(&leader, "/sv/console/rounds/round-2025").await.1.contains(KEYS));
    assert_eq!(server.console(&leader, &of(0)).await.0, 403, "no holder");
    assert_eq!(server.console(&holders[0], &format!("{KEYS}/4")).await.0, 404);
    let (status, page) = server.console_act(&leader, "/sv/console/rounds/round-2025", KEYS, &[("act", "make")]).await;
    assert_eq!(status, 422);
    assert!(page.contains("Har inte skrivit in sina blad än: Holder 1, Holder 2 och Holder 3."), "{page}");

    let mut sheets = Vec::new();
    for (place, who) in holders.iter().enumerate() {
        sheets.push(drawn(&server, who, place).await);
    }
    let (_, page) = server.console(&holders[1], &of(0)).await;
    assert!(page.contains("Någon annan har tagit det här bladet.") && !page.contains("name=\"act\""));
    let act = async |who: &AtConsole, holder: usize, act: &str, sheet: &str| {
        let page = of(holder);
        server.console_act(who, &of(holder), &page, &[("act", act), ("sheet", sheet), ("password", PASSWORD)]).await
    };
    let slip = format!("{}{}", if sheets[0].starts_with('7') { '8' } else { '7' }, &sheets[0][1..]);
    let told = async |who: &AtConsole, holder: usize, act_: &str, sheet: &str, wanted: &str| {
        let (status, page) = act(who, holder, act_, sheet).await;
        assert_eq!(status, 422);
        assert!(page.contains(wanted), "{wanted}");
    };
    told(&holders[0], 0, "confirm", &slip, "Du har skrivit fel.").await;
    told(&holders[0], 0, "confirm", &sheets[1], "Det här är bladet som hör till Holder 2.").await;
    for (place, who) in holders.iter().enumerate() {
        assert_eq!(act(who, place, "confirm", &sheets[place].to_lowercase()).await.0, 303);
    }
    assert_eq!(server.console_form(&leader, KEYS, &[("act", "make")]).await.0, 303);
    let (status, page) = act(&holders[2], 2, "rehearse", &sheets[2]).await;
    assert!(status == 200 && page.contains("Bladet fungerar. Inget har öppnats."), "{status}");

    let file = test.file("letters.csv");
    letters::draw(office, "round-2025", sample(&survey.set, |_| 1).as_bytes(), &file).await.expect("letters");
    rounds::transition(office, "round-2025", "scheduled", "").await.expect("is scheduled");
    test.now("2025-09-15T06:00:00Z");
    assert_eq!(test.stage("round-2025").await, "open");
    let mut sent = Vec::new();
    for letter in read_letters(&file) {
        let (given, sheet) = answers(&survey, &letter.area, &mut rand::rng());
        test.post("round-2025", &letter.code, submission(), &given).await.expect("is stored");
        sent.push(sheet);
    }
    sent.sort();
    let promise = server.text("/sv/f/promise").await;
    assert!(promise.contains("minst 2 av 3 nyckelhållare gör det tillsammans: Holder 1, Holder 2 och Holder 3"));
    rounds::transition(office, "round-2025", "closed", "all are in").await.expect("closes");

    // Months later nobody is signed in any more.
    let (holders, [leader, second]) = signed_in(&server).await;
    // The opening: two persons with the same right, each by password.
    let lead = async |who: &AtConsole, act: &str, password: &str| {
        server.console_act(who, KEYS, KEYS, &[("act", act), ("password", password)]).await
    };
    assert_eq!(server.console_act(&holders[0], &of(0), KEYS, &[("act", "ask")]).await.0, 403);
    let (status, page) = lead(&leader, "ask", "not the password").await;
    assert!(status == 422 && page.contains("Lösenordet stämmer inte."));
    assert_eq!(lead(&leader, "ask", PASSWORD).await.0, 303);
    let (status, page) = lead(&leader, "agree", PASSWORD).await;
    assert!(status == 422 && page.contains("En annan person måste bekräfta."));
    assert_eq!(lead(&second, "agree", PASSWORD).await.0, 303);
    assert!(server.console(&leader, KEYS).await.1.contains("0 av 2 blad är lämnade"));

    told(&holders[0], 0, "give", &sheets[2], "Det här är bladet som hör till Holder 3.").await;
    assert_eq!(act(&holders[0], 0, "give", &sheets[0]).await.0, 303);
    assert!(server.console(&leader, KEYS).await.1.contains("1 av 2 blad är lämnade"));
    assert_eq!(test.stage("round-2025").await, "closed");
    assert_eq!(act(&holders[2], 2, "give", &sheets[2]).await.0, 303);
    while !server.console(&leader, KEYS).await.1.contains("2 blad till måste förstöras") {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(test.opened_sheets("round-2025").await, sent);

    assert_eq!(act(&holders[1], 1, "destroyed", "").await.0, 303);
    let (_, page) = server.console(&leader, KEYS).await;
    assert!(page.contains("Ett blad till måste förstöras") && page.contains("Har förstört sitt blad"));
    let others = server.console_act(&holders[0], &of(0), &of(2), &[("act", "destroyed")]).await;
    assert!(others.0 == 422 && others.1.contains("Bladet för Holder 3 har tagits av någon annan"));
}
