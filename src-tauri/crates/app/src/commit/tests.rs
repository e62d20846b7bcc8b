//! Whichever way an edit of a template comes, the same follows from it.
#![allow(clippy::unwrap_used)]

use std::fs;

use chrono::Days;
use headroom_analysis::{
    EditOutcome,
    onboarding::{ChecklistStart, start_checklist},
};
use headroom_model::{
    Assignee, Checklist, ChecklistItem, Draft, ListPlace, Person, PersonId, Plan, Service, Template,
    TemplateItem,
};
use tempfile::TempDir;

use super::*;
use crate::{
    at::At,
    edit::{FieldEdit, FieldValue, create, remove_whole, set_fields},
    effect::effect,
    entities::{entity::EntityKind, id::Id},
    import::preview::{ImportRequest, import_apply, import_preview},
    onboarding::template::{move_template_item, put_template_item, remove_template_item, template_view},
    state::AppState,
};

/// A template of two items with a checklist that has started and one that has not.
struct Scene {
    folder: TempDir,
    app: AppState,
    template: Id,
    laptop: Id,
    /// Who does the first item, and what it is about.
    ben: Id,
    service: Id,
    started: PersonId,
    ahead: PersonId,
}

fn scene() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("plan.headroom"), now()).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    let collect = |draft: &mut Draft<'_>| {
        let people = ["ada", "ben", "cy"].map(|key| {
            let id = draft.new_id::<Person>();
            draft.put(Person { id, key: key.into(), name: key.into(), ..Person::default() });
            id
        });
        let service = draft.new_id::<Service>();
        draft.put(Service { id: service, key: "api".into(), name: "Api".into(), ..Service::default() });
        let template = draft.new_id::<Template>();
        draft.put(Template { id: template, key: "all".into(), name: "All".into(), ..Template::default() });
        let [laptop, accounts] = [0; 2].map(|_| draft.new_id::<TemplateItem>());
        let place = ListPlace::nth;
        let (title, assignee) = ("Laptop".to_owned(), Assignee::Person(people[1]));
        let item = TemplateItem { id: laptop, template, title, assignee, ..TemplateItem::default() };
        draft.put(TemplateItem { service: Some(service), place: place(0), ..item });
        let item = TemplateItem { id: accounts, template, title: "Accounts".into(), ..Default::default() };
        draft.put(TemplateItem { needs: vec![laptop], place: place(1), ..item });
        Ok((people, service, template, laptop))
    };
    let ([started, ben, ahead], service, template, laptop) =
        app.edit(|_| "Begin".to_owned(), collect).unwrap();
    let days = [(started, today() - Days::new(10)), (ahead, today() + Days::new(30))];
    for (person, start) in days {
        let templates = vec![template];
        let what = ChecklistStart { person, start: Some(start), templates, ..ChecklistStart::default() };
        app.edit_as(|plan, draft| {
            start_checklist(draft, plan, &what).unwrap();
            Ok(("Start".to_owned(), ()))
        })
        .unwrap();
    }
    let (template, laptop, ben, service) = (template.into(), laptop.into(), ben.into(), service.into());
    Scene { folder, app, template, laptop, ben, service, started, ahead }
}

impl Scene {
    fn template<'p>(&self, plan: &'p Plan) -> &'p Template {
        plan.templates.get(self.template.into()).unwrap()
    }

    fn wanted(&self, plan: &Plan) -> Vec<String> {
        let mut items: Vec<&TemplateItem> = plan.template_items.iter().collect();
        plan.sort(&mut items);
        items.into_iter().map(|item| item.title.clone()).collect()
    }

    /// The version that the list of a person has, and its titles.
    fn list(&self, plan: &Plan, person: PersonId) -> (u32, Vec<String>) {
        let list: &Checklist = plan.checklists.iter().find(|list| list.person == person).unwrap();
        let mut items: Vec<&ChecklistItem> =
            plan.checklist_items.iter().filter(|item| item.checklist == list.id).collect();
        plan.sort(&mut items);
        (list.templates[0].version, items.into_iter().map(|item| item.title.clone()).collect())
    }

    fn title(&self, title: &str) -> Vec<Change> {
        let plan = self.app.plan().unwrap();
        let item = plan.template_items.get(self.laptop.into()).unwrap();
        let mut draft = Draft::new(&plan);
        draft.put(TemplateItem { title: title.into(), ..item.clone() });
        draft.finish()
    }
}

fn field(name: &str, value: FieldValue) -> FieldEdit {
    FieldEdit { field: name.to_owned(), value, was: None }
}

