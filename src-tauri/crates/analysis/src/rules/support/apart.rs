//! Findings of one rule about one subject, with ids of their own.

use crate::finding::Finding;

/// Adds a finding. If another one has the same id, because the rows are equal in all that ids are made of, a number
/// is added to the id.
pub fn add_apart(found: &mut Vec<Finding>, finding: Finding) {
    // Findings with the same subject are neighbours.
    let of_subject = || found.iter().rev().take_while(|known| known.subject == finding.subject);
    let is_taken = |id: &str| of_subject().any(|known| known.id == id);
    let others = (2..).map(|number| format!("{}/{number}", finding.id));
    let id = std::iter::once(finding.id.clone()).chain(others).find(|id| !is_taken(id));
    found.push(Finding { id: id.unwrap_or_default(), ..finding });
}
