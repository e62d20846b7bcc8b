//! Texts of a source as messages quote them.

/// The start of a text, for a message.
pub fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    if text.chars().nth(SHOWN).is_none() {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}

/// A text quoted in a message.
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > SHOWN {
        format!("“{}…”", line.chars().take(SHOWN).collect::<String>())
    } else {
        format!("“{line}”")
    }
}
