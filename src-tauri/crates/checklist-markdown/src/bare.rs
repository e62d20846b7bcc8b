//! Finds addresses in plain text.

use std::ops::Range;

/// The addresses that GitHub and GitLab turn into links, with their places.
pub(super) fn bare_addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for start in memchr::memchr2_iter(b'h', b'w', text.as_bytes()) {
        if found.last().is_some_and(|(at, _)| start < at.end) || !begins_word(text, start) {
            continue;
        }
        let Some(rest) = text.get(start..) else { continue };
        let (scheme, prefix) = match () {
            () if rest.starts_with("https://") => ("https://".len(), ""),
            () if rest.starts_with("http://") => ("http://".len(), ""),
            () if rest.starts_with("www.") => ("www.".len(), "http://"),
            () => continue,
        };
        let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if !rest.as_bytes().get(scheme).is_some_and(is_host) {
            continue;
        }
        let end =
            rest.find(|character: char| character.is_whitespace() || character == '<').unwrap_or(rest.len());
        let address = trimmed(&rest[..end]);
        found.push((start..start + address.len(), format!("{prefix}{address}")));
    }
    found
}

fn begins_word(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| before.is_whitespace() || "*_~(".contains(before))
}

/// An address without the punctuation of the sentence around it.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    let mut open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let is_loose = match last {
            ')' => closed > open,
            other => "?!.,:*_~'\";".contains(other),
        };
        if !is_loose {
            break;
        }
        closed -= usize::from(last == ')');
        open -= usize::from(last == '(');
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_excludes_punctuation_of_the_sentence() {
        let text = "See https://a.org/x_y(z). Or (www.b.org), not xhttp://c.org or https:// alone.";
        let found: Vec<String> = bare_addresses(text).into_iter().map(|(_, address)| address).collect();
        assert_eq!(found, ["https://a.org/x_y(z)", "http://www.b.org"]);
    }
}
