//! The columns of a table of subscriptions and of one of accounts, by the words of billing tools and databases.

use headroom_tabular::raw_table::RawTable;

use headroom_tabular::known_columns::{ColumnNames, KnownColumns};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubscriptionColumn {
    Id,
    Customer,
    Start,
    End,
    TrialEnd,
    /// An amount that is one of a month, whatever is billed how often.
    Monthly,
    /// An amount of a year.
    Annual,
    /// An amount of the interval, which is a month if none is given.
    Amount,
    Interval,
    /// How many of them one bill is for.
    IntervalCount,
    Currency,
    Trial,
    Status,
    Segment,
    Quantity,
    /// A day by which it went on, so that the file knows of it.
    Seen,
}

use SubscriptionColumn as S;

const SUBSCRIPTION: &[ColumnNames<S>] = &[
    (
        S::Id,
        &[
            "subscriptionid",
            "subscriptionuuid",
            "subscriptionkey",
            "subscriptioncode",
            "subscription",
            "uuid",
            "id",
        ],
    ),
    (
        S::Customer,
        &[
            "customerid",
            "accountid",
            "accountcode",
            "clientid",
            "companyid",
            "organisationid",
            "organizationid",
            "customeruuid",
            "accountuuid",
            "customerkey",
            "subscriberid",
            "customer",
            "account",
            "client",
            "company",
            "organisation",
            "organization",
            "subscriber",
        ],
    ),
    (
        S::Start,
        &[
            "startdate",
            "startdateutc",
            "start",
            "startutc",
            "startedat",
            "startedatutc",
            "startsat",
            "startson",
            "subscriptionstart",
            "subscriptionstartdate",
            "subscriptionstartedat",
            "activatedat",
            "activationdate",
            "validfrom",
            "from",
            "began",
            "beginsat",
            "begindate",
        ],
    ),
    (
        S::End,
        &[
            "enddate",
            "enddateutc",
            "end",
            "endutc",
            "endedat",
            "endedatutc",
            "endsat",
            "endson",
            "subscriptionend",
            "subscriptionenddate",
            "subscriptionendedat",
            "expiredat",
            "expiresat",
            "validto",
            "validuntil",
            "until",
            "to",
            "churndate",
            "churnedat",
            "terminatedat",
            "cancelledat",
            "canceledat",
            "canceledatutc",
            "cancelledatutc",
            "cancellationdate",
            "cancelledon",
            "canceledon",
        ],
    ),
    (S::TrialEnd, &["trialend", "trialendutc", "trialendsat", "trialendedat", "trialenddate"]),
    (
        S::Monthly,
        &[
            "mrr",
            "mrramount",
            "monthlyrecurringrevenue",
            "monthlyamount",
            "amountmonthly",
            "monthlyrevenue",
            "monthlyprice",
            "monthlyfee",
            "amountpermonth",
            "pricepermonth",
            "mrreur",
            "mrrusd",
            "mrrgbp",
            "mrrk",
        ],
    ),
    (
        S::Annual,
        &["arr", "arramount", "annualrecurringrevenue", "annualamount", "yearlyamount", "annualprice", "acv"],
    ),
    (
        S::Amount,
        &[
            "amount",
            "planamount",
            "unitamount",
            "price",
            "fee",
            "totalamount",
            "amounteur",
            "amountusd",
            "amountgbp",
        ],
    ),
    (
        S::Interval,
        &[
            "billingperiodunit",
            "planintervalunit",
            "intervalunit",
            "billinginterval",
            "interval",
            "planinterval",
            "billingfrequency",
            "billingperiod",
            "billingcycle",
            "frequency",
            "term",
        ],
    ),
    (
        S::IntervalCount,
        &["planintervallength", "intervalcount", "planintervalcount", "intervallength", "billingperiod"],
    ),
    (S::Currency, &["currency", "currencycode", "plancurrency"]),
    (S::Trial, &["istrial", "trial", "trialflag", "intrial"]),
    (S::Status, &["status", "state", "subscriptionstatus"]),
    (
        S::Segment,
        &["segment", "plantier", "tier", "plan", "planname", "plancode", "planid", "product", "productname"],
    ),
    (S::Quantity, &["quantity", "qty", "units"]),
    (S::Seen, &["currentperiodstart", "currentperiodstartutc", "currentperiodstartedat", "currenttermstart"]),
];

