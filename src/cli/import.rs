//! `trygg areas import`, `trygg population import` and `trygg import …`.

use std::{fs, path::Path};

use super::{Done, arguments, tell};
use crate::{
    service::{
        areas,
        crosswalks::{self, CrosswalkImport},
        cuts, history, letters,
        responses::{self, ImportPlan},
    },
    settings::Settings,
};

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// `ID/VERSION` as its parts.
fn reference(text: &str) -> Result<(&str, &str), String> {
    text.rsplit_once('/').ok_or_else(|| format!("`{text}` has no version: write ID/VERSION"))
}

pub(super) async fn areas(arguments: arguments::Areas, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        arguments::Areas::Import { folder } => {
            let set = areas::import_area_set(&office, &folder).await?;
            let reference = set.reference();
            println!("{}/{}: {} districts", reference.id, reference.version, set.districts().count());
        }
        arguments::Areas::Crosswalk(arguments::Crosswalk::Import { file, from, to, population }) => {
            let import =
                CrosswalkImport { from: reference(&from)?, to: reference(&to)?, population: population.as_deref() };
            let (crosswalk, revision) = crosswalks::import(&office, &read(&file)?, import).await?;
            println!("{from} in {to}: {} parts, revision {revision}", crosswalk.parts.len());
            match crosswalk.obstacle() {
                None => println!("every district of {from} lies wholly in one of {to}"),
                Some(obstacle) => println!("rounds of {from} cannot be told by {to}: {obstacle}"),
            }
        }
    }
    Ok(())
}

pub(super) async fn population(arguments: arguments::Population, settings: Settings) -> Done {
    let arguments::Population::Import { file, id, area_set, questionnaire, source } = arguments;
    let office = super::office(settings).await?;
    let import = areas::PopulationImport {
        name: &id,
        area_set: reference(&area_set)?,
        questionnaire: reference(&questionnaire)?,
        source: &source,
    };
    let population = areas::import_population(&office, &read(&file)?, &import).await?;
    println!("{id}: {} persons on {}", population.table.total(), population.table.reference_date);
    Ok(())
}

pub(super) async fn cuts(arguments: arguments::Cuts, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    let tables = match arguments {
        arguments::Cuts::Import { folder, questionnaire } => {
            vec![cuts::import(&office, &folder, reference(&questionnaire)?).await?]
        }
        arguments::Cuts::List => cuts::list(&office).await?,
    };
    for table in tables {
        let meta = &table.meta;
        println!(
            "{}: {} indicators of {}, valid from {}, from {} on {}",
            meta.id, meta.k, table.questionnaire, meta.valid_from, meta.supplier, meta.received_on
        );
    }
    Ok(())
}

pub(super) async fn run(arguments: arguments::Import, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        arguments::Import::History { file } => {
            let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let values = history::import(&office, &read(&file)?, &name).await?;
            println!("{values} printed values; shown beside, never compared");
        }
        arguments::Import::Responses { round, mapping, file, dry_run, rejects, allow_rejects } => {
            let mapping = fs::read_to_string(&mapping).map_err(|error| format!("{}: {error}", mapping.display()))?;
            let bytes = read(&file)?;
            // The file first: it holds single answers, and a refused row that cannot be written down is lost.
            let rejects = match rejects {
                Some(path) => {
                    let file = letters::new_private_file(&path)
                        .map_err(|error| format!("{}: {error}; it must not exist yet", path.display()))?;
                    Some((file, path))
                }
                None => None,
            };
            tell("reading the answers");
            let plan = ImportPlan { round: &round, mapping: &mapping, file: &bytes, dry_run, allow_rejects };
            let report = responses::import(&office, plan).await?;
            println!(
                "{} rows read, {} refused, {} left out by the mapping",
                report.read,
                report.refused.len(),
                report.skipped
            );
            if dry_run {
                for ((item, code), count) in &report.counts {
                    println!("{item} {code}: {count}");
                }
            }
            for row in report.refused.iter().take(20) {
                println!("line {}: {} = \"{}\": {}", row.line, row.column, row.value, row.reason);
            }
            if report.refused.len() > 20 {
                println!("… and {} more", report.refused.len() - 20);
            }
            if let Some((file, path)) = rejects {
                report.write_refused(file)?;
                println!("refused rows stand in {}", path.display());
            }
            match (report.stored, dry_run) {
                (true, _) => println!("stored; the round {round} can be estimated"),
                (false, true) => println!("dry run: nothing was stored"),
                (false, false) if report.refused.is_empty() => {
                    return Err("no row was read, so nothing was stored".into());
                }
                (false, false) => {
                    return Err(format!(
                        "nothing was stored: {} rows are refused; correct the file or the mapping, or allow them (--allow-rejects {})",
                        report.refused.len(),
                        report.refused.len()
                    )
                    .into());
                }
            }
        }
    }
    Ok(())
}
