//! Strips names of what HR software puts around them: IDs, email addresses, remarks, titles.

/// A name, and what was around it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CleanName {
    /// The name alone.
    pub name: String,
    pub id: Option<String>,
    /// The ID is marked by brackets, a dash or the like, not just a number after the name.
    pub is_id_marked: bool,
    pub email: Option<String>,
    /// A remark says that the person has left.
    pub has_left: bool,
}

/// Remarks about people beside their names: type of employment, absence.
const REMARKS: [&str; 67] = [
    "on leave",
    "leave",
    "loa",
    "on loa",
    "leave of absence",
    "maternity",
    "paternity",
    "sabbatical",
    "on sabbatical",
    "long term sick",
    "sick",
    "suspended",
    "garden leave",
    "contractor",
    "contract",
    "contingent",
    "contingent worker",
    "cw",
    "c",
    "consultant",
    "freelancer",
    "freelance",
    "external",
    "ext",
    "extern",
    "temp",
    "temporary",
    "t",
    "intern",
    "internship",
    "i",
    "trainee",
    "apprentice",
    "student",
    "working student",
    "werkstudent",
    "praktikant",
    "part time",
    "part-time",
    "pt",
    "full time",
    "full-time",
    "ft",
    "probation",
    "on probation",
    "notice",
    "notice period",
    "on notice",
    "serving notice",
    "active",
    "acting",
    "interim",
    "remote",
    "vendor",
    "agency",
    "expat",
    "secondment",
    "on secondment",
    "seconded",
    "elternzeit",
    "in elternzeit",
    "mutterschutz",
    "beurlaubt",
    "en congé",
    "congé",
    "you",
    "manager",
];
const GONE: [&str; 15] = [
    "terminated",
    "inactive",
    "former",
    "former employee",
    "left",
    "leaver",
    "resigned",
    "ex",
    "ex-employee",
    "retired",
    "deceased",
    "deactivated",
    "departed",
    "offboarded",
    "ausgeschieden",
];
/// Labels of an ID.
const LABELS: [&str; 17] = [
    "id",
    "no",
    "nr",
    "number",
    "emp",
    "employee",
    "empid",
    "worker",
    "staff",
    "personnel",
    "person",
    "eid",
    "badge",
    "ref",
    "code",
    "pers",
    "user",
];
const TITLES: [&str; 24] = [
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "sir",
    "dame",
    "herr",
    "frau",
    "ing",
    "dipl-ing",
    "mag",
    "dott",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "sra",
    "shri",
    "smt",
    "dr-ing",
];
const DEGREES: [&str; 17] = [
    "phd", "mba", "msc", "bsc", "jr", "sr", "esq", "cpa", "cfa", "pmp", "md", "ii", "iii", "iv", "obe",
    "llm", "dphil",
];
const PRONOUNS: [&str; 10] = ["he", "him", "his", "she", "her", "hers", "they", "them", "theirs", "any"];

impl CleanName {
    pub fn of(text: &str) -> Self {
        let mut named = Self::default();
        let rest = named.without_brackets(text);
        let rest = named.without_email(&rest);
        let mut kept: Vec<String> = Vec::new();
        let parts = pieces(&rest);
        let has_several = parts.len() > 1;
        for piece in parts {
            let piece = piece.trim_matches(|letter: char| {
                letter.is_whitespace() || matches!(letter, ',' | '*' | '†' | '‡')
            });
            // A single letter after a dash is hardly a remark, and a word alone is a name.
            if piece.is_empty() || named.takes(piece, has_several && piece.chars().count() > 1) {
                continue;
            }
            kept.push(named.without_number(without_quotes(piece)));
        }
        // The label of an ID is not a name: `ID: 1001`.
        if named.id.is_some() {
            kept.retain(|piece| !piece.split_whitespace().all(is_label));
        }
        named.name = kept.join(" - ");
        named
    }

    /// Takes a piece that is not a name: an ID or a remark.
    fn takes(&mut self, text: &str, may_be_remark: bool) -> bool {
        if let Some(id) = id_in(text) {
            self.is_id_marked |= self.id.is_none();
            self.id.get_or_insert(id);
            return true;
        }
        if may_be_remark && (is_remark(text) || has_left(text)) {
            self.has_left |= has_left(text);
            return true;
        }
        false
    }

