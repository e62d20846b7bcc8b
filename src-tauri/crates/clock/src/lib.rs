//! The current date, for the two programs. Only they read it, once they start; everything they call gets the day as
//! an argument.
//!
//! For tests, `HEADROOM_TODAY=2027-06-15` sets the date in both programs, so that no test depends on the day it runs.

use std::{
    env,
    ffi::{OsStr, OsString},
    sync::OnceLock,
};

use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeZone, Utc};

const SWITCH: &str = "HEADROOM_TODAY";

static STOPPED: OnceLock<NaiveDate> = OnceLock::new();

#[derive(Debug, thiserror::Error)]
#[error("{SWITCH} is “{}”, which is no day; write it like 2027-06-15", .0.display())]
pub struct NoDay(OsString);

/// Reads `HEADROOM_TODAY`. Each program calls it once, before anything else here.
///
/// # Errors
/// [`NoDay`] if its value is not a date, so that a test does not run on the wrong day.
pub fn start() -> Result<(), NoDay> {
    if let Some(text) = env::var_os(SWITCH) {
        let day = read(&text).ok_or(NoDay(text))?;
        STOPPED.get_or_init(|| day);
    }
    Ok(())
}

/// Exactly `YYYY-MM-DD`, as in a plan.
fn read(text: &OsStr) -> Option<NaiveDate> {
    let text = text.to_str()?;
    text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text)
}

/// Today in the local time zone.
#[must_use]
pub fn today() -> NaiveDate {
    STOPPED.get().copied().unwrap_or_else(|| Local::now().date_naive())
}

/// Now; with `HEADROOM_TODAY` the current time on that day.
#[must_use]
pub fn now() -> DateTime<Utc> {
    let now = Local::now();
    STOPPED.get().map_or_else(|| now.to_utc(), |day| moment(*day, now.time(), &now.timezone()))
}

/// A local time skipped by daylight saving is taken as UTC.
fn moment<Zone: TimeZone>(day: NaiveDate, time: NaiveTime, zone: &Zone) -> DateTime<Utc> {
    let local = day.and_time(time);
    local.and_local_timezone(zone.clone()).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn dates_are_parsed_as_in_a_plan() {
        assert_eq!(read("2028-02-29".as_ref()), NaiveDate::from_ymd_opt(2028, 2, 29));
        for text in ["", "today", "2027-02-29", "2027-6-15", " 2027-06-15", "2027-06-15T10:00", "+2027-06-15"]
        {
            assert_eq!(read(text.as_ref()), None, "{text:?}");
        }
    }

    #[test]
    fn now_is_on_the_local_day() {
        let day = NaiveDate::from_ymd_opt(2030, 12, 31).unwrap();
        for hours in [-11, 0, 14] {
            let zone = FixedOffset::east_opt(hours * 3600).unwrap();
            for time in [(0, 0), (12, 30), (23, 59)] {
                let time = NaiveTime::from_hms_opt(time.0, time.1, 0).unwrap();
                let at = moment(day, time, &zone).with_timezone(&zone);
                assert_eq!((at.date_naive(), at.time()), (day, time));
            }
        }
    }
}
