//! Parses a CODEOWNERS file and resolves the owners of a path.

use std::{ops::Range, path::Path, sync::Arc};

use globset::{GlobSet, GlobSetBuilder};
use headroom_files::{Diagnostic, Level, Place, ReadError, read_text, shortened};
use serde::Serialize;

use super::{
    dialect::Dialect,
    handle::{HandleWord, words},
    pattern,
    recognised_dialect::dialect_of,
    section_head::{SectionHead, section_head},
};

/// From this size on, in bytes, GitHub does not load the file.
const GITHUB_LIMIT: usize = 3 << 20;

/// A parsed CODEOWNERS file.
#[derive(Debug)]
pub struct Codeowners {
    pub problems: Vec<Diagnostic>,
    pub(super) dialect: Dialect,
    pub(super) file: Arc<str>,
    pub(super) rules: Vec<CodeownersRule>,
    set: GlobSet,
    /// Index of the rule of each glob in the set.
    rule_of: Vec<usize>,
    sections: usize,
    /// Offset of the first section, in bytes.
    pub(super) first_section: Option<usize>,
}

#[derive(Debug)]
pub(super) struct CodeownersRule {
    pub line: u64,
    /// As it is written, with escapes.
    pub pattern: String,
    pub owners: Vec<String>,
    pub section: usize,
    /// GitLab's `!pattern`: takes paths out of the section.
    pub is_exclusion: bool,
    /// Byte range of the whole line with its end.
    pub whole: Range<usize>,
    /// Byte range of the owners on the line; empty, after the pattern, if there are none.
    pub said: Range<usize>,
}

/// The owners of a path, and the line that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resolved {
    pub path: String,
    pub owners: Vec<String>,
    /// None if no rule matches. With sections, the last of the lines that decide.
    pub line: Option<u64>,
}

impl Codeowners {
    /// Parses a file by the rules of `asked`, otherwise of the dialect that its place and content show.
    ///
    /// # Errors
    /// [`ReadError::Io`] if the file can't be read. Lines that are not rules are among the diagnostics.
    pub fn read(path: &Path, asked: Option<Dialect>) -> Result<Self, ReadError> {
        let mut problems = Vec::new();
        let (text, file) = read_text(path, &mut problems)?;
        let dialect = asked.unwrap_or_else(|| dialect_of(path, &text));
        if asked.is_none() && dialect == Dialect::GitLab && Dialect::of_place(path).is_none() {
            let message = "file uses sections, roles or nested groups; read as GitLab";
            let advice = "if it is for GitHub, pass --dialect github";
            problems.push(Diagnostic::new(Level::Note, Place::new(&file, 0, 0), message, advice));
        }
        Ok(Self::parse(&text, &file, dialect, problems))
    }

    pub fn parse(text: &str, file: &Arc<str>, dialect: Dialect, problems: Vec<Diagnostic>) -> Self {
        let mut owners = Self {
            problems,
            dialect,
            file: file.clone(),
            rules: vec![],
            set: GlobSet::empty(),
            rule_of: vec![],
            sections: 1,
            first_section: None,
        };
        if dialect == Dialect::GitHub && text.len() >= GITHUB_LIMIT {
            let message = "file is larger than 3 MB; GitHub does not load it, so it assigns no owners";
            owners.problem(Level::Error, 0, 0, message, "shorten it with wildcards");
            return owners;
        }
        let mut reading = Reading {
            builder: GlobSetBuilder::new(),
            sections: vec![String::new()],
            section: 0,
            defaults: Vec::new(),
        };
        let mut start = 0;
        for (at, whole) in text.split_inclusive('\n').enumerate() {
            let written = Written { number: at as u64 + 1, whole: start..start + whole.len() };
            start = written.whole.end;
            let line = whole.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match section_head(line).filter(|_| dialect == Dialect::GitLab) {
                Some(head) => owners.section(&mut reading, &head, line, &written),
                None => owners.rule(&mut reading, whole, written),
            }
        }
        owners.sections = reading.sections.len();
        owners.set = reading.builder.build().unwrap_or_else(|_| GlobSet::empty());
        owners
    }

