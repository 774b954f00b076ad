//! `trygg questionnaire`: check definition folders, publish one.

use std::path::Path;

use super::{Done, arguments::Questionnaire};
use crate::{
    service::catalogue::{self, CatalogueError, Checked},
    settings::Settings,
};

pub(super) async fn run(arguments: Questionnaire, settings: Settings) -> Done {
    match arguments {
        Questionnaire::Check { folders } => {
            let faulty = folders.iter().filter(|folder| !check(folder)).count();
            if faulty > 0 {
                return Err(format!("{faulty} of {} definitions have faults", folders.len()).into());
            }
            Ok(())
        }
        Questionnaire::Publish { folder } => {
            let office = super::office(settings).await?;
            let published = catalogue::publish(&office.database, office.clock.as_ref(), &folder).await;
            if let Err(CatalogueError::Faults { faults, .. }) = &published {
                faults.iter().for_each(|fault| println!("{fault}"));
            }
            report(&folder, &published?);
            println!("published; from now on this version is frozen");
            Ok(())
        }
    }
}

fn check(folder: &Path) -> bool {
    match catalogue::check(folder) {
        Ok(checked) => {
            report(folder, &checked);
            true
        }
        Err(CatalogueError::Faults { faults, .. }) => {
            faults.iter().for_each(|fault| println!("{}: {fault}", folder.display()));
            false
        }
        Err(error) => {
            println!("{error}");
            false
        }
    }
}

fn report(folder: &Path, checked: &Checked) {
    let found = &checked.questionnaire;
    let hash = crate::questionnaire::hexadecimal(&found.hash());
    let languages: Vec<&str> = found.languages().map(crate::questionnaire::Language::as_str).collect();
    println!(
        "{}: {} {}: {} items on {} pages, {} measures, languages {}, hash {hash}",
        folder.display(),
        found.id(),
        found.version(),
        found.items().len(),
        found.pages().len(),
        found.measures().len(),
        languages.join(" "),
    );
    for warning in &checked.warnings {
        println!("{}: warning: {warning}", folder.display());
    }
}
