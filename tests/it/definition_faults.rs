//! What an author is told of a definition that is wrong: every fault at once, each with its file, its
//! line and what to do; never a panic, whatever the bytes.

#![expect(
    clippy::expect_used,
    clippy::format_collect,
    clippy::err_expect,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use rstest::rstest;
use trygg::questionnaire::{Definition, Fault, Questionnaire};

use crate::support::definition::{STRUCTURE, changed, line_at, lulea, lulea_with, parsed, told};

fn faults(definition: &Definition) -> Vec<Fault> {
    Questionnaire::parse(definition).err().expect("a fault")
}

/// Changes one thing in `file` and expects the fault `code` there: it says what to do, and its line is
/// one of the changed lines.
fn expect(file: &str, from: &str, to: &str, code: &str) {
    let definition = lulea_with(file, from, to);
    let faults = faults(&definition);
    let found = faults.iter().find(|fault| fault.code == code && fault.file == file);
    let found = found.unwrap_or_else(|| panic!("no {code} of {file} in:\n{}", told(&faults)));
    assert!(found.detail.contains(' '), "{found} does not say what to do");
    let start = lulea().files[file].find(from).expect("the place");
    let text = &definition.files[file];
    let lines = line_at(text, start)..=line_at(text, start + to.trim_end().len());
    let line = found.line.unwrap_or_else(|| panic!("{found} has no line"));
    assert!(lines.contains(&line), "{found}: the change is on {lines:?}");
    assert!(found.to_string().starts_with(&format!("{file}:{line}: ")), "{found}");
}

/// The last index.
const INDEX: &str = "[[index]]\nid = \"PI-06\"";

