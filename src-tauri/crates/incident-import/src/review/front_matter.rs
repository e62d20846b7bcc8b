//! The front matter of a review: `key: value` between two lines of `---`, lists as items below their key.

#[derive(Debug, Default)]
pub(super) struct ReviewHeader(Vec<(String, String)>);

impl ReviewHeader {
    /// The front matter, the text after it, and the line on which that begins, from 1.
    pub fn of(text: &str) -> (Self, &str, u64) {
        let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
            return (Self::default(), text, 1);
        };
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut at = text.len() - rest.len();
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            at += line.len();
            if line.trim_end() == "---" {
                return (Self(pairs), &text[at..], number as u64 + 3);
            }
            read_line(line.trim_end(), &mut pairs);
        }
        (Self::default(), text, 1)
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

fn read_line(line: &str, pairs: &mut Vec<(String, String)>) {
    if let Some(item) = line.trim_start().strip_prefix("- ") {
        if let Some((_, value)) = pairs.last_mut() {
            let mark = if value.is_empty() { "" } else { "; " };
            value.push_str(mark);
            value.push_str(unquoted(item));
        }
        return;
    }
    if line.starts_with(char::is_whitespace) {
        return;
    }
    if let Some((key, value)) = line.split_once(':') {
        pairs.push((key.trim().to_owned(), unquoted(value).to_owned()));
    }
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
