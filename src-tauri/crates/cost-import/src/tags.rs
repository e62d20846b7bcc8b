//! The tags of a row, in the notations of the clouds, and which of them are kept as labels.

use serde_json::Value;

use crate::columns::normalised;

/// Labels that may say whose a cost is, in the order in which they are asked. Others are kept only if somebody asks for them.
pub const KNOWN_LABELS: [&str; 24] = [
    "team",
    "owner",
    "ownerteam",
    "owningteam",
    "squad",
    "group",
    "service",
    "app",
    "application",
    "component",
    "appkubernetesioname",
    "appkubernetesiocomponent",
    "appkubernetesiopartof",
    "k8sapp",
    "businessunit",
    "department",
    "costcenter",
    "costcentre",
    "project",
    "product",
    "system",
    "environment",
    "env",
    "org",
];

/// Keys and values of a cell: JSON, an object without braces as Azure has it, or `key=value; key=value`.
pub fn parse_tags(cell: &[u8]) -> Option<Vec<(String, String)>> {
    let text = String::from_utf8_lossy(cell);
    let text = text.trim();
    if is_nothing(text.as_bytes()) || text == "{}" || text == "[]" {
        return Some(Vec::new());
    }
    let braced;
    let json = if text.starts_with('"') {
        braced = format!("{{{text}}}");
        &braced
    } else {
        text
    };
    if json.starts_with('{') || json.starts_with('[') {
        return from_json(&serde_json::from_str(json).ok()?);
    }
    let pairs = text.split([';', '|', ',']).map(str::trim).filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (key, value) = pair.split_once(['=', ':'])?;
        Some((key.trim().to_owned(), value.trim().to_owned()))
    };
    pairs.map(pair).collect()
}

fn from_json(value: &Value) -> Option<Vec<(String, String)>> {
    match value {
        Value::Object(object) => Some(object.iter().map(|(key, value)| (key.clone(), word(value))).collect()),
        Value::Array(items) => {
            let pair = |item: &Value| {
                let field = |names: [&str; 2]| names.iter().find_map(|name| item.get(*name));
                Some((field(["key", "Key"])?.as_str()?.to_owned(), word(field(["value", "Value"])?)))
            };
            items.iter().map(pair).collect()
        }
        _ => None,
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether a cell says nothing.
pub fn is_nothing(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.is_empty() || cell.eq_ignore_ascii_case(b"null")
}

/// What stands in place of the e-mail address of a person.
pub const EMAIL: &str = "(e-mail address)";

/// Whether a text holds an e-mail address.
pub fn has_email(text: &str) -> bool {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | ',' | ';' | '(' | ')'))
        .any(|word| {
            word.split_once('@').is_some_and(|(name, domain)| {
                !name.is_empty() && domain.contains('.') && !domain.starts_with('.')
            })
        })
}

/// Which labels are kept.
#[derive(Debug, Clone, Default)]
pub struct KeptLabels {
    asked: Vec<String>,
}

impl KeptLabels {
    pub fn new(asked: &[String]) -> Self {
        Self { asked: asked.iter().map(|key| normalised(key)).collect() }
    }

    fn keeps(&self, key: &str) -> bool {
        let key = normalised(key);
        KNOWN_LABELS.contains(&key.as_str()) || self.asked.contains(&key)
    }

    /// The labels of a row as a plan keeps them, in order, and how many e-mail addresses were left out.
    pub fn text(&self, tags: &[(String, String)]) -> (String, usize) {
        let mut emails = 0;
        let mut kept: Vec<String> = Vec::new();
        for (key, value) in tags {
            let (key, value) = (plain(key), plain(value));
            if value.is_empty() || is_nothing(value.as_bytes()) || !self.keeps(&key) {
                continue;
            }
            let is_email = has_email(&value);
            emails += usize::from(is_email);
            kept.push(format!("{key}={}", if is_email { EMAIL } else { &value }));
        }
        kept.sort();
        kept.dedup();
        (kept.join("; "), emails)
    }
}

/// Without what separates labels, and no longer than a name.
fn plain(text: &str) -> String {
    const LONGEST: usize = 100;
    let clean = text
        .trim()
        .chars()
        .map(|letter| if matches!(letter, ';' | '\0' | '\n' | '\r') { ',' } else { letter });
    clean.take(LONGEST).collect::<String>().trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_notation_is_read() {
        let expected = vec![("team".to_owned(), "pay".to_owned()), ("env".to_owned(), "dev".to_owned())];
        for cell in [
            r#"{"team": "pay", "env": "dev"}"#,
            r#""team": "pay","env": "dev""#,
            r#"[{"key": "team", "value": "pay"}, {"key": "env", "value": "dev"}]"#,
            r#"[{"Key": "team", "Value": "pay"}, {"Key": "env", "Value": "dev"}]"#,
            "team=pay; env=dev",
            "team:pay,env:dev",
        ] {
            let mut found = parse_tags(cell.as_bytes()).unwrap();
            found.sort_by_key(|(key, _)| key != "team");
            assert_eq!(found, expected, "{cell}");
        }
        assert_eq!(parse_tags(b"NULL").unwrap(), []);
        assert_eq!(parse_tags(br#"{"team": "#), None);
    }

    #[test]
    fn only_labels_that_matter_are_kept_and_no_address() {
        let tags = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        let kept = KeptLabels::new(&["Squad Name".to_owned()]);
        let row = tags(&[
            ("Team", " Pay;roll "),
            ("pod-hash", "x1"),
            ("squad-name", "blue"),
            ("owner", "ada@example.com"),
        ]);
        assert_eq!(kept.text(&row), ("Team=Pay,roll; owner=(e-mail address); squad-name=blue".to_owned(), 1));
        assert_eq!(kept.text(&tags(&[("team", "NULL"), ("env", "")])).0, "");
    }

    proptest! {
        #[test]
        fn never_panics_on_arbitrary_input(cell in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some(tags) = parse_tags(&cell) {
                KeptLabels::default().text(&tags);
            }
        }
    }
}
