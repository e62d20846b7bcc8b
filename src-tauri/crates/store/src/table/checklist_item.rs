use headroom_model::{ChecklistItem, ItemState};

use super::{Cells, Columns, SqlRow};

impl SqlRow for ChecklistItem {
    const TABLE: &'static str = "checklist_item";
    const COLUMNS: &'static [&'static str] = &[
        "checklist",
        "origin",
        "generated",
        "section",
        "title",
        "text",
        "due",
        "due_after",
        "due_by_hand",
        "assignee",
        "assignee_person",
        "assignee_team",
        "takes_days",
        "needs",
        "optional",
        "goal",
        "link",
        "service",
        "team",
        "state",
        "state_on",
        "state_words",
        "note",
        "feedback",
        "place",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.checklist));
        cells.id(self.origin);
        cells.text(&self.generated);
        cells.text(&self.section);
        cells.text(&self.title);
        cells.text(&self.text);
        cells.due(self.due);
        cells.day(self.due_by_hand);
        cells.assignee(&self.assignee);
        cells.number(Some(self.takes_days));
        cells.json(&self.needs, self.needs.is_empty(), "[]");
        cells.flag(self.optional);
        cells.flag(self.goal);
        cells.text(&self.link);
        cells.id(self.service);
        cells.id(self.team);
        let (on, words) = match &self.state {
            ItemState::Open => (None, ""),
            ItemState::Done { on, by } => (Some(*on), by.as_str()),
            ItemState::Skipped { on, why } => (Some(*on), why.as_str()),
            ItemState::Blocked { by } => (None, by.as_str()),
        };
        cells.word(Some(self.state.word()));
        cells.day(on);
        cells.text(words);
        cells.text(&self.note);
        cells.json(&self.feedback, self.feedback.is_none(), "null");
        cells.number(Some(self.place));
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let mut row = Self {
            id: columns.id()?,
            checklist: columns.id()?,
            origin: columns.optional_id()?,
            generated: columns.text()?,
            section: columns.text()?,
            title: columns.text()?,
            text: columns.text()?,
            due: columns.due()?,
            due_by_hand: columns.day()?,
            assignee: columns.assignee()?,
            takes_days: columns.number()?,
            needs: columns.json()?,
            optional: columns.flag()?,
            goal: columns.flag()?,
            link: columns.text()?,
            service: columns.optional_id()?,
            team: columns.optional_id()?,
            ..Self::default()
        };
        let (state, on, words) = (columns.text()?, columns.day()?, columns.text()?);
        row.state = match (state.as_str(), on) {
            ("done", Some(on)) => ItemState::Done { on, by: words },
            ("skipped", Some(on)) => ItemState::Skipped { on, why: words },
            ("blocked", _) => ItemState::Blocked { by: words },
            _ => ItemState::Open,
        };
        row.note = columns.text()?;
        row.feedback = columns.json()?;
        row.place = columns.number()?;
        Ok(row)
    }
}
