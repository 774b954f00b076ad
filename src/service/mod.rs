//! Local stand-in.
pub mod answering;
use std::sync::Arc;
use crate::{clock::Clock, settings::{Secret, Settings}};
#[derive(Clone)]
pub struct Office { pub clock: Arc<dyn Clock>, pub settings: Arc<Settings> }
impl Office { pub fn derived_key(&self, _: &str) -> Secret { Secret::new([3; 32]) } }
