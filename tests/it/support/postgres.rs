//! A `PostgreSQL` server for tests: the one that `TRYGG_TEST_POSTGRES` names, else a throwaway cluster
//! of this test run, made from the binaries of the machine. The cluster is shared by the processes of
//! one run and goes away with the process that started them.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    io,
    net::TcpListener,
    os::unix::{fs::MetadataExt, process::parent_id},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Address of the server's maintenance database; `None` after saying loudly that there is no server.
///
/// Panics if there must be one: with `CI=true`, or if the cluster cannot be started.
pub fn server() -> Option<String> {
    if let Some(address) = variable("TRYGG_TEST_POSTGRES") {
        return Some(address);
    }
    if let Some(binaries) = binaries() {
        return Some(cluster(&binaries).expect("a throwaway PostgreSQL cluster starts"));
    }
    assert!(
        variable("CI").as_deref() != Some("true"),
        "PostgreSQL is missing: install it, or name a server in TRYGG_TEST_POSTGRES"
    );
    eprintln!("SKIPPED: no PostgreSQL on this machine and no TRYGG_TEST_POSTGRES; the other engine alone is tested");
    None
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told of their server by the environment, as tests/run sets it"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The folder of the newest server binaries.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(Result::ok)
        .map(|version| version.path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .max_by_key(|folder| {
            let version = folder.parent().and_then(Path::file_name).and_then(OsStr::to_str);
            version.and_then(|version| version.parse::<u32>().ok())
        })
}

/// The address of this run's cluster, which is started by the first process that asks.
fn cluster(binaries: &Path) -> io::Result<String> {
    let run = parent_id();
    let folder = env::temp_dir().join(format!("trygg-test-postgres-{run}"));
    let one_at_a_time = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres.lock"))?;
    one_at_a_time.lock()?;
    let address_file = folder.join("address");
    if let Ok(address) = fs::read_to_string(&address_file) {
        return Ok(address);
    }
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let script = format!(
        "set -e; umask 077; rm -rf '{folder}'; mkdir '{folder}'; cd '{folder}'; \
         '{binaries}/initdb' -D data -U postgres --auth=trust --no-sync --locale=C.UTF-8 --encoding=UTF8 >initdb.log 2>&1; \
         '{binaries}/pg_ctl' -D data -l server.log -w -s -o '-p {port} -c listen_addresses=127.0.0.1 \
         -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c max_connections=300' start >/dev/null; \
         printf 'postgres://postgres@127.0.0.1:{port}/postgres' >address",
        folder = folder.display(),
        binaries = binaries.display(),
    );
    run_as_server_user(&script)?.wait()?;
    // Ends the cluster once the test runner is gone. In a session of its own and without our output, so
    // that no runner waits for it.
    let reaper = format!(
        "while kill -0 {run} 2>/dev/null || [ -d /proc/{run} ]; do sleep 1; done; \
         '{binaries}/pg_ctl' -D '{folder}/data' -m immediate -w -s stop >/dev/null 2>&1; rm -rf '{folder}'",
        folder = folder.display(),
        binaries = binaries.display(),
    );
    run_as_server_user(&reaper)?;
    fs::read_to_string(&address_file)
}

/// Runs a shell script as a user the server accepts to run as: it refuses root.
fn run_as_server_user(script: &str) -> io::Result<std::process::Child> {
    let root = fs::metadata("/proc/self")?.uid() == 0;
    let mut command = Command::new("setsid");
    if root {
        command.args(["runuser", "-u", "postgres", "--"]);
    }
    command.args(["sh", "-c", script]);
    command.current_dir(env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn()
}
