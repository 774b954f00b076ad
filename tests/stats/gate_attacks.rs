//! What an intruder would try on small surveys: differences, second geographies, corrections, changes,
//! and data sets enumerated one by one. Each test fails if the step of the gate that it is about is
//! switched off (statistics specification, G4 to G9).

#![expect(clippy::cast_precision_loss, reason = "the numbers of a test are small and exact")]

use rstest::rstest;
use trygg::stats::{
    disclosure::{GateRefusal, Judged, Passed, Rules, gate, ledger::LedgerEntry},
    domain::{Domain, DomainKind, Union},
    estimate::MeasureKind,
};

use crate::small::{Ready, Survey, chance, random};

/// One round by itself through the gate.
fn through(ready: &Ready, rules: &Rules) -> Result<Passed, GateRefusal> {
    gate(&ready.judged("R-1", "one", &[], &[], rules))
}

fn all_but_tenure() -> Vec<DomainKind> {
    DomainKind::ALL.into_iter().filter(|kind| *kind != DomainKind::Tenure).collect()
}

/// Twelve districts of 183 as Luleå's, with shares of 50, 25, 8 and 2 %.
fn lulea() -> Ready {
    let cell = |d: usize, s: usize, a: usize| [21, 24, 23, 24][a] + ((d * 7 + s * 5 + a * 3) % 5) as u64 - 2;
    let cells: Vec<Vec<Vec<u64>>> =
        (0..12).map(|d| (0..2).map(|s| (0..4).map(|a| cell(d, s, a)).collect()).collect()).collect();
    let mut rng = chance(9);
    let mut survey = Survey::of(&cells, all_but_tenure());
    for (id, p) in [("half", 0.50), ("quarter", 0.25), ("twelfth", 0.08), ("fiftieth", 0.02)] {
        survey = survey.share(id, p, &mut rng);
    }
    survey.ready()
}

#[test]
fn a_survey_of_luleas_size_passes_with_its_districts_complete() {
    let passed = through(&lulea(), &Rules::default()).unwrap();
    let given_up = |kind: DomainKind| passed.log.complements.iter().filter(|figure| figure.domain.kind == kind).count();
    println!("given up: {:?}; {:?}", passed.log.complements, passed.log);
    assert_eq!(given_up(DomainKind::District), 0);
    assert!(given_up(DomainKind::DistrictSex) <= 1);
    assert!(given_up(DomainKind::DistrictAge) <= 4 * 12);
    let of_districts = passed.table.records().iter().filter(|record| record.domain.kind == DomainKind::District);
    assert!(of_districts.into_iter().all(|record| record.value.is_some()));
}

/// Three districts; the third has so few answers that it must not be worked out.
fn lopsided(third: u64) -> Survey {
    let cells = vec![vec![vec![600], vec![600]], vec![vec![500], vec![500]], vec![vec![third], vec![third]]];
    let plan = vec![DomainKind::Total, DomainKind::Sex, DomainKind::District];
    Survey::of(&cells, plan).measure("points", MeasureKind::Mean, |(d, _, _), number| {
        Some(if d == 2 { 20.0 } else { 60.0 } + (number % 5) as f64 * 5.0)
    })
}

fn total() -> Domain {
    Domain { kind: DomainKind::Total, area: None, sex: None, age: None, tenure: None }
}

fn district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.into()), ..total() }
}

fn shown(passed: &Passed, domain: &Domain) -> bool {
    passed.table.records().iter().any(|record| record.domain == *domain && record.value.is_some())
}

#[test]
fn a_withheld_district_does_not_follow_from_the_total_and_the_others() {
    // 28 of 2 228 answers: to a tenth of a point the rest gives them away, and hiding them is not enough.
    let ready = lopsided(14).ready();
    let passed = through(&ready, &Rules::default()).unwrap();
    assert!(!shown(&passed, &district("D3")) && shown(&passed, &total()));
    let given_up: Vec<&Domain> = passed.log.complements.iter().map(|figure| &figure.domain).collect();
    assert!(given_up == [&district("D2")] || given_up == [&district("D1")], "{given_up:?}");
    // Who may give up nothing is refused.
    let none = Rules { withhold_order: Vec::new(), ..Rules::default() };
    let refused = through(&ready, &none).unwrap_err();
    assert!(matches!(&refused, GateRefusal::Exhausted(target, 0) if target.answers == 28), "{refused}");
    assert!(refused.to_string().contains("points of one: D3 s1 a1; D3 s2 a1 (28 answers)"), "{refused}");
}

