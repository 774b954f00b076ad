//! Rounds, invitations, answer sheets, envelopes, releases and comparisons as plain values.
//! No I/O, SQL, HTTP or clock here: time and chance arrive as arguments.

pub mod answer_sheet;
pub mod codec;
pub mod ids;
pub mod draft;
pub mod key_share;
pub mod envelope;
pub mod invitation;
mod keys;
