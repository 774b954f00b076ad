//! What tests share: databases of their own on both engines, definitions to change, and rounds.

pub mod database;
pub mod definition;
pub mod holders;
pub mod office;
pub mod open_link;
pub mod people;
mod postgres;
pub mod program;
pub mod round;
pub mod server;
pub mod signing;

pub use database::{Engine, TestDatabase};
