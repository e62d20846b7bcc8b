//! Recognises files that are something else than their names say.

use std::{borrow::Cow, fs::File, io::Read, path::Path};

use headroom_files::{Place, ReadError};

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 4096;

/// Refuses a file that is not a table of the kind its name says, and says what to do.
///
/// # Errors
/// [`ReadError::Structure`] if it is something else, [`ReadError::Io`] if it can't be read.
pub fn is_what_its_name_says(path: &Path, is_book: bool) -> Result<(), ReadError> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let message = match kind_of(path, &head) {
        Kind::Empty => "file is empty: export the table again",
        Kind::WebPage => "file is actually a web page: open it in a spreadsheet program and save it as XLSX",
        Kind::MailPage => {
            "file is actually a web archive (MHT): open it in a spreadsheet program and save it as XLSX"
        }
        Kind::XmlSheet => {
            "file is actually an XML spreadsheet (2003): open it in a spreadsheet program and save it as XLSX"
        }
        Kind::Locked => "workbook is password-protected: save it without a password",
        Kind::Archive => "file is a ZIP archive, not a table: unpack it and import the files inside",
        Kind::Packed => "file is compressed, not a table: unpack it and import the file inside",
        Kind::Json => "file is JSON, not a table: export the table as CSV or XLSX",
        Kind::Other => "file is an image or a document, not a table: export the table as CSV or XLSX",
        Kind::Book(ending) if !is_book => {
            return fault(path, &format!("file is actually a workbook, not text: rename it to .{ending}"));
        }
        Kind::Book(ending) if !ends_as(path, ending) => {
            return fault(
                path,
                &format!("file is a different type of workbook than its name says: rename it to .{ending}"),
            );
        }
        Kind::Text if is_book => {
            "file is not a workbook: if it is text, rename it to .csv; otherwise save it again in a spreadsheet program"
        }
        Kind::Book(_) | Kind::Text => return Ok(()),
    };
    fault(path, message)
}

fn fault(path: &Path, message: &str) -> Result<(), ReadError> {
    let place = Place::new(&path.display().to_string().into(), 0, 0);
    Err(ReadError::Structure { place, message: message.to_owned() })
}

enum Kind {
    Empty,
    WebPage,
    /// A web page with all its parts, as mail programs save it.
    MailPage,
    /// SpreadsheetML of Excel 2003.
    XmlSheet,
    Locked,
    Archive,
    Packed,
    Json,
    Other,
    /// A workbook, with the extension that it should have.
    Book(&'static str),
    Text,
}

fn kind_of(path: &Path, head: &[u8]) -> Kind {
    if head.is_empty() {
        return Kind::Empty;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return of_archive(path);
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return if is_locked(path) { Kind::Locked } else { Kind::Book("xls") };
    }
    if head.starts_with(&[0x1F, 0x8B]) || head.starts_with(b"7z\xBC\xAF") || head.starts_with(b"Rar!") {
        return Kind::Packed;
    }
    if head.starts_with(b"\x89PNG") || head.starts_with(b"%PDF") || head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Kind::Other;
    }
    of_text(&lower(head))
}

/// Text in lower case, whatever the encoding: only ASCII is looked for.
fn lower(head: &[u8]) -> String {
    let plain: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0 && byte.is_ascii()).collect();
    String::from_utf8_lossy(&plain).trim_start().to_lowercase()
}

fn of_text(text: &str) -> Kind {
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if starts(&["mime-version:", "content-type: multipart", "from: <saved by"]) {
        return Kind::MailPage;
    }
    if starts(&["<?xml", "<workbook", "<ss:workbook", "<?mso-application"]) {
        let is_sheet =
            text.contains("schemas-microsoft-com:office:spreadsheet") || text.contains("excel.sheet");
        let is_page = text.contains("<html") || text.contains("<table");
        return if is_sheet && !is_page { Kind::XmlSheet } else { Kind::WebPage };
    }
    if starts(&[
        "<!doctype",
        "<html",
        "<head",
        "<meta",
        "<body",
        "<table",
        "<style",
        "<div",
        "<!--",
        "<tr",
        "<thead",
    ]) {
        return Kind::WebPage;
    }
    let is_json = (text.starts_with('{') && text[1..].trim_start().starts_with(['"', '}']))
        || (text.starts_with('[') && text[1..].trim_start().starts_with(['{', '[']));
    if is_json { Kind::Json } else { Kind::Text }
}

fn of_archive(path: &Path) -> Kind {
    let Some(mut archive) = File::open(path).ok().and_then(|file| zip::ZipArchive::new(file).ok()) else {
        // Broken: the reader of workbooks reports how.
        return Kind::Book(if ends_as(path, "ods") { "ods" } else { "xlsx" });
    };
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let has = |name: &str| names.iter().any(|own| own == name);
    if has("xl/workbook.bin") {
        return Kind::Book("xlsb");
    }
    if names.iter().any(|name| name.starts_with("xl/")) {
        return Kind::Book("xlsx");
    }
    let mut kind = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        let _ = file.take(HEAD).read_to_string(&mut kind);
    }
    if kind.contains("opendocument.spreadsheet") { Kind::Book("ods") } else { Kind::Archive }
}

/// A workbook with a password is another kind of stream in the same container.
fn is_locked(path: &Path) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = std::fs::read(path).unwrap_or_default();
    memchr::memmem::find(&bytes, &name).is_some()
}

/// Whether the name has this extension, or one of the same kind of workbook.
fn ends_as(path: &Path, ending: &str) -> bool {
    let own = path.extension().map(|own| own.to_string_lossy().to_lowercase()).unwrap_or_default();
    own == ending || (ending == "xlsx" && own == "xlsm")
}
