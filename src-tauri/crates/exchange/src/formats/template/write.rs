//! Writes templates back as Markdown.

use std::{fs, path::Path};

use headroom_checklist_markdown::ChecklistText;
use headroom_files::{Diagnostic, Level, Place, WriteError, write_file};
use headroom_model::{Plan, Snapshot, Template, fields::slug};

use super::read::template;

/// Writes each imported template to a file of the folder, byte for byte as it was imported.
///
/// # Errors
/// [`WriteError::Io`] or [`WriteError::IsPlan`].
pub fn write(snapshot: &Snapshot, out: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    let mut problems = Vec::new();
    fs::create_dir_all(out).map_err(WriteError::io(out))?;
    for row in plan.in_order::<Template>() {
        let file = out.join(format!("{}.md", slug(&row.key)));
        let place = Place::new(&file.display().to_string().into(), 0, 0);
        if row.text.is_empty() {
            let message = format!("“{}” was not imported from Markdown and was skipped", row.name);
            let advice = "export the plan as JSON to get everything";
            problems.push(Diagnostic::new(Level::Error, place, message, advice));
            continue;
        }
        if !says_the_same(plan, row) {
            let message =
                format!("“{}” has changed since it was imported; the file has the imported text", row.name);
            let advice = "update the file as well and import it again";
            problems.push(Diagnostic::new(Level::Warning, place, message, advice));
        }
        write_file(&file, &row.text)?;
    }
    Ok(problems)
}

fn says_the_same(plan: &Plan, row: &Template) -> bool {
    let text = ChecklistText::read(row.text.trim_start_matches('\u{feff}'));
    let told = template(&text, &row.key, &Place::default(), &mut Vec::new());
    let mut items: Vec<_> = plan.template_items.iter().filter(|item| item.template == row.id).collect();
    plan.sort(&mut items);
    let of_text = told.items.iter().map(|item| (&item.section, &item.title, &item.text));
    of_text.eq(items.iter().map(|item| (&item.section, &item.title, &item.text)))
}
