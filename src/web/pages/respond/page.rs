//! J5: a page of the questionnaire. A POST saves and leads on; success is always a 303 to a GET, so
//! Back and reload are safe.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{Frame, Visit, at, fault, with_error};
use crate::{
    service::answering::{self, ItemView, Next, PageView, Posted, Refusal},
    web::{
        csrf,
        extract::{Form, PAGE},
        i18n::Locale,
        limits::Rate,
        pages::{Chrome, html, page, see_other},
        problem::Problem,
        session::{self, Visitor},
    },
};

/// What is wrong with an item that got what it does not offer.
pub const UNKNOWN: &str = "error-option-unknown";
/// What is wrong with the one item that has to be answered.
pub const UNANSWERED: &str = "error-home-unanswered";
/// Said in the address after a soft notice, so that a reload shows it again.
pub const AGAIN: &str = "again";
/// Hidden fields of the form; every other field is an item.
const HIDDEN: [&str; 5] = [csrf::FIELD, "version", "page", "clear", LANGUAGE];
/// The field of the language switch: the tag of the language in which the page is to be shown.
pub const LANGUAGE: &str = "language";

page! { "respond/page.html",
    /// A page of the form.
    pub struct FormPage {
        /// Around it.
        pub chrome: Chrome,
        /// "Del 3 av 8: Området där du bor".
        pub part: String,
        /// Title; the heading unless the page holds one item.
        pub title: String,
        /// Paragraphs of the introduction.
        pub intro: Vec<String>,
        /// The items.
        pub items: Vec<ItemField>,
        /// Faults: address on the page and words; not empty = the page was refused.
        pub faults: Vec<(String, String)>,
        /// What is wrong there.
        pub wrong: String,
        /// The soft notice.
        pub notice: Option<String>,
        /// Unanswered items that the notice names: address on the page and words.
        pub unanswered: Vec<(String, String)>,
        /// The page before.
        pub back: Option<String>,
        /// Offers the quick exit.
        pub sensitive: bool,
        /// The button sends.
        pub last: bool,
        /// Page id.
        pub page: String,
        /// Version hash.
        pub version: String,
        /// Token of the forms.
        pub csrf: String,
    }
}

/// One item as a group of radio buttons.
pub struct ItemField {
    /// Item id: name of the buttons, first part of their ids.
    pub id: String,
    /// Its number.
    pub number: u16,
    /// The question.
    pub legend: String,
    /// The buttons.
    pub options: Vec<OptionField>,
    /// The sentence at the item when what was posted is not offered.
    pub error: Option<String>,
    /// "på fråga 12", for the button that removes a stored answer; none when nothing is stored.
    pub clear: Option<String>,
}

/// One radio button.
pub struct OptionField {
    /// Its code.
    pub code: u8,
    /// Its label.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Stands apart: "Vill inte svara", "Vet inte".
    pub apart: bool,
}

/// The page as last saved.
///
/// # Errors
/// `not_found`, `internal`.
pub async fn show(visit: Visit, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let key = match &visit.visitor {
        Visitor::Answering(key) => key,
        Visitor::Done(_) => return fault::answered(&visit).await,
        Visitor::Unknown | Visitor::Fresh => return Ok(see_other(visit.at(""))),
    };
    let page = path.1.as_str();
    match answering::page(&visit.state.office, key, page, visit.locale.tag()).await {
        Ok(view) => {
            let again = visit.request.query_string() == AGAIN;
            let frame = Frame::of_card(visit.locale, visit.sender().await, &view.card, &format!("/f/{page}"));
            let shown = Shown { again, ..Shown::default() };
            html(StatusCode::OK, visit.locale, &form_page(&frame, &view, &shown, visit.token()))
        }
        Err(refusal) => fault::refuse(&visit, &format!("/{page}"), None, refusal).await,
    }
}

/// Saves the page and leads on.
///
/// # Errors
/// `forbidden`, `not_found`, `internal`.
pub async fn turn(visit: Visit, path: Path<(String, String)>, form: Form<PAGE>) -> Result<HttpResponse, Problem> {
    let key = match &visit.visitor {
        Visitor::Answering(key) => key,
        Visitor::Done(_) => return fault::answered(&visit).await,
        Visitor::Unknown | Visitor::Fresh => return Ok(see_other(visit.at(""))),
    };
    visit.check(&form)?;
    let (page, here) = (path.1.clone(), format!("/{}", path.1));
    if let Err(wait) = visit.state.limits.take(Rate::Page, visit.cookie.as_bytes()) {
        return fault::too_many(&visit, &here, Some(&form.0), wait).await;
    }
    match answering::save(&visit.state.office, key, &posted(&visit, page, &form)).await {
        Ok(next) => {
            let onward = onward(&next, &here);
            let mut response = see_other(at(wanted_language(&form).unwrap_or(visit.locale), &onward));
            // The key lives 24 hours from the last save, like the draft.
            response
                .add_cookie(&session::respondent(visit.cookie.clone()))
                .map_err(|error| Problem::internal(&error))?;
            Ok(response)
        }
        Err(Refusal::OptionUnknown { items }) => refused(&visit, &path.1, &form, &items, UNKNOWN).await,
        Err(Refusal::Unanswered { item }) => refused(&visit, &path.1, &form, &[item], UNANSWERED).await,
        Err(refusal) => fault::refuse(&visit, &here, Some(&form.0), refusal).await,
    }
}

/// The language that the switch asked for.
fn wanted_language(form: &Form<PAGE>) -> Option<Locale> {
    form.value(LANGUAGE).and_then(Locale::of_tag)
}

