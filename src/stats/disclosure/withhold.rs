//! Complementary withholding: a system is attacked, and as long as some target comes out too narrow,
//! the figure whose absence widens it most is withheld whole; where none alone helps, because others tell
//! the same, those go together that cannot be put back. Thresholds, units and floors are never lowered
//! here.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{
    GateRefusal, TooNarrow,
    attack::{Attack, Interval, Terms, value},
    system::{Figure, System},
    targets::{Rules, Target},
};
use crate::stats::domain::DomainKind;

/// Rounds of withholding before the gate gives up.
const ROUNDS: usize = 50;
/// Candidates this close to the best are as good.
const CLOSE: f64 = 0.05;
/// How much of the need is sought above the point at hand, and the rest below.
const SPLITS: [f64; 5] = [1.0, 0.0, 0.5, 0.8, 0.2];
/// A count that is this wide among all numbers needs no search among whole ones.
const WIDE_COUNT: f64 = 10.0;

/// The narrowest of the targets that the linear program measured; those that a witness shows wide
/// enough are not measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Narrowest {
    /// Least width, in units of the scale.
    pub width: f64,
    /// Least ratio of width and need; 1 is enough.
    pub ratio: f64,
}

/// How a system came through.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Outcome {
    /// Figures to withhold, in the order in which they were given up.
    pub withheld: Vec<Figure>,
    /// Targets attacked.
    pub targets: usize,
    /// Targets that were too narrow before anything was withheld.
    pub first_failures: usize,
    /// What the linear program measured before anything was withheld.
    pub at_first: Option<Narrowest>,
    /// What it measured in the end.
    pub narrowest: Option<Narrowest>,
}

/// The interval of a target; a narrow one of a count is sought among whole numbers, unless no more of these
/// than `known` can lie between its ends.
fn measure(attack: &Attack, terms: &Terms, count: bool, known: f64) -> Result<Interval, GateRefusal> {
    let interval = attack.interval(terms, false)?;
    let may_be_wider = whole(interval.width()) > known;
    if count && interval.width() < WIDE_COUNT && may_be_wider { attack.interval(terms, true) } else { Ok(interval) }
}

/// The width of a target, no less than `known`.
fn width(attack: &Attack, terms: &Terms, count: bool, known: f64) -> Result<f64, GateRefusal> {
    let width = measure(attack, terms, count, known)?.width();
    Ok(if count { whole(width) } else { width }.max(known))
}

/// The whole numbers between two ends so far apart, but for the solver's last bits.
fn whole(width: f64) -> f64 {
    (width + 1e-6).floor()
}

/// What can be reached while everything but one measure of one round stays as it is: less than in the
/// whole system, so that what is wide here is wide there, and much sooner found.
struct Near {
    attack: Attack,
    point: Vec<f64>,
    /// Place of each unknown of the system.
    places: HashMap<usize, usize>,
}

impl Near {
    /// Whether a target is shown wide enough: by points that agree with everything, here or in the whole
    /// system, else by the linear program here.
    fn is_wide(&self, target: &Target, need: f64, whole: &Attack, point: &[f64]) -> Result<bool, GateRefusal> {
        let terms = self.terms(target);
        let least = target.least(need);
        Ok(witnessed(&self.attack, &self.point, &terms, least, target.count)
            || (self.places.len() < point.len() && witnessed(whole, point, &target.terms, least, target.count))
            || measure(&self.attack, &terms, target.count, 0.0)?.width() >= least)
    }

    fn terms(&self, target: &Target) -> Terms {
        target.terms.iter().filter_map(|(unknown, factor)| Some((*self.places.get(unknown)?, *factor))).collect()
    }
}

/// Whether two points that agree with everything lie `least` apart, one above and one below `point`.
fn witnessed(attack: &Attack, point: &[f64], terms: &Terms, least: f64, count: bool) -> bool {
    SPLITS.into_iter().any(|split| {
        let up = if count { (least * split).round() } else { least * split };
        let reaches = |by: f64| by == 0.0 || attack.reaches(point, terms, by, count);
        reaches(up) && reaches(up - least)
    })
}

/// A target that the linear program measured.
struct Measured {
    target: usize,
    interval: Interval,
    need: f64,
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.interval.width() / self.need
    }
}

impl Narrowest {
    fn of(measured: &[Measured]) -> Option<Self> {
        let all = measured.iter().map(|found| Self { width: found.interval.width(), ratio: found.ratio() });
        all.reduce(Self::and)
    }

    /// The least of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { width: self.width.min(other.width), ratio: self.ratio.min(other.ratio) }
    }
}

