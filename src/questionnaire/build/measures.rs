//! Measures: indices as they are written, and the don't-know shares that stand beside them. Nothing is
//! computed from answers.

use super::{Lookup, known, predicate};
use crate::questionnaire::{
    index::{Direction, Kind, Level, Measure},
    missing,
    model::{Questionnaire, Stream},
    predicate::{Codes, Predicate},
    reader::Reader,
    structure::{Raw, RawIndex},
};

pub(super) fn measure(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    raw: &Raw,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<Measure> {
    let fits = found.id.len() <= 40
        && !found.id.is_empty()
        && found.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !fits {
        reader.fault(&found.place, "index_id_format", "an id has letters, digits, _ and -, at most 40");
    }
    let direction = match found.direction.0.as_str() {
        "lower_better" => Direction::LowerBetter,
        "higher_better" => Direction::HigherBetter,
        "neutral" => Direction::Neutral,
        _ => {
            reader.fault(
                &found.direction.1,
                "direction_unknown",
                "write \"lower_better\", \"higher_better\" or \"neutral\"",
            );
            return None;
        }
    };
    let level = match found.level.as_ref().map(|(text, place)| (text.as_str(), place)) {
        None | Some(("D", _)) => Level::D,
        Some(("M", _)) => Level::M,
        Some((_, place)) => {
            reader.fault(place, "level_unknown", "write \"D\" or \"M\"");
            return None;
        }
    };
    let (kind, items, formula) = kind(reader, found, lookup, so_far)?;
    let base = match &kind {
        Kind::Share { denominator, .. } => denominator.items(),
        Kind::Composite { parts } => {
            let mut base: Vec<usize> = parts.iter().flat_map(|(part, _)| so_far.measures[*part].base.clone()).collect();
            base.sort_unstable();
            base.dedup();
            base
        }
        Kind::MeanPoints { .. } | Kind::Step => items.clone(),
    };
    let sensitive = items.iter().any(|&item| raw.items[item].sensitive);
    Some(Measure {
        id: found.id.clone(),
        version: found.version,
        kind,
        direction,
        level,
        sensitive,
        items,
        base,
        formula,
        dont_know_of: None,
    })
}

fn kind(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<(Kind, Vec<usize>, String)> {
    match found.kind.0.as_str() {
        "share" => {
            let (Some(above), Some(below)) = (&found.numerator, &found.denominator) else {
                reader.fault(&found.place, "key_missing", "a share has a numerator and a denominator");
                return None;
            };
            let numerator = predicate(reader, lookup, &above.0, &above.1);
            let denominator = predicate(reader, lookup, &below.0, &below.1);
            let (numerator, denominator) = numerator.zip(denominator)?;
            let mut items = numerator.items();
            items.extend(denominator.items());
            items.sort_unstable();
            items.dedup();
            let formula = format!("{} / {}", above.0, below.0);
            Some((Kind::Share { numerator, denominator }, items, formula))
        }
        "mean_points" => mean_points(reader, found, lookup, so_far),
        "composite" => {
            let mut parts = Vec::new();
            for (id, weight, place) in &found.parts {
                match so_far.measure(id) {
                    Some((part, measure)) => {
                        if matches!(measure.kind, Kind::Share { .. }) && measure.direction != Direction::HigherBetter {
                            reader.fault(
                                place,
                                "part_direction",
                                format!("`{id}` is a share and must be higher_better to be a part"),
                            );
                        }
                        if matches!(measure.kind, Kind::Composite { .. } | Kind::Step) {
                            reader.fault(
                                place,
                                "part_kind",
                                format!("`{id}` must be a share or a mean of points to be a part"),
                            );
                        }
                        parts.push((part, *weight));
                    }
                    None => reader.fault(place, "index_unknown", format!("no index `{id}` stands above this one")),
                }
            }
            let sum: f64 = parts.iter().map(|(_, weight)| weight).sum();
            if parts.is_empty() || (sum - 1.0).abs() > 1e-12 {
                reader.fault(&found.place, "weights_sum", format!("the weights of the parts sum to {sum}, not to 1"));
            }
            let mut items: Vec<usize> =
                parts.iter().flat_map(|(part, _)| so_far.measures[*part].items.clone()).collect();
            items.sort_unstable();
            items.dedup();
            let formula =
                found.parts.iter().map(|(id, weight, _)| format!("{weight}*{id}")).collect::<Vec<_>>().join(" + ");
            Some((Kind::Composite { parts }, items, formula))
        }
        "step" => Some((Kind::Step, Vec::new(), "cut table".to_owned())),
        _ => {
            reader.fault(&found.kind.1, "kind_unknown", "write \"share\", \"mean_points\", \"composite\" or \"step\"");
            None
        }
    }
}

fn mean_points(
    reader: &mut Reader<'_>,
    found: &RawIndex,
    lookup: &Lookup<'_>,
    so_far: &Questionnaire,
) -> Option<(Kind, Vec<usize>, String)> {
    let (mut items, mut derived, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let mut formula = Vec::new();
    for (id, place) in &found.items {
        if let Some(computed) = so_far.derived.iter().position(|derived| derived.id == *id) {
            let points = &so_far.derived[computed].points;
            used.extend(points.iter().flat_map(|(predicate, _)| predicate.items()));
            // As written: positions of items would change with any item added before them.
            let written = lookup.raw.derived.iter().find(|derived| derived.id == *id);
            let written = written.iter().flat_map(|derived| &derived.points);
            let written: Vec<String> = written.map(|(text, points, _)| format!("{text}: {points}")).collect();
            formula.push(format!("{id}=[{}]", written.join("; ")));
            derived.push(computed);
        } else if let Some(item) = known(reader, lookup, id, place) {
            let scale = so_far.scales.get(so_far.items.get(item).map_or(0, |item| item.scale));
            if scale.is_some_and(|scale| scale.points.0.iter().all(Option::is_none)) {
                reader.fault(place, "points_missing", format!("the scale of `{id}` has no points"));
            }
            formula.push(format!("{id}={:?}", scale.map(|scale| &scale.points)));
            items.push(item);
            used.push(item);
        }
    }
    let count = items.len() + derived.len();
    if count == 0 || found.min_answered > count {
        reader.fault(&found.place, "min_answered", format!("min_answered is 1 to the number of items, here {count}"));
        return None;
    }
    used.sort_unstable();
    used.dedup();
    let formula = format!("mean({}) if {}", formula.join(","), found.min_answered);
    Some((Kind::MeanPoints { items, derived, min_answered: found.min_answered }, used, formula))
}

/// Don't-know shares stand beside the measures of items that offer "Vet inte" and are not
/// sensitive: the answer is common there and says something of its own.
pub(super) fn add_dont_know_shares(questionnaire: &mut Questionnaire) {
    for (item, found) in questionnaire.items.iter().enumerate() {
        let offers = questionnaire.scales.get(found.scale).is_some_and(|scale| scale.dont_know);
        if !offers || found.sensitive || !found.on || !found.streams.contains(&Stream::Resident) {
            continue;
        }
        let codes = Codes::default().with(missing::DONT_KNOW);
        questionnaire.measures.push(Measure {
            id: format!("DK_{}", found.id),
            version: 1,
            kind: Kind::Share { numerator: Predicate::All(vec![item], codes), denominator: Predicate::Asked(item) },
            direction: Direction::Neutral,
            level: Level::D,
            sensitive: false,
            items: vec![item],
            base: vec![item],
            formula: format!("{} in {{98}} / asked({})", found.id, found.id),
            dont_know_of: Some(item),
        });
    }
}
