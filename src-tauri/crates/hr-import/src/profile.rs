//! Profiles: what each column of a kind of table is. Stored as JSON, in a plan or in a file.
//!
//! ```json
//! {
//!   "title": "Payroll export",
//!   "tables": [{
//!     "name": "people", "rows": "people",
//!     "columns": {"Staff no": "person_id", "Surname, first": "name", "Pay": "pay", "Dept": {"table": "units"}},
//!     "dates": "day_first", "currency": "EUR", "pay_period": "year"
//!   }]
//! }
//! ```

use std::collections::BTreeMap;

use headroom_model::{Currency, Decimal6};
use headroom_tabular::cell::{amount::PayPeriod, date::DateOrder, number::DecimalMark};
use serde::{Deserialize, Serialize};

use super::field::{Field, fold};

/// Prefix of the settings in which a plan keeps profiles, before the profile's name.
pub const SETTING: &str = "import-profile:";

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Title in lists.
    pub title: String,
    /// One for each kind of file that belongs together.
    pub tables: Vec<TableProfile>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowMeaning {
    /// A person, and the position that they are in. A row without a person is a vacant position.
    #[default]
    People,
    /// A position, and the person in it. One person may be in several.
    Positions,
    /// Several positions of one kind, counted together.
    Counted,
    /// A team.
    Teams,
    /// Values that rows of other tables refer to by an ID.
    LookUp,
}

/// What to do with hidden rows and columns of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenRows {
    Take,
    LeaveOut,
}

