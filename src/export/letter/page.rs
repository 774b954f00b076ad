//! One letter on its page. What is the same in all letters of a language is set once; name, number, code and
//! QR code are set for each. Every part has its tag, in the order in which it is read.

use std::num::NonZeroU16;

use krilla::{
    surface::Surface,
    tagging::{Tag, TagGroup, TagKind},
};

use super::{
    Letter, LetterError, Window, Wording, Words,
    fonts::{Fonts, Weight},
    parts::{Block, Column, HEIGHT, WIDTH, mm, tagged},
    scan,
    typeset::{Line, Style},
};
use crate::export::qr;

const MARGIN: f32 = 20.0;
/// Upper edge of the sender, and lower edge of the letter's number.
const EDGE: f32 = 14.0;
/// Between the columns of the brief texts.
const GUTTER: f32 = 6.0;

const SENDER: Style = Style::new(11.0, 14.0, Weight::Bold);
const TITLE: Style = Style::new(16.0, 21.0, Weight::Bold);
const TEXT: Style = Style::new(10.5, 14.5, Weight::Regular);
const LABEL: Style = Style::new(9.0, 12.0, Weight::Regular);
const DOOR: Style = Style::new(13.0, 19.0, Weight::Bold);
const CODE: Style = Style::new(20.0, 26.0, Weight::Bold);
const BRIEF: Style = Style::new(9.0, 12.5, Weight::Regular);
/// Sizes of an address, the first that fits.
const ADDRESS: [Style; 3] = [
    Style::new(10.5, 13.5, Weight::Regular),
    Style::new(9.5, 12.0, Weight::Regular),
    Style::new(8.5, 10.5, Weight::Regular),
];

/// What all letters of a run share, in whatever language.
pub(super) struct Frame {
    pub(super) fonts: Fonts,
    pub(super) sender: String,
    pub(super) window: Window,
}

/// The part of a letter that is the same for everybody who reads it in one language.
pub(super) struct Body {
    language: String,
    scanned: String,
    right_to_left: bool,
    /// Before the code: the heading first.
    before: Vec<Block>,
    code_at: (f32, f32),
    /// The QR code's upper left corner, its quiet zone included.
    scan_at: (f32, f32),
    after: Vec<Block>,
    number: Block,
}

fn heading(title: &str) -> TagKind {
    Tag::Hn(NonZeroU16::MIN, Some(title.to_owned())).into()
}

impl Body {
    /// Sets the body of letters in the language of `words`.
    pub(super) fn set(
        fonts: &Fonts,
        wording: &Wording,
        words: &Words,
        door: &str,
        window: Window,
    ) -> Result<Self, LetterError> {
        check(fonts, wording, words, door)?;
        let Words { language, right_to_left, .. } = words;
        let styled = |style: Style| style.written(*right_to_left);
        let first = (window.top + window.height + 12.0).max(88.0);
        let fits = window.left >= 0.0 && window.left + window.width <= WIDTH && window.top >= EDGE + 6.0;
        if !fits || first > HEIGHT / 2.0 {
            return Err(LetterError::Window);
        }
        let whole = mm(WIDTH - 2.0 * MARGIN);
        let mut column = Column { fonts, left: mm(MARGIN), width: whole, y: mm(first) };
        let mut before = vec![column.block(heading(&words.title), language, &words.title, styled(TITLE))];
        column.y += 4.0;
        for text in &words.before {
            before.push(column.block(Tag::P.into(), language, text, styled(TEXT)));
            column.y += 5.0;
        }
        // The code's box: words on the side where reading begins, the QR code on the other.
        let side = scan::side();
        let top = column.y;
        column.width = whole - side;
        column.y += side * 0.18;
        if *right_to_left {
            column.left += side;
        }
        let scan_at = if *right_to_left { (mm(MARGIN), top) } else { (mm(MARGIN) + column.width, top) };
        before.push(column.block(Tag::P.into(), language, &words.door, styled(LABEL)));
        before.push(column.block(Tag::P.into(), language, door, styled(DOOR)));
        column.y += 4.0;
        before.push(column.block(Tag::P.into(), language, &words.code, styled(LABEL)));
        let code_at = (if *right_to_left { column.left + column.width } else { column.left }, column.y + 20.0);
        let mut column = Column { fonts, left: mm(MARGIN), width: whole, y: top + side };
        let mut after = Vec::new();
        for text in &words.after {
            after.push(column.block(Tag::P.into(), language, text, styled(TEXT)));
            column.y += 5.0;
        }
        let mut lowest = column.y;
        let others: Vec<&Words> = wording.words.iter().filter(|other| other.language != *language).collect();
        let half = (whole - mm(GUTTER)) / 2.0;
        let mut row = column.y + 6.0;
        for pair in others.chunks(2) {
            for (place, other) in pair.iter().enumerate() {
                let left = mm(MARGIN) + if place == 0 { 0.0 } else { half + mm(GUTTER) };
                let mut column = Column { fonts, left, width: half, y: row };
                for text in &other.brief {
                    let style = BRIEF.written(other.right_to_left);
                    after.push(column.block(Tag::P.into(), &other.language, text, style));
                }
                lowest = lowest.max(column.y);
            }
            row = lowest + 5.0;
        }
        let mut foot = Column { fonts, left: mm(MARGIN), width: whole, y: mm(HEIGHT - EDGE) - LABEL.leading };
        if lowest > foot.y {
            return Err(LetterError::TooLong(language.clone()));
        }
        let number = foot.block(Tag::P.into(), language, &words.number, LABEL);
        let scanned = words.scanned.clone();
        let (language, right_to_left) = (language.clone(), *right_to_left);
        Ok(Self { language, scanned, right_to_left, before, code_at, scan_at, after, number })
    }