#[rstest]
// Types, keys and spelling.
#[case::malformed("id = \"lulea-trygghet\"", "id = ", "toml")]
#[case::id_is_no_text("id = \"lulea-trygghet\"", "id = 5", "wrong_type")]
#[case::id_with_a_space("id = \"lulea-trygghet\"", "id = \"Luleå trygghet\"", "id_format")]
#[case::version_without_point("version = \"1.0\"", "version = \"1\"", "version_format")]
#[case::unknown_key("id = \"lulea-trygghet\"", "id = \"lulea-trygghet\"\ncolour = 1", "unknown_key")]
#[case::parts_out_of_order("{ id = 8 }", "{ id = 9 }", "section_order")]
#[case::part_is_no_number("{ id = 8 }", "{ id = \"8\" }", "wrong_type")]
#[case::module_is_no_boolean("birth = false }", "birth = \"no\" }", "wrong_type")]
// Scales.
#[case::scale_twice("{ id = \"why2\",", "{ id = \"late5\",", "scale_duplicate")]
#[case::scale_without_options("options = [\"sweden\", \"other\"]", "options = []", "options_empty")]
#[case::points_spelled(
    "options = [\"no\", \"one_or_two\", \"several\"], points = \"down\"",
    "options = [\"no\", \"one_or_two\", \"several\"], points = \"left\"",
    "points_unknown"
)]
#[case::points_too_few("points = [100, \"200/3\", \"100/3\", 0, \"-\"]", "points = [100, 0]", "points_count")]
#[case::points_above_hundred(
    "points = [100, \"200/3\", \"100/3\", 0, \"-\"]",
    "points = [101, \"200/3\", \"100/3\", 0, \"-\"]",
    "points_range"
)]
#[case::points_over_zero(
    "points = [100, \"200/3\", \"100/3\", 0, \"-\"]",
    "points = [100, \"200/0\", \"100/3\", 0, \"-\"]",
    "wrong_type"
)]
#[case::options_from_elsewhere("options_from = \"area_set\"", "options_from = \"the_sky\"", "options_from_unknown")]
// Pages.
#[case::page_twice("{ id = \"p03\",", "{ id = \"p02\",", "page_duplicate")]
#[case::page_of_unknown_part("{ id = \"p02\", section = 2", "{ id = \"p02\", section = 12", "section_unknown")]
#[case::page_of_unknown_item("items = [\"E2\", \"E3\"]", "items = [\"E2\", \"E3\", \"E9\"]", "item_unknown")]
#[case::item_on_two_pages("items = [\"E2\", \"E3\"]", "items = [\"E2\", \"E3\", \"E1\"]", "item_on_two_pages")]
#[case::eight_items(
    "items = [\"E2\", \"E3\"]",
    "items = [\"E2\", \"E3\", \"F1\", \"F2\", \"F3\", \"F4\", \"F5\", \"G1\"]",
    "page_too_long"
)]
#[case::notice_for_nobody("items = [], streams = [\"resident\", \"stay\"]", "items = []", "streams_missing")]
#[case::unknown_stream(
    "items = [], streams = [\"resident\", \"stay\"]",
    "items = [], streams = [\"tourist\"]",
    "stream_unknown"
)]
// Items.
#[case::item_twice("{ id = \"F5\", concept", "{ id = \"F4\", concept", "item_duplicate")]
#[case::item_id_with_hyphen("{ id = \"F5\", concept", "{ id = \"F-5\", concept", "item_id_format")]
#[case::item_without_scale("concept = \"litter\", scale = \"problem4\"", "concept = \"litter\"", "key_missing")]
#[case::item_of_unknown_scale(
    "concept = \"litter\", scale = \"problem4\"",
    "concept = \"litter\", scale = \"problem5\"",
    "scale_unknown"
)]
#[case::item_of_unknown_module(
    "scale = \"birth2\", streams = [\"resident\"], sensitive = true, module = \"birth\"",
    "scale = \"birth2\", module = \"origin\"",
    "module_unknown"
)]
#[case::wording_of_another_survey(
    "concept = \"litter\", scale = \"problem4\", streams = [\"resident\"], period = \"12m\", source_wording = \"own\"",
    "concept = \"litter\", scale = \"problem4\", source_wording = \"NTU\"",
    "source_wording_unknown"
)]
// Routing.
#[case::routing_by_own_page("show_if = \"E1 in {5}\"", "show_if = \"E1b in {1}\"", "routing_forward")]
#[case::routing_by_later_page("show_if = \"E1 in {5}\"", "show_if = \"E2 in {5}\"", "routing_forward")]
#[case::routing_by_unknown_item("show_if = \"E1 in {5}\"", "show_if = \"E9 in {5}\"", "item_unknown")]
#[case::routing_by_lacking_code("show_if = \"E1 in {5}\"", "show_if = \"E1 in {6}\"", "code_unknown")]
#[case::routing_by_code_zero("show_if = \"E1 in {5}\"", "show_if = \"E1 in {0}\"", "code_unknown")]
#[case::dont_know_not_offered("show_if = \"E1 in {5}\"", "show_if = \"E1 in {98}\"", "code_unknown")]
#[case::refusal_not_offered("show_if = \"E1 in {5}\"", "show_if = \"E1 in {96}\"", "code_unknown")]
#[case::routing_unfinished("show_if = \"E1 in {5}\"", "show_if = \"E1 in {5\"", "predicate_syntax")]
#[case::routing_with_a_sign("show_if = \"E1 in {5}\"", "show_if = \"E1 == 5\"", "predicate_syntax")]
#[case::asked_of_two("show_if = \"E1 in {5}\"", "show_if = \"asked(A4,E1)\"", "predicate_syntax")]
#[case::routing_empty("show_if = \"E1 in {5}\"", "show_if = \"\"", "predicate_syntax")]
// Derived values, classes, core.
#[case::derived_like_an_item("{ id = \"E1x\"", "{ id = \"E2\"", "item_duplicate")]
#[case::derived_is_no_pair("[\"E1 in {4}\", 0]", "[\"E1 in {4}\"]", "pair")]
#[case::derived_above_hundred("[\"E1 in {1}\", 100]", "[\"E1 in {1}\", 1000]", "points_range")]
#[case::class_of_unknown_item("age = \"H2\"", "age = \"H9\"", "item_unknown")]
#[case::woman_and_man_alike("woman = 1, man = 2", "woman = 2, man = 2", "code_unknown")]
#[case::core_of_unknown_item("core = [\n  \"B01\"", "core = [\n  \"B99\"", "item_unknown")]
// Indices.
#[case::index_twice(INDEX, "[[index]]\nid = \"I-LATE\"", "index_duplicate")]
#[case::index_id_with_space(INDEX, "[[index]]\nid = \"PI 06\"", "index_id_format")]
#[case::index_of_unknown_kind("kind = \"step\"", "kind = \"median\"", "kind_unknown")]
#[case::index_without_kind(
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"step\"",
    "[[index]]\nid = \"PI-06\"\nversion = 1",
    "key_missing"
)]
#[case::index_of_unknown_direction(
    "kind = \"step\"\ndirection = \"lower_better\"",
    "kind = \"step\"\ndirection = \"down\"",
    "direction_unknown"
)]
#[case::index_of_unknown_level(
    "kind = \"step\"\ndirection = \"lower_better\"\nlevel = \"D\"",
    "kind = \"step\"\ndirection = \"lower_better\"\nlevel = \"X\"",
    "level_unknown"
)]
#[case::index_version_zero("id = \"PI-06\"\nversion = 1", "id = \"PI-06\"\nversion = 0", "wrong_type")]
#[case::share_without_numerator(
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"step\"",
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"share\"",
    "key_missing"
)]
#[case::share_of_unknown_item("numerator = \"F5 in {1}\"", "numerator = \"F6 in {1}\"", "item_unknown")]
#[case::share_of_lacking_code("numerator = \"F5 in {1}\"", "numerator = \"F5 in {3}\"", "code_unknown")]
#[case::mean_of_unknown_item(
    "items = [\"G1\", \"G2\", \"G3\"]\nmin",
    "items = [\"G1\", \"G2\", \"G9\"]\nmin",
    "item_unknown"
)]
#[case::mean_of_item_without_points(
    "items = [\"G1\", \"G2\", \"G3\"]\nmin",
    "items = [\"G1\", \"G2\", \"H2\"]\nmin",
    "points_missing"
)]
#[case::mean_of_nothing(
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"step\"",
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"mean_points\"",
    "min_answered"
)]
#[case::part_that_is_worse_when_high("parts = [[\"I-NOEXP\", 1]]", "parts = [[\"I-EXP\", 1]]", "part_direction")]
#[case::part_that_is_composite("[\"S-E\", \"1/4\"]", "[\"S-C\", \"1/4\"]", "part_kind")]
#[case::part_that_comes_later("[\"S-E\", \"1/4\"]", "[\"PI-06\", \"1/4\"]", "index_unknown")]
#[case::parts_without_weight(
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"step\"",
    "[[index]]\nid = \"PI-06\"\nversion = 1\nkind = \"composite\"",
    "weights_sum"
)]
fn each_fault_of_the_structure_is_told_with_its_line(#[case] from: &str, #[case] to: &str, #[case] code: &str) {
    expect(STRUCTURE, from, to, code);
}

