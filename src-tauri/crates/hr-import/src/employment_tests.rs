//! Exports with several rows per person: rehires, two jobs, leavers, in any order of rows.

use std::collections::BTreeSet;

use headroom_files::records::Stated;
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// What a table becomes on 1 September 2026: people, occupancies, and what is reported.
struct Read {
    people: BTreeSet<String>,
    seats: BTreeSet<String>,
    teams: BTreeSet<String>,
    told: Vec<String>,
}

fn span(dates: &headroom_files::records::Dates) -> String {
    let show = |said: Stated<Option<chrono::NaiveDate>>| match said {
        None => "?".to_owned(),
        Some(None) => String::new(),
        Some(Some(day)) => day.to_string(),
    };
    format!("{}..{}", show(dates.from), show(dates.until))
}

fn made(text: &str) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, text).unwrap();
    let options = TableOptions { today: Some(day("2026-09-01")), ..TableOptions::default() };
    let records = read(&[file], &options).unwrap();
    let until = |key: &str| {
        let position = records.positions.iter().find(|own| own.key == key).unwrap();
        position.held_until.map(|day| format!(", held until {day}")).unwrap_or_default()
    };
    Read {
        people: records.people.iter().map(|own| format!("{} {}", own.key, span(&own.dates))).collect(),
        seats: records
            .assignments
            .iter()
            .map(|own| {
                format!("{} in {} {}{}", own.person, own.position, span(&own.dates), until(&own.position))
            })
            .collect(),
        teams: records
            .memberships
            .iter()
            .map(|own| format!("{} on {} {}", own.person, own.team, span(&own.dates)))
            .collect(),
        told: records.problems.iter().map(|problem| problem.message.clone()).collect(),
    }
}

