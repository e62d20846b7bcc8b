//! Reads text files in any encoding.

use std::{fs, path::Path, sync::Arc};

use encoding_rs::Encoding;

use crate::{
    diagnostic::{Diagnostic, Level, Place},
    error::ReadError,
};

/// The text of a file, and its name for messages. A guessed encoding is reported.
pub fn read_text(path: &Path, problems: &mut Vec<Diagnostic>) -> Result<(String, Arc<str>), ReadError> {
    let bytes = fs::read(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let name: Arc<str> = path.display().to_string().into();
    let (text, guess) = decode(bytes);
    if let Some(encoding) = guess {
        problems.push(Diagnostic::new(
            Level::Note,
            Place::new(&name, 0, 0),
            format!("file is not UTF-8; read as {encoding}"),
            "check names with accents; if they look wrong, save the file as UTF-8",
        ));
    }
    Ok((text, name))
}

/// The text, and the name of the encoding if it was guessed.
fn decode(bytes: Vec<u8>) -> (String, Option<&'static str>) {
    let (encoding, mark) = encoding(&bytes);
    let guess = match encoding {
        utf_8 if utf_8 == encoding_rs::UTF_8 => None,
        latin if latin == encoding_rs::WINDOWS_1252 => Some("Latin-1 (Windows-1252)"),
        other => Some(other.name()),
    };
    let decoded = |bytes: &[u8]| encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    let text = match encoding == encoding_rs::UTF_8 && mark == 0 {
        // As almost every file is: without a copy.
        true => String::from_utf8(bytes).unwrap_or_else(|error| decoded(error.as_bytes())),
        false => decoded(&bytes),
    };
    (text, guess)
}

/// The encoding, by byte order mark or guessed, and the length of the mark.
pub fn encoding(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    let head = &bytes[..bytes.len().min(1000)];
    let zeros =
        |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4 > head.len();
    // Every format starts with a few ASCII letters.
    let starts = |odd: usize| head.len() >= 4 && (0..4).all(|at| (head[at] == 0) == (at % 2 == odd));
    for (odd, encoding) in [(1, encoding_rs::UTF_16LE), (0, encoding_rs::UTF_16BE)] {
        if zeros(odd) || starts(odd) {
            return (encoding, 0);
        }
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    (if is_utf8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 }, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_encodings() {
        assert_eq!(decode("Zoë".into()), ("Zoë".into(), None));
        assert_eq!(decode(b"\xEF\xBB\xBFid".into()), ("id".into(), None));
        assert_eq!(decode(b"Zo\xEB".into()).0, "Zoë");
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(decode(wide("id,name\nzoe,Zoë")).0, "id,name\nzoe,Zoë");
        let far = format!("id,name\na,{}", "日本語の名前".repeat(20));
        assert_eq!(decode(wide(&far)).0, far);
        assert_eq!(decode([&[0xFF, 0xFE][..], &wide("Zoë")].concat()).0, "Zoë");
    }
}
