//! The one maker of a tracing subscriber. What may be logged is a closed list: event name, route
//! template, status, duration, counts, staff id. Respondent routes write no line a request. And what a
//! process that dies may leave behind: nothing.

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

/// Forbids the system to keep a copy of this process's memory: answers, codes and keys stand in it
/// (`trust.md` 2.1).
///
/// # Errors
/// A system that does not let a process lower its own limits.
pub fn forbid_core_dumps() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    }
    // A program that collects core dumps gets them whatever the limit is, unless there is nothing to dump.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn a_process_that_dies_leaves_no_copy_of_its_memory() {
        super::forbid_core_dumps().expect("a process may lower its own limits");
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().ok(), Some(DumpableBehavior::NotDumpable));
    }
}
