//! Commands from their arguments to the files they write.

use std::{fs, path::PathBuf};

use clap::Parser;

use super::*;

/// A folder with a plan imported from CSV files.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let source = desk.folder.path().join("source");
        fs::create_dir(&source).unwrap();
        for (name, text) in files {
            fs::write(source.join(name), text).unwrap();
        }
        desk.run(&["new", "PLAN"]).unwrap();
        desk.run(&["import", "PLAN", "source"]).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command; `PLAN` and the names of files stand for paths.
    fn run(&self, words: &[&str]) -> Result<ExitCode, String> {
        let word = |word: &&str| match *word {
            "PLAN" => self.path("plan.headroom").display().to_string(),
            name if name.contains('.') && !name.contains(' ') || name == "source" => {
                self.path(name).display().to_string()
            }
            other => other.to_owned(),
        };
        let words = std::iter::once("headroom".to_owned()).chain(words.iter().map(word));
        let arguments = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        super::run(arguments).map_err(|error| error.to_string())
    }
}

fn one_position() -> Desk {
    Desk::with(&[
        ("teams.csv", "id,name\nt,T\n"),
        ("positions.csv", "id,team,pay,start\nA,t,60000 EUR,2027-01-01\n"),
        ("services.csv", "id,name,owner\ns,S,t\n"),
    ])
}

#[test]
fn reports_never_overwrite_a_plan() {
    let desk = one_position();
    desk.run(&["new", "other.headroom"]).unwrap();
    let plans = ["plan.headroom", "other.headroom"].map(|name| desk.path(name));
    let before = plans.clone().map(|path| fs::read(path).unwrap());
    for out in ["plan.headroom", "other.headroom"] {
        for format in ["xlsx", "csv", "positions-csv"] {
            let told = desk.run(&["budget", "PLAN", "--format", format, "-o", out]).unwrap_err();
            assert!(told.contains("is a Headroom plan") && told.contains("choose another name"), "{told}");
        }
        for format in ["json", "dot", "mermaid", "backstage"] {
            let told = desk.run(&["export", "PLAN", out, "--format", format]).unwrap_err();
            assert!(told.contains("is a Headroom plan"), "{format}: {told}");
        }
    }
    assert_eq!(plans.map(|path| fs::read(path).unwrap()), before);
    desk.run(&["budget", "PLAN", "--format", "csv", "-o", "months.csv"]).unwrap();
    desk.run(&["budget", "PLAN", "--format", "csv", "-o", "months.csv"]).unwrap();
}

#[test]
fn workbook_of_a_team_names_no_other_team() {
    let desk = Desk::with(&[
        ("teams.csv", "id,name,parent\ntop,Top,\nours,Ours,top\nlow,Low,ours\ntheirs,Theirs,top\n"),
        (
            "positions.csv",
            "id,title,team,level,pay,start\nA,Seat A,ours,L1,60000 EUR,2027-01-01\n\
             B,Seat B,low,L1,70000 EUR,2027-02-01\nC,Seat C,theirs,L9,98765 EUR,2027-01-01\n\
             D,Seat D,theirs,L9,,2027-01-01\n",
        ),
        ("assumptions.csv", "kind,value,level\nbase,87654 EUR,L9\nbenefits,1200 EUR,L1\n"),
        (
            "budgets.csv",
            "team,amount,from,until\nours,120000 EUR,2027-01-01,2027-12-31\ntheirs,76543 EUR,2027-01-01,2027-12-31\n",
        ),
    ]);
    let days = ["--from", "2027-01-01", "--to", "2027-12-31"];
    let written = |format: &str, out: &str| {
        let words = ["budget", "PLAN", "--team", "ours", "--format", format, "-o", out];
        desk.run(&[&words[..], &days].concat()).unwrap();
        fs::read_to_string(desk.path(out)).unwrap_or_default()
    };
    let months = written("csv", "months.csv");
    assert!(months.contains("Ours") && months.contains("Low"), "{months}");
    assert!(!months.contains("Theirs") && !months.contains("Top") && !months.contains("Organisation"));
    let seats = written("positions-csv", "seats.csv");
    assert!(seats.contains("Seat A") && seats.contains("Seat B"), "{seats}");
    assert!(!seats.contains("Seat C") && !seats.contains("98765"));
    written("xlsx", "book.xlsx");
    let book = cells_of(&desk.path("book.xlsx"));
    for word in ["Seat A", "Seat B", "Ours", "Total", "120000"] {
        assert!(book.contains(word), "{word}");
    }
    for word in ["Seat C", "Seat D", "98765", "87654", "76543", "Theirs", "Organisation"] {
        assert!(!book.contains(word), "{word}");
    }
}

/// All parts of a workbook as text.
fn cells_of(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
    }
    text
}

#[test]
fn too_long_periods_are_refused() {
    let desk = one_position();
    let until = |to: &str| {
        let words = ["budget", "PLAN", "--json", "-o", "whole.json", "--from", "2027-01-15", "--to", to];
        desk.run(&words)
    };
    let told = until("2127-01-01").unwrap_err();
    assert!(told.contains("the limit is 100 years"), "{told}");
    until("2126-12-31").unwrap();
}

#[test]
fn json_is_written_to_the_named_file() {
    let desk = one_position();
    desk.run(&["budget", "PLAN", "--json", "-o", "plan.json"]).unwrap();
    let written: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("plan.json")).unwrap()).unwrap();
    assert_eq!(written["currency"], "EUR");
    assert!(desk.run(&["budget", "PLAN", "-o", "plan.txt"]).unwrap_err().contains("--format"));
    assert!(desk.run(&["budget", "PLAN", "--json", "--format", "csv", "-o", "plan.txt"]).is_err());
    assert!(
        desk.run(&["budget", "PLAN", "--json", "-o", "plan.headroom"])
            .unwrap_err()
            .contains("is a Headroom plan")
    );
}

#[test]
fn invalid_dates_and_numbers_are_refused_with_a_reason() {
    let desk = one_position();
    for (words, told) in [
        (["budget", "PLAN", "--from", "27-1-1"], "in the year 27; use a date like 2027-03-31"),
        (["budget", "PLAN", "--to", "2027-02-30"], "“2027-02-30” is not a date like 2027-03-31"),
        (["stats", "PLAN", "--as-of", "1899-12-31"], "in the year 1899"),
        (["forecast", "PLAN", "--leaver", "ada=27-03-31"], "in the year 27"),
        (["simulate", "PLAN", "--runs", "-5"], "-5 is not in 1..=200000"),
        (["simulate", "PLAN", "--seed", "-1"], "a seed is a whole number from 0"),
        (["simulate", "PLAN", "--months", "-1"], "-1 is not in 1..=120"),
    ] {
        let found = desk.run(&words).unwrap_err();
        assert!(found.contains(told), "{words:?}: {found}");
    }
}
