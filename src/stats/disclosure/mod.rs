//! The gate: the only maker of a [`SafeTable`].
//!
//! The way of a figure through it: `primary` judges it by itself, `rounding` prints it, `count`
//! and `system` write down all that an intruder then knows, `targets` says what must stay unknown,
//! [`attack`] tries to find it out, `withhold` gives figures up until nobody can, and [`ledger`]
//! keeps what was shown for every gate to come. One refusal refuses the whole release.

pub mod atoms;
pub mod attack;
mod changes;
mod connected;
mod count;
#[cfg(test)]
mod examples;
mod judge;
pub mod ledger;
mod primary;
mod rounding;
mod system;
mod table;
mod targets;
mod unknowns;
mod withhold;

pub use judge::{Judged, Passed, gate};
pub use primary::{FEW, FLAGGED_NONRESPONSE, Floor, NEARLY_ALL, SMALL_COUNT, Status, Withheld};
pub use rounding::{Unit, ladder, n_range, published_n, told_n, unit_for};
pub use system::Figure;
pub use table::{PClass, PublishedChange, PublishedRecord, SafeTable};
pub use targets::Rules;
pub use withhold::Narrowest;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    compare::{Better, Reason},
    domain::{Domain, DomainKind},
    estimate::{Cuts, EstimateRecord},
};

/// A measure as the gate sees it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact of the measure")]
pub struct MeasureInfo {
    /// Id.
    pub id: String,
    /// A share: 0-1 inside, percent outside.
    pub share: bool,
    /// Length of the scale as published: 100 for percent and points, 6 for steps.
    pub range: f64,
    /// Any item of it is sensitive.
    pub sensitive: bool,
    /// Stands in the tables of the municipality only.
    pub municipal: bool,
    /// A mean of points or a composite of them.
    pub points: bool,
    /// Parts of a composite: position and factor; factors sum to 1.
    pub parts: Vec<(usize, f64)>,
    /// Shares of a step measure and how it gives points for them.
    pub cuts: Option<Cuts>,
    /// Over whom a share is taken, as text: shares over the same answers may add up to everybody.
    pub base: Option<String>,
    /// Which way is better.
    pub better: Better,
    /// One of the headline measures.
    pub headline: bool,
}

/// Types of domains that the table plan asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For measures of every level.
    pub full: Vec<DomainKind>,
    /// For measures of the municipality only.
    pub municipal: Vec<DomainKind>,
}

impl MeasureInfo {
    /// Positions of the measures without which this one has no value.
    pub(super) fn needs(&self) -> Vec<usize> {
        let shares = self.cuts.iter().flat_map(|cuts| cuts.indicators.iter().map(|indicator| indicator.measure));
        self.parts.iter().map(|(part, _)| *part).chain(shares).collect()
    }
}

impl Plan {
    /// The types that a measure stands in.
    #[must_use]
    pub fn kinds(&self, measure: &MeasureInfo) -> &[DomainKind] {
        if measure.municipal { &self.municipal } else { &self.full }
    }

    /// Whether any table is by tenure.
    #[must_use]
    pub fn by_tenure(&self) -> bool {
        self.full.iter().chain(&self.municipal).any(|kind| *kind == DomainKind::Tenure)
    }
}

/// An earlier round to compare with. Keys are measure ids with the group or its area.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// Its period.
    pub period: String,
    /// Its unrounded estimates.
    pub estimates: HashMap<(String, Domain), EstimateRecord>,
    /// What it showed.
    pub shown: HashSet<(String, Domain)>,
    /// Reasons by area; absent area = everybody.
    pub reasons: HashMap<(String, Option<String>), Vec<Reason>>,
}

/// What the gate did, as readers may know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateReport {
    /// Steps that were applied.
    pub applied: Vec<String>,
    /// Steps of the whole gate that were not: none but in releases of the first version.
    pub not_applied: Vec<String>,
    /// Figures shown.
    pub shown: usize,
    /// Figures withheld.
    pub withheld: usize,
    /// Figures flagged.
    pub flagged: usize,
    /// Least width of what must stay unknown, as a share of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// Least share of what one figure leaves by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_source: Option<f64>,
    /// Least width of a number of answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_width: Option<u64>,
    /// Least numbers behind a figure by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Floor>,
}

/// What the gate did, for staff.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GateLog {
    /// Withheld figures by internal reason.
    pub withheld: Vec<(String, usize)>,
    /// Figures given up for others.
    pub complements: Vec<Figure>,
    /// Systems attacked.
    pub systems: usize,
    /// Targets attacked.
    pub targets: usize,
    /// Targets that were too narrow before anything was withheld for them.
    pub first_failures: usize,
    /// The narrowest mean before anything was withheld.
    pub at_first: Option<Narrowest>,
    /// The narrowest mean in the end.
    pub narrowest: Option<Narrowest>,
}

/// A target that came out too narrow.
#[derive(Debug, Clone, PartialEq)]
pub struct TooNarrow {
    /// Measure id.
    pub measure: String,
    /// The group: round and atoms.
    pub group: String,
    /// Its valid answers.
    pub answers: u64,
    /// Width of what can be worked out.
    pub width: f64,
    /// Width that is needed.
    pub need: f64,
}

impl std::fmt::Display for TooNarrow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { measure, group, answers, width, need } = self;
        write!(
            out,
            "{measure} of {group} ({answers} answers) can be worked out to within {width:.3}, and {need:.3} is needed"
        )
    }
}

/// Why nothing may leave.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GateRefusal {
    /// Not even the total of one measure may be shown.
    #[error("gate_nothing_left: no figure has enough answers to be shown")]
    NothingLeft,
    /// A domain that the atoms cannot make up.
    #[error("plan_not_atoms: {0}")]
    NotAtoms(String),
    /// A correction that adds or takes away a few responses.
    #[error(
        "revision_too_small: in {domain} the responses differ by {differ} from those of {release}; a correction may change {least} or more, or none"
    )]
    RevisionTooSmall {
        /// The earlier release of the round.
        release: String,
        /// The group.
        domain: String,
        /// Responses.
        differ: u64,
        /// What it takes.
        least: u64,
    },
    /// The figures do not agree with themselves: a fault of the program, not of the data.
    #[error("gate_inconsistent: {0}")]
    Inconsistent(String),
    /// Nothing is left to withhold.
    #[error(
        "gate_exhausted: {0}; {1} figures were withheld for it and nothing is left to withhold; leave out a table or use wider groups"
    )]
    Exhausted(Box<TooNarrow>, usize),
    /// Withholding does not end.
    #[error("gate_rounds: after 50 rounds of withholding {0}; leave out a table or use wider groups")]
    Rounds(Box<TooNarrow>),
    /// The solver gave no proof.
    #[error("gate_solver: the attack could not be decided ({0}), so nothing is let through")]
    Solver(String),
}

impl GateRefusal {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingLeft => "gate_nothing_left",
            Self::Exhausted(..) => "gate_exhausted",
            Self::NotAtoms(_) => "plan_not_atoms",
            Self::RevisionTooSmall { .. } => "revision_too_small",
            Self::Inconsistent(_) => "gate_inconsistent",
            Self::Rounds(_) => "gate_rounds",
            Self::Solver(_) => "gate_solver",
        }
    }
}
