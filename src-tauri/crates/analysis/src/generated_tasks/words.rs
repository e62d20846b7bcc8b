//! Text helpers for generated tasks.

pub(super) use headroom_model::wording::listed;

/// Adds a full stop, unless the last line ends a sentence or is not one: a heading, a list, code.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let last = text.lines().last().unwrap_or_default().trim_start();
    let is_list = last.trim_start_matches(|letter: char| letter.is_ascii_digit()).starts_with(". ");
    let is_other =
        is_list || ["- ", "* ", "+ ", "#", "```", "~~~", "|", "<"].iter().any(|sign| last.starts_with(sign));
    let ends = |letter: char| ".!?…:;。".contains(letter);
    let inner = text.trim_end_matches([')', ']', '"', '”', '’', '»', '*', '_', '`']);
    if text.is_empty() || is_other || text.ends_with(ends) || inner.ends_with(ends) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Whether more text may follow on the same line.
pub(super) fn is_one_line(text: &str) -> bool {
    !text.trim_end().contains('\n')
}

/// A title cut to the model's limit.
pub(super) fn short(text: String) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_with_one_full_stop() {
        for (text, ended) in [
            ("Takes payments", "Takes payments."),
            ("Takes payments. ", "Takes payments."),
            ("Takes payments (by card)", "Takes payments (by card)."),
            ("Takes payments (see *there!*)", "Takes payments (see *there!*)"),
            ("Does it pay?", "Does it pay?"),
            ("It does:\n\n- cards\n- cash", "It does:\n\n- cards\n- cash"),
            ("First\n\n2. cash", "First\n\n2. cash"),
            ("", ""),
        ] {
            assert_eq!(sentence(text), ended);
        }
    }

    #[test]
    fn names_are_joined_with_commas_and_and() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(
            [listed(&["A"]), listed(&["A", "B"]), listed(&["A", "B", "C"])],
            ["A", "A and B", "A, B and C"]
        );
    }
}
