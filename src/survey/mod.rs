//! Rounds, invitations, answer sheets, envelopes, releases and comparisons as plain values.
//! No I/O, SQL, HTTP or clock here: time and chance arrive as arguments.

pub mod accessibility;
pub mod accounting;
pub mod addressee;
pub mod admission;
pub mod agreement;
pub mod answer_sheet;
pub mod area;
pub mod breaks;
pub mod challenge;
pub mod codec;
pub mod comparison;
pub mod cuts;
pub mod desk_counts;
pub mod draft;
pub mod envelope;
pub mod frame;
pub mod history;
pub mod holder;
pub mod ids;
pub mod import;
pub mod invitation;
pub mod key_share;
pub mod keys;
pub mod letter_run;
pub mod population;
pub mod quality;
pub mod release;
pub mod round;
pub mod sample;
pub mod sealed_file;
pub mod split;
pub mod staff;
mod symbols;
pub mod table;
