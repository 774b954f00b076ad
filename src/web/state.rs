//! What handlers share: the office, and what the web itself keeps between requests.

use std::sync::Arc;

use crate::{service::Office, settings::Secret, web::limits::Limits};

/// Shared by all workers of a process; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The office.
    pub office: Office,
    /// Seals the cookie of a scanned code; the same in every process.
    pub code_key: Secret,
    /// Rates, in this process's memory.
    pub limits: Arc<Limits>,
}

impl State {
    /// The state around `office`.
    #[must_use]
    pub fn new(office: Office) -> Self {
        let code_key = office.derived_key("trygg/code-cookie/1");
        Self { office, code_key, limits: Arc::default() }
    }

    /// The address that readers see, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.office.settings.public_url
    }
}
