//! The accessibility statement (tillgänglighetsredogörelse), made of `survey::accessibility`: what the law
//! asks for, in its order. Nothing is claimed here that the data do not hold.

use super::{Section, TextPage, text};
use crate::{
    survey::accessibility::{Assessor, Conformance, Statement},
    web::{
        i18n::Locale,
        pages::respond::Frame,
        problem::{Problem, ProblemKind},
    },
};

/// Where complaints go: Myndigheten för digital förvaltning.
const COMPLAINTS: &str = "https://www.digg.se/tdosanmalan";

/// The page for the service at `address`; `contact` is where people are helped, empty if unknown.
///
/// # Errors
/// `internal`, if the program's own statement cannot be read.
pub fn page(frame: &Frame, address: &str, contact: &str) -> Result<TextPage, Problem> {
    let locale = frame.locale;
    let statement = Statement::shipped().map_err(|error| {
        tracing::error!(event = "statement_unreadable", error);
        Problem::from(ProblemKind::Internal)
    })?;
    let service = match frame.sender.as_str() {
        "" => locale.fill("accessibility-service"),
        sender => locale.fill("accessibility-service-of").with("sender", sender.to_owned()),
    };
    let lead = vec![service.with("address", address.to_owned()).to_string(), locale.say("accessibility-aim")];
    let mut page = text(frame, locale.say("accessibility-title"));
    page.lead = lead;
    page.sections = vec![
        conformance(locale, statement),
        defects(locale, statement),
        assessment(locale, statement),
        feedback(locale, contact),
        Section {
            title: locale.say("accessibility-supervision"),
            paragraphs: vec![locale.say("accessibility-supervision-text")],
            items: Vec::new(),
            onward: Some((COMPLAINTS.to_owned(), locale.say("accessibility-complain"))),
        },
        Section {
            title: locale.say("accessibility-exceptions"),
            paragraphs: vec![locale.say("accessibility-burden-none"), locale.say("accessibility-outside-none")],
            ..Section::default()
        },
    ];
    Ok(page)
}

fn conformance(locale: Locale, statement: &Statement) -> Section {
    let told = match statement.conformance {
        Conformance::Full => locale.say("accessibility-full"),
        Conformance::Partial => locale.say("accessibility-partial"),
        Conformance::None => locale.say("accessibility-none"),
    };
    Section { title: locale.say("accessibility-conformance"), paragraphs: vec![told], ..Section::default() }
}

fn defects(locale: Locale, statement: &Statement) -> Section {
    let told = statement.defects.iter().map(|defect| {
        let text = locale.say(&format!("accessibility-defect-{}", defect.id));
        locale.fill("accessibility-defect").with("text", text).with("criterion", defect.criterion.clone()).to_string()
    });
    let items: Vec<String> = told.collect();
    let lead = if items.is_empty() { "accessibility-no-defects" } else { "accessibility-defects-lead" };
    Section {
        title: locale.say("accessibility-defects"),
        paragraphs: vec![locale.say(lead)],
        items,
        ..Section::default()
    }
}

fn assessment(locale: Locale, statement: &Statement) -> Section {
    let method = match statement.method {
        Assessor::Own => locale.say("accessibility-own"),
        Assessor::External => locale.say("accessibility-external"),
    };
    let people = match statement.by_people_on {
        Some(day) => locale.fill("accessibility-people").with("date", locale.date(day)).to_string(),
        None => locale.say("accessibility-no-people"),
    };
    let tested = &statement.tested;
    let run = locale
        .fill("accessibility-run")
        .with("date", locale.date(tested.on))
        .with("pages", locale.number(f64::from(tested.pages), 0))
        .with("violations", locale.number(f64::from(tested.violations), 0))
        .with("tools", locale.list(&tested.tools));
    let dates = locale
        .fill("accessibility-dates")
        .with("assessed", locale.date(statement.assessed_on))
        .with("updated", locale.date(statement.updated_on));
    let mut paragraphs = vec![method, people];
    if tested.pages > 0 {
        paragraphs.push(run.to_string());
    }
    paragraphs.push(dates.to_string());
    Section { title: locale.say("accessibility-tested"), paragraphs, ..Section::default() }
}

fn feedback(locale: Locale, contact: &str) -> Section {
    let how = match contact {
        "" => locale.say("accessibility-feedback"),
        contact => locale.fill("accessibility-feedback-to").with("contact", contact.to_owned()).to_string(),
    };
    let paragraphs = vec![how, locale.say("accessibility-paper")];
    Section { title: locale.say("accessibility-tell-us"), paragraphs, ..Section::default() }
}
