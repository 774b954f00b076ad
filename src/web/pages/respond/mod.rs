//! The respondent's journey, J1-J13 of `people.md`. Thin: every decision is made in
//! `service::answering`; here are paths, cookies, forms and words.
//!
//! # The contract with `service::answering`
//!
//! Languages and page ids are passed as text, `"sv"` and `"p01"`. All functions are `async` and
//! take `&Office`.
//!
//! ```text
//! /// 32 random bytes, made by `web`, kept only in the respondent's cookie. No `Debug`; zeroed on drop.
//! pub struct CookieKey(..);       impl CookieKey { pub fn new([u8; 32]) -> Self; pub fn expose(&self) -> &[u8; 32]; }
//! impl CookieKey { pub fn submission(&self) -> SubmissionId }        // trust.md 2.2; for the receipt cookie
//!
//! pub async fn front(&Office) -> Result<Front, Refusal>;             // from memory, seconds old at most
//! pub struct Front {
//!     pub sender: String,              // "Luleå kommun": stands in titles, so never the police. There even when no round is.
//!     pub state: FrontState,
//! }
//! pub enum FrontState {
//!     Open(Arc<RoundCard>),            // takes new starts
//!     Paused(Arc<RoundCard>),
//!     NotYet { opens_on: Option<NaiveDate> },
//!     Closed { results_on: Option<NaiveDate>, card: Arc<RoundCard> },
//! }
//! pub struct RoundCard {               // what pages say about a round; the same for every respondent
//!     pub slug: String,
//!     pub kind: Kind,                  // survey's real | test | demo
//!     pub languages: Vec<String>,      // tags, in the version's order
//!     pub closes_on: NaiveDate,        // last day for starting, Stockholm
//!     pub results_on: Option<NaiveDate>,
//!     pub minutes: u16,                // stated length
//!     pub organisations: Vec<String>,  // who asks: "Luleå kommun", "Polisen i Luleå"
//!     pub holders: Vec<String>,        // key holders as residents may read them
//!     pub threshold: u8,               // t
//!     pub min_n: u32,
//! }
//!
//! pub async fn start(&Office, code: &str, language: &str, key: &CookieKey) -> Result<String /* first page */, Refusal>;
//!     // CodeWrong (mistyped and unknown alike) | CodeUsed | RoundClosed | RoundPaused | Busy
//! pub async fn standing(&Office, key: &CookieKey) -> Result<Option<Standing>, Refusal>;
//! pub struct Standing { pub card: Arc<RoundCard>, pub page: String /* where they stand */, pub until: DateTime<Utc> }
//!     // None: no draft under this cookie
//! pub async fn page(&Office, key: &CookieKey, page: &str, language: &str) -> Result<PageView, Refusal>;
//! pub struct PageView {
//!     pub card: Arc<RoundCard>,
//!     pub page: String,                // its id
//!     pub version: String,             // version hash, hexadecimal: comes back with every POST
//!     pub part: u8, pub parts: u8,     // "Del 3 av 8": sections, so routing never makes it jump
//!     pub part_title: String,          // section's name; may be empty
//!     pub title: String, pub intro: String,          // as in the questionnaire; may be empty
//!     pub sensitive: bool,             // section or any item of it: quick exit, help link
//!     pub previous: Option<String>,    // page before on the route
//!     pub last: bool,                  // nothing follows on the route as now answered: the button sends
//!     pub items: Vec<ItemView>,        // visible ones; none = interruption page
//! }
//! pub struct ItemView {
//!     pub id: String,
//!     pub number: u16,                 // place among the items of the stream, from 1, whatever the routing
//!     pub legend: String,
//!     pub options: Vec<OptionView>,    // { code: u8, label: String }, 96-98 last where offered
//!     pub chosen: Option<u8>,          // as last saved
//!     pub sensitive: bool,
//! }
//! pub async fn save(&Office, key: &CookieKey, posted: &Posted) -> Result<Next, Refusal>;
//! pub struct Posted {
//!     pub page: String, pub language: String, pub version: String,
//!     pub answers: Vec<(String, String)>,   // item id, code: as posted, unchecked
//!     pub clear: Option<String>,            // item whose stored answer goes (answers of the other items are saved)
//! }
//!     // An item of another page or an unknown one is a fault like an unknown code; the draft stays as before.
//!     // A hash of another version: DraftGone. Replay-safe: saving the same twice is the same.
//! pub enum Next {
//!     Page(String),        // on the route
//!     Same,                // after `clear`
//!     Probe,               // items unanswered and the page's probed bit was not set; it is now
//!     Send,                // this was the last page: `send` may be called
//! }
//! pub async fn exit(&Office, key: &CookieKey) -> Result<(), Refusal>;        // deletes the draft; none is fine
//! pub async fn send(&Office, key: &CookieKey, language: &str) -> Result<Receipt, Refusal>;
//!     // no draft: the submission's hash is looked for (a replay gives the same receipt), else DraftGone
//! pub async fn receipt(&Office, submission: SubmissionId) -> Result<Option<Receipt>, Refusal>;  // for a reload
//! pub struct Receipt { pub word: String, pub submission: SubmissionId, pub card: Arc<RoundCard> }
//!
//! pub enum Refusal {                   // thiserror; no text for people in it
//!     CodeWrong, CodeUsed,
//!     OptionUnknown { items: Vec<String> },     // ids of the items of this page that got what they do not offer
//!     PageUnknown,                     // no such page: 404
//!     OffRoute { page: String },       // hidden or ahead: the respondent is led to `page`
//!     DraftGone, RoundClosed, RoundPaused,
//!     Busy,                            // queue full or database slow or gone: 503, nothing stored
//!     Internal(String),                // anything else: 500, the cause goes to the log only
//! }
//! ```
//!
//! Of `Office`: `fn derived_key(&self, purpose: &str) -> Secret`, HKDF-SHA256(service secret, purpose),
//! for the sealed 15-minute cookie of J3 (`trygg/code-cookie/1`) that must open in every process.
//! Of `Settings`: `trusted_proxies: Vec<IpAddr>` (empty by default), so that limits count the
//! respondent's network and not the proxy's.
