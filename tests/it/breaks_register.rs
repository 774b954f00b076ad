//! The register of breaks: its table row by row, what a person may say, and what stands when.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use trygg::{
    stats::compare::{Class, Reason},
    survey::{
        breaks::{Act, Code, CutTable, Declaration, Key, Lift, Pair, Person, Register, Wanted, reasons},
        ids::StaffId,
        staff::Organisation,
    },
};
use uuid::Uuid;

use crate::support::{
    definition::lulea,
    round::{PORSON, TOTAL, day, round, told},
};

/// The table of the survey specification, section 6: code, class, what lifts it. Codes of crime series
/// are not here, as there are none.
const TABLE: [(&str, Class, Lift); 29] = [
    ("wording", Class::Hard, Lift::Note),
    ("options", Class::Hard, Lift::Note),
    ("order", Class::Hard, Lift::SplitSample),
    ("order_minor", Class::Soft, Lift::Never),
    ("routing", Class::Hard, Lift::Note),
    ("frame", Class::Hard, Lift::Never),
    ("formula", Class::Hard, Lift::Never),
    ("cut_table", Class::Hard, Lift::Never),
    ("k_items_changed", Class::Hard, Lift::Never),
    ("mode", Class::Hard, Lift::ParallelRun),
    ("mode_mix", Class::Soft, Lift::Never),
    ("translation", Class::Soft, Lift::Never),
    ("age_range", Class::Hard, Lift::NearAges),
    ("stream", Class::Hard, Lift::Never),
    ("survey", Class::Hard, Lift::Never),
    ("unit", Class::Hard, Lift::Never),
    ("area_set", Class::Hard, Lift::Never),
    ("area_absent", Class::Hard, Lift::Never),
    ("not_asked", Class::Hard, Lift::Never),
    ("withheld", Class::Hard, Lift::Never),
    ("no_variance", Class::Hard, Lift::Never),
    ("ambiguous_history", Class::Hard, Lift::Mark),
    ("superseded", Class::Hard, Lift::Never),
    ("pooled_overlap", Class::Hard, Lift::Never),
    ("not_independent", Class::Hard, Lift::Never),
    ("season", Class::Soft, Lift::Never),
    ("weighting", Class::Soft, Lift::Never),
    ("response_drop", Class::Note, Lift::Never),
    ("event", Class::Note, Lift::Never),
];

#[test]
fn every_code_weighs_and_is_lifted_as_the_table_says() {
    assert_eq!(Code::ALL.len(), TABLE.len());
    for (key, class, lift) in TABLE {
        let code = Code::parse(key).unwrap_or_else(|| panic!("{key} is in the register"));
        assert_eq!((code.class(), code.lift()), (class, lift), "{key}");
        assert_eq!(serde_json::to_value(code).expect("JSON"), key);
        assert!(class == Class::Hard || lift == Lift::Never, "{key}: only a hard reason is lifted");
    }
}

fn said(act: &str, code: &str) -> Wanted {
    let text = str::to_owned;
    Wanted {
        act: text(act),
        code: text(code),
        from: text("2023"),
        to: text("2027"),
        note: text("because"),
        ..Wanted::default()
    }
}

#[test]
fn a_bridge_is_possible_exactly_where_the_table_says() {
    for (key, _, lift) in TABLE {
        let evidence = match lift {
            Lift::SplitSample => "split_sample",
            Lift::ParallelRun => "parallel_run",
            _ => "",
        };
        let wanted = Wanted { evidence: evidence.to_owned(), ..said("bridge", key) };
        let read = wanted.read().map_err(|refused| (refused.code, refused.field));
        if matches!(lift, Lift::Never | Lift::Mark) {
            assert_eq!(read, Err(("not_bridgeable", "code")), "{key}");
        } else {
            assert!(read.is_ok(), "{key}: {read:?}");
        }
    }
}

#[test]
fn only_what_no_machine_finds_is_declared() {
    for (key, ..) in TABLE {
        let mut wanted = said("declare", key);
        if key == "event" {
            wanted.to.clear();
        }
        let possible = wanted.read().is_ok();
        assert_eq!(possible, ["event", "frame", "not_independent"].contains(&key), "{key}");
    }
}

