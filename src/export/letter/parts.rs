//! What a page is made of: lines under a tag, and columns that text runs down. Measures in points.

use krilla::{
    surface::Surface,
    tagging::{ContentTag, Identifier, Node, SpanTag, TagGroup, TagKind},
};

use super::{
    fonts::Fonts,
    typeset::{Line, Style, wrap},
};

/// A4, in millimetres.
pub(super) const WIDTH: f32 = 210.0;
pub(super) const HEIGHT: f32 = 297.0;

/// Points of millimetres.
pub(super) const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// Lines with one tag.
pub(super) struct Block {
    pub(super) tag: TagKind,
    pub(super) language: String,
    /// Left end, baseline and glyphs of each.
    pub(super) lines: Vec<(f32, f32, Line)>,
}

impl Block {
    pub(super) fn draw(&self, surface: &mut Surface<'_>) -> Node {
        tagged(surface, self.tag.clone(), Some(&self.language), |surface| {
            for (left, baseline, line) in &self.lines {
                line.draw(surface, *left, *baseline);
            }
        })
    }
}

/// Draws something under a tag.
pub(super) fn tagged(
    surface: &mut Surface<'_>,
    tag: TagKind,
    language: Option<&str>,
    draw: impl FnOnce(&mut Surface<'_>),
) -> Node {
    let content = match language {
        Some(_) => ContentTag::Span(SpanTag::empty().with_lang(language)),
        None => ContentTag::Other,
    };
    let drawn: Identifier = surface.start_tagged(content);
    draw(surface);
    surface.end_tagged();
    TagGroup::with_children(tag, vec![drawn.into()]).into()
}

/// A column that text runs down.
pub(super) struct Column<'f> {
    pub(super) fonts: &'f Fonts,
    pub(super) left: f32,
    pub(super) width: f32,
    /// Where the next line's upper edge is.
    pub(super) y: f32,
}

impl Column<'_> {
    pub(super) fn block(&mut self, tag: TagKind, language: &str, text: &str, style: Style) -> Block {
        let mut block = Block { tag, language: language.to_owned(), lines: Vec::new() };
        for line in wrap(self.fonts, text, style, self.width) {
            let baseline = self.y + style.leading * 0.5 + style.size * 0.35;
            let left = if style.right_to_left { self.left + self.width - line.width } else { self.left };
            block.lines.push((left, baseline, line));
            self.y += style.leading;
        }
        block
    }
}