    /// Draws a letter; gives its tags.
    pub(super) fn draw(
        &self,
        surface: &mut Surface<'_>,
        frame: &Frame,
        letter: &Letter<'_>,
    ) -> Result<TagGroup, LetterError> {
        let Frame { fonts, sender, window } = frame;
        let mut part = TagGroup::new(Tag::Part);
        let mut column = Column { fonts, left: mm(MARGIN), width: mm(WIDTH - 2.0 * MARGIN), y: mm(EDGE) - 7.0 };
        part.push(column.block(Tag::P.into(), &self.language, sender, SENDER).draw(surface));
        part.push(self.address(fonts, letter, *window)?.draw(surface));
        for block in &self.before {
            part.push(block.draw(surface));
        }
        let code = Line::set(fonts, letter.code, CODE);
        let left = if self.right_to_left { self.code_at.0 - code.width } else { self.code_at.0 };
        let lines = vec![(left, self.code_at.1, code)];
        part.push(Block { tag: Tag::P.into(), language: self.language.clone(), lines }.draw(surface));
        let modules = qr::modules(letter.scanned)?;
        let figure = Tag::Figure(Some(self.scanned.clone())).with_lang(Some(self.language.clone()));
        part.push(tagged(surface, figure.into(), None, |surface| scan::draw(surface, self.scan_at, &modules)));
        for block in &self.after {
            part.push(block.draw(surface));
        }
        part.push(self.number.draw(surface));
        if let Some((left, baseline, label)) = self.number.lines.last() {
            let number = (left + label.width + 4.0, *baseline, Line::set(fonts, letter.number, LABEL));
            let block = Block { tag: Tag::P.into(), language: self.language.clone(), lines: vec![number] };
            part.push(block.draw(surface));
        }
        Ok(part)
    }

    /// The address in the largest size that fits behind the window.
    fn address(&self, fonts: &Fonts, letter: &Letter<'_>, window: Window) -> Result<Block, LetterError> {
        for style in ADDRESS {
            let mut y = mm(window.top);
            let mut lines = Vec::new();
            for text in letter.address {
                y += style.leading;
                // The blank parts it from the next line for those who listen.
                lines.push((mm(window.left), y, Line::set(fonts, &format!("{text} "), style)));
            }
            // Room for the tails of the last line's letters.
            let fits = lines.iter().all(|(.., line)| line.width <= mm(window.width));
            if fits && y + style.size * 0.3 <= mm(window.top + window.height) {
                return Ok(Block { tag: Tag::P.into(), language: self.language.clone(), lines });
            }
        }
        Err(LetterError::Address(letter.number.to_owned()))
    }
}

/// Refuses words that the fonts cannot print.
fn check(fonts: &Fonts, wording: &Wording, words: &Words, door: &str) -> Result<(), LetterError> {
    let Words { title, before, door: label, code, after, number, .. } = words;
    let own = [title, label, code, number].into_iter().chain(before).chain(after).map(String::as_str);
    let brief = wording.words.iter().flat_map(|other| &other.brief).map(String::as_str);
    for text in own.chain(brief).chain([wording.sender.as_str(), door]) {
        if !fonts.cover(text) {
            return Err(LetterError::NotPrintable(words.language.clone(), text.to_owned()));
        }
    }
    Ok(())
}