#[rstest]
#[case::act(Wanted { act: "erase".into(), ..said("bridge", "wording") }, "act_unknown", "act")]
#[case::code(said("bridge", "spelling"), "code_unknown", "code")]
#[case::no_note(Wanted { note: "  ".into(), ..said("bridge", "wording") }, "note_missing", "note")]
#[case::long_note(Wanted { note: "x".repeat(501), ..said("bridge", "wording") }, "note_too_long", "note")]
#[case::no_split_sample(said("bridge", "order"), "evidence_missing", "evidence")]
#[case::other_evidence(Wanted { evidence: "parallel_run".into(), ..said("bridge", "order") }, "evidence_missing", "evidence")]
#[case::no_parallel_run(said("bridge", "mode"), "evidence_missing", "evidence")]
#[case::idle_evidence(Wanted { evidence: "split_sample".into(), ..said("bridge", "wording") }, "field_idle", "evidence")]
#[case::no_round(Wanted { from: String::new(), ..said("bridge", "wording") }, "field_missing", "from")]
#[case::one_round(Wanted { to: String::new(), ..said("bridge", "wording") }, "field_missing", "to")]
#[case::same_round(Wanted { to: "2023".into(), ..said("bridge", "wording") }, "rounds_same", "to")]
#[case::event_of_two(said("declare", "event"), "field_idle", "to")]
#[case::spelling_of_what(said("spelling", ""), "field_missing", "item")]
#[case::withdraw_what(Wanted { id: "7".into(), ..said("withdraw", "") }, "id_unknown", "id")]
#[case::mark_without_source(Wanted { series: "S".into(), period: "2019".into(), area: "2580".into(), printed: "1".into(), ..said("mark", "") }, "field_missing", "source")]
fn a_bad_statement_names_its_field_and_the_remedy(#[case] wanted: Wanted, #[case] code: &str, #[case] field: &str) {
    let refused = wanted.read().expect_err(code);
    assert_eq!((refused.code, refused.field), (code, field));
    assert!(refused.remedy.len() > 10, "{refused}");
}

