//! Tables whose headers no profile has, or not all of them: their words say what they are.

use super::*;

fn looked(headers: &str, row: &str) -> SheetPreview {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, format!("{headers}\n{row}\n")).unwrap();
    preview(&[file], None).unwrap()
}

/// Expects these fields for these headers.
#[track_caller]
fn expect(headers: &str, fields: &[(&str, Field)]) {
    let row = vec!["x"; headers.split(',').count()].join(",");
    let look = looked(headers, &row);
    assert_eq!(look.recognised, None, "{headers}");
    for (header, field) in fields {
        let column = look.tables[0].columns.iter().find(|column| column.header == *header).unwrap();
        assert_eq!(column.target, Some(Target::Field(*field)), "{header} of {headers}");
    }
}

#[test]
fn recognises_headers_of_hr_tools() {
    use Field::{
        Department, Email, EmploymentStatus, End, FirstName, Fte, Location, Manager, ManagerId, ManagerName,
        Name, Pay, PersonId, Start, Title,
    };
    expect(
        "EmployeeID,First Name,Last Name,Email address,Department,Designation,Employee Status,Date of Joining,\
         Reporting Manager,Location,Date of Exit,CTC",
        &[
            ("EmployeeID", PersonId),
            ("First Name", FirstName),
            ("Designation", Title),
            ("Employee Status", EmploymentStatus),
            ("Date of Joining", Start),
            ("Reporting Manager", Manager),
            ("Date of Exit", End),
            ("CTC", Pay),
        ],
    );
    expect(
        "Badge id,Name,Job,Joined Date,Supervisor(s),Sub Unit,Basic salary,Weekly working hours",
        &[
            ("Badge id", PersonId),
            ("Name", Name),
            ("Joined Date", Start),
            ("Supervisor(s)", Manager),
            ("Sub Unit", Department),
            ("Basic salary", Pay),
            ("Weekly working hours", Fte),
        ],
    );
    expect(
        "Associate ID,Payroll Name,Job Title Description,Home Department Description,Reports To Legal Name,Hire Date,\
         Annual Salary,Location Description,Work Contact: Work Email",
        &[
            ("Associate ID", PersonId),
            ("Payroll Name", Name),
            ("Job Title Description", Title),
            ("Reports To Legal Name", ManagerName),
            ("Annual Salary", Pay),
            ("Location Description", Location),
            ("Work Contact: Work Email", Email),
        ],
    );
    expect(
        "Employee Number,Display Name,Work Email,Job Title,Reporting To,Reporting Manager Employee Number,Date Joined,Fix salary",
        &[
            ("Reporting To", Manager),
            ("Reporting Manager Employee Number", ManagerId),
            ("Date Joined", Start),
            ("Fix salary", Pay),
        ],
    );
}

#[test]
fn most_reliable_header_counts() {
    expect(
        "Employee number,Name,Email,Work email,Job title,Original hire date,Hire date,Cost center,Department",
        &[("Work email", Field::Email), ("Hire date", Field::Start), ("Department", Field::Department)],
    );
    let row = "1,Ada,a@home.org,a@x.org,CTO,2010-01-01,2015-01-01,77,Eng";
    let look = looked(
        "Employee number,Name,Email,Work email,Job title,Original hire date,Hire date,Cost center,Department",
        row,
    );
    let of = |header: &str| {
        look.tables[0].columns.iter().find(|column| column.header == header).unwrap().target.clone()
    };
    assert_eq!((of("Email"), of("Original hire date"), of("Cost center")), (None, None, None));
}

#[test]
fn built_in_profile_must_read_every_known_field() {
    let recognised = |headers: &str, row: &str| looked(headers, row).recognised;
    let charthop = "Work email,First name,Last name,Job title,Start date,Manager,Base comp";
    assert_eq!(recognised(charthop, "a@x.org,Ada,Okafor,CTO,03/04/2019,,1"), Some("charthop"));
    let with_id = "Employee ID,Work email,First name,Last name,Job title,Start date,Manager,Base comp";
    assert_eq!(recognised(with_id, "7,a@x.org,Ada,Okafor,CTO,03/04/2019,,1"), None);
    assert_eq!(
        recognised(with_id, ",a@x.org,Ada,Okafor,CTO,03/04/2019,,1"),
        Some("charthop"),
        "an empty column"
    );
    let bamboo = "employeeNumber,displayName,jobTitle,hireDate,supervisor";
    assert_eq!(recognised(bamboo, "1,Ada,CTO,2019-03-04,"), Some("bamboohr"));
    assert_eq!(recognised(&format!("{bamboo},salary"), "1,Ada,CTO,2019-03-04,,5"), None);
    let both = format!("{bamboo},payRate,salary");
    assert_eq!(recognised(&both, "1,Ada,CTO,2019-03-04,,5,5"), Some("bamboohr"), "pay is read already");
    assert_eq!(recognised(&format!("{bamboo},currency"), "1,Ada,CTO,2019-03-04,,EUR"), None);
}

