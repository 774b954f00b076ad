//! The languages of the interface: names, direction, plural rule, how numbers are written, and which
//! files hold their texts. No text is here.

/// A file of texts, with its place in the sources for those who have to be told of it.
#[derive(Debug)]
pub(super) struct Source {
    /// `src/web/locales/fi/respond.ftl`.
    pub file: &'static str,
    /// Its content.
    pub text: &'static str,
}

/// What is fixed about a language of the interface.
#[derive(Debug)]
pub(super) struct Plan {
    /// In addresses and in questionnaires.
    pub tag: &'static str,
    /// What `lang` and `Content-Language` say: easy Swedish is Swedish to a screen reader.
    pub lang: &'static str,
    /// Whose plural rules hold. Fluent knows those of Sami and Arabic; for Meänkieli, which it does not
    /// know, it would take the English ones, so it is given those of Finnish.
    pub plural: &'static str,
    pub dir: &'static str,
    pub own_name: &'static str,
    /// Between thousands, before decimals, between the parts of a list.
    pub separators: (&'static str, char, &'static str),
    /// The resident's pages and what stands around every page.
    pub journey: &'static [Source],
    /// Results, method and console; empty: the language has the resident's pages only.
    pub office: &'static [Source],
}

macro_rules! source {
    ($folder:literal, $file:literal) => {
        Source {
            file: concat!("src/web/locales/", $folder, "/", $file, ".ftl"),
            text: include_str!(concat!("../locales/", $folder, "/", $file, ".ftl")),
        }
    };
}

macro_rules! journey {
    ($folder:literal) => {
        &[
            source!($folder, "letter"),
            source!($folder, "respond"),
            source!($folder, "site"),
            source!($folder, "problems"),
        ]
    };
}

macro_rules! office {
    ($folder:literal) => {
        &[source!($folder, "results"), source!($folder, "method"), source!($folder, "console")]
    };
}

const NORDIC: (&str, char, &str) = ("\u{a0}", ',', ", ");

/// The languages of the interface, in the order of the language switch. A language is added by a row
/// here and a folder in `locales/`.
pub(super) const PLANS: &[Plan] = &[
    Plan {
        tag: "sv",
        lang: "sv",
        plural: "sv",
        dir: "ltr",
        own_name: "Svenska",
        separators: NORDIC,
        journey: journey!("sv"),
        office: office!("sv"),
    },
    Plan {
        tag: "sv-x-lattlast",
        lang: "sv",
        plural: "sv",
        dir: "ltr",
        own_name: "Lätt svenska",
        separators: NORDIC,
        journey: journey!("sv-x-lattlast"),
        office: &[],
    },
    Plan {
        tag: "fi",
        lang: "fi",
        plural: "fi",
        dir: "ltr",
        own_name: "Suomi",
        separators: NORDIC,
        journey: journey!("fi"),
        office: &[],
    },
    Plan {
        tag: "fit",
        lang: "fit",
        plural: "fi",
        dir: "ltr",
        own_name: "Meänkieli",
        separators: NORDIC,
        journey: journey!("fit"),
        office: &[],
    },
    Plan {
        tag: "se",
        lang: "se",
        plural: "se",
        dir: "ltr",
        own_name: "Davvisámegiella",
        separators: NORDIC,
        journey: journey!("se"),
        office: &[],
    },
    Plan {
        tag: "smj",
        lang: "smj",
        plural: "smj",
        dir: "ltr",
        own_name: "Julevsámegiella",
        separators: NORDIC,
        journey: journey!("smj"),
        office: &[],
    },
    Plan {
        tag: "en",
        lang: "en",
        plural: "en",
        dir: "ltr",
        own_name: "English",
        separators: (",", '.', ", "),
        journey: journey!("en"),
        office: office!("en"),
    },
    Plan {
        tag: "ar",
        lang: "ar",
        plural: "ar",
        dir: "rtl",
        own_name: "العربية",
        // Western digits and separators of numbers, until a reader of Arabic approves others.
        separators: (",", '.', "، "),
        journey: journey!("ar"),
        office: &[],
    },
];

impl Plan {
    /// Every file of the language.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'static Source> {
        self.journey.iter().chain(self.office)
    }
}
