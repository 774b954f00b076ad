//! The symbols of codes and key sheets: Crockford's base 32, and the field GF(2^5) in which their check
//! symbols are computed.

/// Values 0 to 31; no I, L, O or U.
pub(super) const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The symbol of a value; only its five low bits count.
pub(super) fn symbol(value: u8) -> char {
    char::from(SYMBOLS[usize::from(value % 32)])
}

/// The values of symbols as a person types them: any case, blanks and hyphens dropped, O read as 0 and I and L
/// as 1. `None` in the place of a letter that is no symbol.
pub(super) fn typed(text: &str) -> impl Iterator<Item = Option<u8>> {
    let blank = |letter: &char| matches!(letter, '-' | '\u{2010}'..='\u{2014}') || letter.is_whitespace();
    text.chars().filter(move |letter| !blank(letter)).map(|letter| {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let place = SYMBOLS.iter().position(|&known| char::from(known) == letter)?;
        u8::try_from(place).ok()
    })
}

/// Product in GF(2^5) modulo x^5 + x^2 + 1.
pub(super) const fn times(mut left: u8, mut right: u8) -> u8 {
    let mut product = 0;
    while right > 0 {
        if right & 1 == 1 {
            product ^= left;
        }
        left <<= 1;
        if left & 0b10_0000 != 0 {
            left ^= 0b10_0101;
        }
        right >>= 1;
    }
    product
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Every text that differs from `plain` in one symbol, or in two neighbours that changed places.
    pub(in crate::survey) fn slips(plain: &str) -> impl Iterator<Item = String> + '_ {
        let wrong = (0..plain.len()).flat_map(move |place| {
            SYMBOLS.iter().filter(move |&&symbol| symbol != plain.as_bytes()[place]).map(move |&symbol| {
                let mut text = plain.as_bytes().to_vec();
                text[place] = symbol;
                String::from_utf8(text).unwrap()
            })
        });
        let swapped = (1..plain.len()).map(|place| {
            let mut text = plain.as_bytes().to_vec();
            text.swap(place - 1, place);
            String::from_utf8(text).unwrap()
        });
        wrong.chain(swapped.filter(move |text| text != plain))
    }

    #[test]
    fn symbols_are_read_as_people_type_them() {
        let read = |text| typed(text).collect::<Option<Vec<u8>>>();
        assert_eq!(read("0 Oo-1iL\u{2013}z\u{a0}Z\n"), Some(vec![0, 0, 0, 1, 1, 1, 31, 31]));
        assert_eq!(read("u"), None);
        assert_eq!(read("å"), None);
        assert!((0..32).map(symbol).eq(SYMBOLS.iter().map(|&letter| char::from(letter))));
    }
}
