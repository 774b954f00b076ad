//! Statuses, the rounding ladder and verdicts by the examples that the statistics specification gives in
//! numbers (sections 6, 7 and 12.3).

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use std::collections::{HashMap, HashSet};

use rstest::rstest;
use trygg::stats::{
    compare::{Adjustment, Better, Class, Reason, Verdict, adjust, change},
    disclosure::{
        Earlier, Floor, GateRefusal, Judged, MeasureInfo, PClass, Plan, PublishedRecord, Rules, SafeTable,
        atoms::{AtomTable, Geography},
        gate, ladder, published_n, told_n, unit_for,
    },
    domain::{Domain, DomainKind},
    estimate::{EstimateRecord, Missing},
    interval::Method,
    quantile::Z,
    weight::VarianceForm,
};

use crate::sample::rows;

fn total() -> Domain {
    Domain { kind: DomainKind::Total, area: None, sex: None, age: None, tenure: None }
}

/// An estimate of the whole municipality about `valid` answers.
fn estimate(valid: u64, estimate: f64, se: f64) -> EstimateRecord {
    EstimateRecord {
        measure: 0,
        domain: total(),
        asked: valid,
        valid,
        ones: None,
        dont_know: 0,
        sum_w: 1000.0,
        estimate: Some(estimate),
        se: Some(se),
        df: Some(100),
        deff: Some(1.0),
        n_eff: Some(valid as f64),
        ci: Some((estimate - Z * se, estimate + Z * se)),
        ci_method: Some(Method::Z),
        nonresponse: Some(0.0),
        homogeneous: false,
        missing: None,
        variance_form: VarianceForm::Poststratified,
        wide_bounds: false,
        step: None,
    }
}

/// A share with `ones` of `valid` answers in its numerator.
fn share(valid: u64, ones: u64) -> EstimateRecord {
    let p = ones as f64 / valid as f64;
    EstimateRecord { ones: Some(ones), ci: Some((p - 0.05, p + 0.05)), ..estimate(valid, p, 0.025) }
}

fn points() -> MeasureInfo {
    MeasureInfo {
        id: "S-B".into(),
        share: false,
        range: 100.0,
        sensitive: false,
        municipal: false,
        points: true,
        parts: Vec::new(),
        cuts: None,
        base: None,
        better: Better::Higher,
        headline: false,
    }
}

fn of_share(sensitive: bool) -> MeasureInfo {
    MeasureInfo { id: "I-EXP".into(), share: true, sensitive, points: false, better: Better::Lower, ..points() }
}

fn of_steps() -> MeasureInfo {
    MeasureInfo { id: "PI-06".into(), range: 6.0, better: Better::Lower, ..points() }
}

/// Figures of which no atoms are known: what each rule says of them by themselves.
fn judge(measures: &[MeasureInfo], records: &[EstimateRecord], earlier: &[Earlier]) -> Result<SafeTable, GateRefusal> {
    let passed = gate(&Judged {
        release: "R-2",
        round: "later",
        publication_hash: "",
        plan: &Plan { full: vec![DomainKind::Total], municipal: Vec::new() },
        measures,
        estimates: records,
        atoms: &AtomTable::default(),
        geography: &Geography::new(),
        answered: &[],
        earlier,
        ledger: &[],
        floor: &Floor::default(),
        rules: &Rules::default(),
    });
    passed.map(|passed| passed.table)
}

/// What the gate lets through of one figure, beside one that it always shows.
fn passed(record: EstimateRecord, info: MeasureInfo, earlier: &[Earlier]) -> SafeTable {
    let other = EstimateRecord { measure: 1, ..estimate(1000, 50.0, 1.0) };
    let measures = [info, MeasureInfo { id: "S-D".into(), ..points() }];
    judge(&measures, &[record, other], earlier).unwrap()
}

fn published(record: EstimateRecord, info: MeasureInfo) -> PublishedRecord {
    passed(record, info, &[]).records()[0].clone()
}

