//! Codes for a round's letters: drawn once, written to one file, kept as keyed hashes only. No name
//! and no address comes here.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

use super::{
    Office, areas,
    rounds::{self, RoundError},
};
use crate::{
    store::{AreaSample, NewInvitation, StoreError},
    survey::{
        agreement,
        ids::InvitationId,
        import::ImportFault,
        invitation::{Code, CodeKey},
        round::Stage,
        sample::Sample,
    },
};

/// Why no codes are drawn.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// The sample file; every fault.
    #[error("the sample is refused:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Sample(Vec<ImportFault>),
    /// Sample, population and areas do not agree.
    #[error("areas, sample and population do not agree:\n{}", .0.join("\n"))]
    Disagree(Vec<String>),
    /// Codes are there already.
    #[error("the codes of this round are drawn; they were written once and cannot be shown again")]
    Drawn,
    /// The round takes no more codes.
    #[error("codes are drawn before a round opens; this one is {0}")]
    Stage(&'static str),
    /// The round is imported or answers by an open link.
    #[error("the round invites nobody: it has no population table")]
    NoPopulation,
    /// The file cannot be written.
    #[error("{0} cannot be written: {1}; it must not exist yet")]
    File(String, #[source] io::Error),
    /// The round, its areas or its population.
    #[error(transparent)]
    Round(#[from] RoundError),
}

impl From<StoreError> for LettersError {
    fn from(error: StoreError) -> Self {
        Self::Round(error.into())
    }
}

impl From<areas::AreasError> for LettersError {
    fn from(error: areas::AreasError) -> Self {
        Self::Round(error.into())
    }
}

/// Draws one code a sampled person and writes `letter_no,area_code,code` to `out`, which must not
/// exist. The file is complete and on the disk before the hashes are committed. Gives the number of
/// letters.
///
/// # Errors
/// [`LettersError`]; then no hash is stored and no file is left.
pub async fn draw(office: &Office, slug: &str, sample: &[u8], out: &Path) -> Result<u64, LettersError> {
    let mut tx = office.database.begin().await?;
    let round = rounds::held(&mut tx, slug).await?.round;
    if !matches!(round.stage(), Stage::Draft | Stage::Scheduled) {
        return Err(LettersError::Stage(round.stage().key()));
    }
    if !tx.invitations().counts(round.id).await?.is_empty() {
        return Err(LettersError::Drawn);
    }
    let set = areas::area_set(&mut tx, &round.plan.area_set.id, &round.plan.area_set.version).await?;
    let sample = Sample::from_csv(sample, &set).map_err(LettersError::Sample)?;
    let name = round.plan.population.as_deref().ok_or(LettersError::NoPopulation)?;
    let population = areas::population(&mut tx, name).await?.table;
    let disagreements = agreement::disagreements(&set, &sample, &population);
    if !disagreements.is_empty() {
        let told = disagreements.iter().map(|found| format!("{}: {}: {}", found.area, found.code, found.detail));
        return Err(LettersError::Disagree(told.collect()));
    }

    let key = CodeKey::derive(office.service_secret.expose(), round.id);
    let mut rng = rand::rng();
    let mut letters = Vec::new();
    let mut invitations = Vec::new();
    for (area, persons) in &sample.areas {
        for _ in 0..*persons {
            let code = Code::draw(&mut rng);
            let letter_no = format!("{:06}", invitations.len() + 1);
            invitations.push(NewInvitation {
                id: InvitationId::from(uuid::Uuid::new_v4()),
                letter_no: letter_no.clone(),
                area_code: area.clone(),
                code_hash: *key.hash(&code).bytes(),
            });
            letters.push([letter_no, area.clone(), code.printed()]);
        }
    }
    let samples: Vec<AreaSample> = sample
        .areas
        .iter()
        .map(|(area, persons)| AreaSample {
            area_code: area.clone(),
            sampled: i64::try_from(*persons).unwrap_or(i64::MAX),
        })
        .collect();
    tx.samples().replace(round.id, &samples).await?;
    tx.invitations().insert_many(round.id, &invitations).await?;
    let failed = |error| LettersError::File(out.display().to_string(), error);
    write(out, &letters).map_err(failed)?;
    if let Err(error) = tx.commit().await {
        fs::remove_file(out).map_err(failed)?;
        return Err(error.into());
    }
    Ok(letters.len() as u64)
}

/// A new file that only its owner can read.
///
/// # Errors
/// A file that exists, or a folder that does not.
pub fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes the letters to a new file, or leaves none: half a file of codes would be taken for a whole.
fn write(path: &Path, letters: &[[String; 3]]) -> io::Result<()> {
    let file = new_private_file(path)?;
    fill(file, letters).or_else(|error| fs::remove_file(path).and(Err(error)))
}

fn fill(file: File, letters: &[[String; 3]]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(["letter_no", "area_code", "code"])?;
    for letter in letters {
        writer.write_record(letter)?;
    }
    writer.flush()?;
    let file = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    file.sync_all()
}
