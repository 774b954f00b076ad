//! Which transitions a round takes, and what its plan may look like in a file.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::*;
use crate::{questionnaire::Stream, survey::answer_sheet::Mode};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn round(stage: Stage) -> Round {
    let plan = Plan {
        slug: "2027".to_owned(),
        period: "2027".to_owned(),
        kind: Kind::Test,
        stream: Stream::Resident,
        questionnaire: VersionRef { id: "q".to_owned(), version: "1.0".to_owned() },
        area_set: AreaSetRef { id: "a".to_owned(), version: "1".to_owned() },
        population: None,
        languages: vec!["sv".to_owned()],
        modes: vec![Mode::Web],
        opens_on: NaiveDate::from_ymd_opt(2027, 9, 15).unwrap(),
        closes_on: NaiveDate::from_ymd_opt(2027, 11, 10).unwrap(),
        results_on: None,
        minutes: 8,
        ages: (16, 85),
        organisations: vec!["Kommunen".to_owned()],
        holders: vec!["En".to_owned()],
        needed: 1,
        scheme: "auto".to_owned(),
        cuts: None,
        places: Vec::new(),
        source: String::new(),
    };
    Round { stage, ..Round::draft(RoundId::from(uuid::Uuid::nil()), plan) }
}

fn stages() -> [Stage; 8] {
    let now = at("2027-10-01T12:00:00Z");
    [
        Stage::Draft,
        Stage::Scheduled,
        Stage::Open { opened_at: now },
        Stage::Paused { opened_at: now, reason: "r".to_owned() },
        Stage::Closed { opened_at: now, closed_at: now, reason: String::new() },
        Stage::Opened { scrubbed: true, imported: false },
        Stage::Released,
        Stage::Archived,
    ]
}

#[test]
fn every_stage_allows_exactly_what_it_says_and_a_refusal_gives_the_round_back() {
    type Move = fn(Round, DateTime<Utc>) -> Moved;
    let now = at("2027-10-01T12:00:00Z");
    let moves: [(&str, Move); 7] = [
        ("draft", |round, _| round.unschedule()),
        ("scheduled", |round, _| round.schedule()),
        ("open", |round, now| round.open(now)),
        ("paused", |round, _| round.pause("why")),
        ("closed", |round, now| round.close(now, "why")),
        ("released", |round, _| round.release()),
        ("archived", |round, _| round.archive()),
    ];
    for stage in stages() {
        for (wanted, go) in &moves {
            let before = round(stage.clone());
            let possible = stage.next().contains(wanted) || (stage == Stage::Released && *wanted == "released");
            match go(before.clone(), now) {
                Ok(moved) => {
                    assert!(possible, "{} to {wanted}", stage.key());
                    assert_eq!(moved.stage().key(), *wanted);
                }
                Err(refused) => {
                    assert!(!possible, "{} to {wanted}", stage.key());
                    assert_eq!(refused.0, before);
                    assert_eq!(refused.1.possible, stage.next());
                }
            }
        }
        assert_eq!(round(stage.clone()).envelopes_opened(0).is_ok(), stage.key() == "closed");
        assert_eq!(round(stage.clone()).imported().is_ok(), stage.key() == "draft");
    }
    assert!(round(Stage::Opened { scrubbed: false, imported: false }).release().is_err());
}

#[test]
fn days_of_a_plan_may_stand_with_and_without_quotes() {
    let plan = |days: &str| {
        let text = format!(
            "slug = 'a'\nperiod = '2027'\nkind = 'test'\nstream = 'resident'\nlanguages = ['sv']\nmodes = ['web']\n\
             organisations = ['A']\nquestionnaire = {{ id = 'q', version = '1' }}\n\
             area_set = {{ id = 'a', version = '1' }}\n{days}"
        );
        toml::from_str::<Plan>(&text)
    };
    let quoted = plan("opens_on = '2027-09-15'\ncloses_on = '2027-11-10'").unwrap();
    let bare = plan("opens_on = 2027-09-15\ncloses_on = 2027-11-10").unwrap();
    assert_eq!(quoted, bare);
    assert_eq!(quoted.closes_on, NaiveDate::from_ymd_opt(2027, 11, 10).unwrap());
    let dated = plan("opens_on = 2027-09-15\ncloses_on = 2027-11-10\nresults_on = 2028-02-01").unwrap();
    assert_eq!(dated.results_on, NaiveDate::from_ymd_opt(2028, 2, 1));
    for wrong in ["2027-09-15T10:00:00Z", "'soon'", "15", "10:00:00"] {
        assert!(plan(&format!("opens_on = {wrong}\ncloses_on = 2027-11-10")).is_err(), "{wrong}");
    }
}

#[test]
fn dates_open_and_close_a_round_by_stockholm_midnight() {
    // Two hours ahead until the last Sunday of October, then one.
    let start = |date: NaiveDate| {
        let hours = if date < NaiveDate::from_ymd_opt(2027, 10, 31).unwrap() { 2 } else { 1 };
        date.and_hms_opt(0, 0, 0).unwrap().and_utc() - Duration::hours(hours)
    };
    let scheduled = round(Stage::Scheduled);
    assert_eq!(scheduled.due(at("2027-09-14T21:59:59Z"), start), None);
    assert_eq!(scheduled.due(at("2027-09-14T22:00:00Z"), start), Some(Due::Open));
    let open = round(Stage::Open { opened_at: at("2027-09-14T22:00:00Z") });
    assert_eq!(open.due(at("2027-11-11T22:59:59Z"), start), None);
    assert_eq!(open.due(at("2027-11-11T23:00:00Z"), start), Some(Due::Close));
}

#[test]
fn a_period_is_a_year_or_half_a_year_whatever_is_typed() {
    let refused = |period: &str| {
        let plan = Plan { period: period.to_owned(), ..round(Stage::Draft).plan };
        plan.faults().iter().any(|fault| fault.starts_with("period"))
    };
    for good in ["2027", "2027H1", "2027H2"] {
        assert!(!refused(good), "{good}");
    }
    for bad in ["", "27", "202å", "ååå", "2027h1", "2027H3", "2027 ", "20271"] {
        assert!(refused(bad), "{bad}");
    }
}
