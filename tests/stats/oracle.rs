//! `../shared/oracle`, every scheme: weights, every domain by both paths, differences, ratios, intervals.
//! Each test says how many rows of its file it compared and fails if one of them was left out.

use std::collections::HashMap;

use trygg::stats::{
    compare::{self, change},
    domain::{Domain, DomainKind, Frame, Group},
    estimate::{EstimateRecord, Estimator},
    family::{benjamini_hochberg, holm},
    fold::{Atom, CHUNK, Moments, Totals},
    interval::normal,
    quantile::student_t,
    weight::{Policy, Scheme, Weights, weigh},
};

use crate::{
    reference,
    sample::{RATIO, Report, Row, STATS, Year, close, folder, kinds, number, policy, rows, year},
};

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

/// Position of a name in the frame; none for all.
fn group(frame: &Frame, row: &Row) -> Group {
    let at = |names: &[String], key: &str| {
        let name = row.get(key).filter(|name| !name.is_empty())?;
        Some(names.iter().position(|known| known == name).unwrap())
    };
    Group {
        district: at(&frame.districts, "district"),
        sex: at(&frame.sexes, "sex"),
        age: at(&frame.ages, "age_group"),
        tenure: None,
    }
}

fn years() -> [(&'static str, Year); 2] {
    ["2023", "2024"].map(|label| (label, year(label).unwrap()))
}

/// Weights of a year under a scheme of the reference.
fn weights(year: &Year, totals: &Totals, scheme: &str) -> Weights {
    let weights = weigh(&policy(scheme), &year.frame, totals).unwrap();
    if scheme == "rake_trimmed" { weights.trimmed_only(2.5).unwrap() } else { weights }
}

#[test]
fn scores_equal_the_reference() {
    let Some(expected) = rows("expected/scores_sample.csv") else { return };
    let years = years();
    let mut report = Report::of("scores_sample.csv", expected.len());
    for row in &expected {
        let of_year = |year: &Year| Some(year.values[year.ids.iter().position(|id| *id == row["rid"])?]);
        let values = years.iter().find_map(|(_, year)| of_year(year)).unwrap();
        for (value, stat) in values.iter().zip(STATS).take(4) {
            match (value, number(row, stat)) {
                (Some(found), Some(wanted)) => report.close(*found, wanted, stat),
                (found, wanted) => assert_eq!(found.is_some(), wanted.is_some(), "{stat}"),
            }
        }
        report.row();
    }
    report.finish();
}

#[test]
fn counts_and_sums_of_scores_equal_the_reference() {
    let Some(expected) = rows("expected/scores_totals.csv") else { return };
    let mut report = Report::of("scores_totals.csv", expected.len());
    for (label, year) in years() {
        let totals = year.totals(CHUNK);
        for row in expected.iter().filter(|row| row["year"] == label) {
            let of_atoms = totals.atoms.values().map(|atom| atom.measures[measure(row)]);
            let all = of_atoms.fold(Moments::default(), |sum, moments| sum.merge(&moments));
            assert_eq!(all.valid as f64, number(row, "n_valid").unwrap());
            report.close(all.mean * all.valid as f64, number(row, "sum_unweighted").unwrap(), &row["stat"]);
            report.row();
        }
    }
    report.finish();
}

#[test]
fn every_domain_estimate_equals_the_reference_on_both_paths() {
    let Some(expected) = rows("expected/domain_estimates.csv") else { return };
    let mut report = Report::of("domain_estimates.csv", expected.len());
    let mut between_paths = 0.0_f64;
    for (label, year) in years() {
        let (kinds, totals) = (kinds(), year.totals(CHUNK));
        for name in ["design", "ps", "rake", "cal"] {
            let weights = weights(&year, &totals, name);
            let estimator = Estimator::new(&year.frame, &kinds, &totals, &weights);
            let (people, fractions, form) = year.weighted(name);
            for row in expected.iter().filter(|row| row["year"] == label && row["scheme"] == name) {
                let group = group(&year.frame, row);
                let found = &estimator.one(measure(row), &domain(row), group);
                let what = format!("{row:?}");
                assert_eq!(found.valid as f64, number(row, "n_valid").unwrap(), "{what}");
                let (estimate, se) = (found.estimate.unwrap(), found.se.unwrap());
                report.close(estimate, number(row, "estimate").unwrap(), &what);
                report.close(se, number(row, "se").unwrap(), &what);
                if let Some(deff) = number(row, "deff_replace") {
                    report.close(found.deff.unwrap(), deff, &what);
                    report.close(found.n_eff.unwrap(), number(row, "n_eff").unwrap(), &what);
                }
                let (low, high) = normal(estimate, se);
                report.close(low, number(row, "ci_lo_z").unwrap(), &what);
                report.close(high, number(row, "ci_hi_z").unwrap(), &what);
                let t = student_t(0.975, number(row, "df").unwrap()).unwrap();
                report.close(estimate - t * se, number(row, "ci_lo_t").unwrap(), &what);
                report.close(estimate + t * se, number(row, "ci_hi_t").unwrap(), &what);

                let inside = |&(d, s, a): &(usize, usize, usize)| {
                    let at = |wanted: Option<usize>, own| wanted.is_none_or(|wanted| wanted == own);
                    at(group.district, d) && at(group.sex, s) && at(group.age, a)
                };
                let people_and_values = year.people.iter().zip(&year.values);
                let values: Vec<Option<f64>> = people_and_values
                    .map(|(person, values)| values[found.measure].filter(|_| inside(person)))
                    .collect();
                let slow = reference::mean(&people, &values, &fractions, form).unwrap();
                for (one, other) in [(slow.0, estimate), (slow.1, se)] {
                    between_paths = between_paths.max((one - other).abs() / other.abs());
                    assert!((one - other).abs() <= 1e-10 * other.abs(), "{what}: {one} and {other}");
                }
                report.row();
            }
        }
    }
    println!("largest relative difference between the paths {between_paths:.1e}");
    report.finish();
}

#[test]
fn weights_of_every_scheme_equal_the_reference() {
    let Some(expected) = rows("expected/weights_by_cell.csv") else { return };
    let columns = [
        ("design", "w_design"),
        ("ps", "w_ps"),
        ("rake", "w_rake"),
        ("cal", "w_cal_raking"),
        ("cal_linear", "w_cal_linear"),
        ("cal_logit", "w_cal_logit"),
        ("rake_trimmed", "w_rake_trimmed"),
    ];
    let mut report = Report::of("weights_by_cell.csv (7 schemes)", expected.len() * columns.len());
    for (label, year) in years() {
        let totals = year.totals(CHUNK);
        for (scheme, column) in columns {
            let weights = weights(&year, &totals, scheme);
            for row in expected.iter().filter(|row| row["year"] == label) {
                let group = group(&year.frame, row);
                let atom = Atom {
                    district: group.district.map(|place| place as u16),
                    sex: group.sex.map(|place| place as u8),
                    age: group.age.map(|place| place as u8),
                    tenure: None,
                };
                report.close(weights.of(atom), number(row, column).unwrap(), scheme);
                report.row();
            }
        }
    }
    report.finish();
}

#[test]
fn figures_of_everybody_equal_the_reference_under_every_scheme() {
    let Some(expected) = rows("expected/overall_by_scheme.csv") else { return };
    let mut report = Report::of("overall_by_scheme.csv", expected.len());
    for (label, year) in years() {
        let (kinds, totals) = (kinds(), year.totals(CHUNK));
        for scheme in ["design", "ps", "rake", "cal", "cal_linear", "cal_logit", "rake_trimmed"] {
            let raked = weigh(&policy(scheme), &year.frame, &totals).unwrap().log(&year.frame);
            let weights = weights(&year, &totals, scheme);
            let log = weights.log(&year.frame);
            let estimator = Estimator::new(&year.frame, &kinds, &totals, &weights);
            if (scheme, label) == ("ps", "2023") {
                // The largest weight is 5.8 times the median.
                assert_eq!(log.warnings(), ["weights_spread"]);
            }
            let sum: f64 = weights.cells.iter().map(|cell| cell.weight * cell.respondents as f64).sum();
            for row in expected.iter().filter(|row| row["year"] == label && row["scheme"] == scheme) {
                let (everybody, group) = &year.frame.domains()[0];
                let found = estimator.one(measure(row), everybody, *group);
                report.close(found.estimate.unwrap(), number(row, "estimate").unwrap(), scheme);
                report.close(found.se.unwrap(), number(row, "se").unwrap(), scheme);
                report.close(sum, number(row, "sum_w").unwrap(), "sum_w");
                report.close(log.min, number(row, "min_w").unwrap(), "min_w");
                report.close(log.max, number(row, "max_w").unwrap(), "max_w");
                report.close(log.kish_deff, number(row, "kish_deff").unwrap(), "kish_deff");
                report.close(log.kish_n_eff, number(row, "kish_neff").unwrap(), "kish_neff");
                if let Some(cap) = number(row, "trim_upper") {
                    report.close(2.5 * raked.median, cap, "trim_upper");
                }
                report.row();
            }
        }
    }
    report.finish();
}

#[test]
fn differences_between_years_equal_the_reference() {
    let Some(expected) = rows("expected/year_differences.csv") else { return };
    let mut report = Report::of("year_differences.csv", expected.len());
    let [(_, first), (_, second)] = years();
    for scheme in ["ps", "rake", "cal"] {
        let (first, second) = (first.estimates(&policy(scheme)), second.estimates(&policy(scheme)));
        let mut families: HashMap<(String, String), Vec<(&Row, compare::ChangeRecord)>> = HashMap::new();
        for row in expected.iter().filter(|row| row["scheme"] == scheme) {
            let found = change(record(&first, row), record(&second, row), Vec::new());
            let (diff, se) = found.diff.unwrap();
            let (z, p) = found.test.unwrap();
            let what = format!("{row:?}");
            report.close(record(&first, row).estimate.unwrap(), number(row, "est_1").unwrap(), &what);
            report.close(record(&second, row).estimate.unwrap(), number(row, "est_2").unwrap(), &what);
            report.close(diff, number(row, "diff").unwrap(), &what);
            report.close(se, number(row, "se_diff").unwrap(), &what);
            report.close(z, number(row, "z").unwrap(), &what);
            report.close(p, number(row, "p").unwrap(), &what);
            let (low, high) = found.ci().unwrap();
            report.close(low, number(row, "ci_lo").unwrap(), &what);
            report.close(high, number(row, "ci_hi").unwrap(), &what);
            families.entry((row["domain_type"].clone(), row["stat"].clone())).or_default().push((row, found));
            report.row();
        }
        for family in families.values() {
            let p: Vec<Option<f64>> = family.iter().map(|(_, change)| change.test.map(|(_, p)| p)).collect();
            for (((row, _), bh), holm) in family.iter().zip(benjamini_hochberg(&p)).zip(holm(&p)) {
                report.close(bh.unwrap(), number(row, "p_bh").unwrap(), "p_bh");
                report.close(holm.unwrap(), number(row, "p_holm").unwrap(), "p_holm");
                assert_eq!(p.len() as f64, number(row, "family_size").unwrap());
            }
        }
    }
    report.finish();
}

#[test]
fn independent_years_differ_as_one_stacked_sample_does() {
    let Some(expected) = rows("expected/year_difference_stacked_check.csv") else { return };
    let mut report = Report::of("year_difference_stacked_check.csv", expected.len());
    let [first, second] = years().map(|(_, year)| year.estimates(&policy("ps")));
    for row in &expected {
        let total = |records: &[EstimateRecord]| {
            let total = |record: &&EstimateRecord| record.domain.kind == DomainKind::Total;
            records.iter().filter(total).find(|record| record.measure == measure(row)).unwrap().clone()
        };
        let (diff, se) = change(&total(&first), &total(&second), Vec::new()).diff.unwrap();
        report.close(diff, number(row, "diff").unwrap(), &row["stat"]);
        report.close(se, number(row, "se").unwrap(), &row["stat"]);
        report.row();
    }
    report.finish();
}

#[test]
fn ratios_of_two_sums_equal_the_reference_on_both_paths() {
    let Some(expected) = rows("expected/ratio.csv") else { return };
    let mut report = Report::of("ratio.csv", expected.len());
    for (label, year) in years() {
        let (kinds, totals) = (kinds(), year.totals(CHUNK));
        for scheme in ["ps", "rake", "cal"] {
            let weights = weights(&year, &totals, scheme);
            let estimator = Estimator::new(&year.frame, &kinds, &totals, &weights);
            let (people, fractions, form) = year.weighted(scheme);
            for row in expected.iter().filter(|row| row["year"] == label && row["scheme"] == scheme) {
                let group = group(&year.frame, row);
                let found = estimator.ratio(RATIO.0, RATIO.1, group).unwrap();
                report.close(found.estimate, number(row, "ratio").unwrap(), scheme);
                report.close(found.se, number(row, "se").unwrap(), scheme);
                let inside = |place: usize| group.district.is_none_or(|wanted| wanted == year.people[place].0);
                let values: Vec<Option<(f64, f64)>> =
                    year.sums.iter().enumerate().map(|(place, sums)| inside(place).then_some(*sums)).collect();
                let slow = reference::ratio(&people, &values, &fractions, form);
                assert!((slow.0 - found.estimate).abs() <= 1e-10 * found.estimate);
                assert!((slow.1 - found.se).abs() <= 1e-10 * found.se);
                report.row();
            }
        }
    }
    report.finish();
}

#[test]
fn a_composite_counts_the_covariances_of_its_parts() {
    let Some(_) = folder() else { return };
    let wanted = [
        ("ps", "2023", None, 67.326_590_311_887_2, 0.237_738_848_491_27),
        ("ps", "2023", Some("D04"), 61.904_074_788_860_9, 1.215_589_916_021_77),
        ("ps", "2024", None, 66.840_885_422_724_6, 0.234_725_320_888_118),
        ("cal", "2023", None, 67.336_175_603_166_3, 0.240_575_839_844_859),
    ];
    for (scheme, wanted_year, area, estimate, se) in wanted {
        let records = year(wanted_year).unwrap().estimates(&policy(scheme));
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
fn trimming_rakes_again_until_the_margins_hold() {
    let Some(_) = folder() else { return };
    for ((_, year), rounds, largest) in years().into_iter().zip([5, 6]).zip([1.043, 1.041]).map(|((a, b), c)| (a, b, c))
    {
        let totals = year.totals(CHUNK);
        let trimmed = Policy { trim: Some(2.5), ..Policy::of(Scheme::Rake) };
        let weights = weigh(&trimmed, &year.frame, &totals).unwrap();
        let trimming = weights.log(&year.frame).trimming.unwrap();
        assert_eq!((trimming.rounds, (trimming.largest * 1000.0).round()), (rounds, largest * 1000.0));
        assert!(trimming.share > 0.0 && trimming.share < 0.1, "{trimming:?}");
        for (place, stratum) in weights.strata.iter().enumerate() {
            let own = weights.cells.iter().filter(|cell| cell.stratum == place);
            close(own.map(|cell| cell.weight * cell.respondents as f64).sum(), stratum.persons as f64, &stratum.name);
        }
    }
}

#[test]
fn chunks_of_any_length_give_the_same_estimates() {
    let Some(_) = folder() else { return };
    let year = year("2023").unwrap();
    let whole = year.estimates(&policy("ps"));
    for chunk in [1, 7, 1000] {
        let totals = year.totals(chunk);
        let weights = weigh(&policy("ps"), &year.frame, &totals).unwrap();
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
