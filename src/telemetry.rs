//! The one maker of a tracing subscriber. What may be logged is a closed list: event name, route
//! template, status, duration, counts, staff id. Respondent routes write no line a request.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error: one line an event, no colours, least `level` for Trygg's own
/// events and errors for everyone else's (a library's debug line could hold a row's values).
pub fn start(level: &str) {
    let filter =
        EnvFilter::try_new(format!("error,trygg={level}")).unwrap_or_else(|_| EnvFilter::new("error,trygg=info"));
    let started =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr).try_init();
    // The place of a panic, never its words: they may hold what somebody typed.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(event = "panic", place);
    }));
    if started.is_err() {
        tracing::debug!("a subscriber was there already");
    }
}
