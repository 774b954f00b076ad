//! Answers that were collected elsewhere: read under a mapping, checked like any sheet, stored in one
//! transaction under random ids in random order. Such a round has no codes, key or envelopes.

mod mapping;
mod read;

use std::collections::BTreeMap;

use rand::{rand_core::UnwrapErr, rngs::SysRng, seq::SliceRandom};
use sha2::{Digest, Sha256};

pub use mapping::{Mapping, MappingError};
pub use read::{ReadError, Reading, Refused};

use super::{
    Office, areas,
    rounds::{self, RoundError},
};
use crate::{
    questionnaire::Stream,
    store::{ImportRecord, StoreError, StoredResponse},
    survey::{
        ids::ResponseId,
        import::ImportFault,
        round::{Round, Stage, WrongStage},
        table::Table,
    },
};

/// What an import found and did.
#[derive(Debug)]
pub struct ImportReport {
    /// Rows read as sheets.
    pub read: usize,
    /// Rows that the mapping leaves out.
    pub skipped: usize,
    /// Rows refused, in file order.
    pub refused: Vec<Refused>,
    /// The file's header, for the file of refused rows.
    pub header: Vec<String>,
    /// How often each code of each item occurs.
    pub counts: BTreeMap<(String, u8), usize>,
    /// Whether the rows were stored.
    pub stored: bool,
}

/// How an import is to be done.
#[derive(Debug, Clone, Copy)]
pub struct ImportPlan<'a> {
    /// Name of the round.
    pub round: &'a str,
    /// Text of the mapping file.
    pub mapping: &'a str,
    /// The answers.
    pub file: &'a [u8],
    /// Report only.
    pub dry_run: bool,
    /// Store the rest if at most this many rows are refused.
    pub allow_rejects: usize,
}

/// Why nothing can be imported. Refused rows are no error of this kind: the report names them.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The mapping.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The file is no table; every fault.
    #[error("the file is refused:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Table(Vec<ImportFault>),
    /// Columns that the mapping names are not there.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The round.
    #[error(transparent)]
    Round(#[from] RoundError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Round(error.into())
    }
}

impl ImportReport {
    /// The refused rows as they stood, with line, column, value and reason behind.
    ///
    /// # Errors
    /// Writing.
    pub fn write_refused(&self, out: impl std::io::Write) -> std::io::Result<()> {
        // A row may have had more cells than the header; one with fewer is filled up.
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
        let empty = String::new();
        let more = ["line", "column", "value", "reason"].map(str::to_owned);
        writer.write_record(self.header.iter().chain(&more))?;
        for row in &self.refused {
            let more = [row.line.to_string(), row.column.clone(), row.value.clone(), row.reason.clone()];
            let missing = self.header.len().saturating_sub(row.cells.len());
            let cells = row.cells.iter().chain(std::iter::repeat_n(&empty, missing));
            writer.write_record(cells.chain(&more))?;
        }
        writer.flush()
    }
}

/// Reads the file under the mapping; stores it unless it is a dry run or more rows are refused than
/// allowed. Storing moves the round from Draft to Opened.
///
/// # Errors
/// [`ImportError`]; then nothing is stored.
pub async fn import(office: &Office, plan: ImportPlan<'_>) -> Result<ImportReport, ImportError> {
    let mut tx = office.database.begin_long().await?;
    let mut held = rounds::held(&mut tx, plan.round).await?;
    let stage = held.round.stage();
    if !matches!(stage, Stage::Draft) {
        let wrong = WrongStage { stage: stage.key(), wanted: "opened by an import", possible: stage.next() };
        return Err(RoundError::from(wrong).into());
    }
    let of = &held.round.plan;
    let questionnaire = office.catalogue.find(&office.database, &of.questionnaire.id, &of.questionnaire.version).await;
    let questionnaire = questionnaire.map_err(RoundError::from)?;
    let set = areas::area_set(&mut tx, &of.area_set.id, &of.area_set.version).await.map_err(RoundError::from)?;
    let districts: Vec<&str> = set.districts().map(|area| area.code.as_str()).collect();
    let mapping = Mapping::parse(plan.mapping, &questionnaire, &districts)?;
    let (table, uneven) = Table::read_uneven(plan.file).map_err(ImportError::Table)?;
    let rows = table.rows().map(|row| (row.line(), row.cells().map(str::to_owned).collect()));
    let mut reading = read::read(table.header().to_vec(), rows, &mapping, &questionnaire, &districts)?;
    let wide = table.header().len();
    reading.refused.extend(uneven.into_iter().map(|row| Refused {
        line: row.line,
        column: String::new(),
        value: row.cells.len().to_string(),
        reason: format!("the row has another number of cells than the header, which has {wide}"),
        cells: row.cells,
    }));
    reading.refused.sort_by_key(|row| row.line);
    let stored = !plan.dry_run && !reading.sheets.is_empty() && reading.refused.len() <= plan.allow_rejects;
    if stored {
        // Asked last, so that a trial shows what is wrong with the file whatever else is missing.
        if of.stream == Stream::Stay {
            let missing = "stream: answers of people who stay come by the open link only".to_owned();
            return Err(RoundError::NotReady(vec![missing]).into());
        }
        rounds::prepare(office, &mut tx, &mut held.round).await?;
        let mut responses: Vec<StoredResponse> = reading
            .sheets
            .iter()
            .map(|sheet| StoredResponse { id: ResponseId::from(uuid::Uuid::new_v4()), sheet: sheet.encode() })
            .collect();
        responses.shuffle(&mut UnwrapErr(SysRng));
        let round = held.round.id;
        tx.responses().insert_many(round, &responses).await?;
        tx.imports()
            .insert(&ImportRecord {
                id: uuid::Uuid::now_v7(),
                sha256: Sha256::digest(plan.file).into(),
                kind: "responses".to_owned(),
                round: Some(round),
                rows: i64::try_from(responses.len()).unwrap_or(i64::MAX),
                imported_at: office.clock.now(),
            })
            .await?;
        held.keep(&mut tx, Round::imported).await?;
        tx.commit().await?;
        tracing::info!(event = "responses_imported", rows = responses.len());
    }
    let Reading { header, sheets, refused, skipped, counts } = reading;
    Ok(ImportReport { read: sheets.len(), skipped, refused, header, counts, stored })
}
