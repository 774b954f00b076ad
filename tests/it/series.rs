//! The English and Welsh survey, share that feels safe: printed values of 17 years with a break and a
//! year without the question (survey specification, section 11, T10).

use serde_json::json;
use trygg::{
    stats::{disclosure::SafeTable, domain::Domain},
    survey::{
        comparison::compare,
        release::{Body, ComparedWith, Head, Release, ReleaseKey},
        round::Kind,
    },
    web::{i18n::Locale, pages::results::chart},
};

use crate::support::{Engine, office::TestOffice};

/// Survey years by their first, percent; nothing where it was not asked.
const CSEW: [(u16, Option<f64>); 18] = [
    (2001, Some(68.09)),
    (2002, Some(65.72)),
    (2003, Some(67.98)),
    (2004, Some(70.26)),
    (2005, Some(68.28)),
    (2006, Some(69.04)),
    (2007, Some(69.32)),
    (2008, Some(70.05)),
    (2009, Some(72.53)),
    (2010, Some(74.54)),
    (2011, Some(75.52)),
    (2012, Some(70.48)),
    (2013, Some(71.25)),
    (2014, Some(73.69)),
    (2015, Some(74.71)),
    (2016, None),
    (2017, Some(75.22)),
    (2018, Some(78.42)),
];
/// The year whose form was rearranged.
const REARRANGED: u16 = 2012;

/// A release of a year, compared with the year before.
fn of_year(head: &Head, year: u16, value: Option<f64>, before: Option<(u16, Option<f64>)>) -> Release {
    let id = |year: u16| format!("R-{year}-1");
    let mut record =
        json!({ "measure": "p_unsafe", "domain": { "kind": "total" }, "status": ".", "reason": "not_asked" });
    if let Some(value) = value {
        record["value"] = json!(value);
        record["status"] = json!("");
        record["reason"] = json!("");
    }
    let changes = before.map(|(earlier, old)| {
        let refused = match (old, value) {
            (Some(_), Some(_)) if year == REARRANGED => Some(("order", "hard")),
            (Some(_), Some(_)) => None,
            _ => Some(("not_asked", "hard")),
        };
        let mut change = json!({ "measure": "p_unsafe", "domain": { "kind": "total" }, "from": earlier.to_string() });
        match (refused, old, value) {
            (None, Some(old), Some(new)) => {
                change["difference"] = json!(new - old);
                change["lower"] = json!(new - old - 1.0);
                change["upper"] = json!(new - old + 1.0);
                change["n"] = json!(10_000);
                change["rounded_to"] = json!(0.1);
            }
            (refused, ..) => {
                let (code, class) = refused.expect("a reason");
                change["status"] = json!(".");
                change["verdict"] = json!("not_comparable");
                change["reasons"] = json!([{ "code": code, "class": class }]);
            }
        }
        change
    });
    let changes: Vec<_> = changes.into_iter().collect();
    let table = SafeTable::read_back(json!({ "records": [record], "changes": changes })).expect("a table");
    let compared_with = before.map(|(year, _)| ComparedWith { release: id(year), period: year.to_string() });
    let head = Head {
        id: id(year),
        period: year.to_string(),
        compared_with: compared_with.into_iter().collect(),
        ..head.clone()
    };
    let body = Body::freeze(head, table).expect("is frozen");
    body.sign(Vec::new(), &ReleaseKey::new(&[1; 32])).expect("is signed")
}

#[tokio::test]
async fn no_line_and_no_difference_goes_over_a_break_or_a_year_without_the_question() {
    let Some(test) = TestOffice::new(Engine::Sqlite, Kind::Demo).await else { return };
    let survey = test.people_survey("2025", "").await;
    test.imported(test.plan(&survey, 2025), 0).await;
    let release = test.release("round-2025", None).await.expect("is released");
    let head = release.head();
    let mut releases: Vec<Release> = Vec::new();
    for (place, (year, value)) in CSEW.into_iter().enumerate() {
        releases.push(of_year(head, year, value, place.checked_sub(1).map(|before| CSEW[before])));
    }
    let everybody = Domain::everybody();
    let change = |release: &Release| {
        let place = releases.iter().position(|other| other.head().id == release.head().id)?;
        let before = releases.get(place.checked_sub(1)?)?;
        Some(compare(release, before, "p_unsafe", &everybody, None))
    };
    let measure = release.measure("p_unsafe").expect("a measure");
    let all: Vec<&Release> = releases.iter().collect();
    let locale = Locale::of_tag("sv").expect("Swedish");
    let chart = chart::series(locale, "csew", &all, measure, &everybody, change);

    assert_eq!(chart.marks.len(), CSEW.len());
    let of = |year: u16| CSEW.iter().position(|(of, _)| *of == year).expect("a year");
    let gap = &chart.marks[of(2016)];
    assert_eq!((gap.shown, gap.label.as_str()), (false, "."), "a year without the question has its mark");
    let rules: Vec<bool> = chart.links.iter().map(|link| link.rule).collect();
    assert_eq!(rules.iter().filter(|rule| **rule).count(), 1, "one break");
    let broken = chart.links.iter().find(|link| link.rule).expect("the break");
    assert!(!broken.line);
    assert_eq!(broken.x, (chart.marks[of(2011)].x.clone(), chart.marks[of(2012)].x.clone()));
    // 17 steps between 18 years, less the break and both sides of the gap.
    assert_eq!(chart.links.iter().filter(|link| link.line).count(), 14);
    let touches = |x: &str| chart.links.iter().any(|link| link.line && (link.x.0 == x || link.x.1 == x));
    assert!(!touches(&gap.x), "nothing is drawn through the gap");

    for (year, told) in [(2012, false), (2013, true), (2016, false), (2017, false), (2018, true)] {
        let comparison = change(&releases[of(year)]).expect("is compared");
        assert_eq!(comparison.found.is_some(), told, "{year}");
    }
    let first_after = releases[of(2012)].record("p_unsafe", &everybody).expect("a figure");
    assert_eq!(releases[of(2012)].letters(first_after), "b", "the first value after the break");
    let later = releases[of(2013)].record("p_unsafe", &everybody).expect("a figure");
    assert_eq!(releases[of(2013)].letters(later), "");
}
