//! Rounds of people who stay, and a browser's part in their open link.

use std::collections::BTreeMap;

use chrono::Duration;
use sha2::{Digest, Sha256};
use trygg::{
    questionnaire::Stream,
    service::{
        Office,
        answering::{self, CookieKey, Entrance, Next, Posted, Refusal},
        rounds,
    },
    survey::round::{Place, Plan},
};

use super::office::{Fielded, Survey, TestOffice};

impl TestOffice {
    /// A plan for people who stay, at two places.
    pub fn stay_plan(&self, survey: &Survey, year: i32) -> Plan {
        let place = |id: &str, name: &str| Place { id: id.to_owned(), name: name.to_owned() };
        Plan {
            slug: format!("stay-{year}"),
            stream: Stream::Stay,
            population: None,
            scheme: "none".to_owned(),
            places: vec![place("torget", "Torget"), place("norra-hamn", "Norra hamn")],
            ..self.plan(survey, year)
        }
    }

    /// Makes the key of a round of people who stay and schedules it.
    pub async fn fielded_stay(&self, plan: Plan) -> Fielded {
        let slug = plan.slug.clone();
        rounds::create(&self.office, plan).await.expect("is planned");
        let passphrase = rounds::make_key(&self.office, &slug).await.expect("a key");
        rounds::transition(&self.office, &slug, "scheduled", "").await.expect("is scheduled");
        Fielded { slug, passphrase, letters: Vec::new() }
    }

    /// Luleå's round of people who stay in 2025, open since this morning.
    pub async fn open_stay(&self) -> (Survey, Fielded) {
        let survey = self.lulea().await;
        let fielded = self.fielded_stay(self.stay_plan(&survey, 2025)).await;
        self.now("2025-09-15T06:00:00Z");
        assert_eq!(self.stage(&fielded.slug).await, "open");
        (survey, fielded)
    }

    /// A new challenge of `place`, and its answer.
    pub async fn challenge(&self, place: &str) -> (String, String) {
        let link = answering::open_link(&self.office, place).await.expect("looks").expect("a place");
        let number = answer(&link.challenge);
        (link.challenge, number)
    }

    /// Begins at `place` with a proof of work.
    pub async fn enter(&self, place: &str, key: &CookieKey) {
        let (challenge, number) = self.challenge(place).await;
        let entrance = Entrance { proof: Some((&challenge, &number)), decoy: false };
        assert_eq!(answering::enter(&self.office, place, entrance, key).await.expect("begins"), "p01");
    }

    /// Fills in every page under `key`: the code that `choose` names for an item, its first option where it
    /// names none.
    pub async fn fill_in(&self, key: &CookieKey, choose: &BTreeMap<&str, u8>) {
        let mut page = "p01".to_owned();
        loop {
            let view = answering::page(&self.office, key, &page, "sv").await.expect("shows");
            let answers = view
                .items
                .iter()
                .map(|item| (item.id.clone(), choose.get(item.id.as_str()).copied().unwrap_or(1).to_string()));
            let posted = Posted {
                answers: answers.collect(),
                page,
                language: "sv".to_owned(),
                version: view.version,
                clear: None,
                stay: false,
            };
            match answering::save(&self.office, key, &posted).await.expect("is saved") {
                Next::Page(next) => page = next,
                Next::Send => return,
                other => panic!("{other:?}"),
            }
        }
    }

    /// A whole answer at `place`, as slow as a person.
    pub async fn stay_answer(&self, place: &str, seed: u8, choose: &BTreeMap<&str, u8>) {
        let key = CookieKey::new([seed; 32]);
        self.enter(place, &key).await;
        self.fill_in(&key, choose).await;
        let refused = answering::send(&self.office, &key, "sv").await;
        assert!(matches!(refused, Err(Refusal::TooSoon { .. })), "nobody reads so fast");
        self.later(Duration::minutes(3));
        answering::send(&self.office, &key, "sv").await.expect("is sent");
    }

    /// Lets time pass.
    pub fn later(&self, by: Duration) {
        let now = trygg::clock::Clock::now(self.clock.as_ref());
        self.clock.set(now + by);
        self.office.live.refresh();
    }
}

/// The number behind a challenge, found as a browser finds it: the hash of the salt's digits and the
/// number's is the target.
pub fn answer(challenge: &str) -> String {
    let mut parts = challenge.split('.');
    let (salt, target) = (parts.next().expect("a salt"), parts.next().expect("a target"));
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let number = (0..=100_000).find(|number| hex(&Sha256::digest(format!("{salt}{number}"))) == target);
    number.expect("a number").to_string()
}

/// Begins at `place` without a proof.
pub async fn enter_unproven(office: &Office, place: &str, decoy: bool, key: &CookieKey) -> Result<String, Refusal> {
    answering::enter(office, place, Entrance { proof: None, decoy }, key).await
}
