//! Lines of a text, by their offsets.

use super::parts::ByteRange;

/// Offsets at which the lines of a text start.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
    end: usize,
}

impl Lines {
    /// A line ends with LF, CR LF or CR, as in Markdown.
    pub fn of(source: &str) -> Self {
        let bytes = source.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), end: source.len() }
    }

    /// The line of an offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Line and column of an offset, in characters from 1.
    pub fn place(&self, source: &str, offset: usize) -> (u64, u64) {
        let line = self.line(offset);
        let start = self.start(line);
        let before = source.get(start..offset).map_or(0, |text| text.chars().count());
        (line as u64, before as u64 + 1)
    }

    /// Offset at which a line starts; after the last line the end of the text.
    pub fn start(&self, line: usize) -> usize {
        line.checked_sub(1).map_or(0, |index| self.starts.get(index).copied().unwrap_or(self.end))
    }

    /// Every line without its line ending.
    pub fn spans<'a>(&'a self, source: &'a str) -> impl Iterator<Item = ByteRange> + 'a {
        self.starts.iter().enumerate().map(|(index, start)| {
            let end = self.starts.get(index + 1).copied().unwrap_or(source.len());
            let text = source.get(*start..end).unwrap_or_default();
            ByteRange::new(*start, start + text.trim_end_matches(['\r', '\n']).len())
        })
    }
}

/// Whether a line has nothing but block quote marks.
pub(super) fn is_blank(line: &str) -> bool {
    line.chars().all(|character| character.is_ascii_whitespace() || character == '>')
}

/// A range without blank lines at its start and end and without the last line ending; none if nothing is left.
pub(super) fn without_blank_lines(source: &str, span: ByteRange) -> Option<ByteRange> {
    let (mut start, mut end) = (span.start, span.end);
    let text = |start, end| ByteRange::new(start, end).of(source);
    while start < end {
        let rest = text(start, end);
        let line = rest.find(['\n', '\r']).map_or(end, |at| start + at + 1);
        if !is_blank(text(start, line)) {
            break;
        }
        start = line;
    }
    while start < end {
        end = start + text(start, end).trim_end_matches(['\r', '\n']).len();
        let line = text(start, end).rfind(['\n', '\r']).map_or(start, |at| start + at + 1);
        if !is_blank(text(line, end)) {
            break;
        }
        end = line;
    }
    (start < end).then_some(ByteRange::new(start, end))
}

/// A line without the indentation and block quote marks of the item that it is in.
pub(super) fn dedent(line: &str, column: usize, mut quotes: usize) -> String {
    let mut at = 0;
    for (offset, character) in line.char_indices() {
        match character {
            _ if at >= column => return " ".repeat(at - column) + &line[offset..],
            ' ' => at += 1,
            '\t' => at += 4 - at % 4,
            '>' if quotes > 0 => (quotes, at) = (quotes - 1, at + 1),
            _ => return line[offset..].to_owned(),
        }
    }
    " ".repeat(at.saturating_sub(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_markdown() {
        let text = "a\r\nb\rc\nd";
        let lines = Lines::of(text);
        let texts: Vec<&str> = lines.spans(text).map(|span| span.of(text)).collect();
        assert_eq!(texts, ["a", "b", "c", "d"]);
        assert_eq!(lines.line(3), 2);
        assert_eq!(Lines::of("é x").place("é x", 3), (1, 3));
    }

    #[test]
    fn indentation_is_counted_in_columns() {
        assert_eq!(dedent("    code", 2, 0), "  code");
        assert_eq!(dedent("\tcode", 2, 0), "  code");
        assert_eq!(dedent("> > a", 4, 2), "a");
        assert_eq!(dedent("lazy", 2, 0), "lazy");
        assert_eq!(dedent("", 2, 0), "");
    }

    #[test]
    fn trims_blank_lines() {
        let text = "\n> \n a\n\nb  \n>\n\n";
        let span = without_blank_lines(text, ByteRange::new(0, text.len())).unwrap();
        assert_eq!(span.of(text), " a\n\nb  ");
        assert_eq!(without_blank_lines(" \n>", ByteRange::new(0, 3)), None);
    }
}