#[rstest]
#[case::answers_29(estimate(29, 50.0, 1.0), points(), "..")]
#[case::answers_30(estimate(30, 50.0, 1.0), points(), "u")]
#[case::answers_99(estimate(99, 50.0, 1.0), points(), "u")]
#[case::answers_100(estimate(100, 50.0, 1.0), points(), "")]
#[case::effective_19(EstimateRecord { n_eff: Some(19.9), ..estimate(100, 50.0, 1.0) }, points(), "..")]
#[case::effective_20(EstimateRecord { n_eff: Some(20.0), ..estimate(100, 50.0, 1.0) }, points(), "")]
#[case::nonresponse_10(EstimateRecord { nonresponse: Some(0.10), ..estimate(100, 50.0, 1.0) }, points(), "")]
#[case::nonresponse_11(EstimateRecord { nonresponse: Some(0.11), ..estimate(100, 50.0, 1.0) }, points(), "i")]
#[case::nonresponse_30(EstimateRecord { nonresponse: Some(1.0 - 700.0 / 1000.0), ..estimate(700, 50.0, 1.0) }, points(), "i")]
#[case::nonresponse_31(EstimateRecord { nonresponse: Some(0.31), ..estimate(690, 50.0, 1.0) }, points(), "..")]
#[case::both_flags(EstimateRecord { nonresponse: Some(0.2), ..estimate(50, 50.0, 1.0) }, points(), "iu")]
#[case::half_width_7(EstimateRecord { ci: Some((42.6, 57.4)), ..estimate(200, 50.0, 3.8) }, points(), "")]
#[case::half_width_8(EstimateRecord { ci: Some((42.4, 57.4)), ..estimate(200, 50.0, 3.8) }, points(), "u")]
#[case::share_within_10_points(EstimateRecord { ci: Some((0.41, 0.59)), ..share(200, 100) }, of_share(false), "")]
#[case::share_beyond_10_points(EstimateRecord { ci: Some((0.41, 0.61)), ..share(200, 100) }, of_share(false), "u")]
#[case::index_of_6_within(EstimateRecord { ci: Some((1.56, 2.44)), ..estimate(200, 2.0, 0.2) }, of_steps(), "")]
#[case::index_of_6_beyond(EstimateRecord { ci: Some((1.54, 2.44)), ..estimate(200, 2.0, 0.2) }, of_steps(), "u")]
#[case::points_all_equal(EstimateRecord { homogeneous: true, se: Some(0.0), ci: None, ..estimate(5000, 75.0, 0.0) }, points(), "..")]
#[case::share_all_equal_99(EstimateRecord { homogeneous: true, ..share(99, 0) }, of_share(false), "..")]
#[case::share_all_equal_100(EstimateRecord { homogeneous: true, ..share(100, 0) }, of_share(false), "")]
#[case::sensitive_nine_in_ten_of_90(share(90, 81), of_share(true), "..")]
#[case::sensitive_nine_in_ten_of_100(share(100, 90), of_share(true), "")]
#[case::sensitive_nearly_nine_in_ten(share(99, 89), of_share(true), "u")]
#[case::plain_nine_in_ten(share(90, 81), of_share(false), "u")]
#[case::sensitive_one(share(200, 1), of_share(true), "..")]
#[case::sensitive_four(share(200, 4), of_share(true), "..")]
#[case::sensitive_five(share(200, 5), of_share(true), "")]
#[case::sensitive_all_but_four(share(200, 196), of_share(true), "..")]
#[case::sensitive_none(share(200, 0), of_share(true), "")]
#[case::plain_four(share(200, 4), of_share(false), "")]
#[case::not_asked(EstimateRecord { estimate: None, missing: Some(Missing::NotAsked), ..estimate(0, 0.0, 0.0) }, points(), ".")]
#[case::no_cut_table(EstimateRecord { estimate: None, missing: Some(Missing::CutTableMissing), ..estimate(0, 0.0, 0.0) }, of_steps(), ".")]
#[case::indicator_not_asked(EstimateRecord { estimate: None, missing: Some(Missing::KItemsChanged), ..estimate(0, 0.0, 0.0) }, of_steps(), ".")]
#[case::indicator_not_answered(EstimateRecord { estimate: None, asked: 9, missing: Some(Missing::KItemsChanged), ..estimate(0, 0.0, 0.0) }, of_steps(), "..")]
#[case::nobody_valid(EstimateRecord { estimate: None, missing: Some(Missing::NotEstimable), ..estimate(0, 0.0, 0.0) }, points(), "..")]
fn each_figure_has_the_status_of_the_first_rule_that_hits(
    #[case] record: EstimateRecord,
    #[case] info: MeasureInfo,
    #[case] status: &str,
) {
    let found = published(record.clone(), info);
    assert_eq!(found.status, status, "{found:?}");
    if status.starts_with('.') {
        // Shown or withheld whole; the outside learns one word for every reason.
        assert_eq!((found.value, found.lower, found.upper, found.n, found.rounded_to), (None, None, None, None, None));
        let why = record.missing.map_or("withheld", Missing::code);
        assert_eq!(found.reason, if status == ".." { "withheld" } else { why });
    }
}

