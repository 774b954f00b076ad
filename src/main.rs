//! Starts the command line; nothing else.

use std::{collections::BTreeMap, process::ExitCode};

use clap::Parser;

fn main() -> ExitCode {
    let arguments = trygg::cli::Arguments::parse();
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    trygg::cli::run(arguments, environment)
}
