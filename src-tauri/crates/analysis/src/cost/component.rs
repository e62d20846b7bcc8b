/// A part of what a seat costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    Base,
    Variable,
    EmployerTax,
    Benefits,
    Equipment,
    Overhead,
    /// In place of taxes, benefits, equipment and overhead where a plan says none of them.
    Burden,
}

/// How many components are paid month by month.
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

    /// What is said of them on top of pay, each with several labels.
    pub const ON_TOP: [Component; 4] =
        [Component::EmployerTax, Component::Benefits, Component::Equipment, Component::Overhead];

    /// The kind of assumption that says it.
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

/// The kinds of assumption on which costs rest.
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
