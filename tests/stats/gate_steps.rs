//! Surveys in each of which one step of the gate alone stands between an intruder and a small group: no other
//! step would notice.

use trygg::stats::{
    disclosure::{
        GateRefusal, Passed, Rules,
        atoms::AtomKey,
        gate,
        ledger::{LedgerEntry, Shown},
    },
    domain::{Domain, DomainKind},
    estimate::MeasureKind,
};

use crate::small::{Ready, Survey, random};

const ONE_WAY: [DomainKind; 4] = [DomainKind::Total, DomainKind::Sex, DomainKind::Age, DomainKind::District];

fn through(ready: &Ready) -> Result<Passed, GateRefusal> {
    gate(&ready.judged("R-1", "one", &[], &[], &Rules::default()))
}

fn district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.into()), sex: None, age: None, tenure: None }
}

/// Points between 40 and 80 in two big districts and a small one.
fn three_districts(plan: &[DomainKind]) -> Survey {
    let cells = vec![vec![vec![600], vec![600]], vec![vec![500], vec![500]], vec![vec![14], vec![14]]];
    Survey::of(&cells, plan.to_vec()).measure("points", MeasureKind::Mean, |(district, _, _), number| {
        let low = if district == 2 { 20 } else { 60 };
        Some(f64::from(low + u32::try_from(number % 5).unwrap() * 5))
    })
}

#[test]
fn what_the_total_has_more_than_an_area_is_a_group_though_no_table_has_it() {
    let mut survey = three_districts(&[DomainKind::Total]);
    survey.geography.insert("North".into(), vec!["D1".into(), "D2".into()]);
    let ready = survey.ready();
    let mut entry = through(&ready).unwrap().entry;
    // Men and women of the third district stay unknown each by themselves: only both together do not.
    let of = |code: &str| ready.records.iter().find(|record| record.domain == district(code)).unwrap();
    let (one, two) = (of("D1"), of("D2"));
    let mean = (one.estimate.unwrap() * one.sum_w + two.estimate.unwrap() * two.sum_w) / (one.sum_w + two.sum_w);
    let k = (mean / 0.1).round() as i64;
    entry.measures[0].shown.push(Shown { domain: district("North"), k, unit: 0.1, n: (2_195, 2_204) });
    let rules = Rules::default();
    let log = ready.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap();
    assert_eq!(log.first_failures, 1, "{log:?}");
    assert_eq!(log.complements.iter().map(|figure| &figure.domain).collect::<Vec<_>>(), [&district("North")]);
}

#[test]
fn a_group_that_three_tables_give_away_together_is_found() {
    // In the second district all but twelve have the value 0, and the tables by sex and by age say so.
    let cells = vec![vec![vec![480, 480], vec![480, 480]], vec![vec![30, 30], vec![29, 12]]];
    let survey = Survey::of(&cells, ONE_WAY.to_vec()).measure("rare", MeasureKind::Share, |(d, s, a), number| {
        Some(f64::from(match (d, s, a) {
            (_, 0, _) | (_, _, 0) => 0,
            _ => u32::from(number % 2 == 0),
        }))
    });
    let passed = through(&survey.ready()).unwrap();
    assert_eq!(passed.log.first_failures, 1, "{:?}", passed.log);
    assert_eq!(passed.log.complements.iter().map(|f| &f.domain).collect::<Vec<_>>(), [&district("D2")]);
}

#[test]
fn a_figure_that_is_not_that_of_the_answers_is_found_though_others_could_be_such() {
    let ready = three_districts(&ONE_WAY).ready();
    let mut entry = through(&ready).unwrap().entry;
    let shown = entry.measures[0].shown.iter_mut().find(|shown| shown.domain.kind == DomainKind::Total).unwrap();
    // The withheld district could account for it.
    shown.k += 3;
    let rules = Rules::default();
    let refused = ready.judged("R-1", "one", &[], &[], &rules).audit(&entry).unwrap_err();
    assert!(refused.to_string().contains("the true figures of points"), "{refused}");
}

#[test]
fn where_one_answer_to_a_question_is_withheld_all_are() {
    // In the third district four of forty chose the third answer, which is sensitive.
    let cells = vec![vec![vec![300], vec![300]], vec![vec![250], vec![250]], vec![vec![60], vec![60]]];
    let plan = vec![DomainKind::Total, DomainKind::District];
    let answer = |(district, _, _): (usize, usize, usize), number: usize| match (district, number % 30) {
        (2, 0) => 2,
        (2, _) => number % 2,
        _ => number % 3,
    };
    let mut survey = Survey::of(&cells, plan);
    for option in 0..3 {
        let chosen = move |class, number| Some(f64::from(u8::from(answer(class, number) == option)));
        survey = survey.measure(&format!("answer-{option}"), MeasureKind::Share, chosen);
    }
    for info in &mut survey.infos {
        info.base = Some("the question".into());
    }
    survey.infos[2].sensitive = true;
    let passed = through(&survey.ready()).unwrap();
    let shown = |measure: &str, code: &str| {
        let found = passed.table.records().iter().find(|r| r.measure == measure && r.domain == district(code));
        found.unwrap().value.is_some()
    };
    for measure in ["answer-0", "answer-1", "answer-2"] {
        assert!(shown(measure, "D1") && !shown(measure, "D3"), "{measure}");
    }
    let reasons: Vec<&str> = passed.log.withheld.iter().map(|(reason, _)| reason.as_str()).collect();
    assert_eq!(reasons, ["complementary", "small_count"]);
}

