//! The fonts of letters, from a folder of the machine: Noto Sans, regular and bold, and Noto Sans Arabic. Text
//! becomes glyphs here, one direction and one font at a time.

use std::{path::Path, sync::Arc};

use harfrust::{Direction, FontRef, GlyphBuffer, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::LetterError;

const REGULAR: &str = "NotoSans-Regular.ttf";
const BOLD: &str = "NotoSans-Bold.ttf";
const ARABIC: &str = "NotoSansArabic-Regular.ttf";

/// One font, for shaping and for the file.
pub(super) struct Face {
    pub(super) font: Font,
    bytes: Arc<Vec<u8>>,
    data: ShaperData,
}

/// The fonts of a letter.
pub struct Fonts {
    regular: Face,
    bold: Face,
    arabic: Face,
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Face {
    fn load(folder: &Path, name: &str) -> Result<Self, LetterError> {
        let file = folder.join(name);
        let missing = |why: &dyn std::fmt::Display| LetterError::Fonts(file.display().to_string(), why.to_string());
        let bytes = Arc::new(std::fs::read(&file).map_err(|error| missing(&error))?);
        let data = FontRef::new(&bytes).map(|font| ShaperData::new(&font)).map_err(|error| missing(&error))?;
        let font = Font::new(Arc::<Vec<u8>>::clone(&bytes).into(), 0).ok_or_else(|| missing(&"it is no font"))?;
        Ok(Self { font, bytes, data })
    }

    /// The glyphs of `text` in the order of the page, from left to right, sizes in ems.
    pub(super) fn shape(&self, text: &str, right_to_left: bool) -> Vec<KrillaGlyph> {
        let Ok(font) = FontRef::new(&self.bytes) else { return Vec::new() };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = self.data.shaper(&font).build().shape(buffer, ShapeOptions::new());
        glyphs(&shaped, text.len(), self.font.units_per_em())
    }
}

#[expect(clippy::cast_precision_loss, reason = "units of a font have at most five digits")]
fn glyphs(shaped: &GlyphBuffer, length: usize, em: f32) -> Vec<KrillaGlyph> {
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    let end_of = |start: usize| starts.iter().copied().find(|&next| next > start).unwrap_or(length);
    let ems = |units: i32| units as f32 / em;
    let both = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    both.map(|(info, position)| {
        let start = info.cluster as usize;
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            ems(position.x_advance),
            ems(position.x_offset),
            ems(position.y_offset),
            ems(position.y_advance),
            start..end_of(start),
            None,
        )
    })
    .collect()
}

impl Fonts {
    /// Loads them from a folder.
    ///
    /// # Errors
    /// [`LetterError::Fonts`] with the first that is missing.
    pub fn load(folder: &Path) -> Result<Self, LetterError> {
        let load = |name| Face::load(folder, name);
        Ok(Self { regular: load(REGULAR)?, bold: load(BOLD)?, arabic: load(ARABIC)? })
    }

    /// Whether every symbol of `text` can be printed.
    #[must_use]
    pub fn cover(&self, text: &str) -> bool {
        segments(text).into_iter().all(|part| {
            let face = self.face(part, Weight::Regular);
            face.shape(part, false).iter().all(|glyph| glyph.glyph_id.to_u32() != 0)
        })
    }

    /// The font of a text of one script.
    pub(super) fn face(&self, text: &str, weight: Weight) -> &Face {
        match weight {
            _ if text.chars().any(is_arabic) => &self.arabic,
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

const fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// `text` cut where its script changes; blanks stay with what stands before them.
pub(super) fn segments(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut arabic = None;
    for (place, letter) in text.char_indices().filter(|(_, letter)| *letter != ' ') {
        let now = is_arabic(letter);
        if arabic.is_some_and(|before| before != now) {
            cuts.push(place);
        }
        arabic = Some(now);
    }
    cuts.push(text.len());
    cuts.windows(2).filter_map(|cut| text.get(cut[0]..cut[1])).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::letter::FOLDER;

    #[test]
    fn a_missing_font_is_named_with_the_remedy() {
        let Err(error) = Fonts::load(Path::new("nowhere")) else { panic!("there is no such folder") };
        assert!(error.to_string().contains("nowhere/NotoSans-Regular.ttf"), "{error}");
        assert!(error.to_string().contains("fonts-noto-core"), "{error}");
    }

    #[test]
    fn a_text_is_cut_where_its_script_changes() {
        assert_eq!(segments("Svara på enkat.se"), ["Svara på enkat.se"]);
        assert_eq!(segments("اللغة العربية: https://x.se/f الآن"), ["اللغة العربية", ": https://x.se/f ", "الآن"]);
        assert_eq!(segments(""), [""; 0]);
    }

    #[test]
    fn the_languages_of_the_region_can_be_printed_and_pictures_cannot() {
        let fonts = Fonts::load(Path::new(FOLDER)).unwrap();
        assert!(fonts.cover("á č đ ŋ š ŧ ž ń å ä ö æ ø – ”Ållet” 7K3M-9QX2-TW https://x.se/f"));
        assert!(fonts.cover("مرحبًا، هل يمكنك الإجابة؟"));
        for text in ["☃", "文", "\u{1f600}"] {
            assert!(!fonts.cover(text), "{text}");
        }
    }

    #[test]
    fn arabic_letters_join() {
        let fonts = Fonts::load(Path::new(FOLDER)).unwrap();
        let alone: Vec<u32> =
            ["ب", "ي", "ت"].iter().map(|one| fonts.arabic.shape(one, true)[0].glyph_id.to_u32()).collect();
        let word: Vec<u32> = fonts.arabic.shape("بيت", true).iter().map(|glyph| glyph.glyph_id.to_u32()).collect();
        assert_eq!(word.len(), 3);
        assert!(alone.iter().all(|glyph| !word.contains(glyph)), "{word:?} from {alone:?}");
    }
}
