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

    pub const fn word(self) -> &'static str {
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

    pub const fn word(self) -> &'static str {
        match self {
            Breadth::Generalist => "generalist",
            Breadth::Specialist => "specialist",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|breadth| breadth.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(Status, |status| status.word().to_owned());
word_value!(Breadth, |breadth| breadth.word().to_owned());

entity! {
    /// A job on a team, filled or not. It survives the person in it and reports to another position.
    pub struct Position: PositionId {
        /// `HC2027-NH-001`.
        key: String, "ID", required();
        title: String, "title";
        team: Option<TeamId>, "team";
        /// The craft: `backend`, `design`, `support`.
        discipline: String, "discipline";
        /// The level as the organisation calls it: `L4`, `senior`, `SCS1`.
        level: String, "level";
        breadth: Option<Breadth>, "profile";
        /// The position it reports to, filled or not.
        manager: Option<PositionId>, "manager";
        location: String, "location";
        /// One of [`reason::ALL`], or any other text.
        reason: String, "reason";
        /// The position that it backfills, or goes on from in another team: it takes over the direct reports once
        /// that one has ended.
        backfill_of: Option<PositionId>, "backfills";
        /// The service it is for.
        service: Option<ServiceId>, "service";
        /// The date by which someone must be productive in it.
        need_by: Option<NaiveDate>, "needed by";
        status: Status, "status";
        /// The requisition number.
        requisition: String, "requisition";
        /// 1 is the highest.
        priority: Option<u8>, "priority";
        /// FTE: 0.6 for three days a week, more than 1 for a [`Position::pooled`] position.
        fte: Decimal6 = Decimal6::ONE, "FTE";
        /// Stands for several identical positions that are counted, not listed.
        pooled: bool, "pooled";
        /// Annual full-time base salary; the lower end of a range.
        pay: Option<Money>, "salary", columns(&["pay", "currency"]), pay();
        /// The upper end of the range, in the same currency.
        pay_up_to: Option<Money>, "salary max", columns(&["pay_up_to", "currency"]), pay();
        /// The planned first day of the next person.
        start: Option<NaiveDate>, "start date";
        description: String, "description", long();
        /// Its gate: nobody is hired before these are met.
        waits_for: Vec<ObjectiveId>, "waits for";
        /// Whether one of them is enough.
        waits_any: bool, "waits for any";
        /// The last day on which they may be met: the gate lapses after it.
        waits_by: Option<NaiveDate>, "waits until";
        /// The day on which the gate was waived, by whom and why.
        waived_on: Option<NaiveDate>, "waived on";
        waived_by: String, "waived by";
        waived_why: String, "reason for waiving", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
        /// First day on which the position exists.
        from: Option<NaiveDate>, "valid from";
        /// Last day on which it exists.
        until: Option<NaiveDate>, "valid to";
    }
}

impl Entity for Position {
    fn above(&self) -> Option<EntityRef> {
        self.manager.map(EntityRef::from)
    }

    fn without(&self, removal: &dyn Removal) -> Option<Self> {
        let remains = |subject: EntityRef| !removal.is_gone(subject);
        Some(Self {
            manager: self
                .above()
                .and_then(|above| removal.remaining_above(above))
                .map(|above| above.id.into()),
            backfill_of: self.backfill_of.filter(|before| remains((*before).into())),
            team: self.team.filter(|team| remains((*team).into())),
            service: self.service.filter(|service| remains((*service).into())),
            waits_for: self
                .waits_for
                .iter()
                .copied()
                .filter(|objective| remains((*objective).into()))
                .collect(),
            ..self.clone()
        })
    }

    fn display_name(&self, _names: &dyn Names) -> String {
        self.name()
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

    fn check_together(&self) -> Result<(), FieldError> {
        if self.fte < Decimal6::ZERO {
            return Err(FieldError::new("fte", "must not be negative"));
        }
        if self.fte > Decimal6::ONE && !self.pooled {
            return Err(FieldError::new("fte", "must be 1 or less, unless the position is pooled"));
        }
        self.check_pay()
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

    /// The same, waiting for nothing.
    #[must_use]
    pub fn without_gate(&self) -> Self {
        Self { waits_for: Vec::new(), waits_any: false, waits_by: None, ..self.without_waiver() }
    }

    /// The same, with a gate that nobody has opened by hand.
    #[must_use]
    pub fn without_waiver(&self) -> Self {
        Self { waived_on: None, waived_by: String::new(), waived_why: String::new(), ..self.clone() }
    }

    /// Key and title: `HC2027-NH-001 Backend engineer`.
    pub fn name(&self) -> String {
        if self.title.is_empty() { self.key.clone() } else { format!("{} {}", self.key, self.title) }
    }
}
