//! Which age groups of a district and sex are weighted together because one alone has too few
//! respondents. Only counts of respondents decide, never answers.

use super::{
    WeightError,
    sample::{Counted, Sample},
};

/// Age groups of one district × sex that are one weighting cell, as positions in the sample's cells.
pub(super) type Merged = Vec<usize>;

/// Merges neighbouring groups until each has `least` respondents: the group with fewest (the younger on
/// ties) joins the neighbour that has fewer (the older on ties). The first and last place of each group;
/// nothing if all respondents together are fewer than `least`.
#[must_use]
pub fn collapse(respondents: &[u64], least: u64) -> Option<Vec<(usize, usize)>> {
    let mut groups: Vec<(usize, usize, u64)> =
        respondents.iter().enumerate().map(|(place, count)| (place, place, *count)).collect();
    while groups.len() > 1 {
        let (thin, _) = groups.iter().enumerate().min_by_key(|(place, group)| (group.2, *place))?;
        if groups[thin].2 >= least {
            break;
        }
        let older = thin + 1;
        let with_older = thin == 0 || (older < groups.len() && groups[older].2 <= groups[thin - 1].2);
        let first = if with_older { thin } else { thin - 1 };
        let second = groups.remove(first + 1);
        groups[first].1 = second.1;
        groups[first].2 += second.2;
    }
    let enough = groups.iter().all(|group| group.2 >= least);
    enough.then(|| groups.into_iter().map(|(first, last, _)| (first, last)).collect())
}

/// The weighting cells of a sample after collapsing; with `least` = 1 none are merged.
///
/// # Errors
/// Respondents where nobody lives; a district × sex with fewer than `least` respondents in all; with
/// `least` = 1 a cell with persons and no respondents.
pub(super) fn cells(sample: &Sample<'_>, least: u64) -> Result<Vec<Merged>, WeightError> {
    if let Some(cell) =
        sample.cells.iter().find(|cell| cell.class.is_some() && cell.persons == 0 && cell.respondents > 0)
    {
        return Err(WeightError::SampleOutsidePopulation(sample.name(cell)));
    }
    let mut merged = Vec::new();
    for stratum in 0..sample.strata.len() {
        for sex in 0..sample.frame.sexes.len() {
            let own = |cell: &Counted| cell.stratum == stratum && cell.class.is_some_and(|c| usize::from(c.0) == sex);
            let mut ages = Vec::new();
            for (place, cell) in sample.cells.iter().enumerate().filter(|(_, cell)| own(cell)) {
                match (cell.persons, cell.respondents) {
                    (0, _) => {}
                    (_, 0) if least <= 1 => return Err(WeightError::CellEmpty(sample.name(cell))),
                    _ => ages.push(place),
                }
            }
            let counts: Vec<u64> = ages.iter().map(|place| sample.cells[*place].respondents).collect();
            if ages.is_empty() {
                continue;
            }
            let groups = collapse(&counts, least).ok_or_else(|| WeightError::WeightsRefused {
                category: format!("{}, {}", sample.strata[stratum].name, sample.frame.sexes[sex]),
                respondents: counts.iter().sum(),
                least,
                raked: false,
            })?;
            merged.extend(groups.into_iter().map(|(first, last)| ages[first..=last].to_vec()));
        }
    }
    Ok(merged)
}
