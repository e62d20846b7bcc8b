use std::{ops::Range, path::Path, sync::Arc};

use globset::{GlobSet, GlobSetBuilder};
use serde::Serialize;

use super::pattern;
use crate::{
    error::ReadError,
    problem::{Level, Place, Problem},
    text::read_text,
};

/// A CODEOWNERS file, ready to be asked.
#[derive(Debug)]
pub struct Codeowners {
    pub problems: Vec<Problem>,
    pub(super) file: Arc<str>,
    pub(super) rules: Vec<Rule>,
    set: GlobSet,
    /// Rule of each glob in the set.
    rule_of: Vec<usize>,
    sections: usize,
    /// Where the first section begins, in bytes.
    pub(super) first_section: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub line: u64,
    pub pattern: String,
    pub owners: Vec<String>,
    pub section: usize,
    /// GitLab's `!pattern`: takes paths out of the section.
    pub is_exclusion: bool,
    /// The whole line with its end, in bytes.
    pub whole: Range<usize>,
    /// The owners that stand on the line, from the first to the last; empty, after the pattern, when none does.
    pub said: Range<usize>,
}

/// Who owns a path, and the line that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resolved {
    pub path: String,
    pub owners: Vec<String>,
    /// None when no rule matches. With sections, the last of the lines that decide.
    pub line: Option<u64>,
}

impl Codeowners {
    /// # Errors
    /// When the file cannot be read. Lines that are no rules are among the problems.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let mut problems = Vec::new();
        let (text, file) = read_text(path, &mut problems)?;
        Ok(Self::parse(&text, &file, problems))
    }

    pub fn parse(text: &str, file: &Arc<str>, problems: Vec<Problem>) -> Self {
        let mut builder = GlobSetBuilder::new();
        let mut owners = Self {
            problems,
            file: file.clone(),
            rules: vec![],
            set: GlobSet::empty(),
            rule_of: vec![],
            sections: 1,
            first_section: None,
        };
        let mut names: Vec<String> = vec![String::new()];
        let (mut section, mut defaults) = (0, Vec::new());
        let mut start = 0;
        for (at, whole) in text.split_inclusive('\n').enumerate() {
            let number = at as u64 + 1;
            let line = whole.trim();
            let at = start..start + whole.len();
            start = at.end;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, of_section)) = section_head(line) {
                let known = names.iter().position(|known| *known == name);
                section = known.unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                defaults = of_section;
                owners.first_section.get_or_insert(at.start);
                continue;
            }
            let said = owners_at(whole, at.start);
            owners.rule(&mut builder, line, Written { number, whole: at, said }, section, &defaults);
        }
        owners.sections = names.len();
        owners.set = builder.build().unwrap_or_else(|_| GlobSet::empty());
        owners
    }

    fn rule(
        &mut self,
        builder: &mut GlobSetBuilder,
        line: &str,
        written: Written,
        section: usize,
        defaults: &[String],
    ) {
        let (pattern, rest) = split_pattern(line);
        let (is_exclusion, pattern) = match pattern.strip_prefix('!') {
            Some(rest) => (true, rest.to_owned()),
            None => (false, pattern),
        };
        let Some(globs) = pattern::globs(&pattern) else {
            let message = format!("“{pattern}” is no pattern; the line was left out");
            let place = Place::new(&self.file, written.number, 1);
            self.problems.push(Problem::new(Level::Warning, place, message, "correct the pattern"));
            return;
        };
        let mut owners = owners_of(rest);
        if owners.is_empty() && section > 0 {
            owners = defaults.to_vec();
        }
        for glob in globs {
            builder.add(glob);
            self.rule_of.push(self.rules.len());
        }
        let Written { number: line, whole, said } = written;
        self.rules.push(Rule { line, pattern, owners, section, is_exclusion, whole, said });
    }

    /// The rules that decide who owns a path, one a section, out of which an exclusion takes a path for good: positions in the list of rules.
    pub(super) fn deciding(&self, path: &str) -> impl Iterator<Item = usize> {
        let clean = path.trim_start_matches("./").trim_start_matches('/');
        let mut winner: Vec<Option<usize>> = vec![None; self.sections];
        let mut is_excluded = vec![false; self.sections];
        for glob in self.set.matches(clean) {
            let at = self.rule_of[glob];
            let rule = &self.rules[at];
            winner[rule.section] = winner[rule.section].max(Some(at));
            is_excluded[rule.section] |= rule.is_exclusion;
        }
        let winners = winner.into_iter().zip(is_excluded).filter(|(_, is_excluded)| !is_excluded);
        winners.filter_map(|(rule, _)| rule)
    }

    /// The last rule that matches decides; with GitLab's sections, the last of each section.
    pub fn resolve(&self, path: &str) -> Resolved {
        let mut resolved = Resolved { path: path.to_owned(), owners: Vec::new(), line: None };
        for rule in self.deciding(path).map(|rule| &self.rules[rule]) {
            resolved.line = resolved.line.max(Some(rule.line));
            for owner in &rule.owners {
                if !resolved.owners.contains(owner) {
                    resolved.owners.push(owner.clone());
                }
            }
        }
        resolved
    }
}

