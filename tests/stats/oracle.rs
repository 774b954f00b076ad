//! `../shared/oracle`, schemes `design` and `ps`: both paths, every domain, differences and intervals.

use std::collections::HashMap;

use trygg::stats::{
    compare::{self, change},
    domain::{Domain, DomainKind, Group},
    estimate::{EstimateRecord, Estimator},
    family::{benjamini_hochberg, holm},
    fold::{Atom, CHUNK},
    interval::{clopper_pearson, korn_graubard, normal, wilson, xlogit},
    quantile::student_t,
    weight::{Scheme, WeightError, weigh},
};

use crate::{
    reference,
    sample::{Row, STATS, close, folder, kinds, number, rows, year},
};

fn scheme(name: &str) -> Option<Scheme> {
    match name {
        "design" => Some(Scheme::Design),
        "ps" => Some(Scheme::Poststratify),
        _ => None,
    }
}

fn domain(row: &Row) -> Domain {
    let part = |key: &str| (!row[key].is_empty()).then(|| row[key].clone());
    let name = match row["domain_type"].as_str() {
        "age_group" => "age",
        "sex_age_group" => "sex_age",
        // The product never makes this one; the kernels can.
        "district_sex_age" => "district_sex",
        other => other,
    };
    let kind = DomainKind::ALL.into_iter().find(|kind| kind.key() == name).unwrap_or_else(|| panic!("{name}"));
    Domain { kind, area: part("district"), sex: part("sex"), age: part("age_group"), tenure: None }
}

/// Position of a row's statistic; the files call the points of item q1 `s_q1`.
fn measure(row: &Row) -> usize {
    let name = row["stat"].trim_start_matches("s_");
    STATS.iter().position(|stat| *stat == name).unwrap_or_else(|| panic!("{name}"))
}

fn record<'a>(records: &'a [EstimateRecord], row: &Row) -> &'a EstimateRecord {
    let measure = measure(row);
    let domain = domain(row);
    records.iter().find(|record| record.measure == measure && record.domain == domain).unwrap()
}

#[test]
fn scores_equal_the_reference() {
    let Some(expected) = rows("expected/scores_sample.csv") else { return };
    let years = [year("2023").unwrap(), year("2024").unwrap()];
    let mut compared = 0;
    for row in &expected {
        let values = years.iter().find_map(|y| Some(y.values[y.ids.iter().position(|id| *id == row["rid"])?])).unwrap();
        for (value, stat) in values.iter().zip(STATS).take(4) {
            match (value, number(row, stat)) {
                (Some(found), Some(wanted)) => close(*found, wanted, stat),
                (found, wanted) => assert_eq!(found.is_some(), wanted.is_some(), "{stat}"),
            }
            compared += 1;
        }
    }
    assert!(compared > 1000);
}

#[test]
fn every_domain_estimate_equals_the_reference_on_both_paths() {
    let Some(expected) = rows("expected/domain_estimates.csv") else { return };
    let mut compared = 0;
    for wanted_year in ["2023", "2024"] {
        let year = year(wanted_year).unwrap();
        for name in ["design", "ps"] {
            let scheme = scheme(name).unwrap();
            let (kinds, totals) = (kinds(), year.totals(CHUNK));
            let weights = weigh(scheme, &year.frame, &totals).unwrap();
            let estimator = Estimator::new(&year.frame, &kinds, &totals, &weights);
            let (people, fractions) = year.weighted(scheme);
            for row in expected.iter().filter(|row| row["year"] == wanted_year && row["scheme"] == name) {
                let at = |names: &[String], key: &str| names.iter().position(|known| *known == row[key]);
                let group = Group {
                    district: at(&year.frame.districts, "district"),
                    sex: at(&year.frame.sexes, "sex"),
                    age: at(&year.frame.ages, "age_group"),
                    tenure: None,
                };
                let found = &estimator.one(measure(row), &domain(row), group);
                let what = format!("{row:?}");
                assert_eq!(found.valid as f64, number(row, "n_valid").unwrap(), "{what}");
                let (estimate, se) = (found.estimate.unwrap(), found.se.unwrap());
                close(estimate, number(row, "estimate").unwrap(), &what);
                close(se, number(row, "se").unwrap(), &what);
                if let Some(deff) = number(row, "deff_replace") {
                    close(found.deff.unwrap(), deff, &what);
                    close(found.n_eff.unwrap(), number(row, "n_eff").unwrap(), &what);
                }
                let (low, high) = normal(estimate, se);
                close(low, number(row, "ci_lo_z").unwrap(), &what);
                close(high, number(row, "ci_hi_z").unwrap(), &what);
                let t = student_t(0.975, number(row, "df").unwrap()).unwrap();
                close(estimate - t * se, number(row, "ci_lo_t").unwrap(), &what);
                close(estimate + t * se, number(row, "ci_hi_t").unwrap(), &what);

                let wanted = domain(row);
                let values: Vec<Option<f64>> = year
                    .people
                    .iter()
                    .zip(&year.values)
                    .map(|(&(d, s, a), values)| {
                        let inside = wanted.area.as_ref().is_none_or(|x| *x == year.frame.districts[d])
                            && wanted.sex.as_ref().is_none_or(|x| *x == year.frame.sexes[s])
                            && wanted.age.as_ref().is_none_or(|x| *x == year.frame.ages[a]);
                        values[found.measure].filter(|_| inside)
                    })
                    .collect();
                let slow = reference::mean(&people, &values, &fractions, scheme == Scheme::Poststratify).unwrap();
                assert!((slow.0 - estimate).abs() <= 1e-10 * estimate.abs(), "{what}");
                assert!((slow.1 - se).abs() <= 1e-10 * se, "{what}");
                compared += 1;
            }
        }
    }
    println!("{compared} rows compared on both paths");
    assert!(compared > 1000);
}

