//! The words of the holders' pages: how the key is shared, how far a holder or an opening has come, and why
//! something is refused.

use crate::{
    service::{
        keys::{HolderState, KeyError},
        opening::{OpeningError, Under},
    },
    survey::round::{Round, Stage},
    web::{i18n::Locale, problem::Problem},
};

/// Why it is refused, in the reader's language; what is no refusal stays a problem.
pub(in crate::web::pages::console) fn told(locale: Locale, error: OpeningError) -> Result<String, Problem> {
    let with = |key: &str, what: &'static str, value: &str| locale.fill(key).with(what, value.to_owned()).to_string();
    let told = match &error {
        OpeningError::NotUnderWay => locale.say("opening-not-under-way"),
        OpeningError::SamePerson => locale.say("opening-same-person"),
        OpeningError::AnotherNumber => locale.say("opening-another-number"),
        OpeningError::Key(KeyError::Mistyped(_)) => locale.say("holder-mistyped"),
        OpeningError::Key(KeyError::OtherHolder(name)) => with("holder-other", "name", name),
        OpeningError::Key(KeyError::NotYours(name) | KeyError::Taken(name)) => with("holder-taken", "name", name),
        OpeningError::Key(KeyError::SamePerson(name)) => with("holder-same-person", "name", name),
        OpeningError::Key(KeyError::OtherRound(round)) => with("holder-other-round", "round", round),
        OpeningError::Key(KeyError::UnknownSheet) => locale.say("holder-unknown"),
        OpeningError::Key(KeyError::KeyMade | KeyError::TooLate) => locale.say("holder-too-late"),
        OpeningError::Key(KeyError::Unconfirmed(names)) => with("keys-unconfirmed", "names", &locale.list(names)),
        OpeningError::Key(KeyError::NoShares) => locale.say("holder-no-shares"),
        OpeningError::Key(KeyError::StillNeeded) => locale.say("holder-still-needed"),
        OpeningError::Key(KeyError::Share(_)) => locale.say("holder-share-broken"),
        OpeningError::Key(_) | OpeningError::Round(_) | OpeningError::Sheet(..) | OpeningError::Interrupted => {
            return Err(error.into());
        }
        other => other.to_string(),
    };
    Ok(told)
}

/// How the key is shared, and what is lost with the sheets.
pub(in crate::web::pages::console) fn texts(locale: Locale, round: &Round) -> Vec<String> {
    let (needed, count) = (usize::from(round.plan.needed), round.plan.holders.len());
    let shared = locale.fill("keys-text").with("needed", needed).with("count", count).to_string();
    let lost = match count.saturating_sub(needed) {
        0 => locale.say("keys-lost-all"),
        spare => locale.fill("keys-lost").with("spare", spare).to_string(),
    };
    vec![shared, lost]
}

/// How far a holder has come.
pub(in crate::web::pages::console) fn state(locale: Locale, holder: &HolderState, under: Option<&Under>) -> String {
    let given = under.is_some_and(|under| under.given.contains(&u32::from(holder.number)));
    locale.say(match &holder.sheet {
        None => "keys-state-none",
        Some(_) if given => "keys-state-given",
        Some(sheet) if sheet.destroyed => "keys-state-destroyed",
        Some(sheet) if sheet.rehearsed => "keys-state-rehearsed",
        Some(sheet) if sheet.confirmed => "keys-state-confirmed",
        Some(_) => "keys-state-drawn",
    })
}

/// Where the opening stands, and what is left to do after it.
pub(super) fn standing(locale: Locale, round: &Round, holders: &[HolderState], under: Option<&Under>) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(under) = under {
        let who = under.asked_by.clone().unwrap_or_else(|| locale.say("opening-somebody"));
        told.push(if under.stored.public_key.is_none() {
            locale.fill("opening-asked").with("who", who).to_string()
        } else {
            let running = locale.fill("opening-running").with("until", locale.date_and_time(under.stored.ends_at));
            running.with("given", under.given.len()).with("needed", usize::from(round.plan.needed)).to_string()
        });
        if let Some(count) = under.stored.unreadable {
            told.push(locale.fill("opening-unreadable").with("count", count.unsigned_abs()).to_string());
        }
        if let Some(first) = under.aside_by.as_ref().filter(|_| under.stored.aside.is_none()) {
            told.push(locale.fill("opening-aside-asked").with("who", first.clone()).to_string());
        }
    }
    if matches!(round.stage(), Stage::Opened { scrubbed: true, .. }) {
        let gone = holders.iter().filter(|holder| holder.sheet.as_ref().is_some_and(|sheet| sheet.destroyed)).count();
        let left = (holders.len() + 1).saturating_sub(usize::from(round.plan.needed) + gone);
        if left > 0 {
            told.push(locale.fill("keys-left").with("left", left).to_string());
        }
    }
    told
}
