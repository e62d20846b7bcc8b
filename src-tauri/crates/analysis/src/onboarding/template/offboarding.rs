//! A template for leaving, derived from one for joining.

use headroom_model::{
    Assignee, Draft, Due, LifecycleEvent, ListPlace, Plan, Template, TemplateId, TemplateItem,
};

/// Verbs at the beginning of a title, with those that reverse them.
const OPPOSITES: [(&str, &str); 18] = [
    ("Order ", "Collect: "),
    ("Give ", "Collect: "),
    ("Hand out ", "Collect: "),
    ("Hand over ", "Collect: "),
    ("Send ", "Collect: "),
    ("Grant ", "Revoke "),
    ("Create ", "Close "),
    ("Make ", "Close "),
    ("Open ", "Close "),
    ("Set up ", "Shut down "),
    ("Install ", "Remove "),
    ("Add ", "Remove "),
    ("Invite ", "Remove "),
    ("Book ", "Cancel "),
    ("Assign ", "Release "),
    ("Introduce ", "Say goodbye: "),
    ("Announce ", "Announce departure: "),
    ("Enrol ", "Remove "),
];

/// Drafts a template for leaving, to be reviewed: what others do for a new hire, reversed, in the opposite order and
/// as many days before the last one as it was after the first. Goals and what the new hire does themself are left
/// out.
pub fn offboarding_from(draft: &mut Draft<'_>, plan: &Plan, template: &Template) -> TemplateId {
    let mut items: Vec<&TemplateItem> = plan
        .template_items
        .iter()
        .filter(|item| item.template == template.id && !item.goal && item.assignee != Assignee::NewHire)
        .collect();
    plan.sort(&mut items);
    items.reverse();
    let id = draft.new_id::<Template>();
    draft.put(Template {
        id,
        key: free_key(plan, &format!("{}-leaving", template.key)),
        name: format!("{} (offboarding)", template.name),
        occasion: LifecycleEvent::Leave,
        team: template.team,
        discipline: template.discipline.clone(),
        level: template.level.clone(),
        ..Template::default()
    });
    for (place, item) in items.into_iter().enumerate() {
        let own = draft.new_id::<TemplateItem>();
        draft.put(TemplateItem {
            id: own,
            template: id,
            section: item.section.clone(),
            title: opposite(&item.title),
            assignee: item.assignee.clone(),
            due: item.due.map(|due| Due { working_days: -due.working_days.max(0), after: None }),
            optional: item.optional,
            service: item.service,
            team: item.team,
            place: ListPlace::nth(place),
            ..TemplateItem::default()
        });
    }
    id
}

fn opposite(title: &str) -> String {
    let begins = |(word, _): &&(&str, &str)| {
        title.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
    };
    let text = match OPPOSITES.iter().find(begins) {
        Some((word, other)) => format!("{other}{}", &title[word.len()..]),
        None => format!("Undo: {title}"),
    };
    text.chars().take(headroom_model::entity::NAME_LIMIT).collect()
}

/// The key, with a number if another template has it.
pub fn free_key(plan: &Plan, wanted: &str) -> String {
    let mut keys = std::iter::once(wanted.to_owned()).chain((2..).map(|number| format!("{wanted}-{number}")));
    keys.find(|key| plan.find::<Template>(key).is_none()).unwrap_or_else(|| wanted.to_owned())
}
