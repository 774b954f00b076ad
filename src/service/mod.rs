//! The office's verbs: publish a version, open a round, take an answer in, open the envelopes,
//! estimate, release. No HTTP words and no SQL here.

pub mod answering;
pub mod areas;
pub mod breaks;
pub mod catalogue;
pub mod corrections;
pub mod crosswalks;
pub mod cuts;
pub mod demo;
pub mod desk;
pub mod estimation;
pub mod history;
pub mod intake;
pub mod keys;
pub mod languages;
pub mod letters;
mod live;
pub mod office;
pub mod opening;
pub mod published;
pub mod releasing;
pub mod responses;
pub mod results;
pub mod rounds;
pub mod signing;
pub mod staff;
pub mod verifying;

pub use office::Office;
