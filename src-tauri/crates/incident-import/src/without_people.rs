//! Takes people out of texts: e-mail addresses, handles, and who is to do something.

/// The text without addresses, handles and owners, and how many there were.
pub(crate) fn without_people(text: &str) -> (String, usize) {
    let mut taken = 0;
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        if names_somebody(word) {
            taken += 1;
        } else {
            kept.push(word);
        }
    }
    let joined = if taken == 0 { text.to_owned() } else { kept.join(" ") };
    let (joined, owners) = without_owner(&joined);
    let clean = if taken + owners == 0 { joined } else { tidied(&joined) };
    (clean, taken + owners)
}

/// Whether a word is an address or a handle, with what is around it: `(@ada)`, `ada@example.org,`, `[@ada](…)`.
fn names_somebody(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '@');
    let Some(at) = bare.find('@') else { return false };
    let (before, after) = (&bare[..at], &bare[at + 1..]);
    // A package (`@types/node`, `image@sha256:…`) and a link are nobody.
    if word.contains("://") && !word.starts_with("[@") && !word.contains("mailto:") {
        return false;
    }
    match before {
        "" => {
            after.chars().next().is_some_and(char::is_alphabetic)
                && !after.starts_with('/')
                && !is_package(after)
        }
        _ => after.contains('.') && !after.contains(['/', ':']),
    }
}

fn is_package(after: &str) -> bool {
    let name = after.split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    name.split_once('/').is_some_and(|(_, rest)| rest.chars().next().is_some_and(char::is_alphanumeric))
}

/// Without `(owner: Ada Okafor)`, `Owner: Ada Okafor` and `assigned to Ada Okafor` at the end.
fn without_owner(text: &str) -> (String, usize) {
    const MARKS: [&str; 8] =
        ["owner:", "owners:", "owner -", "assignee:", "assigned to", "responsible:", "dri:", "action owner:"];
    // Only of texts whose lower case is as long: byte positions are then the same.
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return (text.to_owned(), 0);
    }
    for mark in MARKS {
        let Some(at) = lower.find(mark) else { continue };
        let starts_word = lower[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        if !starts_word {
            continue;
        }
        let open = text[..at].trim_end_matches(['*', '_', ' ']).chars().next_back();
        let close = match open {
            Some('(') => ')',
            Some('[') => ']',
            _ => '\n',
        };
        let is_bracketed = close != '\n';
        let from = text[..at].rfind(['(', '[']).filter(|_| is_bracketed).unwrap_or(at);
        let rest = &text[at..];
        let until = match is_bracketed {
            true => rest.find(close).map_or(text.len(), |end| at + end + close.len_utf8()),
            // Up to the next sentence or link.
            false => rest.find(['.', ';', '[', '|']).map_or(text.len(), |end| at + end),
        };
        return (format!("{}{}", &text[..from], &text[until..]), 1);
    }
    (text.to_owned(), 0)
}

fn tidied(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace("()", "").replace("[]", "").replace(" ,", ",").replace(" .", ".");
    words
        .trim_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | '-' | '–' | '—' | ':' | '*')
        })
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_handles_and_owners_go() {
        for (text, left) in [
            ("Add an alert @ada", "Add an alert"),
            ("@ada: add an alert", "add an alert"),
            ("Add an alert (ada@example.org)", "Add an alert"),
            (
                "Add an alert (owner: Ada Okafor) [#12](https://example.org/12)",
                "Add an alert [#12](https://example.org/12)",
            ),
            ("Add an alert. Owner: Ada Okafor", "Add an alert."),
            ("Add an alert, assigned to Ada Okafor", "Add an alert"),
            ("[@ada](https://example.org/ada) adds an alert", "adds an alert"),
        ] {
            let (clean, taken) = without_people(text);
            assert_eq!((clean.as_str(), taken > 0), (left, true), "{text}");
        }
        for text in [
            "Pin @types/node and app@sha256:12ab",
            "Look at https://example.org/@shop/12",
            "Ownership: say who owns the queue",
            "Retry  twice, then stop.",
        ] {
            assert_eq!(without_people(text), (text.to_owned(), 0), "{text}");
        }
    }
}
