//! Loads a service on this machine: answers as JSON, or the whole form as a browser without
//! JavaScript sends it. Refuses every address but loopback. Prints what was counted and timed;
//! asserts no time.
//!
//! `cargo run --release --example load -- answers --url http://127.0.0.1:8080 --round SLUG --codes FILE`

#![expect(clippy::print_stdout, reason = "a command line program: what it counts goes to standard output")]

mod answers;
mod form;
mod http;
mod measure;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::{Parser, Subcommand};

use crate::{
    answers::{Job, Sent},
    http::Target,
    measure::Tally,
};

/// Load for a service on this machine.
#[derive(Debug, Parser)]
#[command(name = "load")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Post answers as JSON, one code each.
    Answers {
        #[command(flatten)]
        run: Run,
        /// The round's name in the address.
        #[arg(long)]
        round: String,
        /// Append what was acknowledged to this file: submission, code, receipt.
        #[arg(long, value_name = "FILE")]
        acknowledged: Option<PathBuf>,
        /// A lost connection or a 503 is no end: send the same submission again until it is answered.
        #[arg(long)]
        persist: bool,
    },
    /// Post every acknowledged submission again; exit status 1 unless each gets its receipt once more.
    Replay {
        /// Address of the service.
        #[arg(long)]
        url: String,
        /// The round's name in the address.
        #[arg(long)]
        round: String,
        /// The file that `answers --acknowledged` wrote.
        #[arg(long, value_name = "FILE")]
        acknowledged: PathBuf,
    },
    /// Walk the whole form, code to receipt, as a browser without JavaScript does.
    Forms {
        #[command(flatten)]
        run: Run,
        /// Language of the form.
        #[arg(long, default_value = "sv")]
        language: String,
    },
}

#[derive(Debug, clap::Args)]
struct Run {
    /// Address of the service; loopback only.
    #[arg(long)]
    url: String,
    /// Letter codes: a file with one a line, or a CSV with a column `code`.
    #[arg(long, value_name = "FILE")]
    codes: PathBuf,
    /// First code to use, counted from 0.
    #[arg(long, default_value_t = 0)]
    from: usize,
    /// Connections that are kept open, one sender each.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// How long to send; ends earlier when the codes do.
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// Print one line of JSON instead of a table.
    #[arg(long)]
    json: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match work(Arguments::parse().command).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            println!("load: {message}");
            ExitCode::from(2)
        }
    }
}

async fn work(command: Command) -> Result<bool, String> {
    match command {
        Command::Answers { run, round, acknowledged, persist } => {
            let job = Arc::new(Job::new(&run.url, &round, codes(&run)?, run.deadline(), persist)?);
            let mut senders = Vec::new();
            for _ in 0..run.connections {
                senders.push(tokio::spawn(answers::send_until_done(Arc::clone(&job))));
            }
            let (mut tally, mut sent) = (Tally::new("answers", run.connections), Vec::new());
            for sender in senders {
                let (part, lines): (Tally, Vec<Sent>) = sender.await.map_err(|error| error.to_string())?;
                tally.merge(part);
                sent.extend(lines);
            }
            tally.finish(job.began.elapsed());
            if let Some(file) = acknowledged {
                answers::append(&file, &sent).map_err(|error| format!("{}: {error}", file.display()))?;
            }
            tally.print(run.json);
            Ok(tally.done() > 0)
        }
        Command::Replay { url, round, acknowledged } => {
            let known = answers::read(&acknowledged)?;
            let differing = answers::replay(&url, &round, &known).await?;
            for line in &differing {
                println!("{line}");
            }
            println!("{} submissions repeated, {} got another reply", known.len(), differing.len());
            Ok(differing.is_empty())
        }
        Command::Forms { run, language } => {
            let target = Target::parse(&run.url)?;
            let codes = Arc::new(answers::Codes::new(codes(&run)?));
            let (began, deadline) = (Instant::now(), run.deadline());
            let mut walkers = Vec::new();
            for _ in 0..run.connections {
                walkers.push(tokio::spawn(form::walk_until_done(
                    target.clone(),
                    language.clone(),
                    Arc::clone(&codes),
                    deadline,
                )));
            }
            let mut tally = Tally::new("forms", run.connections);
            for walker in walkers {
                tally.merge(walker.await.map_err(|error| error.to_string())?);
            }
            tally.finish(began.elapsed());
            tally.print(run.json);
            Ok(tally.done() > 0 && tally.failures() == 0)
        }
    }
}

impl Run {
    fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_secs_f64(self.seconds.clamp(0.1, 7200.0))
    }
}

/// The codes of a file: its column `code` if the first line has one, else its lines.
fn codes(run: &Run) -> Result<Vec<String>, String> {
    let path: &Path = &run.codes;
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
    let head = lines.clone().next().unwrap_or_default();
    let separator = if head.contains(';') { ';' } else { ',' };
    let column = head.split(separator).position(|name| name.trim() == "code");
    if column.is_some() {
        lines.next();
    }
    let codes: Vec<String> = lines
        .filter_map(|line| line.split(separator).nth(column.unwrap_or(0)))
        .map(|code| code.trim().trim_matches('"').to_owned())
        .filter(|code| !code.is_empty())
        .skip(run.from)
        .collect();
    if codes.is_empty() { Err(format!("{} holds no codes", path.display())) } else { Ok(codes) }
}
