//! The codes of breaks: how heavy each weighs, what can lift it, and who finds it. One table; nothing
//! else decides this. No round is looked at here.

use serde::{Deserialize, Serialize};

use crate::stats::compare::Class;

/// What makes a hard reason harmless enough for a difference with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lift {
    /// Nothing.
    Never,
    /// A named person's note.
    Note,
    /// A note, and a random half that was asked in the old order.
    SplitSample,
    /// A note, and both ways of asking at the same time.
    ParallelRun,
    /// A note, where the limits are 16-84 and 16-85 only.
    NearAges,
    /// One of several printed values that a person marks.
    Mark,
}

macro_rules! codes {
    ($($name:ident = $key:literal, $class:ident, $lift:ident, $declared:literal, $of_series:literal, $meaning:literal;)*) => {
        /// Why two rounds may differ in what their figures mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $meaning] #[serde(rename = $key)] $name,)* }

        impl Code {
            /// Every code, in the order of the register.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Stable key in files and addresses.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// Its weight. `area_set` is a caveat only for the total, and `wording` once two persons have
            /// marked a spelling fix.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)* }
            }

            /// What can lift it.
            #[must_use]
            pub const fn lift(self) -> Lift {
                match self { $(Self::$name => Lift::$lift,)* }
            }

            /// Only a person can know of it.
            #[must_use]
            pub const fn is_declared(self) -> bool {
                match self { $(Self::$name => $declared,)* }
            }

            /// It parts a series: the first value after it carries the mark `b`, lifted or not. A value
            /// that is not there parts nothing.
            #[must_use]
            pub const fn parts_series(self) -> bool {
                match self { $(Self::$name => $of_series,)* }
            }
        }
    };
}

codes! {
    // code                                              class  lifted by    declared  parts
    Survey = "survey",                                   Hard,  Never,       false,    true,  "Another survey or series.";
    Stream = "stream",                                   Hard,  Never,       false,    true,  "Residents and people who stay.";
    Unit = "unit",                                       Hard,  Never,       false,    true,  "Count and rate, or percent and index.";
    Wording = "wording",                                 Hard,  Note,        false,    true,  "The question in the main language.";
    Translation = "translation",                         Soft,  Never,       false,    false, "The question in another language.";
    Options = "options",                                 Hard,  Note,        false,    true,  "The options, or the missing codes offered.";
    Order = "order",                                     Hard,  SplitSample, false,    true,  "The own page's items, or the pages before it.";
    OrderMinor = "order_minor",                          Soft,  Never,       false,    false, "The items of an earlier page.";
    Routing = "routing",                                 Hard,  Note,        false,    true,  "Who is asked, or about which time.";
    Frame = "frame",                                     Hard,  Never,       true,     true,  "Another register or population, or households for persons.";
    Formula = "formula",                                 Hard,  Never,       false,    true,  "Version, points, denominator or least answers of an index.";
    CutTable = "cut_table",                              Hard,  Never,       false,    true,  "Another table of cuts.";
    ItemsOfIndex = "k_items_changed",                    Hard,  Never,       false,    true,  "Another number of indicators.";
    Mode = "mode",                                       Hard,  ParallelRun, false,    true,  "The ways of answering.";
    ModeMix = "mode_mix",                                Soft,  Never,       false,    false, "The share of paper.";
    AgeRange = "age_range",                              Hard,  NearAges,    false,    true,  "The age limits.";
    AreaSet = "area_set",                                Hard,  Never,       false,    true,  "The area's boundary.";
    AreaAbsent = "area_absent",                          Hard,  Never,       false,    false, "The area is missing in one round.";
    NotAsked = "not_asked",                              Hard,  Never,       false,    false, "The item is missing in one round.";
    Withheld = "withheld",                               Hard,  Never,       false,    false, "One value is withheld.";
    NoVariance = "no_variance",                          Hard,  Never,       false,    false, "One value has no standard error.";
    AmbiguousHistory = "ambiguous_history",              Hard,  Mark,        false,    false, "Several values were printed of one period.";
    Superseded = "superseded",                           Hard,  Never,       false,    false, "A correction has taken the release's place.";
    PooledOverlap = "pooled_overlap",                    Hard,  Never,       false,    false, "Pooled windows share years.";
    NotIndependent = "not_independent",                  Hard,  Never,       true,     false, "The same people were asked twice.";
    Season = "season",                                   Soft,  Never,       false,    false, "The time of the year.";
    Weighting = "weighting",                             Soft,  Never,       false,    false, "Scheme, merged cells or age of the population table.";
    ResponseDrop = "response_drop",                      Note,  Never,       false,    false, "The response rate moved.";
    Event = "event",                                     Note,  Never,       true,     false, "Something outside the survey.";
}

impl Code {
    /// The code with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.key() == key)
    }

    /// Keys of the codes for which `holds`, for telling what is possible.
    #[must_use]
    pub fn listed(holds: impl Fn(Self) -> bool) -> String {
        let keys: Vec<&str> = Self::ALL.iter().filter(|code| holds(**code)).map(|code| code.key()).collect();
        keys.join(", ")
    }

    /// A person's note, with evidence where it is asked for, can bridge it.
    #[must_use]
    pub const fn is_bridgeable(self) -> bool {
        matches!(self.lift(), Lift::Note | Lift::SplitSample | Lift::ParallelRun | Lift::NearAges)
    }
}
