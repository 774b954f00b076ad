//! Geometry of the charts: numbers become places on a drawing 360 units wide. Every chart stands
//! beside a table with the same figures; no number is computed here that is not in it.

use askama::Template;

use super::words;
use crate::{
    stats::domain::Domain,
    survey::{
        breaks::parts_series,
        comparison::Comparison,
        release::{PublishedMeasure, Release, Unit, name_in},
    },
    web::{i18n::Locale, pages::page},
};

const LEFT: f64 = 34.0;
const RIGHT: f64 = 346.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 190.0;
const ROW: f64 = 26.0;
/// Where the axis of a chart of areas begins: names stand before it.
const NAMES: f64 = 122.0;

/// A line across the drawing with its number.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Place.
    pub at: String,
    /// Number.
    pub label: String,
}

/// A figure with its interval.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Across.
    pub x: String,
    /// Down; the axis where nothing is shown.
    pub y: String,
    /// Ends of the interval.
    pub ends: Option<(String, String)>,
    /// The number, or the mark of what is not shown.
    pub label: String,
    /// Whether there is a figure.
    pub shown: bool,
    /// Period or area.
    pub name: String,
    /// Place of the name.
    pub name_at: String,
}

/// What stands between two neighbouring rounds: a line if they can be compared, a rule if a break parts
/// them, both if a person has lifted it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Start and end across.
    pub x: (String, String),
    /// Start and end down.
    pub y: (String, String),
    /// They can be compared.
    pub line: bool,
    /// A break parts them.
    pub rule: bool,
    /// Middle, for the word.
    pub middle: String,
}

page! { "results/chart_series.html",
    /// One measure and area over rounds.
    #[derive(Debug, Clone)]
    pub struct SeriesChart {
        /// Prefix of ids.
        pub id: String,
        /// What is shown.
        pub title: String,
        /// The sentence of the newest figure.
        pub summary: String,
        /// Lines of the axis.
        pub ticks: Vec<Tick>,
        /// A figure a round.
        pub marks: Vec<Mark>,
        /// What stands between them.
        pub links: Vec<Link>,
        /// The word of a break.
        pub broken: String,
    }
}

page! { "results/chart_areas.html",
    /// One measure of one round over areas.
    #[derive(Debug, Clone)]
    pub struct AreasChart {
        /// Prefix of ids.
        pub id: String,
        /// What is shown.
        pub title: String,
        /// The sentence of the total.
        pub summary: String,
        /// Lines of the axis.
        pub ticks: Vec<Tick>,
        /// A figure an area.
        pub marks: Vec<Mark>,
        /// The total's place, if it is shown.
        pub total: Option<(String, String)>,
        /// Height of the drawing.
        pub height: String,
        /// Where the axis ends.
        pub bottom: String,
        /// Where the axis' numbers stand.
        pub numbers: String,
    }
}

fn place(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The end of a measure's axis: the scale's, or for shares the next ten above the largest upper limit
/// of any area and round.
fn top_of<'r>(releases: impl Iterator<Item = &'r Release>, measure: &PublishedMeasure) -> f64 {
    let (_, end) = measure.unit.ends();
    if measure.unit != Unit::Percent {
        return end;
    }
    let records = releases.flat_map(|release| release.table().records());
    let of_measure = records.filter(|record| record.measure == measure.id);
    let largest = of_measure.filter_map(|record| record.upper.or(record.value)).fold(0.0, f64::max);
    ((largest / 10.0).floor() * 10.0 + 10.0).clamp(10.0, end)
}

fn ticks(locale: Locale, top: f64, at: impl Fn(f64) -> f64) -> Vec<Tick> {
    let step = match top {
        top if top <= 6.0 => 1.0,
        top if top <= 50.0 => 10.0,
        _ => 20.0,
    };
    let mut ticks = Vec::new();
    let mut value = 0.0;
    while value <= top {
        ticks.push(Tick { at: place(at(value)), label: locale.number(value, 0) });
        value += step;
    }
    ticks
}

/// A period as a place in time: years, half-years between them.
fn year_of(period: &str) -> f64 {
    let year: f64 = period.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0.0);
    if period.ends_with("H2") { year + 0.5 } else { year }
}