#[rstest]
#[case::more_answers_than_items(
    "items = [\"G1\", \"G2\", \"G3\"]\nmin_answered = 2",
    "items = [\"G1\", \"G2\", \"G3\"]\nmin_answered = 4",
    "min_answered"
)]
#[case::weights_above_one("[\"S-E\", \"1/4\"]", "[\"S-E\", \"1/3\"]", "weights_sum")]
#[case::no_denominator("denominator = \"F5 in {1,2}\"\n", "", "key_missing")]
#[case::no_direction("kind = \"step\"\ndirection = \"lower_better\"", "kind = \"step\"", "key_missing")]
fn one_fault_of_an_index_is_told_once_and_blames_nothing_else(
    #[case] from: &str,
    #[case] to: &str,
    #[case] code: &str,
) {
    let found = faults(&lulea_with(STRUCTURE, from, to));
    assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), [code], "{}", told(&found));
}

#[rstest]
#[case::malformed("title = \"Trygghetsmätning i Luleå\"", "title = \"Trygghetsmätning", "toml")]
#[case::other_language("language = \"sv\"", "language = \"en\"", "language_differs")]
#[case::unknown_status("status = \"draft\"", "status = \"good\"", "status_unknown")]
#[case::reviewed_by_nobody("status = \"draft\"", "status = \"reviewed\"", "reviewer_missing")]
#[case::reviewed_at_no_time(
    "status = \"draft\", reviewed_by = \"\"",
    "status = \"reviewed\", reviewed_by = \"A. Reader\"",
    "reviewer_missing"
)]
#[case::no_title("title = \"Trygghetsmätning i Luleå\"", "titel = \"Trygghetsmätning i Luleå\"", "unknown_key")]
#[case::question_is_a_number("F4 = { text = ", "F4 = { text = 4, x = ", "wrong_type")]
#[case::question_without_item("F4 = { text = ", "F44 = { text = ", "unknown_key")]
#[case::question_misspelt("F4 = { text = ", "F4 = { txt = ", "text_missing")]
#[case::option_misspelt("yesno = { yes = ", "yesno = { yess = ", "text_missing")]
#[case::option_too_many("yesno = { yes = ", "yesno = { perhaps = \"Kanske\", yes = ", "unknown_key")]
#[case::not_applicable_where_not_offered("F4 = { text = ", "F4 = { not_applicable = \"Nej\", text = ", "unknown_key")]
#[case::part_too_many("8 = \"Om dig\"", "8 = \"Om dig\"\n9 = \"Mer\"", "unknown_key")]
#[case::page_without_title("p04 = { title = ", "p04 = { titel = ", "text_missing")]
#[case::safe_name_of_a_problem(
    "\"Otrygga sent på kvällen\"",
    "\"Trygghet sent på kvällen\"",
    "index_name_contradicts_direction"
)]
#[case::unsafe_name_of_safety(
    "\"Trygga sent på kvällen\"",
    "\"Otrygghet sent på kvällen\"",
    "index_name_contradicts_direction"
)]
#[case::police_index_as_safety("\"Problemindex 0-6\"", "\"Trygghetsindex 0-6\"", "index_name_contradicts_direction")]
#[case::two_of_one_name("\"Otrygga på buss\"", "\"Otrygga i centrum\"", "index_name_duplicate")]
#[case::safety_index_as_problem(
    "\"Trygghetsindex 0-100\"",
    "\"Problemindex 0-100\"",
    "index_name_contradicts_direction"
)]
fn each_fault_of_the_texts_is_told_with_its_line(#[case] from: &str, #[case] to: &str, #[case] code: &str) {
    expect("sv.toml", from, to, code);
}

