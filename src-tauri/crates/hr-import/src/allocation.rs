//! Parses working time: shares of full time, percentages, weekly hours, words.

use headroom_files::{Level, records::Stated};
use headroom_model::Decimal6;
use headroom_tabular::{
    cell::{
        Read, number,
        words::{self, WorkingTime},
    },
    raw_table::RawRow,
};

use super::{
    ambiguity::AmbiguityKind,
    column::{Shares, SheetColumn, is_full_week},
    field::Field,
    profile::RowMeaning,
    row::Reader,
};

/// From here on a share above full time is a percentage.
const LEAST_PERCENT: i64 = 10;

impl<'a> Reader<'a> {
    pub fn share(&mut self, row: &'a RawRow, field: Field) -> Stated<Decimal6> {
        let Some((column, cell)) = self.cell(row, field) else {
            return self.profile.constants.get(&field).and_then(|text| text.parse().ok());
        };
        if self.is_fault(row, column, cell) {
            return None;
        }
        if let Some(share) = share_in_words(&cell.text()) {
            return Some(share);
        }
        let (text, is_hours) = number_of_share(&cell.text());
        if let Some(time) = words::working_time(&cell.text()).filter(|_| !text.contains('%')) {
            return self.worded_share(row, column, time);
        }
        if column.shares == Shares::Words && !text.contains(char::is_numeric) {
            return None;
        }
        match number::fraction(&text, column.decimal) {
            Read::Sure(hours) if is_hours => self.of_hours(row, column, hours),
            Read::Sure(share) if share > Decimal6::ONE && self.profile.rows != RowMeaning::Counted => {
                self.more_than_full(row, column, &text, share)
            }
            Read::Sure(share) => {
                if let Some(why) = column.odd_mark(&cell.text()) {
                    let advice = "use the same decimal separator as the other cells if this is wrong";
                    self.doubt(row, column, Level::Note, Some(share.to_string()), why, advice);
                }
                Some(share)
            }
            Read::Doubt(share, why) => {
                self.doubt(
                    row,
                    column,
                    Level::Warning,
                    Some(share.to_string()),
                    why,
                    "write it as 0.6 or 60%",
                );
                Some(share)
            }
            Read::Fault(why) => {
                self.doubt(row, column, Level::Error, None, why, "write it as 0.6 or 60%");
                None
            }
            Read::Nothing | Read::Open => None,
        }
    }

    fn worded_share(
        &mut self,
        row: &'a RawRow,
        column: &'a SheetColumn,
        time: WorkingTime,
    ) -> Stated<Decimal6> {
        match time {
            WorkingTime::Full => Some(Decimal6::ONE),
            WorkingTime::Part => {
                self.profile.part_time.or_else(|| self.ask(row, column, AmbiguityKind::PartTime))
            }
        }
    }

    /// What a column about something else, such as employment status, says about working time.
    pub fn share_beside(&mut self, row: &'a RawRow, field: Field) -> Stated<Decimal6> {
        let (column, cell) = self.cell(row, field)?;
        let time = words::working_time(&cell.text())?;
        self.worded_share(row, column, time)
    }

    /// Whether a cell says that someone works part time without saying how much.
    pub fn is_part_time(&mut self, row: &'a RawRow, field: Field) -> bool {
        let cell = self.cell(row, field);
        cell.is_some_and(|(_, cell)| words::working_time(&cell.text()) == Some(WorkingTime::Part))
    }

    /// A number above one: weekly hours, if the header or the column says so or it is a usual full-time week;
    /// otherwise a percentage.
    fn more_than_full(
        &mut self,
        row: &'a RawRow,
        column: &'a SheetColumn,
        text: &str,
        number: Decimal6,
    ) -> Stated<Decimal6> {
        let is_week = !text.contains('%') && is_full_week(number.as_f64());
        match column.shares {
            Shares::Hours => self.of_hours(row, column, number),
            Shares::Parts if is_week => self.of_hours(row, column, number),
            Shares::Parts | Shares::Percent | Shares::Words => self.as_percent(row, column, text, number),
        }
    }

    /// Weekly hours as a share of full time.
    fn of_hours(&mut self, row: &'a RawRow, column: &'a SheetColumn, hours: Decimal6) -> Stated<Decimal6> {
        let Some(full) = self.profile.full_time_hours.filter(|full| *full > Decimal6::ZERO) else {
            return self.ask(row, column, AmbiguityKind::FullTimeHours);
        };
        let (hours, full) = (i128::from(hours.millionths()), i128::from(full.millionths()));
        let share = (hours * 1_000_000 + full / 2) / full;
        match i64::try_from(share).ok().map(Decimal6::from_millionths).filter(|share| *share <= Decimal6::ONE)
        {
            Some(share) => Some(share),
            None => {
                let why = format!("more than the {} full-time hours", self.profile.full_time_hours?);
                self.doubt(
                    row,
                    column,
                    Level::Warning,
                    None,
                    why,
                    "set the full-time hours, or correct the value",
                );
                None
            }
        }
    }

