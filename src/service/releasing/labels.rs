//! What the figures of a release stand under: areas, classes, measures and questions in every language
//! of the round. No figure is here.

use std::collections::HashSet;

use super::gate::unit;
use crate::{
    questionnaire::{Publication, Questionnaire, Texts},
    survey::{
        area::Area,
        release::{Label, Names, PublishedItem, PublishedMeasure},
        round::Round,
    },
};

/// A text in each language of the round.
pub(super) fn names(questionnaire: &Questionnaire, round: &Round, text: impl Fn(&Texts) -> String) -> Names {
    let languages = round.plan.languages.iter();
    languages.filter_map(|tag| Some((tag.clone(), text(questionnaire.texts(tag)?)))).collect()
}

pub(super) fn area_label(area: &Area) -> Label {
    let mut names = area.names.clone();
    names.insert("sv".to_owned(), area.name.clone());
    Label { code: area.code.clone(), names }
}

#[derive(Clone, Copy)]
pub(super) enum ClassItem {
    Sex,
    Age,
    Tenure,
}

/// Classes with their codes in tables and their labels.
pub(super) fn class_labels(questionnaire: &Questionnaire, round: &Round, of: ClassItem) -> Vec<Label> {
    let class = questionnaire.class();
    let (item, codes): (Option<usize>, Vec<(u8, String)>) = match of {
        ClassItem::Sex => match class.sex {
            Some(sex) => (Some(sex.item), vec![(sex.woman, "woman".to_owned()), (sex.man, "man".to_owned())]),
            None => (None, Vec::new()),
        },
        ClassItem::Age | ClassItem::Tenure => {
            let item = if matches!(of, ClassItem::Age) { class.age } else { class.tenure };
            let scale = item.and_then(|item| questionnaire.items().get(item)).map(|item| item.scale);
            let options = scale.and_then(|scale| questionnaire.scales().get(scale)).map(|scale| scale.options.clone());
            (item, (1_u8..).zip(options.unwrap_or_default()).collect())
        }
    };
    let Some(item) = item else { return Vec::new() };
    codes
        .into_iter()
        .map(|(code, key)| {
            let label = |tag: &str| {
                let options = questionnaire.options(item, tag, &[]);
                options.into_iter().find(|option| option.code == code).map(|option| option.label)
            };
            let names = round.plan.languages.iter().filter_map(|tag| Some((tag.clone(), label(tag)?))).collect();
            Label { code: key, names }
        })
        .collect()
}

pub(super) fn published_measures(
    questionnaire: &Questionnaire,
    round: &Round,
    publication: &Publication,
) -> Vec<PublishedMeasure> {
    let id = |item: &usize| questionnaire.items().get(*item).map_or_else(String::new, |item| item.id.clone());
    questionnaire
        .measures()
        .iter()
        .enumerate()
        .map(|(place, measure)| PublishedMeasure {
            id: measure.id.clone(),
            version: measure.version,
            kind: measure.kind_key().to_owned(),
            direction: measure.direction,
            unit: unit(&measure.kind),
            level: measure.level,
            headline: publication.change.headline.contains(&measure.id),
            formula: measure.formula.clone(),
            names: names(questionnaire, round, |texts| {
                texts.measures.get(place).map_or_else(String::new, |text| text.name.clone())
            }),
            items: measure.items.iter().map(id).collect(),
        })
        .collect()
}

pub(super) fn published_items(questionnaire: &Questionnaire, round: &Round) -> Vec<PublishedItem> {
    let used: HashSet<usize> =
        questionnaire.measures().iter().flat_map(|measure| measure.items.iter().copied()).collect();
    questionnaire
        .items()
        .iter()
        .enumerate()
        .filter(|(place, _)| used.contains(place))
        .map(|(place, item)| PublishedItem {
            id: item.id.clone(),
            texts: names(questionnaire, round, |texts| {
                texts.items.get(place).map_or_else(String::new, |text| text.text.clone())
            }),
            options: round
                .plan
                .languages
                .iter()
                .map(|tag| {
                    let options = questionnaire.options(place, tag, &[]);
                    (tag.clone(), options.into_iter().map(|option| option.label).collect())
                })
                .collect(),
        })
        .collect()
}
