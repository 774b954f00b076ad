//! `trygg estimate`: from CSV to CSV, with no database.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use super::{Done, arguments, tell};
use crate::{
    service::{
        catalogue::{self, CatalogueError},
        estimation::offline::{self, Files},
    },
    stats::weight::Scheme,
};

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(super) fn run(arguments: &arguments::Estimate) -> Done {
    eprintln!("These numbers have not passed the gate and are not for publication.");
    let checked = catalogue::check(&arguments.questionnaire);
    if let Err(CatalogueError::Faults { faults, .. }) = &checked {
        faults.iter().for_each(|fault| eprintln!("{fault}"));
    }
    let questionnaire = checked?.questionnaire;
    let responses = read(&arguments.responses)?;
    let population = arguments.population.as_deref().map(read).transpose()?;
    let scheme = match arguments.scheme {
        arguments::Scheme::None => Scheme::None,
        arguments::Scheme::Design => Scheme::Design,
        arguments::Scheme::Auto | arguments::Scheme::Poststratify => Scheme::Poststratify,
    };
    tell("estimating");
    let files = Files { responses: &responses, population: population.as_deref(), round: &arguments.round };
    let mut result = Vec::new();
    offline::estimate(&questionnaire, files, scheme, &mut result)?;
    let out = File::create(&arguments.out).map_err(|error| format!("{}: {error}", arguments.out.display()))?;
    let mut out = BufWriter::new(out);
    out.write_all(&result)?;
    out.flush()?;
    Ok(())
}
