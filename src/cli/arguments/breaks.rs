//! What can be said of breaks on the command line.

use clap::{Args, Subcommand};

/// `trygg breaks …`.
#[derive(Debug, Subcommand)]
pub enum Breaks {
    /// Declare what no machine finds: event, frame or `not_independent`.
    Declare {
        /// Code of the break.
        code: String,
        /// What it is said of.
        #[command(flatten)]
        scope: Scope,
        /// One area only, by its code.
        #[arg(long, default_value = "")]
        area: String,
        /// Who says it and why.
        #[command(flatten)]
        said: Said,
    },
    /// Declare a hard reason harmless between two rounds.
    Bridge {
        /// Code of the break.
        code: String,
        /// What it is said of.
        #[command(flatten)]
        scope: Scope,
        /// One item only, by its id.
        #[arg(long, default_value = "")]
        item: String,
        /// `split_sample` (for order) or `parallel_run` (for mode).
        #[arg(long, default_value = "")]
        evidence: String,
        /// Who says it and why.
        #[command(flatten)]
        said: Said,
    },
    /// Mark a changed wording as a spelling fix; two persons have to.
    Spelling {
        /// Item id.
        item: String,
        /// What it is said of.
        #[command(flatten)]
        scope: Scope,
        /// Who says it and why.
        #[command(flatten)]
        said: Said,
    },
    /// Mark which of several printed values holds; all stay visible.
    Mark {
        /// Series, such as LULEA-PI.
        series: String,
        /// Period.
        period: String,
        /// Area code.
        #[arg(long)]
        area: String,
        /// The value exactly as printed.
        #[arg(long)]
        printed: String,
        /// Who printed it.
        #[arg(long)]
        source: String,
        /// Who says it and why.
        #[command(flatten)]
        said: Said,
    },
    /// Take a statement back; it stays in the list.
    Withdraw {
        /// Its id.
        id: String,
        /// Who says it and why.
        #[command(flatten)]
        said: Said,
    },
    /// List what the machine found between released rounds and what persons have said.
    List,
}

/// Which rounds and measure.
#[derive(Debug, Args)]
pub struct Scope {
    /// Name of the earlier round; of an event, the round that it touches.
    #[arg(long, value_name = "ROUND")]
    pub from: String,
    /// Name of the later round.
    #[arg(long, value_name = "ROUND", default_value = "")]
    pub to: String,
    /// One measure only, by its id.
    #[arg(long, default_value = "")]
    pub measure: String,
}

/// Who says it and why.
#[derive(Debug, Args)]
pub struct Said {
    /// Why; printed beside the break.
    #[arg(long)]
    pub note: String,
    /// Sign-in name of the analyst who says it.
    #[arg(long, value_name = "LOGIN")]
    pub by: String,
}