/// What the form held, for the service.
#[must_use]
pub fn posted(visit: &Visit, page: String, form: &Form<PAGE>) -> Posted {
    let item = |(name, _): &&(String, String)| !HIDDEN.contains(&name.as_str());
    Posted {
        page,
        language: visit.locale.tag().to_owned(),
        version: form.value("version").unwrap_or_default().to_owned(),
        answers: form.0.iter().filter(item).cloned().collect(),
        clear: form.value("clear").map(str::to_owned),
        stay: wanted_language(form).is_some(),
    }
}

/// Where `next` lies, below `/{lang}/f`. A page that has just become the last is shown once more, now
/// with the button that sends.
#[must_use]
pub fn onward(next: &Next, here: &str) -> String {
    match next {
        Next::Page(page) => format!("/{page}"),
        Next::Probe => format!("{here}?{AGAIN}"),
        Next::Same | Next::Send => here.to_owned(),
    }
}

/// The same page with what is `wrong` with these items (a key of the locales), values kept.
///
/// # Errors
/// `not_found`, `internal`.
pub async fn refused(
    visit: &Visit,
    page: &str,
    form: &Form<PAGE>,
    items: &[String],
    wrong: &'static str,
) -> Result<HttpResponse, Problem> {
    let here = format!("/{page}");
    let Visitor::Answering(key) = &visit.visitor else { return Ok(see_other(visit.at(""))) };
    let view = match answering::page(&visit.state.office, key, page, visit.locale.tag()).await {
        Ok(view) => view,
        Err(refusal) => return fault::refuse(visit, &here, Some(&form.0), refusal).await,
    };
    let frame = Frame::of_card(visit.locale, visit.sender().await, &view.card, &format!("/f{here}"));
    let shown = Shown { again: false, faults: items.to_vec(), wrong, typed: form.0.clone() };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    html(status, visit.locale, &form_page(&frame, &view, &shown, visit.token()))
}

/// How a page is shown beside what is stored.
#[derive(Debug, Default)]
pub struct Shown {
    /// With the soft notice.
    pub again: bool,
    /// Ids of the items at fault.
    pub faults: Vec<String>,
    /// What is wrong with them, as a key of the locales.
    pub wrong: &'static str,
    /// What was posted with them: kept over what is stored.
    pub typed: Vec<(String, String)>,
}

/// The page of `view`.
#[must_use]
pub fn form_page(frame: &Frame, view: &PageView, shown: &Shown, csrf: String) -> FormPage {
    let locale = frame.locale;
    let part = locale.fill("part").with("part", view.part).with("parts", view.parts).plain();
    let named = |item: &ItemView| {
        let question = locale.fill("error-question").with("number", item.number).to_string();
        (format!("#{}", first_control(item)), question)
    };
    let at_fault = |item: &&ItemView| shown.faults.contains(&item.id);
    let mut faults: Vec<_> = view.items.iter().filter(at_fault).map(named).collect();
    if faults.is_empty() && !shown.faults.is_empty() {
        // The item is not on the page any more, for another tab has changed the route: what was chosen for
        // the others is kept, and the next press saves it.
        let first = view.items.first().map_or_else(|| "main".to_owned(), first_control);
        faults.push((format!("#{first}"), locale.say("error-question-gone")));
    }
    let open = |item: &&ItemView| shown.again && item.chosen.is_none();
    let unanswered: Vec<_> = view.items.iter().filter(open).map(named).collect();
    let numbers: Vec<_> = view.items.iter().filter(open).map(|item| item.number.to_string()).collect();
    let notice = (!numbers.is_empty())
        .then(|| locale.fill("probe").with("count", numbers.len()).with("numbers", locale.list(&numbers)).to_string());
    let saving = Some(at(locale, &format!("/{}", view.page)));
    let chrome = Chrome { saving, ..frame.chrome(&part) };
    FormPage {
        chrome: if faults.is_empty() { chrome } else { with_error(chrome) },
        part: if view.part_title.is_empty() { part } else { format!("{part}: {}", view.part_title) },
        title: view.title.clone(),
        intro: view.intro.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        items: view.items.iter().map(|item| field(frame, item, shown)).collect(),
        faults,
        wrong: if shown.wrong.is_empty() { String::new() } else { locale.say(shown.wrong) },
        notice,
        unanswered,
        back: view.previous.as_ref().map(|page| at(locale, &format!("/{page}"))),
        sensitive: view.sensitive,
        last: view.last,
        page: view.page.clone(),
        version: view.version.clone(),
        csrf,
    }
}

fn first_control(item: &ItemView) -> String {
    item.options.first().map(|option| format!("{}-{}", item.id, option.code)).unwrap_or_default()
}

fn field(frame: &Frame, item: &ItemView, shown: &Shown) -> ItemField {
    let typed = shown.typed.iter().find(|(name, _)| *name == item.id).and_then(|(_, code)| code.parse().ok());
    let chosen = typed.or(item.chosen);
    let option = |option: &crate::questionnaire::OptionView| OptionField {
        code: option.code,
        label: option.label.clone(),
        chosen: Some(option.code) == chosen,
        apart: option.code >= crate::questionnaire::missing::REFUSED,
    };
    let locale = frame.locale;
    ItemField {
        id: item.id.clone(),
        number: item.number,
        legend: item.legend.clone(),
        options: item.options.iter().map(option).collect(),
        error: shown.faults.contains(&item.id).then(|| locale.say(shown.wrong)),
        clear: item.chosen.map(|_| locale.fill("clear-question").with("number", item.number).to_string()),
    }
}
