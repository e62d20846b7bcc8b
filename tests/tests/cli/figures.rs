//! Amounts, ramps and working weeks from files: an invalid value has no effect, and a repeated one counts once.

use std::collections::BTreeMap;

use headroom_tests::Desk;
use serde_json::Value;

const TEAM: (&str, &str) = ("teams.csv", "id,name\nt,Team\n");

/// Imports files of a folder; gives the diagnostics.
fn imported(desk: &Desk, files: &[(&str, &str)]) -> Vec<String> {
    let paths: Vec<_> = files.iter().map(|(name, text)| desk.file(&format!("files/{name}"), text)).collect();
    let report = desk.import(&[paths[0].parent().unwrap()], &[]);
    let line = |it: &Value| format!("{} {}", it["line"], it["message"].as_str().unwrap());
    report["problems"].as_array().unwrap().iter().map(line).collect()
}

/// Cost of the organisation by month.
fn costs(desk: &Desk, from: &str, until: &str) -> BTreeMap<String, String> {
    let report = desk.json(&["budget", desk.path(), "--json", "--from", from, "--to", until]);
    let months = report["organisation"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    months.map(|month| (text(&month["month"]), text(&month["whole"]["cost"]))).collect()
}

fn cost(desk: &Desk, month: &str) -> String {
    costs(desk, &format!("{month}-01"), &format!("{month}-28"))[month].clone()
}

/// 100 euros a month, with a budget of 850 for eight months: 50 are left, of a year that costs 1 200.
#[test]
fn a_budget_of_some_months_is_compared_with_those_and_says_so() {
    let desk = Desk::new();
    let positions = ("positions.csv", "id,team,pay,start,status\nT,t,1200.00 EUR,2027-01-01,approved\n");
    let assumptions = ("assumptions.csv", "kind,value\nburden,0%\n");
    let budgets = ("budgets.csv", "team,amount,from,until\nt,850.00 EUR,2027-01-01,2027-08-31\n");
    assert_eq!(imported(&desk, &[TEAM, positions, assumptions, budgets]), [""; 0]);
    let year = ["--from", "2027-01-01", "--to", "2027-12-31"];
    let report = desk.json(&[&["budget", desk.path(), "--json"][..], &year].concat());
    let line = &report["against_budget"][1];
    assert_eq!(
        ["plan", "budget", "plan_with_budget", "difference", "note"].map(|it| line[it].as_str().unwrap()),
        ["1200.00", "850.00", "800.00", "50.00", "budget for Jan–Aug only"]
    );
    let said = desk.done(&[&["budget", desk.path(), "--team", "t"][..], &year].concat());
    assert!(said.contains("50 under budget (5.9 %), budget for Jan–Aug only"), "{said}");
}

/// Two teams in a group, with twelve times 100, 200 and 300 euros: the group has a budget, and one of the teams.
#[test]
fn budget_is_compared_with_the_plan_team_by_team() {
    let desk = Desk::new();
    let teams = ("teams.csv", "id,name,parent\ng,Group,\na,Able,g\nb,Bold,g\n");
    let positions = (
        "positions.csv",
        "id,team,pay,start,status\nG,g,1200.00 EUR,2027-01-01,approved\n\
         A,a,2400.00 EUR,2027-01-01,approved\nB,b,3600.00 EUR,2027-01-01,approved\n",
    );
    let assumptions = ("assumptions.csv", "kind,value\nburden,0%\n");
    let budgets = (
        "budgets.csv",
        "team,amount,from,until\ng,7000.00 EUR,2027-01-01,2027-12-31\na,2500.00 EUR,2027-01-01,2027-12-31\n",
    );
    assert_eq!(imported(&desk, &[teams, positions, assumptions, budgets]), [""; 0]);
    let year = ["--from", "2027-01-01", "--to", "2027-12-31"];
    let report = desk.json(&[&["budget", desk.path(), "--json"][..], &year].concat());
    let row = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
        [text("name"), text("plan"), text("budget"), text("difference"), text("note")].join("|")
    };
    let lines: Vec<String> = report["against_budget"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        lines,
        [
            "Organisation|7200.00|7000.00|-200.00|",
            "Group|7200.00|7000.00|-200.00|",
            "Able|2400.00|2500.00|100.00|",
            "Bold|3600.00|-|-|in the budget of Group",
            "Group’s own positions|1200.00|-|-|in the budget of Group",
            "Rest of Group’s budget|0.00|4500.00|-300.00|for all without a budget of their own",
        ]
    );
    let said = desk.done(&[&["budget", desk.path(), "--team", "g"][..], &year].concat());
    assert!(said.contains("200 over budget (2.9 %)") && said.contains("100 under budget (4 %)"), "{said}");
    let table =
        desk.done(&[&["budget", desk.path(), "--format", "budget-csv", "-o", "-"][..], &year].concat());
    assert!(table.contains("2,a,Able,2400.00,2500.00,2400.00,100.00,1"), "{table}");
}

