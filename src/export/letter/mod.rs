//! Letters as one PDF: A4, tagged (PDF/UA-1), their fonts embedded. The words come in finished; here they are set.

mod fonts;
mod page;
mod typeset;

use std::collections::BTreeMap;

use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::Point,
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    tagging::TagTree,
};

pub use fonts::Fonts;
use page::{Body, Frame, HEIGHT, WIDTH, mm};

/// Where Debian's fonts-noto-core puts the fonts of letters.
pub const FOLDER: &str = "/usr/share/fonts/truetype/noto";

/// Where the address shows through the envelope, in millimetres from the sheet's left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// From the left edge.
    pub left: f32,
    /// From the upper edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// The words of a letter in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Language tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// The heading.
    pub title: String,
    /// Paragraphs before the address and the code.
    pub before: Vec<String>,
    /// What stands above the address that people type.
    pub door: String,
    /// What stands above the code.
    pub code: String,
    /// What the QR code is, for those who do not see it.
    pub scanned: String,
    /// Paragraphs after.
    pub after: Vec<String>,
    /// What stands before the letter's number.
    pub number: String,
    /// The two lines in letters whose body is in another language.
    pub brief: [String; 2],
}

/// What every letter of a run says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Who sends it; stands on top.
    pub sender: String,
    /// The round's languages, the first one first.
    pub words: Vec<Words>,
}

/// What one letter has of its own.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// Its number.
    pub number: &'a str,
    /// Name and address, a line each.
    pub address: &'a [String],
    /// Language of its body: one of the wording's.
    pub language: &'a str,
    /// The code as printed.
    pub code: &'a str,
    /// What its QR code holds.
    pub scanned: &'a str,
}

/// Why letters cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// A font that is not there: the file, and why.
    #[error(
        "the font {0} cannot be read: {1}; install Debian's fonts-noto-core, or say in the settings where it lies (fonts)"
    )]
    Fonts(String, String),
    /// The window lies outside of the sheet, or too low for the text to follow.
    #[error("letter_window: the window must lie on the upper half of an A4 sheet")]
    Window,
    /// More words than a page holds.
    #[error("the letter in {0} does not fit on one page; shorten its texts or name fewer languages")]
    TooLong(String),
    /// A text holds what no font of the program has.
    #[error("the letter in {0} has letters that its font lacks: {1}")]
    NotPrintable(String, String),
    /// No words in the language of a letter.
    #[error("there are no words for a letter in {0}")]
    NoWords(String),
    /// The address does not fit behind the window.
    #[error("the address of letter {0} is too long for the window (letter_window)")]
    Address(String),
    /// The address for the QR code.
    #[error(transparent)]
    Code(#[from] super::qr::TooLong),
    /// The file's writer found the document unsound.
    #[error("the PDF is not well formed: {0}")]
    Unsound(String),
}

/// Letters that are being set.
pub struct Letters {
    frame: Frame,
    /// Set once for each language: the same in all its letters.
    bodies: BTreeMap<String, Body>,
    document: Document,
    tags: TagTree,
    outline: Outline,
    pages: usize,
}

impl Letters {
    /// Letters in these words and fonts, to be answered at `door`, for envelopes with this window.
    ///
    /// # Errors
    /// A window outside of the sheet, or words that do not fit or cannot be printed.
    pub fn new(wording: Wording, fonts: Fonts, door: &str, window: Window) -> Result<Self, LetterError> {
        let bodies = wording
            .words
            .iter()
            .map(|words| Ok((words.language.clone(), Body::set(&fonts, &wording, words, door, window)?)))
            .collect::<Result<_, LetterError>>()?;
        let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
        let configuration = configuration.map_err(|error| LetterError::Unsound(format!("{error:?}")))?;
        let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let first = wording.words.first().ok_or_else(|| LetterError::NoWords(String::new()))?;
        document.set_metadata(Metadata::new().title(first.title.clone()).language(first.language.clone()));
        Ok(Self {
            frame: Frame { fonts, sender: wording.sender, window },
            bodies,
            document,
            tags: TagTree::new().with_lang(Some(first.language.clone())),
            outline: Outline::new(),
            pages: 0,
        })
    }

    /// Sets one more letter.
    ///
    /// # Errors
    /// An address that does not fit, a language without words.
    pub fn add(&mut self, letter: &Letter<'_>) -> Result<(), LetterError> {
        let body = self.bodies.get(letter.language).ok_or_else(|| LetterError::NoWords(letter.language.to_owned()))?;
        let settings = PageSettings::from_wh(mm(WIDTH), mm(HEIGHT)).ok_or(LetterError::Window)?;
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        let part = body.draw(&mut surface, &self.frame, letter)?;
        surface.finish();
        page.finish();
        self.tags.push(part);
        let top = XyzDestination::new(self.pages, Point::from_xy(0.0, 0.0));
        self.outline.push_child(OutlineNode::new(letter.number.to_owned(), top));
        self.pages += 1;
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// [`LetterError::Unsound`].
    pub fn finish(mut self) -> Result<Vec<u8>, LetterError> {
        self.document.set_tag_tree(self.tags);
        self.document.set_outline(self.outline);
        self.document.finish().map_err(|error| LetterError::Unsound(format!("{error:?}")))
    }
}
