//! Where a record of a CSV file begins.

/// The line on which a CSV record begins, past blank lines and the rest of a line break before it.
pub fn line_of(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(start..).unwrap_or_default();
    let ends = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + ends.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_begins_at_its_text() {
        for text in ["a,b\r\nc,d\r\n\r\ne,f\r\n", "a,b\nc,d\n\ne,f\n", "a,b\nc,d\n\r\ne,f"] {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let lines: Vec<u64> =
                reader.records().map(|record| line_of(text, record.unwrap().position().unwrap())).collect();
            assert_eq!(lines, [1, 2, 4], "{text:?}");
        }
    }
}
