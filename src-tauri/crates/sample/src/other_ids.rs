//! Nothing that a reader sees depends on the numbers of IDs, nor on the order of rows, which follows them: the sample
//! with other IDs gives the same in everything.

use std::{fs, path::Path, sync::Arc};

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    DayView, Facts, Stats,
    assign::Candidates,
    assumptions::Assumptions,
    capacity::{Capacity, Months, headcount_lines, layers::Layers, staffing},
    cost::{Costs, MonthTable, approved_positions, cost_bridge, excesses},
    coverage::cover_gaps,
    forecast::{ForecastParams, forecast},
    generated_tasks::generated_tasks,
    graph_view::{collapse, collapse_first},
    hiring::{departures, occupancies},
    map::{By, HiddenNodes, MapScope, by_owner, everything},
    onboarding::{
        ChecklistSchedule, ChecklistSchedules, NewHires, OnboardingWorkload, Statistics, colleagues, fitting,
        joins,
        template::{review_status, template_difference},
    },
    reliance::{checklists_relying_on, reliance},
    remedies,
    schedule::{Calendar, Scheduler},
    simulation::{Inputs, Options, RunProgress, simulate},
};
use headroom_checklist_export::{ChecklistDocument, page, text};
use headroom_diagram_export::{DIAGRAM_FORMATS, DiagramOptions, drawing};
use headroom_exchange::{ExportOptions, FORMATS, write};
use headroom_hiring_export::{hiring_book, months_table, positions_table};
use headroom_model::{
    Checklist, ChecklistItem, Draft, Grouping, LifecycleEvent, ListPlace, Membership, Person, Plan, Position,
    Service, Team, Template, TemplateItem,
};
use headroom_planning_grid::{COLUMNS, GridQuery, PlanningGrid, write_csv};
use headroom_redaction::{RatiosOfMoney, redacted};
use headroom_tests::renumbered::Renumbered;

use super::Chronicle;

/// What is calculated, each with a name.
type Results = Vec<(String, String)>;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-27")
}

fn sample() -> Plan {
    Chronicle::of(Plan::default(), today()).unwrap().plan
}

