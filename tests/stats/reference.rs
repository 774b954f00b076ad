//! The slow path: weights, linearised values and residuals respondent by respondent (statistics
//! specification 3.4 and 4.1-4.3), kept apart from the folded kernels so that one can prove the other.

/// One respondent of a round.
#[derive(Debug, Clone)]
pub struct Person {
    pub district: usize,
    pub cell: (usize, usize),
    pub design: f64,
    pub weight: f64,
    /// The weights just after the district's and the class's step of raking.
    pub stages: [f64; 2],
}

/// Sexes times ages of the reference sample.
const CLASSES: usize = 8;

impl Person {
    fn class(&self) -> usize {
        self.cell.0 * CLASSES / 2 + self.cell.1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Design,
    Poststratified,
    Calibrated,
    RakeR,
}

/// Rakes to persons by district and by class.
pub fn rake(people: &mut [Person], districts: &[f64], classes: &[f64]) {
    for _ in 0..40 {
        let mut sums = vec![0.0; districts.len()];
        for person in &*people {
            sums[person.district] += person.weight;
        }
        for person in &mut *people {
            person.weight *= districts[person.district] / sums[person.district];
            person.stages[0] = person.weight;
        }
        let mut sums = [0.0; CLASSES];
        for person in &*people {
            sums[person.class()] += person.weight;
        }
        for person in &mut *people {
            person.weight *= classes[person.class()] / sums[person.class()];
            person.stages[1] = person.weight;
        }
    }
}

/// Weighted domain mean and its standard error; `values` is `None` outside the domain or not valid.
pub fn mean(people: &[Person], values: &[Option<f64>], fractions: &[f64], form: Form) -> Option<(f64, f64)> {
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
    Some((mean, variance(people, &linear, fractions, form).sqrt()))
}

/// Weighted ratio of two sums over a domain and its standard error.
pub fn ratio(people: &[Person], values: &[Option<(f64, f64)>], fractions: &[f64], form: Form) -> (f64, f64) {
    let (mut above, mut below) = (0.0, 0.0);
    for (person, value) in people.iter().zip(values) {
        let (a, b) = value.unwrap_or_default();
        above += person.weight * a;
        below += person.weight * b;
    }
    let ratio = above / below;
    let linear: Vec<f64> = people
        .iter()
        .zip(values)
        .map(|(person, value)| value.map_or(0.0, |(a, b)| person.weight * (a - ratio * b) / below))
        .collect();
    (ratio, variance(people, &linear, fractions, form).sqrt())
}

/// Variance of a sum of linearised values.
pub fn variance(people: &[Person], linear: &[f64], fractions: &[f64], form: Form) -> f64 {
    let residual = residuals(people, linear, form);
    let mut sums = vec![(0.0, 0.0); fractions.len()];
    for (person, u) in people.iter().zip(&residual) {
        sums[person.district].0 += 1.0;
        sums[person.district].1 += u;
    }
    let mut squares = vec![0.0; fractions.len()];
    for (person, u) in people.iter().zip(&residual) {
        let (n, sum) = sums[person.district];
        squares[person.district] += (u - sum / n).powi(2);
    }
    let factor = |district: usize| (1.0 - fractions[district]) * sums[district].0 / (sums[district].0 - 1.0);
    squares.iter().enumerate().map(|(district, squares)| factor(district) * squares).sum()
}

/// Residuals of linearised values.
pub fn residuals(people: &[Person], linear: &[f64], form: Form) -> Vec<f64> {
    let mut residual = linear.to_vec();
    match form {
        Form::Design => {}
        Form::Poststratified => {
            let cell = |person: &Person| person.district * CLASSES + person.class();
            let mut cells = vec![(0.0, 0.0); people.iter().map(cell).max().unwrap_or(0) + 1];
            for (person, z) in people.iter().zip(linear) {
                cells[cell(person)].0 += person.design * z / person.weight;
                cells[cell(person)].1 += person.design;
            }
            for (person, u) in people.iter().zip(&mut residual) {
                let (above, below) = cells[cell(person)];
                *u -= person.weight * above / below;
            }
        }
        Form::Calibrated => {
            let districts = people.iter().map(|p| p.district).max().unwrap_or(0);
            let classes = people.iter().map(Person::class).max().unwrap_or(0);
            let size = 1 + districts + classes;
            // Places of the ones in a respondent's row: intercept, district and class but the first.
            let row = |person: &Person| {
                let class = person.class();
                let district = (person.district > 0).then_some(person.district);
                [Some(0), district, (class > 0).then_some(districts + class)].into_iter().flatten()
            };
            let mut system = vec![vec![0.0; size + 1]; size];
            for (person, z) in people.iter().zip(linear) {
                for one in row(person) {
                    for other in row(person) {
                        system[one][other] += person.design;
                    }
                    system[one][size] += person.design * z / person.weight;
                }
            }
            let b = eliminate(system);
            for (person, u) in people.iter().zip(&mut residual) {
                *u -= person.weight * row(person).map(|place| b[place]).sum::<f64>();
            }
        }
        Form::RakeR => {
            for _ in 0..10 {
                for stage in 0..2 {
                    let category = |person: &Person| if stage == 0 { person.district } else { person.class() };
                    let mut sums = vec![(0.0, 0.0); 100];
                    for (person, u) in people.iter().zip(&residual) {
                        let sum = &mut sums[category(person)];
                        sum.0 += u / person.stages[stage];
                        sum.1 += 1.0;
                    }
                    for (person, u) in people.iter().zip(&mut residual) {
                        let (sum, count) = sums[category(person)];
                        *u -= person.stages[stage] * sum / count;
                    }
                }
            }
        }
    }
    residual
}

/// Solves a square system with its right side as the last column, by Gauss and Jordan with pivoting.
fn eliminate(mut system: Vec<Vec<f64>>) -> Vec<f64> {
    let size = system.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| system[*a][column].abs().total_cmp(&system[*b][column].abs()));
        system.swap(column, pivot.unwrap_or(column));
        let own = system[column].clone();
        for (place, row) in system.iter_mut().enumerate().filter(|(place, _)| *place != column) {
            assert_ne!(place, column);
            let factor = row[column] / own[column];
            for (value, own) in row.iter_mut().zip(&own) {
                *value -= factor * own;
            }
        }
    }
    (0..size).map(|place| system[place][size] / system[place][place]).collect()
}
