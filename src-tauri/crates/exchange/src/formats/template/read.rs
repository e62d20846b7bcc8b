//! Reads Markdown files into template records.

use std::path::{Path, PathBuf};

use headroom_checklist_markdown::{ChecklistFile, ChecklistText, Suggested, SuggestedAssignee, Tick, Under};
use headroom_files::{
    Diagnostic, Level, Place, ReadError, find,
    records::{Records, TemplateItemRecord, TemplateRecord},
};
use headroom_model::{Assignee as Doer, LifecycleEvent, entity::NAME_LIMIT, fields::slug};

/// By the file's name. A folder is never recognised, since every repository has some Markdown.
pub fn recognise(path: &Path) -> bool {
    path.is_file() && is_markdown(path)
}

fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads each file as a template with the file's name as key and the text's title as name.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no file, [`ReadError::Io`] or [`ReadError::Structure`] if one can't be read.
pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    for path in find::wanted(sources, is_markdown, "Markdown checklists")? {
        let file = ChecklistFile::read(&path)?;
        records.problems.extend(file.problems.iter().cloned());
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let place = Place::new(&path.display().to_string().into(), 0, 0);
        let original = file.bytes().ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if original.is_none() {
            let message = "the file is not UTF-8; exports will be";
            let advice = "no action needed, unless other tools need the original encoding";
            records.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
        }
        let mut template = template(&file.text, &stem, &place, &mut records.problems);
        if template.items.is_empty() {
            let message = "no items in the file, so no template was created";
            let advice = "write each item as “- [ ] text”";
            records.problems.push(Diagnostic::new(Level::Error, place, message, advice));
            continue;
        }
        template.text = original.unwrap_or(template.text);
        records.templates.push(template);
    }
    Ok(records)
}

pub(super) fn template(
    text: &ChecklistText,
    stem: &str,
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> TemplateRecord {
    let parts = text.parts();
    let title = parts.title.as_ref().map(|title| title.text.trim()).filter(|title| !title.is_empty());
    let name = short(title.unwrap_or(stem)).0;
    let occasion = occasion(&[stem, &name].join(" "));
    if occasion == LifecycleEvent::Leave {
        let message = "read as an offboarding checklist because of its name".to_owned();
        problems.push(Diagnostic::new(
            Level::Warning,
            place.clone(),
            message,
            "if it is not, rename the file",
        ));
    }
    let key = Some(slug(stem)).filter(|key| !key.is_empty()).unwrap_or_else(|| "checklist".to_owned());
    let mut items: Vec<TemplateItemRecord> = Vec::new();
    // Where each item of the text is among the items taken.
    let mut taken: Vec<Option<usize>> = Vec::new();
    for ((index, item), suggested) in parts.items.iter().enumerate().zip(text.suggestions()) {
        let place = Place { line: item.line as u64, ..place.clone() };
        let (title, is_cut) = short(item.title.text.trim());
        if title.is_empty() {
            let message = "the item has no text and was skipped";
            problems.push(Diagnostic::new(Level::Error, place, message, "describe what to do"));
            taken.push(None);
            continue;
        }
        let body = clean(&text.body(index));
        let text = if is_cut { format!("{}\n\n{body}", clean(&item.title.text)) } else { body };
        let section = parts.path(item.section).into_iter().filter(|name| Some(*name) != title_of(parts));
        tell(&suggested, &place, problems);
        taken.push(Some(items.len()));
        items.push(TemplateItemRecord {
            section: short(&section.collect::<Vec<_>>().join(" / ")).0,
            title,
            text,
            due: suggested.due.map(|due| due.value.offset_working_days),
            assignee: suggested.assignee.map(|assignee| doer(assignee.value)),
            link: parts.links.iter().find(|link| link.item == Some(index)).map(|link| clean(&link.address)),
            needs: Vec::new(),
            place,
        });
    }
    // An item is done when those nested in it are.
    for (index, item) in parts.items.iter().enumerate() {
        if let (Some(inner), Some(outer)) = (taken[index], item.parent.and_then(|parent| taken[parent])) {
            items[outer].needs.push(inner);
        }
    }
    let ticked = parts.items.iter().filter(|item| item.tick != Tick::Open).count();
    if ticked > 0 {
        let items = if ticked == 1 { "item is" } else { "items are" };
        let message = format!("{ticked} {items} ticked; new checklists start with every item open");
        let advice = "no action needed; the Markdown text keeps its ticks";
        problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
    }
    TemplateRecord { place: place.clone(), key, name, occasion, text: text.source().to_owned(), items }
}

fn title_of(parts: &headroom_checklist_markdown::Parts) -> Option<&str> {
    parts.title.as_ref().map(|title| title.text.as_str())
}

fn occasion(words: &str) -> LifecycleEvent {
    let words = words.to_lowercase();
    let is_leaving =
        ["offboarding", "off-boarding", "leaving", "leaver"].iter().any(|word| words.contains(word));
    if is_leaving { LifecycleEvent::Leave } else { LifecycleEvent::Join }
}

fn doer(assignee: SuggestedAssignee) -> Doer {
    match assignee {
        SuggestedAssignee::NewHire => Doer::NewHire,
        SuggestedAssignee::Manager => Doer::Manager,
        SuggestedAssignee::Buddy => Doer::Buddy,
        SuggestedAssignee::It => Doer::It,
        SuggestedAssignee::PeopleOps => Doer::PeopleOps,
        SuggestedAssignee::Named(name) => Doer::Other(short(&name).0),
    }
}

/// Reports what was read from an item's words. What comes from a heading is reported at the first item below it only.
fn tell(suggested: &Suggested, place: &Place, problems: &mut Vec<Diagnostic>) {
    let advice = "if this is wrong, reword it and import again";
    if let Some(found) =
        suggested.assignee.as_ref().filter(|found| is_first(found.from, &found.words, problems))
    {
        let who = doer(found.value.clone());
        let who = match (&who, who.role()) {
            (Doer::Other(name), _) => name.clone(),
            (Doer::It, _) => "IT".to_owned(),
            (Doer::PeopleOps, _) => "People Ops".to_owned(),
            (_, role) => role.unwrap_or_default().to_owned(),
        };
        let message = format!("“{}” was read as: assigned to {who}", found.words);
        problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
    }
    if let Some(found) = suggested.due.as_ref().filter(|found| is_first(found.from, &found.words, problems)) {
        let message = format!("“{}” was read as: due {}", found.words, due(found.value.offset_working_days));
        problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
    }
}

fn is_first(from: Option<Under>, words: &str, problems: &[Diagnostic]) -> bool {
    let begin = format!("“{words}” was read as");
    from.is_none() || !problems.iter().any(|problem| problem.message.starts_with(&begin))
}

fn due(working_days: i32) -> String {
    match working_days {
        0.. => format!("on working day {}", working_days + 1),
        -1 => "1 working day before the start".to_owned(),
        before => format!("{} working days before the start", before.unsigned_abs()),
    }
}

/// A text short enough for a name, and whether it was cut.
fn short(text: &str) -> (String, bool) {
    let text = clean(text);
    match text.char_indices().nth(NAME_LIMIT) {
        None => (text, false),
        Some(_) => (text.chars().take(NAME_LIMIT - 1).chain(['…']).collect(), true),
    }
}

fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