#[test]
fn zero_exchange_rates_are_refused() {
    let desk = Desk::new();
    let positions =
        "id,team,pay,start\nA,t,90000.00 USD,2027-03-01\nB,t,1.00 EUR,2027-03-01\nC,t,1.00 EUR,2027-03-01\n";
    for rate in ["0", "-1", "1,1", "one"] {
        let rates = format!("currency,rate\nUSD,\"{rate}\"\n");
        let said = imported(&desk, &[TEAM, ("positions.csv", positions), ("exchange_rates.csv", &rates)]);
        assert!(
            said.len() == 1 && said[0].starts_with("2 ") && said[0].ends_with("; row skipped"),
            "{said:?}"
        );
        assert_eq!(cost(&desk, "2027-03"), "0.22");
    }
    let report = desk.json(&["budget", desk.path(), "--json", "--from", "2027-03-01", "--to", "2027-03-31"]);
    assert_eq!(report["not_counted"][0], "A: no exchange rate for USD on 2027-03-01");
}

#[test]
fn assumptions_of_the_wrong_unit_are_refused() {
    let desk = Desk::new();
    let positions = ("positions.csv", "id,team,pay,start\nA,t,120000.00 EUR,2027-03-01\n");
    let files = |assumptions: &str| -> Vec<String> {
        imported(&desk, &[TEAM, positions, ("assumptions.csv", assumptions)])
    };
    let kinds = "kind,value,cap\nburden,3000 EUR,\nnotice,-30,\nramp,40,\nbase,20%,\njoin-rate,120%,\nhunger,3,\n\
                 employer-tax,10%,-5.00 EUR\ndays-off,Mon Tue Wed Thu Fri Sat Sun,\n";
    let said = files(kinds);
    assert_eq!(said.len(), 8, "{said:?}");
    assert!(said.iter().all(|it| it.ends_with("; row skipped")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("unknown assumption type “hunger”")), "{said:?}");
    assert_eq!(cost(&desk, "2027-04"), "13000.00");
    let json = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), json.to_str().unwrap(), "--format", "json"]);
    let plan: Value = serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    assert_eq!(plan["assumptions"].as_array().unwrap().len(), 0);
    assert!(files("kind,value\nburden,20%\n").is_empty());
    assert_eq!(cost(&desk, "2027-04"), "12000.00");
}

