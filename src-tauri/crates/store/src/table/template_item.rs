use headroom_model::TemplateItem;

use super::{Cells, Columns, SqlRow};

impl SqlRow for TemplateItem {
    const TABLE: &'static str = "template_item";
    const COLUMNS: &'static [&'static str] = &[
        "template",
        "section",
        "title",
        "text",
        "due",
        "due_after",
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
        "place",
    ];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.id(Some(self.template));
        cells.text(&self.section);
        cells.text(&self.title);
        cells.text(&self.text);
        cells.due(self.due);
        cells.assignee(&self.assignee);
        cells.number(Some(self.takes_days));
        cells.json(&self.needs, self.needs.is_empty(), "[]");
        cells.flag(self.optional);
        cells.flag(self.goal);
        cells.text(&self.link);
        cells.id(self.service);
        cells.id(self.team);
        cells.number(Some(self.place));
    }

    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: columns.id()?,
            template: columns.id()?,
            section: columns.text()?,
            title: columns.text()?,
            text: columns.text()?,
            due: columns.due()?,
            assignee: columns.assignee()?,
            takes_days: columns.number()?,
            needs: columns.json()?,
            optional: columns.flag()?,
            goal: columns.flag()?,
            link: columns.text()?,
            service: columns.optional_id()?,
            team: columns.optional_id()?,
            place: columns.number()?,
        })
    }
}
