//! `headroom practices`, and what is written by it.

use headroom_tests::Desk;
use serde_json::{Value, json};

fn rows(report: &Value) -> &Vec<Value> {
    report["rows"].as_array().unwrap()
}

/// A plan with a service of each of tiers 1 and 2 that the team Shop owns.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.import_csv(&[
        ("teams.csv", "id,name,until\nshop,Shop,2027-05-31\nops,Ops,\n"),
        ("services.csv", "id,name,tier\ncart,Cart,1\nlogin,Login,2\n"),
        ("ownership.csv", "service,owner,owner_kind\ncart,shop,team\nlogin,ops,team\n"),
        ("people.csv", "id,name\nada,Ada\nbo,Bo\n"),
        ("memberships.csv", "person,team\nada,shop\nbo,ops\n"),
    ]);
    desk
}

fn practices(desk: &Desk, more: &[&str]) -> Value {
    desk.json(&[&["practices", desk.path(), "--json"], more].concat())
}

#[test]
fn built_in_practices_are_added_once_with_what_tiers_need() {
    let desk = desk();
    assert!(desk.done(&["practices", desk.path()]).contains("--add-built-in"));
    let added = desk.done(&["practices", desk.path(), "--add-built-in"]);
    assert!(added.contains("+ CI/CD (ci-cd)") && added.contains("+ CI/CD at level 3 in tier 1"), "{added}");
    assert!(desk.idle(&["practices", desk.path(), "--add-built-in"]).contains("already"));
    let report = practices(&desk, &[]);
    assert_eq!(rows(&report).len(), 24, "twelve of each service");
    assert_eq!(report["totals"]["levels"]["states"]["unknown"], 24);
    assert_eq!(rows(&practices(&desk, &["--tier", "1", "--practice", "ci-cd"])).len(), 1);
    assert_eq!(rows(&practices(&desk, &["--team", "ops"])).len(), 12);
    assert_eq!(rows(&practices(&desk, &["--service", "cart"])).len(), 12);
    desk.done(&["undo", desk.path()]);
    assert!(rows(&practices(&desk, &[])).is_empty());
}

#[test]
fn states_requirements_and_owners_to_come_are_told() {
    let desk = desk();
    desk.import_csv(&[
        ("metrics.csv", "id,name,unit,kind,period\nci-cd,CI/CD,level,stock,day\n"),
        (
            "objectives.csv",
            "id,metric,op,value,tier,from\nnow,ci-cd,>=,2,1,\nlater,ci-cd,>=,3,1,2027-06-15\n",
        ),
    ]);
    let file = desk.file("practices.csv", "practice,service,level,on,by\nci-cd,cart,2,2026-11-01,audit\n");
    desk.import(&[&file], &[]);
    let report = practices(&desk, &["--as-of", "2027-02-01"]);
    let row = &rows(&report)[0];
    assert_eq!(
        (&row["state"], &row["level"], &row["age_days"], &row["by"]),
        (&json!("met"), &json!(2), &json!(92), &json!("audit"))
    );
    assert_eq!(row["required"]["objective"], "now");
    assert_eq!(row["next"], json!({"level": 3, "from": "2027-06-15", "objective": "later"}));
    assert_eq!(
        row["owner"],
        json!({"on": "2027-06-15", "owners": [], "ended": ["shop"], "people": 0, "empty": true})
    );
    let campaign = &report["campaigns"][0];
    assert_eq!((&campaign["below"], &campaign["without_owner"]), (&json!(["cart"]), &json!(["cart"])));
    let found = desk.run(&["findings", desk.path(), "--as-of", "2027-02-01", "--format", "json"]);
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.contains("practice-owner-gone/cart/later"), "{found}");
    let printed = desk.done(&["practices", desk.path(), "--as-of", "2027-02-01"]);
    assert!(
        printed.contains("CI/CD: 2, 1 Nov 2026 (92 days ago)  met, needs 2, 3 by 15 Jun 2027: nobody"),
        "{printed}"
    );
}

#[test]
fn unknown_services_teams_and_practices_are_refused() {
    let desk = desk();
    for flag in ["--service", "--team", "--practice"] {
        assert!(desk.refused(&["practices", desk.path(), flag, "nothing"]).contains("nothing"), "{flag}");
    }
}

#[test]
fn nobody_who_looked_is_in_the_plan_file() {
    let desk = desk();
    let text = "practice,service,level,on,by,evidence\n\
        ci-cd,cart,2,2026-11-01,Zebedee Quill,zebedee.quill@example.org\n\
        ci-cd,login,2,2026-11-01,zebedee.quill@example.org,https://zebedee.quill@example.org/x\n";
    let table = desk.file("practices.csv", text);
    let insights = "header:\n  last-reviewed: 2026-10-01\n  project-url: https://github.com/acme/cart\n\
        security-contacts:\n  - type: email\n    value: zebedee.quill@example.org\n\
        vulnerability-reporting:\n  accepts-vulnerability-reports: true\n  email-contact: zebedee.quill@example.org\n";
    let insights = desk.file("SECURITY-INSIGHTS.yml", insights);
    desk.import(&[&table, &insights], &[]);
    assert_eq!(rows(&practices(&desk, &[])).len(), 3);
    for entry in std::fs::read_dir(desk.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "headroom") {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("zebedee") && !text.contains("quill"), "{}", path.display());
        }
    }
}
