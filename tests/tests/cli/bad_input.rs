//! Invalid and unusual CSV files: each gives a precise error or a faithful import, never a crash or half an import.

use std::fmt::Write;

use headroom_tests::{Desk, sums};

#[test]
fn names_are_the_same_in_every_encoding() {
    let text = "id,name\r\nzoe,Zoë Müller\r\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [text.as_bytes().to_vec(), utf16, latin, marked] {
        let desk = Desk::new();
        let people = desk.file("people.csv", bytes);
        assert_eq!(sums(&desk.import(&[&people], &[])), (1, 0, 0));
        let out = desk.folder.path().join("out");
        desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
        assert!(std::fs::read_to_string(out.join("people.csv")).unwrap().contains("zoe,Zoë Müller"));
    }
}

#[test]
fn unstructured_files_are_refused() {
    let desk = Desk::new();
    for (text, expected) in [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("name\nAlpha\n", "column “id” is missing"),
        ("id,name,id\na,Alpha,b\n", "duplicate column “id”"),
    ] {
        let teams = desk.file("teams.csv", text);
        let said = desk.refused(&["import", desk.path(), teams.to_str().unwrap()]);
        assert!(said.contains(expected) && said.contains("teams.csv:1"), "{said}");
    }
    assert_eq!(desk.stats()["teams"], 0);
    assert!(desk.refused(&["import", desk.path(), "nowhere.csv"]).contains("nowhere.csv"));
}

#[test]
fn errors_have_line_and_column() {
    let desk = Desk::new();
    let teams = desk.file(
        "teams.csv",
        "id,name,parent,from,colour\na,Alpha,b,,red\nb,Beta,a,,\nb,Beta again,,,\n,,,,\nc,Short\n=1+1,\"=HYPERLINK(\"\"x\"\")\",nobody,,\nd,Delta,,31/02/2026,\n",
    );
    let report = desk.import(&[&teams], &[]);
    let problems: Vec<(u64, u64, &str)> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (row["line"].as_u64().unwrap(), row["column"].as_u64().unwrap(), row["message"].as_str().unwrap())
        })
        .collect();
    let has = |line, column, text: &str| {
        problems.iter().any(|row| (row.0, row.1) == (line, column) && row.2.contains(text))
    };
    assert!(has(1, 5, "unknown column “colour”"), "{problems:?}");
    assert!(has(8, 4, "“31/02/2026” is not a date; row skipped"), "{problems:?}");
    assert!(has(3, 0, "contain itself"), "{problems:?}");
    assert!(has(4, 0, "already defined"), "{problems:?}");
    assert!(has(6, 0, "row has 2 cells, the header has 5"), "{problems:?}");
    assert_eq!(desk.stats()["teams"], 3);
    assert_eq!(report["unresolved"][0]["key"], "nobody");
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let text = std::fs::read_to_string(out.join("teams.csv")).unwrap();
    assert!(text.contains("'=1+1,\"'=HYPERLINK(\"\"x\"\")\""), "a spreadsheet would run this: {text}");
    assert_eq!(sums(&desk.import(&[&out], &[])), (0, 0, 0));
}

#[test]
fn unusual_names_round_trip() {
    let desk = Desk::new();
    let long = "ab ".repeat(166) + "ab";
    let names = [
        "<script>alert(1)</script>",
        "Команда 🚀",
        "فريق الدفع",
        "a\u{200b}b",
        long.as_str(),
        "O'Neill; \"x\"",
    ];
    let mut text = String::from("id,name\n");
    for (at, name) in names.iter().enumerate() {
        writeln!(text, "t{at},\"{}\"", name.replace('"', "\"\"")).unwrap();
    }
    let teams = desk.file("teams.csv", text);
    desk.import(&[&teams], &[]);
    for format in ["csv", "backstage"] {
        let out = desk.folder.path().join(if format == "csv" { "out" } else { "out.yaml" });
        desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", format]);
        assert_eq!(sums(&desk.import(&[&out], &[])), (0, 0, 0), "{format}");
    }
}

#[test]
fn oversized_cells_are_left_out_alone() {
    let desk = Desk::new();
    let huge = "x".repeat(10 << 20);
    let services = desk.file("services.csv", format!("id,name,description\na,Alpha,{huge}\n{huge},Beta,\n"));
    let report = desk.import(&[&services], &[]);
    assert_eq!(desk.stats()["services"], 1);
    assert_eq!(report["problems"].as_array().unwrap().len(), 2);
}

#[test]
fn imports_a_million_rows() {
    let desk = Desk::new();
    let mut text = String::from("service,depends_on\n");
    for at in 0..1_000_000_u32 {
        writeln!(text, "s{},s{}", at % 2_000, at.wrapping_mul(7919) % 5_000).unwrap();
    }
    let dependencies = desk.file("dependencies.csv", text);
    let report = desk.import(&[&dependencies], &["--dry-run"]);
    assert!(sums(&report).0 > 5_000);
}

#[test]
fn yaml_bombs_and_deep_nesting_are_refused() {
    let desk = Desk::new();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        writeln!(bomb, "a{level}: &a{level} [{}]", vec![format!("*a{}", level - 1); 10].join(", ")).unwrap();
    }
    let good = "---\nkind: Group\nmetadata:\n  name: alpha\n";
    for bad in [bomb, "[".repeat(200_000), "a: b: c\n".to_owned(), "? [\n".to_owned()] {
        let file = desk.file("catalog-info.yaml", format!("{bad}\n{good}"));
        let report = desk.import(&[&file], &["--dry-run"]);
        assert_eq!(sums(&report), (1, 0, 0), "the good document comes in");
        assert!(report["problems"][0]["message"].as_str().unwrap().contains("not YAML"), "{report}");
    }
}