#[test]
fn a_second_release_is_attacked_together_with_the_first() {
    // The first shows the first two districts and no total, the second would add the total.
    let mut first = lopsided(14);
    first.plan.full = vec![DomainKind::District];
    let before = first.ready();
    let before = through(&before, &Rules::default()).unwrap();
    assert!(shown(&before, &district("D1")) && shown(&before, &district("D2")));
    let mut second = lopsided(14);
    second.plan.full = vec![DomainKind::Total, DomainKind::Sex];
    let second = second.ready();
    let rules = Rules::default();
    let blind = gate(&second.judged("R-2", "one", &[], &[], &rules));
    assert!(blind.is_ok(), "by itself the total tells nothing");
    let refused = gate(&second.judged("R-2", "one", &[], &[before.entry], &rules)).unwrap_err();
    assert_eq!(refused.code(), "gate_exhausted");
}

#[test]
fn a_second_geography_that_leaves_out_a_few_is_attacked_by_subtraction() {
    let mut survey = lopsided(14);
    survey.plan.full = vec![DomainKind::District];
    survey.geography.insert("North".into(), vec!["D1".into(), "D3".into()]);
    let ready = survey.ready();
    let mut passed = through(&ready, &Rules::default()).unwrap();
    let entry = &mut passed.entry;
    assert!(entry.measures[0].shown.iter().any(|shown| shown.domain == district("D1")));
    // North = D1 and D3, printed beside D1.
    let mut north = entry.measures[0].shown[0].clone();
    let of = |code: &str| ready.records.iter().find(|record| record.domain == district(code)).unwrap();
    let (one, three) = (of("D1"), of("D3"));
    let mean = (one.estimate.unwrap() * one.sum_w + three.estimate.unwrap() * three.sum_w) / (one.sum_w + three.sum_w);
    north.domain = district("North");
    north.unit = 0.1;
    north.k = (mean / 0.1).round() as i64;
    north.n = (1_220, 1_240);
    entry.measures[0].shown.push(north);
    let rules = Rules::default();
    let log = ready.judged("R-1", "one", &[], &[], &rules).audit(entry).unwrap();
    assert_eq!(log.complements.len(), 1, "{log:?}");
    // An area that cuts a district cannot be made of what the round tells apart.
    let mut cut = lopsided(14);
    cut.geography.insert("Half".into(), vec!["D1 north of the river".into()]);
    let refused = through(&cut.ready(), &Rules::default()).unwrap_err();
    assert_eq!(refused.code(), "plan_not_atoms");
    assert!(refused.to_string().contains("D1 north of the river"), "{refused}");
    // Nor can a figure be shown of an area in which nobody is told apart.
    let mut elsewhere = lopsided(40).ready();
    for key in &mut elsewhere.atoms.keys {
        key.area = key.area.take().filter(|area| area != "D1").or(Some("D9".into()));
    }
    let refused = through(&elsewhere, &Rules::default()).unwrap_err();
    assert!(refused.to_string().contains("told apart by the area D1"), "{refused}");
}

#[rstest]
#[case::new_codes("North", "South")]
#[case::codes_that_meant_others("D2", "D1")]
fn areas_that_tell_each_other_are_withheld_together(#[case] north: &str, #[case] south: &str) {
    let responses = |districts: &[(&str, u64)]| -> Vec<(Option<String>, u64)> {
        let districts = districts.iter().map(|(code, n)| (Some((*code).to_owned()), *n));
        districts.chain([(None, 2_228)]).collect()
    };
    let rules = Rules::default();
    let ready = lopsided(14).ready();
    let answered = responses(&[("D1", 1_200), ("D2", 1_000), ("D3", 28)]);
    let first = Judged { answered: &answered, ..ready.judged("R-1", "one", &[], &[], &rules) };
    let first = gate(&first).unwrap();
    assert!(shown(&first, &district("D1")) != shown(&first, &district("D2")), "one of them is given up for D3");
    // North less D1 would be D3, so would everybody less South and D1; and either new area tells the other.
    let mut survey = lopsided(14);
    let areas = [(north, vec![0, 2]), (south, vec![1])];
    survey.frame.areas = areas.map(|(code, districts)| Union { code: code.to_owned(), districts }).to_vec();
    survey.geography.insert(north.to_owned(), vec!["D1".into(), "D3".into()]);
    survey.geography.insert(south.to_owned(), vec!["D2".into()]);
    let ready = survey.ready();
    let answered = responses(&[(north, 1_228), (south, 1_000)]);
    let judged = Judged { answered: &answered, ..ready.judged("R-2", "one", &[], &[], &rules) };
    let alone = gate(&judged).unwrap();
    assert!(shown(&alone, &district(north)) && shown(&alone, &district(south)), "by themselves they tell nothing");
    let ledger = [first.entry];
    let second = gate(&Judged { ledger: &ledger, ..judged }).unwrap();
    assert!(!shown(&second, &district(north)) && !shown(&second, &district(south)));
    assert!(shown(&second, &total()));
}

