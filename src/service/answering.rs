//! The respondent's journey as the office sees it: a code starts a draft, pages save into it, sending
//! turns it into a checked sheet and takes it to the writer. Texts for people are not here: a
//! [`Refusal`] is a kind, the page finds the words.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Office,
    catalogue::CatalogueError,
    intake::{Outcome, Submission, submission_hash},
    live::Live,
};
use crate::{
    clock::stockholm_date,
    questionnaire::{OptionView, Questionnaire, Stream},
    store::{StoreError, StoredDraft},
    survey::{
        answer_sheet::{Context, Mode, Paradata},
        draft::Draft,
        ids::SubmissionId,
        invitation::Code,
        round::Kind,
    },
};

pub use crate::survey::draft::CookieKey;

/// A sheet's answers before they are checked: item position → code as posted.
type Chosen = BTreeMap<usize, u8>;

/// Why a respondent cannot go on here.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Mistyped or unknown: the two are told apart nowhere.
    #[error("the code is not right")]
    CodeWrong,
    /// Another submission has spent the code.
    #[error("the code is used")]
    CodeUsed,
    /// Items of the page that got what they do not offer.
    #[error("unknown option")]
    OptionUnknown {
        /// Ids of those items.
        items: Vec<String>,
    },
    /// The questionnaire has no such page.
    #[error("no such page")]
    PageUnknown,
    /// The page is hidden or ahead.
    #[error("not on the route")]
    OffRoute {
        /// Where the respondent stands.
        page: String,
    },
    /// No draft under this cookie, or it is older than it may be.
    #[error("no draft")]
    DraftGone,
    /// The round takes no answers any more.
    #[error("the round is closed")]
    RoundClosed,
    /// The round is paused.
    #[error("the round is paused")]
    RoundPaused,
    /// Nothing was stored; trying again may succeed.
    #[error("busy")]
    Busy,
    /// Anything else; the cause goes to the log only.
    #[error("{0}")]
    Internal(String),
}

impl Refusal {
    pub(super) fn of(error: &StoreError) -> Self {
        if error.is_unavailable() { Self::Busy } else { Self::Internal(error.to_string()) }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::of(&error)
    }
}

impl From<CatalogueError> for Refusal {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Store(error) => error.into(),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// What pages say about a round; the same for every respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundCard {
    /// Short name in addresses.
    pub slug: String,
    /// Real, test or demo.
    pub kind: Kind,
    /// Language tags in the version's order.
    pub languages: Vec<String>,
    /// Last day for starting, Stockholm.
    pub closes_on: NaiveDate,
    /// When results are expected.
    pub results_on: Option<NaiveDate>,
    /// Stated length in minutes.
    pub minutes: u16,
    /// Who asks.
    pub organisations: Vec<String>,
    /// Key holders as residents may read them.
    pub holders: Vec<String>,
    /// How many of them must meet.
    pub threshold: u8,
    /// Least answers behind a published figure.
    pub min_n: u32,
}

/// The door: who asks, and whether answers are taken.
#[derive(Debug, Clone)]
pub struct Front {
    /// Stands in titles; never the police.
    pub sender: String,
    /// What the door says.
    pub state: FrontState,
}

/// Whether answers are taken.
#[derive(Debug, Clone)]
pub enum FrontState {
    /// Takes new starts.
    Open(Arc<RoundCard>),
    /// Paused; drafts live on.
    Paused(Arc<RoundCard>),
    /// Nothing is open yet.
    NotYet {
        /// When the next round opens.
        opens_on: Option<NaiveDate>,
    },
    /// The last round has closed.
    Closed {
        /// When results are expected.
        results_on: Option<NaiveDate>,
        /// The round.
        card: Arc<RoundCard>,
    },
}

/// Where a respondent stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The round.
    pub card: Arc<RoundCard>,
    /// Id of the page to go on with.
    pub page: String,
    /// When the draft dies.
    pub until: DateTime<Utc>,
}

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
}

