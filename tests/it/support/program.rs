//! The program itself, as it is run in a folder.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use super::office::TestOffice;

/// Runs the program in `folder` with nothing but `environment`, and types `said`.
pub fn trygg(folder: &Path, words: &[&str], environment: &[(&str, String)], said: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trygg"))
        .args(words)
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (*name, value)))
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("an input").write_all(said.as_bytes()).expect("listens");
    child.wait_with_output().expect("ends")
}

/// Exit status and everything printed.
pub fn told(output: Output) -> (i32, String) {
    let text = String::from_utf8(output.stdout).expect("text") + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().expect("ends by itself"), text)
}

impl TestOffice {
    /// Runs the program in the office's own folder, with its database.
    pub fn run(&self, words: &[&str], said: &str) -> (i32, String) {
        let settings = &self.office.settings;
        let environment = [
            ("TRYGG_DATA", settings.data.display().to_string()),
            ("DATABASE_URL", settings.database_url.clone()),
            ("TRYGG_LISTEN", "127.0.0.1:0".to_owned()),
        ];
        told(trygg(&settings.data, words, &environment, said))
    }
}
