//! Pages for people. Each translates a request into one verb of the office and its answer into a
//! template; nothing is decided here.

pub mod respond;