#[test]
fn weights_and_totals_of_the_schemes_equal_the_reference() {
    let Some(expected) = rows("expected/weights_by_cell.csv") else { return };
    let overall = rows("expected/overall_by_scheme.csv").unwrap();
    let mut compared = 0;
    for wanted_year in ["2023", "2024"] {
        let year = year(wanted_year).unwrap();
        let totals = year.totals(CHUNK);
        for (name, column) in [("design", "w_design"), ("ps", "w_ps")] {
            let weights = weigh(scheme(name).unwrap(), &year.frame, &totals).unwrap();
            for row in expected.iter().filter(|row| row["year"] == wanted_year) {
                let at = |names: &[String], key: &str| names.iter().position(|known| *known == row[key]).unwrap();
                let atom = Atom {
                    district: Some(at(&year.frame.districts, "district") as u16),
                    sex: Some(at(&year.frame.sexes, "sex") as u8),
                    age: Some(at(&year.frame.ages, "age_group") as u8),
                    tenure: None,
                };
                close(weights.of(atom), number(row, column).unwrap(), name);
                compared += 1;
            }
            let log = weights.log(&year.frame);
            for row in overall.iter().filter(|row| row["year"] == wanted_year && row["scheme"] == name) {
                close(log.min, number(row, "min_w").unwrap(), "min_w");
                close(log.max, number(row, "max_w").unwrap(), "max_w");
                close(log.kish_deff, number(row, "kish_deff").unwrap(), "kish_deff");
                close(log.kish_n_eff, number(row, "kish_neff").unwrap(), "kish_neff");
                compared += 1;
            }
        }
    }
    assert!(compared > 500);
}

#[test]
fn differences_between_years_equal_the_reference() {
    let Some(expected) = rows("expected/year_differences.csv") else { return };
    let (first, second) =
        (year("2023").unwrap().estimates(Scheme::Poststratify), year("2024").unwrap().estimates(Scheme::Poststratify));
    let expected: Vec<&Row> = expected.iter().filter(|row| row["scheme"] == "ps").collect();
    let mut families: HashMap<(String, String), Vec<(&Row, compare::ChangeRecord)>> = HashMap::new();
    for row in &expected {
        let found = change(record(&first, row), record(&second, row), Vec::new());
        let (diff, se) = found.diff.unwrap();
        let (z, p) = found.test.unwrap();
        let what = format!("{row:?}");
        close(diff, number(row, "diff").unwrap(), &what);
        close(se, number(row, "se_diff").unwrap(), &what);
        close(z, number(row, "z").unwrap(), &what);
        close(p, number(row, "p").unwrap(), &what);
        let (low, high) = found.ci().unwrap();
        close(low, number(row, "ci_lo").unwrap(), &what);
        close(high, number(row, "ci_hi").unwrap(), &what);
        families.entry((row["domain_type"].clone(), row["stat"].clone())).or_default().push((row, found));
    }
    for family in families.values() {
        let p: Vec<Option<f64>> = family.iter().map(|(_, change)| change.test.map(|(_, p)| p)).collect();
        for (((row, _), bh), holm) in family.iter().zip(benjamini_hochberg(&p)).zip(holm(&p)) {
            close(bh.unwrap(), number(row, "p_bh").unwrap(), "p_bh");
            close(holm.unwrap(), number(row, "p_holm").unwrap(), "p_holm");
            assert_eq!(p.len() as f64, number(row, "family_size").unwrap());
        }
    }
    println!("{} differences compared", expected.len());
    assert!(expected.len() > 100);
}

