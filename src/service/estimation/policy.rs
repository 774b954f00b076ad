//! How a round is weighted, from its plan and from `publication.toml`. No weight is made here.

use super::{EstimationError, Material};
use crate::{
    stats::weight::{Policy, Scheme},
    survey::round::Round,
};

/// The weighting that a round's plan and its publication settings ask for; the plan's `auto` leaves it to
/// the settings.
///
/// # Errors
/// A scheme that needs a population table, or districts to merge that the area set does not have.
pub fn policy(round: &Round, material: &Material) -> Result<Policy, EstimationError> {
    let settings = &material.publication.0.weights;
    let wanted = match round.plan.scheme.as_str() {
        "auto" => settings.scheme.as_str(),
        other => other,
    };
    let scheme = match wanted {
        "auto" => None,
        "none" => Some(Scheme::None),
        "design" => Some(Scheme::Design),
        "poststratify" => Some(Scheme::Poststratify),
        "rake" => Some(Scheme::Rake),
        other => return Err(EstimationError::Setting(format!("no weighting scheme is called {other}"))),
    };
    if scheme != Some(Scheme::None) && material.population.is_none() {
        let detail = "the round has no population table; plan scheme = \"none\"".to_owned();
        return Err(EstimationError::Setting(detail));
    }
    Ok(Policy {
        scheme,
        min_cell: u64::from(settings.min_cell),
        rake_r: settings.variance == "rake_r",
        trim: settings.trim,
        merge: merged(&settings.merge_districts, material)?,
        ..Policy::default()
    })
}

/// Codes of districts that are weighted together, as positions in the area set.
fn merged(groups: &[Vec<String>], material: &Material) -> Result<Vec<Vec<u16>>, EstimationError> {
    let districts: Vec<&str> = material.areas.districts().map(|area| area.code.as_str()).collect();
    let refuse = |detail: String| EstimationError::Setting(format!("weights.merge_districts: {detail}"));
    let mut merged: Vec<Vec<u16>> = Vec::new();
    for group in groups {
        let mut places = Vec::new();
        for code in group {
            let place = districts.iter().position(|district| district == code).and_then(|at| u16::try_from(at).ok());
            let place = place.ok_or_else(|| refuse(format!("no district has the code {code}; mend it")))?;
            if places.contains(&place) || merged.iter().any(|other| other.contains(&place)) {
                return Err(refuse(format!("{code} stands there twice; name it once")));
            }
            places.push(place);
        }
        merged.push(places);
    }
    Ok(merged)
}
