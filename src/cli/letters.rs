//! `trygg letters`.

use std::{fs, io::Write, path::Path};

use zeroize::Zeroizing;

use super::{
    Done,
    arguments::letters::{Letters, Order},
    password,
};
use crate::{
    service::{
        Office,
        letters::{self, Paper, Run, Written},
        rounds,
    },
    settings::Settings,
    web,
};

pub(super) async fn run(arguments: Letters, settings: Settings) -> Done {
    match arguments {
        Letters::Frame { round, file } => {
            let office = super::office(settings).await?;
            let taken = letters::frame(&office, &round, &read(&file)?).await?;
            println!("{round}: {taken} letters in the frame");
        }
        Letters::Run { round, order, again } => {
            let office = super::office(settings).await?;
            say(&round, &order, &write(&office, &round, &order, Run::First { again }).await?);
        }
        Letters::Remind { round, order } => {
            let office = super::office(settings).await?;
            say(&round, &order, &write(&office, &round, &order, Run::Reminder).await?);
        }
        Letters::Unseal { file, sheet, out } => {
            let words = match sheet {
                Some(sheet) => Zeroizing::new(String::from_utf8_lossy(&read(&sheet)?).into_owned()),
                None => password("type the words that open the file:")?,
            };
            letters::unseal(&read(&file)?, &words, &out)?;
            println!("the codes are in {}; destroy it when the letters are printed", out.display());
        }
        Letters::Draw { round, sample, out } => {
            let office = super::office(settings).await?;
            let drawn = letters::draw(&office, &round, &read(&sample)?, &out).await?;
            println!("{drawn} codes in {}; they stand nowhere else", out.display());
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    fs::read(file).map(Zeroizing::new).map_err(|error| format!("{}: {error}", file.display()))
}

async fn write(office: &Office, slug: &str, order: &Order, run: Run) -> Result<Written, Box<dyn std::error::Error>> {
    let round = rounds::find(office, slug).await?;
    let addresses = read(&order.addresses)?;
    let (paper, out) = match (&order.pdf, &order.sealed) {
        (Some(out), _) => {
            let wording = web::letters::wording(&round.plan, run, &office.settings.contact)?;
            (Paper::Pdf(wording), out)
        }
        (None, Some(out)) => (Paper::Sealed, out),
        (None, None) => return Err("name the file to write: --pdf or --sealed".into()),
    };
    // The sheet first: a sealed file whose words cannot be written down is worthless.
    let mut sheet = None;
    if let Some(path) = &order.sheet {
        let made = letters::new_private_file(path);
        let file = made.map_err(|error| format!("{}: {error}; it must not exist yet", path.display()))?;
        sheet = Some((file, path));
    }
    let order = letters::Order { round: slug, run, addresses: &addresses, paper, out };
    let written = letters::run(office, order).await;
    if let Some((mut file, path)) = sheet {
        match written.as_ref().ok().and_then(|written| written.passphrase.as_ref()) {
            Some(words) => writeln!(file, "{}", words.as_str()).and_then(|()| file.sync_all())?,
            None => fs::remove_file(path)?,
        }
    }
    Ok(written?)
}

fn say(round: &str, order: &Order, written: &Written) {
    let Written { number, letters, answered, .. } = written;
    let out = order.pdf.as_ref().or(order.sealed.as_ref()).map(|out| out.display().to_string()).unwrap_or_default();
    match number {
        0 => println!("{round}: {letters} letters in {out}; their codes stand nowhere else"),
        _ => println!("{round}: reminder {number}, {letters} letters in {out}; {answered} have answered and get none"),
    }
}
