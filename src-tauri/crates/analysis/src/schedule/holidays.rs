//! Parser for pasted lines of holidays.

use chrono::NaiveDate;
use headroom_model::{Holiday, Plan, folded};
use rustc_hash::FxHashSet;

/// Result of parsing pasted holidays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HolidayLines {
    /// Holidays the plan does not have yet, without IDs.
    pub new: Vec<Holiday>,
    /// Number of lines the plan has already.
    pub known: usize,
    /// Lines that cannot be parsed, counted from 1, and why.
    pub problems: Vec<(usize, String)>,
}

/// Parses a holiday per line: the date, then, separated by a comma, a semicolon or a tab, its name and the location
/// where it holds. A date is `2027-05-01`, `1 May 2027` or `01.05.2027` (day, month, year); dates with slashes are
/// rejected as ambiguous.
pub fn read_holidays(plan: &Plan, text: &str) -> HolidayLines {
    let place = |location: &str| folded(location).into_owned();
    let mut seen: FxHashSet<(NaiveDate, String)> =
        plan.holidays.iter().map(|holiday| (holiday.day, place(&holiday.location))).collect();
    let mut lines = HolidayLines::default();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut parts = line.split([',', ';', '\t']).map(|part| part.trim().trim_matches('"'));
        let first = parts.next().unwrap_or_default();
        match read_day(first) {
            Ok(day) => {
                let (name, location) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                match parts.find(|part| !part.is_empty()) {
                    Some(more) => lines
                        .problems
                        .push((at + 1, format!("has an unexpected “{more}”: use date, name, location"))),
                    None if seen.insert((day, place(location))) => lines.new.push(Holiday {
                        day,
                        name: name.to_owned(),
                        location: location.to_owned(),
                        ..Holiday::default()
                    }),
                    None => lines.known += 1,
                }
            }
            // A header of a table.
            Err(_) if at == 0 && !first.contains(|letter: char| letter.is_ascii_digit()) => {}
            Err(problem) => lines.problems.push((at + 1, problem)),
        }
    }
    lines
}

fn read_day(text: &str) -> Result<NaiveDate, String> {
    let formats = ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"];
    let read = formats.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    match read {
        Some(day) if (1900..2200).contains(&chrono::Datelike::year(&day)) => Ok(day),
        _ if text.contains('/') => {
            Err(format!("“{text}” is ambiguous (day or month first): write it as 2027-05-01"))
        }
        _ => Err(format!("“{text}” is not a date such as 2027-05-01")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_lines_and_reports_invalid_ones() {
        let text = "date,name,location\n2027-01-01,New Year\n01.05.2027;May Day;Gdańsk\n\n1 Nov 2027\tAll Saints\n\
                    05/06/2027,?\nsoon\n2027-01-01,again\n2027-02-29,leap\n2028-02-29\n2027-03-01,a,b,c\n";
        let read = read_holidays(&Plan::default(), text);
        let days: Vec<String> =
            read.new.iter().map(|it| format!("{} {} {}", it.day, it.name, it.location)).collect();
        assert_eq!(
            days,
            ["2027-01-01 New Year ", "2027-05-01 May Day Gdańsk", "2027-11-01 All Saints ", "2028-02-29  "]
        );
        assert_eq!(read.known, 1);
        let lines: Vec<usize> = read.problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [6, 7, 9, 11]);
        assert!(read.problems[0].1.contains("month first"));
    }
}
