//! The attack by itself, on rows small enough to be solved by hand and on random ones with a known solution.

use rand::RngExt;
use trygg::stats::disclosure::attack::{Attack, Broken, Row, value};

use crate::small::chance;

fn row(terms: &[(usize, f64)], low: f64, high: f64) -> Row {
    Row { terms: terms.to_vec(), low, high }
}

/// Two numbers from 0 to 10 whose sum is printed as 12, to the nearest 2.
fn sum_of_two() -> Attack {
    Attack::new(vec![(0.0, 10.0); 2], vec![row(&[(0, 1.0), (1, 1.0)], 11.0, 13.0)], 1e-9)
}

#[test]
fn what_a_point_breaks_is_named() {
    let mut attack = sum_of_two();
    assert_eq!(attack.broken(&[6.0, 6.0]), None);
    for at_the_edge in [[1.0, 10.0], [10.0, 3.0]] {
        assert_eq!(attack.broken(&at_the_edge), None);
    }
    assert_eq!(attack.broken(&[-0.1, 12.0]), Some(Broken::Bound(0)));
    assert_eq!(attack.broken(&[2.0, 10.1]), Some(Broken::Bound(1)));
    assert_eq!(attack.broken(&[5.0, 5.9]), Some(Broken::Row(0)));
    assert_eq!(attack.broken(&[7.0, 6.1]), Some(Broken::Row(0)));
    // What is allowed on a row is allowed, and no more.
    assert_eq!(attack.broken(&[5.0, 6.0 - 0.9e-9]), None);
    assert_eq!(attack.broken(&[5.0, 6.0 - 1.1e-9]), Some(Broken::Row(0)));
    attack.set(0, false);
    assert!(!attack.stands(0));
    assert_eq!(attack.broken(&[0.0, 0.0]), None);
}

#[test]
fn a_number_reaches_as_far_as_the_other_lets_it() {
    let attack = sum_of_two();
    let (start, first) = ([6.0, 6.0], [(0, 1.0)]);
    // From 6 up to 10 with 1 to 3 left for the other, and down to 1 with 10.
    for (by, whole) in [(4.0, false), (0.5, false), (-4.9, false), (4.0, true), (1.0, true), (-5.0, true), (-1.0, true)]
    {
        assert!(attack.reaches(&start, &first, by, whole), "{by} {whole}");
    }
    for (by, whole) in [(4.1, false), (-5.1, false), (-9.0, false), (5.0, true), (-6.0, true)] {
        assert!(!attack.reaches(&start, &first, by, whole), "{by} {whole}");
    }
    // A target turned round.
    assert!(attack.reaches(&start, &[(0, -1.0)], 4.9, false));
    assert!(!attack.reaches(&start, &[(0, -1.0)], 5.5, false));
    // Both together stay within the row, and their difference within their bounds.
    let both = [(0, 1.0), (1, 1.0)];
    assert!(attack.reaches(&start, &both, 0.9, false) && attack.reaches(&start, &both, -0.9, false));
    assert!(!attack.reaches(&start, &both, 1.5, false) && !attack.reaches(&start, &both, -1.5, false));
    // Halfway from (2, 10) to (10, 0) the sum is 11.
    let apart = [(0, 0.5), (1, -0.5)];
    assert!(attack.reaches(&[2.0, 10.0], &apart, 4.4, false) && !attack.reaches(&[2.0, 10.0], &apart, 4.6, false));
}

#[test]
fn several_whole_numbers_share_a_step() {
    // Three counts of 0 to 4; the first two are counted together as 5 to 7.
    let attack = Attack::new(vec![(0.0, 4.0); 3], vec![row(&[(0, 1.0), (1, 1.0)], 5.0, 7.0)], 1e-9);
    let (start, all) = ([3.0, 3.0, 2.0], [(0, 1.0), (1, 1.0), (2, 1.0)]);
    assert!(attack.reaches(&start, &all[..2], 1.0, true));
    assert!(!attack.reaches(&start, &all[..2], 2.0, true));
    let all = [(2, 1.0), (0, 1.0), (1, 1.0)];
    assert!(attack.reaches(&start, &all, 3.0, true));
    assert!(attack.reaches(&start, &all, -3.0, true));
}

#[test]
fn whole_numbers_are_mended_by_steps_that_break_least() {
    // The first is in two rows, the second in the broken one alone: it is the second that moves.
    let rows = vec![row(&[(0, 1.0), (1, 1.0)], 8.0, 9.0), row(&[(0, 1.0), (2, 1.0)], 4.0, 4.0)];
    let attack = Attack::new(vec![(0.0, 9.0); 3], rows, 1e-9);
    assert_eq!(attack.repaired(&[2.0, 3.0, 2.0], &[], true), Some(vec![2.0, 6.0, 2.0]));
    assert_eq!(attack.repaired(&[2.0, 9.0, 2.0], &[], true), Some(vec![2.0, 7.0, 2.0]));
    // Where the second is held, the first has to move, and the third after it.
    assert_eq!(attack.repaired(&[2.0, 5.0, 2.0], &[1], true), Some(vec![3.0, 5.0, 1.0]));
    assert_eq!(attack.repaired(&[2.0, 3.0, 2.0], &[1], true), None);
}

