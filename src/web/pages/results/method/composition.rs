//! Those who answered beside the population, by sex and age. No number is computed here.

use super::{
    Told,
    block::{Block, Grid},
};
use crate::{
    survey::release::{Composed, Label},
    web::pages::results::words,
};

/// What is said of the composition.
pub fn blocks(told: Told<'_>) -> Vec<Block> {
    let (locale, head) = (told.locale, told.release.head());
    let mut blocks = vec![Block::Heading(locale.say("method-composition"))];
    if head.composition.is_empty() {
        blocks.push(told.text("method-unstated"));
    } else {
        let fewest = locale.fill("method-composition-text").with("fewest", words::count(locale, Composed::FEWEST));
        blocks.push(Block::Text(fewest.to_string()));
        blocks.push(Block::Table(Grid {
            caption: locale.say("method-composition"),
            heads: ["method-group", "table-n", "method-answered-percent", "method-persons", "method-persons-percent"]
                .map(|key| locale.say(key))
                .to_vec(),
            rows: head.composition.iter().map(|composed| group(told, composed)).collect(),
            figures: true,
        }));
    }
    blocks
}

fn group(told: Told<'_>, composed: &Composed) -> Vec<String> {
    let (locale, head) = (told.locale, told.release.head());
    let named = |labels: &[Label], code: &Option<String>| Some(told.class(labels, code.as_deref()?));
    let name = match (named(&head.sexes, &composed.sex), named(&head.ages, &composed.age)) {
        (Some(sex), Some(age)) => locale.fill("method-group-both").with("sex", sex).with("age", age).to_string(),
        (sex, age) => sex.or(age).unwrap_or_default(),
    };
    let hidden = || "..".to_owned();
    vec![
        name,
        composed.answered.map_or_else(hidden, |answered| words::count(locale, answered)),
        composed.answered_percent.map_or_else(hidden, |percent| locale.number(percent, 0)),
        words::count(locale, composed.persons),
        locale.number(composed.persons_percent, 1),
    ]
}
