//! Multiples after a number: `120k`, `1.2 Mio.`, `137 T€`, `1.4e5`.

use super::currency::{self, first_word, is_sign};

const THOUSAND: i128 = 1_000;
const MILLION: i128 = 1_000_000;
/// In lower case, with their values; `mil` is a thousand in Spanish and a million in English.
const MULTIPLES: &[(&str, [i128; 2])] = &[
    ("k", [THOUSAND; 2]),
    ("ks", [THOUSAND; 2]),
    ("t", [THOUSAND; 2]),
    ("tsd", [THOUSAND; 2]),
    ("td", [THOUSAND; 2]),
    ("tausend", [THOUSAND; 2]),
    ("thousand", [THOUSAND; 2]),
    ("thousands", [THOUSAND; 2]),
    ("thou", [THOUSAND; 2]),
    ("grand", [THOUSAND; 2]),
    ("mille", [THOUSAND; 2]),
    ("mila", [THOUSAND; 2]),
    ("duizend", [THOUSAND; 2]),
    ("tusen", [THOUSAND; 2]),
    ("tys", [THOUSAND; 2]),
    ("tysięcy", [THOUSAND; 2]),
    ("tis", [THOUSAND; 2]),
    ("тыс", [THOUSAND; 2]),
    ("тысяч", [THOUSAND; 2]),
    ("тис", [THOUSAND; 2]),
    ("mil", [THOUSAND, MILLION]),
    ("m", [MILLION; 2]),
    ("mm", [MILLION; 2]),
    ("mn", [MILLION; 2]),
    ("mln", [MILLION; 2]),
    ("mio", [MILLION; 2]),
    ("mill", [MILLION; 2]),
    ("million", [MILLION; 2]),
    ("millions", [MILLION; 2]),
    ("millionen", [MILLION; 2]),
    ("millones", [MILLION; 2]),
    ("млн", [MILLION; 2]),
    ("lakh", [100_000; 2]),
    ("lakhs", [100_000; 2]),
    ("lac", [100_000; 2]),
    ("cr", [10_000_000; 2]),
    ("crore", [10_000_000; 2]),
    ("crores", [10_000_000; 2]),
    ("b", [1_000_000_000; 2]),
    ("bn", [1_000_000_000; 2]),
    ("billion", [1_000_000_000; 2]),
    ("mrd", [1_000_000_000; 2]),
    ("md", [1_000_000_000; 2]),
    ("milliarden", [1_000_000_000; 2]),
];
/// Length of the longest, in bytes.
const LONGEST: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiple {
    /// Including what stands before it, in bytes.
    pub length: usize,
    pub by: [i128; 2],
}

impl Multiple {
    pub fn is_thousand(self) -> bool {
        self.by[0] == THOUSAND
    }
}

/// The multiple at the start of a text that follows a number.
pub fn after(text: &str) -> Option<Multiple> {
    if let Some(power) = power(text) {
        return Some(power);
    }
    let blanks: usize =
        text.chars().take(3).take_while(|letter| letter.is_whitespace()).map(char::len_utf8).sum();
    let hyphen = usize::from(blanks == 0 && text.starts_with('-'));
    let from = blanks + hyphen;
    let word = first_word(&text[from..]);
    // `5-m` is not a multiple, `137-thousand` is.
    if word.is_empty() || word.len() > LONGEST || (hyphen > 0 && word.len() < 5) {
        return None;
    }
    // The middle of an id: `987b0120`.
    if from == 0 && text[word.len()..].starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    if let Some(by) = of(word) {
        return Some(Multiple { length: from + word.len(), by });
    }
    // `kEUR`, `TEUR`, `MUSD`.
    let first = word.chars().next().filter(|first| matches!(first, 'k' | 'K' | 't' | 'T' | 'm' | 'M'))?;
    let is_currency = currency::is_code(&word[1..]) || matches!(&word[1..], "Euro" | "euro" | "Eur" | "eur");
    let by = of(&word[..first.len_utf8()]).filter(|_| is_currency)?;
    Some(Multiple { length: from + 1, by })
}

fn of(word: &str) -> Option<[i128; 2]> {
    let word = word.to_lowercase();
    MULTIPLES.iter().find(|(name, _)| *name == word).map(|(_, by)| *by)
}

/// `e5` and `E+05`.
fn power(text: &str) -> Option<Multiple> {
    let sign = text.strip_prefix(['e', 'E'])?;
    let digits = sign.strip_prefix('+').unwrap_or(sign);
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let is_end = !digits[count..].starts_with(|letter: char| letter.is_alphanumeric() && !is_sign(letter));
    let power: u32 = digits[..count].parse().ok().filter(|power| *power <= 12)?;
    let length = text.len() - digits.len() + count;
    (count <= 2 && is_end).then_some(Multiple { length, by: [10_i128.pow(power); 2] })
}