    fn problem(&mut self, level: Level, line: u64, column: u64, message: impl Into<String>, advice: &str) {
        let place = Place::new(&self.file, line, column);
        self.problems.push(Diagnostic::new(level, place, message, advice));
    }

    /// Starts or continues a section; names that differ in case are one section.
    fn section(&mut self, reading: &mut Reading, head: &SectionHead<'_>, line: &str, written: &Written) {
        if head.name.is_empty() {
            let message = "section has no name";
            self.problem(Level::Warning, written.number, 1, message, "write it as [Name]");
        }
        let name = head.name.to_lowercase();
        let known = reading.sections.iter().skip(1).position(|known| *known == name);
        reading.section = known.map_or_else(
            || {
                reading.sections.push(name);
                reading.sections.len() - 1
            },
            |at| at + 1,
        );
        let (rest, at) = (head.rest.split('#').next().unwrap_or_default(), line.len() - head.rest.len());
        let named = words(rest, at, self.dialect);
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            let message = format!(
                "GitLab reads “{}” as a section heading; the rest of the line was ignored",
                shortened(line)
            );
            self.problem(Level::Warning, written.number, 1, message, "start the pattern with / or *");
            reading.defaults.clear();
        } else {
            self.tell_strangers(&named, line, written.number);
            reading.defaults = owners_of(named);
        }
        self.first_section.get_or_insert(written.whole.start);
    }

    fn rule(&mut self, reading: &mut Reading, whole: &str, written: Written) {
        let line = whole.trim();
        let (raw, rest) = split_pattern(line);
        let exclusion = raw.strip_prefix('!').filter(|_| self.dialect == Dialect::GitLab);
        let pattern = exclusion.unwrap_or(raw);
        let globs = match pattern::globs(pattern, self.dialect) {
            Ok(globs) => globs,
            Err(why) => {
                let message = format!("“{}” {why}; line skipped", shortened(pattern));
                return self.problem(Level::Warning, written.number, 1, message, "correct the pattern");
            }
        };
        let named = words(rest, line.len() - rest.len(), self.dialect);
        let stands =
            words_at(&named, written.whole.start + whole.len() - whole.trim_start().len(), raw.len());
        let has_words = named.iter().any(|word| !word.is_comment || self.dialect == Dialect::GitLab);
        let has_comment_for_owners = exclusion.is_none()
            && self.dialect == Dialect::GitLab
            && named.first().is_some_and(|word| word.is_comment);
        let is_left_out = exclusion.is_none() && !self.tell_strangers(&named, line, written.number);
        if is_left_out && self.dialect == Dialect::GitHub {
            return;
        }
        self.tell_brackets(pattern, written.number);
        let mut owners = if exclusion.is_some() { Vec::new() } else { owners_of(named) };
        if !has_words && exclusion.is_none() {
            owners.clone_from(&reading.defaults);
        }
        if has_comment_for_owners && owners.is_empty() {
            let message = "GitLab allows no comment after a pattern; the line assigns no owners";
            self.problem(Level::Warning, written.number, 1, message, "move the comment to its own line");
        }
        for glob in globs {
            reading.builder.add(glob);
            self.rule_of.push(self.rules.len());
        }
        let Written { number: line, whole } = written;
        let (pattern, section) = (pattern.to_owned(), reading.section);
        let is_exclusion = exclusion.is_some();
        self.rules.push(CodeownersRule { line, pattern, owners, section, is_exclusion, whole, said: stands });
    }

    /// Reports words that are no owners; false if there is one. GitHub skips the whole line then, GitLab the word.
    fn tell_strangers(&mut self, named: &[HandleWord<'_>], line: &str, number: u64) -> bool {
        let strangers = named.iter().filter(|word| !word.is_comment && word.owners.is_empty());
        let Some(first) = strangers.clone().next() else { return true };
        let column = line[..first.at].chars().count() as u64 + 1;
        let all: Vec<&str> = strangers.map(|word| word.text).collect();
        let are = if all.len() == 1 { "is not a valid owner" } else { "are not valid owners" };
        let all = shortened(&all.join(" "));
        let (what, advice) = match self.dialect {
            Dialect::GitHub => {
                ("GitHub skips the whole line", "use @name, @organisation/team or an email address")
            }
            Dialect::GitLab => ("ignored by GitLab", "use @name, @group or an email address"),
        };
        self.problem(Level::Warning, number, column, format!("“{all}” {are}; {what}"), advice);
        false
    }

    fn tell_brackets(&mut self, pattern: &str, number: u64) {
        let escaped = pattern.replace("\\[", "").replace("\\]", "");
        if self.dialect == Dialect::GitHub && escaped.contains(['[', ']']) {
            let message = format!(
                "“{}” was read literally: GitHub supports no character ranges or sections",
                shortened(pattern)
            );
            self.problem(
                Level::Warning,
                number,
                1,
                message,
                "use \\[ and \\], or GitHub may reject the line",
            );
        }
    }

    /// Indexes of the rules that decide who owns a path, one per section. An exclusion takes a path out of its
    /// section for good.
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

    /// The owners of a path: the last rule that matches decides; with GitLab's sections, the last of each section.
    pub fn resolve(&self, path: &str) -> Resolved {
        let deciding: Vec<usize> = self.deciding(path).collect();
        let line = deciding.iter().map(|rule| self.rules[*rule].line).max();
        Resolved { path: path.to_owned(), owners: self.owners_of(&deciding), line }
    }

    /// The owners of these rules together, each once.
    pub(super) fn owners_of(&self, rules: &[usize]) -> Vec<String> {
        let mut owners: Vec<String> = Vec::new();
        for owner in rules.iter().flat_map(|rule| &self.rules[*rule].owners) {
            if !owners.contains(owner) {
                owners.push(owner.clone());
            }
        }
        owners
    }
}