/// The sample in which all have one name and begin on one day, so that only keys and other fields tell them apart.
fn namesakes() -> Plan {
    let mut plan = sample();
    let mut draft = Draft::new(&plan);
    let name = "Same".to_owned();
    plan.teams.iter().for_each(|row| draft.put(Team { name: name.clone(), ..row.clone() }));
    plan.people.iter().for_each(|row| draft.put(Person { name: name.clone(), ..row.clone() }));
    plan.services.iter().for_each(|row| draft.put(Service { name: name.clone(), ..row.clone() }));
    plan.groupings.iter().for_each(|row| draft.put(Grouping { name: name.clone(), ..row.clone() }));
    plan.templates.iter().for_each(|row| draft.put(Template { name: name.clone(), ..row.clone() }));
    plan.positions.iter().for_each(|row| draft.put(Position { title: name.clone(), ..row.clone() }));
    plan.checklists.iter().for_each(|row| draft.put(Checklist { start: today(), ..row.clone() }));
    plan.checklist_items
        .iter()
        .for_each(|row| draft.put(ChecklistItem { place: ListPlace::default(), ..row.clone() }));
    plan.template_items
        .iter()
        .for_each(|row| draft.put(TemplateItem { place: ListPlace::default(), ..row.clone() }));
    plan.memberships.iter().for_each(|row| draft.put(Membership { from: None, ..row.clone() }));
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

/// Compares what a plan gives with what it gives with other IDs.
fn assert_same(calculate: impl Fn(&Arc<Plan>) -> Results) {
    [sample(), namesakes()].iter().for_each(|plan| assert_same_of(plan, &calculate));
}

fn assert_same_of(plan: &Plan, calculate: impl Fn(&Arc<Plan>) -> Results) {
    for seed in 1..=3 {
        let other = Renumbered::new(plan, seed);
        let (ours, theirs) = (calculate(&Arc::new(plan.clone())), calculate(&Arc::new(other.plan.clone())));
        assert_eq!(ours.len(), theirs.len());
        for ((name, ours), (_, theirs)) in ours.iter().zip(&theirs) {
            let theirs = other.without_new_ids(&other.in_former_ids(theirs));
            let ours = other.without_new_ids(ours);
            let differs = ours.lines().zip(theirs.lines()).find(|(ours, theirs)| ours != theirs);
            assert!(ours == theirs, "{name}, seed {seed}: {differs:#?}");
        }
    }
}

fn debug(results: &mut Results, name: &str, value: &impl std::fmt::Debug) {
    results.push((name.to_owned(), format!("{value:#?}")));
}

#[test]
fn findings_and_gaps() {
    assert_same(|plan| {
        let mut found = Results::new();
        for ahead in [0, 60, 200] {
            let view = DayView::new(plan, today() + Days::new(ahead), None);
            let context = view.context();
            debug(&mut found, "findings", &view.findings());
            for finding in view.findings() {
                debug(&mut found, "remedies", &remedies(&context, finding));
            }
            let candidates = Candidates::new(&context);
            let services: Vec<usize> = (0..view.snapshot.service_count()).collect();
            debug(&mut found, "proposals", &candidates.propose(&services));
            for at in services {
                debug(&mut found, "candidates", &(candidates.of(at), candidates.backups_of(at)));
            }
            for at in 0..view.snapshot.person_count() {
                let person = view.snapshot.person(at).id;
                debug(&mut found, "reliance", &reliance(&context, person));
            }
            let stats = Stats::new(&view.snapshot, &Facts::new(&view.snapshot));
            // These follow the order of the source.
            let stats = Stats {
                cross_owner_dependency_edges: 0,
                team_cycles: 0,
                team_cycle_sizes: Vec::new(),
                ..stats
            };
            debug(&mut found, "statistics", &stats);
            debug(&mut found, "layers", &Layers::new(&view.snapshot));
        }
        let params = ForecastParams::new(plan, today(), today() + Days::new(540));
        debug(&mut found, "forecast", &forecast(plan, &params));
        let report = cover_gaps(plan, &params);
        debug(&mut found, "coverage", &(report.gaps, report.idle, report.hires));
        found
    });
}

#[test]
fn hiring_cost_and_capacity() {
    assert_same(|plan| {
        let mut found = Results::new();
        let (from, until) = (day("2026-11-01"), day("2028-10-31"));
        let assumptions = Assumptions::new(plan);
        debug(&mut found, "occupancies", &occupancies(plan, &assumptions));
        debug(&mut found, "departures", &departures(plan, from, until));
        let scheduler = Scheduler::new(plan, today());
        let schedules = plan.in_order::<Position>().into_iter().map(|position| scheduler.of(position));
        debug(&mut found, "schedules", &schedules.collect::<Vec<_>>());
        let costs = Costs::new(plan, from, until);
        debug(&mut found, "costs", &(&costs.lines, &costs.missing));
        debug(&mut found, "months", &MonthTable::new(plan, &costs));
        debug(&mut found, "bridge", &cost_bridge(plan, (from, until), None));
        debug(&mut found, "budgets", &excesses(plan));
        debug(&mut found, "baseline", &approved_positions(plan, today()));
        let heads = headcount_lines(plan, &assumptions);
        debug(&mut found, "headcount", &heads);
        let months = Months::new(today(), 18);
        let capacity = Capacity::new(plan, &assumptions, &heads, months.clone(), today());
        debug(&mut found, "capacity", &capacity.sum(|_| true));
        debug(
            &mut found,
            "teams",
            &capacity.teams().map(|team| (team, capacity.of(team))).collect::<Vec<_>>(),
        );
        let staffing = staffing(plan, &assumptions, &heads, &months);
        for team in plan.in_order::<Team>() {
            debug(&mut found, "staffing", &staffing.get(&team.id));
        }
        let (inputs, currency) = Inputs::of_plan(plan, today(), 18, |_| true);
        debug(&mut found, "currency", &(currency, &inputs.missing));
        let options = Options { runs: 50, seed: 7, replaces_leavers: true };
        debug(&mut found, "simulation", &simulate(&inputs, options, &RunProgress::default()));
        found
    });
}

fn schedules<T>(plan: &Arc<Plan>, look: impl FnOnce(&[ChecklistSchedule<'_>]) -> T) -> T {
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::new(plan, &calendar, today());
    let lists = plan.in_order::<Checklist>().into_iter();
    look(&lists.filter_map(|list| schedules.course(list)).collect::<Vec<_>>())
}

#[test]
fn onboarding() {
    assert_same(|plan| {
        let mut found = Results::new();
        let view = DayView::new(plan, today(), None);
        schedules(plan, |schedules| {
            assert!(schedules.len() > 3);
            for schedule in schedules {
                let tasks = generated_tasks(&view, schedule.checklist, &schedule.new_hire);
                debug(&mut found, "generated tasks", &tasks);
                debug(&mut found, "items", &schedule.items);
                debug(&mut found, "milestones", &schedule.milestones());
                debug(&mut found, "difference", &template_difference(plan, schedule.checklist));
                debug(&mut found, "colleagues", &colleagues(&view.snapshot, &schedule.new_hire));
                let templates = fitting(plan, &schedule.new_hire);
                debug(&mut found, "templates", &templates.iter().map(|row| row.id).collect::<Vec<_>>());
            }
            debug(&mut found, "workload", &OnboardingWorkload::of(plan, schedules, today(), 8));
            for occasion in LifecycleEvent::ALL {
                debug(&mut found, "statistics", &Statistics::of(plan, schedules, occasion));
            }
        });
        debug(&mut found, "reviews", &review_status(plan, today()));
        debug(&mut found, "joins", &joins(plan));
        let (new_hires, day) = (NewHires::new(plan), today());
        for person in plan.in_order::<Person>() {
            for occasion in LifecycleEvent::ALL {
                debug(&mut found, "new hire", &new_hires.of(person.id, occasion, day));
            }
            debug(&mut found, "relying", &checklists_relying_on(plan, person.id));
        }
        found
    });
}

/// The files below a folder, by name.
fn files(folder: &Path, found: &mut Results) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => files(&path, found),
            false => found
                .push((path.file_name().unwrap().display().to_string(), fs::read_to_string(path).unwrap())),
        }
    }
}