#[test]
fn a_correction_by_a_few_responses_is_refused() {
    let first = through(&lopsided(40).ready(), &Rules::default()).unwrap();
    let mut survey = lopsided(40);
    let rules = Rules::default();
    let again = |survey: Survey, ledger: &[LedgerEntry]| {
        gate(&survey.ready().judged("R-2", "one", &[], ledger, &rules)).map(|passed| passed.entry.release)
    };
    assert_eq!(
        again(lopsided(40), std::slice::from_ref(&first.entry)),
        Ok("R-2".to_owned()),
        "the same responses may be released again"
    );
    survey.people.truncate(survey.people.len() - 3);
    let refused = again(survey, std::slice::from_ref(&first.entry)).unwrap_err();
    let GateRefusal::RevisionTooSmall { release, differ, .. } = &refused else { panic!("{refused}") };
    assert_eq!((release.as_str(), *differ), ("R-1", 3));
    let mut survey = lopsided(40);
    survey.people.truncate(survey.people.len() - 35);
    assert_eq!(again(survey, &[first.entry]), Ok("R-2".to_owned()));
}

#[test]
fn figures_that_are_not_those_of_the_responses_are_found() {
    let ready = lopsided(40).ready();
    let mut entry = through(&ready, &Rules::default()).unwrap().entry;
    // Weights of another round.
    entry.measures[0].weight.reverse();
    let rules = Rules::default();
    let refused = ready.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap_err();
    assert_eq!(refused.code(), "gate_inconsistent", "{refused}");
}

#[test]
fn a_change_to_a_withheld_level_is_not_shown_and_a_shown_one_is_the_printed_difference() {
    let rules = Rules::default();
    let first = lopsided(14).ready();
    let before = through(&first, &rules).unwrap();
    let second = lopsided(40).ready();
    let earlier = [first.before(&before)];
    let later = gate(&second.judged("R-2", "two", &earlier, std::slice::from_ref(&before.entry), &rules)).unwrap();
    let change = |domain: &Domain| later.table.changes().iter().find(|change| change.domain == *domain).unwrap();
    assert!(shown(&later, &district("D3")));
    // Shown this time, withheld last time: their difference would give away the withheld one.
    assert_eq!((change(&district("D3")).difference, change(&district("D3")).status.as_str()), (None, ".."));
    assert!(change(&total()).difference.is_some());
    // A change that is shown is the difference of the two printed figures: it tells nothing more.
    let printed = |passed: &Passed| passed.table.records().iter().find(|r| r.domain == total()).unwrap().value.unwrap();
    let difference = change(&total()).difference.unwrap();
    assert!((difference - (printed(&later) - printed(&before))).abs() < 1e-9, "{difference}");
}

#[test]
fn a_composite_does_not_give_away_the_part_that_is_withheld() {
    let survey = || lopsided(40).measure("calm", MeasureKind::Mean, |_, number| Some((number % 11) as f64 * 10.0));
    let ready = survey().measure("both", MeasureKind::Composite(vec![(0, 0.5), (1, 0.5)]), |_, _| None).ready();
    let mut entry = through(&ready, &Rules::default()).unwrap().entry;
    // One part of the small district is withheld for its answers; the other and the sum would be printed.
    let part = entry.measures[0].shown.iter().position(|shown| shown.domain == district("D3")).unwrap();
    entry.measures[0].shown.remove(part);
    entry.measures[0].protected.push(district("D3"));
    let rules = Rules::default();
    let log = ready.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap();
    assert!(!log.complements.is_empty(), "{log:?}");
}