/// What comes after a saved page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This page.
    Page(String),
    /// The same page, after an answer was removed.
    Same,
    /// The same page once more: items are unanswered and it was not said before.
    Probe,
    /// That was the last page.
    Send,
}

/// Proof of sending; opens nothing.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The word.
    pub word: String,
    /// The submission, for a reload.
    pub submission: SubmissionId,
    /// The round.
    pub card: Arc<RoundCard>,
}

/// The door.
///
/// # Errors
/// [`Refusal::Busy`] when the database does not answer.
pub async fn front(office: &Office) -> Result<Front, Refusal> {
    office.live.front(office).await
}

/// Looks a code up and begins a draft under `key`; gives the first page.
///
/// # Errors
/// Wrong or used code, no open round, busy.
pub async fn start(office: &Office, code: &str, language: &str, key: &CookieKey) -> Result<String, Refusal> {
    let front = front(office).await?;
    match &front.state {
        FrontState::Open(_) => {}
        FrontState::Paused(_) => return Err(Refusal::RoundPaused),
        FrontState::NotYet { .. } | FrontState::Closed { .. } => return Err(Refusal::RoundClosed),
    }
    let code = Code::parse(code).map_err(|_| Refusal::CodeWrong)?;
    let now = office.clock.now();
    for live in office.live.open(office).await? {
        if stockholm_date(now) > live.card.closes_on {
            continue;
        }
        let found = office.intake.invitation(live.id, *live.code_key.hash(&code).bytes()).await;
        let Some(invitation) = found.map_err(|error| Refusal::of(&error))? else { continue };
        if invitation.used {
            return Err(Refusal::CodeUsed);
        }
        let mut tx = office.database.begin().await?;
        let draft = Draft::start(invitation.id, live.questionnaire.items().len(), now);
        save_draft(office, &mut tx, &live, key, &draft).await?;
        tx.commit().await?;
        let route = live.questionnaire.route(&draft.codes(), Stream::Resident);
        return Ok(route.first().map_or_else(String::new, |&page| live.questionnaire.pages()[page].id.clone()));
    }
    let _ = language;
    Err(Refusal::CodeWrong)
}

/// A draft that was opened, with its round.
struct Opened {
    live: Arc<Live>,
    draft: Draft,
}

async fn save_draft(
    office: &Office,
    tx: &mut crate::store::Tx,
    live: &Live,
    key: &CookieKey,
    draft: &Draft,
) -> Result<(), Refusal> {
    let sealed = draft
        .seal(key, office.pepper.expose(), live.id, &mut rand::rng())
        .map_err(|error| Refusal::Internal(error.to_string()))?;
    let row = StoredDraft { id: key.draft_id(), round: live.id, dies_hour: draft.dies_hour(), sealed };
    tx.drafts().save(&row).await?;
    Ok(())
}

/// Opens the draft under `key`, or none; `changing` keeps others from it until the transaction ends. A draft past its time, or one that does not open, is none.
async fn open_draft(
    office: &Office,
    tx: &mut crate::store::Tx,
    key: &CookieKey,
    changing: bool,
) -> Result<Option<Opened>, Refusal> {
    let id = key.draft_id();
    let row = if changing { tx.drafts().find_for_update(&id).await? } else { tx.drafts().find(&id).await? };
    let Some(row) = row else { return Ok(None) };
    let Some(live) = office.live.find(office, row.round).await? else { return Ok(None) };
    let items = live.questionnaire.items().len();
    let Ok(draft) = Draft::open(&row.sealed, key, office.pepper.expose(), row.round, items) else { return Ok(None) };
    if !draft.alive(office.clock.now()) {
        return Ok(None);
    }
    Ok(Some(Opened { live, draft }))
}

/// Refuses where the round's stage takes no saving or sending.
fn takes_answers(live: &Live) -> Result<(), Refusal> {
    match live.stage.as_str() {
        "open" => Ok(()),
        "paused" => Err(Refusal::RoundPaused),
        _ => Err(Refusal::RoundClosed),
    }
}

