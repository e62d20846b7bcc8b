//! A checklist file in any encoding.

use std::{fs, path::Path, sync::Arc};

use headroom_files::{Diagnostic, Level, Place, ReadError, SourceFile, WriteError, encoding};

use super::{lines::Lines, text::ChecklistText};

/// A checklist with the bytes it was read from. An unedited one gives the same bytes back.
pub struct ChecklistFile {
    pub text: ChecklistText,
    /// Diagnostics of the file, then of the checklist, each in order of place.
    pub problems: Vec<Diagnostic>,
    source: SourceFile,
    /// A character that is cut in two at the end.
    rest: Vec<u8>,
}

impl ChecklistFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ReadError::Io`] if the file can't be read, [`ReadError::Structure`] if it is not text.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let bytes = fs::read(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
        Self::of(bytes, &path.display().to_string().into())
    }

    /// Reads bytes; `name` is the file's name for messages.
    ///
    /// # Errors
    /// [`ReadError::Structure`] if no encoding could write the text back without loss.
    pub fn of(mut bytes: Vec<u8>, name: &Arc<str>) -> Result<Self, ReadError> {
        let whole = whole_characters(&bytes);
        let rest = bytes.split_off(whole);
        let bad = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
        let source = SourceFile::of(bytes);
        if source.encoded(&source.text).is_none() {
            let place = bad.map_or_else(|| Place::new(name, 0, 0), |at| place(name, &source.bytes[..at]));
            let message = "this is not a text file: save it as UTF-8 or get the file again".to_owned();
            return Err(ReadError::Structure { place, message });
        }
        let text = ChecklistText::read(source.text.clone());
        let mut problems = Vec::new();
        if let Some(at) = bad.filter(|_| source.encoding == encoding_rs::WINDOWS_1252) {
            problems.push(Diagnostic::new(
                Level::Note,
                place(name, &source.bytes[..at]),
                "not UTF-8 from here on; the file was read as Latin-1 (Windows-1252)",
                "check words with accents; if they are wrong, save the file as UTF-8",
            ));
        }
        if !rest.is_empty() {
            let (line, column) = Lines::of(&source.text).place(&source.text, source.text.len());
            problems.push(Diagnostic::new(
                Level::Error,
                Place::new(name, line, column),
                "the file ends in the middle of a character: part of it is missing",
                "get the complete file and import it again; the rest was read",
            ));
        }
        problems.extend(text.problems(name));
        Ok(Self { text, problems, source, rest })
    }

    /// The bytes of the file with the text as it is now.
    ///
    /// # Errors
    /// [`WriteError::Value`] if the encoding of the file lacks a character of an edit.
    pub fn bytes(&self) -> Result<Vec<u8>, WriteError> {
        let lacks = || {
            WriteError::Value(format!(
                "the file is encoded in {}, which lacks a character of the new text",
                self.source.encoding.name()
            ))
        };
        let mut bytes = self.source.encoded(self.text.source()).ok_or_else(lacks)?;
        bytes.extend_from_slice(&self.rest);
        Ok(bytes)
    }
}

/// How many bytes come before a character that is cut in two at the end.
fn whole_characters(bytes: &[u8]) -> usize {
    let (encoding, mark) = encoding(bytes);
    if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE {
        let even = bytes.len() - (bytes.len() - mark) % 2;
        let high = if encoding == encoding_rs::UTF_16LE { 1 } else { 2 };
        let is_first_half = even >= mark + 2 && (0xD8..0xDC).contains(&bytes[even - high]);
        return if is_first_half { even - 2 } else { even };
    }
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}

/// The place after bytes that are valid.
fn place(name: &Arc<str>, good: &[u8]) -> Place {
    let text = String::from_utf8_lossy(good);
    let text = text.trim_start_matches('\u{feff}');
    let (line, column) = Lines::of(text).place(text, text.len());
    Place::new(name, line, column)
}
