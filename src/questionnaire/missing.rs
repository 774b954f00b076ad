//! The six missing codes. They are the same in every item and never have points.

/// Set by the machine: hidden by routing, not in the stream, or its module is off.
pub const FILTERED: u8 = 94;
/// Set by the machine: sent before its page was reached, or absent from the form used.
pub const UNSEEN: u8 = 95;
/// "Vill inte svara": offered on sensitive items.
pub const REFUSED: u8 = 96;
/// The item does not apply, in the words printed at it.
pub const NOT_APPLICABLE: u8 = 97;
/// "Vet inte": offered where the scale says so.
pub const DONT_KNOW: u8 = 98;
/// Set by the machine: the page was seen and nothing was chosen.
pub const SKIPPED: u8 = 99;

/// Option codes are 1 to 93.
pub const MOST_OPTIONS: u8 = 93;

/// Whether `code` is one of the six.
#[must_use]
pub const fn is_missing(code: u8) -> bool {
    code >= FILTERED && code <= SKIPPED
}