#[test]
fn a_withheld_part_withholds_the_composite() {
    let composite = MeasureInfo { id: "TI-100".into(), parts: vec![(1, 0.5), (2, 0.5)], ..points() };
    let measures = [composite, points(), MeasureInfo { id: "S-D".into(), ..points() }];
    let of = |measure, valid| EstimateRecord { measure, ..estimate(valid, 50.0, 1.0) };
    let status = |part| {
        let table = judge(&measures, &[of(0, 200), of(1, part), of(2, 200)], &[]).unwrap();
        table.records()[0].status.clone()
    };
    assert_eq!([status(200), status(29)], ["", ".."]);
}

#[test]
fn a_gate_that_would_show_nothing_refuses() {
    let refused = judge(&[points()], &[estimate(29, 50.0, 1.0)], &[]);
    assert_eq!(refused.err(), Some(GateRefusal::NothingLeft));
}

#[rstest]
#[case(20, 5.0, 0.5)]
#[case(49, 5.0, 0.5)]
#[case(50, 2.0, 0.2)]
#[case(99, 2.0, 0.2)]
#[case(100, 1.0, 0.1)]
#[case(199, 1.0, 0.1)]
#[case(200, 0.5, 0.05)]
#[case(499, 0.5, 0.05)]
#[case(500, 0.2, 0.02)]
#[case(999, 0.2, 0.02)]
#[case(1000, 0.1, 0.01)]
#[case(1_000_000, 0.1, 0.01)]
fn the_ladder_rounds_coarser_the_fewer_answer(#[case] valid: u64, #[case] of_hundred: f64, #[case] of_six: f64) {
    assert_eq!(unit_for(valid, 100.0).unwrap().size(), of_hundred);
    assert_eq!(unit_for(valid, 6.0).unwrap().size(), of_six);
}

#[test]
fn below_20_answers_there_is_no_unit() {
    assert_eq!(unit_for(19, 100.0), None);
}

#[test]
fn the_whole_ladder_is_told_from_the_fewest_answers_on() {
    let told = |range| ladder(range).into_iter().map(|(valid, unit)| (valid, unit.size())).collect::<Vec<_>>();
    let starts = [20, 50, 100, 200, 500, 1_000];
    assert_eq!(told(100.0), starts.into_iter().zip([5.0, 2.0, 1.0, 0.5, 0.2, 0.1]).collect::<Vec<_>>());
    assert_eq!(told(6.0), starts.into_iter().zip([0.5, 0.2, 0.1, 0.05, 0.02, 0.01]).collect::<Vec<_>>());
    let decimals: Vec<usize> = ladder(6.0).into_iter().map(|(_, unit)| unit.decimals()).collect();
    assert_eq!(decimals, [1, 1, 1, 2, 2, 2]);
}

#[rstest]
#[case(32, 30)]
#[case(33, 35)]
#[case(97, 95)]
#[case(98, 100)]
#[case(105, 110)]
#[case(175, 180)]
#[case(184, 180)]
#[case(183, 180)]
fn numbers_of_answers_are_rounded(#[case] valid: u64, #[case] shown: u64) {
    assert_eq!(published_n(valid), shown);
}

/// The unit beside a number tells of it too: 100 answers printed with whole points are 100 to 104, with two 98 or 99.
#[rstest]
#[case(30, 5.0, (30, 32))]
#[case(50, 5.0, (48, 49))]
#[case(50, 2.0, (50, 52))]
#[case(100, 2.0, (98, 99))]
#[case(100, 1.0, (100, 104))]
#[case(200, 1.0, (195, 199))]
#[case(200, 0.5, (200, 204))]
#[case(310, 0.5, (305, 314))]
#[case(1000, 0.2, (995, 999))]
#[case(1000, 0.1, (1000, 1004))]
fn a_printed_number_and_its_unit_stand_for_few_numbers(
    #[case] published: u64,
    #[case] unit: f64,
    #[case] numbers: (u64, u64),
) {
    assert_eq!(told_n(published, unit, 100.0, 30), numbers);
    for valid in numbers.0..=numbers.1 {
        assert_eq!((published_n(valid), unit_for(valid, 100.0).unwrap().size()), (published, unit));
    }
}

