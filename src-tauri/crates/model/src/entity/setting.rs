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

    fn display_name(&self, _names: &dyn Names) -> String {
        name_of_key(&self.key)
    }
}

/// What a setting is about, in words: `plan name`, `rule team-too-small: people`. Of one that is not known, the key.
fn name_of_key(key: &str) -> String {
    let after = |prefix: &str| key.strip_prefix(prefix);
    match key {
        "plan.name" => "plan name".to_owned(),
        "currency" => "currency of the plan".to_owned(),
        "pay-range" => "use of salary ranges".to_owned(),
        _ if key.starts_with("hand-out:") || key.starts_with("handed-out") => {
            "checklists shared as files".to_owned()
        }
        _ => match (after("import-profile:"), after("rule.").map(|rest| rest.split_once('.'))) {
            (Some(profile), _) => format!("import profile {profile}"),
            (_, Some(Some((rule, what)))) => format!("rule {rule}: {}", what.replace(['-', '_'], " ")),
            _ => key.to_owned(),
        },
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

#[cfg(test)]
mod tests {
    use super::name_of_key;

    #[test]
    fn settings_are_named_in_words() {
        for (key, name) in [
            ("plan.name", "plan name"),
            ("rule.team-too-small.people", "rule team-too-small: people"),
            ("rule.bus-factor-one.severity", "rule bus-factor-one: severity"),
            ("import-profile:Workday", "import profile Workday"),
            ("handed-out 2", "checklists shared as files"),
            ("something.else", "something.else"),
        ] {
            assert_eq!(name_of_key(key), name);
        }
    }
}
