//! One posted page, checked and saved into the draft. Nothing leaves the draft here.

use std::collections::BTreeMap;

use super::{
    CookieKey, Refusal,
    draft::{Opened, open_draft, save_draft},
    page::reachable,
    takes_answers,
};
use crate::{
    questionnaire::{Questionnaire, Stream},
    service::{Office, live::Live},
    survey::draft::Draft,
};

/// A sheet's answers before they are checked: item position → code as posted.
type Chosen = BTreeMap<usize, u8>;

/// One page as posted, unchecked.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    /// Page id.
    pub page: String,
    /// Language tag.
    pub language: String,
    /// Version hash, hexadecimal.
    pub version: String,
    /// Item id and code as posted.
    pub answers: Vec<(String, String)>,
    /// Item whose stored answer goes.
    pub clear: Option<String>,
    /// Whether the page is only to be kept, to be seen again in another language: nothing is asked once
    /// more, and it does not count as passed.
    pub stay: bool,
}

/// What comes after a saved page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This page.
    Page(String),
    /// The same page, after an answer was removed or the language changed.
    Same,
    /// The same page once more: items are unanswered and it was not said before.
    Probe,
    /// That was the last page.
    Send,
}

/// Saves one page into the draft; only that page's items change. Read, changed and written in one
/// transaction, so that two tabs merge item by item.
///
/// # Errors
/// No draft, another version, an option the item does not offer, no district where it has to be said, a page
/// off the route.
pub async fn save(office: &Office, key: &CookieKey, posted: &Posted) -> Result<Next, Refusal> {
    office.live.ready(office).await?;
    let mut tx = office.database.begin().await?;
    let Opened { live, mut draft } = open_draft(office, &mut tx, key, true).await?.ok_or(Refusal::DraftGone)?;
    takes_answers(&live)?;
    if posted.version != live.version_hex {
        return Err(Refusal::DraftGone);
    }
    let questionnaire = &live.questionnaire;
    let position = questionnaire.page(&posted.page).ok_or(Refusal::PageUnknown)?;
    let before = questionnaire.route(&draft.codes(), live.stream);
    reachable(&live, &draft, &before, position)?;
    let visible = questionnaire.visible_items(position, &draft.codes(), live.stream);
    let chosen = chosen(questionnaire, &visible, posted, live.area_names.len())?;
    for (&item, &code) in &chosen {
        draft.choose(item, code);
    }
    let cleared = posted.clear.as_deref().and_then(|id| questionnaire.item(id)).map(|(item, _)| item);
    if let Some(item) = cleared.filter(|item| visible.contains(item)) {
        draft.clear(item);
    }
    if cleared.is_none()
        && let Some(item) = unanswered_area(&live, &draft).filter(|item| visible.contains(item))
    {
        return Err(Refusal::Unanswered { item: questionnaire.items()[item].id.clone() });
    }
    draft.touch(office.clock.now());
    let unanswered = visible.iter().any(|&item| draft.chosen(item).is_none());
    let next = if cleared.is_some() || posted.stay {
        Next::Same
    } else if unanswered && !draft.probed(position) {
        draft.probe(position);
        Next::Probe
    } else {
        draft.see(position);
        let route = questionnaire.route(&draft.codes(), live.stream);
        let at = route.iter().position(|&page| page == position);
        match at.and_then(|at| route.get(at + 1)) {
            Some(&page) => Next::Page(questionnaire.pages()[page].id.clone()),
            None => Next::Send,
        }
    };
    save_draft(office, &mut tx, &live, key, &draft).await?;
    tx.commit().await?;
    Ok(next)
}

/// The place of the district's item, where the respondent of an open link has not said it yet: the one item
/// that has to be answered (`survey.md` 3). A resident's district is stamped.
pub(super) fn unanswered_area(live: &Live, draft: &Draft) -> Option<usize> {
    let area = live.questionnaire.class().area.filter(|_| live.stream == Stream::Stay)?;
    let asked = live.questionnaire.visible(area, &draft.codes(), live.stream);
    (asked && draft.chosen(area).is_none()).then_some(area)
}

fn chosen(questionnaire: &Questionnaire, visible: &[usize], posted: &Posted, areas: usize) -> Result<Chosen, Refusal> {
    let (mut chosen, mut faults) = (Chosen::new(), Vec::new());
    for (id, text) in &posted.answers {
        let item = questionnaire.item(id).map(|(item, _)| item).filter(|item| visible.contains(item));
        let code = text.parse::<u8>().ok();
        match item.zip(code).filter(|&(item, code)| questionnaire.offers(item, code, areas)) {
            Some((item, code)) => {
                chosen.insert(item, code);
            }
            None => faults.push(id.clone()),
        }
    }
    if faults.is_empty() { Ok(chosen) } else { Err(Refusal::OptionUnknown { items: faults }) }
}
