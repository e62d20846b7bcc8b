//! The sample, or real organisations, in a file of its own, for addresses with IDs: those are random.

use std::sync::Arc;

use headroom_model::{Checklist, EntityTable, Grouping, Person, Plan, Template};
use headroom_store::Store;
use headroom_tests::{Desk, now, real_data};

pub struct SampleFile {
    pub desk: Desk,
    plan: Arc<Plan>,
}

impl SampleFile {
    pub fn new() -> Self {
        let desk = Desk::new();
        std::fs::remove_file(&desk.plan).unwrap();
        desk.done(&["new", desk.path(), "--sample"]);
        Self::of(desk)
    }

    /// 4,197 services of one organisation and 275 teams of another, if the data is there.
    pub fn large() -> Option<Self> {
        let folders = ["debian-science", "kubernetes"].map(real_data);
        let [Some(services), Some(teams)] = folders else { return None };
        let desk = Desk::new();
        desk.import(&[&services], &[]);
        desk.import(&[&teams], &[]);
        Some(Self::of(desk))
    }

    fn of(desk: Desk) -> Self {
        let plan = Store::open(&desk.plan, now()).unwrap().plan().clone();
        Self { desk, plan }
    }

    pub fn id<T: EntityTable>(&self, key: &str) -> u64 {
        self.plan.find::<T>(key).unwrap().into()
    }

    fn checklist(&self, person: &str) -> &Checklist {
        let person = self.plan.find::<Person>(person).unwrap();
        self.plan.checklists.iter().find(|list| list.person == person).unwrap()
    }

    pub fn id_of_list(&self, person: &str) -> u64 {
        self.checklist(person).id.0
    }

    /// The address with IDs in place of `{kind:key}`; of a list and an item by the person or template they are of.
    pub fn address(&self, text: &str) -> String {
        let mut address = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (named, after) = after.split_once('}').unwrap();
            let (kind, key) = named.split_once(':').unwrap();
            address += &format!("{before}{}", self.number(kind, key));
            rest = after;
        }
        address + rest
    }

    fn number(&self, kind: &str, key: &str) -> u64 {
        match kind {
            "team" => self.id::<headroom_model::Team>(key),
            "person" => self.id::<Person>(key),
            "service" => self.id::<headroom_model::Service>(key),
            "metric" => self.id::<headroom_model::Metric>(key),
            "scenario" => self.id::<headroom_model::Scenario>(key),
            "incident" => self.id::<headroom_model::Incident>(key),
            "action" => self.id::<headroom_model::Action>(key),
            "bet" => self.id::<headroom_model::Bet>(key),
            // The year in their keys is that of the day.
            "position" => self.plan.positions.iter().find(|row| row.key.ends_with(key)).unwrap().id.0,
            "template" => self.id::<Template>(key),
            "domain" => self.plan.find_in::<Grouping>("domain", key).unwrap().into(),
            "list" => self.checklist(key).id.0,
            "list-item" => {
                let list = self.checklist(key).id;
                self.plan.checklist_items.iter().find(|item| item.checklist == list).unwrap().id.0
            }
            "template-item" => {
                let template = self.plan.find::<Template>(key).unwrap();
                self.plan.template_items.iter().find(|item| item.template == template).unwrap().id.0
            }
            other => panic!("{other}"),
        }
    }
}