fn told(headers: &str, row: &str) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, format!("{headers}\n{row}\n")).unwrap();
    let records = read(&[file], &TableOptions::default()).map_err(|error| error.to_string())?;
    Ok(records.problems.into_iter().map(|problem| problem.message).collect())
}

#[test]
fn unknown_table_needs_person_job_and_start_date() {
    let told_of =
        told("Staff no,Name,Designation,DOJ,Shoe size,Salary", "1,Ada,CTO,05/06/2021,38,90000").unwrap();
    for words in [
        "columns matched by name",
        "“DOJ” as “Start date”",
        "columns not imported: “Shoe size”",
        "does the day or the month come first in “DOJ”?",
        "which currency are the amounts in “Salary” in?",
    ] {
        assert!(told_of.iter().any(|said| said.contains(words)), "{words}: {told_of:?}");
    }
    for headers in ["Name,Designation,Shoe size", "Name,DOJ,Shoe size", "Designation,DOJ,Shoe size"] {
        assert!(told(headers, "a,b,c").unwrap_err().contains("no import profile matches"), "{headers}");
    }
}

/// The shares of full time in a column, and what is reported.
fn shares(header: &str, cells: &[&str], answers: TableAnswers) -> (Vec<Option<String>>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    let mut text = format!("Employee ID,Name,Job title,Hire date,{header}\n");
    for (at, cell) in cells.iter().enumerate() {
        text += &format!("{at},Person {at}x,Dev,2020-01-01,\"{cell}\"\n");
    }
    std::fs::write(&file, text).unwrap();
    let records = read(&[file], &TableOptions { answers, ..TableOptions::default() }).unwrap();
    let shares =
        records.positions.iter().map(|position| position.fte.map(|share| share.to_string())).collect();
    (shares, records.problems.into_iter().map(|problem| problem.message).collect())
}

fn some(shares: &[&str]) -> Vec<Option<String>> {
    shares.iter().map(|share| (!share.is_empty()).then(|| (*share).to_owned())).collect()
}

#[test]
fn weekly_hours_are_not_percentages() {
    let cells = [
        "37.5",
        "40",
        "100%",
        "80",
        "0,8",
        "1.0",
        "Full-time",
        "Part time",
        "0.5 FTE",
        "40 h",
        "Part time (60%)",
    ];
    let (read, told) = shares("FTE", &cells, TableAnswers::default());
    assert_eq!(read, some(&["", "", "1", "0.8", "0.8", "1", "1", "", "0.5", "", "0.6"]));
    for words in [
        "how many hours per week are full time in “FTE”? (37.5, 40, 40 h)",
        "which FTE does “part time” mean",
    ] {
        assert!(told.iter().any(|said| said.contains(words)), "{words}: {told:?}");
    }
    let answers = TableAnswers {
        full_time_hours: "40".parse().ok(),
        part_time: "0.5".parse().ok(),
        ..TableAnswers::default()
    };
    let (read, _) = shares("FTE", &cells, answers.clone());
    assert_eq!(read, some(&["0.9375", "1", "1", "0.8", "0.8", "1", "1", "0.5", "0.5", "1", "0.6"]));
    let (read, told) = shares("Weekly hours", &["20", "42", "10"], answers.clone());
    assert_eq!(read, some(&["0.5", "", "0.25"]));
    assert!(told.iter().any(|said| said.contains("more than the 40 full-time hours")), "{told:?}");
    let (read, _) = shares("FTE", &["40", "32", "20"], TableAnswers::default());
    assert_eq!(read, some(&["", "", ""]), "a column with a full week and nothing above 60");
    let (read, _) = shares("FTE %", &["100", "40", "80"], answers);
    assert_eq!(read, some(&["1", "0.4", "0.8"]), "the header says percent");
}

