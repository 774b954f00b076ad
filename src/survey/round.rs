//! Stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind { Real, Test, Demo }
