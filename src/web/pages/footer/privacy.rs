//! What is done with personal data: who is responsible, what exactly is stored, what the envelope protects against
//! and what not, who the key holders are, how long things are kept. The promise's own words are `respond::texts`'.

use super::{Section, TextPage, text};
use crate::{
    service::answering::{Front, FrontState, RoundCard},
    web::{
        i18n::Locale,
        pages::respond::{Frame, texts},
    },
};

/// The page; without a round it says what is true of every round.
#[must_use]
pub fn page(frame: &Frame, front: Option<&Front>, contact: &str) -> TextPage {
    let locale = frame.locale;
    let card = match front.map(|front| &front.state) {
        Some(FrontState::Open(card) | FrontState::Paused(card) | FrontState::Closed { card, .. }) => {
            Some(card.as_ref())
        }
        _ => None,
    };
    let mut page = text(frame, locale.say("privacy-title"));
    page.lead = vec![locale.say("privacy-answers")];
    page.sections = vec![responsible(locale, card, contact), stored(locale)];
    if let Some(card) = card {
        page.sections.push(Section {
            title: locale.say("privacy-envelope"),
            paragraphs: vec![texts::opening(locale, card), locale.say("promise-3")],
            ..Section::default()
        });
        page.sections.push(Section {
            title: locale.say("privacy-limits"),
            paragraphs: vec![locale.say("promise-limits")],
            items: texts::limits(locale, card),
            onward: Some((format!("/{}/f/promise", locale.tag()), locale.say("privacy-more"))),
        });
        page.sections.push(Section {
            title: locale.say("privacy-holders"),
            paragraphs: vec![locale.say("privacy-holders-text")],
            items: card.holders.clone(),
            onward: None,
        });
    }
    page.sections.push(kept(locale));
    page.sections.push(Section {
        title: locale.say("privacy-rights"),
        paragraphs: vec![
            locale.say("privacy-rights-before"),
            locale.say("privacy-rights-after"),
            locale.say("privacy-rights-complain"),
        ],
        ..Section::default()
    });
    page
}

fn responsible(locale: Locale, card: Option<&RoundCard>, contact: &str) -> Section {
    let who = match card.filter(|card| !card.organisations.is_empty()) {
        Some(card) => locale.fill("privacy-who").with("organisations", locale.list(&card.organisations)).to_string(),
        None => locale.say("privacy-who-letter"),
    };
    let reach = match contact {
        "" => locale.say("privacy-contact-letter"),
        contact => locale.fill("privacy-contact").with("contact", contact.to_owned()).to_string(),
    };
    let paragraphs = vec![who, locale.say("privacy-basis"), reach];
    Section { title: locale.say("privacy-responsible"), paragraphs, ..Section::default() }
}

fn stored(locale: Locale) -> Section {
    Section {
        title: locale.say("privacy-stored"),
        paragraphs: Vec::new(),
        items: vec![
            locale.say("privacy-stored-code"),
            locale.say("privacy-stored-draft"),
            locale.say("privacy-stored-envelope"),
            locale.say("privacy-stored-attempts"),
            locale.say("privacy-stored-not"),
        ],
        onward: None,
    }
}

fn kept(locale: Locale) -> Section {
    Section {
        title: locale.say("privacy-kept"),
        paragraphs: Vec::new(),
        items: vec![
            locale.say("privacy-kept-draft"),
            locale.say("privacy-kept-codes"),
            locale.say("privacy-kept-attempts"),
            locale.say("privacy-kept-answers"),
            locale.say("privacy-kept-results"),
        ],
        onward: None,
    }
}