type EditOf = (&'static str, fn(&Scene));

const EDITS: &[EditOf] = &[
    ("a form", |scene| {
        let edits = vec![field("title", FieldValue::Text("Computer".into()))];
        set_fields(&scene.app, EntityKind::TemplateItem, scene.laptop, edits).unwrap();
    }),
    ("a form for a new item", |scene| {
        let edits = vec![
            field("template", FieldValue::Number(scene.template)),
            field("title", FieldValue::Text("Desk".into())),
        ];
        create(&scene.app, EntityKind::TemplateItem, edits).unwrap();
    }),
    ("deleting an item", |scene| {
        remove_whole(&scene.app, EntityKind::TemplateItem, scene.laptop).unwrap();
    }),
    ("deleting the assignee", |scene| {
        remove_whole(&scene.app, EntityKind::Person, scene.ben).unwrap();
    }),
    ("deleting the service of an item", |scene| {
        remove_whole(&scene.app, EntityKind::Service, scene.service).unwrap();
    }),
    ("the page of the template", |scene| {
        let mut form = template_view(&scene.app, scene.template).unwrap().items[0].form.clone();
        form.title = "Computer".into();
        put_template_item(&scene.app, scene.template, Some(scene.laptop), form).unwrap();
    }),
    ("adding there", |scene| {
        let mut form = template_view(&scene.app, scene.template).unwrap().items[0].form.clone();
        form.title = "Desk".into();
        put_template_item(&scene.app, scene.template, None, form).unwrap();
    }),
    ("removing there", |scene| remove_template_item(&scene.app, scene.laptop).unwrap()),
    ("moving there", |scene| move_template_item(&scene.app, scene.laptop, true).unwrap()),
    ("a list of changes, as of a remedy", |scene| {
        scene.app.apply("Edit", scene.title("Computer")).unwrap();
    }),
    ("a command", |scene| {
        let changes = scene.title("Computer");
        scene.app.alter(|store| commit_edit(store, "Edit", "Ada", changes)).unwrap();
    }),
    ("an import", |scene| {
        let file = scene.folder.path().join("all.md");
        fs::write(&file, "# All\n\n- [ ] Laptop\n- [ ] Desk\n").unwrap();
        let request = ImportRequest {
            sources: vec![file.display().to_string()],
            format: None,
            depth: 1,
            is_complete: false,
            names: Vec::new(),
            profile: None,
            notation: Default::default(),
        };
        import_preview(&scene.app, request).unwrap();
        import_apply(&scene.app).unwrap();
    }),
];

#[test]
fn every_edit_of_a_template_is_propagated() {
    for (name, edit) in EDITS {
        let scene = scene();
        let before = scene.app.plan().unwrap();
        let started = scene.list(&before, scene.started);
        edit(&scene);
        let after = scene.app.plan().unwrap();
        assert_eq!(scene.template(&after).version, 2, "{name}: somebody has started from the first");
        assert_eq!(scene.list(&after, scene.started), started, "{name}: the list that has started");
        let wanted = (2, scene.wanted(&after));
        assert_eq!(scene.list(&after, scene.ahead), wanted, "{name}: the list that has not");
        // One operation: undone, everything is as it was, and nothing follows from that.
        scene.app.alter(|store| store.undo("Ada", now())).unwrap();
        assert!(*scene.app.plan().unwrap() == *before, "{name}: undone");
        scene.app.alter(|store| store.redo("Ada", now())).unwrap();
        assert!(*scene.app.plan().unwrap() == *after, "{name}: redone");
    }
}

#[test]
fn preview_shows_what_the_edit_does() {
    let scene = scene();
    let (plan, changes) = (scene.app.plan().unwrap(), scene.title("Computer"));
    let outcome = EditOutcome::of(&plan, changes.clone(), today()).unwrap();
    let view = scene.app.day(At::default()).unwrap();
    let shown = effect(&scene.app, &view, "Edit".to_owned(), changes.clone()).unwrap();
    // The item, the version of the template, the list ahead and its item.
    assert_eq!((shown.change_count as usize, outcome.changes.len()), (4, 4));
    drop((view, plan));
    scene.app.apply("Edit", changes).unwrap();
    assert!(*scene.app.plan().unwrap() == outcome.plan);
    assert_eq!(with_consequences(&outcome.plan, Vec::new(), today()), Ok(Vec::new()));
}

#[test]
fn nothing_follows_from_other_edits() {
    let scene = scene();
    let before = scene.app.plan().unwrap();
    let edits = vec![field("title", FieldValue::Text("Engineer".into()))];
    set_fields(&scene.app, EntityKind::Person, scene.ben, edits).unwrap();
    let after = scene.app.plan().unwrap();
    assert_eq!(headroom_model::merge::changes_between(&before, &after).len(), 1);
    let revision = |app: &AppState| app.with_store(|_, revision| revision).unwrap();
    let known = revision(&scene.app);
    let edits = vec![field("title", FieldValue::Text("Engineer".into()))];
    set_fields(&scene.app, EntityKind::Person, scene.ben, edits).unwrap();
    assert_eq!(revision(&scene.app), known, "an edit that changes nothing");
}
