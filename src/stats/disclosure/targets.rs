//! What has to stay unknown: groups of few answers, whether they are a withheld figure or the
//! difference of two that are shown; and how unknown. How it is attacked is not here.

use std::collections::BTreeSet;

use super::{
    atoms::Atoms,
    attack::Terms,
    system::{Level, System},
    unknowns::Unknowns,
};
use crate::stats::fold::real;

/// How protection is judged. Settings may raise these numbers, never lower them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Groups with fewer valid answers are targets.
    pub n_min: u64,
    /// Least width of a target, as a share of the range.
    pub width: f64,
    /// Least share of what one shown figure leaves by itself.
    pub single_source: f64,
    /// Least width of a count of answers.
    pub count_width: u64,
    /// Classes of figures in the order in which they are given up.
    pub withhold_order: Vec<String>,
    /// Measure every target by linear programming, also those that a witness shows wide enough: slower,
    /// for reports of how narrow the narrowest is. It decides nothing.
    pub measure_all: bool,
}

impl Default for Rules {
    fn default() -> Self {
        let order = ["district_age", "district_sex", "tenure", "sex_age", "district"];
        Self {
            n_min: 30,
            width: 0.20,
            single_source: 0.5,
            count_width: 5,
            withhold_order: order.map(str::to_owned).to_vec(),
            measure_all: false,
        }
    }
}

/// A group whose mean has to stay unknown.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Place of its unknowns in the system.
    pub unknowns: usize,
    /// Its atoms.
    pub atoms: Atoms,
    /// Valid answers.
    pub answers: u64,
    /// Its mean in the unknowns of the program.
    pub terms: Terms,
    /// Range of the scale.
    pub range: f64,
    /// A number of answers, not a mean.
    pub count: bool,
    /// For every shown figure that holds it: the row, and the width that the figure leaves by itself.
    sources: Vec<(usize, f64)>,
}

/// Margin on the width, as a share of the range: a mean at the limit has not passed.
const MARGIN: f64 = 1e-6;

impl Target {
    /// The number of valid answers of some atoms.
    pub fn of_count(atoms: Atoms, valid: &[u64]) -> Self {
        Self {
            unknowns: 0,
            answers: atoms.sum(valid),
            terms: atoms.iter().map(|atom| (atom, 1.0)).collect(),
            range: 1.0,
            count: true,
            sources: Vec::new(),
            atoms,
        }
    }

    /// What is asked for beyond the least width. Whole counts lie at their limit or not, up to the solver's last bits.
    pub fn margin(&self) -> f64 {
        if self.count { -MARGIN } else { MARGIN * self.range }
    }

    /// What two points have to lie apart to show that `need` is met, their own last bits counted in.
    pub fn least(&self, need: f64) -> f64 {
        if self.count { need } else { need + 2.0 * self.margin() }
    }

    /// Least width. Of a mean: the share of the range, or the share of what one standing figure leaves
    /// by itself, whichever is less.
    pub fn need(&self, rules: &Rules, stands: impl Fn(usize) -> bool) -> f64 {
        if self.count {
            return real(rules.count_width);
        }
        let alone = self.sources.iter().filter(|(row, _)| stands(*row)).map(|(_, width)| *width);
        let alone = alone.fold(self.range, f64::min);
        (rules.width * self.range).min(rules.single_source * alone)
    }
}

/// Sets of atoms with fewer than `n_min` valid answers, and at least one: withheld domains, atoms, and
/// what two shown domains have apart or in common.
pub(super) fn few(shown: &[&Atoms], protected: &[Atoms], valid: &[u64], n_min: u64) -> BTreeSet<Atoms> {
    let mut found = BTreeSet::new();
    let mut add = |atoms: Atoms, answers: u64| {
        if answers > 0 && answers < n_min {
            found.insert(atoms);
        }
    };
    for atom in (0..valid.len()).filter(|&atom| valid[atom] > 0) {
        add(Atoms::of(valid.len(), |other| other == atom), valid[atom]);
    }
    let sums: Vec<u64> = shown.iter().map(|atoms| atoms.sum(valid)).collect();
    for (place, one) in shown.iter().enumerate() {
        for (other, &sum) in shown[..place].iter().zip(&sums) {
            let both = one.and(other);
            let common = both.sum(valid);
            if sums[place] - common < n_min && sums[place] > common {
                add(one.without(&both), sums[place] - common);
            }
            if sum - common < n_min && sum > common {
                add(other.without(&both), sum - common);
            }
            add(both, common);
        }
    }
    // A withheld domain is a target whatever its size: all of its answers may be alike.
    found.extend(protected.iter().filter(|atoms| atoms.sum(valid) > 0).cloned());
    // Atoms without answers tell nothing and would make two names of one group.
    found.iter().map(|atoms| Atoms::of(valid.len(), |atom| valid[atom] > 0 && atoms.has(atom))).collect()
}

/// The targets of a system, in a fixed order.
pub(super) fn targets(system: &System, rules: &Rules) -> Vec<Target> {
    let mut all = Vec::new();
    for (place, unknowns) in system.unknowns.iter().enumerate() {
        let levels: Vec<&Level> = system.levels.iter().filter(|level| level.unknowns == place).collect();
        let shown: BTreeSet<&Atoms> = levels.iter().map(|level| &level.atoms).collect();
        let shown: Vec<&Atoms> = shown.into_iter().collect();
        for atoms in few(&shown, &unknowns.protected, &unknowns.valid, rules.n_min) {
            all.push(Target {
                unknowns: place,
                answers: atoms.sum(&unknowns.valid),
                terms: unknowns.target(&atoms),
                range: unknowns.range,
                count: false,
                sources: sources(unknowns, &levels, &atoms),
                atoms,
            });
        }
    }
    all
}

