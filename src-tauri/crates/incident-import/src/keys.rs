//! Keys of incidents and actions: what their tools call them, and the same for all tables of one tool.

/// The key of an incident by its ID: a bare number is `incident-12`.
pub(crate) fn incident_key(id: &str) -> String {
    key_of_id(id, "incident")
}

/// The key of an action by its ID: a bare number is `action-12`.
pub(crate) fn action_key(id: &str) -> String {
    key_of_id(id, "action")
}

fn key_of_id(id: &str, noun: &str) -> String {
    let id = id.trim().trim_start_matches('#').trim();
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("{noun}-{id}") } else { id.to_owned() }
}

/// A short key from words: `add-an-alert-for-harbor`.
pub(crate) fn key_of_words(words: &str) -> String {
    const LONGEST: usize = 48;
    let mut key = String::new();
    for word in words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !key.is_empty() && key.chars().count() + 1 + word.chars().count() > LONGEST {
            break;
        }
        if !key.is_empty() {
            key.push('-');
        }
        key.extend(word.chars().flat_map(char::to_lowercase).take(LONGEST));
    }
    key
}
