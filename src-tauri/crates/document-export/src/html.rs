//! Documents as a page of HTML.

use std::fmt::Write;

use headroom_checklist_markdown::html_escaped as escaped;

use crate::{DocumentBlock, DocumentCell, DocumentLine, PlainDocument, document::runs};

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1b1f24;--quiet:#566070;--line:#d5dae2;--ground:#fff}\
@media (prefers-color-scheme:dark){:root{--text:#e8eaee;--quiet:#a4adba;--line:#3a424e;--ground:#1a1e25}}\
@media print{:root{--text:#000;--quiet:#444;--line:#bbb;--ground:#fff}body{margin:0;max-width:none;font-size:10.5pt}\
h2,h3{break-after:avoid}tr,li{break-inside:avoid}}\
body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--ground);\
font:16px/1.5 Inter,system-ui,sans-serif;overflow-wrap:anywhere}\
h1{margin:0;font-size:1.6rem;line-height:1.3}h2{margin:2.25rem 0 0;padding-bottom:.2rem;font-size:1.2rem;\
border-bottom:1px solid var(--line)}h3{margin:1rem 0 .25rem;font-size:.95rem}p{margin:.5rem 0}\
.quiet{color:var(--quiet)}ul{margin:.25rem 0;padding-left:1.25rem}li{margin:.2rem 0}\
.wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.92rem}\
th{text-align:left;font-weight:600;color:var(--quiet)}th,td{padding:.25rem .75rem .25rem 0;vertical-align:top;\
border-bottom:1px solid var(--line)}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
svg{display:block;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}";

/// Of a small curve.
const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 18.0;
/// Around it, for the ends of the line.
const RIM: f64 = 2.0;

/// The document as one self-contained page of HTML, for any screen or for printing. It contains no script.
pub fn html(document: &PlainDocument) -> String {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    if !document.subtitle.is_empty() {
        let _ = writeln!(out, "<p class=\"quiet\">{}</p>", escaped(&document.subtitle));
    }
    for block in &document.blocks {
        put(&mut out, block);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn put(out: &mut String, block: &DocumentBlock) {
    // Writing to a string cannot fail.
    let _ = match block {
        DocumentBlock::Heading(text) => writeln!(out, "<h2>{}</h2>", escaped(text)),
        DocumentBlock::Subheading(text) => writeln!(out, "<h3>{}</h3>", escaped(text)),
        DocumentBlock::Paragraph(line) => writeln!(out, "<p>{}</p>", words(line)),
        DocumentBlock::Quiet(text) => writeln!(out, "<p class=\"quiet\">{}</p>", escaped(text)),
        DocumentBlock::List(lines) => {
            let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", words(line))).collect();
            writeln!(out, "<ul>\n{items}</ul>")
        }
        DocumentBlock::Table { head, rows } => table(out, head, rows),
    };
}

fn words(line: &DocumentLine) -> String {
    match (line.lead.is_empty(), line.text.is_empty()) {
        (true, _) => escaped(&line.text),
        (false, true) => format!("<strong>{}</strong>", escaped(&line.lead)),
        (false, false) => format!("<strong>{}</strong> {}", escaped(&line.lead), escaped(&line.text)),
    }
}

fn table(out: &mut String, head: &[String], rows: &[Vec<DocumentCell>]) -> std::fmt::Result {
    let is_number = |at: usize| rows.iter().any(|row| matches!(row.get(at), Some(DocumentCell::Number(_))));
    let class = |is_number: bool| if is_number { " class=\"number\"" } else { "" };
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for (at, title) in head.iter().enumerate() {
        write!(out, "<th scope=\"col\"{}>{}</th>", class(is_number(at)), escaped(title))?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            match cell {
                DocumentCell::Text(text) => write!(out, "<td>{}</td>", escaped(text))?,
                DocumentCell::Number(text) => write!(out, "<td class=\"number\">{}</td>", escaped(text))?,
                DocumentCell::Curve(values) => write!(out, "<td>{}</td>", curve(values))?,
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
    Ok(())
}

/// The values are in the row: the curve is for the eye alone.
fn curve(values: &[Option<f64>]) -> String {
    let runs = runs(values, WIDTH, HEIGHT);
    if runs.is_empty() {
        return String::new();
    }
    let path: String = runs
        .iter()
        .flat_map(|run| run.iter().enumerate())
        .map(|(at, (x, y))| format!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }))
        .collect();
    format!(
        "<svg aria-hidden=\"true\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\"><path d=\"{path}\"/></svg>",
        WIDTH + 2.0 * RIM,
        HEIGHT + 2.0 * RIM,
        -RIM,
        -RIM,
        WIDTH + 2.0 * RIM,
        HEIGHT + 2.0 * RIM,
    )
}
