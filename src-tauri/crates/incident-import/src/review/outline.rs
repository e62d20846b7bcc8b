//! The parts of a review: what stands below its headings and below its bold labels.

/// A line with its number in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReviewLine<'t> {
    pub number: u64,
    pub text: &'t str,
}

/// What begins a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReviewPartStart {
    /// A heading of this level.
    Heading(usize),
    /// `- **Label**: words`, or the same without a bullet.
    Label,
}

#[derive(Debug)]
pub(super) struct ReviewPart<'t> {
    pub start: ReviewPartStart,
    pub title: &'t str,
    /// What a label says in its own line.
    pub words: &'t str,
    pub number: u64,
    pub lines: Vec<ReviewLine<'t>>,
}

#[derive(Debug, Default)]
pub(super) struct ReviewOutline<'t> {
    pub parts: Vec<ReviewPart<'t>>,
}

impl<'t> ReviewOutline<'t> {
    /// `first` is the number of the first line.
    pub fn new(text: &'t str, first: u64) -> Self {
        let mut parts: Vec<ReviewPart<'t>> = Vec::new();
        let mut is_code = false;
        for (at, line) in text.lines().enumerate() {
            let number = first + at as u64;
            let trimmed = line.trim_start();
            let fence = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence));
            // Code within a line ends on it.
            if fence.is_some_and(|fence| !trimmed[fence.len()..].contains(fence)) {
                is_code = !is_code;
                continue;
            }
            if is_code {
                continue;
            }
            match part_of(line) {
                Some((start, title, words)) => {
                    parts.push(ReviewPart { start, title, words, number, lines: Vec::new() });
                }
                None => {
                    if let Some(part) = parts.last_mut() {
                        part.lines.push(ReviewLine { number, text: line });
                    }
                }
            }
        }
        Self { parts }
    }

    /// The first heading of the first level.
    pub fn title(&self) -> Option<&'t str> {
        let is_title = |part: &&ReviewPart<'_>| part.start == ReviewPartStart::Heading(1);
        self.parts.iter().find(is_title).map(|part| part.title)
    }

    /// What a label or a heading of this name says.
    pub fn labelled(&self, name: &str) -> Option<&'t str> {
        let part = self.parts.iter().find(|part| part.title.eq_ignore_ascii_case(name))?;
        let first = part.lines.iter().map(|line| line.text.trim()).find(|text| !text.is_empty());
        Some(part.words).filter(|words| !words.is_empty()).or(first)
    }

    /// Whether it has what reviews of incidents have: a timeline, key events, an impact, a cause.
    pub fn has_review_parts(&self) -> bool {
        const PARTS: [&str; 14] = [
            "timeline",
            "key events",
            "impact",
            "root cause",
            "root causes",
            "contributing factors",
            "resolution",
            "what went wrong",
            "what went well",
            "lessons learnt",
            "lessons learned",
            "incident summary",
            "trigger",
            "detection",
        ];
        let is_part = |part: &ReviewPart<'_>| PARTS.iter().any(|name| part.title.eq_ignore_ascii_case(name));
        self.parts.iter().any(is_part)
    }
}

fn part_of(line: &str) -> Option<(ReviewPartStart, &str, &str)> {
    if let Some(rest) = line.strip_prefix('#') {
        let level = 1 + rest.len() - rest.trim_start_matches('#').len();
        let title = rest.trim_start_matches('#');
        let is_heading = level <= 6 && title.starts_with(char::is_whitespace);
        return is_heading
            .then(|| (ReviewPartStart::Heading(level), title.trim().trim_end_matches('#').trim(), ""));
    }
    let label = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
    let rest = label.strip_prefix("**")?;
    let (title, words) = rest.split_once("**")?;
    let words = words.trim();
    // Bold words within a sentence are no label.
    let is_label = title.ends_with(':') || words.is_empty() || words.starts_with(':');
    let title = title.trim().trim_end_matches(':').trim();
    let is_short = !title.is_empty() && title.chars().count() <= 60;
    (is_label && is_short).then(|| (ReviewPartStart::Label, title, words.trim_start_matches(':').trim()))
}
