//! What the statements of persons make of the reasons that were found: a register as it stood at an
//! instant. Nothing is found here and nothing is stored.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    code::{Code, Lift},
    declaration::{Act, Declaration, Marked, Scope},
};
use crate::stats::compare::{Class, Reason};

/// Age limits whose difference a note may bridge.
const NEAR: [(u8, u8); 2] = [(16, 84), (16, 85)];

/// Two rounds that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// Names of the earlier and the later one.
    pub rounds: (&'a str, &'a str),
    /// Their age limits.
    pub ages: ((u8, u8), (u8, u8)),
}

/// Statements that stand at an instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    standing: Vec<Declaration>,
}

impl Register {
    /// What stood at `instant`: nothing said later, nothing taken back by then.
    #[must_use]
    pub fn as_of(said: Vec<Declaration>, instant: DateTime<Utc>) -> Self {
        let mut standing: Vec<Declaration> = said.into_iter().filter(|said| said.at <= instant).collect();
        let back: BTreeSet<Uuid> = standing.iter().filter_map(withdrawn).collect();
        standing.retain(|said| withdrawn(said).is_none() && !back.contains(&said.id));
        Self { standing }
    }

    /// The statements, oldest first.
    #[must_use]
    pub fn standing(&self) -> &[Declaration] {
        &self.standing
    }

    /// `found` with bridges and spelling fixes applied, and with what persons have declared, for a
    /// measure in an area (nothing for everybody).
    #[must_use]
    pub fn judge(&self, pair: Pair<'_>, measure: &str, area: Option<&str>, mut found: Vec<Reason>) -> Vec<Reason> {
        for reason in found.iter_mut().filter(|reason| reason.class == Class::Hard) {
            let fits =
                |scope: &Scope| touches(scope, pair, measure) && same(scope.item.as_deref(), reason.item.as_deref());
            if let Some((class, id)) = self.lighter(pair, &reason.code, fits) {
                reason.class = class;
                reason.declared = Some(id.to_string());
            }
        }
        for said in &self.standing {
            let Act::Declare { code, scope } = &said.act else { continue };
            if touches(scope, pair, measure) && same(scope.area.as_deref(), area) {
                let mut reason = Reason::new(code.key(), code.class(), "");
                reason.declared = Some(said.id.to_string());
                found.push(reason);
            }
        }
        found
    }

    /// How heavy a hard reason still is, and the statement that made it lighter.
    fn lighter(&self, pair: Pair<'_>, key: &str, fits: impl Fn(&Scope) -> bool) -> Option<(Class, Uuid)> {
        let mut spelling: Option<&Declaration> = None;
        let mut bridge = None;
        for said in &self.standing {
            match &said.act {
                Act::Spelling { scope } if key == Code::Wording.key() && fits(scope) => match spelling {
                    Some(first) if first.person.id != said.person.id => return Some((Class::Soft, said.id)),
                    Some(_) => {}
                    None => spelling = Some(said),
                },
                Act::Bridge { code, scope, .. } if code.key() == key && fits(scope) => {
                    let near = NEAR.contains(&pair.ages.0) && NEAR.contains(&pair.ages.1);
                    if code.is_bridgeable() && (code.lift() != Lift::NearAges || near) {
                        bridge = bridge.or(Some((Class::Bridged, said.id)));
                    }
                }
                _ => {}
            }
        }
        bridge
    }

    /// The value that persons have last marked as the one that holds.
    #[must_use]
    pub fn marked(&self, series: &str, period: &str, area: &str, group: &str) -> Option<(&Marked, &Declaration)> {
        let is = |marked: &Marked| {
            (marked.series.as_str(), marked.period.as_str()) == (series, period)
                && (marked.area.as_str(), marked.group.as_str()) == (area, group)
        };
        self.standing.iter().rev().find_map(|said| match &said.act {
            Act::Mark(marked) if is(marked) => Some((marked, said)),
            _ => None,
        })
    }
}

fn withdrawn(said: &Declaration) -> Option<Uuid> {
    match said.act {
        Act::Withdraw { id } => Some(id),
        _ => None,
    }
}

/// Whether something is said of these two rounds and this measure.
fn touches(scope: &Scope, pair: Pair<'_>, measure: &str) -> bool {
    let (earlier, later) = pair.rounds;
    let rounds = match scope.to.as_deref() {
        None => scope.from == earlier || scope.from == later,
        Some(to) => (scope.from.as_str(), to) == (earlier, later) || (to, scope.from.as_str()) == (earlier, later),
    };
    rounds && same(scope.measure.as_deref(), Some(measure))
}

/// What names nothing is said of everything.
fn same(said: Option<&str>, of: Option<&str>) -> bool {
    said.is_none() || said == of
}