#[test]
fn lakhs_count_in_rupees_only() {
    let pay = |currency: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staff.csv");
        let text = format!(
            "Employee ID,Name,Job title,Hire date,Salary,Currency\n1,Ada,Dev,2020-01-01,\"25,00,000.50\",{currency}\n"
        );
        std::fs::write(&file, text).unwrap();
        let records = read(&[file], &TableOptions::default()).unwrap();
        records.positions[0].pay.flatten().map(|pay| pay.to_string())
    };
    assert_eq!(pay("INR").as_deref(), Some("2500000.50 INR"));
    assert_eq!(pay("₹").as_deref(), Some("2500000.50 INR"));
    assert_eq!(pay("EUR"), None);
}

#[test]
fn row_may_name_the_pay_period() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    let text = "Employee ID,Name,Job title,Hire date,Salary,Currency,Pay period\n1,Ada,Dev,2020-01-01,5000,EUR,Monthly\n\
                2,Bo,Dev,2020-01-01,60000,EUR,Annual\n3,Cy,Dev,2020-01-01,30,EUR,Hourly\n";
    std::fs::write(&file, text).unwrap();
    let records = read(&[file], &TableOptions::default()).unwrap();
    let pay = |at: usize| records.positions[at].pay.flatten().map(|pay| pay.to_string());
    assert_eq!(
        [pay(0).as_deref(), pay(1).as_deref(), pay(2).as_deref()],
        [Some("60000.00 EUR"), Some("60000.00 EUR"), None]
    );
}

#[test]
fn reports_files_that_are_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        guessed(&[file]).map(drop).unwrap_err().to_string()
    };
    let page = b"\xEF\xBB\xBF <HTML><table><tr><td>1</td></tr></table></HTML>";
    for (name, bytes, words) in [
        (
            "a.xls",
            &page[..],
            "file is actually a web page: open it in a spreadsheet program and save it as XLSX",
        ),
        ("b.csv", &page[..], "is actually a web page"),
        ("c.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related", "is actually a web archive"),
        (
            "d.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "an XML spreadsheet (2003)",
        ),
        ("e.xlsx", b"", "file is empty"),
        ("f.csv", b"", "file is empty"),
        ("g.csv", b"[{\"id\": 1}]", "is JSON"),
        ("h.csv", &[0x1F, 0x8B, 8, 0], "file is compressed"),
    ] {
        assert!(told(name, bytes).contains(words), "{name}: {}", told(name, bytes));
    }
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("staff.csv", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = packed.finish().unwrap().into_inner();
    assert!(told("i.xlsx", &bytes).contains("is a ZIP archive, not a table"));
    assert!(told("j.csv", &bytes).contains("is a ZIP archive, not a table"));
}

/// A workbook with a number and the same number formatted as a date; `alter` replaces texts in its parts.
fn book(path: &std::path::Path, day: i32, sheets: &[&str], alter: impl Fn(&str, String) -> String) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let shown = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (number, name) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (at, header) in ["Badge id", "Name", "Designation", "Joined date"].iter().enumerate() {
            sheet.write(0, at as u16, *header).unwrap();
        }
        for line in 1..4_u32 {
            sheet.write(line, 0, 10 * number as u32 + line).unwrap();
            sheet.write(line, 1, format!("Ann {}", ["Ay", "Bee", "Cy"][line as usize - 1])).unwrap();
            sheet.write(line, 2, "Dev").unwrap();
            match line {
                1 => sheet.write_with_format(line, 3, day, &shown).unwrap(),
                _ => sheet.write(line, 3, day).unwrap(),
            };
        }
        if number > 0 {
            sheet.set_row_hidden(2).unwrap();
            sheet.set_column_hidden(2).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut packed = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for at in 0..packed.len() {
        let mut part = packed.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        out.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, alter(&name, text).as_bytes()).unwrap();
    }
    out.finish().unwrap();
}

#[test]
fn reads_dates_of_1904_workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let days = |day, since: &str| {
        let file = folder.path().join("staff.xlsx");
        book(&file, day, &["Staff"], |name, text| match name {
            "xl/workbook.xml" => text.replace("<workbookPr ", &format!("<workbookPr {since} ")),
            _ => text,
        });
        let records = read(&[file], &TableOptions::default()).unwrap();
        let days: Vec<_> =
            records.people.iter().map(|own| own.dates.from.flatten().unwrap().to_string()).collect();
        days
    };
    assert_eq!(days(42_886, "date1904=\"1\""), ["2021-06-01"; 3]);
    assert_eq!(days(44_348, "date1904=\"0\""), ["2021-06-01"; 3]);
}

