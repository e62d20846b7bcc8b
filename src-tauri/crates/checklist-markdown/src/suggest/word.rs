//! Splits a text into words.

/// A word or number of a text, in lower case, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextWord {
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// What is between it and the word before.
    pub before: String,
}

/// The words of a text. `day1` is two words; an apostrophe is part of a word.
pub(super) fn words(text: &str) -> Vec<TextWord> {
    let mut words: Vec<TextWord> = Vec::new();
    let mut end = 0;
    let mut start = None;
    let mut last = ' ';
    let boundary = |last: char, next: char| {
        !is_word(next) || (last.is_ascii_digit() != next.is_ascii_digit() && is_word(last))
    };
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, character) in ends {
        if let Some(from) = start
            && boundary(last, character)
        {
            let word = &text[from..at];
            let trimmed = word.trim_end_matches(['\'', '’']);
            let to = from + trimmed.len();
            words.push(TextWord {
                text: trimmed.to_lowercase(),
                start: from,
                end: to,
                before: text[end..from].to_owned(),
            });
            (start, end) = (None, to);
        }
        if start.is_none() && is_word(character) && !matches!(character, '\'' | '’') {
            start = Some(at);
        }
        last = character;
    }
    words
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let text = "By Day1: manager's 30-day";
        let found = words(text);
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["by", "day", "1", "manager's", "30", "day"]);
        assert_eq!(found[5].before, "-");
        assert!(found.iter().all(|word| text[word.start..word.end].to_lowercase() == word.text));
        assert!(words("").is_empty());
    }
}
