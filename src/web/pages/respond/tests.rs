//! Every page of the journey, rendered in every language with sample values.

use std::sync::Arc;

use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

use super::{Frame, fault, leave, open, page, send, start, start::Entry, texts};
use crate::{
    questionnaire::{OptionView, Stream},
    service::answering::{Front, FrontState, ItemView, OpenLink, PageView, Receipt, RoundCard, Standing},
    survey::{ids::SubmissionId, round::Kind},
    web::{
        i18n::Locale,
        pages::{error, footer, problems},
        problem::ProblemKind,
    },
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn card(holders: &[&str], kind: Kind) -> RoundCard {
    RoundCard {
        slug: "lulea-2027".into(),
        kind,
        languages: Locale::all().map(|locale| locale.tag().to_owned()).collect(),
        drafts: Vec::new(),
        stream: Stream::Resident,
        closes_on: day(2027, 3, 31),
        results_on: Some(day(2027, 6, 1)),
        minutes: 8,
        organisations: vec!["Luleå kommun".into(), "Polisen i Luleå".into()],
        holders: holders.iter().map(|&holder| holder.to_owned()).collect(),
        threshold: if holders.len() > 1 { 2 } else { 1 },
        min_n: 30,
    }
}

fn demo() -> Arc<RoundCard> {
    Arc::new(card(&["Anna Alm"], Kind::Demo))
}

fn frame(locale: Locale, path: &str) -> Frame {
    Frame::of_card(locale, "Luleå kommun".into(), &demo(), path)
}

fn standing() -> Standing {
    Standing {
        card: demo(),
        page: "p05".into(),
        until: day(2027, 3, 4).and_hms_opt(13, 5, 0).expect("a time").and_utc(),
    }
}

fn item(id: &str, number: u16, chosen: Option<u8>) -> ItemView {
    let option = |(code, label): (u8, &str)| OptionView { code, label: label.into() };
    let labels = [(1, "Inget problem"), (2, "Litet <problem>"), (98, "Vet inte")];
    let options = labels.into_iter().map(option).collect();
    ItemView { id: id.into(), number, legend: format!("Fråga {id} & mer"), options, chosen, sensitive: false }
}

fn view(items: Vec<ItemView>) -> PageView {
    PageView {
        card: demo(),
        page: "p05".into(),
        version: "ab12".into(),
        part: 3,
        parts: 8,
        part_title: "Området där du bor".into(),
        title: "Utemiljö och trafik".into(),
        intro: "Hur stort problem är detta?".into(),
        sensitive: true,
        previous: Some("p04".into()),
        last: false,
        items,
    }
}

fn form(locale: Locale, view: &PageView, shown: &page::Shown) -> String {
    page::form_page(&frame(locale, "/f/p05"), view, shown, "token".into()).render().expect("renders")
}

/// Every page of the journey and the pages around it.
fn all(locale: Locale) -> Vec<(&'static str, String)> {
    let frame = frame(locale, "/f");
    let bare = Frame::bare(locale, "Luleå kommun".into(), "/f");
    let demo = demo();
    let standing = standing();
    let wrong = Entry { error: Some(locale.say("error-code-wrong")), code: "\"><script>".into(), csrf: "t".into() };
    let receipt =
        Receipt { word: "7K3M9Q".into(), submission: SubmissionId::from(Uuid::nil()), card: Arc::clone(&demo) };
    let shut = |state| {
        let front = Front { sender: "Luleå kommun".into(), state };
        start::shut_page(&Frame::of_front(locale, &front, "/f"), &front, Some(&standing)).render()
    };
    let items = || vec![item("B01", 12, Some(2)), item("B02", 13, None), item("B03", 14, None)];
    let again = page::Shown { again: true, ..page::Shown::default() };
    let faulty = page::Shown {
        faults: vec!["B02".into()],
        wrong: page::UNKNOWN,
        typed: vec![("B02".into(), "77".into())],
        again: false,
    };
    let last = PageView { last: true, previous: None, ..view(vec![item("H2", 50, None)]) };
    let front = Front { sender: "Luleå kommun".into(), state: FrontState::Open(Arc::clone(&demo)) };
    let shared = card(&["Anna Alm", "Bo Ek", "Siv Al"], Kind::Test);
    let retry = fault::BusyPage {
        chrome: frame.chrome(&locale.say("busy-title")),
        title: locale.say("busy-title"),
        text: locale.say("error-busy"),
        action: "/sv/f/p05".into(),
        posted: true,
        fields: fault::kept(&[("csrf".into(), "old".into()), ("B01".into(), "2".into())], "new".into()),
    };
    let internal = error::ProblemPage {
        chrome: bare.chrome("x"),
        title: locale.say("problem-internal"),
        help: locale.say("problem-internal-help"),
        detail: None,
        errors: Vec::new(),
        id: Some("K7Q2".into()),
        respondent: true,
    };
    let link = OpenLink { front: front.clone(), place: "Torget".into(), youngest: 16, challenge: "00.11.22.33".into() };
    let at_place = |standing, error: Option<&str>| {
        let error = error.map(|key| locale.say(key));
        open::open_page(&frame, &link, &demo, standing, error, "t".into()).render()
    };
    let stay = RoundCard { stream: Stream::Stay, ..card(&["Anna Alm"], Kind::Real) };
    let stay_standing = Standing { card: Arc::new(stay.clone()), ..standing.clone() };
    let mut pages: Vec<(&str, askama::Result<String>)> = vec![
        ("open link", at_place(None, None)),
        ("open link again", at_place(Some(&standing), Some("error-link-old"))),
        ("stop at a place", leave::stop_page(&frame, &stay_standing, "t".into()).render()),
        ("promise at a place", texts::promise_page(&frame, Some(&stay)).render()),
        ("start", start::start_page(&frame, &demo, None, Entry::default()).render()),
        ("start again", start::start_page(&frame, &demo, Some(&standing), wrong).render()),
        ("not yet", shut(FrontState::NotYet { opens_on: Some(day(2027, 3, 1)) })),
        ("nothing planned", shut(FrontState::NotYet { opens_on: None })),
        ("paused", shut(FrontState::Paused(Arc::clone(&demo)))),
        ("closed", shut(FrontState::Closed { results_on: Some(day(2027, 6, 1)), card: Arc::clone(&demo) })),
        ("receipt", send::receipt_page(&frame, &receipt).render()),
        ("stop", leave::stop_page(&frame, &standing, "t".into()).render()),
        ("deleted", leave::deleted_page(&bare, None).render()),
        ("deleted at a place", leave::deleted_page(&bare, Some("torget")).render()),
        ("used", fault::used_page(&frame).render()),
        ("answered", fault::answered_page(&frame).render()),
        ("busy", retry.render()),
        ("promise", texts::promise_page(&frame, Some(&demo)).render()),
        ("promise of three", texts::promise_page(&frame, Some(&shared)).render()),
        ("promise of none", texts::promise_page(&bare, None).render()),
        ("help", texts::help_page(&frame).render()),
        (
            "accessibility",
            footer::accessibility_page(&bare, "https://enkat.example", "")
                .map_or_else(|_| Ok(String::new()), |page| page.render()),
        ),
        ("cookies", footer::cookies_page(&frame).render()),
        ("privacy", footer::privacy_page(&frame, Some(&front), "hjalp@example.se").render()),
        ("privacy of none", footer::privacy_page(&bare, None, "").render()),
        ("internal", internal.render()),
    ];
    for kind in ProblemKind::ALL {
        pages.push((kind.code(), problems::view(locale, "Luleå kommun".into(), *kind).render()));
    }
    let mut pages: Vec<_> = pages.into_iter().map(|(name, page)| (name, page.expect("renders"))).collect();
    pages.push(("battery", form(locale, &view(items()), &page::Shown::default())));
    pages.push(("probe", form(locale, &view(items()), &again)));
    pages.push(("faults", form(locale, &view(items()), &faulty)));
    pages.push(("notice", form(locale, &view(Vec::new()), &page::Shown::default())));
    pages.push(("last", form(locale, &last, &page::Shown::default())));
    pages
}

#[test]
fn every_page_renders_in_every_language_within_the_rules_of_markup() {
    for locale in Locale::all() {
        for (name, html) in all(locale) {
            let at = format!("{name} in {locale:?}:\n{html}");
            assert!(html.contains(&format!("<html lang=\"{}\" dir=\"{}\">", locale.lang(), locale.dir())), "{at}");
            assert_eq!(html.matches("<h1").count(), 1, "one heading: {at}");
            assert_eq!(html.matches("<main id=\"main\"").count(), 1, "{at}");
            // The one script is the open link's: a file of ours, and the page goes without it.
            let scripts = html.matches("<script").count();
            assert_eq!(scripts, html.matches("<script src=\"/assets/open-").count(), "{at}");
            assert_eq!(scripts > 0, name.starts_with("open link"), "{at}");
            for never in ["‹", "style=", "onclick", " required", "<table", "<i>", "<em>"] {
                assert!(!html.contains(never), "{never}: {at}");
            }
            // Marks that keep a value whole travel along where text runs both ways, and nowhere else.
            assert!(locale.dir() == "rtl" || !html.contains('\u{2068}'), "{at}");
            assert!(html.matches("autofocus").count() <= 1, "{at}");
            let forms = html.matches("method=\"post\"").count();
            assert_eq!(html.matches("name=\"csrf\"").count(), forms, "a token in every form: {at}");
        }
    }
}

/// Safety, crime and police in the eight languages.
const SUBJECT: [&str; 25] = [
    "trygg",
    "brott",
    "polis",
    "safety",
    "crime",
    "police",
    "turvallis",
    "rikos",
    "rikoks",
    "poliisi",
    "turvalis",
    "rikhos",
    "oadjebas",
    "oadjebuo",
    "rihkol",
    "boles",
    "politiija",
    "jasska",
    "jasski",
    "polijssa",
    "lágajn",
    "أمان",
    "سلامة",
    "جريمة",
    "شرطة",
];

#[test]
fn titles_never_tell_the_subject() {
    for locale in Locale::all() {
        for (name, html) in all(locale) {
            let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
            let lower = title.to_lowercase();
            for word in SUBJECT {
                assert!(!lower.contains(word), "{name}: {title}");
            }
        }
        let battery = form(locale, &view(Vec::new()), &page::Shown::default());
        assert!(battery.contains(&format!("{}</title>", frame(locale, "").name())), "{battery}");
    }
    let swedish = form(Locale::DEFAULT, &view(Vec::new()), &page::Shown::default());
    assert!(swedish.contains("<title>Del 3 av 8 – Enkät – Luleå kommun</title>"), "{swedish}");
}

#[test]
fn a_demo_round_says_so_on_each_of_its_pages() {
    for (name, html) in all(Locale::DEFAULT) {
        let of_round = ["start", "battery", "receipt", "help", "promise", "closed", "stop", "used"].contains(&name);
        assert!(!of_round || html.contains("<strong>Demodata.</strong>"), "{name}");
    }
    let real = Frame::of_card(Locale::DEFAULT, "Luleå kommun".into(), &card(&["A"], Kind::Real), "/f");
    assert!(real.marks.iter().all(|mark| mark.title != "Demodata"));
}

#[test]
fn each_item_is_a_group_with_its_whole_list_and_nothing_is_escaped_twice() {
    let html =
        form(Locale::DEFAULT, &view(vec![item("B01", 12, Some(2)), item("B02", 13, None)]), &page::Shown::default());
    assert_eq!(html.matches("<fieldset").count(), 2);
    assert_eq!(html.matches("<legend>").count(), 2);
    assert_eq!(html.matches("type=\"radio\"").count(), 6);
    assert_eq!(html.matches(" checked").count(), 1);
    assert!(html.contains("Fråga B01 &#38; mer") && html.contains("Litet &#60;problem&#62;"), "{html}");
    assert_eq!(html.matches("name=\"clear\"").count(), 1, "only a stored answer can be removed");
    assert!(html.contains("action=\"/sv/f/exit\""), "a sensitive page has the quick exit");
}

#[test]
fn a_page_of_one_item_has_its_question_as_heading() {
    let html = form(Locale::DEFAULT, &view(vec![item("E1", 4, None)]), &page::Shown::default());
    assert!(html.contains("<legend><h1><span class=\"number\">4.</span> Fråga E1"), "{html}");
    assert!(!html.contains("<h1>Utemiljö"), "{html}");
}

#[test]
fn the_soft_notice_names_the_unanswered_questions() {
    let again = page::Shown { again: true, ..page::Shown::default() };
    let one = form(Locale::DEFAULT, &view(vec![item("B01", 12, None), item("B02", 13, Some(1))]), &again);
    assert!(one.contains("Du har inte svarat på fråga 12. Svara om du vill, eller gå vidare."), "{one}");
    assert!(one.contains("href=\"#B01-1\""), "{one}");
    let two = form(Locale::DEFAULT, &view(vec![item("B01", 12, None), item("B02", 13, None)]), &again);
    assert!(two.contains("Du har inte svarat på frågorna 12 och 13."), "{two}");
    let none = form(Locale::DEFAULT, &view(vec![item("B01", 12, Some(1))]), &again);
    assert!(!none.contains("class=\"notice\""), "{none}");
}

#[test]
fn a_refused_page_keeps_what_was_chosen_and_links_to_the_fault() {
    let shown = page::Shown {
        faults: vec!["B02".into()],
        wrong: page::UNKNOWN,
        typed: vec![("B01".into(), "1".into())],
        again: false,
    };
    let html = form(Locale::DEFAULT, &view(vec![item("B01", 12, Some(2)), item("B02", 13, None)]), &shown);
    assert!(html.contains("<title>Fel: Del 3 av 8"), "{html}");
    assert!(html.contains("<a href=\"#B02-1\">Fråga 13: Välj ett av svaren i listan.</a>"), "{html}");
    assert!(html.contains("id=\"B01-1\" name=\"B01\" value=\"1\" checked"), "{html}");
    let (summary, heading) = (html.find("class=\"summary\""), html.find("<h1"));
    assert!(summary < heading && summary.is_some(), "the summary stands first");
}

#[test]
fn the_last_page_sends_and_the_first_button_of_a_form_is_the_main_one() {
    let last = PageView { last: true, ..view(vec![item("H2", 50, Some(1))]) };
    let html = form(Locale::DEFAULT, &last, &page::Shown::default());
    let first = html.split("<button").nth(1).unwrap_or_default();
    assert!(
        first.contains("form=\"answers\" formaction=\"/sv/f/send\"") && first.contains("Skicka mina svar"),
        "Enter neither clears nor changes the language: {html}"
    );
}

#[test]
fn the_promise_is_exact() {
    let text = |locale, holders: &[&str]| {
        let page = texts::promise_page(&frame(locale, "/f/promise"), Some(&card(holders, Kind::Real)));
        [page.rows, page.limits].concat().join("\n")
    };
    let one = text(Locale::DEFAULT, &["Anna Alm"]);
    assert!(one.contains(
        "Kuverten öppnas först när enkäten är stängd, av en person: Anna Alm. Den personen skulle kunna öppna dem \
         tidigare genom att bryta mot reglerna."
    ));
    let three = text(Locale::DEFAULT, &["Anna Alm", "Bo Ek", "Siv Al"]);
    assert!(
        three
            .contains("bara om minst 2 av 3 nyckelhållare gör det tillsammans: Anna Alm, Bo Ek och Siv Al. Innan dess")
    );
    assert!(three.contains("att 2 nyckelhållare bryter mot reglerna tillsammans och har kvar en gammal kopia"));
    assert!(three.contains("Resultat visas bara för grupper med minst 30 svar."));
    let english = text(Locale::of_tag("en").expect("English"), &["Anna Alm", "Bo Ek"]);
    assert!(english.contains("only if at least 2 of 2 key holders do it together: Anna Alm and Bo Ek. Before that"));
}

#[test]
fn a_busy_page_keeps_the_fields_with_a_fresh_token() {
    let kept = fault::kept(&[("csrf".into(), "old".into()), ("B01".into(), "2".into())], "new".into());
    assert_eq!(kept, [("csrf".to_owned(), "new".to_owned()), ("B01".to_owned(), "2".to_owned())]);
}

#[test]
fn a_round_without_the_language_of_the_address_leads_to_one_that_it_has() {
    let swedish = RoundCard { languages: vec!["sv".into()], ..card(&["A"], Kind::Real) };
    let english = Locale::of_tag("en").expect("English");
    let frame = Frame::of_card(english, "Luleå kommun".into(), &swedish, "/f");
    assert_eq!(frame.instead(), Some(Locale::DEFAULT));
    assert_eq!(Frame::of_card(Locale::DEFAULT, String::new(), &swedish, "/f").instead(), None);
}

#[test]
fn the_switch_names_each_language_in_itself_and_saves_the_page_where_there_is_something_to_save() {
    for locale in Locale::all() {
        for (name, html) in all(locale) {
            let switch = html.split("class=\"languages\"").nth(1).and_then(|rest| rest.split("</nav>").next());
            let switch = switch.unwrap_or_default();
            assert_eq!(switch.matches(" aria-current=\"true\">").count(), 1, "{name}: {switch}");
            let saves = ["battery", "probe", "faults", "notice", "last"].contains(&name);
            assert_eq!(switch.contains("form=\"answers\" formaction=\""), saves, "{name}");
            assert_eq!(html.contains("id=\"answers\""), saves || name == "busy", "{name}");
            for other in Locale::all() {
                let (tag, lang, own) = (other.tag(), other.lang(), other.own_name());
                let current = if other == locale { " aria-current=\"true\"" } else { "" };
                let link = format!("lang=\"{lang}\" hreflang=\"{tag}\"{current}>{own}</a>");
                let button = format!("name=\"language\" value=\"{tag}\" lang=\"{lang}\"{current}>{own}</button>");
                assert!(switch.contains(if saves { &button } else { &link }), "{name}: {switch}");
            }
        }
    }
}

#[test]
fn a_page_in_a_language_that_nobody_has_reviewed_says_so_in_it() {
    for locale in Locale::all() {
        let mark = format!("<strong>{}.</strong> {}", locale.say("mark-draft-title"), locale.say("mark-draft"));
        for (name, html) in all(locale) {
            assert_eq!(html.contains(&mark), locale.is_draft(), "{name} in {locale:?}");
        }
        let questions = RoundCard { drafts: vec![locale.tag().into()], ..card(&["A"], Kind::Test) };
        let frame = Frame::of_card(locale, String::new(), &questions, "/f");
        assert!(frame.marks.iter().any(|mark| mark.title == locale.say("mark-draft-title")), "{locale:?}");
    }
}

#[test]
fn codes_and_numbers_run_from_left_to_right_in_arabic() {
    let arabic = Locale::of_tag("ar").expect("Arabic");
    let pages = all(arabic);
    let html = |wanted: &str| pages.iter().find(|(name, _)| *name == wanted).map(|(_, html)| html.as_str());
    assert!(html("start").is_some_and(|html| html.contains("<bdi dir=\"ltr\">7K3M-9QX2-TW</bdi>")));
    assert!(html("receipt").is_some_and(|html| html.contains("<bdi dir=\"ltr\">7K3M9Q</bdi>")));
    let help = html("help").unwrap_or_default();
    assert_eq!(help.matches("<bdi dir=\"ltr\">").count(), 7, "every number: {help}");
    // A date holds the name of a month, so it runs as the text does, apart from what stands around it.
    let closes = format!("\u{2068}{}\u{2069}", arabic.date(day(2027, 3, 31)));
    assert!(html("start").is_some_and(|html| html.contains(&closes)));
}
