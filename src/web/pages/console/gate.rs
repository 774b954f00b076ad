//! What the gate did with a release, as staff may know it: never a public page, for the reasons tell what the
//! withheld figures are like.

use crate::{
    service::signing::Candidate,
    stats::disclosure::GateLog,
    survey::release::{Figures, name_in},
    web::{i18n::Locale, pages::results::words},
};

/// The gate's work on a candidate.
#[derive(Debug, Clone)]
pub struct GateView {
    /// Facts: what and value.
    pub facts: Vec<(String, String)>,
    /// Figures given up for others: measure and group.
    pub given_up: Vec<String>,
}

impl GateView {
    /// The view of a candidate that waits; nothing of one that has ended, whose figures are gone.
    #[must_use]
    pub fn of(locale: Locale, candidate: &Candidate) -> Option<Self> {
        let log = candidate.gate.as_ref()?;
        let figures: &Figures = candidate.body.as_ref()?;
        let given_up = log.complements.iter().map(|given_up| {
            let measure = figures.measure(&given_up.measure);
            let measure = measure.map_or(given_up.measure.as_str(), |of| name_in(&of.names, locale.tag()));
            format!("{measure}: {}", words::group(locale, figures, &given_up.domain))
        });
        Some(Self { facts: facts(locale, log), given_up: given_up.collect() })
    }
}

fn facts(locale: Locale, log: &GateLog) -> Vec<(String, String)> {
    let count = |value: usize| words::count(locale, value as u64);
    let attacked = locale
        .fill("gate-attacked")
        .with("targets", count(log.targets))
        .with("systems", count(log.systems))
        .to_string();
    let mut facts =
        vec![(locale.say("gate-attack"), attacked), (locale.say("gate-first-failures"), count(log.first_failures))];
    let narrowest = [("gate-at-first", log.at_first), ("gate-narrowest", log.narrowest)];
    for (what, narrowest) in narrowest.into_iter().filter_map(|(what, narrowest)| Some((what, narrowest?))) {
        let needed = locale.number(100.0 * narrowest.ratio, 0);
        facts.push((locale.say(what), locale.fill("gate-of-needed").with("percent", needed).to_string()));
    }
    let reason = |(reason, figures): &(String, usize)| {
        let words = locale.fill("gate-withheld").with("reason", reason.clone());
        (words.to_string(), count(*figures))
    };
    facts.extend(log.withheld.iter().map(reason));
    facts
}
