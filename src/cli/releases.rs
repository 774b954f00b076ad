//! `trygg release`, `sign`, `verify` and `release-key`.

use std::{fs, path::Path};

use super::{Done, arguments, password, tell};
use crate::{
    service::{
        office,
        releasing::{self, Made, Wanted},
        signing::{self, Outcome, Word},
        staff,
        verifying::{self, VerifyError},
    },
    settings::Settings,
    survey::{
        release::{Figures, Release},
        staff::Organisation,
    },
};

fn keys(organisations: &[Organisation]) -> String {
    organisations.iter().map(|organisation| organisation.key()).collect::<Vec<_>>().join(" and ")
}

pub(super) async fn release(arguments: arguments::Release, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    tell("estimating, asking the gate, freezing");
    let wanted = Wanted { reason: arguments.reason.as_deref(), areas: arguments.areas.as_ref(), by: None };
    match releasing::release(&office, &arguments.round, &wanted).await? {
        Made::Released(release) => {
            counts(&release, "released; nobody has to sign it off");
            println!("SHA-256 {}", release.hash_text());
        }
        Made::Waiting(body, organisations) => {
            counts(&body, &format!("composed; nothing is public until {} have signed", keys(&organisations)));
            println!("SHA-256 of what is signed {}", body.hash_text());
        }
    }
    Ok(())
}

fn counts(figures: &Figures, state: &str) {
    let head = figures.head();
    let gate = &head.gate;
    println!(
        "{} {state}: {} figures shown, {} withheld, {} uncertain",
        head.id, gate.shown, gate.withheld, gate.flagged
    );
    println!("applied: {}; not applied yet: {}", gate.applied.join(", "), gate.not_applied.join(", "));
}

pub(super) async fn sign(arguments: arguments::Sign, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    let id = &arguments.release;
    let waiting = signing::find(&office, id).await?;
    let member = staff::by_login(&office, &arguments.login).await?.ok_or(staff::StaffError::SignIn)?;
    eprintln!("{id}, SHA-256 of what is signed {}", waiting.body_sha256);
    let typed = password("type your password and press Enter:")?;
    let hash = arguments.hash.as_deref().unwrap_or(&waiting.body_sha256);
    let word = arguments.refuse.as_deref().map_or(Word::Sign(hash), Word::Refuse);
    match signing::speak(&office, id, &member, &typed, word).await? {
        Outcome::WaitsFor(left) => println!("signed for {}; it waits for {}", member.organisation.key(), keys(&left)),
        Outcome::Refused => println!("refused; nothing of it is public"),
        Outcome::Released(release) => {
            println!("signed for {}; {id} is released", member.organisation.key());
            println!("SHA-256 {}", release.hash_text());
        }
    }
    Ok(())
}

/// Checks a file by itself: neither settings nor database.
pub(super) fn verify(arguments: &arguments::Verify) -> Result<Release, Box<dyn std::error::Error>> {
    let bytes = read(&arguments.file)?;
    let release = Release::verify(bytes, arguments.key.as_ref()).map_err(VerifyError::from)?;
    println!("release   {}", release.head().id);
    println!("SHA-256   {}", release.hash_text());
    if let Some(found) = release.key() {
        let known =
            if arguments.key.is_some() { "the one given" } else { "compare it with the one the office publishes" };
        println!("key       {found} ({known})");
    }
    for signer in release.signers() {
        println!("signed    {}, {}, {}", signer.organisation.key(), signer.role.key(), signer.signed_at.to_rfc3339());
    }
    if release.signers().is_empty() {
        println!("signed    by nobody: the office asks no organisation to sign off");
    }
    println!("the file is as it was signed");
    Ok(release)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Composes the release again of what the database holds.
pub(super) async fn recompute(release: &Release, settings: Settings) -> Done {
    // Told as text: exit status 3 says here that Responses are gone, and nothing else.
    let office = super::office(settings).await.map_err(|error| error.to_string())?;
    tell("composing it again");
    verifying::recompute(&office, release).await?;
    println!("composed again it is the same, byte for byte");
    Ok(())
}

/// Prints the public half of the release key.
pub(super) fn key(settings: &Settings) -> Done {
    println!("{}", office::release_key(settings)?);
    Ok(())
}
