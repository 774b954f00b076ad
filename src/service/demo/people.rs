//! Made-up residents and their answers, from a seed. Nothing here comes from a survey: the levels
//! are chosen so that the pages look like a real round, and every figure made of them says
//! "Demodata".

use std::collections::BTreeMap;

use rand::{Rng, RngExt};

use crate::questionnaire::{Questionnaire, Stream, missing};

/// How safe an area is, in units of one person's spread; the demo's own invention.
const AREA_LEVEL: [f64; 12] = [0.15, 0.45, -0.45, 0.05, -0.65, 0.55, -0.4, -0.6, 0.5, 0.65, 0.6, -0.05];

/// A made-up resident.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    woman: bool,
    age: u8,
    tenure: u8,
    /// Above 0 = feels safer than most.
    safety: f64,
}

impl Person {
    /// Draws a resident of the area at `area` (0 = first) in a round whose general level is `level`.
    pub(super) fn draw(area: usize, level: f64, rng: &mut impl Rng) -> Self {
        let woman = rng.random_bool(0.5);
        let age = pick(rng, &[0.2, 0.31, 0.24, 0.25]);
        let tenure = pick(rng, &[0.35, 0.22, 0.38, 0.05]);
        let area = AREA_LEVEL.get(area % AREA_LEVEL.len()).copied().unwrap_or(0.0);
        let safety = area + level - if woman { 0.35 } else { 0.0 } + if age == 4 { -0.1 } else { 0.0 } + normal(rng);
        Self { woman, age, tenure, safety }
    }

    /// Answers every item that the form would put to this resident, page by page, so that routing
    /// applies. Gives the chosen codes by item; an item without one was skipped.
    pub(super) fn answer(&self, questionnaire: &Questionnaire, rng: &mut impl Rng) -> BTreeMap<usize, u8> {
        let mut chosen = BTreeMap::new();
        let mut codes = vec![missing::UNSEEN; questionnaire.items().len()];
        for page in 0..questionnaire.pages().len() {
            for item in questionnaire.visible_items(page, &codes, Stream::Resident) {
                if let Some(code) = self.choose(questionnaire, item, rng) {
                    codes[item] = code;
                    chosen.insert(item, code);
                }
            }
        }
        chosen
    }

    fn choose(&self, questionnaire: &Questionnaire, item: usize, rng: &mut impl Rng) -> Option<u8> {
        let found = questionnaire.items().get(item)?;
        let scale = questionnaire.scales().get(found.scale)?;
        if rng.random_bool(0.006) {
            return None;
        }
        if found.sensitive && rng.random_bool(0.004) {
            return Some(missing::REFUSED);
        }
        if found.not_applicable && rng.random_bool(0.08) {
            return Some(missing::NOT_APPLICABLE);
        }
        if scale.dont_know && rng.random_bool(0.06) {
            return Some(missing::DONT_KNOW);
        }
        let safe = self.safety;
        Some(match (found.id.as_str(), scale.id.as_str()) {
            ("H1", _) if rng.random_bool(0.004) => 3,
            ("H1", _) => {
                if self.woman {
                    1
                } else {
                    2
                }
            }
            ("H2", _) => self.age,
            ("H3", _) => self.tenure,
            (_, "late5") if rng.random_bool(0.07) => 5,
            (_, "late5" | "place6") => step(rng, safe, &[-0.2, 1.3, 3.0]),
            (_, "why2") => {
                if rng.random_bool(0.45) {
                    1
                } else {
                    2
                }
            }
            (_, "problem4") => step(rng, safe + shift(&found.id), &[0.3, 1.7, 3.2]),
            (_, "extent4" | "freq4") => step(rng, safe + shift(&found.id), &[0.1, 1.4, 3.0]),
            (_, "refrain3") => step(rng, safe, &[1.0, 3.0]),
            (_, "persons3") => step(rng, safe, &[2.9, 4.4]),
            (_, "times4") => step(rng, safe * 0.5 + shift(&found.id), &[3.0, 4.4, 5.6]),
            (_, "place7") => pick(rng, &[0.15, 0.22, 0.2, 0.1, 0.14, 0.07, 0.12]),
            (_, "agree5") => 6 - step(rng, safe * 0.6, &[-0.6, 1.0, 1.9, 3.1]),
            (_, "yesno" | "yesno_dk") => step(rng, safe * 0.4 + 0.4, &[0.6]),
            _ => {
                let count = questionnaire.option_count(item, 0).max(1);
                rng.random_range(1..=count)
            }
        })
    }
}

/// How much rarer one item's trouble is than another's: spread by the item's id, so that the demo's
/// list of problems does not look flat.
fn shift(id: &str) -> f64 {
    let spread = id.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte))) % 100;
    f64::from(spread) / 50.0 - 1.0
}

/// A code from 1: the number of cuts above `safe` plus logistic chance; less safe = higher code.
fn step(rng: &mut impl Rng, safe: f64, cuts: &[f64]) -> u8 {
    let chance: f64 = rng.random_range(1e-9..1.0);
    let trouble = -safe + (chance / (1.0 - chance)).ln() * 0.6 + 1.0;
    let above = cuts.iter().filter(|&&cut| trouble > cut).count();
    1 + u8::try_from(above).unwrap_or(0)
}

/// A code from 1 with the given chances.
fn pick(rng: &mut impl Rng, chances: &[f64]) -> u8 {
    let mut left: f64 = rng.random();
    let mut code = 1_u8;
    for chance in &chances[..chances.len().saturating_sub(1)] {
        if left < *chance {
            return code;
        }
        left -= chance;
        code += 1;
    }
    code
}

/// A standard normal number (Box and Muller 1958).
fn normal(rng: &mut impl Rng) -> f64 {
    let (first, second): (f64, f64) = (rng.random_range(1e-12..1.0), rng.random());
    (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos()
}