/// What each shown figure that holds a target leaves of it by itself: with θ the target's share of the
/// figure's weight and [A, Z] the scale, from max(A, (v − u/2 − (1−θ)Z)/θ) to
/// min(Z, (v + u/2 − (1−θ)A)/θ).
fn sources(unknowns: &Unknowns, levels: &[&Level], atoms: &Atoms) -> Vec<(usize, f64)> {
    let holding = levels.iter().filter(|level| level.atoms.contains(atoms));
    holding
        .map(|level| {
            let share = atoms.weight(&level.weight) / level.atoms.weight(&level.weight);
            let (value, unit) = level.printed;
            let low = ((value - unit / 2.0 - (1.0 - share) * unknowns.range) / share).max(0.0);
            let high = ((value + unit / 2.0) / share).min(unknowns.range);
            (level.row, high - low)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::stats::disclosure::unknowns::Expression;

    fn of(atoms: &[usize]) -> Atoms {
        Atoms::of(4, |atom| atoms.contains(&atom))
    }

    #[test]
    fn what_two_shown_groups_have_apart_or_in_common_is_a_target_whichever_comes_first() {
        let valid = [10, 12, 40, 50];
        let own = [of(&[0]), of(&[1])];
        // The first has 22 answers that the second has not; the other two have 22 in common.
        let nested = [of(&[0, 1, 2]), of(&[2])];
        for shown in [[&nested[0], &nested[1]], [&nested[1], &nested[0]]] {
            let found = few(&shown, &[], &valid, 30);
            assert_eq!(found, own.iter().cloned().chain([of(&[0, 1])]).collect());
        }
        let common = [of(&[0, 1, 2]), of(&[0, 1, 3])];
        for shown in [[&common[0], &common[1]], [&common[1], &common[0]]] {
            assert_eq!(few(&shown, &[], &valid, 30), own.iter().cloned().chain([of(&[0, 1])]).collect());
        }
    }

    #[test]
    fn as_many_answers_as_may_be_shown_are_no_target() {
        let shown = [of(&[0, 1, 2]), of(&[2])];
        let shown: Vec<&Atoms> = shown.iter().collect();
        assert!(!few(&shown, &[], &[15, 15, 40, 40], 30).contains(&of(&[0, 1])));
        assert!(few(&shown, &[], &[15, 14, 40, 40], 30).contains(&of(&[0, 1])));
        // Those without answers are nobody: neither a target nor a part of one.
        let found = few(&shown, &[of(&[0, 3]), of(&[3])], &[15, 15, 40, 0], 30);
        assert_eq!(found, [of(&[0]), of(&[1])].into());
        // A withheld group is one whatever its size.
        assert!(few(&shown, &[of(&[2, 3])], &[15, 15, 40, 40], 30).contains(&of(&[2, 3])));
    }

    /// What a figure printed as `value` to the nearest 1 leaves of the first atom, which has a quarter of the
    /// figure's weight, or three quarters.
    fn left(value: f64, quarters: f64) -> f64 {
        let single = |atom| Expression { terms: BTreeMap::from([(atom, 1.0)]), constant: 0.0 };
        let unknowns = Unknowns {
            measure: "m".into(),
            range: 100.0,
            valid: vec![10, 30, 0, 0],
            weight: Vec::new(),
            means: (0..4).map(single).collect(),
            protected: Vec::new(),
            keys: ("one".into(), Vec::new()),
        };
        let weight = vec![quarters * 5.0, (4.0 - quarters) * 5.0, 0.0, 0.0];
        let level = |row, atoms| Level { unknowns: 0, row, atoms, weight: weight.clone(), printed: (value, 1.0) };
        let levels = [level(7, of(&[0, 1])), level(8, of(&[1]))];
        let found = sources(&unknowns, &levels.iter().collect::<Vec<_>>(), &of(&[0]));
        assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [7]);
        found[0].1
    }

    #[test]
    fn one_figure_leaves_what_the_others_answers_and_the_scale_allow() {
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
        // 10 ± 0.5 of which a quarter: from 0 to 42. 98 ± 0.5: from (97.5 − 75)/0.25 = 90 to 100.
        near(left(10.0, 1.0), 42.0);
        near(left(98.0, 1.0), 10.0);
        near(left(50.0, 1.0), 100.0);
        // 50 ± 0.5 of which three quarters: from (49.5 − 25)/0.75 to 50.5/0.75.
        near(left(50.0, 3.0), 26.0 / 0.75);
    }

    #[test]
    fn the_need_is_the_least_of_the_scale_and_of_what_standing_figures_leave() {
        let mut target = Target::of_count(of(&[0]), &[10, 0, 0, 0]);
        let rules = Rules::default();
        assert_eq!((target.answers, target.terms.clone()), (10, vec![(0, 1.0)]));
        assert!((target.need(&rules, |_| true) - 5.0).abs() < 1e-12 && (target.least(5.0) - 5.0).abs() < 1e-12);
        assert!(target.margin() < 0.0);
        (target.count, target.range, target.sources) = (false, 100.0, vec![(3, 42.0), (4, 12.0)]);
        assert!((target.need(&rules, |_| true) - 6.0).abs() < 1e-12);
        assert!((target.need(&rules, |row| row == 3) - 20.0).abs() < 1e-12);
        target.sources = vec![(3, 39.0)];
        assert!((target.need(&rules, |_| true) - 19.5).abs() < 1e-12);
        assert!((target.margin() - 1e-4).abs() < 1e-12 && (target.least(20.0) - 20.0002).abs() < 1e-9);
    }
}