#[test]
fn names_are_checked_in_english_too() {
    let wrong = [("\"Unsafe late in the evening\"", "\"Safety late in the evening\""), ("\"Order\"", "\"Problems\"")];
    for (from, to) in wrong {
        expect("en.toml", from, to, "index_name_contradicts_direction");
    }
}

#[rstest]
#[case::question("item.F4.text", "F4 = { text = ")]
#[case::option("scale.yesno.yes", "yesno = { yes = ")]
#[case::page("page.p04.title", "p04 = { title = ")]
#[case::index("index.PI-06.name", "PI-06 = { name = ")]
#[case::part("section.8", "8 = ")]
#[case::refusal("missing.refused", "refused = ")]
fn a_text_that_one_language_lacks_is_named_by_its_key(#[case] key: &str, #[case] line_starts: &str) {
    let mut definition = lulea();
    let text = definition.files.get_mut("en.toml").expect("English");
    *text = text.lines().filter(|line| !line.starts_with(line_starts)).map(|line| format!("{line}\n")).collect();
    let found = faults(&definition);
    let found: Vec<&Fault> = found.iter().filter(|fault| fault.key == key).collect();
    assert_eq!(found.iter().map(|f| (f.file.as_str(), f.code)).collect::<Vec<_>>(), [("en.toml", "text_missing")]);
    let header = format!("[{}]", key.split('.').next().unwrap());
    let wanted = definition.files["en.toml"].lines().position(|line| line == header).unwrap() + 1;
    assert_eq!(found[0].line, Some(wanted), "the line of the table that lacks it");
}

