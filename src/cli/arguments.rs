//! What can be said on the command line. Help texts here; nothing is done here.

pub mod breaks;
pub mod keys;
pub mod letters;
pub mod material;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    stats::{replicate::Seed, weight::Distance},
    survey::{release::PublicKey, round::AreaSetRef},
};

pub use breaks::Breaks;
pub use keys::Keys;
pub use letters::Letters;
pub use material::{Areas, Crosswalk, Cuts, Population, Questionnaire};

/// The service behind a municipality's safety survey.
#[derive(Debug, Parser)]
#[command(name = "trygg", version, propagate_version = true)]
pub struct Arguments {
    /// Settings file (default: trygg.toml in this folder, if there is one).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fill an embedded database with Luleå's shape and made-up answers, and serve it.
    Demo(Demo),
    /// Serve the form, the results, the console and the API.
    Serve(Serve),
    /// Bring the database to this version's schema and make missing secrets.
    Migrate,
    /// Ask a running service whether it is ready (for health checks).
    Check,
    /// Print every setting with its value; secrets are never printed.
    Settings,
    /// Print the OpenAPI document.
    Openapi,
    /// Check and publish questionnaires.
    #[command(subcommand)]
    Questionnaire(Questionnaire),
    /// Import area sets.
    #[command(subcommand)]
    Areas(Areas),
    /// Import population tables.
    #[command(subcommand)]
    Population(Population),
    /// Import and list cut tables of step indices.
    #[command(subcommand)]
    Cuts(Cuts),
    /// Plan, open, close and open the envelopes of rounds.
    #[command(subcommand)]
    Round(Round),
    /// Key sheets of a round with several key holders.
    #[command(subcommand)]
    Keys(Keys),
    /// Whom a round invites, its letters and reminders.
    #[command(subcommand)]
    Letters(Letters),
    /// Bring in answers or figures made elsewhere.
    #[command(subcommand)]
    Import(Import),
    /// Estimate from files, offline: an analyst's second opinion. Not for publication.
    Estimate(Estimate),
    /// Estimate a round whose envelopes are opened and compose its release, which then waits for sign-off.
    Release(Release),
    /// Why rounds cannot be compared: declare, bridge, mark, take back, list.
    #[command(subcommand)]
    Breaks(Breaks),
    /// Sign a composed release off for your organisation, or refuse it; the password is read from standard input.
    Sign(Sign),
    /// Check the file of a release: exit status 0 as signed, 1 altered or no release, 3 Responses gone.
    Verify(Verify),
    /// Print the public half of the key that signs releases.
    ReleaseKey,
    /// Staff accounts and API tokens.
    #[command(subcommand)]
    Staff(Staff),
}

/// `trygg demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Folder of the demo's database and secrets.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub data: PathBuf,
    /// Fill the database, print the addresses and stop.
    #[arg(long)]
    pub no_serve: bool,
}

/// `trygg serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port, instead of the one of the setting `listen`.
    #[arg(long)]
    pub port: Option<u16>,
}

/// `trygg round …`.
#[derive(Debug, Subcommand)]
pub enum Round {
    /// Plan a round from a TOML file.
    Create {
        /// The plan.
        file: PathBuf,
    },
    /// List the rounds and their stages.
    List,
    /// Make the key pair. Of a single holder: the passphrase is written to a file that is not there yet. Of
    /// several: when all have typed their sheets back (`trygg keys`).
    MakeKey {
        /// The round.
        round: String,
        /// Where the single holder's passphrase is written (never overwritten).
        #[arg(long, value_name = "FILE")]
        sheet: Option<PathBuf>,
    },
    /// Move a round to another stage.
    Move {
        /// The round.
        round: String,
        /// scheduled, draft, open, paused, closed or archived.
        to: String,
        /// Why; required for pausing and for closing early.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Enter over-coverage and blank returns of every sampled area, as a new version.
    DeskCounts {
        /// The round.
        round: String,
        /// CSV: `area_code`, `over_coverage`, blank.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// Sign-in name of the person who counted.
        #[arg(long, value_name = "LOGIN")]
        by: Option<String>,
    },
    /// Count the answers of an opened round of people who stay: unweighted shares, for staff, as CSV.
    Shares {
        /// The round.
        round: String,
    },
    /// Open the envelopes of a closed round.
    OpenEnvelopes {
        /// The round.
        round: String,
        /// File whose first line is a passphrase or a key sheet; standard input if absent. Several, in any order.
        #[arg(long, value_name = "FILE")]
        share: Vec<PathBuf>,
        /// Wait up to 60 minutes for the other holders, who give their sheets at the console or by `keys give`.
        #[arg(long)]
        wait: bool,
    },
}

/// `trygg import …`.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Answers collected elsewhere, into a planned round without codes.
    Responses {
        /// The round.
        #[arg(long)]
        round: String,
        /// How columns become items and codes become options.
        #[arg(long, value_name = "FILE")]
        mapping: PathBuf,
        /// The answers.
        file: PathBuf,
        /// Report what would be read and store nothing.
        #[arg(long)]
        dry_run: bool,
        /// Where refused rows are written.
        #[arg(long, value_name = "FILE")]
        rejects: Option<PathBuf>,
        /// Store the rest if at most this many rows are refused.
        #[arg(long, default_value_t = 0)]
        allow_rejects: usize,
    },
    /// Values published before Trygg; shown beside, never compared.
    History {
        /// CSV: series, period, area, group, printed, unit, direction, source, note.
        file: PathBuf,
    },
}