/// Attacks a system and withholds figures of the judged release until no target is too narrow.
///
/// # Errors
/// [`GateRefusal::Exhausted`] where nothing is left to withhold, [`GateRefusal::Rounds`] where it does
/// not end, or the solver's refusal.
pub(super) fn protect(system: &mut System, targets: &[Target], rules: &Rules) -> Result<Outcome, GateRefusal> {
    let mut outcome = Outcome { targets: targets.len(), ..Outcome::default() };
    let mut settled = vec![0.0; targets.len()];
    let mut round = 0;
    loop {
        let measured = system.audit(targets, rules, &mut settled)?;
        let least = Narrowest::of(&measured);
        let narrow = |found: &&Measured| found.interval.width() < found.need + targets[found.target].margin();
        if outcome.withheld.is_empty() {
            outcome.first_failures = measured.iter().filter(narrow).count();
            outcome.at_first = least;
        }
        let failing = measured.iter().filter(narrow);
        let Some(worst) = failing.min_by(|one, other| one.ratio().total_cmp(&other.ratio())) else {
            outcome.narrowest = least;
            return Ok(outcome);
        };
        let target = &targets[worst.target];
        if round == ROUNDS {
            return Err(GateRefusal::Rounds(Box::new(system.described(target, worst))));
        }
        let figures = match system.complement(target, worst, rules)? {
            Some(figure) => vec![figure],
            None => system.jointly(target, rules)?,
        };
        if figures.is_empty() {
            let told = outcome.withheld.len();
            return Err(GateRefusal::Exhausted(Box::new(system.described(target, worst)), told));
        }
        for figure in figures {
            system.withhold(&figure);
            outcome.withheld.push(figure);
        }
        round += 1;
    }
}

impl System {
    fn need(&self, target: &Target, rules: &Rules) -> f64 {
        target.need(rules, |row| self.attack.stands(row))
    }

    /// Attacks every target that is not settled; those that are shown wide enough without the whole
    /// program are not measured, unless the rules ask for it. Withholding only widens what can be worked out, so that a target is
    /// settled for good by the greatest need that it has met.
    fn audit(&self, targets: &[Target], rules: &Rules, settled: &mut [f64]) -> Result<Vec<Measured>, GateRefusal> {
        let mut measured = Vec::new();
        let mut near: BTreeMap<Vec<usize>, Near> = BTreeMap::new();
        for (place, target) in targets.iter().enumerate() {
            let need = self.need(target, rules);
            if !rules.measure_all {
                if need <= settled[place] {
                    continue;
                }
                let near = near.entry(self.groups_of(target)).or_insert_with_key(|groups| self.near(groups));
                if near.is_wide(target, need, &self.attack, &self.point)? {
                    settled[place] = need;
                    continue;
                }
            }
            let found =
                Measured { target: place, interval: measure(&self.attack, &target.terms, target.count, 0.0)?, need };
            if found.interval.width() >= need + target.margin() {
                settled[place] = need;
            }
            measured.push(found);
        }
        Ok(measured)
    }

    /// The measures and rounds that a target's unknowns are of.
    fn groups_of(&self, target: &Target) -> Vec<usize> {
        let names = |group: &&usize| target.terms.iter().any(|(unknown, _)| self.groups[**group].contains(unknown));
        let all: Vec<usize> = (0..self.groups.len()).collect();
        all.iter().filter(names).copied().collect()
    }

    /// The system with only the unknowns of some groups left to vary.
    fn near(&self, groups: &[usize]) -> Near {
        let free: Vec<usize> = groups.iter().flat_map(|&group| self.groups[group].clone()).collect();
        Near {
            attack: self.attack.confined(&self.point, &free),
            point: free.iter().map(|&unknown| self.point[unknown]).collect(),
            places: free.iter().enumerate().map(|(place, &unknown)| (unknown, place)).collect(),
        }
    }

    /// Whether a row goes with a withheld figure: its own, and composites of it.
    fn goes_with(&self, row: usize, figure: &Figure) -> bool {
        self.figures[row].as_ref().is_some_and(|own| {
            own.domain == figure.domain
                && (own.measure == figure.measure || self.composites_of(&figure.measure).contains(&own.measure))
        })
    }

    /// Takes away every row that goes with a figure, and tells which stood.
    pub(super) fn withhold(&mut self, figure: &Figure) -> Vec<usize> {
        let gone: Vec<usize> =
            (0..self.figures.len()).filter(|&row| self.attack.stands(row) && self.goes_with(row, figure)).collect();
        gone.iter().for_each(|&row| self.attack.set(row, false));
        gone
    }

    /// The figure to withhold for a target: in the first class in which one helps, those nearly as
    /// good as the best, of these the one with the fewest answers, then the first of the plan. What
    /// helps is sought while everything but the target's own measure and round stays as it is, and in the
    /// whole system only where nothing is found: the audit that follows decides all the same.
    fn complement(&mut self, target: &Target, worst: &Measured, rules: &Rules) -> Result<Option<Figure>, GateRefusal> {
        let groups = self.groups_of(target);
        for near in [true, false] {
            if near && groups.len() == self.groups.len() {
                continue;
            }
            let groups = near.then_some(groups.as_slice());
            for class in &rules.withhold_order {
                let of_class =
                    |row: &usize| self.figures[*row].as_ref().is_some_and(|own| class_of(own) == Some(class.as_str()));
                let mut rows: Vec<usize> = (0..self.figures.len()).filter(of_class).collect();
                rows.sort_by_key(|&row| (self.answers[row], row));
                let mut found: Vec<(f64, Figure)> = Vec::new();
                for row in rows {
                    let Some(figure) = self.figures[row].clone().filter(|_| self.attack.stands(row)) else { continue };
                    if !self.binds(&figure, &worst.interval) {
                        continue;
                    }
                    let ratio = self.ratio_without(&figure, target, groups, rules, worst.interval.width())?;
                    if ratio > worst.ratio() * (1.0 + 1e-6) + 1e-9 {
                        found.push((ratio.min(1.0), figure));
                        // None is better, and all that are still to come have more answers.
                        if ratio >= 1.0 {
                            break;
                        }
                    }
                }
                let best = found.iter().map(|found| found.0).fold(0.0, f64::max);
                if let Some((_, figure)) = found.into_iter().find(|found| found.0 >= best - CLOSE) {
                    return Ok(Some(figure));
                }
            }
        }
        Ok(None)
    }

