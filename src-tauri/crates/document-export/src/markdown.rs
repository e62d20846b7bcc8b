//! Documents in Markdown, as GitHub and GitLab have it.

use std::fmt::Write;

use headroom_checklist_markdown::markdown_of;

use crate::{DocumentBlock, DocumentCell, DocumentLine, PlainDocument, document::shares};

/// Bars from low to high, for curves where only letters can stand.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The document in Markdown.
pub fn markdown(document: &PlainDocument) -> String {
    let mut out = format!("# {}\n", markdown_of(&document.title));
    if !document.subtitle.is_empty() {
        let _ = write!(out, "\n{}\n", markdown_of(&document.subtitle));
    }
    for block in &document.blocks {
        out.push('\n');
        put(&mut out, block);
    }
    out
}

fn put(out: &mut String, block: &DocumentBlock) {
    // Writing to a string cannot fail.
    let _ = match block {
        DocumentBlock::Heading(text) => writeln!(out, "## {}", markdown_of(text)),
        DocumentBlock::Subheading(text) => writeln!(out, "### {}", markdown_of(text)),
        DocumentBlock::Paragraph(line) => writeln!(out, "{}", words(line)),
        DocumentBlock::Quiet(text) => writeln!(out, "*{}*", markdown_of(text)),
        DocumentBlock::List(lines) => lines.iter().try_for_each(|line| writeln!(out, "- {}", words(line))),
        DocumentBlock::Table { head, rows } => table(out, head, rows),
    };
}

fn words(line: &DocumentLine) -> String {
    match (line.lead.is_empty(), line.text.is_empty()) {
        (true, _) => markdown_of(&line.text),
        (false, true) => format!("**{}**", markdown_of(&line.lead)),
        (false, false) => format!("**{}** {}", markdown_of(&line.lead), markdown_of(&line.text)),
    }
}

fn table(out: &mut String, head: &[String], rows: &[Vec<DocumentCell>]) -> std::fmt::Result {
    let is_number = |at: usize| rows.iter().any(|row| matches!(row.get(at), Some(DocumentCell::Number(_))));
    let titles: Vec<String> = head.iter().map(|title| markdown_of(title)).collect();
    let marks: Vec<&str> = (0..head.len()).map(|at| if is_number(at) { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |\n| {} |", titles.join(" | "), marks.join(" | "))?;
    for row in rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn cell(cell: &DocumentCell) -> String {
    match cell {
        DocumentCell::Text(text) | DocumentCell::Number(text) => markdown_of(text),
        DocumentCell::Curve(values) => bars(values),
    }
}

/// `▁▄█ ▂`: a space where there is no value; empty with fewer than two values.
fn bars(values: &[Option<f64>]) -> String {
    let bar = |share: f64| BARS[((share * (BARS.len() - 1) as f64).round() as usize).min(BARS.len() - 1)];
    let shares = shares(values).unwrap_or_default();
    let bars: String = shares.iter().map(|share| share.map_or(' ', bar)).collect();
    bars.trim().to_owned()
}
