//! Which day it is. Both programs ask here and nowhere else; what they call is handed the day.
//!
//! `HEADROOM_TODAY=2027-06-15` stops the calendar on that day, so that a test says which day it means. It is for tests
//! only.

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

/// Reads the switch. Each program calls it once, before it asks for the day.
///
/// # Errors
/// When the switch names no day: a program that went by another one would be tested wrongly.
pub fn start() -> Result<(), NoDay> {
    if let Some(text) = env::var_os(SWITCH) {
        let day = read(&text).ok_or(NoDay(text))?;
        STOPPED.get_or_init(|| day);
    }
    Ok(())
}

/// Four digits, two, and two, as a plan writes days.
fn read(text: &OsStr) -> Option<NaiveDate> {
    let text = text.to_str()?;
    text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text)
}

/// Today where the program runs.
#[must_use]
pub fn today() -> NaiveDate {
    STOPPED.get().copied().unwrap_or_else(|| Local::now().date_naive())
}

/// This moment: on a day that the switch names, at the present time of day.
#[must_use]
pub fn now() -> DateTime<Utc> {
    let now = Local::now();
    STOPPED.get().map_or_else(|| now.to_utc(), |day| moment(*day, now.time(), &now.timezone()))
}

/// An hour that the day does not have, where clocks are put forward, is taken for an hour of UTC.
fn moment<Zone: TimeZone>(day: NaiveDate, time: NaiveTime, zone: &Zone) -> DateTime<Utc> {
    let local = day.and_time(time);
    local.and_local_timezone(zone.clone()).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn a_day_is_written_as_in_a_plan() {
        assert_eq!(read("2028-02-29".as_ref()), NaiveDate::from_ymd_opt(2028, 2, 29));
        for text in ["", "today", "2027-02-29", "2027-6-15", " 2027-06-15", "2027-06-15T10:00", "+2027-06-15"]
        {
            assert_eq!(read(text.as_ref()), None, "{text:?}");
        }
    }

    #[test]
    fn the_moment_lies_on_the_day_of_whoever_asks() {
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
