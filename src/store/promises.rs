//! Whether a server's own settings keep what is promised: an acknowledged answer is on disk
//! (`trust.md` 1.1), and the server's log tells nothing of it (`trust.md` 2.4).

use super::{Database, StoreError};

/// Settings and the values that keep the promises.
const WANTED: [(&str, &[&str]); 7] = [
    ("fsync", &["on"]),
    ("full_page_writes", &["on"]),
    ("synchronous_commit", &["on", "remote_write", "remote_apply"]),
    ("track_commit_timestamp", &["off"]),
    ("log_statement", &["none"]),
    ("log_parameter_max_length", &["0"]),
    ("log_parameter_max_length_on_error", &["0"]),
];

impl Database {
    /// The server's settings that break a promise, each as `name = value` with what it should be;
    /// empty if all keep it. The embedded database has none: [`Database::open`] sets its own.
    #[tracing::instrument(name = "store.broken_promises", skip_all)]
    pub async fn broken_promises(&self) -> Result<Vec<String>, StoreError> {
        let Self::Postgres(pool) = self else { return Ok(Vec::new()) };
        let mut broken = Vec::new();
        for (name, wanted) in WANTED {
            let value: Option<String> =
                sqlx::query_scalar("SELECT current_setting($1, TRUE)").bind(name).fetch_one(pool).await?;
            let value = value.unwrap_or_default();
            if !wanted.contains(&value.as_str()) {
                broken.push(format!("{name} = {value}, should be {}", wanted[0]));
            }
        }
        Ok(broken)
    }
}
