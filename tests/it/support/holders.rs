//! Rounds with several key holders: their sheets, and answers sealed to the key that only they can open.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use trygg::{
    service::{
        keys::{self, Asker},
        letters, rounds,
    },
    survey::round::Plan,
};
use zeroize::Zeroizing;

use super::office::{Fielded, Survey, TestOffice, answers, read_letters, sample, submission};

/// A closed round: its letters, its holders' sheets, and the answers that were sent.
pub struct Held {
    /// The round; it has no passphrase.
    pub round: Fielded,
    /// What stands on the sheets, by holder.
    pub sheets: Vec<Zeroizing<String>>,
    /// Sheets of answers, sorted.
    pub sent: Vec<Vec<u8>>,
}

impl Held {
    /// The sheets of these holders, counted from 0.
    pub fn of(&self, holders: &[usize]) -> Vec<Zeroizing<String>> {
        holders.iter().map(|&holder| self.sheets[holder].clone()).collect()
    }
}

impl TestOffice {
    /// A plan of [`TestOffice::plan`] with `needed` of `holders` holders.
    pub fn plan_of(&self, survey: &Survey, year: i32, needed: u8, holders: u8) -> Plan {
        let holders = (1..=holders).map(|number| format!("Holder {number}")).collect();
        Plan { holders, needed, ..self.plan(survey, year) }
    }

    /// Every holder of a planned round draws a sheet and types it back; gives them by holder.
    pub async fn sheets(&self, slug: &str) -> Vec<Zeroizing<String>> {
        let holders = self.round(slug).await.plan.threshold().holders;
        let mut sheets = Vec::new();
        for holder in 1..=holders {
            let sheet = keys::draw(&self.office, slug, holder, Asker::default()).await.expect("is drawn");
            assert_eq!(sheet.holder, format!("Holder {holder}"));
            keys::confirm(&self.office, slug, &sheet.secret, Asker::default()).await.expect("is typed back");
            sheets.push(sheet.secret);
        }
        sheets
    }

    /// A round by this plan with its key and `letters` of each district, open on its first day.
    pub async fn held_open(&self, survey: &Survey, plan: Plan, letters: u64) -> (Fielded, Vec<Zeroizing<String>>) {
        let (slug, opens_on) = (plan.slug.clone(), plan.opens_on);
        rounds::create(&self.office, plan).await.expect("is planned");
        let sheets = self.sheets(&slug).await;
        keys::make(&self.office, &slug).await.expect("a key");
        let file = self.file(&format!("letters-{slug}.csv"));
        letters::draw(&self.office, &slug, sample(&survey.set, |_| letters).as_bytes(), &file).await.expect("letters");
        rounds::transition(&self.office, &slug, "scheduled", "").await.expect("is scheduled");
        self.now(&format!("{opens_on}T06:00:00Z"));
        assert_eq!(self.stage(&slug).await, "open");
        (Fielded { slug, passphrase: Zeroizing::default(), letters: read_letters(&file) }, sheets)
    }

    /// The same, answered by the first `count` letters and closed.
    pub async fn held_closed(&self, survey: &Survey, plan: Plan, count: usize) -> Held {
        let (round, sheets) = self.held_open(survey, plan, (count as u64).div_ceil(12)).await;
        self.answered_and_closed(survey, round, sheets, count).await
    }

    /// An open round, answered by the first `count` letters and closed.
    pub async fn answered_and_closed(
        &self,
        survey: &Survey,
        round: Fielded,
        sheets: Vec<Zeroizing<String>>,
        count: usize,
    ) -> Held {
        let mut rng = ChaCha8Rng::seed_from_u64(count as u64);
        let mut sent = Vec::new();
        for letter in &round.letters[..count] {
            let (given, sheet) = answers(survey, &letter.area, &mut rng);
            self.post(&round.slug, &letter.code, submission(), &given).await.expect("is stored");
            sent.push(sheet);
        }
        sent.sort();
        rounds::transition(&self.office, &round.slug, "closed", "all are in").await.expect("closes");
        Held { round, sheets, sent }
    }

    /// Opened sheets of a round, sorted.
    pub async fn opened_sheets(&self, slug: &str) -> Vec<Vec<u8>> {
        let mut sheets: Vec<_> = self.responses(slug).await.into_iter().map(|response| response.sheet).collect();
        sheets.sort();
        sheets
    }
}
