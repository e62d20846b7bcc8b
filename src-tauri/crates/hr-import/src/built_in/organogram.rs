//! Organograms of UK government bodies: senior posts one by one, and junior posts counted,
//! <https://www.data.gov.uk/organogram/>.

use super::*;
use headroom_model::Currency;

pub const SIGNS: &[&[&str]] = &[
    &["post unique reference", "reports to senior post"],
    &["reporting senior post", "number of posts in fte"],
];

pub fn profile() -> Profile {
    let mut senior = table(
        "senior posts",
        RowMeaning::Positions,
        &[
            ("Post Unique Reference", Field::PositionId),
            ("Name", Field::Name),
            ("Grade (or equivalent)", Field::Level),
            ("Job Title", Field::Title),
            ("Job/Team Function", Field::Description),
            ("Parent Department", Field::Organisation),
            ("Organisation", Field::Division),
            ("Unit", Field::Team),
            ("Reports to Senior Post", Field::ManagerPosition),
            ("FTE", Field::Fte),
            ("Actual Pay Floor (£)", Field::PayFrom),
            ("Actual Pay Ceiling (£)", Field::PayTo),
            ("Professional/Occupational Group", Field::Discipline),
        ],
    );
    let mut junior = table(
        "junior posts",
        RowMeaning::Counted,
        &[
            ("Parent Department", Field::Organisation),
            ("Organisation", Field::Division),
            ("Unit", Field::Team),
            ("Reporting Senior Post", Field::ManagerPosition),
            ("Grade", Field::Level),
            ("Payscale Minimum (£)", Field::PayFrom),
            ("Payscale Maximum (£)", Field::PayTo),
            ("Generic Job Title", Field::Title),
            ("Number of Posts in FTE", Field::Fte),
            ("Professional/Occupational Group", Field::Discipline),
        ],
    );
    for table in [&mut senior, &mut junior] {
        table.currency = Some(Currency::GBP);
        table.zero_is_undisclosed = true;
        // In place of the post that the most senior one reports to.
        table.nothing = vec!["XX".to_owned()];
    }
    Profile { title: "UK government organogram".to_owned(), tables: vec![senior, junior] }
}
