//! A text as the modules of a QR code: nothing of paper or screen, whoever draws them scales them.

use qrcode::{Color, EcLevel, QrCode};

/// Modules that stay light around a QR code (ISO/IEC 18004, 9.1).
pub const QUIET: usize = 4;

/// A QR code as a square of dark and light modules, without its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    width: usize,
    dark: Vec<bool>,
}

/// A text that no QR code of level M holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

/// The QR code of `text`, error correction level M, in the smallest version; a text of capitals, digits and
/// `$%*+-./:` takes 11 bits for two symbols.
///
/// # Errors
/// [`TooLong`].
pub fn modules(text: &str) -> Result<Modules, TooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLong)?;
    let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(Modules { width: code.width(), dark })
}

impl Modules {
    /// Modules in a row, and rows.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Runs of dark modules: row, first column and length, from the top left.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.dark.chunks(self.width.max(1)).enumerate().flat_map(|(y, row)| {
            let mut x = 0;
            row.chunk_by(|a, b| a == b).filter_map(move |run| {
                let from = x;
                x += run.len();
                run.first().is_some_and(|dark| *dark).then_some((y, from, run.len()))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letters_address_is_small_because_it_is_in_capitals() {
        let capitals = modules("HTTPS://ENKAT.EXEMPEL.SE/K/7K3M9QX2TW").unwrap();
        assert_eq!(capitals.width(), 25, "version 2");
        assert_eq!(modules("https://enkat.exempel.se/k/7K3M9QX2TW").unwrap().width(), 29, "version 3");
        assert_eq!(modules(&"x".repeat(3_000)), Err(TooLong));
    }

    #[test]
    fn runs_are_the_dark_modules() {
        let code = modules("A").unwrap();
        let total: usize = code.runs().map(|(_, _, length)| length).sum();
        assert_eq!(total, code.dark.iter().filter(|dark| **dark).count());
        // The finder pattern's top row: seven dark modules, then a light one.
        assert_eq!(code.runs().next(), Some((0, 0, 7)));
        assert!(code.runs().all(|(y, x, length)| y < 21 && x + length <= 21));
    }
}
