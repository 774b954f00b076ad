//! Indices: what is counted, over whom, and one sheet's value.

use super::{
    missing,
    model::{Derived, Item, Questionnaire, Scale},
    predicate::{Predicate, asked},
};

/// Which way is better; always said in words beside a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A lower value is better.
    LowerBetter,
    /// A higher value is better.
    HigherBetter,
    /// Neither: never a verdict.
    Neutral,
}

/// Which tables a measure stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// Every table of the plan.
    D,
    /// The municipality, by sex and by age only.
    M,
}

/// How a measure is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// 1 where numerator and denominator hold, 0 where only the denominator does.
    Share {
        /// Who counts.
        numerator: Predicate,
        /// Over whom.
        denominator: Predicate,
    },
    /// The mean of a respondent's items that have points, 0-100.
    MeanPoints {
        /// Positions of items on the sheet.
        items: Vec<usize>,
        /// Positions of derived values.
        derived: Vec<usize>,
        /// Fewer items with points than this: no value.
        min_answered: usize,
    },
    /// A constant-weight sum of other measures' estimates.
    Composite {
        /// Position of a measure and its weight; weights sum to 1.
        parts: Vec<(usize, f64)>,
    },
    /// Points from an imported cut table; nothing without one.
    Step,
}

impl Kind {
    /// Key of the unit that values are told in.
    #[must_use]
    pub const fn unit_key(&self) -> &'static str {
        match self {
            Self::Share { .. } => "percent",
            Self::MeanPoints { .. } | Self::Composite { .. } => "points",
            Self::Step => "steps",
        }
    }
}

/// One index or share.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Id, such as `I-LATE`.
    pub id: String,
    /// Version of the formula.
    pub version: u32,
    /// How it is computed.
    pub kind: Kind,
    /// Which way is better.
    pub direction: Direction,
    /// Which tables it stands in.
    pub level: Level,
    /// An item it uses is marked sensitive.
    pub sensitive: bool,
    /// Every item it uses, parts of a composite included.
    pub items: Vec<usize>,
    /// Items whose being asked makes a respondent part of the item base.
    pub base: Vec<usize>,
    /// The formula as text, for fingerprints and method pages.
    pub formula: String,
    /// A don't-know share that the parser derived from an item.
    pub dont_know_of: Option<usize>,
}

/// One sheet's part in a measure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// The respondent was asked.
    pub asked: bool,
    /// 0 or 1 for a share, 0-100 for a mean of points; absent if not valid.
    pub value: Option<f64>,
    /// Not valid, and "don't know" was the answer to an item of the base.
    pub dont_know: bool,
}

impl Measure {
    /// Scale end points: 0-1 for shares, 0-100 for points, 0-6 for steps.
    #[must_use]
    pub const fn scale(&self) -> (f64, f64) {
        match self.kind {
            Kind::Share { .. } => (0.0, 1.0),
            Kind::MeanPoints { .. } | Kind::Composite { .. } => (0.0, 100.0),
            Kind::Step => (0.0, 6.0),
        }
    }

    /// Key of the kind, as in definition files.
    #[must_use]
    pub const fn kind_key(&self) -> &'static str {
        match self.kind {
            Kind::Share { .. } => "share",
            Kind::MeanPoints { .. } => "mean_points",
            Kind::Composite { .. } => "composite",
            Kind::Step => "step",
        }
    }
}

impl Questionnaire {
    /// The measure `id` and its position.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<(usize, &Measure)> {
        self.measures.iter().enumerate().find(|(_, measure)| measure.id == id)
    }

    /// The part of one sheet in `measure`. `codes` are the sheet's item codes in byte order.
    /// Composites and steps have no value of a respondent.
    #[must_use]
    pub fn score(&self, measure: &Measure, codes: &[u8]) -> Score {
        let code = |item: usize| codes.get(item).copied().unwrap_or(missing::FILTERED);
        let is_asked = measure.base.iter().any(|&item| asked(code(item)));
        if !is_asked {
            return Score::default();
        }
        let value = match &measure.kind {
            Kind::Share { numerator, denominator } => {
                denominator.holds(codes).then(|| if numerator.holds(codes) { 1.0 } else { 0.0 })
            }
            Kind::MeanPoints { items, derived, min_answered } => {
                let scored = items.iter().map(|&item| item_points(&self.items, &self.scales, item, code(item)));
                let computed = derived.iter().map(|&place| self.derived.get(place).and_then(|d| d.value(codes)));
                let (mut sum, mut count) = (0.0, 0_u32);
                for points in scored.chain(computed).flatten() {
                    sum += points;
                    count += 1;
                }
                (count > 0 && count as usize >= *min_answered).then(|| sum / f64::from(count))
            }
            Kind::Composite { .. } | Kind::Step => None,
        };
        let dont_know = value.is_none() && measure.base.iter().any(|&item| code(item) == missing::DONT_KNOW);
        Score { asked: true, value, dont_know }
    }
}

fn item_points(items: &[Item], scales: &[Scale], item: usize, code: u8) -> Option<f64> {
    scales.get(items.get(item)?.scale)?.points.of(code)
}

impl Derived {
    /// Points of the first predicate that holds.
    fn value(&self, codes: &[u8]) -> Option<f64> {
        self.points.iter().find(|(predicate, _)| predicate.holds(codes)).map(|(_, points)| *points)
    }
}
