//! Compares `docs/formats` with the formats of diagrams, so that neither changes without the other.

use crate::DIAGRAM_FORMATS;

const README: &str = include_str!("../../../../docs/formats/README.md");

#[test]
fn formats_page_ends_with_every_diagram() {
    let rows: Vec<&str> = README
        .lines()
        .skip_while(|line| !line.starts_with("| id | format |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let (others, diagrams) = rows.split_at(rows.len() - DIAGRAM_FORMATS.len());
    let is_drawn = |row: &str| row.ends_with("| | | | yes |");
    assert!(!others.iter().any(|row| is_drawn(row)), "{others:#?}");
    for (row, format) in diagrams.iter().zip(DIAGRAM_FORMATS) {
        let start = format!("| `{}` | [{}]", format.id, format.title);
        assert!(row.starts_with(&start) && is_drawn(row), "{row} is not {}", format.id);
    }
}
