//! The Playbook as a document, on a small plan and on the sample: what it says, and that it never tells pay.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{env, fs, path::Path};

use headroom_app::{
    at::At,
    frame::status::show_pay,
    overview::{OverviewScope, overview},
    playbook::{PlaybookFormat, PlaybookPage, PlaybookPart, PlaybookQuery, playbook, playbook_document},
    state::{AppState, now, today},
};
use headroom_model::{Change, Draft, Kind, fields};
use headroom_store::Store;
use serde_json::{Value, json};

/// Long past, so that nothing depends on the day of the test.
fn day() -> At {
    At::default().on("2025-04-10".parse().unwrap())
}

fn add(app: &AppState, kind: Kind, values: Value) -> u64 {
    let plan = app.plan().unwrap();
    let mut draft = Draft::new(&plan);
    let values: Vec<(String, Value)> = values.as_object().unwrap().clone().into_iter().collect();
    let id = fields::create(&mut draft, kind, &values).unwrap().id;
    let changes: Vec<Change> = draft.finish();
    drop(plan);
    app.apply("Edit", changes).unwrap();
    id
}

/// Figures of January to March 2025.
fn figures(app: &AppState, metric: u64, values: [&str; 3], segment: &str, origin: &str) {
    for (month, (value, last)) in values.into_iter().zip([31, 28, 31]).enumerate() {
        let month = month + 1;
        if !value.is_empty() {
            let row = json!({
                "metric": metric, "value": value, "segment": segment, "origin": origin,
                "first": format!("2025-{month:02}-01"), "last": format!("2025-{month:02}-{last}"),
            });
            add(app, Kind::Observation, row);
        }
    }
}

/// Customs has one person, owns Tariffs and waits with a hire for payback of shippers; a bet of it was dropped.
fn small(folder: &Path) -> AppState {
    let path = folder.join("acme.headroom");
    let app = AppState::on(Store::create(&path, now()).unwrap(), "Ada".to_owned());
    let customs = add(
        &app,
        Kind::Team,
        json!({"key": "customs", "name": "Customs | Duties", "segment": "Shippers", "from": "2024-01-01"}),
    );
    let ada = add(&app, Kind::Person, json!({"key": "ada", "name": "Ada", "from": "2024-01-01"}));
    add(
        &app,
        Kind::Membership,
        json!({"person": ada, "team": customs, "role": "lead", "from": "2024-01-01"}),
    );
    let tariffs = add(&app, Kind::Service, json!({"key": "tariffs", "name": "Tariffs", "tier": 1}));
    add(
        &app,
        Kind::Ownership,
        json!({"service": tariffs, "owner": {"team": customs}, "role": "owner", "confirmed": "2025-03-01"}),
    );
    let metric = |key: &str, name: &str, unit: &str| {
        let kind = if unit == "money" { "stock" } else { "ratio" };
        let better = if key == "payback" { "down" } else { "up" };
        let row = json!({
            "key": key, "name": name, "unit": unit, "kind": kind, "period": "month", "lag": 5, "better": better,
        });
        add(&app, Kind::Metric, row)
    };
    let payback = metric("payback", "Payback", "months");
    figures(&app, payback, ["14", "13", "12.5"], "Shippers", "");
    let mrr = metric("mrr", "MRR", "money");
    figures(&app, mrr, ["48000 EUR", "50000 EUR", ""], "", "pack.csv F7");
    let under = add(
        &app,
        Kind::Objective,
        json!({"key": "under-12", "metric": payback, "op": "<", "value": "12", "periods": 2, "segment": "Shippers"}),
    );
    let position = |key: &str, waits_for: Value| {
        add(
            &app,
            Kind::Position,
            json!({
                "key": key, "title": "Engineer", "team": customs, "status": "approved", "start": "2025-09-01",
                "need_by": "2025-12-01", "reason": "growth", "pay": "61234 EUR", "waits_for": waits_for,
            }),
        );
    };
    position("HC-1", json!([under]));
    add(
        &app,
        Kind::Budget,
        json!({"team": customs, "amount": "200000 EUR", "from": "2025-01-01", "until": "2025-12-31"}),
    );
    for (key, values) in [
        ("Two more", json!({"hypothesis": "Two more close the gap of Customs", "decide_by": "2025-05-01"})),
        (
            "Fewer",
            json!({"state": "dropped", "decided": "2025-02-01", "outcome": "Brokers left with the people.",
                "expected": ["headcount for team customs at most 1 by 2025-03-01",
                    "annual-cost for team customs at most 99999 EUR by 2025-03-01"]}),
        ),
    ] {
        let mut row = json!({"key": key.to_lowercase().replace(' ', "-"), "name": key});
        row.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
        add(&app, Kind::Scenario, row);
    }
    app
}

