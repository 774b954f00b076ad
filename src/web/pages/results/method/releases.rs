//! Every release, the latest first, with what it corrects and why.

use super::{
    Told,
    block::{Block, Item, Section},
};
use crate::{store::ReleaseHead, web::pages::results::data};

/// The section; `heads` are all releases by period.
pub fn section(told: Told<'_>, heads: Vec<ReleaseHead>) -> Section {
    let locale = told.locale;
    let shown = format!("/{}/r/{}", locale.tag(), told.release.head().id);
    let item = |listed: data::Listed| {
        let here = (listed.href == shown).then(|| locale.say("method-this-release"));
        let parts = [Some(listed.title), listed.corrects, here].into_iter().flatten();
        Item {
            text: parts.collect::<Vec<_>>().join(" "),
            links: vec![(locale.say("method-figures"), listed.href), (locale.say("method-of-release"), listed.method)],
        }
    };
    let items = data::listed(locale, heads).into_iter().map(item).collect();
    let blocks = vec![told.text("corrections-text"), Block::List(items)];
    Section { id: "releases", title: locale.say("method-releases"), blocks }
}
