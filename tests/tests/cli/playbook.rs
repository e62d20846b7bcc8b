//! The Playbook by the command line: as Markdown, a web page, PDF and JSON; of all, and of a segment or a team.

use std::fs;

use headroom_tests::Desk;

const PACK: &str = "Metric,Segment,Unit,Jan-26,Feb-26,Mar-26\n\
    MRR,Shippers,€ k,50,51,52\nMRR,Carriers,€ k,20,21,22\n\
    Customers,Shippers,#,100,102,104\nS&M spend,Shippers,€,\"60,000\",\"50,000\",\"45,600\"\n\
    New customers,Shippers,#,10,10,10\nGross margin,Shippers,%,80%,80%,80%\n\
    Deployment frequency,,#,12,14,9\n";

/// A plan with a team that owns nothing, an unowned service, and a pack.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.today = "2026-06-10".parse().unwrap();
    desk.file("csv/teams.csv", "id,name,segment\nshippers,Shipper tools,Shippers\n");
    desk.file("csv/services.csv", "id,name,tier\nquotes,Quotes,1\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let pack = desk.file("mail/pack.csv", PACK);
    desk.done(&["import", desk.path(), pack.to_str().unwrap()]);
    desk
}

#[test]
fn the_ten_sections_are_printed_with_figures_the_worst_and_what_is_not_known() {
    let desk = desk();
    let text = desk.done(&["playbook", desk.path(), "--as-of", "2026-04-20"]);
    assert!(text.starts_with("# Playbook of "), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("## ")).count(), 10, "{text}");
    assert!(text.contains("| Payback | Shippers | 11.4 months | −8.8% better | Mar 2026 |"), "{text}");
    assert!(text.contains("**Worst:** Nobody owns Quotes") || text.contains("**Worst:** Quotes"), "{text}");
    // A row of a table of figures tells what the program has no importer of its own for.
    assert!(text.contains("| Deployment frequency | 9 |"), "{text}");
    assert!(text.contains("Made of Failed deployments. A table of deployments, a git repository"), "{text}");
    assert!(
        text.contains("feature flags, automatic provisioning. practices.csv, OpenSSF Scorecard"),
        "{text}"
    );
}

#[test]
fn a_segment_has_its_own_figures_alone() {
    let desk = desk();
    let text = desk.done(&["playbook", desk.path(), "--as-of", "2026-04-20", "--segment", "carriers"]);
    assert!(text.contains(": carriers on 20 Apr 2026"), "{text}");
    assert!(text.contains("| MRR | Carriers | 22 000 EUR |") && !text.contains("| Shippers |"), "{text}");
    let page =
        desk.json(&["playbook", desk.path(), "--as-of", "2026-04-20", "--team", "Shipper tools", "--json"]);
    assert_eq!(page["team"]["key"], "shippers");
    assert_eq!(page["sections"].as_array().unwrap().len(), 10);
    let told = desk.refused(&["playbook", desk.path(), "--team", "nobody"]);
    assert!(told.contains("nobody"), "{told}");
}

#[test]
fn files_are_written_in_each_format() {
    let desk = desk();
    let file = |name: &str| desk.folder.path().join(name);
    for format in ["md", "html", "pdf"] {
        let out = file(&format!("book.{format}"));
        let arguments = ["playbook", desk.path(), "--as-of", "2026-04-20", "--format", format, "-o"];
        desk.done(&[&arguments[..], &[out.to_str().unwrap()]].concat());
    }
    assert!(fs::read(file("book.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(fs::read_to_string(file("book.html")).unwrap().contains("<h2>10. Bets and what was learnt</h2>"));
    let printed = desk.done(&["playbook", desk.path(), "--as-of", "2026-04-20"]);
    assert_eq!(fs::read_to_string(file("book.md")).unwrap(), printed);
    let told = desk.refused(&["playbook", desk.path(), "--format", "pdf"]);
    assert!(told.contains("name a file such as -o playbook.pdf"), "{told}");
}

#[test]
fn an_empty_plan_says_what_would_tell() {
    let desk = Desk::new();
    let text = desk.done(&["playbook", desk.path()]);
    assert_eq!(text.matches("Nothing is known of it yet.").count(), 10, "{text}");
    assert!(text.contains("A table of support tickets"), "{text}");
}
