use super::*;

entity! {
    /// A setting of the plan: its name, its currency, a severity or threshold of the policy, an import profile.
    pub struct Setting: SettingId {
        key: String, "ID", required();
        value: String, "value", long(), in_words(|row, _| value_in_words(&row.value));
    }
}

impl Entity for Setting {
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }
}

/// Settings of several parts are JSON, which nobody wants to read.
fn value_in_words(value: &str) -> String {
    match serde_json::from_str(value) {
        Ok(serde_json::Value::Object(_) | serde_json::Value::Array(_)) => {
            format!("settings ({} characters)", value.chars().count())
        }
        _ => value.to_owned(),
    }
}