fn of(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const HEADER: &str = "Employee ID,Name,Email,Job title,Department,Manager ID,Start date,End date,FTE\n";
const ADA: &str = "1,Ada Okafor,ada@x.org,CTO,Eng,,2015-03-02,,1";
const BEFORE: &str = "2,Bo Lind,bo@x.org,Junior,Eng,1,2017-01-09,2019-12-31,1";
const NOW: &str = "2,Bo Lind,bo@x.org,Engineer,Eng,1,2021-06-01,,0.8";

#[test]
fn rehired_person_has_two_employments() {
    for rows in [[ADA, BEFORE, NOW], [NOW, BEFORE, ADA], [BEFORE, ADA, NOW], [NOW, ADA, BEFORE]] {
        let read = made(&(HEADER.to_owned() + &rows.join("\n")));
        assert_eq!(read.people, of(&["1 2015-03-02..", "2 2017-01-09.."]), "{rows:?}");
        assert_eq!(
            read.seats,
            of(&[
                "1 in S-1 2015-03-02..",
                "2 in S-2 (2017-01-09) 2017-01-09..2019-12-31, held until 2019-12-31",
                "2 in S-2 2021-06-01.."
            ]),
            "{rows:?}"
        );
        let teams = ["1 on Eng ?..", "2 on Eng 2017-01-09..2019-12-31", "2 on Eng 2021-06-01.."];
        assert_eq!(read.teams, of(&teams), "{rows:?}");
    }
}

#[test]
fn recognises_rehires_by_email_or_name() {
    let table = "Name,Email,Job title,Start date,End date\nBo Lind,bo@x.org,Junior,2017-01-09,2019-12-31\n\
                 Bo Lind,bo@x.org,Engineer,2021-06-01,\n";
    assert_eq!(made(table).people, of(&["bo@x.org 2017-01-09.."]));
    let read = made(&table.replace("bo@x.org", ""));
    assert_eq!(read.people, of(&["Bo Lind 2017-01-09.."]));
    assert!(
        read.told.iter().any(|said| said.contains("imported as one person who returned")),
        "{:?}",
        read.told
    );
    let read = made(&(HEADER.to_owned() + BEFORE + "\n" + &NOW.replacen('2', "77", 1)));
    assert_eq!(read.people, of(&["77 2017-01-09.."]));
    assert!(read.told.iter().any(|said| said.contains("has another ID here")), "{:?}", read.told);
}

#[test]
fn same_name_at_the_same_time_is_two_people() {
    let read = made("Name,Job title,Start date\nBo Lind,Dev,2017-01-09\nBo Lind,Dev,2021-06-01\n");
    assert_eq!(read.people, of(&["Bo Lind 2017-01-09..?", "Bo Lind (2) 2021-06-01..?"]));
}

#[test]
fn second_person_with_the_same_id_is_left_out() {
    let read = made(&(HEADER.to_owned() + ADA + "\n1,Zoe Ray,zoe@x.org,Dev,Eng,,2020-01-01,,1\n"));
    assert_eq!(read.people, of(&["1 2015-03-02.."]));
    assert!(read.told.iter().any(|said| said.contains("is already at line 2")), "{:?}", read.told);
}

#[test]
fn two_jobs_at_the_same_time_are_two_positions() {
    let other = "2,Bo Lind,bo@x.org,Trainer,Academy,1,2021-06-01,,0.2";
    for rows in [[NOW, other], [other, NOW]] {
        let read = made(&(HEADER.to_owned() + &rows.join("\n")));
        assert_eq!(read.people, of(&["2 2021-06-01.."]));
        assert_eq!(read.seats, of(&["2 in S-2 2021-06-01..", "2 in S-2 (2021-06-01) 2021-06-01.."]));
    }
    // The main job is the one with most of the time, whichever began first.
    let later = other.replace("2021-06-01", "2023-01-02");
    let read = made(&(HEADER.to_owned() + NOW + "\n" + &later + "\n"));
    assert_eq!(read.seats, of(&["2 in S-2 2021-06-01..", "2 in S-2 (2023-01-02) 2023-01-02.."]));
    let read = made(&(HEADER.to_owned() + NOW + "\n" + NOW + "\n"));
    assert_eq!(read.seats, of(&["2 in S-2 2021-06-01.."]), "the same row again is no second job");
    assert!(read.told.iter().any(|said| said.contains("is already at")), "{:?}", read.told);
}

#[test]
fn overlapping_employments_both_count() {
    let change = "2,Bo Lind,bo@x.org,Junior,Eng,1,2017-01-09,2021-06-30,1";
    let read = made(&(HEADER.to_owned() + change + "\n" + NOW + "\n"));
    assert_eq!(read.seats.len(), 2, "{:?}", read.seats);
    assert!(
        read.told.iter().any(|said| said.contains("employment overlaps with another")),
        "{:?}",
        read.told
    );
}

#[test]
fn later_open_job_ends_the_earlier_one() {
    let open = "2,Bo Lind,bo@x.org,Junior,Eng,1,2017-01-09,,1";
    for rows in [[open, NOW], [NOW, open]] {
        let read = made(&(HEADER.to_owned() + &rows.join("\n")));
        assert_eq!(read.people, of(&["2 2017-01-09.."]));
        let seats =
            ["2 in S-2 (2017-01-09) 2017-01-09..2021-05-31, held until 2021-05-31", "2 in S-2 2021-06-01.."];
        assert_eq!(read.seats, of(&seats));
        let words = "ended on 31 May 2021, the day before it starts";
        assert!(read.told.iter().any(|said| said.contains(words)), "{:?}", read.told);
    }
    let third = "2,Bo Lind,bo@x.org,Lead,Eng,1,2023-01-02,,1";
    for rows in [[open, NOW, third], [third, open, NOW], [NOW, third, open]] {
        let read = made(&(HEADER.to_owned() + &rows.join("\n")));
        let seats = [
            "2 in S-2 (2017-01-09) 2017-01-09..2021-05-31, held until 2021-05-31",
            "2 in S-2 (2021-06-01) 2021-06-01..2023-01-01, held until 2023-01-01",
            "2 in S-2 2023-01-02..",
        ];
        assert_eq!(read.seats, of(&seats), "{rows:?}");
    }
}

#[test]
fn jobs_coexist_up_to_full_time() {
    let job = |title: &str, days: &str, fte: &str| format!("2,Bo Lind,bo@x.org,{title},Eng,1,{days},{fte}\n");
    let one = job("One", "2017-01-09,", "0.5");
    let two = job("Two", "2017-01-09,", "0.5");
    let full = job("Full", "2020-01-01,", "1");
    let seats = made(&(HEADER.to_owned() + &one + &two + &full)).seats;
    assert_eq!(
        seats.iter().filter(|position| position.contains("2017-01-09..2019-12-31, held")).count(),
        2,
        "{seats:?}"
    );
    assert!(seats.contains("2 in S-2 2020-01-01.."), "{seats:?}");
    let (before, after) = (job("Two", "2018-01-01,2019-12-31", "0.5"), job("Three", "2020-01-01,", "0.5"));
    let read = made(&(HEADER.to_owned() + &after + &one + &before));
    assert_eq!(read.seats.len(), 3, "{:?}", read.seats);
    assert_eq!(
        read.seats.iter().filter(|position| position.contains("held until")).count(),
        1,
        "{:?}",
        read.seats
    );
    assert!(!read.told.iter().any(|said| said.contains("ended on")), "{:?}", read.told);
}

#[test]
fn jobs_with_the_same_title_and_team_are_two_positions() {
    let header = "Employee ID,Name,Job Title,Department,Start Date,Salary,Currency,FTE,Termination Date\n";
    let row = |start: &str, fte: &str| format!("2,Bo Lind,Engineer,Eng,{start},50000,EUR,{fte},\n");
    for (first, second) in [
        (row("2021-06-01", "0.8"), row("2021-06-01", "0.2")),
        (row("2021-06-01", "0.5"), row("2021-06-01", "0.5")),
        (row("2021-06-01", "0.8"), row("2023-01-02", "0.2")),
        (row("2021-06-01", "0.5"), row("2023-01-02", "0.5")),
    ] {
        for rows in [format!("{first}{second}"), format!("{second}{first}")] {
            let read = made(&(header.to_owned() + &rows));
            assert_eq!(read.people, of(&["2 2021-06-01.."]), "{rows}");
            assert_eq!(read.seats.len(), 2, "{rows} {:?}", read.told);
            assert!(read.told.iter().any(|said| said.contains("imported as two")), "{:?}", read.told);
            assert!(!read.told.iter().any(|said| said.contains("is already at")), "{:?}", read.told);
        }
    }
}

#[test]
fn position_may_change_hands() {
    let read = made(
        "Position ID,Employee ID,Name,Job title,Hire date,Termination date\nP-1,1,Ada,Dev,2015-01-05,2019-12-31\n\
         P-1,2,Bo,Dev,2020-01-06,\nP-2,1,Ada,Lead,2021-01-04,\n",
    );
    assert_eq!(read.people, of(&["1 2015-01-05..", "2 2020-01-06.."]));
    let seats = ["1 in P-1 2015-01-05..2019-12-31", "1 in P-2 2021-01-04..", "2 in P-1 2020-01-06.."];
    assert_eq!(read.seats, of(&seats));
}

#[test]
fn earlier_pay_in_a_position_is_kept() {
    let header = "Employee ID,Name,Position ID,Job title,Hire date,Termination date,Salary (EUR)\n";
    let before = "1,Ada,P-1,Junior,2015-01-05,2019-12-31,40000\n";
    let now = "1,Ada,P-1,Senior,2021-01-04,,70000\n";
    for rows in [[before, now], [now, before]] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staff.csv");
        std::fs::write(&file, header.to_owned() + &rows.concat()).unwrap();
        let records = read(&[file], &TableOptions::default()).unwrap();
        let mut pays: Vec<String> = records
            .assignments
            .iter()
            .map(|own| format!("{} {:?}", span(&own.dates), own.pay.flatten().map(|pay| pay.to_string())))
            .collect();
        pays.sort();
        assert_eq!(pays, ["2015-01-05..2019-12-31 Some(\"40000.00 EUR\")", "2021-01-04.. None"]);
        let seats: Vec<_> =
            records.positions.iter().map(|own| own.pay.flatten().unwrap().to_string()).collect();
        assert_eq!(seats, ["70000.00 EUR"], "the position has the pay of the present row");
    }
}