#[rstest]
#[case::malformed("\"kommun\", \"polis\"", "\"kommun\" \"polis\"", "toml")]
#[case::unknown_key("n_min = 30", "n_least = 30", "toml")]
#[case::n_below_ten("n_min = 30", "n_min = 9", "setting_below_floor")]
#[case::n_eff_below_ten("n_eff_min = 20", "n_eff_min = 9.9", "setting_below_floor")]
#[case::nonresponse("nonresponse_withhold = 0.30", "nonresponse_withhold = 0.31", "setting_below_floor")]
#[case::small_cells("min_cell = 5", "min_cell = 4", "setting_below_floor")]
#[case::q("q = 0.05", "q = 0.06", "setting_below_floor")]
#[case::four_headlines("\"I-EXP\", \"TI-100\"", "\"I-EXP\", \"S-B\", \"S-D\"", "setting_below_floor")]
#[case::unknown_headline("\"I-EXP\", \"TI-100\"", "\"I-EXP\", \"TI-6\"", "index_unknown")]
#[case::gate_width("width = 0.20", "width = 0.19", "setting_below_floor")]
#[case::single_source("single_source = 0.5", "single_source = 0.4", "setting_below_floor")]
#[case::count_width("count_width = 5", "count_width = 4", "setting_below_floor")]
#[case::scheme("scheme = \"auto\"", "scheme = \"guess\"", "scheme_unknown")]
#[case::variance("variance = \"calibrated\"", "variance = \"small\"", "variance_unknown")]
#[case::trim("trim = \"off\"", "trim = \"1.4\"", "setting_below_floor")]
#[case::withheld_last("\"age\", \"sex\"]", "\"age\", \"street\"]", "dimension_unknown")]
#[case::table_twice("id = \"TRY04\"", "id = \"TRY03\"", "table_id_duplicate")]
#[case::table_id("id = \"TRY04\"", "id = \"try04\"", "table_id_format")]
#[case::table_dimension("by = [\"sex\", \"age\"]", "by = [\"income\"]", "dimension_unknown")]
#[case::table_level("by = [\"sex\", \"age\"], level = \"D\"", "by = [\"sex\", \"age\"], level = \"X\"", "toml")]
fn each_fault_of_publication_is_told_with_its_line(#[case] from: &str, #[case] to: &str, #[case] code: &str) {
    expect("publication.toml", from, to, code);
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let mut definition = lulea_with(STRUCTURE, "show_if = \"E1 in {5}\"", "show_if = \"E1 in {7}\"");
    definition = changed(definition, STRUCTURE, "[\"S-E\", \"1/4\"]", "[\"S-E\", \"1/2\"]");
    definition = changed(definition, "sv.toml", "F4 = { text = ", "F4 = { txt = ");
    definition = changed(definition, "en.toml", "\"Unsafe by bus\"", "\"Safe by bus\"");
    definition = changed(definition, "publication.toml", "n_min = 30", "n_min = 3");
    definition.files.insert("xx.toml".into(), String::new());
    let found = faults(&definition);
    let mut found: Vec<_> = found.iter().map(|fault| (fault.file.as_str(), fault.code)).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("en.toml", "index_name_contradicts_direction"),
            ("publication.toml", "setting_below_floor"),
            (STRUCTURE, "code_unknown"),
            (STRUCTURE, "weights_sum"),
            ("sv.toml", "text_missing"),
            ("sv.toml", "unknown_key"),
            ("xx.toml", "language_unknown"),
        ]
    );
}

