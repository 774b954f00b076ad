//! Letters: the frame of a round, its letter run, its reminders. A run draws a code for each letter and
//! writes them once, to one file; the database keeps letter number, district and a keyed hash. Names and
//! addresses pass through a run and are never kept; the log gets counts.

mod codes;
mod draw;
mod error;
mod file;
mod frame;
mod paper;
mod run;

pub use draw::draw;
pub use error::LettersError;
pub use file::new_private_file;
pub use frame::frame;
pub(super) use frame::missing;
pub use paper::{Paper, unseal};
pub use run::{Order, Run, Written, run};