/// Weighting schemes that `trygg estimate` offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scheme {
    /// Poststratify with thin cells merged; where that cannot be, rake.
    Auto,
    /// Every answer counts one.
    None,
    /// Population over answers, by district.
    Design,
    /// Population over answers, by district, sex and age group, thin age groups merged.
    Poststratify,
    /// Fitted to the population of each district and of each sex and age group.
    Rake,
    /// The same margins, by calibration.
    Calibrate,
}

/// How the variance of raked weights is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Variance {
    /// By regression on the margins.
    Calibrated,
    /// By sweeps over the margins, as R's `rake`.
    #[value(name = "rake_r")]
    RakeR,
}

/// `trygg estimate`.
#[derive(Debug, Args)]
pub struct Estimate {
    /// Folder of the questionnaire definition.
    #[arg(long, value_name = "DIR")]
    pub questionnaire: PathBuf,
    /// CSV: the round column, area_code, sex, age_group, then one column an item.
    #[arg(long, value_name = "FILE")]
    pub responses: PathBuf,
    /// CSV: area_code, sex, age_group, persons, and the round column if there are several rounds.
    #[arg(long, value_name = "FILE")]
    pub population: Option<PathBuf>,
    /// Name of the column that holds the round's label.
    #[arg(long, value_name = "COLUMN")]
    pub round: String,
    /// Where the records are written.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// How answers are weighted.
    #[arg(long, value_enum, default_value_t = Scheme::Auto)]
    pub scheme: Scheme,
    /// How the variance of raked weights is taken.
    #[arg(long, value_enum, default_value_t = Variance::Calibrated)]
    pub variance: Variance,
    /// Distance of the scheme calibrate: raking, linear or logit:LO,HI (default: raking).
    #[arg(long, value_name = "DISTANCE", value_parser = distance)]
    pub calibration: Option<Distance>,
    /// Trim raked weights to this many times their median, and rake again.
    #[arg(long, value_name = "FACTOR", value_parser = factor)]
    pub trim: Option<f64>,
    /// Least answers of a weighting cell or category; 1 merges no cells.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    pub min_cell: u64,
    /// Folder of a cut table (meta.toml, cuts.csv) for step indices.
    #[arg(long, value_name = "DIR")]
    pub cuts: Option<PathBuf>,
    /// Key of the random stream of step indices, 64 hexadecimal digits; drawn and told if absent.
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub seed: Option<Seed>,
}

fn seed(text: &str) -> Result<Seed, String> {
    let refuse = || "write 64 hexadecimal digits".to_owned();
    let digits = Some(text).filter(|text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let digits = digits.ok_or_else(refuse)?;
    let mut seed = Seed::default();
    for (place, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).map_err(|_| refuse())?;
    }
    Ok(seed)
}

fn distance(text: &str) -> Result<Distance, String> {
    let bounds = |bounds: &str| -> Option<Distance> {
        let (low, high) = bounds.split_once(',')?;
        let (low, high): (f64, f64) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        (0.0..1.0).contains(&low).then_some(())?;
        (high > 1.0 && high.is_finite()).then_some(Distance::Logit { low, high })
    };
    match text.split_once(':') {
        None if text == "raking" => Ok(Distance::Raking),
        None if text == "linear" => Ok(Distance::Linear),
        Some(("logit", rest)) => bounds(rest).ok_or_else(|| "write logit:LO,HI with 0 ≤ LO < 1 < HI".to_owned()),
        _ => Err("write raking, linear or logit:LO,HI".to_owned()),
    }
}

fn factor(text: &str) -> Result<f64, String> {
    let factor = text.parse().ok().filter(|factor: &f64| factor.is_finite() && *factor >= 1.5);
    factor.ok_or_else(|| "write a factor of at least 1.5".to_owned())
}

/// `trygg release`.
#[derive(Debug, Args)]
pub struct Release {
    /// The round.
    pub round: String,
    /// Why an earlier release of the round is replaced; required for a correction.
    #[arg(long)]
    pub reason: Option<String>,
    /// A newer area set whose districts are made of the round's own; without it the figures are for those.
    #[arg(long, value_name = "ID/VERSION", value_parser = area_set)]
    pub areas: Option<AreaSetRef>,
}

fn area_set(text: &str) -> Result<AreaSetRef, &'static str> {
    AreaSetRef::parse(text).ok_or("write ID/VERSION")
}

/// `trygg sign`.
#[derive(Debug, Args)]
pub struct Sign {
    /// The composed release.
    pub release: String,
    /// Your sign-in name.
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: String,
    /// The SHA-256 that you have seen; refused if another body waits.
    #[arg(long, value_name = "SHA256")]
    pub hash: Option<String>,
    /// Refuse it instead, for this reason.
    #[arg(long, value_name = "REASON")]
    pub refuse: Option<String>,
}

/// `trygg verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The file.
    pub file: PathBuf,
    /// Public key that must have signed it, 64 hexadecimal digits.
    #[arg(long, value_name = "PUBLIC", value_parser = public_key)]
    pub key: Option<PublicKey>,
    /// Also compose it again of what the service's database holds, and compare byte for byte.
    #[arg(long)]
    pub recompute: bool,
}

fn public_key(digits: &str) -> Result<PublicKey, &'static str> {
    PublicKey::parse(digits).ok_or("a public key has 64 hexadecimal digits in lower case")
}

/// `trygg staff …`.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Add an account; the password is read from standard input.
    Add {
        /// Sign-in name.
        login: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// Organisation: kommun or polis.
        #[arg(long)]
        organisation: String,
        /// Roles, separated by commas.
        #[arg(long, value_delimiter = ',')]
        roles: Vec<String>,
    },
    /// Make an API token for an account and print it once.
    Token {
        /// Sign-in name.
        login: String,
        /// What the token is for.
        #[arg(long)]
        name: String,
    },
}
