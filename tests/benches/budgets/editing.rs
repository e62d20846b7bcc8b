//! Loading the large plan in a new process, and an edit with everything that follows.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use headroom_analysis::DayView;
use headroom_model::{Change, Dependency, Draft, Owner, Service, ServiceId, role, transfer_ownership};
use headroom_store::{OperationMeta, Store};
use headroom_tests::headroom;

use crate::{Line, reading, shortest};

const RUNS: usize = 7;

pub fn lines(plan: &Path) -> Vec<Line> {
    let load = shortest(RUNS, || {
        let output = headroom().args(["history", "--limit", "1"]).arg(plan).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    });
    let day = headroom_tests::today();
    let mut desk = Desk::open(plan, day);
    let read = reading::with_sqlite(plan);
    let line = |what, measured, times| Line::ratio(what, measured, reading::NAME, read, times);
    vec![
        line("load 34,000 services in a new process", load, 1.05),
        line("rename a service, with its findings", desk.edit(rename), 0.35),
        line("assign 20 services, with their findings", desk.edit(assign), 0.35),
        line("add a dependency, with its findings", desk.edit(depend), 0.35),
    ]
}

struct Desk {
    store: Store,
    view: Option<DayView>,
    day: NaiveDate,
    turn: u32,
}

impl Desk {
    fn open(plan: &Path, day: NaiveDate) -> Self {
        let store = Store::open(plan, headroom_tests::now()).unwrap();
        let view = Some(DayView::new(store.plan(), day, None));
        Self { store, view, day, turn: 0 }
    }

    /// As in the window: a write with its journal, then the day is calculated again.
    fn edit(&mut self, collect: fn(&mut Draft<'_>, u32, NaiveDate)) -> f64 {
        shortest(RUNS, || {
            self.turn += 1;
            let facts = self.view.take().map(|view| Arc::clone(&view.facts));
            let plan = self.store.plan().clone();
            let mut draft = Draft::new(&plan);
            collect(&mut draft, self.turn, self.day);
            let changes: Vec<Change> = draft.finish();
            drop(plan);
            assert!(!changes.is_empty());
            self.store.apply(&OperationMeta::edit("edit", "bench", headroom_tests::now()), changes).unwrap();
            self.view = Some(DayView::new(self.store.plan(), self.day, facts.as_ref()));
        })
    }
}

fn service(draft: &Draft<'_>, at: u32) -> Service {
    draft.base().services.iter().nth(at as usize).unwrap().clone()
}

fn rename(draft: &mut Draft<'_>, turn: u32, _: NaiveDate) {
    let row = service(draft, turn * 100);
    draft.put(Service { name: format!("Renamed {turn}"), ..row });
}

fn assign(draft: &mut Draft<'_>, turn: u32, day: NaiveDate) {
    let teams: Vec<_> = draft.base().teams.iter().map(|team| team.id).collect();
    let owner = teams[turn as usize % teams.len()];
    let services: Vec<ServiceId> =
        draft.base().services.iter().skip(turn as usize * 300).take(20).map(|row| row.id).collect();
    for service in services {
        transfer_ownership(draft, service, Some(Owner::Team(owner)), role::OWNER, day);
    }
}

fn depend(draft: &mut Draft<'_>, turn: u32, _: NaiveDate) {
    let (from, to) = (service(draft, 30_000 + turn).id, service(draft, turn * 7).id);
    let id = draft.new_id::<Dependency>();
    draft.put(Dependency { id, service: from, depends_on: to, ..Dependency::default() });
}