fn instant(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// Statement `id` of person `by` at a minute.
fn kept(id: u128, by: u128, minute: i64, wanted: &Wanted) -> Declaration {
    let (act, note) = wanted.read().expect("a statement");
    let person =
        Person { id: StaffId::from(Uuid::from_u128(by)), name: format!("P{by}"), organisation: Organisation::Kommun };
    Declaration { id: Uuid::from_u128(id), act, person, at: instant(minute), note }
}

const PAIR: Pair<'_> = Pair { rounds: ("2023", "2027"), ages: ((16, 85), (16, 85)) };

fn hard(code: &str, item: &str) -> Reason {
    Reason { item: Some(item.to_owned()), ..Reason::new(code, Class::Hard, "") }
}

fn classes(register: &Register, pair: Pair<'_>, measure: &str, found: Vec<Reason>) -> Vec<(String, Class)> {
    let judged = register.judge(pair, measure, None, found).into_iter();
    judged.map(|reason| (reason.code, reason.class)).collect()
}

#[test]
fn a_bridge_holds_for_its_rounds_measure_and_item_only() {
    let wanted = Wanted { measure: "I-LATE".into(), item: "E1".into(), ..said("bridge", "wording") };
    let register = Register::as_of(vec![kept(1, 1, 0, &wanted)], instant(0));
    let one = |pair, measure, reason| classes(&register, pair, measure, vec![reason])[0].1;
    assert_eq!(one(PAIR, "I-LATE", hard("wording", "E1")), Class::Bridged);
    assert_eq!(one(PAIR, "I-LATE", hard("options", "E1")), Class::Hard, "another code");
    assert_eq!(one(PAIR, "I-LATE", hard("wording", "E1b")), Class::Hard, "another item");
    assert_eq!(one(PAIR, "S-E", hard("wording", "E1")), Class::Hard, "another measure");
    let other = Pair { rounds: ("2019", "2027"), ..PAIR };
    assert_eq!(one(other, "I-LATE", hard("wording", "E1")), Class::Hard, "another pair");
    let judged = register.judge(PAIR, "I-LATE", None, vec![hard("wording", "E1")]);
    assert_eq!(judged[0].declared, Some(Uuid::from_u128(1).to_string()), "the statement is named");
}

#[test]
fn a_spelling_fix_takes_two_persons() {
    let wanted = Wanted { item: "E1".into(), ..said("spelling", "") };
    let class = |said: Vec<Declaration>| {
        classes(&Register::as_of(said, instant(9)), PAIR, "I-LATE", vec![hard("wording", "E1")])[0].1
    };
    assert_eq!(class(vec![kept(1, 1, 0, &wanted)]), Class::Hard);
    assert_eq!(class(vec![kept(1, 1, 0, &wanted), kept(2, 1, 1, &wanted)]), Class::Hard, "one person twice");
    assert_eq!(class(vec![kept(1, 1, 0, &wanted), kept(2, 2, 1, &wanted)]), Class::Soft);
    let back = Wanted { id: Uuid::from_u128(2).to_string(), ..said("withdraw", "") };
    let all = vec![kept(1, 1, 0, &wanted), kept(2, 2, 1, &wanted), kept(3, 2, 2, &back)];
    assert_eq!(class(all), Class::Hard, "taken back");
}

#[test]
fn age_limits_are_bridged_between_84_and_85_only() {
    let register = Register::as_of(vec![kept(1, 1, 0, &said("bridge", "age_range"))], instant(0));
    let class = |ages| {
        classes(&register, Pair { ages, ..PAIR }, "I-LATE", vec![Reason::new("age_range", Class::Hard, "")])[0].1
    };
    assert_eq!(class(((16, 84), (16, 85))), Class::Bridged);
    assert_eq!(class(((18, 85), (16, 85))), Class::Hard);
}

#[test]
fn what_was_said_later_or_taken_back_before_does_not_stand() {
    let back = Wanted { id: Uuid::from_u128(1).to_string(), ..said("withdraw", "") };
    let all = vec![kept(1, 1, 10, &said("bridge", "wording")), kept(2, 1, 20, &back)];
    let standing = |minute| Register::as_of(all.clone(), instant(minute)).standing().len();
    assert_eq!([standing(9), standing(10), standing(19), standing(20)], [0, 1, 1, 0]);
}

#[test]
fn what_a_person_declares_is_found_for_its_rounds_and_area() {
    let event = Wanted { to: String::new(), area: PORSON.into(), ..said("declare", "event") };
    let all = vec![kept(1, 1, 0, &event), kept(2, 1, 0, &said("declare", "not_independent"))];
    let register = Register::as_of(all, instant(0));
    let codes = |pair, area| {
        let judged = register.judge(pair, "I-LATE", area, Vec::new()).into_iter();
        judged.map(|reason| (reason.code, reason.class)).collect::<Vec<_>>()
    };
    let panel = ("not_independent".to_owned(), Class::Hard);
    let event = ("event".to_owned(), Class::Note);
    assert_eq!(codes(PAIR, Some(PORSON)), [event.clone(), panel.clone()]);
    assert_eq!(codes(PAIR, None), [panel], "the event was in one district");
    assert_eq!(codes(Pair { rounds: ("2019", "2023"), ..PAIR }, Some(PORSON)), [event], "it touches every comparison");
    assert_eq!(codes(Pair { rounds: ("2019", "2027"), ..PAIR }, Some(PORSON)), []);
}

#[rstest]
#[case::merges(|k: &mut Key| k.merges = vec!["T01 ages 16-29, 30-49".into()], &[("weighting", Class::Soft)])]
#[case::older_population(|k: &mut Key| k.population_date = Some(day("2018-12-31")), &[("weighting", Class::Soft)])]
#[case::population_a_little_older(|k: &mut Key| k.population_date = Some(day("2022-10-31")), &[])]
#[case::population_unknown(|k: &mut Key| k.population_date = None, &[])]
fn weights_are_as_old_as_their_population(#[case] change: fn(&mut Key), #[case] wanted: &[(&str, Class)]) {
    let earlier = round(&lulea());
    let mut later = earlier.clone();
    change(&mut later);
    assert_eq!(told(&reasons(&earlier, &later, "I-LATE", TOTAL)), wanted);
}

#[test]
fn merges_count_alike_wherever_they_stand() {
    let within = Key { scheme: "rake; trim 3; districts A+B; E man 16-29+30-49".to_owned(), ..round(&lulea()) };
    let merges = ["E man 16-29+30-49", "districts A+B"].map(str::to_owned).to_vec();
    let apart = Key { scheme: "rake; trim 3".to_owned(), merges, ..within.clone() };
    assert_eq!(reasons(&within, &apart, "I-LATE", TOTAL), []);
    let none = Key { merges: Vec::new(), ..apart.clone() };
    let found = reasons(&within, &none, "I-LATE", TOTAL);
    assert_eq!(found[0].detail, "merged: E man 16-29+30-49, districts A+B and nothing");
    let untrimmed = Key { scheme: "rake".to_owned(), ..apart };
    assert_eq!(reasons(&within, &untrimmed, "I-LATE", TOTAL)[0].detail, "rake; trim 3 and rake");
}

#[test]
fn each_round_with_its_own_years_population_is_weighted_alike() {
    let earlier = round(&lulea());
    let later = Key {
        population_date: Some(day("2026-12-31")),
        field: (day("2027-09-15"), day("2027-11-10")),
        ..earlier.clone()
    };
    assert_eq!(reasons(&earlier, &later, "I-LATE", TOTAL), []);
}

#[test]
fn another_unit_cut_table_or_number_of_indicators_parts_a_measure() {
    let earlier = Key {
        cuts: BTreeMap::from([("PI-06".to_owned(), CutTable { id: "police-2013".into(), k: 33 })]),
        ..round(&lulea())
    };
    let mut later = earlier.clone();
    later.cuts.insert("PI-06".to_owned(), CutTable { id: "police-2026".into(), k: 30 });
    if let Some(measure) = later.fingerprint.measures.get_mut("I-LATE") {
        measure.unit = "points".to_owned();
    }
    assert_eq!(
        told(&reasons(&earlier, &later, "PI-06", TOTAL)),
        [("cut_table", Class::Hard), ("k_items_changed", Class::Hard)]
    );
    let found = reasons(&earlier, &later, "I-LATE", TOTAL);
    assert_eq!(told(&found), [("unit", Class::Hard)]);
    assert_eq!(found[0].item, None, "of the measure, not of an item");
    if let Some(measure) = later.fingerprint.measures.get_mut("I-LATE") {
        measure.unit.clear();
    }
    assert_eq!(reasons(&earlier, &later, "I-LATE", TOTAL), [], "stored without it");
}

#[test]
fn a_share_of_another_city_survey_is_never_on_one_axis() {
    let earlier = round(&lulea());
    let mut later = earlier.clone();
    later.fingerprint.questionnaire = "ntu".to_owned();
    let found = reasons(&earlier, &later, "I-LATE", TOTAL);
    assert_eq!(told(&found), [("survey", Class::Hard)]);
    let bridges: Vec<Declaration> = TABLE
        .iter()
        .filter_map(|(code, ..)| {
            let evidence = if *code == "mode" { "parallel_run" } else { "split_sample" };
            let plain = said("bridge", code);
            let with = Wanted { evidence: evidence.to_owned(), ..plain.clone() };
            [plain, with].into_iter().find(|wanted| wanted.read().is_ok())
        })
        .map(|wanted| kept(1, 1, 0, &wanted))
        .collect();
    assert_eq!(bridges.len(), 6);
    assert!(matches!(bridges[0].act, Act::Bridge { code: Code::Wording, .. }));
    let register = Register::as_of(bridges, instant(0));
    assert_eq!(classes(&register, PAIR, "I-LATE", found), [("survey".to_owned(), Class::Hard)], "no bridge lifts it");
}

#[test]
fn every_statement_is_read_back_as_it_was_kept() {
    let all = [
        kept(1, 1, 0, &said("bridge", "wording")),
        kept(2, 1, 0, &Wanted { to: String::new(), ..said("declare", "event") }),
        kept(3, 1, 0, &Wanted { item: "E1".into(), ..said("spelling", "") }),
        kept(4, 1, 0, &Wanted { id: Uuid::from_u128(1).to_string(), ..said("withdraw", "") }),
    ];
    for said in all {
        let text = serde_json::to_string(&said).expect("JSON");
        assert_eq!(serde_json::from_str::<Declaration>(&text).expect("a statement"), said, "{text}");
    }
}
