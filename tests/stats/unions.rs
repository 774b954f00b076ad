//! Areas that are made of whole districts, as where an older round is told for newer areas: their
//! figures are those of the districts together, whose weights and strata stay their own.

use trygg::stats::{
    domain::{DomainKind, Frame, Union},
    estimate::{EstimateRecord, Estimator, MeasureKind, pairs},
    fold::{Atom, Observation, Totals},
    weight::{Policy, Scheme, weigh},
};

fn measures() -> [MeasureKind; 4] {
    let composite = MeasureKind::Composite(vec![(0, 0.25), (1, 0.75)]);
    [MeasureKind::Mean, MeasureKind::Mean, MeasureKind::Share, composite]
}

/// `districts` of three, each with two sexes and two ages, and people who leave questions out.
fn surveyed(districts: &[usize], areas: Vec<Union>) -> Vec<EstimateRecord> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let kinds = measures();
    let mut totals = Totals::new(kinds.len(), pairs(&kinds));
    for (place, district) in districts.iter().enumerate() {
        for cell in 0..4 {
            for answer in 0..9 + 3 * district + cell {
                let atom = Atom {
                    district: Some(place as u16),
                    // One in eleven states no sex.
                    sex: (answer % 11 != 10).then_some((cell / 2) as u8),
                    age: Some((cell % 2) as u8),
                    tenure: None,
                };
                let points = |step: usize| Some(((step * 7 + 3 * district + cell) % 5) as f64 * 25.0);
                let seen = |value: Option<f64>| Observation { asked: true, value, dont_know: false };
                let first = seen(points(answer).filter(|_| answer % 7 != 6));
                let second = seen(points(answer + 2).filter(|_| answer % 5 != 4));
                let share = seen(Some(f64::from(u8::from((answer + district) % 3 == 0))));
                totals.add(atom, &[first, second, share, Observation::default()]);
            }
        }
    }
    let population = districts.iter().flat_map(|district| [100, 140, 90, 120].map(|n| n + 50 * *district as u64));
    let frame = Frame {
        districts: districts.iter().map(|district| ["A", "B", "C"][*district].to_owned()).collect(),
        sexes: names(&["woman", "man"]),
        ages: names(&["young", "old"]),
        population: population.collect(),
        areas,
        ..Frame::default()
    };
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    Estimator::new(&frame, &kinds, &totals, &weights).all()
}

fn union(code: &str, districts: &[usize]) -> Union {
    Union { code: code.to_owned(), districts: districts.to_vec() }
}

fn same(one: &EstimateRecord, other: &EstimateRecord) {
    let numbers = |record: &EstimateRecord| {
        let ci = record.ci.unwrap_or_default();
        [record.estimate, record.se, record.n_eff, record.nonresponse, Some(record.sum_w), Some(ci.0), Some(ci.1)]
    };
    assert_eq!((one.valid, one.asked, one.df, one.missing), (other.valid, other.asked, other.df, other.missing));
    for (one, other) in numbers(one).into_iter().zip(numbers(other)) {
        let (Some(one), Some(other)) = (one, other) else { panic!("{one:?} is not {other:?}") };
        assert!((one - other).abs() <= 1e-12 * other.abs(), "{one} is not {other}");
    }
}

#[test]
fn an_area_of_two_districts_is_what_both_are_by_themselves() {
    let redrawn = surveyed(&[0, 1, 2], vec![union("N", &[0, 1]), union("S", &[2])]);
    let (both, alone) = (surveyed(&[0, 1], Vec::new()), surveyed(&[2], Vec::new()));
    let mut compared = 0;
    for (code, whole) in [("N", &both), ("S", &alone)] {
        for record in redrawn.iter().filter(|record| record.domain.area.as_deref() == Some(code)) {
            let kind = match record.domain.kind {
                DomainKind::District => DomainKind::Total,
                DomainKind::DistrictSex => DomainKind::Sex,
                _ => DomainKind::Age,
            };
            let wanted = whole.iter().find(|found| {
                let of = (&found.domain.sex, &found.domain.age);
                found.measure == record.measure
                    && found.domain.kind == kind
                    && of == (&record.domain.sex, &record.domain.age)
            });
            same(record, wanted.unwrap());
            compared += 1;
        }
    }
    assert_eq!(compared, 4 * 2 * 5, "four measures, two areas, all and by sex and by age");
}

#[test]
fn everybody_is_the_same_whatever_the_areas() {
    let own = surveyed(&[0, 1, 2], Vec::new());
    let redrawn = surveyed(&[0, 1, 2], vec![union("N", &[2, 0]), union("A", &[1]), union("empty", &[])]);
    let without = |records: &[EstimateRecord]| -> Vec<EstimateRecord> {
        records.iter().filter(|record| record.domain.area.is_none()).cloned().collect()
    };
    assert_eq!(without(&own), without(&redrawn));
    let of = |records: &[EstimateRecord], code: &str| {
        let found = records.iter().find(|record| record.domain.area.as_deref() == Some(code));
        found.unwrap().clone()
    };
    // The new area A holds the old district B: what counts is what an area holds, not its code.
    same(&of(&redrawn, "A"), &of(&own, "B"));
    assert_eq!((of(&redrawn, "empty").asked, of(&redrawn, "empty").estimate), (0, None));
    assert!(!redrawn.iter().any(|record| record.domain.area.as_deref() == Some("C")));
}
