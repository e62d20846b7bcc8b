//! `headroom compare`: who joined, left and moved between two days.

use headroom_tests::Desk;
use serde_json::json;

/// Ada moves from Search to Till in March, Bo leaves in April, Cy joins in May.
fn shop() -> Desk {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name,parent\nshop,Shop,\nsearch,Search,shop\ntill,Till,shop\n");
    desk.file("csv/people.csv", "id,name,from,until\nada,Ada,,\nbo,Bo,,2027-04-30\ncy,Cy,2027-05-01,\n");
    desk.file(
        "csv/memberships.csv",
        "person,team,from,until\nada,search,,2027-02-28\nada,till,2027-03-01,\nbo,search,,\ncy,search,,\n",
    );
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk
}

#[test]
fn days_are_compared_in_words_and_in_json() {
    let desk = shop();
    let days = ["--from", "2027-01-01", "--to", "2027-07-01"];
    let said = desk.done(&[&["compare", desk.path()][..], &days].concat());
    assert_eq!(
        said.trim_end(),
        "Between 1 Jan 2027 and 1 Jul 2027: 1 joined, 1 left, 1 moved\n\
         Headcount: 2 + 1 joined − 1 left = 2\n\
         \n\
         Joined (1)\n\
         - 1 May 2027: Cy, Search\n\
         \n\
         Left (1)\n\
         - 30 Apr 2027: Bo, Search\n\
         \n\
         Moved (1)\n\
         - 1 Mar 2027: Ada, Search → Till\n\
         \n\
         Headcount by team, with sub-teams\n\
         - Search: 2 + 1 joined − 1 left − 1 moved out = 1\n\
         - Shop: 2 + 1 joined − 1 left = 2\n\
         - Till: 0 + 1 moved in = 1"
    );
    let found = desk.json(&[&["compare", desk.path(), "--team", "Till", "--json"][..], &days].concat());
    assert_eq!(found["changes"].as_array().unwrap().len(), 1);
    assert_eq!(found["changes"][0]["subject"]["key"], "ada");
    assert_eq!(
        found["headcount"],
        json!({ "before": 0, "joined": 0, "left": 0, "movedIn": 1, "movedOut": 0, "after": 1 })
    );
}

#[test]
fn backward_days_and_unknown_teams_are_refused() {
    let desk = shop();
    for (words, why) in [
        (&["--from", "2027-07-01", "--to", "2027-01-01"][..], "2027-01-01"),
        (&["--to", "2030-01-01", "--team", "nobody"], "nobody"),
        (&[], "--to"),
    ] {
        let refused = desk.refused(&[&["compare", desk.path()][..], words].concat());
        assert!(refused.contains(why), "{words:?}: {refused}");
    }
}
