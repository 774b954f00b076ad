//! What is asked, of whom, when and how. No answer is here.

use super::{
    Told,
    block::{Block, Fact, Item, Section},
};
use crate::{
    questionnaire::Stream,
    survey::{answer_sheet::Mode, release::name_in},
    web::{i18n::Locale, pages::results::words},
};

/// What is asked and of whom.
pub fn of_whom(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let key = &head.key;
    let count = |of: usize| words::count(locale, of as u64);
    let stream = match key.stream {
        Stream::Resident => "resident",
        Stream::Stay => "stay",
    };
    let population = locale
        .fill("method-population-text")
        .with("stream", stream)
        .with("area", told.area(&key.total))
        .with("youngest", key.ages.0.to_string())
        .with("oldest", key.ages.1.to_string());
    let survey = locale
        .fill("method-survey-text")
        .with("title", name_in(&head.titles, locale.tag()).to_owned())
        .with("period", head.period.clone());
    let version = |id: &str, version: &str| {
        locale.fill("method-version").with("id", id.to_owned()).with("version", version.to_owned())
    };
    let areas = locale
        .fill("method-areas-text")
        .with("count", count(told.release.districts().count()))
        .with("set", version(&key.area_set.id, &key.area_set.version).to_string());
    let asked = locale
        .fill("method-questions-text")
        .with("items", count(head.items.len()))
        .with("measures", count(head.measures.len()));
    let facts = vec![
        Fact::filled(locale, "method-survey", &survey),
        Fact::of(locale, "method-organisations", Some(locale.list(&head.organisations))),
        Fact::filled(locale, "method-population", &population),
        Fact::filled(locale, "method-areas", &areas),
        Fact::of(locale, "method-population-date", head.population_date.map(|date| locale.date(date))),
        // A release does not hold the name of the register that the sample was drawn from.
        Fact::of(locale, "method-frame", None),
        Fact::filled(locale, "method-form", &version(&head.questionnaire.id, &head.questionnaire.version)),
        Fact::code(locale, "method-form-hash", Some(head.version_hash.clone())),
        Fact::filled(locale, "method-questions", &asked),
    ];
    let wordings = Item {
        text: locale.say("method-wordings"),
        links: vec![(locale.say("indicators-title"), format!("/{}/indicators", locale.tag()))],
    };
    Section { id: "asked", title: locale.say("method-asked"), blocks: vec![Block::Facts(facts), Block::Line(wordings)] }
}

/// When and how it was asked.
pub fn how(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let field =
        locale.fill("method-field-text").with("from", locale.date(head.field.0)).with("to", locale.date(head.field.1));
    let modes: Vec<String> =
        head.key.modes.iter().map(|mode| locale.fill("method-mode").with("mode", mode.key()).to_string()).collect();
    // The texts of a release stand in the languages of its round.
    let languages: Vec<String> = head
        .titles
        .keys()
        .map(|tag| Locale::of_tag(tag).map_or_else(|| tag.clone(), |known| known.own_name().to_owned()))
        .collect();
    let letters = head.responses.first().map(|all| {
        let sampled = words::count(locale, all.counts.sampled);
        locale.fill("method-letters-text").with("sampled", sampled).to_string()
    });
    let mut facts = vec![
        Fact::filled(locale, "method-field", &field),
        Fact::of(locale, "method-modes", Some(locale.list(&modes))),
        Fact::of(locale, "method-languages", Some(locale.list(&languages))),
        Fact::of(locale, "method-letters", letters),
        // How often people were reminded is not kept in a release.
        Fact::of(locale, "method-reminders", None),
    ];
    if head.key.modes.contains(&Mode::Paper) {
        let share = locale.number(head.key.paper_share, 0);
        let paper = locale.fill("method-paper-text").with("percent", share);
        facts.insert(2, Fact::filled(locale, "method-paper", &paper));
    }
    if !head.source.is_empty() {
        facts.push(Fact::of(locale, "method-source", Some(head.source.clone())));
    }
    Section { id: "asking", title: locale.say("method-asking"), blocks: vec![Block::Facts(facts)] }
}