#[test]
fn hidden_rows_are_those_of_the_sheet_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.xlsx");
    book(&file, 44_348, &["Plain", "With a filter"], |name, text| match name {
        "xl/worksheets/sheet2.xml" => text.replace("</sheetData>", "</sheetData><autoFilter ref=\"A1:D4\"/>"),
        _ => text,
    });
    let questions = |sheet: &str| {
        let mut profile = guessed(std::slice::from_ref(&file)).unwrap();
        profile.tables[0].sheet = Some(sheet.to_owned());
        preview(std::slice::from_ref(&file), Some(&profile)).unwrap().questions
    };
    assert!(questions("Plain").is_empty());
    let asked = questions("With a filter");
    assert_eq!(asked[0].ask, AmbiguityKind::Hidden);
    assert_eq!(
        asked[0].text,
        "row 3 is hidden by a filter and column C (“Designation”) is hidden; import them?"
    );
}

#[test]
fn recognises_further_headers() {
    for (header, field) in [
        ("Working Time %", Field::Fte),
        ("FTE %", Field::Fte),
        ("Employee ID in company", Field::PersonId),
        ("Jefe", Field::Manager),
        ("DOJ", Field::Start),
        ("D.O.J.", Field::Start),
        ("DOL", Field::End),
        ("D.O.L", Field::End),
        ("Desig.", Field::Title),
        ("Contract start date", Field::Start),
        ("Continuous Service Date", Field::Start),
        ("Rehire Date", Field::Start),
    ] {
        expect(&format!("Name,{header},Favourite colour"), &[(header, field)]);
    }
    expect("Name,Continuous Service Date,Hire date,Rehire Date", &[("Hire date", Field::Start)]);
    expect("Name,Employment Type,FTE", &[("FTE", Field::Fte)]);
}

#[test]
fn percent_header_makes_percentages_certain() {
    for header in ["FTE %", "Working Time %", "FTE percent"] {
        let (read, told) = shares(header, &["80", "100", "62.5"], TableAnswers::default());
        assert_eq!(read, some(&["0.8", "1", "0.625"]), "{header}");
        assert!(!told.iter().any(|said| said.contains("more than 1 FTE")), "{header}: {told:?}");
    }
    let (read, told) = shares("FTE %", &["80", "0.8"], TableAnswers::default());
    assert_eq!(read, some(&["0.8", "0.8"]));
    assert!(told.iter().any(|said| said.contains("read as 80%")), "{told:?}");
    let (read, told) = shares("FTE", &["80", "100"], TableAnswers::default());
    assert_eq!(read, some(&["0.8", "1"]));
    assert!(told.iter().any(|said| said.contains("read as 80%")), "{told:?}");
}

#[test]
fn reports_rehire_date_columns() {
    let said =
        told("Employee ID,Name,Job title,Hire Date,Rehire Date", "1,Ada,Dev,2015-01-05,2021-06-01").unwrap();
    let words =
        "“Rehire Date” shows that 1 person was rehired; employment counted from “Hire Date” without a break";
    assert!(said.iter().any(|line| line.contains(words)), "{said:?}");
    let said = told("Employee ID,Name,Job title,Rehire Date", "1,Ada,Dev,2021-06-01").unwrap();
    assert!(said.iter().any(|line| line.contains("employment counted from that date only")), "{said:?}");
    let said =
        told("Employee ID,Name,Job title,Hire Date,Rehire Date", "1,Ada,Dev,2021-06-01,2021-06-01").unwrap();
    assert!(!said.iter().any(|line| line.contains("rehired")), "the row is that employment: {said:?}");
    let said = told("Employee ID,Name,Job title,Hire Date,Rehire Date", "1,Ada,Dev,2015-01-05,").unwrap();
    assert!(!said.iter().any(|line| line.contains("rehired")), "{said:?}");
    let said =
        told("Employee ID,Name,Job title,Hire Date,Eligible for rehire", "1,Ada,Dev,2015-01-05,Yes").unwrap();
    assert!(!said.iter().any(|line| line.contains("rehired")), "{said:?}");
}
