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

use self::{
    item_state::*, list::checklist::*, list::introductions::*, merge_back::*, new_hire::*, new_hires::*,
    overdue::*, share::*, start::*, template::*, templates::*, times::*, workload::*,
};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    set_item_state, set_item_note, set_item_feedback, set_item_due, list_names, list_view, people_to_meet, merge_back_view,
    merge_back_apply, new_hire_view, new_hire_lines, overdue_rows, assignees, share_checklist,
    write_document, begin_view, begin_people, begin_checklist, move_preview, set_list, template_view,
    set_template, put_template_item, remove_template_item, move_template_item, resolve_difference,
    template_lines, make_template, copy_template, create_offboarding, review_template, settle_feedback,
    onboarding_times, onboarding_load,
};
