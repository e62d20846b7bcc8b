//! Edits of a text file that leave its encoding and all other bytes alone.

use std::{fs, ops::Range, path::Path};

use crate::{error::ReadError, text::encoding};

/// A text file that can be turned back into the bytes it was.
pub struct SourceFile {
    pub bytes: Vec<u8>,
    pub text: String,
    pub encoding: &'static encoding_rs::Encoding,
    mark: usize,
}

impl SourceFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ReadError::Io`].
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let bytes = fs::read(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
        Ok(Self::of(bytes))
    }

    pub fn of(bytes: Vec<u8>) -> Self {
        let (encoding, mark) = encoding(&bytes);
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        Self { text: text.into_owned(), encoding, mark, bytes }
    }

    /// The bytes of a changed text in the file's encoding. None if the encoding can't hold the text, or if reading
    /// lost something, so that unchanged parts would not stay the same.
    pub fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        (self.encode(&self.text)? == self.bytes).then(|| self.encode(text)).flatten()
    }

    fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = self.bytes[..self.mark].to_vec();
        if self.encoding == encoding_rs::UTF_16LE {
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        } else if self.encoding == encoding_rs::UTF_16BE {
            bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        } else {
            let (encoded, _, has_lost) = self.encoding.encode(text);
            if has_lost {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
        Some(bytes)
    }
}

/// Replacements of byte ranges of a text.
#[derive(Debug, Default, Clone)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub fn put(&mut self, at: Range<usize>, text: impl Into<String>) {
        self.0.push((at, text.into()));
    }

    /// Adds the edits of a part of the text that starts at `start`.
    pub fn extend(&mut self, of_part: Edits, start: usize) {
        let moved = of_part.0.into_iter().map(|(at, text)| (at.start + start..at.end + start, text));
        self.0.extend(moved);
    }

    /// Start of the first edit.
    pub fn first(&self) -> Option<usize> {
        self.0.iter().map(|(at, _)| at.start).min()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies the edits. They must not overlap; edits at the same place are applied in the order given.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let (mut edited, mut from) = (String::with_capacity(text.len() + 64), 0);
        for (at, new) in self.0 {
            edited.push_str(&text[from..at.start]);
            edited.push_str(&new);
            from = at.end;
        }
        edited.push_str(&text[from..]);
        edited
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> SourceFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        SourceFile::read(file.path()).unwrap()
    }

    #[test]
    fn text_round_trips_in_every_encoding() {
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Zoë".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in ["Zoë".as_bytes(), b"\xEF\xBB\xBFZo\xC3\xAB", b"Zo\xEB", &wide] {
            let source = source(bytes);
            assert_eq!(source.text, "Zoë");
            assert_eq!(source.encoded(&source.text).as_deref(), Some(bytes));
        }
        assert_eq!(source(b"Zo\xEB").encoded("Zoë 猫"), None);
        assert_eq!(source(b"Zo\xEB").encoded("Ana"), Some(b"Ana".to_vec()));
    }

    #[test]
    fn applies_edits_in_order() {
        let mut edits = Edits::default();
        edits.put(4..5, "E");
        edits.put(0..1, "A");
        edits.put(2..2, "+");
        assert_eq!(edits.apply("abcde"), "Ab+cdE");
    }
}
