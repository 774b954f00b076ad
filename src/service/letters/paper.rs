//! What a run's codes are written on: letters as one PDF, or a sealed file for a print house, which has
//! the addresses itself.

use std::path::Path;

use zeroize::Zeroizing;

use super::{LettersError, file::write};
use crate::{
    export::letter::{self, Fonts, Letter, Letters, Wording},
    settings::Settings,
    survey::{
        addressee::Addressee,
        invitation::Code,
        key_share::{self, Cost},
        round::Kind,
        sealed_file,
    },
};

/// A letter's addressee and code.
pub(super) type Sheet = (Addressee, Code);

/// The file, and the words that open it if it is sealed.
type Set = (Zeroizing<Vec<u8>>, Option<Zeroizing<String>>);

/// What the codes are written on.
#[derive(Debug)]
pub enum Paper {
    /// One PDF of letters, in these words.
    Pdf(Wording),
    /// Letter number, code and address of each letter, for a print house.
    Sealed,
}

/// Where letters lead to.
pub(super) struct Door {
    /// What people type: J1.
    typed: String,
    /// What QR codes hold, up to the code: capitals, so that it takes the alphanumeric mode.
    scanned: String,
}

impl Door {
    pub(super) fn of(settings: &Settings, kind: Kind) -> Result<Self, LettersError> {
        let url = &settings.public_url;
        let mut missing = Vec::new();
        if url.split_once("://").is_none_or(|(_, host)| host.is_empty() || host.contains('/')) {
            missing
                .push("public_url: letters need an address without a path, such as https://survey.example".to_owned());
        }
        if kind == Kind::Real && !url.starts_with("https://") {
            missing.push("public_url: letters of a real round lead to an address that starts with https://".to_owned());
        }
        if kind == Kind::Real && settings.contact.trim().is_empty() {
            missing.push("contact: say in the settings whom people can ask; it stands in every letter".to_owned());
        }
        if !missing.is_empty() {
            return Err(LettersError::NotReady(missing));
        }
        Ok(Self { typed: format!("{url}/f"), scanned: format!("{}/K/", url.to_uppercase()) })
    }

    fn of_code(&self, code: &Code) -> Zeroizing<String> {
        Zeroizing::new(format!("{}{}", self.scanned, code.plain()))
    }
}

impl Paper {
    /// Whether a text can be printed on it.
    pub(super) fn prints(&self, settings: &Settings) -> Result<impl Fn(&str) -> bool + use<>, LettersError> {
        let fonts = matches!(self, Self::Pdf(_)).then(|| Fonts::load(&settings.fonts)).transpose()?;
        Ok(move |text: &str| fonts.as_ref().is_none_or(|fonts| fonts.cover(text)))
    }

    /// Writes the sheets of a run, in their order.
    pub(super) fn set(self, sheets: &[Sheet], door: &Door, settings: &Settings) -> Result<Set, LettersError> {
        match self {
            Self::Pdf(wording) => {
                let mut letters = Letters::new(wording, Fonts::load(&settings.fonts)?, &door.typed, window(settings))?;
                for (to, code) in sheets {
                    letters.add(&Letter {
                        number: &to.letter_no,
                        address: &to.lines,
                        language: &to.language,
                        code: &code.printed(),
                        scanned: &door.of_code(code),
                    })?;
                }
                Ok((Zeroizing::new(letters.finish()?), None))
            }
            Self::Sealed => sealed(sheets, door),
        }
    }
}

fn window(settings: &Settings) -> letter::Window {
    let [left, top, width, height] = settings.letter_window;
    letter::Window { left, top, width, height }
}

fn sealed(sheets: &[Sheet], door: &Door) -> Result<Set, LettersError> {
    let mut table = Zeroizing::new("letter_no,code,scanned\r\n".as_bytes().to_vec());
    // Letter numbers, codes and addresses hold no comma and no quote.
    for (to, code) in sheets {
        let line = Zeroizing::new(format!("{},{},{}\r\n", to.letter_no, code.printed(), door.of_code(code).as_str()));
        table.extend_from_slice(line.as_bytes());
    }
    let mut rng = rand::rng();
    let passphrase = key_share::draw_passphrase(&mut rng);
    let file = sealed_file::seal(&table, &passphrase, Cost::FULL, &mut rng).map_err(|_| LettersError::Interrupted)?;
    Ok((Zeroizing::new(file), Some(passphrase)))
}

/// Opens a sealed file of codes into a new file that only its owner can read.
///
/// # Errors
/// [`LettersError::Unsealable`], or a file that cannot be written.
pub fn unseal(sealed: &[u8], passphrase: &str, out: &Path) -> Result<(), LettersError> {
    write(out, &sealed_file::open(sealed, passphrase, Cost::FULL)?)
}