/// Where the respondent under `key` stands; nothing without a draft.
///
/// # Errors
/// Busy.
pub async fn standing(office: &Office, key: &CookieKey) -> Result<Option<Standing>, Refusal> {
    let mut tx = office.database.read().await?;
    let Some(Opened { live, draft }) = open_draft(office, &mut tx, key, false).await? else { return Ok(None) };
    Ok(Some(Standing { card: Arc::clone(&live.card), page: place(&live.questionnaire, &draft), until: draft.dies() }))
}

/// Id of the first page on the route that was not yet passed, else the last one.
fn place(questionnaire: &Questionnaire, draft: &Draft) -> String {
    let route = questionnaire.route(&draft.codes(), Stream::Resident);
    let next = route.iter().find(|&&page| !draft.seen(page)).or_else(|| route.last());
    next.map_or_else(String::new, |&page| questionnaire.pages()[page].id.clone())
}

/// The page `page` as the draft under `key` has it.
///
/// # Errors
/// No draft, no such page, hidden or ahead.
pub async fn page(office: &Office, key: &CookieKey, page: &str, language: &str) -> Result<PageView, Refusal> {
    let mut tx = office.database.read().await?;
    let Opened { live, draft } = open_draft(office, &mut tx, key, false).await?.ok_or(Refusal::DraftGone)?;
    takes_answers(&live)?;
    view(&live, &draft, page, language)
}

fn view(live: &Live, draft: &Draft, page: &str, language: &str) -> Result<PageView, Refusal> {
    let questionnaire = &live.questionnaire;
    let position = questionnaire.page(page).ok_or(Refusal::PageUnknown)?;
    let codes = draft.codes();
    let route = questionnaire.route(&codes, Stream::Resident);
    let at = reachable(questionnaire, draft, &route, position)?;
    let texts = questionnaire.texts(language).ok_or(Refusal::PageUnknown)?;
    let found = &questionnaire.pages()[position];
    let areas: Vec<String> = live.area_names.clone();
    let numbered: Vec<usize> = (0..questionnaire.items().len())
        .filter(|&item| {
            let item_found = &questionnaire.items()[item];
            item_found.on
                && item_found.streams.contains(&Stream::Resident)
                && !questionnaire.stamped(item, Stream::Resident)
        })
        .collect();
    let items = questionnaire
        .visible_items(position, &codes, Stream::Resident)
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
    let intro =
        if found.intro_for.contains(&Stream::Resident) { texts.pages[position].intro.clone() } else { String::new() };
    Ok(PageView {
        card: Arc::clone(&live.card),
        page: found.id.clone(),
        version: live.version_hex.clone(),
        part: u8::try_from(found.section).unwrap_or(0),
        parts: u8::try_from(questionnaire.sections()).unwrap_or(0),
        part_title: texts.sections.get(found.section.saturating_sub(1)).cloned().unwrap_or_default(),
        title: texts.pages[position].title.clone(),
        intro,
        sensitive: found.sensitive,
        previous: at.checked_sub(1).map(|before| questionnaire.pages()[route[before]].id.clone()),
        last: at + 1 == route.len(),
        items,
    })
}

/// The page's place on the route, if everything before it was passed.
fn reachable(questionnaire: &Questionnaire, draft: &Draft, route: &[usize], position: usize) -> Result<usize, Refusal> {
    let at = route.iter().position(|&page| page == position);
    match at {
        Some(at) if route[..at].iter().all(|&page| draft.seen(page)) => Ok(at),
        _ => Err(Refusal::OffRoute { page: place(questionnaire, draft) }),
    }
}

