//! Text set in lines: broken at blanks, each line in the order of the page, whatever directions its parts
//! have. Measures in points.

use krilla::{
    geom::Point,
    surface::Surface,
    text::{Font, KrillaGlyph},
};
use unicode_bidi::{Level, ParagraphBidiInfo};

use super::fonts::{Fonts, Weight, segments};

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Size of the font.
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    pub(super) weight: Weight,
    /// Whether paragraphs are written from right to left.
    pub(super) right_to_left: bool,
}

impl Style {
    pub(super) const fn new(size: f32, leading: f32, weight: Weight) -> Self {
        Self { size, leading, weight, right_to_left: false }
    }

    pub(super) const fn written(self, right_to_left: bool) -> Self {
        Self { right_to_left, ..self }
    }
}

/// Glyphs of one font and direction, and how far from the line's left end they begin.
struct Stretch {
    x: f32,
    font: Font,
    text: String,
    glyphs: Vec<KrillaGlyph>,
}

/// A line that is set.
pub(super) struct Line {
    stretches: Vec<Stretch>,
    size: f32,
    pub(super) width: f32,
}

impl Line {
    /// Sets `text` in one line, however long it gets.
    pub(super) fn set(fonts: &Fonts, text: &str, style: Style) -> Self {
        let mut line = Self { stretches: Vec::new(), size: style.size, width: 0.0 };
        let base = if style.right_to_left { Level::rtl() } else { Level::ltr() };
        let paragraph = ParagraphBidiInfo::new(text, Some(base));
        let (levels, runs) = paragraph.visual_runs(0..text.len());
        for run in runs {
            let right_to_left = levels.get(run.start).is_some_and(Level::is_rtl);
            let mut parts = segments(text.get(run).unwrap_or_default());
            if right_to_left {
                parts.reverse();
            }
            for part in parts {
                let face = fonts.face(part, style.weight);
                let glyphs = face.shape(part, right_to_left);
                let width: f32 = glyphs.iter().map(|glyph| glyph.x_advance * style.size).sum();
                let font = face.font.clone();
                line.stretches.push(Stretch { x: line.width, font, text: part.to_owned(), glyphs });
                line.width += width;
            }
        }
        line
    }

    /// Draws the line; `left` and `baseline` are where it begins.
    pub(super) fn draw(&self, surface: &mut Surface<'_>, left: f32, baseline: f32) {
        for Stretch { x, font, text, glyphs } in &self.stretches {
            surface.draw_glyphs(Point::from_xy(left + x, baseline), glyphs, font.clone(), text, self.size, false);
        }
    }
}

/// `text` in lines that are no wider than `width`, unless a single word is. A line keeps the blank at its
/// end: readers of the file tell words by it.
pub(super) fn wrap(fonts: &Fonts, text: &str, style: Style, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut held = String::new();
    let mut held_width = 0.0;
    for word in text.split_inclusive(' ') {
        let whole = Line::set(fonts, word, style).width;
        let shown = Line::set(fonts, word.trim_end(), style).width;
        if !held.is_empty() && held_width + shown > width {
            lines.push(Line::set(fonts, &std::mem::take(&mut held), style));
            held_width = 0.0;
        }
        held.push_str(word);
        held_width += whole;
    }
    if !held.is_empty() {
        lines.push(Line::set(fonts, &held, style));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style::new(10.0, 14.0, Weight::Regular);

    fn texts(line: &Line) -> Vec<&str> {
        line.stretches.iter().map(|stretch| stretch.text.as_str()).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_lose_nothing() {
        let fonts = Fonts::load(std::path::Path::new(crate::export::letter::FOLDER)).unwrap();
        let text = "Det är frivilligt att svara, och du kan hoppa över varje fråga som du inte vill svara på.";
        let lines = wrap(&fonts, text, STYLE, 120.0);
        assert!(lines.len() > 3);
        let read: String = lines.iter().flat_map(texts).collect();
        assert_eq!(read, text);
        let last = Line::set(&fonts, " ", STYLE).width;
        assert!(lines.iter().all(|line| line.width <= 120.0 + last));
        assert_eq!(wrap(&fonts, "", STYLE, 120.0).len(), 0);
        assert_eq!(wrap(&fonts, "Dövblindtolkningsverksamheten ja", STYLE, 20.0).len(), 2);
    }

    #[test]
    fn an_address_inside_arabic_stays_whole_and_in_its_place() {
        let fonts = Fonts::load(std::path::Path::new(crate::export::letter::FOLDER)).unwrap();
        let style = STYLE.written(true);
        let line = Line::set(&fonts, "افتح https://x.se/f الآن", style);
        let read = texts(&line);
        // On the page from left to right: the last Arabic word, the address, the first one.
        assert!(read.first().is_some_and(|text| text.contains("الآن")), "{read:?}");
        assert!(read.last().is_some_and(|text| text.contains("افتح")), "{read:?}");
        assert!(read.iter().any(|text| text.contains("https://x.se/f")), "{read:?}");
        let sum: f32 = line.stretches.iter().flat_map(|one| &one.glyphs).map(|glyph| glyph.x_advance * 10.0).sum();
        assert!((sum - line.width).abs() < 0.01);
    }
}
