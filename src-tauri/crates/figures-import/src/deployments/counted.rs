//! How often words occur, in the order in which they came.

use headroom_files::quoted;

#[derive(Debug, Clone, Default)]
pub(super) struct Counted(pub Vec<(String, usize)>);

impl Counted {
    pub fn add(&mut self, word: &str) {
        match self.0.iter_mut().find(|(known, _)| known == word) {
            Some((_, count)) => *count += 1,
            None => self.0.push((word.to_owned(), 1)),
        }
    }

    pub fn all(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// `“staging” 12, “qa” 3`, at most five of them.
    pub fn in_words(&self) -> String {
        const LISTED: usize = 5;
        let word = |(word, count): &(String, usize)| match word.is_empty() {
            true => format!("none {count}"),
            false => format!("{} {count}", quoted(word)),
        };
        let mut words: Vec<String> = self.0.iter().take(LISTED).map(word).collect();
        if self.0.len() > LISTED {
            words.push("…".to_owned());
        }
        words.join(", ")
    }
}
