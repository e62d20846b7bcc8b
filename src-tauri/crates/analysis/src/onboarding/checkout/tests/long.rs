//! Lists that are too long for one setting.

use super::*;
use headroom_model::ListPlace;

const ITEMS: u32 = 10_000;

/// Ada's list with many more items, each with a note.
fn long_plan() -> Arc<Plan> {
    let plan = plan();
    let mut draft = Draft::new(&plan);
    let checklist = plan.checklists.rows()[0].id;
    for place in 6..ITEMS {
        // Ids with gaps, which cannot be abbreviated as ranges.
        let id = draft.new_id::<ChecklistItem>();
        draft.new_id::<ChecklistItem>();
        let (title, note) = (format!("item {place}"), format!("é{place} ").repeat(12));
        draft.put(ChecklistItem {
            id,
            checklist,
            title,
            note,
            place: ListPlace::nth(place as usize),
            ..ChecklistItem::default()
        });
    }
    let changes = draft.finish();
    Arc::new(apply(&plan, &changes))
}

#[test]
fn long_lists_round_trip() {
    let before = long_plan();
    let (plan, copy) = handed(&before, &new_hire(&before), &[]).unwrap();
    assert_eq!(copy.checklist_items.len(), ITEMS as usize);
    assert!(copy.settings.len() > 2, "{} settings", copy.settings.len());
    assert_eq!(CheckedOut::of(&copy).unwrap().unwrap().items.len(), ITEMS as usize);
    assert_eq!(brought(&plan, &copy, None).unwrap().changes, []);
    let last = copy.checklist_items.rows().last().unwrap();
    let mut draft = Draft::new(&copy);
    draft.put(ChecklistItem { note: "at last".into(), ..last.clone() });
    let back = brought(&plan, &apply(&copy, &draft.finish()), None).unwrap();
    assert_eq!((back.taken.len(), back.taken[0].item, back.ignored), (1, last.id, Vec::new()));
}
