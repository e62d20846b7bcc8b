//! Words in place of a value: vacant, no value, not disclosed.

/// What a cell in place of a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolderCell {
    Person,
    /// Someone is there and not named.
    Undisclosed,
    /// The position is vacant.
    Vacant,
    /// The position no longer exists.
    Gone,
}

/// Words for a vacant position, in lower case.
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
/// Signs that are never a value.
const SIGNS: [&str; 7] = ["n/a", "n/d", "-", "--", "–", "—", "_"];
/// Words that are no value in most files and one in some: `NA` may be North America, and Nil a name.
const WORDS: [&str; 9] = ["na", "nd", "xx", "tbc", "tba", "tbd", "none", "null", "nil"];
/// Beginnings of remarks in place of a name that say that no one is there yet.
const WAITING: [&str; 13] = [
    "vacant",
    "vacancy",
    "unfilled",
    "to be ",
    "tbh",
    "tbc",
    "tbd",
    "tba",
    "new hire",
    "open req",
    "open position",
    "open role",
    "recruiting",
];

/// What a word says about working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkingTime {
    Full,
    /// Less than full time, without saying how much.
    Part,
}

/// What a cell says about working time in words.
pub fn working_time(text: &str) -> Option<WorkingTime> {
    const FULL: [&str; 9] = [
        "fulltime",
        "ft",
        "full",
        "vollzeit",
        "tempsplein",
        "àtempsplein",
        "tiempocompleto",
        "jornadacompleta",
        "permanentfulltime",
    ];
    const PART: [&str; 9] = [
        "parttime",
        "pt",
        "part",
        "teilzeit",
        "tempspartiel",
        "àtempspartiel",
        "tiempoparcial",
        "jornadaparcial",
        "permanentparttime",
    ];
    let before = text.split(['(', '[', ',', ';']).next().unwrap_or("");
    let word: String = before.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    let has_digit = before.chars().any(char::is_numeric);
    let says = |words: &[&str], ends: &[&str]| {
        words.contains(&word.as_str()) || ends.iter().any(|end| word.ends_with(end))
    };
    if has_digit {
        None
    } else if says(&FULL, &["fulltime", "vollzeit"]) {
        Some(WorkingTime::Full)
    } else {
        says(&PART, &["parttime", "teilzeit"]).then_some(WorkingTime::Part)
    }
}

/// Whether a word in a column about employment says that the person has left.
pub fn has_left(text: &str) -> bool {
    const LEFT: [&str; 30] = [
        "terminated",
        "inactive",
        "resigned",
        "left",
        "former",
        "former employee",
        "leaver",
        "ex-employee",
        "ex employee",
        "departed",
        "offboarded",
        "separated",
        "relieved",
        "retired",
        "deceased",
        "dismissed",
        "exited",
        "exit",
        "ended",
        "deactivated",
        "dismissal",
        "no longer employed",
        "not active",
        "no",
        "false",
        "n",
        "alumni",
        "ausgeschieden",
        "inaktiv",
        "inactif",
    ];
    let word = folded(text);
    let begins = ["terminated ", "terminated-", "inactive ", "inactive-", "resigned ", "left ", "former "];
    LEFT.contains(&word.as_str()) || begins.iter().any(|start| word.starts_with(start))
}

/// Whether a word in a column about employment says that the person is there.
pub fn is_there(text: &str) -> bool {
    const THERE: [&str; 14] = [
        "active",
        "employed",
        "current",
        "working",
        "yes",
        "true",
        "y",
        "on leave",
        "leave",
        "probation",
        "confirmed",
        "permanent",
        "aktiv",
        "actif",
    ];
    THERE.contains(&folded(text).as_str())
}

/// A word in lower case, without quotes and spaces around it.
pub fn folded(text: &str) -> String {
    text.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\'' | '"' | '‘' | '’' | '(' | ')' | '[' | ']')
    })
    .to_lowercase()
}

/// Whether a word means that there is no value. `own` are further such words.
pub fn is_nothing(text: &str, own: &[String]) -> bool {
    let word = folded(text);
    text.trim().is_empty() || is_no_value(&word) || own.iter().any(|own| folded(own) == word)
}

