//! Mermaid flowcharts.

use std::fmt::Write;

use crate::drawing::{Drawing, DrawingPart};

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
            let class = if node.is_missing { ":::missing" } else { "" };
            let _ = writeln!(text, "{indent}n{at}[{}]{class}", quoted(&node.label));
        }
        if cluster.is_some() {
            text.push_str("  end\n");
        }
    }
    for edge in &drawing.edges {
        let arrow = if edge.is_implied { "-.->" } else { "-->" };
        let label = if edge.label.is_empty() { String::new() } else { format!("|{}|", quoted(&edge.label)) };
        let _ = writeln!(text, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    if drawing.nodes.iter().any(|node| node.is_missing) {
        text.push_str("  classDef missing stroke-dasharray: 4 3\n");
    }
    text
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
}