/// State while a file is read from top to bottom.
struct Reading {
    builder: GlobSetBuilder,
    /// In lower case. The first, without a name, is what comes before any section.
    sections: Vec<String>,
    section: usize,
    /// Owners of lines in the section that name none.
    defaults: Vec<String>,
}

/// Where a line is in its file.
struct Written {
    number: u64,
    whole: Range<usize>,
}

/// Byte range of the owners on a line that begins at `start`; if there are none, where they would be: right after the
/// pattern.
fn words_at(named: &[HandleWord<'_>], start: usize, after_pattern: usize) -> Range<usize> {
    let is_said = |word: &&HandleWord<'_>| !word.is_comment || !word.owners.is_empty();
    let ends = (named.iter().find(is_said), named.iter().rfind(is_said));
    match ends {
        (Some(first), Some(last)) => start + first.at..start + last.at + last.text.len(),
        _ => start + after_pattern..start + after_pattern,
    }
}

fn owners_of(named: Vec<HandleWord<'_>>) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    for owner in named.into_iter().flat_map(|word| word.owners) {
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}

/// The pattern as it is written, up to the first space that is not escaped, and what follows.
fn split_pattern(line: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (at, letter) in line.char_indices() {
        if letter.is_whitespace() && !is_escaped {
            return line.split_at(at);
        }
        is_escaped = !is_escaped && letter == '\\';
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, dialect: Dialect) -> Codeowners {
        Codeowners::parse(text, &"CODEOWNERS".into(), dialect, Vec::new())
    }

    fn owners(text: &str, path: &str) -> Vec<String> {
        read(text, Dialect::GitHub).resolve(path).owners
    }

    fn on_gitlab(text: &str, path: &str) -> Vec<String> {
        read(text, Dialect::GitLab).resolve(path).owners
    }

    fn told(text: &str, dialect: Dialect) -> Vec<(u64, u64)> {
        read(text, dialect).problems.iter().map(|row| (row.place.line, row.place.column)).collect()
    }

    const NOBODY: [&str; 0] = [];

    #[test]
    fn last_match_wins_even_without_owners() {
        let text = "* @all\n/docs/ @writers # they write\n/docs/api/\n*.rs @rust\n/skip/ # Skip\n";
        assert_eq!(owners(text, "README.md"), ["@all"]);
        assert_eq!(owners(text, "docs/a/b.md"), ["@writers"]);
        assert_eq!(owners(text, "docs/api/x.md"), NOBODY);
        assert_eq!(owners(text, "docs/api/x.rs"), ["@rust"]);
        assert_eq!(owners(text, "skip/x"), NOBODY);
        assert!(told(text, Dialect::GitHub).is_empty());
    }

    #[test]
    fn matches_folders_stars_and_escaped_spaces() {
        let text = "src/* @flat\nlib/** @deep\nbuild/ @anywhere\nmy\\ file.txt @blank\n/app @app\n";
        assert_eq!(owners(text, "src/a.rs"), ["@flat"]);
        assert_eq!(owners(text, "src/b/a.rs"), NOBODY);
        assert_eq!(owners(text, "lib/b/a.rs"), ["@deep"]);
        assert_eq!(owners(text, "x/build/y/z"), ["@anywhere"]);
        assert_eq!(owners(text, "my file.txt"), ["@blank"]);
        assert_eq!(owners(text, "app/x/y"), ["@app"]);
        assert_eq!(owners(text, "x/app"), NOBODY);
        assert_eq!(owners("/* @root\n", "Makefile"), ["@root"]);
        assert_eq!(owners("/* @root\n", "src/a.rs"), NOBODY);
    }

    #[test]
    fn foreign_glob_characters_are_literal_on_github() {
        for (pattern, path) in [
            ("/[id]/", "[id]/f"),
            ("/\\[id\\]/", "[id]/f"),
            ("/(a)/", "(a)/f"),
            ("/a:b/", "a:b/f"),
            ("/~a/", "~a/f"),
            ("/\\@a/", "@a/f"),
            ("/{a,b}/", "{a,b}/f"),
            ("/größe/", "größe/f"),
            ("/a!/", "a!/f"),
            ("/a#b/", "a#b/f"),
        ] {
            let text = format!("* @all\n{pattern} @own\n");
            assert_eq!(owners(&text, path), ["@own"], "{pattern}");
            assert_eq!(owners(&text, "i/f"), ["@all"], "{pattern}");
        }
        assert_eq!(told("/[id]/ @a\n/\\[id\\]/ @a\n", Dialect::GitHub), [(1, 1)]);
    }

    #[test]
    fn invalid_line_has_no_effect_on_github() {
        for (line, column) in [
            ("/a/ @ someone @ada", 5),
            ("/a/ @ada org/team", 10),
            ("/a/ @org/", 5),
            ("/a/ @ada, @bo", 5),
            ("/a/ Ada <ada@example.org>", 5),
            ("/a/\t@a/b/c", 5),
            ("/a/ @@owners", 5),
            ("!/a/ @ada", 1),
            ("\\#a @ada", 1),
            ("/ @ada", 1),
            ("/a/*** @ada", 1),
            ("[Some section] @ada", 7),
            ("  /a/ @ädá", 7),
        ] {
            let text = format!("* @all\n{line}\n");
            assert_eq!(owners(&text, "a/f"), ["@all"], "{line}");
            let column = column - if line.starts_with("  ") { 2 } else { 0 };
            assert_eq!(told(&text, Dialect::GitHub)[0], (2, column), "{line}");
        }
        assert_eq!(owners("* @all\n[Docs]\na/ @a\n", "a/f"), ["@a"]);
    }

    #[test]
    fn github_ignores_files_above_its_limit() {
        let text = "/a/ @ada\n".repeat(GITHUB_LIMIT / 9 + 1);
        assert_eq!(owners(&text, "a/f"), NOBODY);
        assert_eq!(told(&text, Dialect::GitHub), [(0, 0)]);
    }

    #[test]
    fn exclusion_holds_in_its_section() {
        let text = "* @all\n[Docs]\n*.md @writers\n!CHANGES.md\nCHANGES.md @release\n!old/\n";
        assert_eq!(on_gitlab(text, "a.md"), ["@all", "@writers"]);
        assert_eq!(on_gitlab(text, "CHANGES.md"), ["@all"]);
        assert_eq!(on_gitlab(text, "x/old/a.md"), ["@all"]);
        assert_eq!(on_gitlab("* @all\n!x @all\nx @b", "x"), NOBODY);
    }

    #[test]
    fn each_gitlab_section_decides_for_itself() {
        let text = "* @all\n[Docs][2] @writers\n*.md\nREADME.md @lead\n^[Database]\n/db/ @dba\n[DOCS] @others\n*.txt\n/db/*.md\n";
        assert_eq!(on_gitlab(text, "a.md"), ["@all", "@writers"]);
        assert_eq!(on_gitlab(text, "a.txt"), ["@all", "@others"]);
        assert_eq!(on_gitlab(text, "db/x/README.md"), ["@all", "@lead", "@dba"]);
        assert_eq!(on_gitlab(text, "db/README.md"), ["@all", "@others", "@dba"]);
        assert!(told(text, Dialect::GitLab).is_empty());
    }

    #[test]
    fn gitlab_matches_as_fnmatch() {
        for (pattern, inside, outside) in [
            ("README.md", &["README.md", "a/b/README.md"][..], &["README.md/x", "xREADME.md"][..]),
            ("a/b.md", &["a/b.md", "x/a/b.md"], &["a/x/b.md"]),
            ("a/b/", &["a/b/c", "x/a/b/c/d"], &["a/b"]),
            ("/a/b/", &["a/b/c", "a/b/c/d", "a/b/.c"], &["x/a/b/c"]),
            ("/a", &["a"], &["a/b", "x/a"]),
            ("*", &["a", "a/.b/c"], &[]),
            ("/", &["a", "a/b"], &[]),
            ("/*", &["a", ".b"], &["a/b"]),
            ("/a/*", &["a/b"], &["a/b/c"]),
            ("/a/**", &["a/b"], &["a/b/c", "a"]),
            ("/a/**/*", &["a/b", "a/b/c"], &["a"]),
            ("/a/**/b.md", &["a/b.md", "a/x/y/b.md"], &["x/a/b.md"]),
            ("**/a/", &["a/b", "x/a/b/c"], &["a"]),
            ("/a**/b", &["a/b", "ax/b"], &["a/x/b"]),
            ("/a/[bc]?.md", &["a/bx.md", "a/c1.md"], &["a/dx.md", "a/b.md"]),
            ("/{a,b}/", &["{a,b}/c"], &["a/c"]),
            ("/a\\ b/", &["a b/c"], &["a"]),
            ("\\#a", &["#a", "b/#a"], &[]),
            ("/\\[a\\]/", &["[a]/b"], &["a/b"]),
        ] {
            let text = format!("{pattern} @own\n");
            for path in inside {
                assert_eq!(on_gitlab(&text, path), ["@own"], "{pattern} {path}");
            }
            for path in outside {
                assert_eq!(on_gitlab(&text, path), NOBODY, "{pattern} {path}");
            }
        }
    }

    #[test]
    fn gitlab_ignores_invalid_words_only() {
        let text = "* @all\n/a/ @ada nobody jane@example.org @@Developers\n/b/ nobody\n/c/ @c # ask @d\n[X] @x\n/d/ # none\n/e/\n[y\n[a-z]*.txt @q\nf\n";
        assert_eq!(on_gitlab(text, "a/f"), ["@ada", "jane@example.org", "@@developers"]);
        assert_eq!(on_gitlab(text, "b/f"), NOBODY);
        assert_eq!(on_gitlab(text, "c/f"), ["@c", "@d"]);
        assert_eq!(on_gitlab(text, "d/f"), ["@all"]);
        assert_eq!(on_gitlab(text, "e/f"), ["@all", "@x"]);
        assert_eq!(on_gitlab(text, "f"), ["@all"]);
        assert_eq!(told(text, Dialect::GitLab), [(2, 10), (3, 5), (6, 1), (8, 1), (9, 1)]);
    }
}
