//! One of a few words.

/// One of a few words, in one column; the type has `ALL`, `word` and `from_word`.
macro_rules! word_value {
    ($Type:ident, $words:expr) => {
        impl $crate::field::FieldData for $Type {
            fn json(&self) -> serde_json::Value {
                self.word().into()
            }
            fn set_json(&mut self, value: &serde_json::Value) -> bool {
                let read = value.as_str().and_then(Self::from_word);
                *self = read.unwrap_or(*self);
                read.is_some()
            }
            fn write<'a>(&'a self, cells: &mut Vec<$crate::field::Cell<'a>>) {
                cells.push($crate::field::Cell::text(self.word()));
            }
            fn read(&mut self, cells: &[$crate::field::Cell<'_>]) -> Result<(), String> {
                let word = cells.first().and_then($crate::field::Cell::as_text).unwrap_or_default();
                *self = Self::from_word(word).ok_or_else(|| format!("“{word}” is not known"))?;
                Ok(())
            }
            fn words(&self, _names: &dyn $crate::field::Names) -> String {
                let words: fn($Type) -> String = $words;
                words(*self)
            }
        }
        impl $Type {
            const WORDS: [&'static str; $Type::ALL.len()] = {
                let mut words = [""; $Type::ALL.len()];
                let mut at = 0;
                while at < words.len() {
                    words[at] = $Type::ALL[at].word();
                    at += 1;
                }
                words
            };
        }
        impl $crate::field::ValueType for $Type {
            const TYPE: $crate::field::FieldType = $crate::field::FieldType::OneOf(&Self::WORDS);
        }
        impl $crate::field::FieldData for Option<$Type> {
            fn is_empty(&self) -> bool {
                self.is_none()
            }
            fn json(&self) -> serde_json::Value {
                self.map($Type::word).into()
            }
            fn set_json(&mut self, value: &serde_json::Value) -> bool {
                let read = value.as_str().and_then($Type::from_word);
                if read.is_some() || value.is_null() {
                    *self = read;
                    return true;
                }
                false
            }
            fn write<'a>(&'a self, cells: &mut Vec<$crate::field::Cell<'a>>) {
                cells.push(
                    self.map_or($crate::field::Cell::Null, |word| $crate::field::Cell::text(word.word())),
                );
            }
            fn read(&mut self, cells: &[$crate::field::Cell<'_>]) -> Result<(), String> {
                let word = cells.first().and_then($crate::field::Cell::as_text);
                let read =
                    word.map(|word| $Type::from_word(word).ok_or_else(|| format!("“{word}” is not known")));
                *self = read.transpose()?;
                Ok(())
            }
            fn words(&self, names: &dyn $crate::field::Names) -> String {
                self.map(|word| $crate::field::FieldData::words(&word, names)).unwrap_or_default()
            }
        }
        impl $crate::field::ValueType for Option<$Type> {
            const TYPE: $crate::field::FieldType = $crate::field::FieldType::OneOf(&$Type::WORDS);
        }
    };
}
pub(crate) use word_value;