fn is_no_value(word: &str) -> bool {
    SIGNS.contains(&word) || WORDS.contains(&word)
}

/// Whether it means no value only by a word that may be a value, and that `own` does not list.
pub fn could_be_a_value(text: &str, own: &[String]) -> bool {
    let word = folded(text);
    WORDS.contains(&word.as_str()) && own.iter().all(|own| folded(own) != word)
}

/// Whether it may be part of a name: some people are called `Na` or `Null`.
pub fn is_part_of_a_name(text: &str) -> bool {
    let word = folded(text);
    !word.is_empty() && !SIGNS.contains(&word.as_str())
}

/// What a name says about its position. `vacant` are further words for a vacant one.
pub fn holder(text: &str, vacant: &[String]) -> HolderCell {
    let word = folded(text);
    let says = |words: &[&str]| words.contains(&word.as_str());
    let is_own = vacant.iter().any(|own| folded(own) == word);
    if says(&GONE) || (!is_own && has_word(&word, &["eliminated", "abolished"])) {
        return HolderCell::Gone;
    }
    if is_own || says(&VACANT) || is_waiting(&word) || word.is_empty() {
        return HolderCell::Vacant;
    }
    if says(&UNDISCLOSED) {
        return HolderCell::Undisclosed;
    }
    if is_no_value(&word) { HolderCell::Vacant } else { HolderCell::Person }
}

/// Whether a name means a vacant or removed position only by a remark such as `Post vacant since May`.
pub fn is_remark(text: &str, vacant: &[String]) -> bool {
    let word = folded(text);
    let is_known = VACANT.contains(&word.as_str())
        || GONE.contains(&word.as_str())
        || is_no_value(&word)
        || vacant.iter().any(|own| folded(own) == word);
    !word.is_empty() && !is_known && matches!(holder(text, vacant), HolderCell::Vacant | HolderCell::Gone)
}

fn is_waiting(word: &str) -> bool {
    let begins = WAITING.iter().any(|start| {
        word.strip_prefix(start).is_some_and(|rest| {
            rest.is_empty() || start.ends_with(' ') || rest.starts_with([' ', '-', '–', '(', ':', ',', '/'])
        })
    });
    begins || has_word(word, &["vacant", "vacancy"])
}

fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|own| words.contains(&own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_place_of_a_name_are_not_people() {
        let says = |text: &str| holder(text, &["Gap".to_owned()]);
        for word in ["Vacant", " VACANT ", "Not in post", "Vacant - recruiting", "gap", "-", "", "TBC"] {
            assert_eq!(says(word), HolderCell::Vacant, "{word}");
            assert!(!is_remark(word, &["Gap".to_owned()]) || word.contains("recruiting"), "{word}");
        }
        for word in [
            "Currently vacant",
            "Post Vacant",
            "To be recruited",
            "New Hire",
            "Open req 1234",
            "TBC - Java dev",
        ] {
            assert_eq!(says(word), HolderCell::Vacant, "{word}");
            assert!(is_remark(word, &[]), "{word}");
        }
        assert_eq!(says("Post eliminated"), HolderCell::Gone);
        assert_eq!(says("'Eliminated'"), HolderCell::Gone);
        assert_eq!(says("N/D"), HolderCell::Undisclosed);
        for name in ["Ada Open", "Vacanti Maria", "Nil Ramos", "Ty XX"] {
            assert_eq!(says(name), HolderCell::Person, "{name}");
        }
        assert!(is_nothing("XX", &[]) && is_nothing(" n/a", &[]) && !is_nothing("0", &[]));
        assert_eq!(working_time("Full-time (40 h)"), Some(WorkingTime::Full));
        assert_eq!(working_time("Part time"), Some(WorkingTime::Part));
        assert_eq!(working_time("50%"), None);
        assert_eq!(working_time("Active - Part-time"), Some(WorkingTime::Part));
        assert!(
            has_left("Terminated - voluntary")
                && has_left("No")
                && !has_left("On leave")
                && is_there("Active")
        );
        assert!(could_be_a_value("NA", &[]) && !could_be_a_value("n/a", &[]));
        assert!(!could_be_a_value("NA", &["na".to_owned()]));
    }
}
