//! `trygg round`.

use std::{fs, io::Read, path::Path};

use zeroize::Zeroizing;

use super::{Done, arguments, tell};
use crate::{
    service::{
        Office, desk,
        estimation::{self, StayShare},
        keys::{self, Asker},
        letters, opening, rounds,
    },
    settings::Settings,
    store::Scrubbed,
    survey::round::Round,
};

pub(super) async fn run(arguments: arguments::Round, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        arguments::Round::Create { file } => {
            let round = rounds::create(&office, rounds::read_plan(&file)?).await?;
            say(&round);
            if let Some(warning) = super::keys::warning(&round) {
                tell(warning);
            }
        }
        arguments::Round::List => rounds::list(&office).await?.iter().for_each(say),
        arguments::Round::MakeKey { round, sheet } => make_key(&office, &round, sheet.as_deref()).await?,
        arguments::Round::Move { round, to, reason } => say(&rounds::transition(&office, &round, &to, &reason).await?),
        arguments::Round::DeskCounts { round, file, by } => {
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let member = match by {
                Some(login) => Some(super::breaks::person(&office, &login).await?),
                None => None,
            };
            let entry = desk::enter(&office, &round, member.as_ref(), &bytes).await?;
            println!("{round}: desk counts of {} areas, version {}", entry.areas.len(), entry.version);
        }
        arguments::Round::Shares { round } => {
            let found = estimation::stay_shares(&office, &round).await?;
            eprintln!("These numbers have not passed the gate and are not for publication.");
            let (all, flagged) = (found.responses, found.flagged);
            eprintln!(
                "{all} responses; left out by the rule {}: {} with one answer to everything, {} like another",
                found.rule, flagged.all_same, flagged.identical
            );
            write_shares(&found.shares, std::io::stdout().lock())?;
        }
        arguments::Round::OpenEnvelopes { round, share, wait } => {
            let files: Vec<&Path> = share.iter().map(AsRef::as_ref).collect();
            let typed = typed(&files, "type each passphrase or key sheet, one a line, then end the input (Ctrl-D):")?;
            tell("opening the envelopes");
            let opened = if wait {
                let ceremony = opening::start(&office, &round).await?;
                for sheet in &typed {
                    opening::give(&office, &round, sheet, Asker::default()).await?;
                }
                tell("waiting for the other holders, up to 60 minutes");
                ceremony.attend(&office).await?
            } else {
                opening::open_envelopes(&office, &round, typed).await?
            };
            println!("{round}: {} responses; codes, envelopes and key are gone", opened.responses);
            told(opened.scrubbed)?;
        }
    }
    Ok(())
}

/// Makes the key of one holder, whose passphrase is written to `sheet`, or that of several.
async fn make_key(office: &Office, round: &str, sheet: Option<&Path>) -> Done {
    let planned = rounds::find(office, round).await?;
    if planned.plan.holders.len() > 1 {
        keys::make(office, round).await?;
        println!("the round has its key; each holder's share is sealed to the holder's sheet");
        if let Some(warning) = super::keys::warning(&planned) {
            tell(warning);
        }
        return Ok(());
    }
    let sheet = sheet.ok_or("--sheet FILE says where the passphrase is written")?;
    // The file first: a key whose passphrase cannot be written down is worthless.
    let mut file = letters::new_private_file(sheet)
        .map_err(|error| format!("{}: {error}; it must not exist yet", sheet.display()))?;
    let made = rounds::make_key(office, round).await;
    if made.is_err() {
        fs::remove_file(sheet)?;
    }
    let passphrase = made?;
    std::io::Write::write_all(&mut file, format!("{}\n", passphrase.as_str()).as_bytes())?;
    file.sync_all()?;
    println!("the round has its key; the passphrase stands in {} and nowhere else", sheet.display());
    Ok(())
}

/// Says how far the rewriting came; what is left of it is no success.
fn told(scrubbed: Scrubbed) -> Done {
    match scrubbed {
        Scrubbed::Done => {
            println!("tables and log are rewritten; the round can be estimated");
            Ok(())
        }
        Scrubbed::Busy => {
            Err("the tables are not rewritten yet, because somebody reads them; run the command again".into())
        }
        Scrubbed::LeftToAdministrator(commands) => {
            let commands = commands.join("\n");
            Err(format!("an administrator of the database has to run these, then run this command again:\n{commands}")
                .into())
        }
    }
}

fn say(round: &Round) {
    println!(
        "{} ({}, {}) {}: {} to {}",
        round.plan.slug,
        round.plan.period,
        round.plan.kind.key(),
        round.stage().key(),
        round.plan.opens_on,
        round.plan.closes_on
    );
}

/// Shares as CSV: percent of those who answered the item; empty where too few did.
fn write_shares(shares: &[StayShare], out: impl std::io::Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["place", "item", "option", "n", "percent"])?;
    for share in shares {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        let percent = share.chose.map(|chose| format!("{:.1}", 100.0 * chose as f64 / share.n.max(1) as f64));
        let place = share.place.as_deref().unwrap_or_default();
        writer.write_record([place, &share.item, &share.option, &share.n.to_string(), &percent.unwrap_or_default()])?;
    }
    Ok(writer.flush()?)
}

/// Passphrases or sheets: the first line of each file, or every line of standard input.
pub(super) fn typed(files: &[&Path], ask: &str) -> Result<Vec<Zeroizing<String>>, std::io::Error> {
    let line = |line: &str| Zeroizing::new(line.trim().to_owned());
    if files.is_empty() {
        eprintln!("{ask}");
        let mut text = Zeroizing::new(String::new());
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text.lines().filter(|line| !line.trim().is_empty()).map(line).collect());
    }
    let first = |file: &&Path| {
        let read = fs::read_to_string(file).map(Zeroizing::new);
        let text = read.map_err(|error| std::io::Error::other(format!("{}: {error}", file.display())))?;
        Ok(line(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()))
    };
    files.iter().map(first).collect()
}
