//! Which language a browser asks for, where the address does not say.

use super::Locale;

/// The language that `Accept-Language` prefers among those that are `offered`; Swedish when it names none
/// of them. A tag matches by itself or by its first part (`en-GB` is English); `q=0` refuses.
#[must_use]
pub fn negotiate(accept_language: Option<&str>, offered: impl Fn(Locale) -> bool) -> Locale {
    let mut best = (Locale::DEFAULT, 0.0);
    for range in accept_language.unwrap_or_default().split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q=").map(str::trim))
            .map_or(1.0, |text| text.parse::<f32>().unwrap_or(0.0));
        let first = tag.split('-').next().unwrap_or_default();
        let found = Locale::of_tag(&tag).or_else(|| Locale::of_tag(first));
        if let Some(locale) = found.filter(|locale| offered(*locale) && quality > best.1) {
            best = (locale, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_of_ours_wins() {
        for (header, tag) in [
            (None, "sv"),
            (Some(""), "sv"),
            (Some("en-GB,en;q=0.9"), "en"),
            (Some("de,en;q=0.5,sv;q=0.4"), "en"),
            (Some("sv-SE, en;q=0.8"), "sv"),
            (Some("en;q=0, de"), "sv"),
            (Some("en;q=nonsense"), "sv"),
            (Some("*"), "sv"),
            (Some("fi-FI,sv;q=0.9"), "fi"),
            (Some("se-NO"), "se"),
            (Some("ar-SA,ar;q=0.9,en;q=0.8"), "ar"),
            (Some("fit"), "fit"),
            (Some("SV-x-lattlast"), "sv-x-lattlast"),
        ] {
            assert_eq!(negotiate(header, |_| true).tag(), tag, "{header:?}");
        }
    }

    #[test]
    fn a_language_without_the_page_does_not_win() {
        for (header, tag) in [("fi,en;q=0.5", "en"), ("ar", "sv"), ("en,fi;q=0.5", "en")] {
            assert_eq!(negotiate(Some(header), Locale::has_results).tag(), tag, "{header}");
        }
    }
}
