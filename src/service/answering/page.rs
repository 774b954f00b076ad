//! One page of the form as the draft under a cookie has it, and which pages may be reached. Nothing is
//! changed here.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    CookieKey, Refusal, RoundCard,
    draft::{Opened, open_draft},
    takes_answers,
};
use crate::{
    questionnaire::{OptionView, Questionnaire, Stream},
    service::{Office, live::Live},
    survey::draft::Draft,
};

/// A page as it is to be shown.
#[derive(Debug, Clone)]
pub struct PageView {
    /// The round.
    pub card: Arc<RoundCard>,
    /// Page id.
    pub page: String,
    /// Version hash, hexadecimal; comes back with every POST.
    pub version: String,
    /// Part of the form, from 1.
    pub part: u8,
    /// Number of parts.
    pub parts: u8,
    /// Name of the part.
    pub part_title: String,
    /// Title.
    pub title: String,
    /// Introduction; may be empty.
    pub intro: String,
    /// Offers the quick exit.
    pub sensitive: bool,
    /// The page before on the route.
    pub previous: Option<String>,
    /// Nothing follows on the route as now answered.
    pub last: bool,
    /// Items that the respondent meets; none = a notice.
    pub items: Vec<ItemView>,
}

/// An item as it is to be shown.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// Id.
    pub id: String,
    /// Place among the items of the stream, from 1, whatever the routing.
    pub number: u16,
    /// The question.
    pub legend: String,
    /// Its options, missing codes last.
    pub options: Vec<OptionView>,
    /// As last saved.
    pub chosen: Option<u8>,
    /// Offers "Vill inte svara".
    pub sensitive: bool,
}

/// The page `page` as the draft under `key` has it.
///
/// # Errors
/// No draft, no such page, hidden or ahead.
pub async fn page(office: &Office, key: &CookieKey, page: &str, language: &str) -> Result<PageView, Refusal> {
    office.live.ready(office).await?;
    let mut tx = office.database.read().await?;
    let Opened { live, draft } = open_draft(office, &mut tx, key, false).await?.ok_or(Refusal::DraftGone)?;
    takes_answers(&live)?;
    view(&live, &draft, page, language)
}

fn view(live: &Live, draft: &Draft, page: &str, language: &str) -> Result<PageView, Refusal> {
    let questionnaire = &live.questionnaire;
    let position = questionnaire.page(page).ok_or(Refusal::PageUnknown)?;
    let codes = draft.codes();
    let stream = live.stream;
    let route = questionnaire.route(&codes, stream);
    let at = reachable(live, draft, &route, position)?;
    let texts = questionnaire.texts(language).ok_or(Refusal::PageUnknown)?;
    let found = &questionnaire.pages()[position];
    let areas: Vec<String> = live.area_names.clone();
    let numbered: Vec<usize> = (0..questionnaire.items().len())
        .filter(|&item| {
            let item_found = &questionnaire.items()[item];
            item_found.on && item_found.streams.contains(&stream) && !questionnaire.stamped(item, stream)
        })
        .collect();
    let items = questionnaire
        .visible_items(position, &codes, stream)
        .into_iter()
        .map(|item| ItemView {
            id: questionnaire.items()[item].id.clone(),
            number: numbered
                .iter()
                .position(|&other| other == item)
                .and_then(|n| u16::try_from(n + 1).ok())
                .unwrap_or(0),
            legend: texts.items[item].text.clone(),
            options: questionnaire.options(item, language, &areas),
            chosen: draft.chosen(item),
            sensitive: questionnaire.items()[item].sensitive,
        })
        .collect();
    let intro = if found.intro_for.contains(&stream) { texts.pages[position].intro.clone() } else { String::new() };
    let parts = parts(questionnaire, stream);
    Ok(PageView {
        card: Arc::clone(&live.card),
        page: found.id.clone(),
        version: live.version_hex.clone(),
        part: u8::try_from(parts.range(..=found.section).count()).unwrap_or(0),
        parts: u8::try_from(parts.len()).unwrap_or(0),
        part_title: texts.sections.get(found.section.saturating_sub(1)).cloned().unwrap_or_default(),
        title: texts.pages[position].title.clone(),
        intro,
        sensitive: found.sensitive,
        previous: at.checked_sub(1).map(|before| questionnaire.pages()[route[before]].id.clone()),
        last: at + 1 == route.len(),
        items,
    })
}

/// The parts of the form that a stream meets, whatever the routing: what is counted never jumps.
fn parts(questionnaire: &Questionnaire, stream: Stream) -> BTreeSet<usize> {
    questionnaire.pages().iter().filter(|page| page.streams.contains(&stream)).map(|page| page.section).collect()
}

/// Id of the first page on the route that was not yet passed, else the last one.
pub(super) fn place(live: &Live, draft: &Draft) -> String {
    let questionnaire = &live.questionnaire;
    let route = questionnaire.route(&draft.codes(), live.stream);
    let next = route.iter().find(|&&page| !draft.seen(page)).or_else(|| route.last());
    next.map_or_else(String::new, |&page| questionnaire.pages()[page].id.clone())
}

/// The page's place on the route, if everything before it was passed.
pub(super) fn reachable(live: &Live, draft: &Draft, route: &[usize], position: usize) -> Result<usize, Refusal> {
    let at = route.iter().position(|&page| page == position);
    match at {
        Some(at) if route[..at].iter().all(|&page| draft.seen(page)) => Ok(at),
        _ => Err(Refusal::OffRoute { page: place(live, draft) }),
    }
}
