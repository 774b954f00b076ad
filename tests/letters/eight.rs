//! Letters in all eight languages, for the step `letters` of tests/run: the sentences are made up, the letters
//! of their alphabets are not. `letters_in_eight_languages OUT`

use std::path::Path;

use trygg::export::letter::{FOLDER, Fonts, Letter, LetterError, Letters, Window, Wording, Words};

/// Language, direction, a heading, a sentence, and the two lines in other languages' letters.
const LANGUAGES: [(&str, bool, &str, &str, [&str; 2]); 8] = [
    ("sv", false, "Inbjudan", "Åsa får välja själv på ön.", ["Svara på svenska.", "Koden står ovanför."]),
    ("sv-x-lattlast", false, "Ett brev", "Du får ett brev.", ["Svara på lätt svenska.", "Koden står här ovanför."]),
    ("fi", false, "Kutsu", "Kyselyyn vastaaminen on vapaaehtoista.", ["Vastaa suomeksi.", "Koodi on yllä."]),
    ("fit", false, "Kuttu", "Vastaaminen oon vapaaehtoista.", ["Vastaa meänkielelä.", "Koodi oon ylhäälä."]),
    (
        "se",
        false,
        "Bovdehus",
        "Čálit, đ, ŋ, š, ŧ ja ž leat bustávat.",
        ["Vástit davvisámegillii.", "Koda lea bajábealde."],
    ),
    (
        "smj",
        false,
        "Gåhttjom",
        "Åvddål ja maŋŋel: á, å, ä, ń, ŋ.",
        ["Vásstida julevsámegiellaj.", "Kåvdda le badjelin."],
    ),
    ("en", false, "Invitation", "Answering is voluntary.", ["Answer in English.", "The code stands above."]),
    ("ar", true, "دعوة", "الإجابة طوعية، ويمكنك تخطي أي سؤال.", ["يمكنك الإجابة بالعربية.", "الرمز مكتوب أعلاه."]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).ok_or("name the file to write")?;
    std::fs::write(out, letters()?)?;
    Ok(())
}

fn letters() -> Result<Vec<u8>, LetterError> {
    let words = LANGUAGES.map(|(language, right_to_left, title, sentence, brief)| Words {
        language: language.to_owned(),
        right_to_left,
        title: title.to_owned(),
        before: vec![sentence.to_owned()],
        door: "URL".to_owned(),
        code: "1".to_owned(),
        scanned: "QR".to_owned(),
        after: vec![sentence.to_owned()],
        number: "2".to_owned(),
        brief: brief.map(str::to_owned),
    });
    let window = Window { left: 115.0, top: 45.0, width: 80.0, height: 30.0 };
    let wording = Wording { sender: "Kommunen".to_owned(), words: words.into() };
    let mut letters = Letters::new(wording, Fonts::load(Path::new(FOLDER))?, "https://enkat.exempel.se/f", window)?;
    for (place, (language, ..)) in LANGUAGES.into_iter().enumerate() {
        let address = ["Čeŋŋet Ŧáža-Öst".to_owned(), "Ljungvägen 7 B lgh 1102".to_owned(), "972 38 Luleå".to_owned()];
        letters.add(&Letter {
            number: &format!("{place:03}"),
            address: &address,
            language,
            code: "7K3M-9QX2-TW",
            scanned: "HTTPS://ENKAT.EXEMPEL.SE/K/7K3M9QX2TW",
        })?;
    }
    letters.finish()
}
