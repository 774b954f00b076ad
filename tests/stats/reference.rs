//! The slow path: linearised values respondent by respondent (statistics specification 4.1-4.3), kept
//! apart from the folded kernels so that one can prove the other.

/// One respondent of a round.
#[derive(Debug, Clone)]
pub struct Person {
    pub district: usize,
    pub cell: (usize, usize),
    pub design: f64,
    pub weight: f64,
}

/// Weighted domain mean and its standard error; `values` is `None` outside the domain or not valid.
pub fn mean(people: &[Person], values: &[Option<f64>], fractions: &[f64], poststratified: bool) -> Option<(f64, f64)> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (person, value) in people.iter().zip(values) {
        if let Some(value) = value {
            sum += person.weight;
            total += person.weight * value;
        }
    }
    if sum == 0.0 {
        return None;
    }
    let mean = total / sum;
    let linear: Vec<f64> = people
        .iter()
        .zip(values)
        .map(|(person, value)| value.map_or(0.0, |value| person.weight * (value - mean) / sum))
        .collect();
    Some((mean, variance(people, &linear, fractions, poststratified).sqrt()))
}

/// Variance of a sum of linearised values.
pub fn variance(people: &[Person], linear: &[f64], fractions: &[f64], poststratified: bool) -> f64 {
    let mut residual = linear.to_vec();
    if poststratified {
        let mut cells = std::collections::HashMap::<(usize, (usize, usize)), (f64, f64)>::new();
        for (person, z) in people.iter().zip(linear) {
            let cell = cells.entry((person.district, person.cell)).or_default();
            cell.0 += person.design * z / person.weight;
            cell.1 += person.design;
        }
        for (person, u) in people.iter().zip(&mut residual) {
            let (above, below) = cells[&(person.district, person.cell)];
            *u -= person.weight * above / below;
        }
    }
    fractions
        .iter()
        .enumerate()
        .map(|(district, fraction)| {
            let own: Vec<f64> =
                people.iter().zip(&residual).filter(|(p, _)| p.district == district).map(|(_, u)| *u).collect();
            let n = own.len() as f64;
            let centre = own.iter().sum::<f64>() / n;
            (1.0 - fraction) * n / (n - 1.0) * own.iter().map(|u| (u - centre).powi(2)).sum::<f64>()
        })
        .sum()
}
