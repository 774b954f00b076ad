//! The sentences, in both languages: printed contradictions of the survey specification, section 11.

use uuid::Uuid;

use super::{
    figure::{said_of, told as figure_of},
    *,
};
use crate::{
    questionnaire::Level,
    stats::{
        compare::Verdict,
        disclosure::{PClass, PublishedRecord},
        domain::Domain,
    },
    survey::{
        breaks::{Act, Code, Evidence, Person, Scope},
        comparison::{Comparison, Difference},
        ids::StaffId,
        release::{PublishedMeasure, Shown},
        staff::Organisation,
    },
};

fn locales() -> [Locale; 2] {
    ["sv", "en"].map(|tag| Locale::of_tag(tag).expect("a language"))
}

fn measure(id: &str, unit: Unit, direction: Direction) -> PublishedMeasure {
    PublishedMeasure {
        id: id.to_owned(),
        version: 1,
        kind: String::new(),
        direction,
        unit,
        level: Level::D,
        headline: true,
        formula: String::new(),
        names: [("sv", "Mått"), ("en", "Measure")].map(|(tag, name)| (tag.to_owned(), name.to_owned())).into(),
        items: Vec::new(),
    }
}

fn compared(value: f64, ci: (f64, f64), verdict: Verdict, reasons: Vec<Reason>) -> Comparison {
    let found = Difference { value, ci, n: 2_200, rounded_to: 0.01, p_class: Some(PClass::Thousandth) };
    Comparison {
        found: Some(found),
        verdict: Some(verdict),
        ..Comparison::refused("PI-06", Domain::everybody(), ("2019", "2023"), reasons)
    }
}

#[test]
fn a_falling_problem_index_is_an_improvement_and_its_direction_is_said() {
    // Kävlinge 2019: "index has increased" was printed while it fell from 1.81 to 1.66.
    let comparison = compared(-0.15, (-0.23, -0.07), Verdict::Improved, Vec::new());
    let index = measure("PI-06", Unit::Steps, Direction::LowerBetter);
    let [sv, en] = locales().map(|locale| change(locale, Some(&comparison), &index));
    assert_eq!(
        sv.sentence,
        "Säkerställd förbättring sedan 2019: −0,15 steg (osäkerhet −0,23 till −0,07). Lägre är bättre."
    );
    assert_eq!(
        en.sentence,
        "Established improvement since 2019: −0.15 steps (uncertainty −0.23 to −0.07). Lower is better."
    );
    for words in [&sv.sentence, &sv.short, &en.sentence, &en.short] {
        assert!(!words.contains("ökat") && !words.contains("increased"), "{words}");
    }
    assert_eq!((sv.mark, sv.short.as_str()), ("▲", "förbättring (−0,15)"));
}

#[test]
fn every_verdict_has_its_sentence_and_says_which_way_is_better() {
    let share = measure("I-LATE", Unit::Percent, Direction::LowerBetter);
    for (verdict, mark, words) in [
        (Some(Verdict::Improved), "▲", "Säkerställd förbättring"),
        (Some(Verdict::Worse), "▼", "Säkerställd försämring"),
        (Some(Verdict::NoEstablishedChange), "◇", "Det betyder inte att inget har hänt."),
        (None, "", "Skillnad mot 2019"),
    ] {
        let comparison = Comparison { verdict, ..compared(2.0, (1.0, 3.0), Verdict::Improved, Vec::new()) };
        let told = change(Locale::DEFAULT, Some(&comparison), &share);
        assert_eq!(told.mark, mark);
        assert!(told.sentence.contains(words) && told.sentence.ends_with("Lägre är bättre."), "{}", told.sentence);
        assert!(!told.sentence.contains("indexet har"), "{}", told.sentence);
    }
    assert_eq!(change(Locale::DEFAULT, None, &share).sentence, "Det finns ingen tidigare mätning att jämföra med.");
}

#[test]
fn nobody_of_538_is_at_most_and_never_nobody() {
    // Vaxholm: 0 of 538 "very unsafe" was printed as none.
    let record = PublishedRecord {
        measure: "I-LATE".to_owned(),
        domain: Domain::everybody(),
        value: Some(0.0),
        lower: Some(0.0),
        upper: Some(0.7),
        n: Some(540),
        rounded_to: Some(0.2),
        status: String::new(),
        reason: String::new(),
    };
    let share = measure("I-LATE", Unit::Percent, Direction::LowerBetter);
    let [sv, en] = locales().map(|locale| {
        let figure = figure_of(locale, Some(&Shown::from(&record)), share.unit, String::new(), &[]);
        said_of(locale, "Vaxholm", &share, Some(&record), figure)
    });
    assert_eq!(sv, "I Vaxholm är måttet ”Mått” högst 0,7 procent (540 svarande). Lägre är bättre.");
    assert_eq!(en, "In Vaxholm the measure “Measure” is at most 0.7 percent (540 answers). Lower is better.");
    for words in ["ingen", "inga", "none", "nobody"] {
        assert!(!sv.contains(words) && !en.contains(words), "{sv} {en}");
    }
}

