//! `trygg keys`: the key sheets of a round's holders.

use std::{fs, io::Write, path::Path};

use zeroize::Zeroizing;

use super::{
    Done,
    arguments::keys::{Keys, Typed},
    rounds::typed,
};
use crate::{
    service::{
        Office,
        keys::{self, Asker, Sheet},
        letters, opening, rounds,
    },
    settings::Settings,
    survey::{key_share::Threshold, round::Round},
};

pub(super) async fn run(arguments: Keys, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        Keys::List { round } => list(&office, &rounds::find(&office, &round).await?).await?,
        Keys::Sheet { round, holder, out } => {
            // The file first: a sheet that cannot be written down is worthless.
            let file = letters::new_private_file(&out)
                .map_err(|error| format!("{}: {error}; it must not exist yet", out.display()))?;
            let drawn = keys::draw(&office, &round, holder, Asker::default()).await;
            if drawn.is_err() {
                fs::remove_file(&out)?;
            }
            write(file, &drawn?)?;
            println!("the sheet stands in {} and nowhere else: print it, then destroy the file", out.display());
        }
        Keys::Confirm(sheet) => {
            let name = keys::confirm(&office, &sheet.round, &read(&sheet)?, Asker::default()).await?;
            println!("this is the sheet of {name}, typed without a slip");
        }
        Keys::Rehearse(sheet) => {
            let name = keys::rehearse(&office, &sheet.round, &read(&sheet)?, Asker::default()).await?;
            println!("the sheet of {name} works; nothing was opened");
        }
        Keys::Give(sheet) => {
            let given = opening::give(&office, &sheet.round, &read(&sheet)?, Asker::default()).await?;
            println!("given: {} of the {} sheets that are needed", given.given, given.needed);
        }
        Keys::Destroyed { round, holder } => {
            keys::destroyed(&office, &round, holder, Asker::default()).await?;
            println!("noted: the sheet of holder {holder} is destroyed");
        }
    }
    Ok(())
}

async fn list(office: &Office, round: &Round) -> Done {
    let Threshold { needed, holders } = round.plan.threshold();
    println!("{}: {needed} of {holders} holders must meet", round.plan.slug);
    for holder in keys::holders(office, round).await? {
        let said = holder.sheet.as_ref().map_or_else(
            || "has no sheet".to_owned(),
            |sheet| {
                let said =
                    [(sheet.confirmed, "typed back"), (sheet.rehearsed, "tried"), (sheet.destroyed, "destroyed")];
                let said: Vec<&str> = said.iter().filter(|(yes, _)| *yes).map(|(_, what)| *what).collect();
                if said.is_empty() { "sheet drawn, not typed back".to_owned() } else { said.join(", ") }
            },
        );
        println!("{} {}: {said}", holder.number, holder.name);
    }
    Ok(())
}

/// What stands on the sheet comes first, so that the file can be given back as it is.
fn write(mut file: fs::File, sheet: &Sheet) -> Result<(), std::io::Error> {
    let Threshold { needed, holders } = sheet.threshold;
    let (round, holder, secret) = (&sheet.round, &sheet.holder, sheet.secret.as_str());
    let spare = holders - needed;
    let text = Zeroizing::new(format!(
        "{secret}\n\nKey sheet of {holder} for the round {round}.\n\
         {needed} of the {holders} sheets of this round open its envelopes, none does so alone. If more than {spare} \
         of them are lost, nobody can ever read the answers: keep this one where only you can reach it, and not as \
         a picture or a file. Type it back at once (`trygg keys confirm`) and destroy it when you are asked to.\n"
    ));
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn read(sheet: &Typed) -> Result<Zeroizing<String>, std::io::Error> {
    let files: Vec<&Path> = sheet.sheet.iter().map(AsRef::as_ref).collect();
    Ok(typed(&files, "type what stands on the key sheet, then end the input (Ctrl-D):")?
        .into_iter()
        .next()
        .unwrap_or_default())
}

/// What is lost with the sheets, if there is anything to warn of.
pub(super) fn warning(round: &Round) -> Option<&'static str> {
    let Threshold { needed, holders } = round.plan.threshold();
    (holders > 1 && needed == holders)
        .then_some("every sheet is needed: one lost sheet, and nobody can ever read the answers")
}