#[rstest]
#[case::structure(&[STRUCTURE], STRUCTURE)]
#[case::every_language(&["sv.toml", "en.toml"], "sv.toml")]
#[case::everything(&[STRUCTURE, "sv.toml", "en.toml", "publication.toml"], STRUCTURE)]
fn a_missing_file_is_asked_for(#[case] without: &[&str], #[case] asked_for: &str) {
    let mut definition = lulea();
    definition.files.retain(|file, _| !without.contains(&file.as_str()));
    let found = faults(&definition);
    assert!(found.iter().any(|f| f.code == "file_missing" && f.file == asked_for), "{}", told(&found));
}

/// A survey of one page and one question with `options` options, asked of the scale's codes.
fn small(options: usize, items: usize) -> Definition {
    let of = |count: usize, make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<Vec<_>>();
    let structure = format!(
        "id = \"small\"\nversion = \"1.0\"\nsection = [{{ id = 1 }}]\nscale = [{{ id = \"s\", options = [{}] }}]\npage = [{}]\nitem = [{}]\n",
        of(options, &|n| format!("\"o{n}\"")).join(", "),
        of(items.div_ceil(4), &|n| {
            let on_it: Vec<String> = (4 * n..items.min(4 * n + 4)).map(|item| format!("\"Q{item}\"")).collect();
            format!("{{ id = \"p{n}\", section = 1, items = [{}] }}", on_it.join(", "))
        })
        .join(", "),
        of(items, &|n| format!("{{ id = \"Q{n}\", scale = \"s\" }}")).join(", "),
    );
    let texts = format!(
        "title = \"T\"\ndont_know_share = \"{{item}}\"\nmeta = {{ language = \"sv\", status = \"draft\" }}\nmissing = {{ refused = \"r\", dont_know = \"d\" }}\n[section]\n1 = \"S\"\n[scale]\ns = {{ {} }}\n[page]\n{}\n[item]\n{}\n",
        of(options, &|n| format!("o{n} = \"O\"")).join(", "),
        of(items.div_ceil(4), &|n| format!("p{n} = {{ title = \"P\", intro = \"\" }}")).join("\n"),
        of(items, &|n| format!("Q{n} = {{ text = \"Q\" }}")).join("\n"),
    );
    Definition { files: [(STRUCTURE.to_owned(), structure), ("sv.toml".to_owned(), texts)].into() }
}

#[test]
fn a_scale_has_at_most_93_options_because_94_to_99_are_the_missing_codes() {
    assert_eq!(parsed(&small(93, 1)).option_count(0, 0), 93);
    let found = faults(&small(94, 1));
    assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["options_too_many"]);
}

#[test]
fn a_sheet_has_at_most_250_items() {
    assert_eq!(parsed(&small(2, 250)).items().len(), 250);
    let found = faults(&small(2, 251));
    assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["items_too_many"]);
}

#[test]
fn a_draft_remembers_sixty_four_pages_and_no_version_has_more() {
    let page =
        |number: usize| format!("  {{ id = \"x{number}\", section = 8, items = [], streams = [\"resident\"] }},\n");
    let most = |more: usize| {
        let extra: String = (0..more).map(page).collect();
        let definition = lulea_with(STRUCTURE, "page = [\n", &format!("page = [\n{extra}"));
        faults(&definition).iter().any(|fault| fault.code == "pages_too_many")
    };
    let now = parsed(&lulea()).pages().len();
    assert!(!most(64 - now) && most(65 - now));
}
