//! Which column of a bill is what, by the words of its header: FOCUS, OpenCost and the clouds' own exports.

/// What a column says of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Start,
    End,
    Billed,
    Effective,
    Currency,
    Provider,
    Account,
    AccountName,
    Namespace,
    /// What an allocation is named after: a namespace, or a share of the cluster that nobody used.
    Name,
    Class,
    ServiceCategory,
    Resource,
    /// All tags in one cell.
    Tags,
    /// Credits of a row, which are apart from its cost: `[{"amount": -1.5}]`, or a number.
    Credits,
    /// Effective cost of what a reservation or a savings plan covers, and what is left of these.
    ReservationEffective,
    SavingsPlanEffective,
    ReservationUnusedUpfront,
    ReservationUnusedRecurring,
    SavingsPlanCommitment,
    SavingsPlanUsed,
    /// A part of a total that the table does not have.
    PartOfTotal,
}

/// Where a bill is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillKind {
    Focus,
    OpenCost,
    Aws,
    Azure,
    Gcp,
    Oci,
}

impl BillKind {
    pub const fn title(self) -> &'static str {
        match self {
            BillKind::Focus => "FOCUS",
            BillKind::OpenCost => "OpenCost",
            BillKind::Aws => "AWS",
            BillKind::Azure => "Azure",
            BillKind::Gcp => "Google Cloud",
            BillKind::Oci => "OCI",
        }
    }

    /// Whether its rows have an effective cost beside the billed one.
    pub const fn has_effective(self) -> bool {
        matches!(self, BillKind::Focus | BillKind::Aws)
    }
}