    fn without_brackets(&mut self, text: &str) -> String {
        let mut rest = String::with_capacity(text.len());
        let mut open: Option<(char, String)> = None;
        for letter in text.chars() {
            match (&mut open, letter) {
                (None, '(' | '[' | '{' | '<') => open = Some((letter, String::new())),
                (None, letter) => rest.push(letter),
                (Some((before, inside)), ')' | ']' | '}' | '>') if closes(*before) == letter => {
                    let inside = std::mem::take(inside);
                    if inside.contains('@') {
                        self.without_email(&inside);
                    } else if !self.takes(inside.trim(), true) {
                        rest.push(*before);
                        rest.push_str(&inside);
                        rest.push(letter);
                    } else {
                        rest.push(' ');
                    }
                    open = None;
                }
                (Some((_, inside)), letter) => inside.push(letter),
            }
        }
        if let Some((before, inside)) = open {
            rest.push(before);
            rest.push_str(&inside);
        }
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn without_email(&mut self, text: &str) -> String {
        let is_edge = |letter: char| !letter.is_alphanumeric();
        let is_email = |word: &&str| word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.'));
        let (emails, words): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(is_email);
        if let Some(email) = emails.first() {
            self.email.get_or_insert_with(|| without_scheme(email.trim_matches(is_edge)).to_lowercase());
        }
        words.join(" ")
    }

    /// The text without a number before or after the words: `1001 Ada Okafor`, `Ada Okafor #1001`.
    fn without_number(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_name = |words: &[&str]| {
            words.iter().any(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1)
        };
        let is_long =
            |word: &str| word.bytes().filter(u8::is_ascii_digit).count() > 2 || word.starts_with('#');
        let number = |word: &str| id_in(word).filter(|_| is_long(word));
        match words.as_slice() {
            [rest @ .., label, last] if is_label(label) && is_name(rest) && number(last).is_some() => {
                self.is_id_marked |= self.id.is_none();
                self.id = self.id.take().or_else(|| number(last));
                rest.join(" ")
            }
            [rest @ .., last] if is_name(rest) && number(last).is_some() => {
                self.is_id_marked |= self.id.is_none() && last.starts_with('#');
                self.id = self.id.take().or_else(|| number(last));
                rest.join(" ").trim_end_matches([',', ':']).to_owned()
            }
            [first, rest @ ..] if is_name(rest) && number(first).is_some() => {
                self.id = self.id.take().or_else(|| number(first));
                rest.join(" ")
            }
            _ => text.to_owned(),
        }
    }
}

fn is_label(word: &str) -> bool {
    LABELS.contains(&word.trim_matches(['.', ':', '#']).to_lowercase().as_str())
}

/// An email address without `mailto:` and the like.
pub fn without_scheme(email: &str) -> &str {
    const SCHEME: &str = "mailto:";
    match email.get(..SCHEME.len()) {
        Some(start) if start.eq_ignore_ascii_case(SCHEME) => email[SCHEME.len()..].trim_start(),
        _ => email,
    }
}

/// Removes quotes around the whole name; those within may mark a nickname.
fn without_quotes(text: &str) -> &str {
    const QUOTES: [(char, char); 6] =
        [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('\'', '\'')];
    let inside = |(open, close): (char, char)| {
        let inside = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains([open, close])).then_some(inside.trim())
    };
    QUOTES.into_iter().find_map(inside).filter(|inside| !inside.is_empty()).unwrap_or(text)
}

fn closes(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => '>',
    }
}

/// Splits at dashes, bars and the like. A dash within a name has no space beside it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (at, letter)) in letters.iter().enumerate() {
        let is_blank = |index: Option<usize>| {
            index.and_then(|index| letters.get(index)).is_none_or(|(_, letter)| letter.is_whitespace())
        };
        let (before, after) = (is_blank(index.checked_sub(1)), is_blank(Some(index + 1)));
        let divides = match letter {
            '|' | ';' | '·' | '•' => true,
            '-' | '–' | '—' | '/' => before || after,
            ':' => after,
            _ => false,
        };
        if divides {
            pieces.push(&text[from..*at]);
            from = at + letter.len_utf8();
        }
    }
    pieces.push(&text[from..]);
    pieces
}

/// An ID, alone or with its label: `1001`, `#1001`, `E-1001`, `ID: 1001`.
fn id_in(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ':' | '#'))
        .filter(|word| !word.is_empty())
        .collect();
    let last = words.pop()?;
    let is_label = |word: &&str| LABELS.contains(&word.trim_matches('.').to_lowercase().as_str());
    if !words.iter().all(is_label) {
        return None;
    }
    let digits = last.bytes().filter(u8::is_ascii_digit).count();
    let letters = last.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_plain =
        last.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/'));
    let starts_well = last.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    (is_plain && starts_well && digits > 0 && letters <= 6 && digits + 1 >= letters).then(|| last.to_owned())
}

fn is_remark(text: &str) -> bool {
    let word = plain(text);
    let is_pronoun = word.contains('/') && word.split('/').all(|part| PRONOUNS.contains(&part.trim()));
    let begins = [
        "on leave ",
        "leave ",
        "leave:",
        "loa ",
        "on loa ",
        "maternity ",
        "paternity ",
        "parental ",
        "until ",
    ];
    REMARKS.contains(&word.as_str())
        || is_pronoun
        || word.ends_with(" leave")
        || begins.iter().any(|start| word.starts_with(start))
}

fn has_left(text: &str) -> bool {
    let word = plain(text);
    let begins = ["terminated ", "inactive ", "left ", "resigned ", "retired "];
    GONE.contains(&word.as_str()) || begins.iter().any(|start| word.starts_with(start))
}

fn plain(text: &str) -> String {
    text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '.' | '*')).to_lowercase()
}

/// The same text for all spellings of one name: `Lovelace, Ada` and `ada  lovelace`.
pub fn folded(name: &str) -> String {
    let turned = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    headroom_model::folded(&turned).into_owned()
}

/// A name without brackets, nicknames, titles, degrees and punctuation. Several people may share it.
pub fn bare(name: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0_u32;
    for letter in name.chars() {
        match letter {
            '(' | '[' | '{' | '“' => depth += 1,
            ')' | ']' | '}' | '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    let word_of = |word: &str| word.to_lowercase().replace('.', "");
    let is_degree = |word: &str| DEGREES.contains(&word_of(word.trim_matches(',')).as_str());
    let parts: Vec<&str> =
        outside.split(',').map(str::trim).filter(|part| !part.is_empty() && !is_degree(part)).collect();
    let turned = folded(&parts.join(", "));
    let words: Vec<String> = turned.split(' ').map(word_of).collect();
    let from = words.iter().take_while(|word| TITLES.contains(&word.as_str())).count();
    let mut words = if from < words.len() { &words[from..] } else { &words[..] };
    while let [rest @ .., last] = words
        && rest.len() > 1
        && is_degree(last)
    {
        words = rest;
    }
    words.join(" ")
}

#[cfg(test)]
mod tests;