#[test]
fn present_person_is_never_recorded_as_gone() {
    let read = made(
        "Employee ID,Name,Job title,Hire date,Termination date,Employment status\n1,Ada,Dev,2017-01-09,2019-12-31,Active\n\
         2,Bo,Dev,2021-06-01,2019-12-31,\n3,Cy,Dev,2017-01-09,2019-12-31,Terminated\n4,Di,Dev,2017-01-09,,Terminated\n",
    );
    assert_eq!(read.people, of(&["1 2017-01-09..", "2 2021-06-01..", "3 2017-01-09..2019-12-31"]));
    for words in
        ["says the person is still employed", "before the start date", "has no end date; row skipped"]
    {
        assert!(read.told.iter().any(|said| said.contains(words)), "{words}: {:?}", read.told);
    }
}

#[test]
fn missing_start_dates_are_reported_once() {
    let read = made("Employee ID,Name,Job title,Start date\n1,Ada,Dev,\n2,Bo,Dev,\n");
    let told: Vec<&String> = read.told.iter().filter(|said| said.contains("from the beginning")).collect();
    assert_eq!(told, ["“Start date” is empty in every row; everyone counts from the beginning"]);
    let read = made("Employee ID,Name,Job title,Start date\n1,Ada,Dev,2020-01-01\n2,Bo,Dev,\n");
    assert!(read.told.iter().any(|said| said.contains("is empty for 1 person")), "{:?}", read.told);
}

