//! Words that stand in the place of a value: nobody, nothing, not said.

/// What a cell in the place of a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Person,
    /// Somebody is there, and is not named.
    Undisclosed,
    /// Nobody is there.
    Vacant,
    /// The seat itself has gone.
    Gone,
}

/// What says that a seat is empty, in lower case.
pub const VACANT: [&str; 12] = [
    "vacant",
    "vacancy",
    "not in post",
    "unfilled",
    "open",
    "tbh",
    "tbc",
    "tba",
    "tbd",
    "to be hired",
    "to be confirmed",
    "unbesetzt",
];
pub const GONE: [&str; 5] = ["eliminated", "closed", "abolished", "post abolished", "deleted"];
pub const UNDISCLOSED: [&str; 7] =
    ["n/d", "nd", "not disclosed", "undisclosed", "withheld", "redacted", "confidential"];
const NOTHING: [&str; 16] =
    ["n/a", "na", "n/d", "nd", "-", "--", "–", "—", "_", "xx", "tbc", "tba", "tbd", "none", "null", "nil"];

/// Quotes and blanks around a word say nothing.
pub fn folded(text: &str) -> String {
    text.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\'' | '"' | '‘' | '’' | '(' | ')' | '[' | ']')
    })
    .to_lowercase()
}

/// Whether the word says that there is no value.
pub fn is_nothing(text: &str, own: &[String]) -> bool {
    let word = folded(text);
    text.trim().is_empty() || NOTHING.contains(&word.as_str()) || own.iter().any(|own| folded(own) == word)
}

/// What a name says about its seat. `vacant` are further words for an empty seat.
pub fn holder(text: &str, vacant: &[String]) -> Holder {
    let word = folded(text);
    let says = |words: &[&str]| words.contains(&word.as_str());
    let begins = |words: &[&str]| {
        words.iter().any(|start| {
            word.strip_prefix(start).is_some_and(|rest| rest.starts_with([' ', '-', '(', ':', ',']))
        })
    };
    if says(&GONE) || begins(&["eliminated"]) {
        return Holder::Gone;
    }
    let is_own = vacant.iter().any(|own| folded(own) == word);
    if is_own || says(&VACANT) || begins(&["vacant", "vacancy", "unfilled"]) || word.is_empty() {
        return Holder::Vacant;
    }
    if says(&UNDISCLOSED) {
        return Holder::Undisclosed;
    }
    if NOTHING.contains(&word.as_str()) { Holder::Vacant } else { Holder::Person }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_place_of_a_name_are_no_people() {
        let says = |text: &str| holder(text, &["Gap".to_owned()]);
        for word in ["Vacant", " VACANT ", "Not in post", "Vacant - recruiting", "gap", "-", "", "TBC"] {
            assert_eq!(says(word), Holder::Vacant, "{word}");
        }
        assert_eq!(says("'Eliminated'"), Holder::Gone);
        assert_eq!(says("N/D"), Holder::Undisclosed);
        for name in ["Ada Open", "Vacanti Maria", "Nil Ramos", "Ty XX"] {
            assert_eq!(says(name), Holder::Person, "{name}");
        }
        assert!(is_nothing("XX", &[]) && is_nothing(" n/a", &[]) && !is_nothing("0", &[]));
    }
}
