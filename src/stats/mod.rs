//! Numeric kernels: weights, totals that merge, linearised variance, intervals, tests, and the
//! disclosure gate. Pure: no clock, no chance, no storage, no HTTP, no word of questionnaires.
//!
//! The way of a number: respondents are folded into [`fold::Totals`] by atom; [`weight`] gives every
//! weighting cell its weight; [`estimate`] turns totals and weights into records for every domain;
//! [`compare`] takes differences between rounds; [`disclosure`] decides what may leave.

pub mod compare;
pub mod disclosure;
pub mod domain;
pub mod estimate;
pub mod family;
pub mod fold;
pub mod interval;
mod parallel;
pub mod quantile;
pub mod replicate;
pub mod weight;
