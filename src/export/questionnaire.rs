//! A published version as JSON: what was asked, in every language, with routing and formulas. The
//! marks of review and the publication plan are no part of a version.

use serde_json::{Map, Value, json};

use crate::questionnaire::{Direction, Level, Measure, OptionView, Points, Questionnaire, Texts, hexadecimal};

/// The whole version; the same version gives the same bytes.
#[must_use]
pub fn document(questionnaire: &Questionnaire) -> Value {
    let languages: Vec<&str> = questionnaire.languages().map(crate::questionnaire::Language::as_str).collect();
    let texts = |of: &dyn Fn(&Texts) -> String| -> Value {
        let pair = |tag: &&str| Some(((*tag).to_owned(), Value::String(of(questionnaire.texts(tag)?))));
        Value::Object(languages.iter().filter_map(pair).collect::<Map<_, _>>())
    };
    let page = |(place, page): (usize, &crate::questionnaire::Page)| {
        json!({
            "id": page.id,
            "section": page.section,
            "streams": page.streams,
            "sensitive": page.sensitive,
            "title": texts(&|texts| texts.pages.get(place).map_or_else(String::new, |page| page.title.clone())),
            "intro": texts(&|texts| texts.pages.get(place).map_or_else(String::new, |page| page.intro.clone())),
            "items": page.items.iter().map(|&item| id(questionnaire, item)).collect::<Vec<_>>(),
        })
    };
    let item = |(place, item): (usize, &crate::questionnaire::Item)| {
        let options: Map<String, Value> =
            languages.iter().map(|tag| ((*tag).to_owned(), options(&questionnaire.options(place, tag, &[])))).collect();
        json!({
            "id": item.id,
            "page": questionnaire.pages().get(item.page).map_or("", |page| &page.id),
            "scale": questionnaire.scales().get(item.scale).map_or("", |scale| &scale.id),
            "streams": item.streams,
            "asked": item.on,
            "sensitive": item.sensitive,
            "show_if": item.routing,
            "period": item.period,
            "text": texts(&|texts| texts.items.get(place).map_or_else(String::new, |item| item.text.clone())),
            "options": options,
        })
    };
    json!({
        "id": questionnaire.id(),
        "version": questionnaire.version(),
        "sha256": hexadecimal(&questionnaire.hash()),
        "languages": languages,
        "title": texts(&|texts| texts.title.clone()),
        "pages": questionnaire.pages().iter().enumerate().map(page).collect::<Vec<_>>(),
        "items": questionnaire.items().iter().enumerate().map(item).collect::<Vec<_>>(),
        "scales": questionnaire.scales().iter().map(scale).collect::<Vec<_>>(),
        "measures": questionnaire.measures().iter().enumerate()
            .map(|(place, measure)| self::measure(questionnaire, measure, &texts(&|texts| {
                texts.measures.get(place).map_or_else(String::new, |text| text.name.clone())
            })))
            .collect::<Vec<_>>(),
    })
}

fn id(questionnaire: &Questionnaire, item: usize) -> &str {
    questionnaire.items().get(item).map_or("", |item| &item.id)
}

fn options(options: &[OptionView]) -> Value {
    options.iter().map(|option| json!({ "code": option.code, "label": option.label })).collect()
}

fn scale(scale: &crate::questionnaire::Scale) -> Value {
    let points = |scale_points: &Points| -> Value {
        (1..=u8::try_from(scale.options.len()).unwrap_or(u8::MAX)).map(|code| json!(scale_points.of(code))).collect()
    };
    json!({
        "id": scale.id,
        "options": scale.options,
        "areas_first": scale.areas_first,
        "dont_know": scale.dont_know,
        "points": points(&scale.points),
    })
}

fn measure(questionnaire: &Questionnaire, measure: &Measure, names: &Value) -> Value {
    json!({
        "id": measure.id,
        "version": measure.version,
        "kind": measure.kind_key(),
        "direction": match measure.direction {
            Direction::LowerBetter => "lower_better",
            Direction::HigherBetter => "higher_better",
            Direction::Neutral => "neutral",
        },
        "level": match measure.level { Level::D => "D", Level::M => "M" },
        "sensitive": measure.sensitive,
        "formula": measure.formula,
        "items": measure.items.iter().map(|&item| id(questionnaire, item)).collect::<Vec<_>>(),
        "name": names,
    })
}