#[test]
fn split_assignments_equal_a_single_one() {
    let raises = ("assumptions.csv", "kind,value,from\nmerit,10%,2026-01-01\nburden,0%,\n");
    let positions = ("positions.csv", "id,team,pay\nA,t,60000.00 EUR\n");
    let people = ("people.csv", "id,name\nada,Ada\n");
    let all = |rows: &str| {
        let desk = Desk::new();
        let rows = format!("position,person,from,until\n{rows}");
        let said = imported(&desk, &[TEAM, people, positions, raises, ("assignments.csv", &rows)]);
        let findings = desk.done(&["findings", desk.path(), "--as-of", "2027-08-01"]);
        let told = findings.contains("assigned-twice");
        (costs(&desk, "2027-01-01", "2027-12-31"), said, told)
    };
    let (whole, said, told) = all("A,ada,2025-03-01,\n");
    assert!(said.is_empty() && !told, "{said:?}");
    assert_eq!(whole["2027-09"], "6050.00");
    for rows in [
        "A,ada,2025-03-01,2027-04-30\nA,ada,2027-05-01,\n",
        "A,ada,2027-05-01,\nA,ada,2025-03-01,2027-04-30\n",
    ] {
        assert_eq!(all(rows), (whole.clone(), Vec::new(), false));
    }
    let (twice, said, told) = all("A,ada,2025-03-01,2027-12-31\nA,ada,2027-05-01,\n");
    assert_eq!((twice, told), (whole, true));
    assert!(said.len() == 1 && said[0].starts_with("3 ") && said[0].contains("counted once"), "{said:?}");
}

#[test]
fn months_add_up_to_the_year() {
    let desk = Desk::new();
    let positions = "id,team,pay,fte\nA,t,100000 EUR,1\nB,t,70001 EUR,0.7\nC,t,31 EUR,1\n";
    let people = "id,name\na,A\nb,B\nc,C\n";
    let assigned = "position,person,from\nA,a,2020-01-01\nB,b,2020-01-01\nC,c,2020-01-01\n";
    imported(
        &desk,
        &[TEAM, ("people.csv", people), ("positions.csv", positions), ("assignments.csv", assigned)],
    );
    let cents = |text: &String| text.replace('.', "").parse::<i64>().unwrap();
    for year in ["2027", "2028"] {
        let months = costs(&desk, &format!("{year}-01-01"), &format!("{year}-12-31"));
        assert_eq!(months.values().map(cents).sum::<i64>(), 13_000_000 + 4_900_070 + 1_470_021 + 4_030);
    }
}

#[test]
fn working_week_depends_on_location() {
    let desk = Desk::new();
    let people = "id,name,location\nnoa,Noa,TEL AVIV\nben,Ben,Berlin\n";
    let assumptions = "kind,value,location\ndays-off,Friday and Saturday,Tel Aviv\n";
    let said = imported(&desk, &[TEAM, ("people.csv", people), ("assumptions.csv", assumptions)]);
    assert!(said.is_empty(), "{said:?}");
    let template = desk.file(
        "first.md",
        "# First\n\n## Day 1\n- [ ] Laptop\n\n## Day 5\n- [ ] Accounts\n\n## Day 6\n- [ ] Talk\n",
    );
    desk.import(&[&template], &["--format", "markdown"]);
    // A Sunday, and the Monday after it.
    for (person, on, days) in [
        ("noa", "2027-01-10", ["2027-01-10", "2027-01-14", "2027-01-17"]),
        ("ben", "2027-01-11", ["2027-01-11", "2027-01-15", "2027-01-18"]),
    ] {
        desk.done(&["checklist", desk.path(), "start", person, "--on", on, "--template", "first"]);
        let shown = desk.done(&["checklist", desk.path(), "show", person]);
        assert!(days.iter().all(|day| shown.contains(day)), "{shown}");
        let copy = desk.folder.path().join(format!("{person}.headroom"));
        desk.done(&["checklist", desk.path(), "export", person, "-o", copy.to_str().unwrap()]);
        let shown = desk.done(&["checklist", copy.to_str().unwrap(), "show", person]);
        assert!(days.iter().all(|day| shown.contains(day)), "handed out, the days stay: {shown}");
        let file = desk.folder.path().join(format!("{person}.ics"));
        let out = file.to_str().unwrap();
        desk.done(&["export", desk.path(), out, "--format", "ics", "--person", person]);
        let calendar = std::fs::read_to_string(&file).unwrap();
        assert!(days.iter().all(|day| calendar.contains(&day.replace('-', ""))), "{calendar}");
    }
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    assert!(std::fs::read_to_string(out.join("assumptions.csv")).unwrap().contains("days-off,Fri Sat"));
}