/// The chart of `measure` in a group over `releases`, by period; `compare` tells how a release stands
/// to the one before it.
pub fn series<'r>(
    locale: Locale,
    id: &str,
    releases: &[&'r Release],
    measure: &PublishedMeasure,
    domain: &Domain,
    compare: impl Fn(&'r Release) -> Option<Comparison>,
) -> SeriesChart {
    let top = top_of(releases.iter().copied(), measure);
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * value / top;
    let years: Vec<f64> = releases.iter().map(|release| year_of(&release.head().period)).collect();
    let (first, last) = (years.first().copied().unwrap_or(0.0), years.last().copied().unwrap_or(0.0));
    let x = |year: f64| {
        let part = if last > first { (year - first) / (last - first) } else { 0.5 };
        LEFT + 26.0 + (RIGHT - LEFT - 52.0) * part
    };
    let mut marks: Vec<Mark> = Vec::new();
    let mut links = Vec::new();
    let mut previous: Option<(f64, Option<f64>)> = None;
    for (release, year) in releases.iter().zip(&years) {
        let record = release.record(&measure.id, domain);
        let figure = words::figure(locale, release, record, measure.unit);
        let value = record.and_then(|record| record.value);
        let ends = record.and_then(|record| record.lower.zip(record.upper));
        marks.push(Mark {
            x: place(x(*year)),
            y: place(value.map_or(BOTTOM - 6.0, y)),
            ends: ends.map(|(low, high)| (place(y(low)), place(y(high)))),
            label: figure.value,
            shown: figure.shown,
            name: release.head().period.clone(),
            name_at: place(BOTTOM + 20.0),
        });
        if let Some((before, old)) = previous {
            let comparison = compare(release);
            let comparable = comparison.as_ref().is_some_and(|comparison| comparison.found.is_some());
            let line = comparable && old.is_some() && value.is_some();
            let rule = comparison.is_some_and(|comparison| comparison.reasons.iter().any(parts_series));
            if line || rule {
                links.push(Link {
                    x: (place(x(before)), place(x(*year))),
                    y: (place(old.map_or(BOTTOM, y)), place(value.map_or(BOTTOM, y))),
                    line,
                    rule,
                    middle: place(f64::midpoint(x(before), x(*year))),
                });
            }
        }
        previous = Some((*year, value));
    }
    let newest = releases.last();
    let area = domain.area.clone().or_else(|| newest.map(|release| release.total().to_owned())).unwrap_or_default();
    let summary = newest.map_or_else(String::new, |release| {
        words::level(locale, release, &area, measure, release.record(&measure.id, domain))
    });
    let place_name =
        newest.and_then(|release| release.area(&area)).map_or("", |area| name_in(&area.names, locale.tag()));
    SeriesChart {
        id: id.to_owned(),
        title: locale
            .fill("chart-series-title")
            .with("measure", name_in(&measure.names, locale.tag()).to_owned())
            .with("area", place_name.to_owned())
            .with("unit", words::unit(locale, measure.unit))
            .to_string(),
        summary,
        ticks: ticks(locale, top, y),
        marks,
        links,
        broken: locale.say("chart-break"),
    }
}

/// The chart of `measure` over the areas of `release`; the axis is that of all `releases`.
#[must_use]
pub fn areas(
    locale: Locale,
    id: &str,
    release: &Release,
    releases: &[&Release],
    measure: &PublishedMeasure,
) -> Option<AreasChart> {
    let top = top_of(releases.iter().copied(), measure);
    let x = |value: f64| NAMES + (RIGHT - NAMES) * value / top;
    let mut marks = Vec::new();
    for (row, area) in (0_u32..).zip(release.districts()) {
        let record = release.record(&measure.id, &release.domain(&area.code, &[])?);
        let figure = words::figure(locale, release, record, measure.unit);
        let y = TOP + ROW * (f64::from(row) + 0.5);
        let ends = record.and_then(|record| record.lower.zip(record.upper));
        marks.push(Mark {
            x: place(record.and_then(|record| record.value).map_or(NAMES + 8.0, x)),
            y: place(y),
            ends: ends.map(|(low, high)| (place(x(low)), place(x(high)))),
            label: figure.value,
            shown: figure.shown,
            name: name_in(&area.names, locale.tag()).to_owned(),
            name_at: place(y + 4.5),
        });
    }
    if marks.is_empty() {
        return None;
    }
    let bottom = TOP + ROW * f64::from(u32::try_from(marks.len()).unwrap_or(0));
    let record = release.record(&measure.id, &release.domain(release.total(), &[])?);
    let total = record.and_then(|record| record.value).map(|value| (place(x(value)), locale.say("chart-total")));
    Some(AreasChart {
        id: id.to_owned(),
        title: locale
            .fill("chart-areas-title")
            .with("measure", name_in(&measure.names, locale.tag()).to_owned())
            .with("period", release.head().period.clone())
            .with("unit", words::unit(locale, measure.unit))
            .to_string(),
        summary: words::level(locale, release, release.total(), measure, record),
        ticks: ticks(locale, top, x),
        marks,
        total,
        height: place(bottom + 44.0),
        bottom: place(bottom),
        numbers: place(bottom + 18.0),
    })
}

/// A chart as markup for a page. What it holds was escaped by its own template.
#[must_use]
pub fn markup(chart: &impl Template) -> String {
    chart.render().unwrap_or_default()
}
