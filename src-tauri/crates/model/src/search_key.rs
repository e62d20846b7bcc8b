//! The form in which texts are searched: `gdansk` finds `Gdańsk`, `strasse` finds `Straße`, and it makes no difference
//! how an accent is encoded. It is looser than [`folded`](crate::folded), which decides whether two names are one.
//!
//! The page does the same in `ui/src/lib/search-key.ts`; `ui/src/lib/search-key-cases.json` is tested on both sides.

use std::borrow::Cow;

use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};

const DECOMPOSED: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfkd();

/// The form of a text in which it is searched: lower case, without accents, single spaces between words. A text contains
/// what is looked for if its form contains the other's.
pub fn search_key(text: &str) -> String {
    let plain = if text.is_ascii() { Cow::Borrowed(text) } else { DECOMPOSED.normalize(text) };
    let mut key = String::with_capacity(plain.len());
    for letter in plain.chars().filter(|letter| !is_mark(*letter)).flat_map(char::to_lowercase) {
        match base(letter) {
            Some(base) => key.push_str(base),
            None if letter.is_whitespace() => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            // Lower case can bring a mark of its own, as that of İ does.
            None if is_mark(letter) => {}
            None => key.push(letter),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The words of what was typed into a filter, for [`matches`].
pub fn search_words(typed: &str) -> Vec<String> {
    search_key(typed).split_whitespace().map(str::to_owned).collect()
}

/// Whether every one of the [words](search_words) occurs in one of the texts.
pub fn matches<'a>(words: &[String], texts: impl IntoIterator<Item = &'a str>) -> bool {
    if words.is_empty() {
        return true;
    }
    let keys: Vec<String> = texts.into_iter().map(search_key).collect();
    words.iter().all(|word| keys.iter().any(|key| key.contains(word.as_str())))
}

/// Accents, the points of Hebrew and Arabic, and what is invisible. Not the marks of scripts whose vowels they are.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}'
        | '\u{5b0}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What is typed for a letter that has no accent to take away.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ə' => "e",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        '‘' | '’' | 'ʻ' | 'ʼ' | '′' => "'",
        '“' | '”' => "\"",
        '‐' | '–' | '—' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_fold_as_they_do_in_the_page() {
        let cases: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../../../ui/src/lib/search-key-cases.json")).unwrap();
        assert!(cases.len() > 40);
        for (text, key) in cases {
            assert_eq!(search_key(&text), key, "{text}");
        }
    }

    #[test]
    fn filters_ignore_case_accents_and_the_order_of_words() {
        for (typed, text) in
            [("gdansk", "Gdańsk"), ("GDAŃSK", "Gdan\u{301}sk"), ("Márquez", "MARQUEZ"), (" ", "x")]
        {
            assert!(matches(&search_words(typed), [text]), "{typed} {text}");
        }
        assert!(matches(&search_words("berlin marquez"), ["Ana Márquez", "Berlin"]));
        assert!(!matches(&search_words("berlin marquez"), ["Ana Márquez", "Gdańsk"]));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key_whichever_way_a_text_is_composed(text in "\\PC{0,8}") {
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key.clone());
            let composed = icu_normalizer::ComposingNormalizer::new_nfc().normalize(&text).into_owned();
            let apart = DecomposingNormalizer::new_nfd().normalize(&text).into_owned();
            prop_assert_eq!(search_key(&composed), key.clone());
            prop_assert_eq!(search_key(&apart), key);
        }
    }
}
