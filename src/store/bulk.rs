//! Statements for many rows or keys: how they are cut, and how their number of forms is kept small.

/// Most binds of one statement. `SQLite` takes 32,766 and `PostgreSQL` 65,535.
const MOST_BINDS: usize = 32_000;

/// Most rows of one statement: past this a longer statement is not faster, only larger.
const MOST_ROWS: usize = 1_000;

/// Keys of one `IN (…)` list, beside the few binds around it.
pub(super) const KEYS: usize = 16_384;

/// How many rows of `columns` binds each go into one statement.
pub(super) const fn rows_of(columns: usize) -> usize {
    let rows = MOST_BINDS / columns;
    if rows < MOST_ROWS { rows } else { MOST_ROWS }
}

/// `keys`, filled up to a power of two by repeating the last: lists of every length make few
/// different statements, which therefore stay prepared. Only for sets, where a repeat says nothing new.
pub(super) fn padded<T>(keys: &[T]) -> impl Iterator<Item = &T> {
    let filler = keys.len().next_power_of_two() - keys.len();
    keys.iter().chain(keys.last().into_iter().cycle().take(filler))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_keys_grows_to_a_power_of_two_by_its_last_key() {
        let grown = |keys: &[u8]| padded(keys).copied().collect::<Vec<_>>();
        assert_eq!(grown(&[7, 8, 9]), [7, 8, 9, 9]);
        assert_eq!(grown(&[7, 8]), [7, 8]);
        assert_eq!(grown(&[7]), [7]);
        assert_eq!(grown(&[]), [0; 0]);
    }

    #[test]
    fn no_statement_has_more_binds_than_an_engine_takes() {
        for columns in 1..=40 {
            assert!(rows_of(columns) * columns <= 32_000);
            assert!(rows_of(columns) > 0);
        }
        assert!(KEYS.is_power_of_two() && KEYS + 4 <= 32_000);
    }
}
