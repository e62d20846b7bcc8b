//! How many people support needs, by the command line.

use headroom_tests::Desk;
use serde_json::{Value, json};

#[test]
fn calls_and_tickets_are_told_in_words() {
    let desk = Desk::new();
    let calls =
        "staffing --calls 360 --in-minutes 30 --handle-seconds 240 --answer-within 15 --shrinkage 30%";
    let said = desk.done(&calls.split(' ').collect::<Vec<_>>());
    assert!(said.starts_with("55 agents answer 84.6 % of calls within 15 s; 80 % are asked for\n"), "{said}");
    for words in ["79 with 30 % shrinkage", "87.3 %", "8.2 s", "79.3 % within 15 s"] {
        assert!(said.contains(words), "{said}");
    }
    let tickets = "staffing --tickets 309 --handle-minutes 18 --hours 130 --shrinkage 0";
    let said = desk.done(&tickets.split(' ').collect::<Vec<_>>());
    assert!(
        said.starts_with("1 people, or 0.84 full-time, do 92.7 hours of tickets in the month\n"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_calculated_is_refused_in_a_sentence() {
    let desk = Desk::new();
    for (arguments, message) in [
        ("staffing", "the following required arguments were not provided"),
        ("staffing --calls 10", "--handle-seconds"),
        ("staffing --calls 10 --handle-seconds 0", "the handle time must be more than zero"),
        (
            "staffing --calls 10 --handle-seconds 60 --in-minutes 0",
            "the time in which calls come must be more than zero",
        ),
        ("staffing --calls 10 --handle-seconds 60 --target 100%", "the target must be less than 100 %"),
        ("staffing --calls 10 --handle-seconds 60 --shrinkage 1", "the shrinkage must be less than 100 %"),
        ("staffing --calls 999999999 --handle-seconds 3600", "the load is more than 100000 people at work"),
        ("staffing --calls=-1 --handle-seconds 60", "“-1” is negative"),
        ("staffing --tickets 10 --handle-minutes 5", "--hours"),
        ("staffing --tickets 10 --handle-minutes 5 --hours 0", "the hours must be more than zero"),
        ("staffing --tickets 10 --calls 5 --handle-seconds 5", "cannot be used with"),
    ] {
        let said = desk.refused(&arguments.split(' ').collect::<Vec<_>>());
        assert!(said.contains(message), "{arguments}: {said}");
    }
}

/// Two people with 104 hours a month each, and tickets of an hour that become ten more every month.
fn growing_support(positions: &str, assignments: &str) -> Desk {
    let mut desk = Desk::new();
    desk.today = "2026-12-10".parse().unwrap();
    let volumes = [(6, 30, 120), (7, 31, 130), (8, 31, 140), (9, 30, 150), (10, 31, 160), (11, 30, 170)];
    let figure = |(month, days, tickets): (u32, u32, u32)| {
        format!("tickets-created,2026-{month:02}-01,2026-{month:02}-{days},{tickets},support\n")
    };
    let observations: String = volumes.into_iter().map(figure).collect();
    for (name, text) in [
        ("teams.csv", "id,name\nsupport,Support\nother,Other\n".to_owned()),
        ("people.csv", "id,name\na,Ada\nb,Bo\n".to_owned()),
        (
            "positions.csv",
            format!(
                "id,title,team,status,start,reason\nS1,Agent,support,open,,\nS2,Agent,support,open,,\n{positions}"
            ),
        ),
        (
            "assignments.csv",
            format!("position,person,from,until\nS1,a,2024-01-01,\nS2,b,2024-01-01,{assignments}\n"),
        ),
        ("assumptions.csv", "kind,value\nhandle-time,60\nsupport-occupancy,75%\nshrinkage,20%\n".to_owned()),
        ("metrics.csv", "id,kind,period\ntickets-created,flow,month\n".to_owned()),
        ("observations.csv", format!("metric,first,last,value,team\n{observations}")),
    ] {
        desk.file(&format!("plan/{name}"), text);
    }
    let plan = desk.folder.path().join("plan");
    let report = desk.import(&[&plan], &[]);
    assert_eq!(report["problems"].to_string(), "[]");
    desk
}

fn month<'m>(outlook: &'m Value, name: &str) -> &'m Value {
    outlook["months"].as_array().unwrap().iter().find(|month| month["month"] == name).unwrap()
}

#[test]
fn a_team_falls_short_in_the_month_in_which_its_work_outgrows_its_people() {
    let desk = growing_support("", "");
    let outlooks = desk.json(&["staffing", desk.path(), "--json"]);
    let outlook = &outlooks[0];
    assert_eq!(outlooks.as_array().unwrap().len(), 1);
    assert_eq!((&outlook["team"], &outlook["figures_until"]), (&json!("support"), &json!("2026-11-30")));
    let november = month(outlook, "2026-11");
    assert_eq!((&november["volume"], &november["projected"]), (&json!(170.0), &json!(false)));
    // 40 hours a week are 173.33 a month; of 80 % of these 75 % are 104.
    let march = month(outlook, "2027-03");
    assert_eq!(
        (&march["volume"], &march["projected"], &march["available"]),
        (&json!(210.0), &json!(true), &json!(2.0))
    );
    assert!((march["needed"].as_f64().unwrap() - 210.0 / 104.0).abs() < 1e-9);
    assert_eq!(month(outlook, "2027-02")["falls_short"], false);
    assert_eq!(outlook["short_from"], "2027-03-01");
    // 120 days to be productive, 30 of notice and 58 to find somebody before that.
    assert_eq!(outlook["open_by"], "2026-08-05");
    let said = desk.done(&["staffing", desk.path(), "--team", "support"]);
    let sentence = "too few people from March 2027; a position for then had to be open by 5 Aug 2026";
    assert!(said.contains(sentence), "{said}");
}

#[test]
fn who_leaves_brings_the_month_nearer_and_who_is_hired_moves_it_away() {
    let short_from = |desk: &Desk| desk.json(&["staffing", desk.path(), "--json"])[0]["short_from"].clone();
    assert_eq!(short_from(&growing_support("", "2026-12-31")), "2027-01-01");
    let hired = growing_support("S3,Agent,support,offered,2026-12-15,support load\n", "");
    let outlook = &hired.json(&["staffing", hired.path(), "--json"])[0];
    let march = month(outlook, "2027-03")["available"].as_f64().unwrap();
    assert!(march > 2.0 && march < 3.0, "{march}: in ramp-up, and mentored");
    assert_eq!(outlook["short_from"], json!(null), "{outlook}");
}

#[test]
fn figures_of_the_day_that_is_looked_at_count() {
    let desk = growing_support("", "");
    // The figure of November is due on 1 December, those of others cannot be known.
    let outlook = &desk.json(&["staffing", desk.path(), "--as-of", "2026-11-30", "--json"])[0];
    assert_eq!(outlook["figures_until"], "2026-10-31");
    let said = desk.refused(&["staffing", desk.path(), "--as-of", "2027-06-01", "--team", "support"]);
    assert!(
        said.contains("Support: the newest figures of its tickets or calls are older than 3 months"),
        "{said}"
    );
    let said = desk.refused(&["staffing", desk.path(), "--team", "other"]);
    assert!(said.contains("Other: no figures of its tickets or calls by month"), "{said}");
    let said = desk.refused(&["staffing", desk.path(), "--team", "nobody"]);
    assert!(said.contains("no team “nobody”"), "{said}");
    assert_eq!(desk.json(&["staffing", desk.path(), "--as-of", "2027-06-01", "--json"]), json!([]));
}
