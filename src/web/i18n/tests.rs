//! How each language counts, writes numbers and dates, and what no language may say.

use std::fs;

use chrono::NaiveDate;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{
    Locale, interface,
    languages::{PLANS, Plan},
    review,
};

fn sv() -> Locale {
    Locale::DEFAULT
}

fn of(tag: &str) -> Locale {
    Locale::of_tag(tag).expect(tag)
}

#[test]
fn the_languages_stand_in_the_order_of_the_switch_with_their_own_names() {
    let told: Vec<_> =
        Locale::all().map(|locale| (locale.tag(), locale.lang(), locale.dir(), locale.own_name())).collect();
    let wanted = [
        ("sv", "sv", "ltr", "Svenska"),
        ("sv-x-lattlast", "sv", "ltr", "Lätt svenska"),
        ("fi", "fi", "ltr", "Suomi"),
        ("fit", "fit", "ltr", "Meänkieli"),
        ("se", "se", "ltr", "Davvisámegiella"),
        ("smj", "smj", "ltr", "Julevsámegiella"),
        ("en", "en", "ltr", "English"),
        ("ar", "ar", "rtl", "العربية"),
    ];
    assert_eq!(told, wanted);
    let with_results: Vec<_> = Locale::with_results().map(Locale::tag).collect();
    assert_eq!(with_results, ["sv", "en"]);
    for locale in Locale::all() {
        assert!(crate::questionnaire::Language::parse(locale.tag()).is_some(), "{locale:?}");
    }
}

/// The plural form that a language of the interface chooses for each number.
fn forms(plan: &Plan, numbers: &[u32]) -> Vec<String> {
    let identifier: LanguageIdentifier = plan.plural.parse().expect("an identifier");
    let mut bundle: FluentBundle<FluentResource> = FluentBundle::new_concurrent(vec![identifier]);
    let text = "form = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }\n";
    bundle.add_resource(FluentResource::try_new(text.to_owned()).expect("parses")).expect("adds");
    let pattern = bundle.get_message("form").and_then(|message| message.value()).expect("a text");
    let form = |number: &u32| {
        let mut values = FluentArgs::new();
        values.set("n", *number);
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    };
    numbers.iter().map(form).collect()
}

#[test]
fn each_language_counts_by_its_own_rule() {
    for plan in PLANS {
        let told = forms(plan, &[0, 1, 2, 3, 5, 11, 21, 100]);
        let wanted = match plan.tag {
            "se" | "smj" => ["other", "one", "two", "other", "other", "other", "other", "other"],
            "ar" => ["zero", "one", "two", "few", "few", "many", "many", "other"],
            _ => ["other", "one", "other", "other", "other", "other", "other", "other"],
        };
        assert_eq!(told, wanted, "{}", plan.tag);
    }
}

#[test]
fn numbers_stand_as_the_reader_writes_them() {
    for (tag, text) in [
        ("sv", "12\u{a0}345,6"),
        ("sv-x-lattlast", "12\u{a0}345,6"),
        ("fi", "12\u{a0}345,6"),
        ("fit", "12\u{a0}345,6"),
        ("se", "12\u{a0}345,6"),
        ("smj", "12\u{a0}345,6"),
        ("en", "12,345.6"),
        ("ar", "12,345.6"),
    ] {
        assert_eq!(of(tag).number(12_345.64, 1), text, "{tag}");
    }
    assert_eq!(sv().number(-0.04, 1), "0,0", "a rounded zero has no sign");
    assert_eq!(of("en").number(-1_000.0, 0), "\u{2212}1,000");
    assert_eq!(sv().number(f64::NAN, 1), "–");
    assert_eq!(sv().number(999.0, 0), "999");
}

#[test]
fn dates_and_times_are_stockholms() {
    let date = NaiveDate::from_ymd_opt(2027, 3, 3).expect("a date");
    for (tag, text) in
        [("sv", "3 mars 2027"), ("sv-x-lattlast", "3 mars 2027"), ("fi", "3. maaliskuuta 2027"), ("en", "3 March 2027")]
    {
        assert_eq!(of(tag).date(date), text);
    }
    for locale in Locale::all() {
        let months: std::collections::BTreeSet<String> = (1..=12)
            .filter_map(|month| Some(locale.date(NaiveDate::from_ymd_opt(2027, month, 3)?)))
            .inspect(|text| assert!(text.contains('3') && text.contains("2027"), "{locale:?}: {text}"))
            .collect();
        assert!(!months.iter().any(|text| text.contains('\u{2068}')), "a date runs as its month does: {months:?}");
        assert_eq!(months.len(), 12, "each month has its own name: {months:?}");
    }
    let late = date.and_hms_opt(23, 5, 0).expect("a time").and_utc();
    assert_eq!(sv().date_and_time(late), "4 mars 2027 kl. 00:05");
}

