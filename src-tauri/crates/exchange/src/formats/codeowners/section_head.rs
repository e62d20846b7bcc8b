//! Parses the headings of sections, which GitLab has.

/// The heading of a section: `[Name]`, `^[Name]` (optional), `[Name][2]` (approvals).
pub struct SectionHead<'l> {
    pub name: &'l str,
    /// What follows: the default owners of the section.
    pub rest: &'l str,
}

pub fn section_head(line: &str) -> Option<SectionHead<'_>> {
    let rest = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (name, rest) = rest.split_once(']')?;
    let rest = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((count, rest)) if count.chars().all(|digit| digit.is_ascii_digit()) => rest,
        _ => rest,
    };
    Some(SectionHead { name, rest })
}
