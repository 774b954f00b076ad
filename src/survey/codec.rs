//! An answer sheet as bytes of fixed length: one byte an item in the order of the version, then the
//! four bytes of paradata. The length says nothing of the respondent.

use super::answer_sheet::{AnswerSheet, Mode, Paradata, SheetFault};
use crate::questionnaire::{Questionnaire, Stream, missing};

/// Bytes of paradata behind the items.
pub const PARADATA: usize = 4;

impl Questionnaire {
    /// Length of every encoded sheet of this version, in bytes.
    #[must_use]
    pub fn sheet_length(&self) -> usize {
        self.items().len() + PARADATA
    }

    /// Reads a sheet back and checks it again as it was checked when it was made.
    ///
    /// # Errors
    /// Wrong length, unknown paradata, an option that the item lacks or an answer to a hidden item:
    /// such bytes were never made by [`AnswerSheet::encode`].
    pub fn decode(&self, bytes: &[u8], areas: usize) -> Result<AnswerSheet, SheetFault> {
        let damaged = |code: &'static str| SheetFault { item: String::new(), code };
        if bytes.len() != self.sheet_length() {
            return Err(damaged("sheet_length"));
        }
        let (codes, paradata) = bytes.split_at(self.items().len());
        let paradata = Paradata {
            mode: Mode::from_byte(paradata[0]).ok_or_else(|| damaged("mode_unknown"))?,
            language: paradata[1],
            stream: match paradata[2] {
                1 => Stream::Resident,
                2 => Stream::Stay,
                _ => return Err(damaged("stream_unknown")),
            },
            place: paradata[3],
        };
        for (item, &code) in codes.iter().enumerate() {
            let fault = |code| SheetFault { item: self.items()[item].id.clone(), code };
            let visible = self.visible(item, codes, paradata.stream);
            if visible == (code == missing::FILTERED) && !self.stamped(item, paradata.stream) {
                return Err(fault("item_hidden"));
            }
            let machine = matches!(code, missing::FILTERED | missing::UNSEEN | missing::SKIPPED);
            if !machine && !self.offers(item, code, areas) {
                return Err(fault("option_unknown"));
            }
        }
        Ok(AnswerSheet::decoded(self.hash(), codes.into(), paradata))
    }
}

impl AnswerSheet {
    /// The sheet as bytes, [`Questionnaire::sheet_length`] long.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let paradata = self.paradata();
        let mut bytes = self.codes().to_vec();
        let stream = match paradata.stream {
            Stream::Resident => 1,
            Stream::Stay => 2,
        };
        bytes.extend([paradata.mode.byte(), paradata.language, stream, paradata.place]);
        bytes
    }
}
