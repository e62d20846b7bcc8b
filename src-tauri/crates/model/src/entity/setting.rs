use serde::{Deserialize, Serialize};

use super::*;

/// A setting of the plan: its name, its currency, a severity or threshold of the policy, an import profile.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    pub id: SettingId,
    pub key: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
}

impl Entity for Setting {
    type Id = SettingId;
    const KIND: Kind = Kind::Setting;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn references(&self, _visit: &mut dyn FnMut(EntityRef)) {}

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_text("value", &self.value)
    }
}
