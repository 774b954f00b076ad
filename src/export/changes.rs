//! The change table of a table as CSV rows (formats specification, section 1): every round with the
//! round before it. A refused change has no figure, and its reasons stand in its row; a caveat stands
//! beside the figure that it belongs to.

use super::{
    csv::{Dialect, number_columns, safe},
    series::{Cell, direction},
};
use crate::{
    stats::compare::Verdict,
    survey::release::{change_reason, name_in},
};

/// Columns after the dimensions.
pub(super) const COLUMNS: &str = "measure,measure_label,unit,direction,period,value,lower,upper,n,rounded_to,\
                                  compared_with,verdict,status,reason,release";

/// Id of the change table of `table`.
#[must_use]
pub fn id_of(table: &str) -> String {
    format!("{table}C")
}

/// The row of a cell; nothing for a round without one before it.
pub(super) fn row(cell: &Cell<'_>, language: &str, dialect: Dialect) -> Option<Vec<String>> {
    let release = cell.release;
    let before = release.period_before()?;
    let change = cell.domain.as_ref().and_then(|domain| release.change(&cell.measure.id, domain, before));
    let (status, reason) = change.map_or_else(
        || (".".to_owned(), format!("not_comparable;{}", cell.absent)),
        |change| (change.status.clone(), change_reason(change)),
    );
    let figures = change.and_then(|change| {
        let value = change.difference?;
        Some((value, change.lower, change.upper, change.n, change.rounded_to))
    });
    let text = |text: &str| safe(text, dialect);
    let mut row = vec![
        text(&cell.measure.id),
        text(name_in(&cell.measure.names, language)),
        cell.measure.unit.key().to_owned(),
        direction(cell.measure).to_owned(),
        release.head().period.clone(),
    ];
    row.extend(number_columns(figures, &status, cell.measure.unit, dialect));
    row.push(before.to_owned());
    let verdict = change.and_then(|change| change.verdict).map_or("", Verdict::key);
    row.extend([verdict.to_owned(), status, reason, text(&release.head().id)]);
    Some(row)
}
