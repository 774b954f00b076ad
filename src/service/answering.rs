//! Local stand-in.
use std::{collections::BTreeMap, sync::{Arc, Mutex, LazyLock}};
use chrono::{DateTime, NaiveDate, Utc};
use super::Office;
use crate::{questionnaire::OptionView, survey::{ids::SubmissionId, invitation::Code, round::Kind}};
pub use crate::survey::draft::CookieKey;
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


#[derive(Default)]
struct D { chosen: BTreeMap<String, u8>, probed: Vec<String>, seen: Vec<String> }
static DRAFTS: LazyLock<Mutex<BTreeMap<[u8;16], D>>> = LazyLock::new(Default::default);
static SENT: LazyLock<Mutex<Vec<uuid::Uuid>>> = LazyLock::new(Default::default);
fn card() -> Arc<RoundCard> {
    Arc::new(RoundCard { slug: "demo".into(), kind: Kind::Demo, languages: vec!["sv".into(), "en".into()],
        closes_on: NaiveDate::from_ymd_opt(2027, 3, 31).unwrap(), results_on: NaiveDate::from_ymd_opt(2027, 6, 1), minutes: 8,
        organisations: vec!["Luleå kommun".into(), "Polisen i Luleå".into()], holders: vec!["Luleå kommuns informationssäkerhetssamordnare".into()], threshold: 1, min_n: 30 })
}
type P = (&'static str, u8, &'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str], bool);
const PROBLEM: &[&str] = &["Inget problem", "Litet problem", "Ganska stort problem", "Mycket stort problem"];
const PAGES: &[P] = &[
    ("p02", 2, "Trygghet ute", "Ute sent på kvällen", "", &[("E1", "Tänk dig att du är ute ensam sent en kväll i området där du bor. Hur trygg eller otrygg känner du dig?")], &["Mycket trygg","Ganska trygg","Ganska otrygg","Mycket otrygg","Jag går inte ut ensam sent på kvällen"], false),
    ("p05", 3, "Området där du bor", "Utemiljö och trafik", "Hur stort problem är detta i området där du bor? Tänk på de senaste 12 månaderna.", &[("B01","Skräp på gator, gårdar eller grönytor"),("B02","Saker som har förstörts med flit"),("B12","Vårdslös körning med moped, A-traktor eller snöskoter")], PROBLEM, false),
    ("p09", 5, "Utsatthet för brott", "Nu kommer frågor om brott", "De handlar om brott som du eller ditt hushåll kan ha varit med om. Du kan hoppa över varje fråga. När du har skickat in kan ingen i ditt hem se vad du har svarat.\nVill du sluta genast? Tryck på \"Lämna sidan snabbt\". Då raderas det du har svarat, men din webbläsares historik finns kvar. På sidan \"Stöd och hjälp\" finns telefonnummer.", &[], &[], true),
    ("p10", 5, "Utsatthet för brott", "Brott mot dig själv", "Har du själv varit med om något av detta de senaste 12 månaderna?", &[("C1","Någon slog, sparkade eller skadade dig med flit"),("C2","Någon hotade dig så att du blev rädd")], &["Nej","Ja, en gång","Ja, 2-3 gånger","Ja, 4 gånger eller fler"], true),
    ("p16", 8, "Om dig", "Om dig", "Vi frågar för att svaren ska spegla alla som bor i Luleå.", &[("H2","Hur gammal är du?")], &["16-29 år","30-49 år","50-64 år","65-85 år"], false),
];
pub async fn front(_: &Office) -> Result<Front, Refusal> { Ok(Front { sender: "Luleå kommun".into(), state: FrontState::Open(card()) }) }
pub async fn start(_: &Office, code: &str, _: &str, key: &CookieKey) -> Result<String, Refusal> {
    let code = Code::parse(code).map_err(|_| Refusal::CodeWrong)?;
    if code.plain().starts_with("0000") { return Err(Refusal::CodeUsed) }
    DRAFTS.lock().unwrap().insert(key.draft_id(), D::default());
    Ok("p02".into())
}
pub async fn standing(_: &Office, key: &CookieKey) -> Result<Option<Standing>, Refusal> {
    let drafts = DRAFTS.lock().unwrap();
    let Some(d) = drafts.get(&key.draft_id()) else { return Ok(None) };
    let p = PAGES.iter().find(|p| !d.seen.contains(&p.0.to_owned())).unwrap_or(&PAGES[4]);
    Ok(Some(Standing { card: card(), page: p.0.into(), until: "2027-03-04T13:05:00Z".parse().unwrap() }))
}
pub async fn page(_: &Office, key: &CookieKey, page: &str, _l: &str) -> Result<PageView, Refusal> {
    let drafts = DRAFTS.lock().unwrap();
    let d = drafts.get(&key.draft_id()).ok_or(Refusal::DraftGone)?;
    let at = PAGES.iter().position(|p| p.0 == page).ok_or(Refusal::PageUnknown)?;
    if let Some(p) = PAGES[..at].iter().find(|p| !d.seen.contains(&p.0.to_owned())) { return Err(Refusal::OffRoute { page: p.0.into() }) }
    let p = &PAGES[at];
    Ok(PageView { card: card(), page: page.into(), version: "ab12".into(), part: p.1, parts: 8, part_title: p.2.into(), title: p.3.into(), intro: p.4.into(),
        sensitive: p.7, previous: at.checked_sub(1).map(|i| PAGES[i].0.into()), last: at + 1 == PAGES.len(),
        items: p.5.iter().enumerate().map(|(i, (id, text))| ItemView { id: (*id).into(), number: (at * 5 + i + 1) as u16, legend: (*text).into(),
            options: p.6.iter().enumerate().map(|(c, l)| OptionView { code: c as u8 + 1, label: (*l).into() }).chain(p.7.then(|| OptionView { code: 96, label: "Vill inte svara".into() })).chain((p.0 == "p05").then(|| OptionView { code: 98, label: "Vet inte".into() })).collect(),
            chosen: d.chosen.get(*id).copied(), sensitive: p.7 }).collect() })
}
pub async fn save(_: &Office, key: &CookieKey, posted: &Posted) -> Result<Next, Refusal> {
    let mut drafts = DRAFTS.lock().unwrap();
    let d = drafts.get_mut(&key.draft_id()).ok_or(Refusal::DraftGone)?;
    let at = PAGES.iter().position(|p| p.0 == posted.page).ok_or(Refusal::PageUnknown)?;
    let p = &PAGES[at];
    let bad: Vec<String> = posted.answers.iter().filter(|(i, c)| !p.5.iter().any(|x| x.0 == i) || c.parse::<u8>().is_ok_and(|c| c as usize <= p.6.len() || c >= 96) == false).map(|x| x.0.clone()).collect();
    if !bad.is_empty() { return Err(Refusal::OptionUnknown { items: bad }) }
    for (i, c) in &posted.answers { d.chosen.insert(i.clone(), c.parse().unwrap()); }
    if let Some(c) = &posted.clear { d.chosen.remove(c); return Ok(Next::Same) }
    if p.5.iter().any(|x| !d.chosen.contains_key(x.0)) && !d.probed.contains(&posted.page) { d.probed.push(posted.page.clone()); return Ok(Next::Probe) }
    d.seen.push(posted.page.clone());
    Ok(PAGES.get(at + 1).map_or(Next::Send, |p| Next::Page(p.0.into())))
}
pub async fn exit(_: &Office, key: &CookieKey) -> Result<(), Refusal> { DRAFTS.lock().unwrap().remove(&key.draft_id()); Ok(()) }
pub async fn send(o: &Office, key: &CookieKey, _: &str) -> Result<Receipt, Refusal> {
    let s = key.submission();
    if DRAFTS.lock().unwrap().remove(&key.draft_id()).is_some() { SENT.lock().unwrap().push(s.uuid()) }
    receipt(o, s).await?.ok_or(Refusal::DraftGone)
}
pub async fn receipt(_: &Office, submission: SubmissionId) -> Result<Option<Receipt>, Refusal> {
    Ok(SENT.lock().unwrap().contains(&submission.uuid()).then(|| Receipt { word: "7K3M9Q".into(), submission, card: card() }))
}
