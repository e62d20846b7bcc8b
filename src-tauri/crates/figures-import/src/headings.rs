//! Rows without figures that stand above others: they name the metric of those below, or the segment.

use super::{column_role::is_total, figure_table::FigureLine, metric_label::MetricLabel};

/// What a block of rows is under, and what the row above them was called.
#[derive(Default)]
pub struct Headings {
    current: String,
    /// The label of the row above, for those that leave it out.
    pub label: String,
    /// Headings of the lines, in their order.
    of_lines: Vec<String>,
}

impl Headings {
    /// A row without figures begins a block.
    pub fn begin(&mut self, heading: String) {
        self.current = heading;
        self.label.clear();
    }

    /// A header has a name of its own; without one, the row above it may have been one.
    pub fn begin_table(&mut self, heading: &str) {
        if !heading.is_empty() {
            self.current = heading.to_owned();
        }
        self.label.clear();
    }

    pub fn add_line(&mut self) {
        self.of_lines.push(self.current.clone());
    }

    /// Says of each line which part of its heading it is. Below a heading that is a metric, or below several that repeat
    /// the same labels, a label is a segment; where the labels are metrics, the headings are. Returns the headings that
    /// are segments, each with its first line.
    pub fn give_to(&self, lines: &mut [FigureLine]) -> Vec<(String, (u64, usize))> {
        let known: Vec<bool> =
            lines.iter().map(|line| MetricLabel::of(&line.label).known.is_some()).collect();
        let metrics: Vec<bool> = (0..lines.len()).map(|at| self.is_metric_of(at, lines, &known)).collect();
        let segments: Vec<bool> = (0..lines.len()).map(|at| self.is_segment_of(at, lines, &known)).collect();
        let mut said = Vec::new();
        for (at, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.scope.segment.is_empty()) {
            let heading = self.of_lines[at].clone();
            if metrics[at] {
                line.scope.segment = std::mem::replace(&mut line.label, heading);
            } else if segments[at] {
                line.scope.segment.clone_from(&heading);
                if !is_total(&heading) && said.iter().all(|(other, _)| *other != heading) {
                    said.push((heading, line.at));
                }
            }
        }
        said
    }

    fn is_metric_of(&self, at: usize, lines: &[FigureLine], known: &[bool]) -> bool {
        let heading = &self.of_lines[at];
        !heading.is_empty()
            && !known[at]
            && (MetricLabel::of(heading).known.is_some() || self.is_repeated(at, lines))
    }

    /// Whether another heading has a line of this label as well.
    fn is_repeated(&self, at: usize, lines: &[FigureLine]) -> bool {
        let mut others = lines.iter().zip(&self.of_lines);
        others.any(|(line, other)| line.label == lines[at].label && *other != self.of_lines[at])
    }

    /// Whether the heading is that of a segment: at least half of the metrics below it stand below another one, too.
    fn is_segment_of(&self, at: usize, lines: &[FigureLine], known: &[bool]) -> bool {
        let heading = &self.of_lines[at];
        if heading.is_empty() || MetricLabel::of(heading).known.is_some() || is_summary(heading) {
            return false;
        }
        let below: Vec<usize> =
            (0..lines.len()).filter(|other| self.of_lines[*other] == *heading && known[*other]).collect();
        let repeated = below.iter().filter(|other| self.is_repeated(**other, lines)).count();
        !below.is_empty() && repeated * 2 >= below.len()
    }
}

/// Whether a heading is that of figures shown once more.
fn is_summary(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        matches!(
            word,
            "summary"
                | "highlights"
                | "overview"
                | "key"
                | "kpi"
                | "kpis"
                | "metrics"
                | "figures"
                | "überblick"
                | "übersicht"
        )
    })
}
