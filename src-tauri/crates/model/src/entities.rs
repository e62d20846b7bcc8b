//! The kinds of entity, one line each. What has to know all of them takes the list from here.

/// Calls a macro with the list: type, type of its IDs, its file in `entity/` and the word for the kind in plan
/// files, the noun for people, and the table of the plan. A new kind is a file in `entity/`, a step in the schema of the
/// file, and a line here.
#[macro_export]
macro_rules! entities {
    ($then:ident) => {
        $crate::listed! {
            $then
            Team, TeamId, team, "team", teams;
            Person, PersonId, person, "person", people;
            Membership, MembershipId, membership, "membership", memberships;
            Grouping, GroupingId, grouping, "grouping", groupings;
            Service, ServiceId, service, "service", services;
            Ownership, OwnershipId, ownership, "ownership", ownerships;
            Dependency, DependencyId, dependency, "dependency", dependencies;
            Interaction, InteractionId, interaction, "interaction", interactions;
            Position, PositionId, position, "position", positions;
            Assignment, AssignmentId, assignment, "assignment", assignments;
            Assumption, AssumptionId, assumption, "assumption", assumptions;
            Budget, BudgetId, budget, "budget", budgets;
            ExchangeRate, ExchangeRateId, exchange_rate, "exchange rate", exchange_rates;
            Holiday, HolidayId, holiday, "holiday", holidays;
            Approval, ApprovalId, approval, "baseline", approvals;
            Template, TemplateId, template, "template", templates;
            TemplateItem, TemplateItemId, template_item, "template item", template_items;
            Checklist, ChecklistId, checklist, "checklist", checklists;
            ChecklistItem, ChecklistItemId, checklist_item, "checklist item", checklist_items;
            FindingReview, FindingReviewId, finding_review, "finding review", finding_reviews;
            Scenario, ScenarioId, scenario, "scenario", scenarios;
            Metric, MetricId, metric, "metric", metrics;
            Observation, ObservationId, observation, "observation", observations;
            Objective, ObjectiveId, objective, "objective", objectives;
            Incident, IncidentId, incident, "incident", incidents;
            Bet, BetId, bet, "bet", bets;
            Action, ActionId, action, "action", actions;
            CostLine, CostLineId, cost_line, "cost line", cost_lines;
            CostRule, CostRuleId, cost_rule, "cost rule", cost_rules;
            CostShare, CostShareId, cost_share, "cost share", cost_shares;
            Setting, SettingId, setting, "setting", settings;
        }
    };
}

/// The list as it is; with the feature `example-kind` there is one more, for the test that adds a kind.
#[cfg(not(feature = "example-kind"))]
#[doc(hidden)]
#[macro_export]
macro_rules! listed {
    ($then:ident $($line:tt)*) => { $then! { $($line)* } };
}

#[cfg(feature = "example-kind")]
#[doc(hidden)]
#[macro_export]
macro_rules! listed {
    ($then:ident $($line:tt)*) => { $then! { $($line)* Licence, LicenceId, licence, "licence", licences; } };
}