/// The header of a table of subscriptions; none if it is not one.
pub(super) fn subscription_columns(table: &RawTable) -> Option<KnownColumns<SubscriptionColumn>> {
    KnownColumns::find(table, SUBSCRIPTION, |columns| {
        let has_amount = [S::Monthly, S::Annual, S::Amount].into_iter().any(|column| columns.has(column));
        has_amount && [S::Id, S::Customer, S::Start, S::End].into_iter().all(|column| columns.has(column))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccountColumn {
    Id,
    Segment,
    Market,
    Channel,
}

use AccountColumn as A;

const ACCOUNT: &[ColumnNames<A>] = &[
    (
        A::Id,
        &["accountid", "customerid", "accountcode", "clientid", "customeruuid", "accountuuid", "customerkey"],
    ),
    (A::Segment, &["segment", "customersegment", "plantier", "tier", "companysize"]),
    (A::Market, &["market", "country", "countrycode", "billingcountry", "region"]),
    (
        A::Channel,
        &["channel", "acquisitionchannel", "referralsource", "leadsource", "utmsource", "referrer", "source"],
    ),
];

/// The header of a table of accounts; none if it is not one.
pub(super) fn account_columns(table: &RawTable) -> Option<KnownColumns<AccountColumn>> {
    KnownColumns::find(table, ACCOUNT, |columns| {
        let says_something =
            [A::Segment, A::Market, A::Channel].into_iter().any(|column| columns.has(column));
        columns.has(A::Id) && says_something && !is_of_events(&columns.headers)
    })
}

/// Whether its rows are of something that happens to accounts, such as tickets.
fn is_of_events(headers: &[String]) -> bool {
    let is_event = |header: &String| {
        matches!(
            headroom_tabular::known_columns::bare(header).as_str(),
            "ticketid" | "subscriptionid" | "invoiceid" | "orderid" | "eventid" | "usageid"
        )
    };
    headers.iter().any(is_event)
}

/// Columns of a table with one row a customer and one column a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CustomerColumn {
    Customer,
    Currency,
}

pub(super) const CUSTOMER: &[ColumnNames<CustomerColumn>] = &[
    (
        CustomerColumn::Customer,
        &[
            "customerid",
            "subscriberid",
            "accountid",
            "clientid",
            "customeremail",
            "subscriberemail",
            "customer",
            "subscriber",
            "client",
            "customername",
            "subscribername",
        ],
    ),
    (CustomerColumn::Currency, &["currency", "currencycode"]),
];

/// Columns of a table with one row a change of MRR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangeColumn {
    Day,
    Type,
    Amount,
    Currency,
}

pub(super) const CHANGE: &[ColumnNames<ChangeColumn>] = &[
    (
        ChangeColumn::Day,
        &[
            "date",
            "eventdate",
            "changedate",
            "changedat",
            "day",
            "dateutc",
            "effectivedate",
            "eventtimestamp",
            "timestamp",
        ],
    ),
    (
        ChangeColumn::Type,
        &[
            "type",
            "changetype",
            "movementtype",
            "movement",
            "mrrtype",
            "eventtype",
            "event",
            "activity",
            "activitytype",
        ],
    ),
    (
        ChangeColumn::Amount,
        &[
            "mrrchange",
            "changeinmrr",
            "mrrdelta",
            "deltamrr",
            "mrrmovement",
            "netmrrchange",
            "mrrimpact",
            "activitymrrmovement",
            "activitymrr",
        ],
    ),
    (ChangeColumn::Currency, &["currency", "currencycode"]),
];