    /// Ratio of width and need of a target without a figure, and with only the unknowns of `groups` left to
    /// vary; where points show that it is wide enough, no more than 1, and no less than the `known` width has.
    fn ratio_without(
        &mut self,
        figure: &Figure,
        target: &Target,
        groups: Option<&[usize]>,
        rules: &Rules,
        known: f64,
    ) -> Result<f64, GateRefusal> {
        let gone = self.withhold(figure);
        let need = self.need(target, rules);
        let least = target.least(need);
        let seek = |attack: &Attack, point: &[f64], terms: &Terms| {
            let wide = witnessed(attack, point, terms, least, target.count);
            if wide { Ok(least) } else { width(attack, terms, target.count, known) }
        };
        let found = match groups.map(|groups| self.near(groups)) {
            Some(near) => seek(&near.attack, &near.point, &near.terms(target)),
            None => seek(&self.attack, &self.point, &target.terms),
        };
        gone.into_iter().for_each(|row| self.attack.set(row, true));
        Ok(found? / need)
    }

    /// The figures to withhold together where none alone helps, because what one tells another tells too:
    /// those that bind, class by class, until the target is wide enough; then those come back that were not
    /// needed, the last class first. None where that is never reached.
    fn jointly(&mut self, target: &Target, rules: &Rules) -> Result<Vec<Figure>, GateRefusal> {
        let mut gone: Vec<(Figure, Vec<usize>)> = Vec::new();
        loop {
            let interval = measure(&self.attack, &target.terms, target.count, 0.0)?;
            if interval.width() >= self.need(target, rules) + target.margin() {
                break;
            }
            let binding = |class: &String| {
                let standing = (0..self.figures.len()).filter(|&row| self.attack.stands(row));
                let of_class = |row: usize| Some((row, self.figures[row].as_ref()?));
                let of_class =
                    standing.filter_map(of_class).filter(|(_, figure)| class_of(figure) == Some(class.as_str()));
                let binding = of_class.filter(|(_, figure)| self.binds(figure, &interval));
                binding.min_by_key(|(row, _)| (self.answers[*row], *row)).map(|(_, figure)| figure.clone())
            };
            let Some(figure) = rules.withhold_order.iter().find_map(binding) else {
                gone.iter().flat_map(|(_, rows)| rows).for_each(|&row| self.attack.set(row, true));
                return Ok(Vec::new());
            };
            let rows = self.withhold(&figure);
            gone.push((figure, rows));
        }
        let mut needed = Vec::new();
        for (figure, rows) in gone.into_iter().rev() {
            rows.iter().for_each(|&row| self.attack.set(row, true));
            if width(&self.attack, &target.terms, target.count, 0.0)? < self.need(target, rules) + target.margin() {
                rows.iter().for_each(|&row| self.attack.set(row, false));
                needed.push(figure);
            }
        }
        Ok(needed)
    }

    /// Whether any row that goes with the figure is tight at either end of the interval; one that is
    /// slack at both cannot help.
    fn binds(&self, figure: &Figure, interval: &Interval) -> bool {
        let tight = |terms: &Terms, low: f64, high: f64| {
            [&interval.at_min, &interval.at_max].into_iter().any(|point| {
                let activity = value(terms, point);
                let near = 1e-6 * (high - low).max(1e-3);
                activity - low < near || high - activity < near
            })
        };
        (0..self.figures.len()).any(|row| {
            let found = &self.attack.rows()[row];
            self.goes_with(row, figure) && self.attack.stands(row) && tight(&found.terms, found.low, found.high)
        })
    }

    fn described(&self, target: &Target, measured: &Measured) -> TooNarrow {
        let unknowns = &self.unknowns[target.unknowns];
        TooNarrow {
            measure: unknowns.measure.clone(),
            group: unknowns.named(&target.atoms),
            answers: target.answers,
            width: measured.interval.width(),
            need: measured.need,
        }
    }
}

/// The class of a figure in the order of withholding. The whole municipality is never given up for others;
/// a sex or an age group only where the office's order names it.
const fn class_of(figure: &Figure) -> Option<&'static str> {
    match figure.domain.kind {
        DomainKind::Total => None,
        kind => Some(kind.key()),
    }
}

#[cfg(test)]
mod tests;
