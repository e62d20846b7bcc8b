use std::fs;

use super::*;

fn read(text: &str, today: &str) -> Records {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tickets.csv");
    fs::write(&file, text).unwrap();
    assert!(recognise_tickets(&file) && recognise_tickets(folder.path()));
    let options = EventTableOptions { today: today.parse().ok(), ..EventTableOptions::default() };
    read_tickets(&[file], &options).unwrap()
}

/// The figures of a metric, as `2026-01 12`, of a group; empty for the organisation.
fn figures(records: &Records, metric: &str, group: &str) -> Vec<String> {
    let of_group =
        records.figures.iter().filter(|figure| &*figure.metric == metric && figure.scope.segment == group);
    of_group.map(|figure| format!("{} {}", figure.first.format("%Y-%m"), figure.value)).collect()
}

fn told(records: &Records, level: Level) -> Vec<String> {
    let problems = records.problems.iter().filter(|problem| problem.level == level);
    problems
        .map(|problem| format!("{}:{} {}", problem.place.line, problem.place.column, problem.message))
        .collect()
}

const DESK: &str = "\
Id,Status,Group,Requester,Requester email,Created at,Solved at,Satisfaction Score,Reopens,Replies,First reply time in minutes,First reply time in minutes within business hours,Full resolution time in minutes
1,Solved,North,Ada Okafor,ada@example.org,2026-01-05 09:00,2026-01-06 10:00,Good,0,1,10,5,1500
2,Solved,North,Ada Okafor,ada@example.org,2026-01-31 23:00,2026-02-01 01:00,Offered,0,2,20,20,120
2,Solved,North,Ada Okafor,ada@example.org,2026-01-31 23:00,2026-02-01 01:00,Offered,0,2,20,20,120
3,Closed,South,Bo Lind,bo@example.org,2026-02-02 09:00,2026-02-02 10:00,Bad,1,1,40,40,60
4,Open,South,Bo Lind,bo@example.org,2026-02-27 09:00,,,0,0,,,
5,Closed,South,Bo Lind,bo@example.org,2026-03-02 09:00,2026-03-02 10:00,Good with comment,0,1,40,40,60
";

#[test]
fn figures_are_by_month_and_group() {
    let records = read(DESK, "2026-03-09");
    let of = |metric, group| figures(&records, metric, group);
    assert_eq!(of("tickets-created", ""), ["2026-01 2", "2026-02 2"]);
    assert_eq!(of("tickets-created", "South"), ["2026-01 0", "2026-02 2"]);
    assert_eq!(of("tickets-solved", ""), ["2026-01 1", "2026-02 2"]);
    assert_eq!(
        of("backlog", ""),
        ["2026-01 1", "2026-02 1"],
        "what is solved after its month was open at its end"
    );
    assert_eq!(of("first-reply-minutes", ""), ["2026-01 15", "2026-02 40"], "by the clock");
    assert_eq!(of("resolution-minutes", ""), ["2026-01 1500", "2026-02 90"]);
    assert_eq!(of("fcr", "North"), ["2026-01 1", "2026-02 0"]);
    assert_eq!(of("fcr", "South"), ["2026-02 0"], "what came back was not solved at first contact");
    assert_eq!(of("csat", ""), ["2026-01 1", "2026-02 0"], "offered is no answer");
    let notes = told(&records, Level::Note).join("\n");
    assert!(notes.contains("4:0 1 rows repeat the ID of a row above (the first: line 3)"), "{notes}");
    assert!(notes.contains("2026-03 is not over"), "{notes}");
    assert_eq!(told(&records, Level::Error), [""; 0]);
}

#[test]
fn nobody_is_named() {
    let said = format!("{:?}", read(DESK, "2026-03-09"));
    for name in ["Ada", "ada@", "Lind", "bo@"] {
        assert!(!said.contains(name), "{name}");
    }
}