#[test]
fn finds_managers_by_decorated_names() {
    let managers = [
        "Ada Okafor (1001)",
        "1001 - Ada Okafor",
        "Ada Okafor <ada@x.org>",
        "\"Okafor, Ada (1001)\"",
        "ada okafor [C]",
        "Ada Okafor (Contractor)",
        "Ada Okafor - Leave",
        "Dr. Ada Okafor",
        "Ada Okafor #1001",
        "Ada Okafor E1001",
        "1001",
        "Okafor Ada",
        "Ada Okafor; Bo Lind",
        "Ada Okafor (On Leave)",
        "Ada Okafor (Berlin)",
        "ada@x.org",
    ];
    let mut text = "Employee ID,Name,Work email,Job title,Manager,Hire date\n1001,Ada Okafor (1001),ada@x.org,CTO,,2015-01-05\n".to_owned();
    for (at, manager) in managers.iter().enumerate() {
        text += &format!("{},Pat {at} (On Leave),,Dev,{manager},2016-01-04\n", 2000 + at);
    }
    let text = text.replace("Ada Okafor E1001", "Ada Okafor 1001");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, text).unwrap();
    let records = read(&[file], &TableOptions::default()).unwrap();
    for (at, manager) in managers.iter().enumerate() {
        let position = &records.positions[at + 1];
        let above = headroom_files::records::ManagerRef::Position("S-1001".to_owned());
        assert_eq!(position.manager, Some(Some(above)), "{manager}");
        assert_eq!(records.people[at + 1].name.as_deref(), Some(format!("Pat {at}").as_str()));
    }
}