#[test]
fn what_two_ways_tell_is_protected_by_giving_both_up_and_no_more() {
    // Six tiny groups with an index of two parts: for no target is it enough to give up one figure.
    let ready = random(42, 1).measure("sum", MeasureKind::Composite(vec![(0, 0.25), (1, 0.75)]), |_, _| None).ready();
    let order = ["district_age", "district_sex", "sex_age", "district", "age", "sex"];
    let rules = Rules { withhold_order: order.map(str::to_owned).to_vec(), ..Rules::default() };
    let passed = gate(&ready.judged("R-1", "one", &[], &[], &rules)).unwrap();
    assert!(passed.log.complements.len() > 1, "{:?}", passed.log);
    // No more than half of them would be left if all that bind were given up.
    assert!(passed.report.shown > 20, "{:?}", passed.log.complements);
}

/// The same answers told apart by tenure as well: each group in two halves.
fn split_by_tenure(ready: &mut Ready) {
    let halves = |count: u64| [count.div_ceil(2), count / 2];
    let atoms = &mut ready.atoms;
    let keys = std::mem::take(&mut atoms.keys);
    atoms.keys = keys
        .iter()
        .flat_map(|key| ["own", "rent"].map(|tenure| AtomKey { tenure: Some(tenure.into()), ..key.clone() }))
        .collect();
    atoms.respondents = atoms.respondents.iter().flat_map(|&count| halves(count)).collect();
    for measure in &mut atoms.measures {
        let weight = |(&valid, &weight): (&u64, &f64)| {
            halves(valid).map(|half| if valid == 0 { 0.0 } else { weight * half as f64 / valid as f64 })
        };
        measure.weight = measure.valid.iter().zip(&measure.weight).flat_map(weight).collect();
        measure.valid = measure.valid.iter().flat_map(|&count| halves(count)).collect();
        measure.mean = measure.mean.iter().flat_map(|&mean| [mean; 2]).collect();
    }
}

#[test]
fn numbers_of_an_older_release_count_though_its_groups_were_coarser() {
    // 48 women printed as 50 beside whole fives are 48 or 49; 50 persons printed beside twos are 50 to 52.
    let survey = |kind: DomainKind| {
        let cells = vec![vec![vec![48], vec![2]], vec![vec![300], vec![300]]];
        let points = |_, number: usize| Some(f64::from(u32::try_from(number % 5).unwrap()) * 25.0);
        Survey::of(&cells, vec![kind]).measure("points", MeasureKind::Mean, points).ready()
    };
    let older = through(&survey(DomainKind::DistrictSex)).unwrap();
    let mut later = survey(DomainKind::District);
    split_by_tenure(&mut later);
    let rules = Rules::default();
    let shown = |ledger: &[LedgerEntry]| {
        let passed = gate(&later.judged("R-2", "one", &[], ledger, &rules)).unwrap();
        passed.table.records().iter().any(|record| record.domain == district("D1") && record.value.is_some())
    };
    assert!(shown(&[]), "by itself the district tells nothing of its two men");
    assert!(!shown(&[older.entry]), "two men of fifty are counted by subtraction");
}

#[test]
fn the_unit_of_a_figure_tells_of_its_number_of_answers() {
    // 48 women are printed as 50, which may be up to 52; beside whole fives it is 48 or 49. Of 55 persons, printed
    // as such, 4 to 9 are men then, and not 1 to 9.
    let cells = vec![vec![vec![48], vec![7]], vec![vec![300], vec![300]]];
    let plan = vec![DomainKind::District, DomainKind::DistrictSex];
    let points = |_, number: usize| Some(f64::from(u32::try_from(number % 5).unwrap()) * 25.0);
    let ready = Survey::of(&cells, plan).measure("points", MeasureKind::Mean, points).ready();
    let given_up = |count_width| {
        let rules = Rules { count_width, ..Rules::default() };
        gate(&ready.judged("R-1", "one", &[], &[], &rules)).unwrap().log.complements.len()
    };
    assert_eq!((given_up(5), given_up(7)), (0, 1));
}
