//! What is asked: a questionnaire version, parsed whole or refused whole, frozen once published.
//! No I/O, SQL, HTTP or clock here.
//!
//! [`Questionnaire::parse`] is the only way in; it gives every fault at once. A version's contents
//! are its items in the order of their bytes on the sheet, scales, pages, routing, indices and the
//! texts of each language.

mod build;
mod change;
mod fingerprint;
mod index;
pub mod missing;
mod model;
mod predicate;
mod publication;
mod reader;
mod routing;
mod source;
mod structure;
mod text;

pub use change::difference;
pub use fingerprint::{Fingerprint, ItemFingerprint, MeasureFingerprint, PageFingerprint, hexadecimal};
pub use index::{Direction, Kind, Level, Measure, Score};
pub use model::{Class, Item, OptionView, Page, Points, Questionnaire, Scale, SexClass, Stream};
pub use predicate::{Codes, Predicate};
pub use publication::{ChangeRules, Floor, Gate, HalfWidth, Publication, TablePlan, Weighting};
pub use source::{Definition, Fault, Warning};
pub use text::{IndexText, ItemText, Language, PageText, Texts};
