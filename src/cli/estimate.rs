//! `trygg estimate`: from CSV to CSV, with no database.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use super::{Done, arguments, tell};
use crate::{
    questionnaire::hexadecimal,
    service::{
        catalogue::{self, CatalogueError},
        cuts,
        estimation::offline::{self, Files, Options},
    },
    stats::{
        replicate::Seed,
        weight::{Distance, Policy, Scheme},
    },
};

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn policy(arguments: &arguments::Estimate) -> Result<Policy, String> {
    let scheme = match arguments.scheme {
        arguments::Scheme::Auto => None,
        arguments::Scheme::None => Some(Scheme::None),
        arguments::Scheme::Design => Some(Scheme::Design),
        arguments::Scheme::Poststratify => Some(Scheme::Poststratify),
        arguments::Scheme::Rake => Some(Scheme::Rake),
        arguments::Scheme::Calibrate => Some(Scheme::Calibrate),
    };
    if arguments.calibration.is_some() && scheme != Some(Scheme::Calibrate) {
        return Err("--calibration goes with --scheme calibrate".to_owned());
    }
    Ok(Policy {
        scheme,
        min_cell: arguments.min_cell,
        rake_r: arguments.variance == arguments::Variance::RakeR,
        trim: arguments.trim,
        distance: arguments.calibration.unwrap_or(Distance::Raking),
        ..Policy::default()
    })
}

/// A seed from the operating system; told if it is used.
fn drawn(used: bool) -> Result<Seed, getrandom::Error> {
    let mut seed = Seed::default();
    getrandom::fill(&mut seed)?;
    if used {
        eprintln!("--seed {}", hexadecimal(&seed));
    }
    Ok(seed)
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
    let cuts = match &arguments.cuts {
        Some(folder) => Some(cuts::read(folder, &questionnaire)?),
        None => None,
    };
    let seed = match arguments.seed {
        Some(seed) => seed,
        None => drawn(cuts.is_some())?,
    };
    let options = Options { policy: policy(arguments)?, cuts, seed };
    tell("estimating");
    let files = Files { responses: &responses, population: population.as_deref(), round: &arguments.round };
    let mut result = Vec::new();
    for warning in offline::estimate(&questionnaire, files, &options, &mut result)? {
        eprintln!("{warning}");
    }
    let out = File::create(&arguments.out).map_err(|error| format!("{}: {error}", arguments.out.display()))?;
    let mut out = BufWriter::new(out);
    out.write_all(&result)?;
    out.flush()?;
    Ok(())
}
