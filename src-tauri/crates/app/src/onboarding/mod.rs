//! The Onboarding view: new hires, their checklists, templates, overdue items, workload and figures. One file per tab
//! or page; `list/` is the checklist as the person who follows it sees it.

pub mod item_state;
pub mod list;
pub mod merge_back;
pub mod new_hire;
pub mod new_hires;
pub mod overdue;
pub mod share;
pub mod start;
pub mod template;
pub mod templates;
pub mod times;
pub mod workload;

use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases![
    item_state::set_item_state,
    item_state::set_item_note,
    item_state::set_item_feedback,
    item_state::set_item_due,
    list::checklist::list_names,
    list::checklist::list_view,
    merge_back::merge_back_view,
    merge_back::merge_back_apply,
    new_hire::new_hire_view,
    new_hires::new_hire_lines,
    overdue::overdue_groups,
    share::assignees,
    share::share_checklist,
    share::write_document,
    start::begin_view,
    start::begin_people,
    start::begin_checklist,
    start::move_preview,
    start::set_list,
    template::template_view,
    template::set_template,
    template::put_template_item,
    template::remove_template_item,
    template::move_template_item,
    template::resolve_difference,
    templates::template_lines,
    templates::make_template,
    templates::copy_template,
    templates::create_offboarding,
    templates::review_template,
    templates::settle_feedback,
    times::onboarding_times,
    workload::onboarding_load,
];
