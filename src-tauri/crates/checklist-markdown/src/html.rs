//! Renders Markdown safely.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

/// Renders Markdown as harmless HTML: HTML in it stays text, images are their alternative text, and only links to the
/// web and to email addresses lead anywhere.
pub fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut is_dead: Vec<bool> = Vec::new();
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            is_dead.push(!leads_somewhere(dest_url));
            (is_dead.last() == Some(&false)).then_some(event)
        }
        Event::End(TagEnd::Link) => (is_dead.pop() == Some(false)).then_some(event),
        other => Some(other),
    });
    let mut out = String::new();
    push_html(&mut out, events);
    out
}

/// Whether an address may be opened: the web or email.
pub fn leads_somewhere(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:"];
    known.iter().any(|scheme| address.starts_with(scheme)) && !address.contains(char::is_control)
}

/// A text that stays text in HTML.
pub fn html_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_markdown() {
        let text = "Read **this** [page](https://example.org/a?b=1&c=2):\n\n```sh\nmake\n```\n\n- [x] done\n";
        let made = html(text);
        assert!(made.contains("<strong>this</strong>"), "{made}");
        assert!(made.contains("<a href=\"https://example.org/a?b=1&amp;c=2\">page</a>"), "{made}");
        assert!(made.contains("<pre><code class=\"language-sh\">make"), "{made}");
    }

    #[test]
    fn rendered_html_is_harmless() {
        let text = "<script>alert(1)</script>\n\nHello <img src=x onerror=alert(1)> ![x](https://e.org/x.png)\n\n\
                    [a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc/passwd) <b>b</b>";
        let made = html(text);
        assert!(!made.contains("<script") && !made.contains("<img") && !made.contains("<a "), "{made}");
        assert!(!made.contains("href"), "{made}");
        assert!(made.contains("&lt;script&gt;") && made.contains("&lt;b&gt;b"), "{made}");
    }
}
