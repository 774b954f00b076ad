//! What tests share: databases of their own on both engines, and definitions to change.

pub mod database;
pub mod definition;
mod postgres;

pub use database::{Engine, TestDatabase};