/// Saves one page into the draft; only that page's items change. Read, changed and written in one
/// transaction, so that two tabs merge item by item.
///
/// # Errors
/// No draft, another version, an option the item does not offer, a page off the route.
pub async fn save(office: &Office, key: &CookieKey, posted: &Posted) -> Result<Next, Refusal> {
    let mut tx = office.database.begin().await?;
    let Opened { live, mut draft } = open_draft(office, &mut tx, key, true).await?.ok_or(Refusal::DraftGone)?;
    takes_answers(&live)?;
    if posted.version != live.version_hex {
        return Err(Refusal::DraftGone);
    }
    let questionnaire = &live.questionnaire;
    let position = questionnaire.page(&posted.page).ok_or(Refusal::PageUnknown)?;
    let before = questionnaire.route(&draft.codes(), Stream::Resident);
    reachable(questionnaire, &draft, &before, position)?;
    let visible = questionnaire.visible_items(position, &draft.codes(), Stream::Resident);
    let chosen = chosen(questionnaire, &visible, posted, live.area_names.len())?;
    for (&item, &code) in &chosen {
        draft.choose(item, code);
    }
    let cleared = posted.clear.as_deref().and_then(|id| questionnaire.item(id)).map(|(item, _)| item);
    if let Some(item) = cleared.filter(|item| visible.contains(item)) {
        draft.clear(item);
    }
    draft.touch(office.clock.now());
    let unanswered = visible.iter().any(|&item| draft.chosen(item).is_none());
    let next = if cleared.is_some() {
        Next::Same
    } else if unanswered && !draft.probed(position) {
        draft.probe(position);
        Next::Probe
    } else {
        draft.see(position);
        let route = questionnaire.route(&draft.codes(), Stream::Resident);
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

/// Deletes the draft under `key`; none is fine.
///
/// # Errors
/// Busy.
pub async fn exit(office: &Office, key: &CookieKey) -> Result<(), Refusal> {
    let mut tx = office.database.begin().await?;
    tx.drafts().delete_many(&[key.draft_id()]).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends the draft under `key`. A repeat gives the same receipt and stores nothing.
///
/// # Errors
/// No draft and no such submission, a spent code, a closed or paused round, busy.
pub async fn send(office: &Office, key: &CookieKey, language: &str) -> Result<Receipt, Refusal> {
    let submission = key.submission();
    let mut tx = office.database.read().await?;
    let Some(Opened { live, draft }) = open_draft(office, &mut tx, key, false).await? else {
        drop(tx);
        return receipt(office, submission).await?.ok_or(Refusal::DraftGone);
    };
    takes_answers(&live)?;
    let invitation = tx.invitations().find_many(live.id, &[draft.invitation]).await?.pop();
    drop(tx);
    let context = context(&live, invitation.as_ref().map(|found| found.area_code.as_str()), language)?;
    let seen: Vec<bool> = (0..live.questionnaire.pages().len()).map(|page| draft.seen(page)).collect();
    let sheet = live
        .questionnaire
        .check_form(&draft.chosen_all(), &seen, &context)
        .map_err(|faults| Refusal::OptionUnknown { items: faults.into_iter().map(|fault| fault.item).collect() })?;
    let submission =
        Submission { round: live.id, submission, invitation: draft.invitation, sheet, draft: Some(key.draft_id()) };
    take(office, &live, submission).await
}

/// Takes a checked submission to the writer and turns its outcome into a receipt or a refusal.
async fn take(office: &Office, live: &Live, submission: Submission) -> Result<Receipt, Refusal> {
    let id = submission.submission;
    match office.intake.take(submission).await {
        Outcome::Accepted | Outcome::Replay => Ok(live.receipt(id)),
        Outcome::CodeSpent => Err(Refusal::CodeUsed),
        Outcome::RoundNotOpen => Err(Refusal::RoundClosed),
        Outcome::Unavailable => Err(Refusal::Busy),
    }
}

fn context(live: &Live, area: Option<&str>, language: &str) -> Result<Context, Refusal> {
    let place = live.questionnaire.languages().position(|known| known.as_str() == language);
    let language = place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(1);
    let area = area
        .and_then(|code| live.area_codes.iter().position(|known| known == code))
        .and_then(|place| u8::try_from(place + 1).ok())
        .ok_or_else(|| Refusal::Internal("an invitation's area is not in the round's area set".to_owned()))?;
    Ok(Context {
        paradata: Paradata {
            mode: Mode::Web,
            language,
            stream: Stream::Resident,
            place: crate::questionnaire::missing::FILTERED,
        },
        areas: live.area_codes.len(),
        area: Some(area),
    })
}

/// The receipt of a submission that is stored; nothing if it is not.
///
/// # Errors
/// Busy.
pub async fn receipt(office: &Office, submission: SubmissionId) -> Result<Option<Receipt>, Refusal> {
    let hash = submission_hash(submission);
    for live in office.live.answerable(office).await? {
        let mut tx = office.database.read().await?;
        if tx.envelopes().existing(live.id, &[hash]).await?.contains(&hash) {
            return Ok(Some(live.receipt(submission)));
        }
    }
    Ok(None)
}

/// Answers posted as JSON.
#[derive(Debug, Clone)]
pub struct PostedSheet {
    /// The sender's random id; a repeat gives the same reply.
    pub submission: SubmissionId,
    /// The code of the letter.
    pub code: String,
    /// Language tag.
    pub language: String,
    /// Item id → code.
    pub answers: BTreeMap<String, u8>,
}

/// Why posted answers are not taken.
#[derive(Debug, thiserror::Error)]
pub enum PostRefusal {
    /// No round has this name.
    #[error("no such round")]
    RoundUnknown,
    /// The language is not one of the round's.
    #[error("the round has no such language")]
    LanguageUnknown,
    /// Answers that the questionnaire refuses.
    #[error("answers refused")]
    Answers(Vec<crate::survey::answer_sheet::SheetFault>),
    /// Everything else.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// Takes answers posted as JSON to the round `slug`.
///
/// # Errors
/// Everything that a form would refuse, and answers to hidden items.
pub async fn post(office: &Office, slug: &str, posted: PostedSheet) -> Result<Receipt, PostRefusal> {
    let live = office.live.find_by_slug(office, slug).await?.ok_or(PostRefusal::RoundUnknown)?;
    if !live.card.languages.contains(&posted.language) {
        return Err(PostRefusal::LanguageUnknown);
    }
    let stored = async || -> Result<bool, Refusal> {
        let hash = submission_hash(posted.submission);
        let mut tx = office.database.read().await?;
        Ok(tx.envelopes().existing(live.id, &[hash]).await?.contains(&hash))
    };
    let code = match (takes_answers(&live), Code::parse(&posted.code)) {
        (Ok(()), Ok(code)) => code,
        (open, _) => {
            // A repeat of a stored submission gets its receipt whatever else it holds.
            if stored().await? {
                return Ok(live.receipt(posted.submission));
            }
            open?;
            return Err(Refusal::CodeWrong.into());
        }
    };
    let invitation = office.intake.invitation(live.id, *live.code_key.hash(&code).bytes()).await;
    let Some(invitation) = invitation.map_err(|error| Refusal::of(&error))? else {
        if stored().await? {
            return Ok(live.receipt(posted.submission));
        }
        return Err(Refusal::CodeWrong.into());
    };
    if invitation.used && stored().await? {
        return Ok(live.receipt(posted.submission));
    }
    let context = context(&live, Some(&invitation.area_code), &posted.language)?;
    let sheet = live.questionnaire.check_json(&posted.answers, &context).map_err(PostRefusal::Answers)?;
    let submission =
        Submission { round: live.id, submission: posted.submission, invitation: invitation.id, sheet, draft: None };
    Ok(take(office, &live, submission).await?)
}

/// Deletes the drafts whose time is up, and says how many there were.
///
/// # Errors
/// The database.
pub async fn sweep(office: &Office) -> Result<u64, StoreError> {
    let hour = office.clock.now().timestamp().div_euclid(3_600);
    let mut tx = office.database.begin().await?;
    let swept = tx.drafts().sweep(hour).await?;
    tx.commit().await?;
    Ok(swept)
}
