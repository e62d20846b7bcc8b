//! Results do not depend on IDs, names or the order of rows.

use headroom_tests::Desk;
use serde_json::Value;

const DAY: &str = "2027-01-22";

/// A plan from tables, each a name and lines.
fn desk(tables: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    for (name, lines) in tables {
        desk.file(&format!("plan/{name}.csv"), lines);
    }
    desk.import(&[&desk.folder.path().join("plan")], &["--format", "csv"]);
    desk
}

/// The same tables with their rows reversed.
fn reversed<'a>(tables: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    let turn = |lines: &str| {
        let (header, rows) = lines.trim_end().split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    tables.iter().map(|(name, lines)| (*name, turn(lines))).collect()
}

fn both_ways(tables: &[(&str, &str)]) -> [Desk; 2] {
    let other = reversed(tables);
    let other: Vec<(&str, &str)> = other.iter().map(|(name, lines)| (*name, lines.as_str())).collect();
    [desk(tables), desk(&other)]
}

fn findings(desk: &Desk) -> Vec<Value> {
    let found = desk.json(&["findings", desk.path(), "--as-of", DAY, "--format", "json"]);
    found["findings"].as_array().unwrap().clone()
}

fn of_rule(desk: &Desk, rule: &str) -> Vec<String> {
    let found = findings(desk).into_iter().filter(|finding| finding["rule"] == rule);
    found.map(|finding| finding["id"].as_str().unwrap().to_owned()).collect()
}

