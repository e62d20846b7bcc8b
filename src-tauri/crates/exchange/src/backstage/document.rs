use std::sync::Arc;

use serde_json::Value;

use crate::{
    problem::Place,
    yaml::{first_line, split},
};

/// One YAML document of a file.
pub struct Document {
    pub place: Place,
    pub value: Result<Value, (Place, String)>,
}

/// Reads each document of a file by itself, so that one that does not parse spoils no other.
pub fn documents(text: &str, file: &Arc<str>) -> Vec<Document> {
    split(text)
        .into_iter()
        .filter(|(_, part)| {
            part.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        })
        .map(|(line, part)| Document {
            place: Place::new(file, first_line(line, part), 1),
            value: parse(part, line, file),
        })
        .collect()
}

fn parse(part: &str, line: u64, file: &Arc<str>) -> Result<Value, (Place, String)> {
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options::<Value>(part, options).map_err(|error| {
        let place = error.location().map_or_else(
            || Place::new(file, line, 0),
            |location| Place::new(file, line + location.line() - 1, location.column()),
        );
        let message = error.to_string();
        (place, message.lines().next().unwrap_or_default().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_knows_its_line_and_its_errors() {
        let file: Arc<str> = "f".into();
        let found = documents("# head\n---\na: 1\n---\n  b: [\n---\n\nc: 3\n", &file);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].place.line, found[2].place.line), (3, 8));
        assert!(found[0].value.is_ok() && found[1].value.is_err() && found[2].value.is_ok());
    }

    #[test]
    fn bombs_and_depths_are_refused_quickly() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        let file: Arc<str> = "f".into();
        assert!(documents(&bomb, &file)[0].value.is_err());
        assert!(documents(&"[".repeat(100_000), &file)[0].value.is_err());
    }
}