    /// `80` of a full-time position is a percentage; 2 may be two positions, and is never two percent.
    fn as_percent(
        &mut self,
        row: &'a RawRow,
        column: &'a SheetColumn,
        text: &str,
        share: Decimal6,
    ) -> Stated<Decimal6> {
        let why = "more than 1 FTE".to_owned();
        let percent = match number::fraction(&format!("{text}%"), column.decimal) {
            Read::Sure(percent) if percent <= Decimal6::ONE => Some(percent),
            _ => None,
        };
        let percent = percent.filter(|_| share.millionths() >= LEAST_PERCENT * Decimal6::ONE.millionths());
        let (level, taken, advice) = match percent {
            Some(_) => (Level::Warning, Some(format!("{text}%")), "write it as 0.8 or 80%"),
            None => (Level::Error, None, "write it as 0.6 or 60%"),
        };
        // The header says so, and no other cell contradicts it.
        if percent.is_none() || column.shares != Shares::Percent || column.has_parts {
            self.doubt(row, column, level, taken, why, advice);
        }
        percent
    }
}

/// A share in words or as a fraction: `half-time`, `3/4`.
fn share_in_words(text: &str) -> Option<Decimal6> {
    const HALF: [&str; 10] = [
        "half",
        "halftime",
        "halfday",
        "halfdays",
        "halbtags",
        "halbzeit",
        "mitemps",
        "àmitemps",
        "mediajornada",
        "mediotiempo",
    ];
    let word: String =
        text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric() || *letter == '/').collect();
    let word = word.strip_suffix("fte").unwrap_or(&word);
    let of = |part: i64, whole: i64| Decimal6::from_millionths((part * 1_000_000 + whole / 2) / whole);
    match word {
        "½" => return Some(of(1, 2)),
        "¼" => return Some(of(1, 4)),
        "¾" => return Some(of(3, 4)),
        word if HALF.contains(&word) => return Some(of(1, 2)),
        _ => {}
    }
    let (part, whole) = word.split_once('/')?;
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| (1..=100).contains(number));
    let (part, whole) = (number(part)?, number(whole)?);
    // Part of a date or of weekly hours may look like a fraction.
    (part <= whole && !text.contains(['-', '−', '.', ','])).then(|| of(part, whole))
}

/// The number in a cell about working time, and whether the cell says that it is hours: `0.5 FTE`, `37.5 h`, `Part
/// time (60%)`.
fn number_of_share(text: &str) -> (String, bool) {
    const HOURS: [&str; 8] = ["h", "hrs", "hr", "hours", "hour", "std", "stunden", "heures"];
    let is_of_number = |letter: char| letter.is_numeric() || matches!(letter, '.' | ',' | '%' | '٪' | '٫');
    const PERCENT: [&str; 7] =
        ["percent", "per cent", "pct", "prozent", "pourcent", "pour cent", "por ciento"];
    let lower = text.to_lowercase();
    let percent = PERCENT.iter().find(|word| lower.contains(**word)).filter(|_| !text.contains('%'));
    if let Some(word) = percent {
        return number_of_share(&lower.replacen(*word, "%", 1));
    }
    let Some(first) = text.find(char::is_numeric) else { return (text.to_owned(), false) };
    let number: String =
        text[first..].chars().take_while(|letter| is_of_number(*letter) || *letter == ' ').collect();
    let number = number.trim().trim_end_matches(['.', ',']);
    let rest = text.replacen(number, " ", 1);
    let mut words = rest
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let is_known = |word: &String| {
        HOURS.contains(&word.as_str())
            || [
                "fte", "full", "part", "time", "per", "a", "week", "weekly", "pro", "woche", "wk",
                "teilzeit", "vollzeit",
            ]
            .contains(&word.as_str())
    };
    let is_hours = words.clone().any(|word| HOURS.contains(&word.as_str()));
    // A sign, or another number, means something else.
    let is_plain = !rest.contains(|letter: char| letter.is_numeric() || letter == '-');
    if is_plain && words.all(|word| is_known(&word)) {
        (number.to_owned(), is_hours)
    } else {
        (text.to_owned(), false)
    }
}
