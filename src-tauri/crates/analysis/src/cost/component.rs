/// A component of the cost of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    Base,
    Variable,
    EmployerTax,
    Benefits,
    Equipment,
    Overhead,
    /// Stands in for taxes, benefits, equipment and overhead if a plan has none of them.
    Burden,
}

/// Number of components, all of which recur monthly.
pub const COMPONENTS: usize = Component::ALL.len();

impl Component {
    pub const ALL: [Component; 7] = [
        Component::Base,
        Component::Variable,
        Component::EmployerTax,
        Component::Benefits,
        Component::Equipment,
        Component::Overhead,
        Component::Burden,
    ];

    /// Components on top of pay, each with values by label.
    pub const ON_TOP: [Component; 4] =
        [Component::EmployerTax, Component::Benefits, Component::Equipment, Component::Overhead];

    /// Kind of the assumption for the component.
    pub fn kind(self) -> &'static str {
        match self {
            Component::Base => "base",
            Component::Variable => "variable",
            Component::EmployerTax => "employer-tax",
            Component::Benefits => "benefits",
            Component::Equipment => "equipment",
            Component::Overhead => "overhead",
            Component::Burden => "burden",
        }
    }

    pub fn title(self) -> &'static str {
        crate::assumptions::kind(self.kind()).map_or("", |kind| kind.title)
    }
}

/// Kinds of assumption that cost depends on.
pub(super) const KINDS: [&str; 10] = [
    "base",
    "variable",
    "merit",
    "employer-tax",
    "benefits",
    "equipment",
    "overhead",
    "burden",
    "equipment-once",
    "recruiting",
];
