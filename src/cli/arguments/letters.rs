//! What can be said of letters.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `trygg letters …`.
#[derive(Debug, Subcommand)]
pub enum Letters {
    /// Take in whom the round invites, by letter number; in the place of an earlier frame.
    Frame {
        /// The round.
        round: String,
        /// CSV: `letter_no`, `area_code`; or `area_code`, sampled, where letters are numbered by counting.
        file: PathBuf,
    },
    /// Write the round's letters, each with a new code; before the round opens.
    Run {
        /// The round.
        round: String,
        /// The address file and what is written.
        #[command(flatten)]
        order: Order,
        /// Make codes that were drawn before, and the letters that carry them, worthless.
        #[arg(long)]
        again: bool,
    },
    /// Write reminders with second codes to those who have not answered; seven days after the last letters.
    Remind {
        /// The round.
        round: String,
        /// The address file and what is written.
        #[command(flatten)]
        order: Order,
    },
    /// Open a sealed file of codes.
    Unseal {
        /// The sealed file.
        file: PathBuf,
        /// File with the words that open it; standard input if absent.
        #[arg(long, value_name = "FILE")]
        sheet: Option<PathBuf>,
        /// Where the codes are written (never overwritten).
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Draw the codes of a test round into a plain file.
    Draw {
        /// The round.
        round: String,
        /// CSV: `area_code`, sampled; or `letter_no`, `area_code`.
        #[arg(long, value_name = "FILE")]
        sample: PathBuf,
        /// Where letter numbers, areas and codes are written, once (never overwritten).
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// From which addresses, onto what.
#[derive(Debug, Args)]
pub struct Order {
    /// CSV: `letter_no`, `area_code`, name, `address_1` to `address_5`, language. Read, never stored.
    #[arg(long, value_name = "FILE")]
    pub addresses: PathBuf,
    /// The letters as one PDF (never overwritten).
    #[arg(long, value_name = "FILE", required_unless_present = "sealed", conflicts_with = "sealed")]
    pub pdf: Option<PathBuf>,
    /// Numbers and codes for a print house, sealed (never overwritten).
    #[arg(long, value_name = "FILE", requires = "sheet")]
    pub sealed: Option<PathBuf>,
    /// Where the words that open the sealed file are written (never overwritten); send them another way.
    #[arg(long, value_name = "FILE", requires = "sealed")]
    pub sheet: Option<PathBuf>,
}