struct Profile {
    kind: BillKind,
    /// Without one header of each of these it is something else.
    needs: &'static [&'static [&'static str]],
    columns: &'static [(Role, &'static [&'static str])],
}

use Role::*;

/// Headers are compared without case, spaces and marks: `lineItem/UsageStartDate` and `line_item_usage_start_date` are one.
const PROFILES: &[Profile] = &[
    Profile {
        kind: BillKind::Focus,
        needs: &[&["billedcost"], &["chargeperiodstart"]],
        columns: &[
            (Start, &["chargeperiodstart"]),
            (End, &["chargeperiodend"]),
            (Billed, &["billedcost"]),
            (Effective, &["effectivecost"]),
            (Currency, &["billingcurrency"]),
            (Provider, &["providername", "serviceprovidername", "provider"]),
            (Account, &["subaccountid"]),
            (AccountName, &["subaccountname"]),
            (Class, &["chargecategory"]),
            (ServiceCategory, &["servicecategory"]),
            (Resource, &["resourceid"]),
            (Tags, &["tags"]),
        ],
    },
    Profile {
        kind: BillKind::OpenCost,
        needs: &[
            &["totalcost", "cpucost"],
            &["start", "windowstart", "window", "date"],
            &["namespace", "name", "pod", "controller", "label", "service", "propertiesnamespace"],
        ],
        columns: &[
            (Start, &["start", "windowstart", "window", "date"]),
            (End, &["end", "windowend"]),
            (Billed, &["totalcost"]),
            (Currency, &["currency"]),
            (Account, &["cluster", "propertiescluster", "clusterid"]),
            (Namespace, &["namespace", "propertiesnamespace"]),
            (Name, &["name", "label", "controller", "pod"]),
            (Tags, &["labels", "propertieslabels"]),
            (
                PartOfTotal,
                &[
                    "cpucost",
                    "gpucost",
                    "ramcost",
                    "pvcost",
                    "networkcost",
                    "loadbalancercost",
                    "sharedcost",
                    "externalcost",
                ],
            ),
        ],
    },
    Profile {
        kind: BillKind::Aws,
        needs: &[&["lineitemunblendedcost"], &["lineitemusagestartdate"]],
        columns: &[
            (Start, &["lineitemusagestartdate"]),
            (End, &["lineitemusageenddate"]),
            (Billed, &["lineitemunblendedcost"]),
            (Currency, &["lineitemcurrencycode"]),
            (Account, &["lineitemusageaccountid"]),
            (AccountName, &["lineitemusageaccountname"]),
            (Class, &["lineitemlineitemtype"]),
            (ServiceCategory, &["productservicecode", "lineitemproductcode"]),
            (Resource, &["lineitemresourceid"]),
            (Tags, &["resourcetags"]),
            (ReservationEffective, &["reservationeffectivecost"]),
            (SavingsPlanEffective, &["savingsplansavingsplaneffectivecost"]),
            (ReservationUnusedUpfront, &["reservationunusedamortizedupfrontfeeforbillingperiod"]),
            (ReservationUnusedRecurring, &["reservationunusedrecurringfee"]),
            (SavingsPlanCommitment, &["savingsplantotalcommitmenttodate"]),
            (SavingsPlanUsed, &["savingsplanusedcommitment"]),
        ],
    },
    Profile {
        kind: BillKind::Oci,
        needs: &[&["costmycost"], &["lineitemintervalusagestart"]],
        columns: &[
            (Start, &["lineitemintervalusagestart"]),
            (End, &["lineitemintervalusageend"]),
            (Billed, &["costmycost"]),
            (Currency, &["costcurrencycode"]),
            (Account, &["productcompartmentid", "lineitemtenantid"]),
            (AccountName, &["productcompartmentname"]),
            (ServiceCategory, &["productservice"]),
            (Resource, &["productresourceid", "productresource"]),
        ],
    },
    Profile {
        kind: BillKind::Gcp,
        needs: &[&["cost"], &["usagestarttime"]],
        columns: &[
            (Start, &["usagestarttime"]),
            (End, &["usageendtime"]),
            (Billed, &["cost"]),
            (Currency, &["currency"]),
            (Account, &["projectid"]),
            (AccountName, &["projectname"]),
            (Class, &["costtype"]),
            (ServiceCategory, &["servicedescription"]),
            (Resource, &["resourceglobalname", "resourcename"]),
            (Tags, &["labels", "projectlabels"]),
            (Credits, &["credits", "creditsamount", "creditstotal"]),
        ],
    },
    Profile {
        kind: BillKind::Azure,
        needs: &[
            &[
                "costinbillingcurrency",
                "pretaxcost",
                "cost",
                "extendedcost",
                "kosteninabrechnungswährung",
                "kostenvorsteuern",
                "kosten",
                "erweitertekosten",
            ],
            &["date", "usagedate", "usagedatetime", "datum", "nutzungsdatum", "verwendungsdatum"],
            &[
                "subscriptionid",
                "subscriptionguid",
                "subscriptionname",
                "abonnementid",
                "abonnementguid",
                "abonnementname",
                "abonnement",
                "meterid",
                "metercategory",
                "verbrauchseinheitsid",
                "iddesverbrauchszählers",
                "resourcegroup",
                "ressourcengruppe",
            ],
        ],
        columns: &[
            (Start, &["date", "usagedate", "usagedatetime", "datum", "nutzungsdatum", "verwendungsdatum"]),
            (
                Billed,
                &[
                    "costinbillingcurrency",
                    "pretaxcost",
                    "cost",
                    "extendedcost",
                    "kosteninabrechnungswährung",
                    "kostenvorsteuern",
                    "kosten",
                    "erweitertekosten",
                ],
            ),
            (
                Currency,
                &[
                    "billingcurrency",
                    "billingcurrencycode",
                    "currency",
                    "abrechnungswährung",
                    "währung",
                    "währungscode",
                ],
            ),
            (Account, &["subscriptionid", "subscriptionguid", "abonnementid", "abonnementguid"]),
            (AccountName, &["subscriptionname", "abonnementname", "abonnement"]),
            (Class, &["chargetype", "gebührenart", "gebührentyp", "belastungstyp"]),
            (
                ServiceCategory,
                &[
                    "metercategory",
                    "servicefamily",
                    "kategoriederverbrauchseinheit",
                    "verbrauchskategorie",
                    "messungskategorie",
                    "kategoriedermessung",
                ],
            ),
            (Resource, &["resourceid", "instanceid", "instancename", "ressourcenid", "instanzid"]),
            (Tags, &["tags", "tag", "markierungen"]),
        ],
    },
];

/// Headers that name a tag before its key: `label:team`, `resourceTags/user:team`, `tags/team`.
const TAG_PREFIXES: &[&str] = &[
    "resourcetags/user:",
    "resource_tags_user_",
    "resourcetags/aws:",
    "resource_tags_aws_",
    "resourcetags/",
    "label:",
    "labels:",
    "label_",
    "label.",
    "labels.",
    "labels/",
    "tag:",
    "tags:",
    "tags/",
    "tags.",
];

/// Which column of a table is what.
#[derive(Debug, Clone)]
pub struct BillColumns {
    pub kind: BillKind,
    of_role: Vec<(Role, usize)>,
    /// Columns that are a tag each, with its key.
    pub tags: Vec<(usize, String)>,
    pub count: usize,
    /// Of FOCUS: headers that no version of it has.
    pub unknown: Vec<String>,
}

impl BillColumns {
    /// None if it is no bill.
    pub fn of(headers: &[String]) -> Option<Self> {
        let words: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
        let has = |names: &[&str]| names.iter().any(|name| words.iter().any(|word| word == name));
        let profile = PROFILES.iter().find(|profile| profile.needs.iter().all(|names| has(names)))?;
        let mut of_role: Vec<(Role, usize)> = Vec::new();
        for (role, names) in profile.columns {
            let places = names.iter().filter_map(|name| words.iter().position(|word| word == name));
            let take = if *role == PartOfTotal { usize::MAX } else { 1 };
            of_role.extend(places.take(take).map(|at| (*role, at)));
        }
        if of_role.iter().any(|(role, _)| *role == Billed) {
            of_role.retain(|(role, _)| *role != PartOfTotal);
        }
        let tags = headers.iter().enumerate();
        let tags = tags.filter_map(|(at, header)| Some((at, tag_key(header)?))).collect();
        let unknown = match profile.kind {
            BillKind::Focus => {
                let is_unknown = |word: &&String| {
                    let is_own = word.starts_with("x_") || FOCUS_COLUMNS.contains(&normalised(word).as_str());
                    !is_own && tag_key(word).is_none()
                };
                headers.iter().filter(is_unknown).cloned().collect()
            }
            _ => Vec::new(),
        };
        Some(Self { kind: profile.kind, of_role, tags, count: headers.len(), unknown })
    }

    pub fn at(&self, role: Role) -> Option<usize> {
        self.all(role).next()
    }

    pub fn all(&self, role: Role) -> impl Iterator<Item = usize> {
        self.of_role.iter().filter(move |(own, _)| *own == role).map(|(_, at)| *at)
    }
}

/// Letters and digits alone, in lower case.
pub fn normalised(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn tag_key(header: &str) -> Option<String> {
    let header = header.trim();
    let lower = header.to_lowercase();
    let prefix = TAG_PREFIXES.iter().find(|prefix| lower.starts_with(**prefix))?;
    let key = header.get(prefix.len()..)?.trim();
    (!key.is_empty()).then(|| key.to_owned())
}

/// The columns of FOCUS 1.0 to 1.2.
const FOCUS_COLUMNS: &[&str] = &[
    "availabilityzone",
    "billedcost",
    "billingaccountid",
    "billingaccountname",
    "billingaccounttype",
    "billingcurrency",
    "billingperiodend",
    "billingperiodstart",
    "capacityreservationid",
    "capacityreservationstatus",
    "chargecategory",
    "chargeclass",
    "chargedescription",
    "chargefrequency",
    "chargeperiodend",
    "chargeperiodstart",
    "commitmentdiscountcategory",
    "commitmentdiscountid",
    "commitmentdiscountname",
    "commitmentdiscountquantity",
    "commitmentdiscountstatus",
    "commitmentdiscounttype",
    "commitmentdiscountunit",
    "consumedquantity",
    "consumedunit",
    "contractedcost",
    "contractedunitprice",
    "effectivecost",
    "invoiceid",
    "invoiceissuername",
    "listcost",
    "listunitprice",
    "pricingcategory",
    "pricingcurrency",
    "pricingcurrencycontractedunitprice",
    "pricingcurrencyeffectivecost",
    "pricingcurrencylistunitprice",
    "pricingquantity",
    "pricingunit",
    "providername",
    "publishername",
    "regionid",
    "regionname",
    "resourceid",
    "resourcename",
    "resourcetype",
    "servicecategory",
    "servicename",
    "servicesubcategory",
    "skuid",
    "skumeter",
    "skupricedetails",
    "skupriceid",
    "subaccountid",
    "subaccountname",
    "subaccounttype",
    "tags",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn columns(headers: &str) -> Option<BillColumns> {
        BillColumns::of(&headers.split(';').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_bill_is_known_by_its_headers() {
        let kind = |headers: &str| columns(headers).map(|columns| columns.kind);
        assert_eq!(kind("BilledCost;ChargePeriodStart;Tags"), Some(BillKind::Focus));
        assert_eq!(kind("start;end;namespace;label:team;totalCost"), Some(BillKind::OpenCost));
        assert_eq!(kind("lineItem/UsageStartDate;lineItem/UnblendedCost"), Some(BillKind::Aws));
        assert_eq!(kind("line_item_usage_start_date;line_item_unblended_cost"), Some(BillKind::Aws));
        assert_eq!(kind("Datum;Abonnementname;Kosten;Tags"), Some(BillKind::Azure));
        assert_eq!(kind("Date;SubscriptionId;CostInBillingCurrency"), Some(BillKind::Azure));
        assert_eq!(kind("usage_start_time;project.id;cost;currency"), Some(BillKind::Gcp));
        assert_eq!(kind("lineItem/intervalUsageStart;cost/myCost"), Some(BillKind::Oci));
        assert_eq!(kind("Date;Campaign;Cost"), None, "what an advertisement costs is no bill of a cloud");
        assert_eq!(kind("Month;Team;Cost"), None);
    }

    #[test]
    fn tags_may_have_columns_of_their_own() {
        let tags = |headers: &str| columns(headers).unwrap().tags;
        assert_eq!(tags("start;namespace;label:team;totalCost"), [(2, "team".to_owned())]);
        let aws = tags("lineItem/UsageStartDate;lineItem/UnblendedCost;resourceTags/user:Team");
        assert_eq!(aws, [(2, "Team".to_owned())]);
    }

    #[test]
    fn columns_that_the_specification_does_not_have_are_named() {
        let found = columns("BilledCost;ChargePeriodStart;Id;x_Discounts").unwrap();
        assert_eq!(found.unknown, ["Id"]);
    }
}
