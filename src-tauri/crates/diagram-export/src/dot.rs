//! Graphviz DOT.

use std::fmt::Write;

use crate::drawing::{Drawing, DrawingPart, DrawnEdge, DrawnMark, DrawnNode};

/// Writes a graph in DOT, <https://graphviz.org/doc/info/lang.html>.
pub fn dot(drawing: &Drawing) -> String {
    let mut text = String::from(
        "digraph headroom {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
    );
    for DrawingPart { cluster, nodes } in drawing.parts() {
        let indent = if cluster.is_some() { "    " } else { "  " };
        if let Some((at, title)) = cluster {
            // Writing to a string can't fail.
            let _ = writeln!(text, "  subgraph cluster_{at} {{\n    label={};", label(title));
        }
        for (_, node) in nodes {
            let _ = writeln!(text, "{indent}{} [{}];", id(&node.id), attributes(node));
        }
        if cluster.is_some() {
            text.push_str("  }\n");
        }
    }
    for edge in &drawing.edges {
        let (from, to) = (id(&drawing.nodes[edge.from].id), id(&drawing.nodes[edge.to].id));
        let _ = writeln!(text, "  {from} -> {to}{};", edge_attributes(edge));
    }
    text.push_str("}\n");
    text
}

fn edge_attributes(edge: &DrawnEdge) -> String {
    let mut attributes = Vec::new();
    if !edge.label.is_empty() {
        attributes.push(format!("label={}", label(&edge.label)));
    }
    if edge.is_implied || edge.mark == Some(DrawnMark::Removed) {
        attributes.push("style=dashed".to_owned());
    }
    if let Some(mark) = edge.mark {
        attributes.push(format!("color=\"{0}\", fontcolor=\"{0}\", penwidth=2", mark.colour()));
    }
    if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) }
}

fn attributes(node: &DrawnNode) -> String {
    let is_dashed = node.is_missing || node.mark == Some(DrawnMark::Removed);
    let dashed = if is_dashed { ", style=\"rounded,dashed\"" } else { "" };
    let mark = node.mark.map(|mark| format!(", color=\"{}\", penwidth=2", mark.colour()));
    format!("label={}{dashed}{}", label(&node.label), mark.unwrap_or_default())
}

/// A quoted ID. A backslash is doubled, since one before the closing quote would escape it.
fn id(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// In a label a backslash begins an escape, and an ampersand an entity.
fn label(text: &str) -> String {
    id(&text.replace('&', "&amp;")).replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_special_characters_and_draws_everything() {
        let text = dot(&crate::drawing::odd());
        for line in [
            r#"    label="Pay \"ments\" [EU]";"#,
            r#"    "a\"b\\" [label="A \"quoted\" [x] {y}\nline two"];"#,
            r#"    "<script>" [label="<script>alert(1)</script> &amp; #35; `x` %%{init: {}}%%"];"#,
            r#"  "gone" [label="gone", style="rounded,dashed"];"#,
            r#"  "a\"b\\" -> "<script>" [label="consumes|api\""];"#,
            r#"  "<script>" -> "猫 ☃" [style=dashed];"#,
            r#"  "猫 ☃" -> "猫 ☃";"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert_eq!(text.matches("->").count(), 4);
    }

    #[test]
    fn marks_are_coloured_and_what_is_gone_is_dashed() {
        let text = dot(&crate::drawing::marked());
        for line in [
            r#"  "s0" [label="S0"];"#,
            r##"  "s1" [label="S1", color="#17703f", penwidth=2];"##,
            r##"  "s2" [label="S2", style="rounded,dashed", color="#b3121d", penwidth=2];"##,
            r#"  "s0" -> "s0";"#,
            r##"  "s0" -> "s2" [style=dashed, color="#b3121d", fontcolor="#b3121d", penwidth=2];"##,
            r##"  "s0" -> "s3" [color="#7d5a00", fontcolor="#7d5a00", penwidth=2];"##,
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
