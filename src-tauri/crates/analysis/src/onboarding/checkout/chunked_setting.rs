//! Texts that are longer than one setting may be, split into chunks.

use headroom_model::{Draft, Plan};

/// The largest chunk in bytes, well below the limit of a setting.
const MOST: usize = 1 << 19;

/// Stores a text under `key`, and further chunks under the same key with a number.
pub(super) fn put(draft: &mut Draft<'_>, key: &str, text: &str) {
    let mut left = text;
    for nth in 1.. {
        let (piece, rest) = left.split_at(left.floor_char_boundary(MOST));
        draft.set(&numbered(key, nth), piece);
        if rest.is_empty() {
            return;
        }
        left = rest;
    }
}

pub(super) fn read(plan: &Plan, key: &str) -> Option<String> {
    let mut text = plan.setting(key)?.to_owned();
    let pieces = (2..).map_while(|nth| plan.setting(&numbered(key, nth)));
    pieces.for_each(|piece| text.push_str(piece));
    Some(text)
}

fn numbered(key: &str, nth: u32) -> String {
    if nth == 1 { key.to_owned() } else { format!("{key}:{nth}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunked_text_round_trips() {
        for length in [1, MOST - 1, MOST, MOST + 1, 5 * MOST + 7] {
            // Letters of two bytes, so that some chunk would end inside one.
            let text: String = "aé".chars().cycle().skip(1).take(length).collect();
            let mut plan = Plan::default();
            let mut draft = Draft::new(&plan);
            put(&mut draft, "kept", &text);
            put(&mut draft, "kept-too", "another");
            let changes = draft.finish();
            plan.apply(&changes).unwrap();
            assert!(plan.settings.iter().all(|setting| setting.value.len() <= MOST));
            assert!(read(&plan, "kept").unwrap() == text, "{length} letters");
        }
    }
}
