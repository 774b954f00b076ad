//! The command line, one verb a file. It reads files, prints, and calls the service, which decides.
//!
//! Exit status: 0 done, 1 refused (the reason stands on standard error), 2 wrong arguments, 3 a
//! database of an unknown schema; of `verify`: 3 where a release is as it was signed but cannot be
//! recomputed, because its Responses are gone.
#![expect(clippy::print_stdout, reason = "printing is what a command line does")]

mod arguments;
mod breaks;
mod demo;
mod estimate;
mod import;
mod keys;
mod letters;
mod questionnaire;
mod releases;
mod rounds;
mod serve;
mod staff;

use std::{collections::BTreeMap, error::Error, process::ExitCode, sync::Arc};

pub use arguments::Arguments;
use arguments::Command;

use zeroize::Zeroizing;

use crate::{
    clock::SystemClock,
    service::{Office, verifying::VerifyError},
    settings::Settings,
    store::StoreError,
    telemetry, web,
};

/// What a verb gives: nothing, or the reason why it was not done.
type Done = Result<(), Box<dyn Error>>;

/// Runs the command line to its end.
#[must_use]
pub fn run(arguments: Arguments, mut environment: BTreeMap<String, String>) -> ExitCode {
    if let Err(error) = telemetry::forbid_core_dumps() {
        return refused(&error);
    }
    if let Command::Demo(demo) = &arguments.command {
        demo::environment(demo, &mut environment);
    }
    if let Command::Verify(wanted) = &arguments.command
        && !wanted.recompute
    {
        return releases::verify(wanted).map_or_else(|error| refused(error.as_ref()), |_| ExitCode::SUCCESS);
    }
    let settings = match Settings::read(arguments.config.as_deref(), &environment) {
        Ok(settings) => settings,
        Err(error) => return refused(&error),
    };
    telemetry::start(&settings.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refused(&error),
    };
    match runtime.block_on(verb(arguments.command, settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refused(error.as_ref()),
    }
}

async fn verb(command: Command, settings: Settings) -> Done {
    match command {
        Command::Demo(arguments) => demo::run(arguments, settings).await,
        Command::Serve(arguments) => serve::serve(arguments, settings).await,
        Command::Migrate => serve::migrate(settings).await,
        Command::Check => serve::check(&settings),
        Command::Settings => serve::print_settings(&settings),
        Command::Openapi => {
            println!("{}", web::api::document()?);
            Ok(())
        }
        Command::Questionnaire(arguments) => questionnaire::run(arguments, settings).await,
        Command::Areas(arguments) => import::areas(arguments, settings).await,
        Command::Population(arguments) => import::population(arguments, settings).await,
        Command::Cuts(arguments) => import::cuts(arguments, settings).await,
        Command::Round(arguments) => rounds::run(arguments, settings).await,
        Command::Letters(arguments) => letters::run(arguments, settings).await,
        Command::Keys(arguments) => keys::run(arguments, settings).await,
        Command::Import(arguments) => import::run(arguments, settings).await,
        Command::Estimate(arguments) => estimate::run(&arguments),
        Command::Breaks(arguments) => breaks::run(arguments, settings).await,
        Command::Release(arguments) => releases::release(arguments, settings).await,
        Command::Sign(arguments) => Box::pin(releases::sign(arguments, settings)).await,
        Command::Verify(arguments) => releases::recompute(&releases::verify(&arguments)?, settings).await,
        Command::ReleaseKey => releases::key(&settings),
        Command::Staff(arguments) => staff::run(arguments, settings).await,
    }
}

/// The office of this process, on the machine's clock. The schema must be this program's.
async fn office(settings: Settings) -> Result<Office, Box<dyn Error>> {
    let office = Office::open(settings, Arc::new(SystemClock)).await?.with_interface(web::i18n::interface());
    office.database.check_schema().await?;
    Ok(office)
}

/// Prints the chain of causes on standard error.
fn refused(error: &(dyn Error + 'static)) -> ExitCode {
    eprintln!("trygg: {error}");
    let mut cause = error.source();
    let mut said = error.to_string();
    while let Some(error) = cause {
        let text = error.to_string();
        if !said.contains(&text) {
            eprintln!("  because: {text}");
        }
        said = text;
        cause = error.source();
    }
    let mut at = Some(error);
    while let Some(error) = at {
        let unknown = matches!(error.downcast_ref::<StoreError>(), Some(StoreError::UnknownSchema { .. }));
        if unknown || matches!(error.downcast_ref::<VerifyError>(), Some(VerifyError::ResponsesGone(_))) {
            return ExitCode::from(3);
        }
        at = error.source();
    }
    ExitCode::FAILURE
}

/// A password from standard input, asked for by `prompt`.
fn password(prompt: &str) -> Result<Zeroizing<String>, std::io::Error> {
    eprintln!("{prompt}");
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().read_line(&mut line)?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// A line about how far a long command is.
fn tell(line: &str) {
    eprintln!("… {line}");
}