#[test]
fn manager_warnings_are_true() {
    let told = |manager: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staff.csv");
        let cell = manager.replace('"', "\"\"");
        let text = format!(
            "Employee ID,Name,Work email,Job title,Manager,Hire date\n\
             1001,Ada Okafor,ada@example.org,CTO,,2015-01-05\n1002,Bo Lind,mailto:bo@example.org,Dev,\"{cell}\",2016-01-04\n"
        );
        std::fs::write(&file, text).unwrap();
        let records = read(&[file], &TableOptions::default()).unwrap();
        let above = headroom_files::records::ManagerRef::Position("S-1001".to_owned());
        assert_eq!(records.positions[1].manager, Some(Some(above)), "{manager}");
        assert_eq!(records.people[1].email.as_deref(), Some("bo@example.org"));
        let told = records.problems.into_iter().filter(|problem| problem.place.column > 0);
        told.map(|problem| problem.message).collect::<Vec<_>>()
    };
    for manager in [
        "\"Ada Okafor\" <ADA@EXAMPLE.ORG>",
        "'Ada Okafor' <ada@example.org>",
        "ID: 1001",
        "Employee ID: 1001",
        "Emp. No.: 1001",
        "ID 1001",
        "mailto:ada@example.org",
        "MAILTO:ada@example.org",
        "<mailto:ada@example.org>",
        "Ada Okafor <mailto:ada@example.org>",
        "Ada Okafor (ID: 1001)",
        "Ada Okafor - ID: 1001",
        "\"Okafor, Ada\" (1001)",
    ] {
        assert_eq!(told(manager), Vec::<String>::new(), "{manager}");
    }
    for (manager, words) in [
        ("Ada Okafor (9999)", "ID differs from the person’s own row"),
        ("9999 - Ada Okafor", "ID differs from the person’s own row"),
        ("Dr. Ada Okafor (9999)", "ID differs from the person’s own row"),
        ("Ada Okafor <zoe@example.org>", "email differs from the person’s own row"),
        ("Zoe Ray (1001)", "belongs to someone else"),
    ] {
        let told = told(manager);
        assert!(told.iter().any(|said| said.contains(words)), "{manager}: {told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// One to four employments of each of three people, one after the other, in any order of rows.
    #[test]
    fn row_order_does_not_matter(
        spells in prop::collection::vec((1_usize..4, 30_u64..900, 1_u64..400), 1..10),
        are_open in prop::collection::vec(any::<bool>(), 3),
        order in prop::collection::vec(any::<u64>(), 12),
        key in 0_usize..3,
    ) {
        let mut rows: Vec<String> = Vec::new();
        let mut next = [day("2010-01-01"); 4];
        let mut last = [None; 4];
        for (person, long, gap) in &spells {
            let start = next[*person];
            let end = start + chrono::Days::new(*long);
            next[*person] = end + chrono::Days::new(*gap);
            last[*person] = Some(rows.len());
            let who = ["id", "mail", "name"][key];
            let (id, email) = match who { "id" => (format!("7{person}"), String::new()), "mail" => (String::new(), format!("p{person}@x.org")), _ => Default::default() };
            rows.push(format!("{id},Person {person}x,{email},Job {long},Eng,,{start},{end},1"));
        }
        for person in 1..4 {
            if let Some(at) = last[person].filter(|_| are_open[person - 1]) {
                let mut cells: Vec<&str> = rows[at].split(',').collect();
                cells[7] = "";
                rows[at] = cells.join(",");
            }
        }
        let straight = made(&(HEADER.to_owned() + &rows.join("\n")));
        let mut turned: Vec<(u64, &String)> = order.iter().copied().zip(&rows).collect();
        turned.sort();
        let turned: Vec<&str> = turned.into_iter().map(|(_, row)| row.as_str()).collect();
        let other = made(&(HEADER.to_owned() + &turned.join("\n")));
        prop_assert_eq!(&straight.people, &other.people);
        prop_assert_eq!(&straight.seats, &other.seats);
        prop_assert_eq!(&straight.teams, &other.teams);
        prop_assert_eq!(straight.seats.len(), rows.len(), "every employment counts");
        // Exactly those with an open row are there.
        for (person, at) in last.iter().enumerate().skip(1) {
            let Some(at) = *at else { continue };
            let key = ["7", "p", "Person "][key];
            let line = straight.people.iter().find(|line| line.starts_with(&format!("{key}{person}"))).unwrap();
            prop_assert_eq!(line.ends_with(".."), rows[at].split(',').nth(7) == Some(""), "{}", line);
        }
    }
}
