//! What letters say, finished, and where their addresses stand.

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