#[test]
fn scores_of_five_and_times_in_hours_are_read() {
    let records = read(
        "ticket_id,submitted_at,closed_at,resolution_time_hours,satisfaction_score\n\
        a,2026-01-05,2026-01-06 3:00,27,4\nb,2026-01-05,2026-01-31 3:00,1.5,3\nc,2026-01-05,2026-01-07 3:00,2,\n",
        "2026-02-01",
    );
    assert_eq!(figures(&records, "resolution-minutes", ""), ["2026-01 120"]);
    assert_eq!(figures(&records, "csat", ""), ["2026-01 0.5"]);
    assert_eq!(figures(&records, "fcr", ""), [""; 0], "nothing says how many replies there were");
    assert!(!records.rows.iter().any(|row| row.text("key") == Some("fcr")));
}

#[test]
fn what_cannot_be_read_is_left_out_whole_and_told() {
    let records = read(
        "id,created,solved,status,replies,satisfaction\n1,2026-01-31,2026-01-31,solved,1,Good\n2,yesterday,,open,1,\n\
        3,2026-01-05,2026-01-04,solved,1,\n4,2026-01-05,,solved,1,\n5,2026-01-05,2026-01-06,solved,some,\n\
        6,2026-01-05,2026-01-06,solved,1,87\n,2026-01-05,2026-01-06,solved,1,\n",
        "2026-02-01",
    );
    assert_eq!(
        told(&records, Level::Error),
        [
            "3:2 “yesterday”: not a date; row left out",
            "4:3 solved on 2026-01-04, before it was created on 2026-01-05; row left out",
            "6:5 “some”: not a number; row left out",
            "7:6 “87” is neither good nor bad, nor 1 to 5; row left out",
            "8:1 no ID; row left out",
        ]
    );
    let undated = "1:3 1 tickets are solved by their status, but have no day; they count as created alone";
    assert_eq!(told(&records, Level::Warning), [undated]);
    assert_eq!(figures(&records, "tickets-created", ""), ["2026-01 2"]);
    assert_eq!(figures(&records, "backlog", ""), ["2026-01 0"]);
}

#[test]
fn other_tables_are_not_taken_for_tickets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    for text in [
        "id,created_at,resolved_at,service,severity\n1,2026-01-01,2026-01-02,api,1\n",
        "id,created,closed,replies\n1,2026-01-01,2026-01-02,3\n",
        "Employee ID,Name,Group,Start date\n1,Ada,North,2026-01-01\n",
    ] {
        fs::write(&file, text).unwrap();
        assert!(!recognise_tickets(&file), "{text}");
    }
}

#[test]
fn other_help_desks_have_other_words() {
    let durations = read(
        "Ticket ID,Agent,Group,Status,Created time,Resolved time,First response time (in hrs),Resolution time (in hrs),\
         Agent interactions,Customer satisfaction\n\
         1,Zoe,North,Closed,2026-01-03 09:00:00,2026-01-03 12:00:00,00:30:00,03:00:00,1,Happy\n\
         2,Zoe,North,Closed,2026-01-20 09:00:00,2026-01-31 12:00:00,01:30:00,267:00:00,3,Very unhappy\n",
        "2026-02-02",
    );
    assert_eq!(figures(&durations, "first-reply-minutes", ""), ["2026-01 60"]);
    assert_eq!(figures(&durations, "resolution-minutes", ""), ["2026-01 8100"]);
    assert_eq!(figures(&durations, "csat", ""), ["2026-01 0.5"]);
    let seconds = read(
        "Conversation ID,Conversation started at (UTC),Conversation last closed at (UTC),First response time (seconds),\
         Time to close (seconds),Number of replies\n1,2026-01-03 09:00,2026-01-31 10:00,90,3600,1\n",
        "2026-02-02",
    );
    assert_eq!(figures(&seconds, "first-reply-minutes", ""), ["2026-01 1.5"]);
    assert_eq!(figures(&seconds, "resolution-minutes", ""), ["2026-01 60"]);
    let named_months = read(
        "Issue key,Summary,Reporter,Status,Created,Resolved,Satisfaction rating\n\
         S-1,x,Ada Okafor,Done,03/Jan/26 9:00 AM,31/Jan/26 11:30 PM,5\n",
        "2026-02-02",
    );
    assert_eq!(figures(&named_months, "tickets-solved", ""), ["2026-01 1"]);
}