#[test]
fn lists_end_with_and() {
    let parts = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    assert_eq!(sv().list(&parts), "a, b och c");
    assert_eq!(of("en").list(&parts[..2]), "a and b");
    assert!(of("ar").list(&parts).contains("a، b"), "a comma of its own");
    assert_eq!(sv().list(&[]), "");
}

#[test]
fn every_language_loads_without_faults() {
    for plan in PLANS {
        let mut bundle: FluentBundle<FluentResource> = FluentBundle::new_concurrent(Vec::new());
        for source in plan.sources() {
            let resource = FluentResource::try_new(source.text.to_owned());
            assert!(resource.is_ok(), "{}: {:?}", source.file, resource.err().map(|(_, faults)| faults));
            let added = resource.ok().map(|resource| bundle.add_resource(resource));
            assert!(matches!(added, Some(Ok(()))), "{}: a key stands twice", source.file);
        }
    }
}

#[test]
fn a_missing_key_is_seen_and_never_another_language() {
    assert_eq!(of("en").say("no-such-key"), "‹no-such-key›");
    assert_eq!(of("fi").say("console-title"), "‹console-title›", "Finnish has no console");
}

#[test]
fn every_file_says_whether_it_is_reviewed_and_the_office_hears_which_are_not() {
    let interface = interface();
    for plan in PLANS {
        let mut drafts = Vec::new();
        for source in plan.sources() {
            let reviewed = review::reviewed(source.text);
            assert!(reviewed.is_ok(), "{}: {reviewed:?}", source.file);
            if reviewed == Ok(false) && plan.journey.iter().any(|of_journey| of_journey.file == source.file) {
                drafts.push(source.file.to_owned());
            }
        }
        assert_eq!(interface.drafts(plan.tag), Some(drafts.as_slice()), "{}", plan.tag);
        assert_eq!(of(plan.tag).is_draft(), !drafts.is_empty());
    }
    assert_eq!(interface.drafts("de"), None);
}

/// Words that promise more than can be kept, by language; `100 %` and `100%` in all of them.
const TOO_MUCH: [(&str, &[&str]); 8] = [
    ("sv", &["helt anonym", "omöjligt"]),
    ("sv-x-lattlast", &["helt anonym", "omöjligt"]),
    ("fi", &["täysin anonyymi", "täysin nimetön", "mahdotonta", "mahdoton"]),
    ("fit", &["täysin anonyymi", "aivan anonyymi", "mahotonta", "mahoton"]),
    ("se", &["áibbas anonyma", "ollásit anonyma", "veadjemeahttun"]),
    ("smj", &["ållåsit anonyma", "ållu anonyma", "ij la máhttelis", "vejodibme"]),
    ("en", &["completely anonymous", "fully anonymous", "impossible"]),
    ("ar", &["مجهول تماما", "مجهولة تماما", "مجهول الهوية تماما", "مجهولة الهوية تماما", "مستحيل"]),
];

#[test]
fn no_text_promises_more_than_can_be_kept() {
    for plan in PLANS {
        let (_, words) = TOO_MUCH.iter().find(|(tag, _)| *tag == plan.tag).expect("words of every language");
        let of_survey = format!("survey-definitions/lulea-trygghet/1.0/{}.toml", plan.tag);
        let of_survey = fs::read_to_string(of_survey).expect("texts of the questionnaire");
        let files =
            plan.sources().map(|source| (source.file, source.text)).chain([("its questionnaire", of_survey.as_str())]);
        for (file, text) in files {
            // Arabic vowel signs are not always written.
            let all = text.to_lowercase().replace(|c: char| ('\u{64b}'..='\u{652}').contains(&c), "");
            for word in words.iter().chain(&["100 %", "100%", "100\u{a0}%"]) {
                assert!(!all.contains(word), "{}: {file} says “{word}”", plan.tag);
            }
        }
    }
}
