//! How anybody checks a release: its hash, the key and who signed it, the commands to type, and for
//! those who hold the answers what it was computed by and from.

use super::{
    Told,
    block::{Block, Fact, Grid, Item, Section},
};
use crate::web::pages::results::words;

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let (locale, release) = (told.locale, told.release);
    let id = &release.head().id;
    let file = Item {
        text: locale.say("method-file"),
        links: vec![(format!("{id}.json"), format!("/api/releases/{id}/file"))],
    };
    let mut blocks = vec![Block::Line(file), Block::Facts(facts(told)), Block::Heading(locale.say("method-signers"))];
    if release.signers().is_empty() {
        blocks.push(told.text("facts-signed-nobody"));
    } else {
        blocks.push(Block::Table(signers(told)));
    }
    blocks.push(Block::Heading(locale.say("method-commands")));
    blocks.push(told.text("method-hash-text"));
    blocks.push(Block::Code(format!("sha256sum {id}.json")));
    match release.key() {
        None => blocks.push(told.text("method-unsigned")),
        Some(key) => {
            blocks.push(told.text("method-key-text"));
            blocks.push(Block::Code(format!("trygg verify {id}.json --key {key}")));
            blocks.push(told.text("method-recompute-text"));
            blocks.push(Block::Code(format!("trygg verify {id}.json --recompute")));
        }
    }
    Section { id: "verify", title: locale.say("method-verify"), blocks }
}

fn facts(told: Told<'_>) -> Vec<Fact> {
    let (locale, release) = (told.locale, told.release);
    let head = release.head();
    let origin = head.origin.as_ref();
    let software = origin.map(|origin| {
        let phrase = locale.fill("method-version").with("id", origin.software.name.clone());
        phrase.with("version", origin.software.version.clone()).to_string()
    });
    let ledger = origin.map(|origin| match origin.ledger.as_slice() {
        [] => locale.say("method-ledger-none"),
        known => locale.list(known),
    });
    let signed = release.signers().first().map(|signer| signer.body_sha256.clone());
    vec![
        Fact::of(locale, "method-release", Some(head.id.clone())),
        Fact::of(locale, "method-made", Some(locale.date_and_time(head.created_at))),
        Fact::code(locale, "method-hash", Some(release.hash_text())),
        Fact::code(locale, "method-body-hash", signed),
        Fact::code(locale, "method-key", release.key().map(|key| key.to_string())),
        Fact::of(locale, "method-software", software),
        Fact::code(locale, "method-seed", origin.map(|origin| origin.seed.clone())),
        Fact::of(locale, "method-ledger", ledger),
    ]
}

fn signers(told: Told<'_>) -> Grid {
    let locale = told.locale;
    let row = |signer: &crate::survey::release::Signer| {
        vec![
            words::organisation(locale, signer.organisation),
            locale.fill("method-role").with("role", signer.role.key()).to_string(),
            locale.date_and_time(signer.signed_at),
        ]
    };
    Grid {
        caption: locale.say("method-signers"),
        heads: ["method-organisation", "method-capacity", "method-signed-at"].map(|key| locale.say(key)).to_vec(),
        rows: told.release.signers().iter().map(row).collect(),
        figures: false,
    }
}
