//! `trygg keys …`: the key sheets of a round's holders.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `trygg keys …`.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Show how far each holder has come.
    List {
        /// The round.
        round: String,
    },
    /// Draw a holder's key sheet and write it, once, to a file that is not there yet.
    Sheet {
        /// The round.
        round: String,
        /// Number of the holder in the plan, from 1.
        #[arg(long, value_name = "N")]
        holder: u8,
        /// Where the sheet is written (never overwritten). Print it, then destroy the file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Type a sheet back from paper, before the round's key is made.
    Confirm(Typed),
    /// Try whether a sheet opens its share; nothing is put together and no envelope is opened.
    Rehearse(Typed),
    /// Give a sheet to the opening that is under way.
    Give(Typed),
    /// Say that a holder's sheet is destroyed, after the opening.
    Destroyed {
        /// The round.
        round: String,
        /// Number of the holder in the plan, from 1.
        #[arg(long, value_name = "N")]
        holder: u8,
    },
}

/// A sheet that is typed.
#[derive(Debug, Args)]
pub struct Typed {
    /// The round.
    pub round: String,
    /// File whose first line is what stands on the sheet; standard input if absent.
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
}
