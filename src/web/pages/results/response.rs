//! Who answered: the accounting of every area with its rates and their formulas, and the composition
//! of those who answered beside the population's. A section of the method page; no number is computed
//! here.

use super::{Shown, words};
use crate::{
    survey::{
        accounting::{Rate, RateKind},
        release::{Composed, Label, Response, name_in},
    },
    web::i18n::Locale,
};

/// The section.
#[derive(Debug, Clone)]
pub struct WhoAnswered {
    /// Headings of the accounting: area, S to M, rates.
    pub heads: Vec<String>,
    /// A row an area, the municipality first.
    pub rows: Vec<Vec<String>>,
    /// The rate with areas weighted by their size, as a sentence.
    pub weighted: Option<String>,
    /// Group, answers, their percent, persons, their percent.
    pub groups: Vec<[String; 5]>,
}

/// Rates that stand as columns.
const COLUMNS: [RateKind; 3] = [RateKind::Rr1, RateKind::Rr2, RateKind::Raw];

impl WhoAnswered {
    /// Of the newest release; nothing where no letters were sent.
    #[must_use]
    pub fn of(shown: &Shown) -> Option<Self> {
        let (locale, head) = (shown.locale, shown.release().head());
        let all = head.responses.first()?;
        let weighted = all.rates.iter().find(|rate| rate.kind == RateKind::Weighted);
        Some(Self {
            heads: heads(locale),
            rows: head.responses.iter().map(|response| row(shown, response)).collect(),
            weighted: weighted.map(|rate| {
                let phrase = locale.fill("method-weighted").with("rate", locale.number(rate.percent(), 1));
                phrase.with("formula", rate.formula()).to_string()
            }),
            groups: head.composition.iter().map(|composed| group(shown, composed)).collect(),
        })
    }
}

fn heads(locale: Locale) -> Vec<String> {
    let mut heads = vec![
        locale.say("table-area"),
        locale.say("method-sampled"),
        locale.say("method-over-coverage"),
        locale.say("method-blank"),
        locale.say("method-complete"),
        locale.say("method-partial"),
        locale.say("method-insufficient"),
        locale.say("method-rest"),
    ];
    heads.extend(COLUMNS.map(|kind| locale.fill("method-rate").with("formula", kind.formula()).to_string()));
    heads
}

fn row(shown: &Shown, response: &Response) -> Vec<String> {
    let locale = shown.locale;
    let counts = &response.counts;
    let area = shown.release().area(&response.area).map_or("", |area| shown.name(&area.names));
    let mut row = vec![area.to_owned()];
    row.extend(
        [
            counts.sampled,
            counts.over_coverage,
            counts.blank,
            counts.complete,
            counts.partial,
            counts.insufficient,
            response.rest,
        ]
        .map(|count| words::count(locale, count)),
    );
    row.extend(COLUMNS.map(|kind| {
        let rate = response.rates.iter().find(|rate| rate.kind == kind);
        rate.map_or_else(|| ".".to_owned(), |rate| locale.number(rate.percent(), 1))
    }));
    row
}

fn group(shown: &Shown, composed: &Composed) -> [String; 5] {
    let (locale, head) = (shown.locale, shown.release().head());
    let named = |labels: &[Label], code: &Option<String>| {
        let label = labels.iter().find(|label| Some(&label.code) == code.as_ref());
        label.map(|label| name_in(&label.names, locale.tag()).to_owned())
    };
    let name = match (named(&head.sexes, &composed.sex), named(&head.ages, &composed.age)) {
        (Some(sex), Some(age)) => locale.fill("method-group-both").with("sex", sex).with("age", age).to_string(),
        (sex, age) => sex.or(age).unwrap_or_default(),
    };
    let hidden = || "..".to_owned();
    [
        name,
        composed.answered.map_or_else(hidden, |answered| words::count(locale, answered)),
        composed.answered_percent.map_or_else(hidden, |percent| locale.number(percent, 0)),
        words::count(locale, composed.persons),
        locale.number(composed.persons_percent, 1),
    ]
}

/// "624 svar på 1 248 brev, svarsandel 50,0 procent (RR2 = …)"; nothing if nobody could answer.
#[must_use]
pub fn sentence(locale: Locale, response: &Response) -> Option<String> {
    let rate: Rate = response.headline()?;
    let phrase = locale
        .fill("facts-response")
        .with("n", words::count(locale, response.answered))
        .with("sampled", words::count(locale, response.counts.sampled))
        .with("rate", locale.number(rate.percent(), 1))
        .with("formula", rate.formula());
    Some(phrase.to_string())
}