#[rstest]
#[case(0.25, 0.5)]
#[case(-0.25, -0.5)]
#[case(0.24, 0.0)]
#[case(-0.24, 0.0)]
#[case(57.518_027, 57.5)]
fn halves_go_away_from_zero(#[case] value: f64, #[case] rounded: f64) {
    let unit = unit_for(200, 100.0).unwrap();
    let found = unit.times(unit.count(value));
    assert_eq!(found.to_string(), rounded.to_string(), "and no figure is −0");
}

#[rstest]
#[case(7913, 63.678_078, 0.4835, [63.7, 63.2, 64.2], 7910)]
#[case(146, 65.018_731, 3.2138, [65.0, 61.0, 69.0], 150)]
#[case(257, 57.518_027, 2.3599, [57.5, 55.0, 60.0], 260)]
fn a_figure_is_printed_as_the_specification_prints_it(
    #[case] valid: u64,
    #[case] value: f64,
    #[case] half: f64,
    #[case] shown: [f64; 3],
    #[case] n: u64,
) {
    let found = published(estimate(valid, value, half / Z), points());
    assert_eq!([found.value, found.lower, found.upper], shown.map(Some));
    assert_eq!(found.n, Some(n));
}

#[test]
fn bounds_of_a_share_stay_within_0_and_100_percent() {
    let near_none = EstimateRecord { ci: Some((0.001, 0.03)), ..share(200, 2) };
    assert_eq!(published(near_none, of_share(false)).lower, Some(0.0));
    let near_all = EstimateRecord { ci: Some((0.97, 0.999)), ..share(200, 198) };
    assert_eq!(published(near_all, of_share(false)).upper, Some(100.0));
}

/// A round whose figure of everybody was `record`.
fn before(record: EstimateRecord, shown: bool, reasons: &[Reason]) -> Earlier {
    let key = ("S-B".to_owned(), total());
    Earlier {
        period: "2023".into(),
        estimates: HashMap::from([(key.clone(), record)]),
        shown: if shown { HashSet::from([key]) } else { HashSet::new() },
        reasons: HashMap::from([(("S-B".to_owned(), None), reasons.to_vec())]),
    }
}

#[test]
fn a_change_is_rounded_from_unrounded_values() {
    let se = 2.5957 / Z / 2.0_f64.sqrt();
    let earlier = before(estimate(442, 50.0, se), true, &[]);
    let table = passed(estimate(443, 54.299_364, se), points(), &[earlier]);
    let found = &table.changes()[0];
    assert_eq!([found.difference, found.lower, found.upper], [Some(4.5), Some(1.5), Some(7.5)]);
    assert_eq!((found.n, found.p_class, found.verdict), (Some(440), Some(PClass::Hundredth), Some(Verdict::Improved)));
}

