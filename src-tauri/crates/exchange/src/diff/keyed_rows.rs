//! Compares assumptions, budgets, rates, holidays and approvals: rows without a key, identified by what they are
//! about.

use chrono::NaiveDate;
use headroom_files::{
    Place,
    records::{
        ApprovalRecord, AssumptionRecord, BudgetRecord, Dates, ExchangeRateRecord, HolidayRecord, Records,
    },
};
use headroom_model::{
    Approval, Assumption, Budget, Currency, ExchangeRate, Holiday, PersonId, PositionId, TeamId,
};

use super::{differ::Differ, relations::RelationRow};

/// Whom an assumption holds for: person, position, team, level, discipline, location.
type Scope = (Option<PersonId>, Option<PositionId>, Option<TeamId>, [String; 3]);

macro_rules! figure {
    ($record:ident) => {
        type Record = $record;
        fn tag(&self) -> &str {
            ""
        }
        fn source(&self) -> Option<&str> {
            self.source.as_deref()
        }
        fn make(id: Self::Id, source: Option<String>) -> Self {
            Self { id, source, ..Self::default() }
        }
        fn record_tag(_record: &$record) -> Option<&str> {
            None
        }
        fn record_dates(record: &$record) -> &Dates {
            &record.dates
        }
        fn place(record: &$record) -> &Place {
            &record.place
        }
    };
}

impl RelationRow for Assumption {
    /// Kind, label, and whom it holds for.
    type Ends = (String, String, Scope);
    figure!(AssumptionRecord);

    fn ends(&self) -> Self::Ends {
        let words = [self.level.clone(), self.discipline.clone(), self.location.clone()];
        (self.kind.clone(), self.label.clone(), (self.person, self.position, self.team, words))
    }

    fn set(&mut self, ends: Self::Ends, record: &AssumptionRecord, _differ: &Differ<'_>) {
        (
            self.kind,
            self.label,
            (self.person, self.position, self.team, [self.level, self.discipline, self.location]),
        ) = ends;
        self.value.clone_from(&record.value);
        self.cap = record.cap.unwrap_or(self.cap);
        if let Some(origin) = &record.origin {
            self.origin.clone_from(origin);
        }
    }

    fn set_dates(&mut self, dates: &Dates) {
        self.from = dates.from.unwrap_or(self.from);
        self.until = dates.until.unwrap_or(self.until);
    }
}

impl RelationRow for Budget {
    /// The team, or none for the whole organisation.
    type Ends = Option<TeamId>;
    figure!(BudgetRecord);

    fn ends(&self) -> Self::Ends {
        self.team
    }

    fn set(&mut self, team: Self::Ends, record: &BudgetRecord, _differ: &Differ<'_>) {
        self.team = team;
        self.amount = record.amount.unwrap_or(self.amount);
        self.seats = record.seats.unwrap_or(self.seats);
        if let Some(note) = &record.note {
            self.note.clone_from(note);
        }
    }

    fn set_dates(&mut self, dates: &Dates) {
        self.from = dates.from.unwrap_or(self.from);
        self.until = dates.until.unwrap_or(self.until);
    }
}

impl RelationRow for ExchangeRate {
    type Ends = Currency;
    figure!(ExchangeRateRecord);

    fn ends(&self) -> Self::Ends {
        self.currency
    }

    fn set(&mut self, currency: Self::Ends, record: &ExchangeRateRecord, _differ: &Differ<'_>) {
        (self.currency, self.rate) = (currency, record.rate);
        if let Some(origin) = &record.origin {
            self.origin.clone_from(origin);
        }
    }

    fn set_dates(&mut self, dates: &Dates) {
        self.from = dates.from.unwrap_or(self.from);
    }
}

impl RelationRow for Holiday {
    /// Day and location.
    type Ends = (NaiveDate, String);
    figure!(HolidayRecord);

    fn ends(&self) -> Self::Ends {
        (self.day, self.location.clone())
    }

    fn set(&mut self, ends: Self::Ends, record: &HolidayRecord, _differ: &Differ<'_>) {
        (self.day, self.location) = ends;
        self.name.clone_from(&record.name);
    }

    fn set_dates(&mut self, _dates: &Dates) {}
}

impl RelationRow for Approval {
    /// Name and day.
    type Ends = (String, NaiveDate);
    type Record = ApprovalRecord;

    fn ends(&self) -> Self::Ends {
        (self.name.clone(), self.on)
    }

    fn tag(&self) -> &str {
        ""
    }

    /// A baseline does not end because a file lacks it.
    fn source(&self) -> Option<&str> {
        None
    }

    fn make(id: Self::Id, _source: Option<String>) -> Self {
        Self { id, ..Self::default() }
    }

    fn set(&mut self, ends: Self::Ends, record: &ApprovalRecord, _differ: &Differ<'_>) {
        (self.name, self.on) = ends;
        if let Some(by) = &record.by {
            self.by.clone_from(by);
        }
        if let Some(note) = &record.note {
            self.note.clone_from(note);
        }
        self.seats.clone_from(&record.seats);
    }

    fn set_dates(&mut self, _dates: &Dates) {}

    fn record_tag(_record: &ApprovalRecord) -> Option<&str> {
        None
    }

    fn record_dates(record: &ApprovalRecord) -> &Dates {
        &record.dates
    }

    fn place(record: &ApprovalRecord) -> &Place {
        &record.place
    }
}

impl Differ<'_> {
    pub(super) fn figures(&mut self, records: &Records) {
        self.settle::<Assumption>(&records.assumptions, |differ, record| {
            let place = &record.place;
            // An assumption about a person who does not exist would hold for everyone: it is left out.
            let person = about(&record.person, |key| differ.person(key, place))?;
            let position = about(&record.position, |key| differ.known_position(key, place))?;
            let team = about(&record.team, |key| differ.team(key, place))?;
            let words = [record.level.clone(), record.discipline.clone(), record.location.clone()];
            Some((record.kind.clone(), record.label.clone(), (person, position, team, words)))
        });
        self.settle::<Budget>(&records.budgets, |differ, record| {
            about(&record.team, |key| differ.team(key, &record.place))
        });
        self.settle::<ExchangeRate>(&records.exchange_rates, |_, record| Some(record.currency));
        self.settle::<Holiday>(&records.holidays, |_, record| Some((record.day, record.location.clone())));
        self.settle::<Approval>(&records.approvals, |_, record| Some((record.name.clone(), record.on)));
    }
}

/// None if something is named that does not exist.
fn about<T>(key: &Option<String>, find: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match key {
        None => Some(None),
        Some(key) => find(key).map(Some),
    }
}
