//! What can be said on the command line of what rounds are made of: questionnaires, areas, population tables and
//! cut tables.

use std::path::PathBuf;

use clap::Subcommand;

/// `trygg questionnaire …`.
#[derive(Debug, Subcommand)]
pub enum Questionnaire {
    /// Check definition folders; exit status 1 if any has a fault.
    Check {
        /// Folders with questionnaire.toml and one text file a language.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Check a definition folder and freeze it as a published version.
    Publish {
        /// Folder with questionnaire.toml and one text file a language.
        folder: PathBuf,
    },
}

/// `trygg areas …`.
#[derive(Debug, Subcommand)]
pub enum Areas {
    /// Import an area set from a folder with meta.toml and areas.csv.
    Import {
        /// The folder.
        folder: PathBuf,
    },
    /// How the districts of one set lie in those of another.
    #[command(subcommand)]
    Crosswalk(Crosswalk),
}

/// `trygg areas crosswalk …`.
#[derive(Debug, Subcommand)]
pub enum Crosswalk {
    /// Import the parts, as a new revision.
    Import {
        /// CSV: `old_code`, `new_code`, persons.
        file: PathBuf,
        /// The old area set.
        #[arg(long, value_name = "ID/VERSION")]
        from: String,
        /// The new area set.
        #[arg(long, value_name = "ID/VERSION")]
        to: String,
        /// Population table of the old set's districts, to check that nobody is lost.
        #[arg(long)]
        population: Option<String>,
    },
}

/// `trygg population …`.
#[derive(Debug, Subcommand)]
pub enum Population {
    /// Import register counts by area, sex and age group.
    Import {
        /// CSV: area_code, sex, age_group, persons, reference_date.
        file: PathBuf,
        /// Name under which rounds refer to the table.
        #[arg(long)]
        id: String,
        /// The area set whose areas it counts.
        #[arg(long)]
        area_set: String,
        /// The questionnaire whose age groups it uses, as ID/VERSION.
        #[arg(long, value_name = "ID/VERSION")]
        questionnaire: String,
        /// Where the figures come from.
        #[arg(long)]
        source: String,
    },
}

/// `trygg cuts …`.
#[derive(Debug, Subcommand)]
pub enum Cuts {
    /// Import a cut table from a folder with meta.toml and cuts.csv.
    Import {
        /// The folder.
        folder: PathBuf,
        /// The questionnaire whose shares it reads, as ID/VERSION.
        #[arg(long, value_name = "ID/VERSION")]
        questionnaire: String,
    },
    /// List the imported tables.
    List,
}
