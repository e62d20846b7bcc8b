//! Texts of a bill, each once: rows by the million name few of them.

use std::sync::Arc;

use encoding_rs::WINDOWS_1252;
use rustc_hash::FxHashMap;

/// The number of a text; `0` is the empty one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(u32);

impl TextId {
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
pub struct Texts {
    ids: FxHashMap<Box<[u8]>, TextId>,
    texts: Vec<Arc<str>>,
}

impl Default for Texts {
    fn default() -> Self {
        let empty = std::iter::once((Box::from(&b""[..]), TextId::default()));
        Self { ids: empty.collect(), texts: vec!["".into()] }
    }
}

impl Texts {
    /// Of a cell, without the spaces around it.
    pub fn id(&mut self, text: &[u8]) -> TextId {
        self.of_bytes(text.trim_ascii())
    }

    /// Of a text as it is: keys of tags may begin with a space.
    pub fn exact(&mut self, text: &str) -> TextId {
        self.of_bytes(text.as_bytes())
    }

    fn of_bytes(&mut self, text: &[u8]) -> TextId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(0));
        self.texts.push(decoded(text).into());
        self.ids.insert(text.into(), id);
        id
    }

    pub fn text(&self, id: TextId) -> &Arc<str> {
        &self.texts[id.index()]
    }
}

/// UTF-8, or else what Excel writes.
pub fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