#[test]
fn exports() {
    assert_same(|plan| {
        let (mut found, snapshot) = (Results::new(), plan.as_of(today()));
        let repository = tempfile::tempdir().unwrap();
        for service in &plan.services {
            fs::create_dir_all(repository.path().join(&service.key)).unwrap();
            fs::write(repository.path().join(&service.key).join("main.rs"), "").unwrap();
        }
        let mut options = ExportOptions::default();
        options.codeowners.paths = vec![repository.path().to_owned()];
        options.codeowners.organisation = Some("tidewater".to_owned());
        for format in FORMATS.iter().filter(|format| format.write.is_some()) {
            let folder = tempfile::tempdir().unwrap();
            let out = format.file.map_or(folder.path().to_owned(), |file| folder.path().join(file));
            let problems = write(&snapshot, format.id, &out, &options).unwrap();
            let path = folder.path().display().to_string();
            let problems = format!("{problems:#?}").replace(&path, "");
            found.push((format.id.to_owned(), problems));
            files(folder.path(), &mut found);
        }
        for (by, is_folded) in [(None, false), (Some(By::Owner), false), (Some(By::System), true)] {
            let hidden = HiddenNodes::default();
            let options = DiagramOptions { shown: MapScope::Everything, hidden, by, is_folded };
            let drawing = drawing(&snapshot, &options);
            for format in DIAGRAM_FORMATS {
                found.push((format.id.to_owned(), (format.draw)(&drawing)));
            }
        }
        let map = everything(&snapshot, &HiddenNodes::default());
        debug(&mut found, "map", &map);
        let removed = redacted(plan, [], RatiosOfMoney::Removed).unwrap().removed.into_iter();
        let removed = removed.map(|line| (line.subject.kind, line.name, line.field, line.how, line.count));
        debug(&mut found, "redaction", &removed.collect::<Vec<_>>());
        let folded = by_owner(&snapshot, &HiddenNodes::default());
        let teams = collapse_first(&snapshot, &folded, 4);
        debug(&mut found, "collapsed map", &collapse(&snapshot, &folded, &teams));
        found
    });
}

#[test]
fn workbook_grid_and_checklists() {
    assert_same(|plan| {
        let mut found = Results::new();
        let (from, until) = (day("2026-11-01"), day("2028-10-31"));
        debug(&mut found, "workbook", &hiring_book(plan, "Tidewater", from, until));
        let costs = Costs::new(plan, from, until);
        let table = MonthTable::new(plan, &costs);
        debug(&mut found, "months", &months_table(plan, &costs, &table));
        debug(&mut found, "positions", &positions_table(plan, &costs, &table));
        let grid = PlanningGrid::new(plan, today());
        for sort in ["", "team", "status", "location"] {
            let query = GridQuery { sort: sort.to_owned(), ..GridQuery::default() };
            let columns: Vec<_> = COLUMNS.iter().collect();
            let mut csv = Vec::new();
            write_csv(&grid, &grid.layout(&query).rows, &columns, &mut csv).unwrap();
            found.push((format!("grid by {sort}"), String::from_utf8(csv).unwrap()));
        }
        let calendar = Calendar::new(plan);
        let schedules = ChecklistSchedules::new(plan, &calendar, today());
        let lists = plan.in_order::<Checklist>().into_iter().filter_map(|list| schedules.course(list));
        let document = ChecklistDocument::new(plan, lists.collect(), None);
        found.push(("checklists as text".to_owned(), text(&document)));
        found.push(("checklists as a page".to_owned(), page(&document)));
        found
    });
}