#[test]
fn shares_that_add_up_to_everybody_give_each_other_away() {
    let mut survey = lopsided(200);
    survey.plan.full = vec![DomainKind::District];
    let yes =
        |(d, _, _): (usize, usize, usize), number: usize| f64::from(number.is_multiple_of(if d == 2 { 3 } else { 4 }));
    let mut survey = survey.measure("yes", MeasureKind::Share, move |class, number| Some(yes(class, number))).measure(
        "no",
        MeasureKind::Share,
        move |class, number| Some(1.0 - yes(class, number)),
    );
    for info in &mut survey.infos[1..] {
        info.base = Some("the same answers".into());
    }
    let ready = survey.ready();
    let mut entry = through(&ready, &Rules::default()).unwrap().entry;
    let place = entry.measures.iter().position(|measure| measure.id == "yes").unwrap();
    let shown = entry.measures[place].shown.iter().position(|shown| shown.domain == district("D3")).unwrap();
    entry.measures[place].shown.remove(shown);
    entry.measures[place].protected.push(district("D3"));
    let rules = Rules::default();
    let log = ready.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap();
    let given_up: Vec<(&str, &Domain)> =
        log.complements.iter().map(|figure| (figure.measure.as_str(), &figure.domain)).collect();
    assert!(given_up.contains(&("no", &district("D3"))), "{given_up:?}");
    // Where they are not over the same answers, neither tells of the other.
    let mut apart = ready;
    apart.survey.infos[2].base = Some("other answers".into());
    let log = apart.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap();
    assert!(!log.complements.iter().any(|figure| figure.measure == "no"), "{log:?}");
}

/// Every number of persons with the value 1, atom by atom, that agrees with what was printed of a share.
fn enumerated(ready: &Ready, passed: &Passed) -> Vec<Vec<u64>> {
    let measure = &passed.entry.measures[0];
    let mut found = Vec::new();
    let mut ones = vec![0_u64; measure.valid.len()];
    loop {
        let agrees = measure.shown.iter().all(|shown| {
            let inside: Vec<usize> = (0..ones.len())
                .filter(|&atom| passed.entry.atoms[atom].is_in(&shown.domain, &ready.survey.geography))
                .collect();
            let whole: f64 = inside.iter().map(|&atom| measure.weight[atom]).sum();
            let sum: f64 = inside
                .iter()
                .filter(|&&atom| measure.valid[atom] > 0)
                .map(|&atom| measure.weight[atom] * ones[atom] as f64 / measure.valid[atom] as f64)
                .sum();
            (100.0 * sum / whole - shown.value()).abs() <= shown.unit / 2.0 + 1e-7
        });
        if agrees {
            found.push(ones.clone());
        }
        let Some(place) = (0..ones.len()).find(|&atom| ones[atom] < measure.valid[atom]) else { return found };
        ones[place] += 1;
        ones[..place].fill(0);
    }
}

#[rstest]
#[case(1)]
#[case(2)]
#[case(3)]
#[case(4)]
#[case(5)]
#[case(6)]
fn no_answer_is_the_same_in_every_data_set_that_agrees(#[case] seed: u64) {
    use rand::RngExt;
    let mut rng = chance(seed);
    let cells: Vec<Vec<Vec<u64>>> =
        (0..3).map(|_| (0..2).map(|_| vec![rng.random_range(3..=11_u64)]).collect()).collect();
    let plan = vec![DomainKind::Total, DomainKind::Sex, DomainKind::District, DomainKind::DistrictSex];
    let mut survey =
        Survey::of(&cells, plan).share("share", [0.5, 0.2, 0.9][usize::try_from(seed % 3).unwrap()], &mut rng);
    // Floors so low that something of so few is shown.
    survey.floor.n_min = 10;
    survey.floor.n_eff_min = 5.0;
    let rules = Rules { n_min: 10, ..Rules::default() };
    let ready = survey.ready();
    let Ok(passed) = through(&ready, &rules) else { return };
    let found = enumerated(&ready, &passed);
    assert!(!found.is_empty(), "the true data agree");
    for (atom, &valid) in passed.entry.measures[0].valid.iter().enumerate() {
        let all_zero = found.iter().all(|ones| ones[atom] == 0);
        let all_one = found.iter().all(|ones| ones[atom] == valid);
        assert!(!all_zero && !all_one, "seed {seed}: every answer of atom {atom} is known ({} data sets)", found.len());
    }
}

#[test]
fn small_surveys_pass_or_are_refused_for_a_reason() {
    let (mut passed, mut refused, mut given_up) = (0, 0, 0);
    for seed in 0..60 {
        match through(&random(seed, 1).ready(), &Rules::default()) {
            Ok(found) => {
                passed += 1;
                given_up += found.log.complements.len();
            }
            Err(error) => {
                assert!(matches!(error.code(), "gate_exhausted" | "gate_nothing_left"), "seed {seed}: {error}");
                refused += 1;
            }
        }
    }
    println!("{passed} passed, {refused} refused, {given_up} figures given up");
    assert!(passed > 20 && given_up > 0);
}