fn text(app: &AppState, query: PlaybookQuery, at: At, format: PlaybookFormat) -> String {
    String::from_utf8_lossy(&playbook_document(app, query, at, format).unwrap()).into_owned()
}

fn part<'a>(page: &'a PlaybookPage, id: &str) -> &'a PlaybookPart {
    page.sections.iter().find(|part| part.id == id).unwrap()
}

/// `UPDATE_GOLDEN=1` writes it again.
#[test]
fn the_markdown_of_a_small_plan_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let found = text(&app, PlaybookQuery::default(), day(), PlaybookFormat::Markdown);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/playbook.md");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&golden).unwrap());
}

#[test]
fn no_format_tells_pay_even_while_salaries_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let hidden = text(&app, PlaybookQuery::default(), day(), PlaybookFormat::Markdown);
    show_pay(&app, true).unwrap();
    assert_eq!(text(&app, PlaybookQuery::default(), day(), PlaybookFormat::Markdown), hidden);
    let page = playbook(&app, PlaybookQuery::default(), day()).unwrap();
    let json = serde_json::to_string(&page).unwrap();
    let html = text(&app, PlaybookQuery::default(), day(), PlaybookFormat::Html);
    for written in [&hidden, &json, &html] {
        // Pay, what the hire costs in a year, and what Customs costs.
        assert!(!["61234", "61 234", "61,234"].iter().any(|amount| written.contains(amount)), "{written}");
        assert!(written.contains("not told, since it tells what people earn"));
    }
    let cost = part(&page, "cost").tiles.iter().find(|tile| tile.id == "cost").unwrap();
    assert_eq!(cost.value, "Hidden", "one position alone");
}

#[test]
fn figures_of_the_plan_are_those_of_the_overview() {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_sample::create(&folder.path().join("sample.headroom"), now(), today()).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    let page = playbook(&app, PlaybookQuery::default(), At::default()).unwrap();
    let known = overview(&app, OverviewScope::Organisation, At::default()).unwrap();
    let tile = |section: &str, id: &str| {
        part(&page, section).tiles.iter().find(|tile| tile.id == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    assert_eq!(tile("team", "headcount").value, known.headcount.people.to_string());
    assert_eq!(tile("team", "positions").value, known.positions.open.to_string());
    assert_eq!(tile("team", "overdue").value, known.overdue.items.to_string());
    let rotas = format!("{} of {}", known.on_call.staffed, known.on_call.teams);
    assert_eq!(tile("reliability", "on-call").value, rotas);
    assert!(tile("cost", "cost").value.starts_with("about "), "{:?}", tile("cost", "cost"));
    // Every open finding is in a section, and none is counted twice.
    let found: u32 = page.sections.iter().map(|part| part.finding_count).sum();
    assert_eq!(found, known.findings.unwrap().total);
    assert!(!part(&page, "bets").bets.is_empty());
}

#[test]
fn a_filter_says_whose_it_is_and_a_team_that_is_gone_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let shippers = PlaybookQuery { segment: "Shippers".to_owned(), ..PlaybookQuery::default() };
    let written = text(&app, shippers.clone(), day(), PlaybookFormat::Markdown);
    assert!(written.starts_with("# Playbook of acme: Shippers on 10 Apr 2025\n"), "{written}");
    let page = playbook(&app, shippers, day()).unwrap();
    assert!(page.sections.iter().all(|part| part.tiles.is_empty()));
    assert_eq!(part(&page, "fit").waiting.len(), 1);
    assert!(part(&page, "metrics").figures.is_empty());
    let gone =
        PlaybookQuery { team: serde_json::from_value(json!(4711)).unwrap(), ..PlaybookQuery::default() };
    assert!(playbook(&app, gone, day()).is_err());
}

#[test]
fn the_pdf_and_the_page_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let app = small(folder.path());
    let pdf = playbook_document(&app, PlaybookQuery::default(), day(), PlaybookFormat::Pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    let html = text(&app, PlaybookQuery::default(), day(), PlaybookFormat::Html);
    assert_eq!(html.matches("<h2>").count(), 10);
    assert!(html.contains("<td>Payback</td>") && !html.contains("<script"));
}
