//! A definition is text that somebody uploads: whatever its bytes, the parser answers, and never
//! panics or runs out of stack.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::Index};
use rstest::rstest;
use trygg::questionnaire::{Definition, Questionnaire, difference};

use crate::support::definition::{STRUCTURE, lulea, lulea_with, told};

/// Any answer will do; also the warnings, the fingerprint and the difference are asked for.
fn answered(definition: &Definition) {
    match Questionnaire::parse(definition) {
        Ok(questionnaire) => {
            let _ = (questionnaire.warnings(), questionnaire.fingerprint());
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            assert!(!told(&faults).is_empty());
        }
    }
    let _ = difference(&lulea(), definition);
}

#[rstest]
#[case::nothing("")]
#[case::one_nul("\0")]
#[case::nul_in_a_text("id = \"a\0b\"")]
#[case::only_the_mark("\u{feff}")]
#[case::unfinished("id = \"")]
#[case::unfinished_table("[[")]
#[case::separators("\u{2028}\u{2029}\u{85}")]
#[case::direction_marks("id = \"\u{202e}abc\"")]
#[case::great_number("version = 99999999999999999999999999")]
#[case::not_a_number("scale = [ { id = \"s\", options = [\"a\"], points = [nan] } ]")]
#[case::infinite("scale = [ { id = \"s\", options = [\"a\"], points = [inf] } ]")]
#[case::date("id = 2023-01-01")]
#[case::tables_for_lists(
    "item = { id = 1 }\npage = 3\nscale = \"x\"\nindex = true\nderived = 1.5\ncore = {}\nclass = []"
)]
#[case::empty_members("item = [{}, [], 1]\npage = [{}]\nscale = [{}]\nindex = [{}]\nsection = [{}]")]
fn odd_text_in_any_file_is_answered(#[case] text: &str) {
    for file in lulea().files.keys() {
        let mut definition = lulea();
        definition.files.insert(file.clone(), text.to_owned());
        answered(&definition);
    }
}

#[rstest]
#[case::lists("core = ", "[", "]")]
#[case::tables("class = ", "{ a = ", " }")]
#[case::dotted("", "a.", "b = 1")]
#[case::headers("", "[a.b]\n", "")]
fn deep_nesting_is_answered(#[case] before: &str, #[case] open: &str, #[case] close: &str) {
    for depth in [100, 20_000] {
        let text = match close {
            "b = 1" => format!("{}{close}", open.repeat(depth)),
            _ => format!("{before}{}1{}", open.repeat(depth), close.repeat(depth)),
        };
        for file in lulea().files.keys() {
            let mut definition = lulea();
            definition.files.insert(file.clone(), text.clone());
            answered(&definition);
        }
    }
}

#[rstest]
#[case::parentheses("(", "E1 in {5}", ")")]
#[case::negations("not ", "E1 in {5}", "")]
#[case::alternatives("E1 in {5} or ", "E1 in {5}", "")]
#[case::conditions("E1 in {5} and ", "E1 in {5}", "")]
#[case::codes("E1 in {5", ",5", "}")]
fn a_predicate_of_any_length_is_answered(#[case] open: &str, #[case] middle: &str, #[case] close: &str) {
    for length in [10, 100_000] {
        let text = if open.ends_with('5') {
            format!("{open}{}{close}", middle.repeat(length))
        } else {
            format!("{}{middle}{}", open.repeat(length), close.repeat(length))
        };
        answered(&lulea_with(STRUCTURE, "show_if = \"E1 in {5}\"", &format!("show_if = \"{text}\"")));
    }
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let mut marked = lulea();
    for text in marked.files.values_mut() {
        text.insert(0, '\u{feff}');
    }
    let (plain, marked) = (Questionnaire::parse(&lulea()).unwrap(), Questionnaire::parse(&marked));
    assert_eq!(marked.map_err(|faults| told(&faults)).map(|q| q.fingerprint()), Ok(plain.fingerprint()));
}

/// One change of one file.
#[derive(Debug, Clone)]
enum Mutation {
    Delete(Index, Index),
    Duplicate(Index, Index),
    Insert(Index, String),
    DropLine(Index),
    RepeatLine(Index, Index),
    SwapLines(Index, Index),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "[",
            "]",
            "{",
            "}",
            "\"",
            "=",
            "\n",
            "0",
            "-1",
            "94",
            "E1",
            "\0",
            "\u{feff}",
            " or ",
            "[[item]]\n"
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
    ];
    prop_oneof![
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::Delete(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::Duplicate(from, to)),
        (any::<Index>(), piece).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        any::<Index>().prop_map(Mutation::DropLine),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::RepeatLine(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::SwapLines(from, to)),
        any::<Index>().prop_map(Mutation::Cut),
    ]
}

/// Applies a mutation; pieces are short, so that most of the file stays a definition.
fn mutated(text: &str, mutation: &Mutation) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.lines().collect();
    if letters.is_empty() || lines.is_empty() {
        return text.to_owned();
    }
    let short = |from: &Index, to: &Index| {
        let from = from.index(letters.len());
        from..(from + 1 + to.index(30)).min(letters.len())
    };
    let of_letters = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    match mutation {
        Mutation::Delete(from, to) => {
            let cut = short(from, to);
            of_letters([&letters[..cut.start], &[], &letters[cut.end..]])
        }
        Mutation::Duplicate(from, to) => {
            let twice = short(from, to);
            of_letters([&letters[..twice.end], &letters[twice.clone()], &letters[twice.end..]])
        }
        Mutation::Insert(at, piece) => {
            let (at, piece) = (at.index(letters.len()), piece.chars().collect::<Vec<_>>());
            of_letters([&letters[..at], &piece, &letters[at..]])
        }
        Mutation::Cut(at) => letters[..at.index(letters.len())].iter().collect(),
        Mutation::DropLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.join("\n")
        }
        Mutation::RepeatLine(from, to) => {
            let line = lines[from.index(lines.len())];
            lines.insert(to.index(lines.len()), line);
            lines.join("\n")
        }
        Mutation::SwapLines(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.join("\n")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_definition_changed_anywhere_is_answered(
        changes in prop::collection::vec((any::<Index>(), mutation()), 1..4),
    ) {
        let mut files: BTreeMap<String, String> = lulea().files;
        let names: Vec<String> = files.keys().cloned().collect();
        for (file, change) in &changes {
            let text = files.get_mut(file.get(&names)).unwrap();
            *text = mutated(text, change);
        }
        answered(&Definition { files });
    }

    #[test]
    fn any_text_at_all_is_answered(structure in ".{0,200}", texts in ".{0,200}", publication in ".{0,200}") {
        let mut definition = lulea();
        definition.files.insert("publication.toml".into(), publication);
        definition.files.insert("sv.toml".into(), texts);
        answered(&definition);
        definition.files.insert(STRUCTURE.into(), structure);
        answered(&definition);
    }
}
