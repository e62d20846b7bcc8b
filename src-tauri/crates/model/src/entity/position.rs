//! Positions: jobs on a team, with what is planned for the next person in them. Who is in a position is an
//! [`Assignment`]'s to say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{decimal6::Decimal6, money::Money};

/// Reasons for a position. A plan may have others.
pub mod reason {
    pub const GROWTH: &str = "growth";
    /// Someone left or will leave: see [`Position::backfill_of`](super::Position::backfill_of).
    pub const BACKFILL: &str = "backfill";
    /// The team is too small for its on-call rotation.
    pub const ON_CALL: &str = "on-call minimum";
    /// A service has no responder, or one: see [`Position::service`](super::Position::service).
    pub const OWNERSHIP_GAP: &str = "ownership gap";
    pub const SUPPORT_LOAD: &str = "support load";

    pub const ALL: [&str; 5] = [GROWTH, BACKFILL, ON_CALL, OWNERSHIP_GAP, SUPPORT_LOAD];
}

/// The recruiting status of the next person for a position. It does not say whether the position is filled: that is
/// so on exactly the days on which someone is assigned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Wanted, not approved.
    #[default]
    Planned,
    /// Approved, not open yet.
    Approved,
    /// Recruiting is under way.
    Open,
    /// An offer is out.
    Offered,
    /// On hold: nobody is hired and nothing is spent.
    Frozen,
    /// Closed for good.
    Closed,
}

impl Status {
    pub const ALL: [Status; 6] =
        [Status::Planned, Status::Approved, Status::Open, Status::Offered, Status::Frozen, Status::Closed];

    pub fn word(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Approved => "approved",
            Status::Open => "open",
            Status::Offered => "offered",
            Status::Frozen => "frozen",
            Status::Closed => "closed",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Whether someone is to be hired.
    pub fn is_wanted(self) -> bool {
        !matches!(self, Status::Frozen | Status::Closed)
    }
}

/// Whether a generalist or a specialist is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breadth {
    Generalist,
    Specialist,
}

impl Breadth {
    pub const ALL: [Breadth; 2] = [Breadth::Generalist, Breadth::Specialist];

    pub fn word(self) -> &'static str {
        match self {
            Breadth::Generalist => "generalist",
            Breadth::Specialist => "specialist",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|breadth| breadth.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// A job on a team, filled or not. It survives the person in it and reports to another position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    pub id: PositionId,
    /// `HC2027-NH-001`.
    pub key: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The craft: `backend`, `design`, `support`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub discipline: String,
    /// The level as the organisation calls it: `L4`, `senior`, `SCS1`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breadth: Option<Breadth>,
    /// The position it reports to, filled or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<PositionId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// One of [`reason::ALL`], or any other text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The position that it backfills: it takes over the direct reports once that one has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backfill_of: Option<PositionId>,
    /// The service it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// The date by which someone must be productive in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_by: Option<NaiveDate>,
    pub status: Status,
    /// The requisition number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub requisition: String,
    /// 1 is the highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// FTE: 0.6 for three days a week, more than 1 for a [`Position::pooled`] position.
    pub fte: Decimal6,
    /// Stands for several identical positions that are counted, not listed.
    #[serde(skip_serializing_if = "is_false")]
    pub pooled: bool,
    /// Annual full-time base salary; the lower end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay: Option<Money>,
    /// The upper end of the range, in the same currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_up_to: Option<Money>,
    /// The planned first day of the next person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day on which the position exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day on which it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Default for Position {
    fn default() -> Self {
        Self {
            id: PositionId::default(),
            key: String::new(),
            title: String::new(),
            team: None,
            discipline: String::new(),
            level: String::new(),
            breadth: None,
            manager: None,
            location: String::new(),
            reason: String::new(),
            backfill_of: None,
            service: None,
            need_by: None,
            status: Status::Planned,
            requisition: String::new(),
            priority: None,
            fte: Decimal6::ONE,
            pooled: false,
            pay: None,
            pay_up_to: None,
            start: None,
            description: String::new(),
            source: None,
            extra: Extra::new(),
            from: None,
            until: None,
        }
    }
}

impl Entity for Position {
    type Id = PositionId;
    const KIND: Kind = Kind::Position;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.title)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.team.into_iter().for_each(|team| visit(team.into()));
        self.manager.into_iter().for_each(|manager| visit(manager.into()));
        self.backfill_of.into_iter().for_each(|before| visit(before.into()));
        self.service.into_iter().for_each(|service| visit(service.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        for (field, text) in [
            ("title", &self.title),
            ("discipline", &self.discipline),
            ("level", &self.level),
            ("location", &self.location),
            ("reason", &self.reason),
            ("requisition", &self.requisition),
        ] {
            check_short(field, text)?;
        }
        check_text("description", &self.description)?;
        if self.fte < Decimal6::ZERO {
            return Err(FieldError::new("fte", "must not be negative"));
        }
        if self.fte > Decimal6::ONE && !self.pooled {
            return Err(FieldError::new("fte", "must be 1 or less, unless the position is pooled"));
        }
        self.check_pay()?;
        check_span(self.date_range())
    }
}

/// Errors of the upper end of a salary range. Shown at the lower end where that was edited.
pub mod pay_range {
    pub const NO_BEGINNING: &str = "needs a lower end of the range as well";
    pub const OTHER_CURRENCY: &str = "must be in the same currency as the lower end";
    pub const TOO_LITTLE: &str = "is less than the lower end";
}

impl Position {
    fn check_pay(&self) -> Result<(), FieldError> {
        for (field, pay) in [("pay", self.pay), ("pay_up_to", self.pay_up_to)] {
            if pay.is_some_and(|pay| pay.minor < 0) {
                return Err(FieldError::new(field, "must not be negative"));
            }
        }
        match (self.pay, self.pay_up_to) {
            (None, Some(_)) => Err(FieldError::new("pay_up_to", pay_range::NO_BEGINNING)),
            (Some(low), Some(high)) if low.currency != high.currency => {
                Err(FieldError::new("pay_up_to", pay_range::OTHER_CURRENCY))
            }
            (Some(low), Some(high)) if high.minor < low.minor => {
                Err(FieldError::new("pay_up_to", pay_range::TOO_LITTLE))
            }
            _ => Ok(()),
        }
    }

    /// Key and title: `HC2027-NH-001 Backend engineer`.
    pub fn name(&self) -> String {
        if self.title.is_empty() { self.key.clone() } else { format!("{} {}", self.key, self.title) }
    }
}