#[test]
fn a_first_value_after_a_break_says_so() {
    let record = PublishedRecord {
        measure: "I-LATE".to_owned(),
        domain: Domain::everybody(),
        value: Some(20.0),
        lower: Some(18.0),
        upper: Some(22.0),
        n: Some(90),
        rounded_to: Some(2.0),
        status: "u".to_owned(),
        reason: "uncertain".to_owned(),
    };
    let after = [coded(Locale::DEFAULT, "order")];
    let figure = figure_of(Locale::DEFAULT, Some(&Shown::from(&record)), Unit::Percent, "bu".to_owned(), &after);
    assert_eq!(figure.flags, "bu");
    assert_eq!(
        figure.note,
        "Första värdet efter ett brott i serien: frågorna kommer i en annan ordning. Osäker siffra: få svar eller stor felmarginal."
    );
}

#[test]
fn a_refusal_gives_its_hard_reasons_and_no_number() {
    let reasons = vec![
        Reason::new("order", Class::Hard, "page p07 now precedes p02"),
        Reason::new("season", Class::Soft, "midpoints 58 days apart"),
    ];
    let refused = Comparison::refused("I-LATE", Domain::everybody(), ("2023", "2027"), reasons);
    let share = measure("I-LATE", Unit::Percent, Direction::LowerBetter);
    let [sv, en] = locales().map(|locale| change(locale, Some(&refused), &share));
    assert_eq!(sv.sentence, "Kan inte jämföras med 2023: frågorna kommer i en annan ordning.");
    assert_eq!(en.sentence, "Cannot be compared with 2023: the questions come in another order.");
    assert_eq!((sv.mark, sv.short.as_str()), ("⊘", "kan inte jämföras: frågorna kommer i en annan ordning"));
    assert_eq!(sv.caveat, None);
}

#[test]
fn a_bridge_tells_who_judged_it_when_and_why() {
    let said = Declaration {
        id: Uuid::from_u128(7),
        act: Act::Bridge {
            code: Code::Order,
            scope: Scope { from: "2019".into(), to: Some("2023".into()), measure: None, item: None, area: None },
            evidence: Some(Evidence::SplitSample),
        },
        person: Person {
            id: StaffId::from(Uuid::from_u128(1)),
            name: "Bo Berg".into(),
            organisation: Organisation::Kommun,
        },
        at: "2026-11-25T23:30:00Z".parse().expect("an instant"),
        note: "Halva urvalet fick den gamla ordningen".into(),
    };
    let bridged = Reason {
        item: Some("E1".into()),
        declared: Some(said.id.to_string()),
        ..Reason::new("order", Class::Bridged, "")
    };
    let soft = Reason::new("response_drop", Class::Note, "61.3 % and 50.0 %");
    let comparison =
        Comparison { said: vec![said], ..compared(2.0, (1.0, 3.0), Verdict::NoEstablishedChange, vec![bridged, soft]) };
    let told = change(Locale::DEFAULT, Some(&comparison), &measure("I-LATE", Unit::Percent, Direction::LowerBetter));
    assert_eq!(
        told.caveat.as_deref(),
        Some(
            "Att tänka på: frågorna kommer i en annan ordning (E1), vilket bedöms inte påverka jämförelsen: \
             ”Halva urvalet fick den gamla ordningen” (Bo Berg, 26 november 2026) och svarsandelen är en annan."
        )
    );
    assert!(told.short.starts_with("ingen säkerställd förändring (+2,0); frågorna kommer"), "{}", told.short);
    assert!(told.response, "who answered is worth a look");
}

#[test]
fn a_reason_of_many_questions_is_told_once() {
    let of = |item: &str| Reason { item: Some(item.into()), ..Reason::new("order", Class::Hard, "") };
    let words = |items: &[&str]| {
        let found: Vec<Reason> = items.iter().map(|item| of(item)).collect();
        reasons(Locale::DEFAULT, &found.iter().collect::<Vec<_>>(), |_| None)
    };
    assert_eq!(words(&["B05", "B06", "B05"]), ["frågorna kommer i en annan ordning (B05 och B06)"]);
    assert_eq!(words(&["B01", "B02", "B03", "B04", "B05"]), ["frågorna kommer i en annan ordning (5 frågor)"]);
}

#[test]
fn every_code_of_the_register_has_words_of_its_own_in_every_language() {
    for locale in Locale::with_results() {
        let other = coded(locale, "nothing such");
        let words: Vec<String> = Code::ALL.iter().map(|code| coded(locale, code.key())).collect();
        let different: BTreeSet<&String> = words.iter().collect();
        assert_eq!(different.len(), Code::ALL.len(), "{words:?}");
        assert!(!words.contains(&other));
        for code in ["not_estimable", "not_estimable_variance", "cut_table_missing"] {
            assert_ne!(coded(locale, code), other, "{code}");
        }
    }
}
