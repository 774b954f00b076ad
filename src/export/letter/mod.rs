//! Letters as one PDF: A4, tagged (PDF/UA-1), their fonts embedded. The words come in finished; here they are set.

mod error;
mod fonts;
mod page;
mod parts;
mod scan;
mod typeset;
mod wording;

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

pub use error::LetterError;
pub use fonts::Fonts;
use page::{Body, Frame};
use parts::{HEIGHT, WIDTH, mm};
pub use wording::{Letter, Window, Wording, Words};

/// Where Debian's fonts-noto-core puts the fonts of letters.
pub const FOLDER: &str = "/usr/share/fonts/truetype/noto";

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
