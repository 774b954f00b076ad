//! Answers that look as if nobody had thought about them: the written rule of the open link, which is
//! told before anybody answers and looks at answers only. Nothing is deleted: a flagged sheet is kept,
//! left out of results the same way every time, and counted.
//!
//! The rule `stay-quality/1`. A sheet with at least ten answered items is flagged
//! 1. `all_same`, if the same option stands in all of them;
//! 2. else `identical`, if a sheet before it (by its random id) has the same answers to every item. The
//!    first of such sheets counts.
//!
//! An item is answered where an option was chosen: the missing codes are no answers.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::questionnaire::missing;

/// The rule's name; another rule has another.
pub const RULE: &str = "stay-quality/1";
/// Fewer answered items than these say nothing.
const LEAST: usize = 10;

/// Why a sheet is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// The same option everywhere.
    AllSame,
    /// The same answers as a sheet before it.
    Identical,
}

/// How many sheets were flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flagged {
    /// The same option everywhere.
    pub all_same: u64,
    /// The same answers as a sheet before them.
    pub identical: u64,
}

/// Reads sheets one by one, in the order of their random ids.
#[derive(Debug, Default)]
pub struct Rule {
    seen: HashSet<Box<[u8]>>,
    flagged: Flagged,
}

impl Rule {
    /// Whether the sheet with these item `codes` is flagged.
    pub fn read(&mut self, codes: &[u8]) -> Option<Flag> {
        let mut answers = codes.iter().filter(|code| (1..=missing::MOST_OPTIONS).contains(*code));
        let first = answers.clone().next();
        if answers.clone().count() < LEAST {
            return None;
        }
        if answers.all(|code| Some(code) == first) {
            self.flagged.all_same += 1;
            return Some(Flag::AllSame);
        }
        if self.seen.insert(codes.into()) {
            return None;
        }
        self.flagged.identical += 1;
        Some(Flag::Identical)
    }

    /// How many were flagged so far.
    #[must_use]
    pub const fn flagged(&self) -> Flagged {
        self.flagged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_flags_what_it_says_and_nothing_else() {
        let mut rule = Rule::default();
        let mixed: Vec<u8> = (0..12).map(|item| 1 + item % 3).collect();
        let other = [&mixed[..11], &[99]].concat();
        let same = [vec![2; 10], vec![95, 94, 98]].concat();
        let short = [vec![2; 9], vec![95; 4]].concat();
        for (codes, flag) in [
            (&mixed, None),
            (&other, None),
            (&mixed, Some(Flag::Identical)),
            (&same, Some(Flag::AllSame)),
            (&same, Some(Flag::AllSame)),
            (&short, None),
            (&short, None),
            (&other, Some(Flag::Identical)),
            (&Vec::new(), None),
        ] {
            assert_eq!(rule.read(codes), flag, "{codes:?}");
        }
        assert_eq!(rule.flagged(), Flagged { all_same: 2, identical: 2 });
    }
}