#[test]
fn intervals_of_shares_equal_the_reference() {
    let Some(expected) = rows("expected/proportion_ci.csv") else { return };
    let mut compared = 0;
    for row in &expected {
        let of = |key: &str| number(row, key).unwrap();
        let (p, se, df) = (of("estimate"), of("se"), of("df"));
        let found = match row["method"].as_str() {
            "xlogit" => xlogit(p, se, df),
            "beta" => korn_graubard(p, se, of("n_rows_design"), df),
            "wilson" => wilson(p, p * (1.0 - p) / (se * se), student_t(0.975, df).unwrap()),
            _ => continue,
        };
        let (low, high) = found.unwrap();
        close(low, of("ci_lo"), &format!("{row:?}"));
        close(high, of("ci_hi"), &format!("{row:?}"));
        compared += 1;
    }
    assert!(compared > 100);
}

#[test]
fn a_composite_counts_the_covariances_of_its_parts() {
    let Some(_) = folder() else { return };
    let wanted = [
        ("2023", None, 67.326_590_311_887_2, 0.237_738_848_491_27),
        ("2023", Some("D04"), 61.904_074_788_860_9, 1.215_589_916_021_77),
        ("2024", None, 66.840_885_422_724_6, 0.234_725_320_888_118),
    ];
    for (wanted_year, area, estimate, se) in wanted {
        let records = year(wanted_year).unwrap().estimates(Scheme::Poststratify);
        let kind = if area.is_some() { DomainKind::District } else { DomainKind::Total };
        let found = records
            .iter()
            .find(|r| r.measure == 13 && r.domain.kind == kind && r.domain.area.as_deref() == area)
            .unwrap();
        close(found.estimate.unwrap(), estimate, "composite");
        close(found.se.unwrap(), se, "composite se");
    }
}

#[test]
fn chunks_of_any_length_give_the_same_estimates() {
    let Some(_) = folder() else { return };
    let year = year("2023").unwrap();
    let whole = year.estimates(Scheme::Poststratify);
    for chunk in [1, 7, 1000] {
        let totals = year.totals(chunk);
        let weights = weigh(Scheme::Poststratify, &year.frame, &totals).unwrap();
        for (one, other) in whole.iter().zip(Estimator::new(&year.frame, &kinds(), &totals, &weights).all()) {
            if let (Some(one), Some(other)) = (one.estimate, other.estimate) {
                assert!((one - other).abs() <= 1e-12 * one.abs().max(1.0));
            }
            if let (Some(one), Some(other)) = (one.se, other.se) {
                assert!((one - other).abs() <= 1e-10 * one.abs().max(1e-6));
            }
        }
    }
}

#[test]
fn an_empty_weighting_cell_is_refused_by_name() {
    let Some(_) = folder() else { return };
    let mut year = year("2023").unwrap();
    let gone = year.people[0];
    let keep: Vec<bool> = year.people.iter().map(|person| *person != gone).collect();
    let mut kept = keep.iter();
    year.people.retain(|_| *kept.next().unwrap());
    let mut kept = keep.iter();
    year.values.retain(|_| *kept.next().unwrap());
    let refused = weigh(Scheme::Poststratify, &year.frame, &year.totals(CHUNK));
    let name = format!("{}, {}, {}", year.frame.districts[gone.0], year.frame.sexes[gone.1], year.frame.ages[gone.2]);
    assert_eq!(refused, Err(WeightError::CellEmpty(name)));
}

#[test]
fn printed_intervals_hold() {
    let (low, high) = clopper_pearson(0.0, 538.0).unwrap();
    assert!(low == 0.0 && (high - 0.006_833_200_047_597_58).abs() < 1e-12);
    // 53.5 % of 293 answers, printed without them: 47.8-59.1.
    let (low, high) = wilson(0.535, 293.0, trygg::stats::quantile::Z).unwrap();
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