/// What a column is: a field, or the ID of a row in another table of the profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Target {
    Field(Field),
    Table { table: String },
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableProfile {
    /// The name by which other tables refer to it.
    pub name: String,
    pub rows: RowMeaning,
    /// What each column is, by its header. Case and punctuation don't matter. Columns not listed are left out.
    pub columns: BTreeMap<String, Target>,
    /// The column with the ID, for a table that others look up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether the day or the month comes first in `03/04/2026`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// The first of the hundred years that two digits stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_years: Option<i32>,
    /// The decimal mark of ambiguous numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// The currency of amounts without one. If it is a dollar, also of `$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The currency of `$` (or `¥`), if [`TableProfile::currency`] has another sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dollar: Option<Currency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_period: Option<PayPeriod>,
    /// Weekly hours of full time, for shares given in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_time_hours: Option<Decimal6>,
    /// The share of full time that “part time” stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_time: Option<Decimal6>,
    /// Whether hidden rows and columns of a workbook count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<HiddenRows>,
    /// An amount of 0 means that the pay is not disclosed.
    #[serde(skip_serializing_if = "is_false")]
    pub zero_is_undisclosed: bool,
    /// Further words in place of a name for a vacant position.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vacant: Vec<String>,
    /// Further words for no value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nothing: Vec<String>,
    /// The sheet of a workbook. None: the one that fits best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line of the header, from 1. None: it is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// What every row has, such as a location.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<Field, String>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Why a text is not a profile.
#[derive(Debug, thiserror::Error)]
#[error("not a valid import profile: {0}")]
pub struct ProfileError(String);

impl Profile {
    /// Parses a profile.
    ///
    /// # Errors
    /// If the text is not a profile, with the line and what is wrong.
    pub fn from_json(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = serde_json::from_str(text).map_err(|error| ProfileError(error.to_string()))?;
        if profile.tables.is_empty() {
            return Err(ProfileError("it has no tables".to_owned()));
        }
        for table in &profile.tables {
            for target in table.columns.values() {
                if let Target::Table { table: name } = target
                    && !profile.tables.iter().any(|other| other.name == *name && other.key.is_some())
                {
                    return Err(ProfileError(format!("no table named “{name}” has a key")));
                }
            }
        }
        Ok(profile)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The columns of a file matched with those of a profile.
#[derive(Debug, Default)]
pub struct Fitting<'a> {
    /// For each column of the file what it is; none if the profile doesn't have it.
    pub targets: Vec<Option<&'a Target>>,
    /// Columns of the profile that the file lacks.
    pub missing: Vec<&'a str>,
    /// Columns of the profile that match several of the file; the first counts.
    pub doubtful: Vec<(&'a str, Vec<usize>)>,
}

impl TableProfile {
    /// Whether it has this header, in any spelling.
    pub fn names(&self, header: &str) -> bool {
        let folded = fold(header);
        self.columns.contains_key(header)
            || (!folded.is_empty() && self.columns.keys().any(|own| fold(own) == folded))
    }

    /// Matches headers with columns of the profile, each with one at most. The exact spelling comes before one that
    /// differs in case, punctuation or bracketed parts.
    pub fn fitting(&self, headers: &[String]) -> Fitting<'_> {
        let mut fitting = Fitting { targets: vec![None; headers.len()], ..Fitting::default() };
        let mut rest = Vec::new();
        for (own, target) in &self.columns {
            match headers.iter().position(|header| header == own) {
                Some(at) => fitting.targets[at] = Some(target),
                None => rest.push((own, target)),
            }
        }
        for (own, target) in rest {
            let folded = fold(own);
            let is_alike = |at: &usize| {
                fitting.targets[*at].is_none() && !folded.is_empty() && fold(&headers[*at]) == folded
            };
            let alike: Vec<usize> = (0..headers.len()).filter(is_alike).collect();
            match alike.first() {
                Some(first) => fitting.targets[*first] = Some(target),
                None => fitting.missing.push(own),
            }
            if alike.len() > 1 {
                fitting.doubtful.push((own, alike));
            }
        }
        fitting
    }

    /// How many of its columns these headers have, in percent.
    pub fn fits(&self, headers: &[String]) -> usize {
        let named = headers.iter().filter_map(|header| {
            let folded = fold(header);
            self.columns.keys().find(|own| !folded.is_empty() && fold(own) == folded)
        });
        let found: std::collections::BTreeSet<&String> = named.collect();
        let key = self.key.as_ref().map(|key| headers.iter().any(|header| fold(header) == fold(key)));
        if key == Some(false) || self.columns.is_empty() {
            return 0;
        }
        found.len() * 100 / self.columns.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_round_trips() {
        let text = r#"{"title": "x", "tables": [{"name": "a", "rows": "positions", "key": "Id",
            "columns": {"Name": "name", "Job": {"table": "a"}}, "dates": "day_first", "currency": "EUR",
            "decimal": "comma", "pay_period": "month", "constants": {"location": "Bern"}}]}"#;
        let profile = Profile::from_json(text).unwrap();
        assert_eq!(Profile::from_json(&profile.to_json()).unwrap(), profile);
        let fitting = profile.tables[0].fitting(&["Job".to_owned(), "NAME ".to_owned()]);
        assert_eq!(fitting.targets[1], Some(&Target::Field(Field::Name)));
    }

    #[test]
    fn profile_column_matches_one_file_column() {
        let text = r#"{"title": "x", "tables": [{"columns": {"Salary (EUR)": "pay", "Manager": "manager", "Id": "person_id"}}]}"#;
        let profile = Profile::from_json(text).unwrap();
        let headers =
            ["Salary (last year)", "Salary (EUR)", "Manager (line)", "Manager (HR)"].map(str::to_owned);
        let fitting = profile.tables[0].fitting(&headers);
        let pay = Target::Field(Field::Pay);
        assert_eq!(fitting.targets, [None, Some(&pay), Some(&Target::Field(Field::Manager)), None]);
        assert_eq!(fitting.missing, ["Id"]);
        assert_eq!(fitting.doubtful, [("Manager", vec![2, 3])]);
    }

    #[test]
    fn reports_what_is_wrong_with_a_profile() {
        let fault = |text| Profile::from_json(text).unwrap_err().to_string();
        assert!(fault("{").contains("line 1"));
        assert!(fault(r#"{"title": "x", "tables": []}"#).contains("no tables"));
        let lost = r#"{"title": "x", "tables": [{"columns": {"Job": {"table": "jobs"}}}]}"#;
        assert!(fault(lost).contains("“jobs”"));
        assert!(fault(r#"{"title": "x", "tables": [{"collumns": {}}]}"#).contains("collumns"));
    }
}
