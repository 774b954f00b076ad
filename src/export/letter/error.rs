//! Why letters cannot be set.

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
    Code(#[from] crate::export::qr::TooLong),
    /// The file's writer found the document unsound.
    #[error("the PDF is not well formed: {0}")]
    Unsound(String),
}
