//! What a release is compared with, and every reason that parts it from the rounds before: found by the
//! program or said by a person, with measures, areas and weight. All of it stands in the release.

use std::collections::BTreeSet;

use super::{
    Told,
    block::{Block, Grid, Item, Section},
};
use crate::{
    stats::compare::{Class, Reason},
    survey::{
        breaks::{Code, Declaration},
        release::ComparedWith,
    },
    web::pages::results::words,
};

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let mut blocks = Vec::new();
    if head.compared_with.is_empty() {
        blocks.push(told.text("method-compared-none"));
    } else {
        blocks.push(told.text("method-compared-text"));
        blocks.push(Block::List(head.compared_with.iter().map(|with| earlier(told, with)).collect()));
        let partings = partings(told);
        blocks.push(Block::Heading(locale.say("method-breaks")));
        if partings.is_empty() {
            blocks.push(told.text("method-breaks-none"));
        } else {
            blocks.push(told.text("method-breaks-text"));
            blocks.push(Block::Table(Grid {
                caption: locale.say("method-breaks"),
                heads: [
                    "method-break-since",
                    "method-break-reason",
                    "method-break-class",
                    "method-break-measures",
                    "method-break-areas",
                ]
                .map(|key| locale.say(key))
                .to_vec(),
                rows: partings.iter().map(|parting| row(told, parting)).collect(),
                figures: false,
            }));
        }
    }
    blocks.push(told.text("method-history"));
    Section { id: "comparability", title: locale.say("method-comparability"), blocks }
}

fn earlier(told: Told<'_>, with: &ComparedWith) -> Item {
    let locale = told.locale;
    let words =
        locale.fill("method-compared-with").with("period", with.period.clone()).with("release", with.release.clone());
    let href = format!("/{}/r/{}/method", locale.tag(), with.release);
    Item { text: words.to_string(), links: vec![(locale.say("method-of-release"), href)] }
}

/// One reason between this release and an earlier period.
#[derive(Default)]
struct Parting<'r> {
    from: &'r str,
    /// The same code, weight and statement for one item each.
    reasons: Vec<&'r Reason>,
    measures: BTreeSet<&'r str>,
    /// `None` is everybody.
    areas: BTreeSet<Option<&'r str>>,
}

/// Reasons that lie in the rounds; that a figure is not shown tells of the figure.
fn is_of_rounds(reason: &Reason) -> bool {
    !matches!(Code::parse(&reason.code), Some(Code::Withheld | Code::NoVariance))
}

/// Every reason, the latest period and the heaviest first.
fn partings(told: Told<'_>) -> Vec<Parting<'_>> {
    let mut found: Vec<Parting<'_>> = Vec::new();
    for change in told.release.table().changes() {
        for reason in change.reasons.iter().filter(|reason| is_of_rounds(reason)) {
            let alike = |parting: &Parting<'_>| {
                let of = |reason: &Reason| (reason.code.clone(), reason.class, reason.declared.clone());
                parting.from == change.from && parting.reasons.first().is_some_and(|first| of(first) == of(reason))
            };
            let place = found.iter().position(alike).unwrap_or_else(|| {
                found.push(Parting { from: &change.from, ..Parting::default() });
                found.len() - 1
            });
            let parting = &mut found[place];
            if !parting.reasons.iter().any(|known| known.item == reason.item) {
                parting.reasons.push(reason);
            }
            parting.measures.insert(&change.measure);
            parting.areas.insert(change.domain.area.as_deref());
        }
    }
    let weight = |parting: &Parting<'_>| parting.reasons.first().map(|reason| reason.class);
    found.sort_by(|one, other| (other.from, weight(other)).cmp(&(one.from, weight(one))));
    found
}

fn row(told: Told<'_>, parting: &Parting<'_>) -> Vec<String> {
    let (locale, head) = (told.locale, told.release.head());
    let said_of = |reason: &Reason| -> Option<&Declaration> {
        let id = reason.declared.as_deref()?;
        head.declarations.iter().find(|said| said.id.to_string() == id)
    };
    let class = parting.reasons.first().map_or(Class::Note, |reason| reason.class);
    // A withheld change says nothing else, so it says nothing of the rounds.
    let changes = told.release.table().changes().iter();
    let of_period = || changes.clone().filter(|change| change.from == parting.from && change.status != "..");
    let measures: BTreeSet<&str> = of_period().map(|change| change.measure.as_str()).collect();
    let areas: BTreeSet<Option<&str>> = of_period().map(|change| change.domain.area.as_deref()).collect();
    let listed = |all: bool, key: &str, names: Vec<String>| if all { locale.say(key) } else { locale.list(&names) };
    vec![
        parting.from.to_owned(),
        words::reasons(locale, &parting.reasons, said_of).join("; "),
        locale.fill("method-class").with("class", class.key()).to_string(),
        listed(
            parting.measures == measures,
            "method-all-measures",
            parting.measures.iter().map(|id| (*id).to_owned()).collect(),
        ),
        listed(
            parting.areas == areas,
            "method-all-areas",
            parting.areas.iter().map(|area| told.area(area.unwrap_or_else(|| told.release.total()))).collect(),
        ),
    ]
}
