//! Intervals of shares and adjusted p-values against R and against printed figures.

use trygg::stats::{
    family::{benjamini_hochberg, holm},
    interval::{clopper_pearson, expected_half_width, korn_graubard, wilson, xlogit},
    quantile::{CONFIDENCE, Z, student_t, two_sided_p},
};

use crate::sample::{Report, Row, close, number, rows};

#[test]
fn intervals_of_shares_equal_the_reference() {
    let Some(expected) = rows("expected/proportion_ci.csv") else { return };
    let methods = ["xlogit", "beta", "wilson"];
    let offered: Vec<&Row> = expected.iter().filter(|row| methods.contains(&row["method"].as_str())).collect();
    let mut report = Report::of("proportion_ci.csv (xlogit, beta, wilson)", offered.len());
    for row in offered {
        let of = |key: &str| number(row, key).unwrap();
        let (p, se, df) = (of("estimate"), of("se"), of("df"));
        let found = match row["method"].as_str() {
            "xlogit" => xlogit(p, se, df),
            "beta" => korn_graubard(p, se, of("n_rows_design"), df),
            _ => wilson(p, p * (1.0 - p) / (se * se), student_t(0.975, df).unwrap()),
        };
        let (low, high) = found.unwrap();
        report.close(low, of("ci_lo"), &format!("{row:?}"));
        report.close(high, of("ci_hi"), &format!("{row:?}"));
        report.row();
    }
    report.finish();
}

#[test]
fn expected_half_widths_are_those_of_the_survey_specification() {
    let told = |n: f64| [0.10, 0.25, 0.31, 0.50].map(|p| (1000.0 * expected_half_width(p, n, 1.0).unwrap()).round());
    assert_eq!((told(183.0), told(213.0)), ([43.0, 63.0, 67.0, 72.0], [40.0, 58.0, 62.0, 67.0]));
    // A design effect of 4 is a quarter of the answers.
    assert_eq!(expected_half_width(0.5, 400.0, 4.0), expected_half_width(0.5, 100.0, 1.0));
    assert_eq!(
        [(0.5, 0.0, 1.0), (1.5, 9.0, 1.0), (0.5, 9.0, -1.0)].map(|(p, n, d)| expected_half_width(p, n, d)),
        [None; 3]
    );
    let outside = two_sided_p(Z);
    assert!(
        (outside - (1.0 - CONFIDENCE)).abs() < 1e-9,
        "{outside} lies outside, the quantile is of another confidence"
    );
}

#[test]
fn printed_intervals_hold() {
    let (low, high) = clopper_pearson(0.0, 538.0).unwrap();
    assert!(low == 0.0 && (high - 0.006_833_200_047_597_58).abs() < 1e-12);
    // 53.5 % of 293 answers, printed without them: 47.8-59.1.
    let (low, high) = wilson(0.535, 293.0, Z).unwrap();
    assert_eq!([low, high].map(|bound| (bound * 1000.0).round()), [478.0, 591.0]);
    let (low, high) = xlogit(0.156_543_354_261_017, 0.004_396_400_252_120_17, 7712.0).unwrap();
    assert!((low - 0.148_117_102_647_241).abs() < 1e-12 && (high - 0.165_355_920_674_672).abs() < 1e-12);
    let (low, high) = korn_graubard(0.021_130_308_416_416_6, 0.009_008_044_773_094_62, 237.0, 236.0).unwrap();
    assert!((low - 0.007_263_548_200_797_31).abs() < 1e-9 && (high - 0.047_259_610_930_715_8).abs() < 1e-9);
}

#[test]
fn families_are_adjusted_as_listed() {
    let p = [Some(0.01), Some(0.04), Some(0.03), None, Some(0.04), Some(0.0), Some(1.0), Some(0.5)];
    let wanted_bh =
        [Some(0.035), Some(0.056), Some(0.056), None, Some(0.056), Some(0.0), Some(1.0), Some(0.583_333_333_333_333)];
    let wanted_holm = [Some(0.06), Some(0.16), Some(0.15), None, Some(0.16), Some(0.0), Some(1.0), Some(1.0)];
    for (found, wanted) in [(benjamini_hochberg(&p), wanted_bh), (holm(&p), wanted_holm)] {
        for (found, wanted) in found.iter().zip(wanted) {
            match (found, wanted) {
                (Some(found), Some(wanted)) => close(*found, wanted, "family"),
                (found, wanted) => assert_eq!(found.is_some(), wanted.is_some()),
            }
        }
    }
}
