//! Several rows in one statement: beginning and ending a statement takes as long as inserting a row or two.

/// The rows of a full batch. With more, nothing is gained.
const FULL: usize = 64;

/// The rows in full batches, and what is left of them one by one: so lists of any length take two statements.
pub(crate) fn batches<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let (full, rest) = rows.split_at(rows.len() - rows.len() % FULL);
    full.chunks(FULL).chain(rest.chunks(1))
}

/// The places of so many rows in SQL: `(?, ?), (?, ?)`.
pub(crate) fn places(columns: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    vec![row.as_str(); rows].join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_have_every_row_once_in_order() {
        for count in [0, 1, 63, 64, 65, 200] {
            let rows: Vec<usize> = (0..count).collect();
            assert_eq!(batches(&rows).flatten().copied().collect::<Vec<_>>(), rows);
            assert!(batches(&rows).all(|batch| [1, FULL].contains(&batch.len())));
        }
        assert_eq!(places(2, 3), "(?, ?), (?, ?), (?, ?)");
    }
}