#[test]
fn the_nearest_point_inside_a_row_is_found() {
    // 2x + y from 20 to 40: the way to it is along (2, 1), and goes 5 % of the width in.
    let attack = Attack::new(vec![(0.0, 100.0); 2], vec![row(&[(0, 2.0), (1, 1.0)], 20.0, 40.0)], 1e-9);
    let near = |found: Option<Vec<f64>>, wanted: [f64; 2]| {
        let found = found.unwrap();
        assert!(found.iter().zip(wanted).all(|(x, y)| (x - y).abs() < 1e-9), "{found:?} is not {wanted:?}");
    };
    near(attack.repaired(&[1.0, 1.0], &[], false), [1.0 + 2.0 * 18.0 / 5.0, 1.0 + 18.0 / 5.0]);
    near(attack.repaired(&[20.0, 20.0], &[], false), [20.0 - 2.0 * 21.0 / 5.0, 20.0 - 21.0 / 5.0]);
    // One at its end, or held, does not move.
    near(attack.repaired(&[0.0, 90.0], &[], false), [0.0, 39.0]);
    near(attack.repaired(&[1.0, 1.0], &[0], false), [1.0, 19.0]);
    near(attack.repaired(&[1.0, 1.0], &[1], false), [10.0, 1.0]);
    // A factor below 0 pulls the other way.
    let apart = Attack::new(vec![(0.0, 100.0); 2], vec![row(&[(0, 1.0), (1, -1.0)], 10.0, 10.0)], 1e-9);
    near(apart.repaired(&[5.0, 5.0], &[], false), [10.0, 0.0]);
    near(apart.repaired(&[20.0, 0.0], &[], false), [15.0, 5.0]);
    // Half the slack outside is left alone.
    let loose = Attack::new(vec![(0.0, 100.0)], vec![row(&[(0, 1.0)], 10.0, 20.0)], 1.0);
    assert_eq!(loose.repaired(&[9.6], &[], false), Some(vec![9.6]));
    assert_eq!(loose.repaired(&[9.4], &[], false), Some(vec![10.5]));
}

#[test]
fn a_centred_point_has_room_on_both_sides() {
    let attack = sum_of_two();
    for start in [[0.0, 0.0], [10.0, 10.0], [6.0, 6.0]] {
        let found = attack.centred(&start).unwrap();
        let sum: f64 = found.iter().sum();
        assert!((11.8..=12.2).contains(&sum), "{found:?}");
    }
}

#[test]
fn what_is_held_counts_in_the_rows_of_what_is_left() {
    let rows = vec![
        row(&[(0, 1.0), (1, 2.0), (2, 1.0)], 10.0, 12.0),
        row(&[(2, 1.0)], 0.0, 5.0),
        row(&[(0, 1.0), (2, 3.0)], 1.0, 20.0),
    ];
    let mut attack = Attack::new(vec![(0.0, 10.0), (0.0, 8.0), (0.0, 9.0)], rows, 1e-9);
    attack.set(2, false);
    let part = attack.confined(&[2.0, 3.0, 4.0], &[1]);
    assert_eq!(part.rows(), [row(&[(0, 2.0)], 4.0, 6.0)]);
    assert_eq!(part.broken(&[8.5]), Some(Broken::Bound(0)));
    let found = part.interval(&[(0, 1.0)], false).unwrap();
    assert!((found.min - 2.0).abs() < 1e-6 && (found.max - 3.0).abs() < 1e-6, "{found:?}");
}

#[test]
fn a_point_is_found_among_all_that_agrees_or_its_absence_told() {
    let point = sum_of_two().point().unwrap();
    assert!((11.0 - 1e-6..=13.0 + 1e-6).contains(&point.iter().sum()), "{point:?}");
    let against = vec![row(&[(0, 1.0)], 1.0, 2.0), row(&[(0, 1.0)], 3.0, 4.0)];
    let refused = Attack::new(vec![(0.0, 10.0)], against, 1e-9).point().unwrap_err();
    assert_eq!(refused.code(), "gate_inconsistent");
}

#[test]
fn points_that_agree_with_random_tables_are_found() {
    let mut rng = chance(17);
    let mut agreeing = 0;
    for _ in 0..200 {
        let count = rng.random_range(4..20);
        let truth: Vec<f64> = (0..count).map(|_| rng.random_range(10.0..90.0)).collect();
        let rows: Vec<Row> = (0..rng.random_range(2..12))
            .map(|_| {
                let picked: Vec<usize> = (0..count).filter(|_| rng.random_bool(0.4)).collect();
                let terms: Vec<(usize, f64)> =
                    picked.iter().map(|&unknown| (unknown, rng.random_range(0.05..1.0))).collect();
                let (at, half) = (value(&terms, &truth), rng.random_range(0.5..2.0));
                row(&terms, at - half, at + half)
            })
            .collect();
        let attack = Attack::new(vec![(0.0, 100.0); count], rows, 1e-9);
        let start: Vec<f64> = (0..count).map(|_| rng.random_range(0.0..100.0)).collect();
        assert_eq!(attack.broken(&truth), None);
        let Some(found) = attack.repaired(&start, &[], false) else { continue };
        assert_eq!(attack.broken(&found), None);
        agreeing += 1;
        // What a witness shows, the linear program knows too.
        let target = [(0, 1.0)];
        let interval = attack.interval(&target, false).unwrap();
        for by in [-60.0, -20.0, -5.0, 5.0, 20.0, 60.0] {
            let there = found[0] + by;
            if attack.reaches(&found, &target, by, false) {
                assert!(there > interval.min - 1e-6 && there < interval.max + 1e-6, "{there} in {interval:?}");
            }
        }
    }
    assert!(agreeing >= 195, "{agreeing} of 200");
}
