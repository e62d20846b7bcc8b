//! Tables of subscriptions and tickets become figures by month, of teams where the plan knows them.

use std::path::Path;

use headroom_tests::{Desk, sums};
use serde_json::Value;

const SUBSCRIPTIONS: &str = "id,customer,start,end,mrr,currency\n1,a,2026-01-10,2026-02-15,100,EUR\n2,a,2026-02-15,2026-03-31,150,EUR\n3,b,2026-01-31,,50,EUR\n";
const ACCOUNTS: &str = "account_id,country,referral_source\na,DE,ads\nb,FR,\n";
const TICKETS: &str = "Id,Group,Assignee,Created at,Solved at,Replies,Reopens\n\
    1,Support North,Ada Okafor,2026-01-05 09:00,2026-01-06 10:00,1,0\n2,Billing,Bo Lind,2026-01-31 09:00,2026-01-31 10:00,2,0\n";

/// The values of a metric by scope, as `team north 2026-01 1`.
fn figures(desk: &Desk, metric: &str) -> Vec<String> {
    let series = desk.json(&["metrics", desk.path(), metric, "--as-of", "2026-04-06", "--json"]);
    let mut lines = Vec::new();
    for series in series.as_array().unwrap() {
        let scope = ["team", "segment", "channel", "market"].into_iter().find_map(|kind| {
            series[kind].as_str().filter(|name| !name.is_empty()).map(|name| format!("{kind} {name} "))
        });
        for period in series["periods"].as_array().unwrap().iter().filter(|period| !period["value"].is_null())
        {
            let month = &period["first"].as_str().unwrap()[..7];
            lines.push(format!("{}{month} {}", scope.as_deref().unwrap_or(""), period["value"]));
        }
    }
    lines
}

fn import(desk: &Desk, files: &[&Path]) -> Value {
    let report = desk.import(files, &[]);
    assert_eq!(sums(&desk.import(files, &[])), (0, 0, 0), "a second import changes nothing");
    report
}

#[test]
fn a_group_that_the_plan_has_as_a_team_is_that_team() {
    let desk = Desk::new();
    let teams = desk.file("plan/teams.csv", "id,name\nnorth,Support North\n");
    desk.import(&[teams.parent().unwrap()], &[]);
    let tickets = desk.file("tickets.csv", TICKETS);
    let report = import(&desk, &[&tickets]);
    assert_eq!(report["formats"][0]["format"], "tickets");
    assert_eq!(
        figures(&desk, "tickets-created"),
        ["2026-01 2.0", "segment Billing 2026-01 1.0", "team north 2026-01 1.0"]
    );
    let people = desk.stats();
    assert_eq!(people["people"], 0, "{people}");
}

#[test]
fn teams_and_tickets_may_come_together() {
    let desk = Desk::new();
    let teams = desk.file("plan/teams.csv", "id,name\nnorth,Support North\n");
    let tickets = desk.file("tickets.csv", TICKETS);
    import(&desk, &[teams.parent().unwrap(), &tickets]);
    assert_eq!(
        figures(&desk, "fcr"),
        ["2026-01 0.5", "segment Billing 2026-01 0.0", "team north 2026-01 1.0"]
    );
}

#[test]
fn a_folder_gives_all_that_it_has() {
    let desk = Desk::new();
    let files = [("s.csv", SUBSCRIPTIONS), ("accounts.csv", ACCOUNTS), ("t.csv", TICKETS)];
    let paths = files.map(|(name, text)| desk.file(&format!("export/{name}"), text));
    let report = import(&desk, &[paths[0].parent().unwrap()]);
    let formats: Vec<&str> = report["formats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|format| format["format"].as_str().unwrap())
        .collect();
    assert_eq!(formats, ["subscriptions", "tickets"]);
    let customers = figures(&desk, "customers");
    assert_eq!(customers[..3], ["2026-01 2.0", "2026-02 2.0", "2026-03 1.0"]);
    for of_scope in [
        ["market DE 2026-02 1.0", "market DE 2026-03 0.0"],
        ["channel ads 2026-02 1.0", "channel ads 2026-03 0.0"],
    ] {
        assert!(customers.windows(2).any(|pair| pair == of_scope), "{customers:?}");
    }
    assert_eq!(customers.len(), 12);
    assert_eq!(figures(&desk, "logo-churn")[..2], ["2026-02 0.0", "2026-03 0.5"]);
}

/// What was believed before is still there on the day it was believed.
#[test]
fn a_table_that_says_something_else_of_a_month_restates_it() {
    let mut desk = Desk::new();
    let file = desk.file("subscriptions.csv", SUBSCRIPTIONS);
    desk.today = "2026-04-10".parse().unwrap();
    import(&desk, &[&file]);
    desk.today = "2026-05-10".parse().unwrap();
    desk.file("subscriptions.csv", SUBSCRIPTIONS.replace("b,2026-01-31,,50", "b,2026-01-31,,70"));
    import(&desk, &[&file]);
    let january = |day: &str| {
        let series = desk.json(&["metrics", desk.path(), "mrr", "--as-of", day, "--json"]);
        series[0]["periods"][0]["exact"].clone()
    };
    assert_eq!(january("2026-05-09"), "150/1");
    assert_eq!(january("2026-05-10"), "170/1");
}

#[test]
fn what_a_table_does_not_say_the_command_line_can() {
    let desk = Desk::new();
    let file = desk.file("s.csv", "id,customer,start,end,mrr\n1,a,03/04/2026,,10\n2,b,05/04/2026,,20\n");
    let format = ["--format", "subscriptions"];
    let report = desk.import(&[&file], &format);
    let said = report["problems"].to_string();
    assert!(said.contains("may have day or month first") && said.contains("--dates day-first"), "{said}");
    desk.import(&[&file], &[&format[..], &["--dates", "day-first", "--currency", "EUR"]].concat());
    let series = desk.json(&["metrics", desk.path(), "mrr", "--as-of", "2026-05-06", "--json"]);
    assert_eq!(series[0]["periods"][0]["exact"], "30/1", "{series}");
}