#[test]
fn headlines_of_everybody_are_one_family_and_other_measures_each_their_own() {
    // p = 0.03 and 0.04: each by itself is below 0.05, both together by Holm are not.
    let classes = |headline| {
        let measures = ["S-B", "S-D"].map(|id| MeasureInfo { id: id.into(), headline, ..points() });
        let records = [3.069, 2.904].map(|difference| estimate(1000, 50.0 + difference, 1.0));
        let records = [0, 1].map(|measure| EstimateRecord { measure, ..records[measure].clone() });
        let mut earlier = before(estimate(1000, 50.0, 1.0), true, &[]);
        let other = ("S-D".to_owned(), total());
        earlier.estimates.insert(other.clone(), estimate(1000, 50.0, 1.0));
        earlier.shown.insert(other);
        let table = judge(&measures, &records, &[earlier]).unwrap();
        table.changes().iter().map(|change| change.p_class.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(classes(false), [PClass::Twentieth; 2]);
    assert_eq!(classes(true), [PClass::NotEstablished; 2]);
}

#[test]
fn a_hard_reason_leaves_no_difference_and_a_soft_one_stays_beside_it() {
    let told = |class| {
        let earlier = before(estimate(442, 50.0, 1.0), true, &[Reason::new("wording", class, "")]);
        passed(estimate(443, 60.0, 1.0), points(), &[earlier]).changes()[0].clone()
    };
    let hard = told(Class::Hard);
    assert_eq!(
        (hard.difference, hard.lower, hard.p_class, hard.verdict),
        (None, None, None, Some(Verdict::NotComparable))
    );
    let text = serde_json::to_value(&hard).unwrap();
    assert!(["difference", "lower", "upper", "p_class"].iter().all(|key| text.get(key).is_none()), "absent, not null");
    for class in [Class::Bridged, Class::Soft, Class::Note] {
        let open = told(class);
        assert_eq!((open.difference, open.verdict, open.reasons.len()), (Some(10.0), Some(Verdict::Improved), 1));
    }
}

#[test]
fn a_figure_withheld_in_one_round_has_no_change() {
    let earlier = before(estimate(442, 50.0, 1.0), false, &[]);
    let table = passed(estimate(443, 60.0, 1.0), points(), &[earlier]);
    let found = &table.changes()[0];
    assert_eq!((found.status.as_str(), found.difference, found.verdict), ("..", None, None));
    assert_eq!(found.reasons[0].code, "withheld");
}

fn verdict(earlier: (f64, f64), later: (f64, f64), better: Better) -> (f64, Option<Verdict>) {
    let mut found = change(&estimate(500, earlier.0, earlier.1), &estimate(500, later.0, later.1), Vec::new());
    adjust(&mut [&mut found], Adjustment::Holm);
    (found.test.unwrap().0, found.verdict(better))
}

/// Share and standard error of p of n answers with design effect `deff`.
fn printed(p: f64, n: f64, deff: f64) -> (f64, f64) {
    (p, (deff * p * (1.0 - p) / n).sqrt())
}

#[rstest]
#[case::krokom(printed(0.86, 135.0, 1.0), printed(0.91, 152.0, 1.0), 1.32, Verdict::NoEstablishedChange)]
#[case::syd(printed(0.596, 42_066.0, 1.0), printed(0.615, 42_408.0, 1.0), 5.65, Verdict::Improved)]
#[case::syd_with_design_effect(printed(0.596, 42_066.0, 2.0), printed(0.615, 42_408.0, 2.0), 4.00, Verdict::Improved)]
fn printed_changes_get_the_verdict_of_their_test(
    #[case] earlier: (f64, f64),
    #[case] later: (f64, f64),
    #[case] z: f64,
    #[case] wanted: Verdict,
) {
    let (found, verdict) = verdict(earlier, later, Better::Higher);
    assert_eq!((found * 100.0).round() / 100.0, z);
    assert_eq!(verdict, Some(wanted));
}

#[rstest]
#[case::kavlinge_fell_and_low_is_good(Better::Lower, Some(Verdict::Improved))]
#[case::had_high_been_good(Better::Higher, Some(Verdict::Worse))]
#[case::without_direction(Better::Neither, None)]
fn the_sign_is_read_with_the_direction(#[case] better: Better, #[case] wanted: Option<Verdict>) {
    assert_eq!(verdict((1.81, 0.03), (1.66, 0.03), better).1, wanted);
}

#[test]
fn without_a_standard_error_there_is_no_test() {
    let found = change(&EstimateRecord { se: None, ..estimate(500, 1.4, 0.0) }, &estimate(500, 1.3, 0.1), Vec::new());
    assert_eq!((found.diff, found.test), (None, None));
    assert_eq!((found.reasons[0].code.as_str(), found.reasons[0].class), ("no_variance", Class::Hard));
}

#[test]
fn of_18_districts_the_one_at_two_percent_has_not_changed() {
    let Some(rows) = rows("expected/year_differences.csv") else { return };
    let family: Vec<_> =
        rows.iter().filter(|r| r["scheme"] == "ps" && r["stat"] == "idx_a" && r["domain_type"] == "district").collect();
    assert_eq!(family.len(), 18);
    let mut changes: Vec<_> = (family.iter())
        .map(|row| {
            let (diff, se): (f64, f64) = (row["diff"].parse().unwrap(), row["se_diff"].parse().unwrap());
            let half = se / 2.0_f64.sqrt();
            change(&estimate(400, 50.0, half), &estimate(400, 50.0 + diff, half), Vec::new())
        })
        .collect();
    adjust(&mut changes.iter_mut().collect::<Vec<_>>(), Adjustment::BenjaminiHochberg);
    let of = |district: &str| {
        let found = &changes[family.iter().position(|row| row["district"] == district).unwrap()];
        (found.p_adjusted.unwrap(), found.verdict(Better::Higher))
    };
    assert_eq!(of("D03").1, Some(Verdict::Worse));
    assert_eq!(of("D16").1, Some(Verdict::Improved));
    assert_eq!(of("D10").1, Some(Verdict::NoEstablishedChange));
    assert_eq!([of("D16").0, of("D10").0].map(|p| (p * 1e4).round()), [53.0, 612.0]);
}
