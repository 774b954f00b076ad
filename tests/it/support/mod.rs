//! What tests share: databases of their own on both engines.

pub mod database;
pub mod office;
pub mod people;
mod postgres;

pub use database::{Engine, TestDatabase};
