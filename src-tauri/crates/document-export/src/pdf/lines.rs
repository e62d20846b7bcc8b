//! Words to lines.

use super::typeface::Typeface;

/// A piece of a line in one weight.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSpan {
    pub text: String,
    pub is_bold: bool,
    /// From the beginning of the line.
    pub x: f64,
}

/// Breaks a text into lines of at most this width; a word that is wider is broken as well.
pub fn broken(typeface: &Typeface, pieces: &[(&str, bool)], size: f64, width: f64) -> Vec<Vec<TextSpan>> {
    let mut breaker = Breaker { typeface, size, width, lines: vec![Vec::new()], x: 0.0 };
    for (text, is_bold) in pieces {
        for word in text.split_whitespace() {
            let word: String = word.chars().filter(|letter| !letter.is_control()).collect();
            breaker.put(&word, *is_bold);
        }
    }
    breaker.lines
}

struct Breaker<'t> {
    typeface: &'t Typeface,
    size: f64,
    width: f64,
    lines: Vec<Vec<TextSpan>>,
    x: f64,
}

impl Breaker<'_> {
    fn put(&mut self, word: &str, is_bold: bool) {
        let wide = self.typeface.width(word, self.size, is_bold);
        let space = if self.x > 0.0 { self.typeface.width(" ", self.size, is_bold) } else { 0.0 };
        if self.x + space + wide <= self.width {
            self.append(word, is_bold, space, wide);
        } else if wide <= self.width {
            self.next_line();
            self.append(word, is_bold, 0.0, wide);
        } else {
            self.put_in_parts(word, is_bold);
        }
    }

    /// A word that is wider than a line begins a line, and goes on in the next.
    fn put_in_parts(&mut self, word: &str, is_bold: bool) {
        if self.x > 0.0 {
            self.next_line();
        }
        let (mut part, mut wide) = (String::new(), 0.0);
        for letter in word.chars() {
            let more = self.typeface.width(letter.encode_utf8(&mut [0; 4]), self.size, is_bold);
            if wide + more > self.width && !part.is_empty() {
                self.append(&std::mem::take(&mut part), is_bold, 0.0, wide);
                self.next_line();
                wide = 0.0;
            }
            part.push(letter);
            wide += more;
        }
        self.append(&part, is_bold, 0.0, wide);
    }

    fn append(&mut self, word: &str, is_bold: bool, space: f64, wide: f64) {
        let x = self.x + space;
        self.x = x + wide;
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some(span) if span.is_bold == is_bold => {
                if space > 0.0 {
                    span.text.push(' ');
                }
                span.text.push_str(word);
            }
            _ => line.push(TextSpan { text: word.to_owned(), is_bold, x }),
        }
    }

    fn next_line(&mut self) {
        self.lines.push(Vec::new());
        self.x = 0.0;
    }
}
