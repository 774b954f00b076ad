//! The accounting's worked numbers, and printed rates that contradict each other.

use rstest::rstest;

use super::*;

const WORKED: Accounting =
    Accounting { sampled: 3_600, over_coverage: 48, blank: 31, complete: 2_080, partial: 96, insufficient: 22 };

fn printed(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |rate| format!("{:.1} {}", rate.percent(), rate.formula()))
}

#[test]
fn the_worked_numbers_come_out() {
    assert_eq!(WORKED.missing(), Some(1_323));
    assert_eq!(printed(WORKED.rr1()), "58.6 RR1 = C/(S−O)");
    assert_eq!(printed(WORKED.rr2()), "61.3 RR2 = (C+P)/(S−O)");
    assert_eq!(printed(WORKED.raw()), "60.4 (C+P)/S");
    assert_eq!(printed(WORKED.used_rate()), "61.9 (C+P+I)/(S−O)");
}

#[test]
fn a_printed_contradiction_of_rates_is_two_formulas() {
    // Kävlinge: 61.7 % printed, 1 653 of 2 700; 61.7 % is RR2 with 21 over-covered.
    let kavlinge = Accounting { sampled: 2_700, over_coverage: 21, complete: 1_653, ..Accounting::default() };
    assert_eq!(printed(kavlinge.raw()), "61.2 (C+P)/S");
    assert_eq!(printed(kavlinge.rr2()), "61.7 RR2 = (C+P)/(S−O)");
}

#[test]
fn the_weighted_rate_stands_beside_the_plain_one() {
    let small = Accounting { sampled: 100, complete: 80, ..Accounting::default() };
    let large = Accounting { sampled: 100, complete: 40, ..Accounting::default() };
    assert_eq!(printed(Accounting::sum([&small, &large]).rr2()), "60.0 RR2 = (C+P)/(S−O)");
    assert_eq!(printed(weighted_rate(&[(1_000, small), (3_000, large)])), "50.0 Σ N·RR2 / Σ N");
    assert_eq!(weighted_rate(&[(1_000, small), (5, Accounting::default())]), None);
    assert_eq!(weighted_rate(&[]), None);
}

#[test]
fn a_rate_is_written_with_its_formula_and_read_back() {
    let rate = WORKED.rr2().map(Rate::printed).unwrap();
    let written = serde_json::to_value(rate).unwrap();
    assert_eq!(written, serde_json::json!({ "rate": "rr2", "formula": "RR2 = (C+P)/(S−O)", "percent": 61.3 }));
    assert_eq!(serde_json::from_value::<Rate>(written).unwrap(), rate);
}

#[test]
fn raw_and_weighted_rates_are_two_numbers() {
    // NTU 2017, local: 79 933 of 200 000 is 40.0 % raw; 44 % was printed.
    let all = Accounting { sampled: 200_000, complete: 79_933, ..Accounting::default() };
    assert_eq!(printed(all.raw()), "40.0 (C+P)/S");
    let (small, large) = (
        Accounting { sampled: 100_000, complete: 35_933, ..Accounting::default() },
        Accounting { sampled: 100_000, complete: 44_000, ..Accounting::default() },
    );
    assert_eq!(Accounting::sum([&small, &large]), all);
    assert_eq!(printed(weighted_rate(&[(0, small), (1, large)])), "44.0 Σ N·RR2 / Σ N");
}

#[test]
fn nobody_sampled_gives_no_rate() {
    assert_eq!(Accounting::default().rr2(), None);
    let more = Accounting { sampled: 1, complete: 2, ..Accounting::default() };
    assert_eq!(more.missing(), None);
}

#[rstest]
#[case(29, Completeness::Complete)]
#[case(28, Completeness::Partial)]
#[case(18, Completeness::Partial)]
#[case(17, Completeness::Insufficient)]
#[case(0, Completeness::Insufficient)]
fn of_36_core_items_29_are_complete_and_18_partial(#[case] answered: usize, #[case] expected: Completeness) {
    let core: Vec<usize> = (2..38).collect();
    // Answers of every kind count, machine codes do not.
    let mut codes = vec![99; 40];
    for (place, code) in codes[2..2 + answered].iter_mut().enumerate() {
        *code = [1, 93, 96, 97, 98][place % 5];
    }
    codes[39] = 94;
    codes[0] = 1;
    codes[1] = 1;
    assert_eq!(Completeness::of(&core, &codes), expected);
    assert_eq!(expected.estimated(), expected != Completeness::Insufficient);
}

#[test]
fn without_core_items_every_sheet_is_complete() {
    assert_eq!(Completeness::of(&[], &[99, 95]), Completeness::Complete);
}