/// Where a rule stands in its file.
struct Written {
    number: u64,
    whole: Range<usize>,
    said: Range<usize>,
}

/// Where the owners on a line stand, which starts at `start`.
fn owners_at(line: &str, start: usize) -> Range<usize> {
    let trimmed = line.trim_start();
    let (_, rest) = split_pattern(trimmed.trim_end());
    let mut at = start + line.len() - trimmed.len() + trimmed.trim_end().len() - rest.len();
    let mut said: Option<Range<usize>> = None;
    for word in rest.split_inclusive([' ', '\t']) {
        let name = word.trim();
        if name.starts_with('#') {
            break;
        }
        if !name.is_empty() {
            said = Some(said.map_or(at, |said| said.start)..at + name.len());
        }
        at += word.len();
    }
    // Without owners it is where they would stand: right after the pattern.
    let after_pattern = start + line.len() - trimmed.len() + trimmed.trim_end().len() - rest.len();
    said.unwrap_or(after_pattern..after_pattern)
}

/// `[Name]`, `^[Name]` (optional), `[Name][2]` (approvals), with default owners after it.
fn section_head(line: &str) -> Option<(String, Vec<String>)> {
    let rest = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (name, rest) = rest.split_once(']')?;
    let rest = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((count, rest)) if count.chars().all(|digit| digit.is_ascii_digit()) => rest,
        _ => rest,
    };
    // A glob like `[a-z]*.txt` goes on without a blank.
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (name.trim().to_lowercase(), owners_of(rest)))
}

/// The pattern ends at the first blank that is not escaped.
fn split_pattern(line: &str) -> (String, &str) {
    let mut pattern = String::new();
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            ' ' | '\t' => return (pattern, &line[at..]),
            '\\' => match letters.next() {
                Some((_, next @ (' ' | '#'))) => pattern.push(next),
                Some((_, next)) => pattern.extend(['\\', next]),
                None => pattern.push('\\'),
            },
            _ => pattern.push(letter),
        }
    }
    (pattern, "")
}

fn owners_of(text: &str) -> Vec<String> {
    text.split_whitespace().take_while(|word| !word.starts_with('#')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(text: &str, path: &str) -> Vec<String> {
        Codeowners::parse(text, &"CODEOWNERS".into(), Vec::new()).resolve(path).owners
    }

    #[test]
    fn the_last_match_wins_and_a_rule_without_owner_clears() {
        let text = "* @all\n/docs/ @writers # they write\n/docs/api/\n*.rs @rust\n";
        assert_eq!(owners(text, "README.md"), ["@all"]);
        assert_eq!(owners(text, "docs/a/b.md"), ["@writers"]);
        assert_eq!(owners(text, "docs/api/x.md"), [] as [&str; 0]);
        assert_eq!(owners(text, "docs/api/x.rs"), ["@rust"]);
    }

    #[test]
    fn folders_stars_and_blanks() {
        let text = "src/* @flat\nlib/** @deep\nbuild/ @anywhere\nmy\\ file.txt @blank\n/app @app\n";
        assert_eq!(owners(text, "src/a.rs"), ["@flat"]);
        assert_eq!(owners(text, "src/b/a.rs"), [] as [&str; 0]);
        assert_eq!(owners(text, "lib/b/a.rs"), ["@deep"]);
        assert_eq!(owners(text, "x/build/y/z"), ["@anywhere"]);
        assert_eq!(owners(text, "my file.txt"), ["@blank"]);
        assert_eq!(owners(text, "app/x/y"), ["@app"]);
        assert_eq!(owners(text, "x/app"), [] as [&str; 0]);
        assert_eq!(owners("/* @root\n", "Makefile"), ["@root"]);
        assert_eq!(owners("/* @root\n", "src/a.rs"), [] as [&str; 0]);
    }

    #[test]
    fn what_is_excluded_stays_out_of_its_section() {
        let text = "* @all\n[Docs]\n*.md @writers\n!CHANGES.md\nCHANGES.md @release\n";
        assert_eq!(owners(text, "a.md"), ["@all", "@writers"]);
        assert_eq!(owners(text, "CHANGES.md"), ["@all"]);
    }

    #[test]
    fn every_gitlab_section_has_a_winner_of_its_own() {
        let text = "* @all\n[Docs][2] @writers\n*.md\nREADME.md @lead\n^[Database]\n/db/ @dba\n";
        assert_eq!(owners(text, "a.md"), ["@all", "@writers"]);
        assert_eq!(owners(text, "db/README.md"), ["@all", "@lead", "@dba"]);
    }
}
