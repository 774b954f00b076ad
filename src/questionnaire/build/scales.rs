//! Scales: their options, and the points that each is worth. No item is here.

use crate::questionnaire::{
    missing,
    model::{Points, Scale},
    reader::Reader,
    structure::{Raw, RawPoints},
};

pub(super) fn scales(reader: &mut Reader<'_>, raw: &Raw) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    for found in &raw.scales {
        let count = found.options.len();
        if scales.iter().any(|scale| scale.id == found.id) {
            reader.fault(&found.place, "scale_duplicate", format!("`{}` is there already; rename one", found.id));
        }
        if count == 0 && !found.areas_first {
            reader.fault(&found.place, "options_empty", "give the scale at least one option");
        }
        if count > usize::from(missing::MOST_OPTIONS) {
            reader.fault(
                &found.place,
                "options_too_many",
                "a scale has at most 93 options: 94-99 are the missing codes",
            );
        }
        let step = |place: usize| {
            let (place, last) =
                (u32::try_from(place).unwrap_or(0), u32::try_from(count.saturating_sub(1)).unwrap_or(0));
            if last == 0 { None } else { Some(100.0 * f64::from(place) / f64::from(last)) }
        };
        let values: Vec<Option<f64>> = match &found.points {
            RawPoints::None => vec![None; count],
            RawPoints::Up => (0..count).map(step).collect(),
            RawPoints::Down => (0..count).rev().map(step).collect(),
            RawPoints::List(list) => {
                if list.len() != count {
                    reader.fault(
                        &found.place,
                        "points_count",
                        format!("give {count} points, one an option; \"-\" for none"),
                    );
                }
                list.clone()
            }
        };
        if values.iter().flatten().any(|points| !(0.0..=100.0).contains(points)) {
            reader.fault(&found.place, "points_range", "points are 0 to 100");
        }
        let mut points = vec![None];
        points.extend(values);
        scales.push(Scale {
            id: found.id.clone(),
            options: found.options.clone(),
            areas_first: found.areas_first,
            points: Points(points),
            dont_know: found.dont_know,
        });
    }
    scales
}