/// Subject, type and closing day of every gap.
fn closed(desk: &Desk, from: &str) -> Vec<(String, String, Value)> {
    let coverage = desk.json(&["coverage", desk.path(), "--from", from, "--json"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let gaps = coverage["gaps"].as_array().unwrap().iter();
    gaps.map(|gap| (text(&gap["subject"]["name"]), text(&gap["kind"]), gap["closed_from"].clone())).collect()
}

const TEAM_OF_ONE: [(&str, &str); 3] = [
    ("teams", "id,name\ncash,Cash\n"),
    ("people", "id,name\nada,Ada\n"),
    ("memberships", "person,team\nada,cash\n"),
];

#[test]
fn hires_are_matched_by_importance_not_by_id() {
    let covered = |services: &str, ownership: &str, dependencies: &str| {
        let positions = "id,title,team,status,start\nHC-1,Engineer,cash,open,2027-06-01\n";
        let tables = [
            ("services", services),
            ("ownership", ownership),
            ("dependencies", dependencies),
            ("positions", positions),
        ];
        let desk = desk(&[&TEAM_OF_ONE[..], &tables[..]].concat());
        let closed = closed(&desk, "2027-01-05").into_iter().filter(|(_, kind, _)| kind == "one-person");
        closed.filter(|(_, _, day)| !day.is_null()).map(|(name, _, _)| name).collect::<Vec<_>>()
    };
    let none = "service,depends_on\n";
    for (ledger, icons) in [("a", "z"), ("z", "a")] {
        let owned = format!("service,owner\n{ledger},cash\n{icons},cash\n");
        let services = format!("id,name,tier\n{icons},Icons,4\n{ledger},Ledger,1\n");
        assert_eq!(covered(&services, &owned, none), ["Ledger"], "by tier");
        // Within a tier, the service with most dependents, directly or not.
        let services = format!("id,name,tier\n{icons},Icons,1\n{ledger},Ledger,1\nx,X,4\ny,Y,4\n");
        let needs = format!("service,depends_on\nx,{ledger}\ny,x\nx,{icons}\n");
        let more = format!("{needs}w,{ledger}\n");
        let services = format!("{services}w,W,4\n");
        assert_eq!(covered(&services, &owned, &more), ["Ledger"], "by dependents");
        // The oldest one, and last by name: never by ID.
        let services =
            format!("id,name,tier,from\n{icons},Icons,1,2026-02-01\n{ledger},Ledger,1,2026-01-01\n");
        assert_eq!(covered(&services, &owned, none), ["Ledger"], "by age");
        let services = format!("id,name,tier\n{icons},Icons,1\n{ledger},Ledger,1\n");
        assert_eq!(covered(&services, &owned, none), ["Icons"], "by name");
    }
}

#[test]
fn specialist_too_early_ignores_equal_start_dates() {
    for (generalist, specialist) in [("HC-1", "HC-2"), ("HC-2", "HC-1")] {
        let seats = |day: &str| {
            format!(
                "id,title,team,breadth,status,start\n{generalist},Engineer,cash,generalist,planned,2027-06-01\n\
                 {specialist},Analyst,cash,specialist,planned,{day}\n"
            )
        };
        let people = "id,name\nada,Ada\nbo,Bo\ncy,Cy\n";
        let members = "person,team\nada,cash\nbo,cash\ncy,cash\n";
        let found = |day: &str| {
            let seats = seats(day);
            let tables =
                [TEAM_OF_ONE[0], ("people", people), ("memberships", members), ("positions", &seats)];
            of_rule(&desk(&tables), "specialist-too-early")
        };
        assert_eq!(found("2027-06-01"), Vec::<String>::new());
        assert_eq!(found("2027-05-31"), [format!("specialist-too-early/{specialist}")]);
    }
}

#[test]
fn suggestions_are_independent_of_row_order() {
    let tables = [
        ("teams", "id,name\nn,North\ns,South\nw,West\n"),
        ("people", "id,name\nada,Ada\nbo,Bo\ncy,Cy\n"),
        ("memberships", "person,team\nada,n\nbo,n\ncy,s\n"),
        ("services", "id,name,tier\na,Alpha,2\nb,Beta,2\nc,Gamma,2\n"),
    ];
    let [one, other] = both_ways(&tables).map(|desk| {
        let found = desk.json(&["suggest", desk.path(), "--as-of", DAY, "--json"]);
        assert_eq!((&found["count"], &found["missing"]), (&Value::from(3), &Value::Null));
        found
    });
    assert_eq!(one, other);
    let teams: Vec<&Value> =
        one["proposals"].as_array().unwrap().iter().map(|it| &it["team"]["name"]).collect();
    assert!(!teams.contains(&&Value::from("West")), "nobody is on it: {teams:?}");
}

#[test]
fn interactions_must_be_declared_by_every_owner() {
    let tables = [
        ("teams", "id,name\na,A\nb,B\nc,C\n"),
        ("services", "id,name\nshop,Shop\nbank,Bank\nmill,Mill\n"),
        (
            "ownership",
            "service,owner,role\nshop,a,owner\nshop,b,owner\nbank,c,owner\nmill,a,owner\nmill,b,owner\n",
        ),
        ("dependencies", "service,depends_on\nshop,bank\nmill,shop\n"),
        ("interactions", "team,with,mode\nb,c,x-as-a-service\n"),
    ];
    for desk in both_ways(&tables) {
        assert_eq!(of_rule(&desk, "undeclared-interaction"), ["undeclared-interaction/a"]);
        assert_eq!(desk.stats()["dependency_edges_without_shared_owner"], 1);
    }
}

#[test]
fn finding_ids_are_independent_of_rows() {
    let tables = |people: &'static str| {
        desk(&[
            ("teams", "id,name\na,A\nb,B\n"),
            ("people", people),
            (
                "interactions",
                "team,with,mode,from,until\na,b,collaboration,2025-01-01,\na,b,collaboration,2025-01-01,2029-01-01\n\
                 b,a,facilitating,,\na,b,facilitating,2025-03-01,\n",
            ),
        ])
    };
    let expected = [
        "collaboration-outlived/a/b/collaboration/2025-01-01",
        "collaboration-outlived/a/b/collaboration/2025-01-01/2",
        "collaboration-outlived/a/b/facilitating/2025-03-01",
    ];
    for people in ["id,name\nada,Ada\n", "id,name\nzoe,Zoe\nada,Ada\n"] {
        let desk = tables(people);
        assert_eq!(of_rule(&desk, "collaboration-outlived"), expected);
        let sarif = desk.json(&["findings", desk.path(), "--as-of", DAY, "--format", "sarif"]);
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let prints: Vec<&str> = results
            .iter()
            .filter(|result| result["ruleId"] == "collaboration-outlived")
            .map(|result| result["partialFingerprints"]["headroomFinding/v1"].as_str().unwrap())
            .collect();
        assert_eq!(prints, expected);
    }
}

#[test]
fn unconfirmed_people_count_as_nobody_and_are_reported() {
    let services = ("services", "id,name,tier\nledger,Ledger,1\n");
    let owned = ("ownership", "service,owner,owner_kind\nledger,cash,team\n");
    let alone = desk(&[&TEAM_OF_ONE[..], &[services, owned]].concat());
    let mut lines = String::from("person,team,role\nada,cash,\n");
    (0..7).for_each(|at| lines += &format!("ghost{at},cash,{}\n", if at == 0 { "lead" } else { "" }));
    let tables = [TEAM_OF_ONE[0], TEAM_OF_ONE[1], ("memberships", &lines), services, owned];
    let haunted = desk(&tables);
    let rules = |desk: &Desk| {
        let mut rules: Vec<String> =
            findings(desk).iter().map(|it| it["rule"].as_str().unwrap().to_owned()).collect();
        rules.retain(|rule| rule != "unknown-member");
        rules.sort();
        rules
    };
    assert_eq!(rules(&haunted), rules(&alone), "for load, on-call, size, leads and what rests on one person");
    assert_eq!(of_rule(&haunted, "unknown-member"), ["unknown-member/cash"]);
    assert_eq!(closed(&haunted, DAY), closed(&alone, DAY));
    let stats = haunted.stats();
    let figures = ["people", "unconfirmed_people", "memberships", "unconfirmed_memberships"];
    assert_eq!(figures.map(|name| stats[name].as_u64().unwrap()), [1, 7, 1, 7]);

    // Also as the owner of a service.
    let owned = (
        "ownership",
        "service,owner,owner_kind,role\nledger,ghost,person,owner\nledger,ghoul,person,backup\n",
    );
    let desk = desk(&[&TEAM_OF_ONE[..], &[services, owned]].concat());
    assert!(of_rule(&desk, "bus-factor-one").is_empty());
    assert_eq!(of_rule(&desk, "unknown-owner"), ["unknown-owner/ledger/ghost"]);
    assert_eq!(of_rule(&desk, "no-backup-owner"), ["no-backup-owner/ledger"]);
    let gaps = closed(&desk, DAY);
    assert!(gaps.iter().any(|(name, kind, _)| name == "Ledger" && kind == "nobody"), "{gaps:?}");
}

#[test]
fn empty_teams_get_no_suggestions() {
    let service = ("services", "id,name\nledger,Ledger\n");
    let suggested = |desk: &Desk| {
        let output = desk.run(&["suggest", desk.path(), "--as-of", DAY, "--apply"]);
        assert!(output.stdout.is_empty());
        (output.status.code(), String::from_utf8(output.stderr).unwrap().trim().to_owned())
    };
    let says = |what: &str| (Some(1), format!("error: nothing to suggest: {what}"));
    let empty = desk(&[TEAM_OF_ONE[0], service]);
    let before = findings(&empty);
    assert_eq!(suggested(&empty), says("no team has members; add members to a team first"));
    assert_eq!(findings(&empty), before, "nothing has been handed over");
    let output = empty.run(&["suggest", empty.path(), "--as-of", DAY, "--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &answer["count"]), (Some(1), &Value::from(0)));
    assert_eq!(answer["missing"], "no team has members; add members to a team first");

    let haunted = desk(&[TEAM_OF_ONE[0], service, ("memberships", "person,team\nghost,cash\n")]);
    let known = "no team has confirmed members (1 unconfirmed); confirm or import people first";
    assert_eq!(suggested(&haunted), says(known));
    let teamless = desk(&[service]);
    let no_team = "there are no teams yet; add a team with members first";
    assert_eq!(suggested(&teamless), says(no_team));
    let no_service = "no services on this date; import a catalog or a CODEOWNERS file first";
    assert_eq!(suggested(&Desk::new()), says(no_service));

    // If every service has an owner there is nothing to do, and nothing is missing.
    let owned = ("ownership", "service,owner\nledger,cash\n");
    let owned = desk(&[&TEAM_OF_ONE[..], &[service, owned]].concat());
    let text = owned.done(&["suggest", owned.path(), "--as-of", DAY]);
    assert_eq!(text, "nothing to suggest: all services have owners\n");
}

#[test]
fn occupants_are_responders_of_their_positions_service() {
    let tables = [
        ("teams", "id,name\ncash,Cash\nlend,Lend\n"),
        ("people", "id,name\nada,Ada\n"),
        ("services", "id,name\nledger,Ledger\n"),
        ("ownership", "service,owner\nledger,cash\n"),
        ("positions", "id,team,service,from\nHC-1,lend,ledger,2027-04-05\n"),
        ("assignments", "position,person\nHC-1,ada\n"),
    ];
    let ledger = |members: &str| {
        let desk = desk(&[&tables[..], &[("memberships", members)]].concat());
        let gaps = closed(&desk, "2027-01-11").into_iter();
        gaps.filter(|(name, ..)| name == "Ledger").map(|(_, kind, day)| (kind, day)).collect::<Vec<_>>()
    };
    let nobody_until =
        |day: &str| vec![("nobody".to_owned(), Value::from(day)), ("one-person".to_owned(), Value::Null)];
    let expected = nobody_until("2027-08-03");
    assert_eq!(ledger("person,team\n"), expected);
    assert_eq!(ledger("person,team\nada,lend\n"), expected);
    assert_eq!(ledger("person,team,until\nada,lend,2027-05-31\n"), expected);
    // On the owning team they are responders anyway, and count once.
    assert_eq!(ledger("person,team\nada,cash\n"), [("one-person".to_owned(), Value::Null)]);
    // Until then as a member, and from the next day on by the position.
    let mut expected = nobody_until("2027-10-01");
    expected.insert(0, ("one-person".to_owned(), Value::Null));
    assert_eq!(ledger("person,team,until\nada,cash,2027-09-30\n"), expected);
}
