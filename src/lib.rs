//! Trygg: the service behind a municipality's safety survey. One answer's way through the rooms is
//! drawn in `ARCHITECTURE.md`; each room's first lines say what may not be in it.
//!
//! `main → cli, web → service → { store, export } → { questionnaire, survey } → stats → nothing`;
//! `clock`, `settings` and `telemetry` are leaves. A test reads the imports and refuses an arrow back.

pub mod cli;
pub mod clock;
pub mod export;
pub mod questionnaire;
pub mod service;
pub mod settings;
pub mod stats;
pub mod store;
pub mod survey;
pub mod telemetry;
pub mod web;
