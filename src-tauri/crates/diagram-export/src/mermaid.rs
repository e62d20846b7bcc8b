//! Mermaid flowcharts.

use std::fmt::Write;

use crate::drawing::{Drawing, DrawingPart, DrawnMark, DrawnNode};

/// Writes a graph as a flowchart, <https://mermaid.js.org/syntax/flowchart.html>. IDs are numbers, since a name such
/// as `end` is a keyword.
pub fn mermaid(drawing: &Drawing) -> String {
    let mut text = String::from("flowchart LR\n");
    for DrawingPart { cluster, nodes } in drawing.parts() {
        let indent = if cluster.is_some() { "    " } else { "  " };
        if let Some((at, title)) = cluster {
            // Writing to a string can't fail.
            let _ = writeln!(text, "  subgraph c{at}[{}]", quoted(title));
        }
        for (at, node) in nodes {
            let _ = writeln!(text, "{indent}n{at}[{}]{}", quoted(&node.label), class(node));
        }
        if cluster.is_some() {
            text.push_str("  end\n");
        }
    }
    for edge in &drawing.edges {
        let is_dotted = edge.is_implied || edge.mark == Some(DrawnMark::Removed);
        let arrow = if is_dotted { "-.->" } else { "-->" };
        let label = if edge.label.is_empty() { String::new() } else { format!("|{}|", quoted(&edge.label)) };
        let _ = writeln!(text, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    if drawing.nodes.iter().any(|node| node.is_missing) {
        text.push_str("  classDef missing stroke-dasharray: 4 3\n");
    }
    styles(drawing, &mut text);
    text
}

fn class(node: &DrawnNode) -> &'static str {
    match node.mark {
        Some(DrawnMark::Added) => ":::added",
        Some(DrawnMark::Removed) => ":::removed",
        Some(DrawnMark::Changed) => ":::changed",
        None if node.is_missing => ":::missing",
        None => "",
    }
}

/// How what is marked is drawn: the classes that there are, and the edges by their place.
fn styles(drawing: &Drawing, text: &mut String) {
    for (mark, name) in
        [(DrawnMark::Added, "added"), (DrawnMark::Removed, "removed"), (DrawnMark::Changed, "changed")]
    {
        let dash = if mark == DrawnMark::Removed { ",stroke-dasharray:5 4" } else { "" };
        if drawing.nodes.iter().any(|node| node.mark == Some(mark)) {
            let _ = writeln!(text, "  classDef {name} stroke:{},stroke-width:2px{dash}", mark.colour());
        }
        let edges = drawing.edges.iter().enumerate().filter(|(_, edge)| edge.mark == Some(mark));
        let places: Vec<String> = edges.map(|(at, _)| at.to_string()).collect();
        if !places.is_empty() {
            let _ =
                writeln!(text, "  linkStyle {} stroke:{},stroke-width:2px", places.join(","), mark.colour());
        }
    }
}

/// A quoted text, with entities for what has a meaning there: quotes, markup, Markdown and directives.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

fn line(text: &str) -> String {
    let mut line = String::new();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (at, letter) in text.chars().enumerate() {
        // A label that begins like a Markdown list is not drawn at all.
        let begins_list = at == 0 && "-+=".contains(letter) || at == digits && ".)".contains(letter);
        match letter {
            '"' => line.push_str("#quot;"),
            '<' => line.push_str("#lt;"),
            '>' => line.push_str("#gt;"),
            '&' => line.push_str("#amp;"),
            letter if begins_list || "#`%{}\\|*_~$\r".contains(letter) => {
                // Writing to a string can't fail.
                let _ = write!(line, "#{};", u32::from(letter));
            }
            letter => line.push(letter),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_special_characters_and_draws_everything() {
        let text = mermaid(&crate::drawing::odd());
        for line in [
            r##"  subgraph c0["Pay #quot;ments#quot; [EU]"]"##,
            r##"    n0["A #quot;quoted#quot; [x] #123;y#125;<br/>line two"]"##,
            r##"    n1["#lt;script#gt;alert(1)#lt;/script#gt; #amp; #35;35; #96;x#96; #37;#37;#123;init: #123;#125;#125;#37;#37;"]"##,
            r##"  n3["gone"]:::missing"##,
            r##"  n0 -->|"consumes#124;api#quot;"| n1"##,
            "  n1 -.-> n2",
            "  n2 --> n2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert_eq!(quoted("1. one\n- two\n3 four"), "\"1#46; one<br/>#45; two<br/>3 four\"");
        assert_eq!(text.matches("> n").count() + text.matches("| n").count(), 4);
    }

    #[test]
    fn marks_are_coloured_and_what_is_gone_is_dotted() {
        let text = mermaid(&crate::drawing::marked());
        for line in [
            r#"  n0["S0"]"#,
            r#"  n1["S1"]:::added"#,
            "  n0 --> n1",
            "  n0 -.-> n2",
            "  classDef removed stroke:#b3121d,stroke-width:2px,stroke-dasharray:5 4",
            "  linkStyle 3 stroke:#7d5a00,stroke-width:2px",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
