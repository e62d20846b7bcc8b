//! Comparing names: `MÁLAGA`, `Málaga` and `Ma\u{301}laga` (other code points, as macOS writes them) are one place.
//! Places, levels, disciplines and team names are compared by this module alone.

use std::borrow::Cow;

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::{
    ComposingNormalizer, ComposingNormalizerBorrowed, DecomposingNormalizer, DecomposingNormalizerBorrowed,
};

const COMPOSED: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfc();
const DECOMPOSED: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfd();
const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();

/// The folded form of a name: equal for all its spellings, with single spaces between words and none around them.
///
/// A canonical caseless match, <https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G34078>, composed
/// again so that it can be shown.
pub fn folded(text: &str) -> Cow<'_, str> {
    let text = single_spaced(text.trim());
    if !text.is_ascii() {
        return COMPOSED.normalize(&CASES.fold_string(&DECOMPOSED.normalize(&text))).into_owned().into();
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text }
}

fn single_spaced(text: &str) -> Cow<'_, str> {
    let is_odd = |before: char, at: char| at.is_whitespace() && (at != ' ' || before == ' ');
    let is_single = match text.is_ascii() {
        // The common case, and whole tables are searched.
        true => text.as_bytes().windows(2).all(|pair| !is_odd(pair[0].into(), pair[1].into())),
        false => text.chars().zip(text.chars().skip(1)).all(|(before, at)| !is_odd(before, at)),
    };
    if is_single { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// Whether two names are the same when folded.
pub fn same_word(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    // Fast path: most names are one word in ASCII.
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    !(is_plain(a) && is_plain(b)) && folded(a) == folded(b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_a_name_fold_alike() {
        for (a, b) in [
            ("MÁLAGA", "Málaga"),
            ("Málaga", "Ma\u{301}laga"),
            ("MA\u{301}LAGA", " málaga "),
            ("STRASSE", "Straße"),
            ("ŁÓDŹ", "łódź"),
            ("МОСКВА", "Москва"),
            ("ΟΔΟΣ", "οδος"),
            ("οδος", "οδοσ"),
            ("Berlin", "BERLIN"),
            ("", "  "),
            ("Tel\u{a0}Aviv", "TEL  AVIV"),
        ] {
            assert!(same_word(a, b) && folded(a) == folded(b), "{a} {b}");
        }
        for (a, b) in [("Málaga", "Malaga"), ("Berlin", "Bern"), ("L4", "L5"), ("", "x")] {
            assert!(!same_word(a, b) && folded(a) != folded(b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn same_word_agrees_with_folding_and_folding_is_idempotent(a in "\\PC{0,6}", b in "\\PC{0,6}") {
            prop_assert_eq!(same_word(&a, &b), folded(&a) == folded(&b));
            let once = folded(&a).into_owned();
            prop_assert_eq!(folded(&once).into_owned(), once.clone());
        }
    }
}
