//! Use cases by name, with arguments and answers in JSON: what the window asks, and from which the page's client is
//! generated.
//!
//! A use case is a plain function of the state and its arguments. Each room lists its own (`use_cases!`); the list of
//! all is `USE_CASES` of `lib.rs`.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use specta::{Types, datatype::Function, function::FunctionArg};

use crate::{
    error::{Answer, AppError},
    state::AppState,
};

/// The name under which a call says which scenario it asks about.
pub const SCENARIO: &str = "scenario";

/// A use case that can be asked for by name.
pub struct UseCase {
    pub name: &'static str,
    /// Its name, arguments, result and doc comment, for the client.
    pub signature: fn(&mut Types) -> Function,
    /// Parses the arguments and gives the answer as JSON.
    call: fn(&AppState, &CallArguments<'_>) -> Result<String, CallError>,
    /// It answers at once: it may run where nothing must wait, and must not wait for others.
    pub is_immediate: bool,
}

impl UseCase {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        signature: fn(&mut Types) -> Function,
        call: fn(&AppState, &CallArguments<'_>) -> Result<String, CallError>,
    ) -> Self {
        Self { name, signature, call, is_immediate: false }
    }

    #[doc(hidden)]
    pub const fn immediate(self) -> Self {
        Self { is_immediate: true, ..self }
    }

    /// The names of its arguments, as the page writes them. `types` collects what they refer to.
    pub fn argument_names(&self, types: &mut Types) -> Vec<String> {
        (self.signature)(types).args().iter().map(|(name, _)| in_camel_case(name)).collect()
    }

    /// The answer as JSON. `names` are the [names of the arguments](Self::argument_names), `values` an object. Beside
    /// them it may have the key of the [`SCENARIO`] that is asked about; without it is the plan itself.
    ///
    /// # Errors
    /// [`CallError::Arguments`] if an argument is missing or of another type, [`CallError::Failed`] with what
    /// the use case answers.
    pub fn call(&self, app: &AppState, names: &[String], values: &Value) -> Result<String, CallError> {
        let arguments = CallArguments { of: self.name, names, values };
        // What answers at once knows no plan.
        if self.is_immediate {
            return (self.call)(app, &arguments);
        }
        let answer = match values.get(SCENARIO).and_then(Value::as_str).filter(|key| !key.is_empty()) {
            Some(key) => (self.call)(&app.in_scenario_named(key).map_err(CallError::Failed)?, &arguments),
            None => (self.call)(app, &arguments),
        }?;
        // Rows that could not be read would be missing from it.
        app.check_reading().map_err(CallError::Failed)?;
        Ok(answer)
    }
}

/// Why a use case has no answer.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum CallError {
    /// The arguments are not those of the use case.
    Arguments(String),
    Failed(AppError),
}

/// The arguments of a call.
pub struct CallArguments<'a> {
    /// The name of the use case.
    of: &'static str,
    names: &'a [String],
    values: &'a Value,
}

impl CallArguments<'_> {
    fn parse<T: DeserializeOwned>(&self, at: usize) -> Result<T, CallError> {
        let name = self.names.get(at).map_or("", String::as_str);
        // What is missing may be optional.
        T::deserialize(self.values.get(name).unwrap_or(&Value::Null))
            .map_err(|error| CallError::Arguments(format!("invalid argument {name} of {}: {error}", self.of)))
    }
}

/// `with_neighbours` as `withNeighbours`.
fn in_camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut all, word| {
        let mut letters = word.chars();
        all.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        all.push_str(letters.as_str());
        all
    })
}

/// The state is no argument of the page.
impl FunctionArg for &AppState {
    fn to_datatype(_: &mut Types) -> Option<specta::datatype::DataType> {
        None
    }
}

/// A function that can be asked for by name. `M` is its signature: without it these would be one implementation for a type.
pub trait Callable<M> {
    #[doc(hidden)]
    fn call(&self, app: &AppState, arguments: &CallArguments<'_>) -> Result<String, CallError>;
}

/// What a use case answers with: something, or an error.
pub trait Reply: Serialize + Sized {
    #[doc(hidden)]
    fn json(self) -> Result<String, CallError> {
        written(&self)
    }
}

fn written(value: &impl Serialize) -> Result<String, CallError> {
    serde_json::to_string(value).map_err(|error| CallError::Arguments(error.to_string()))
}

impl<T: Serialize> Reply for Answer<T> {
    fn json(self) -> Result<String, CallError> {
        written(&self.map_err(CallError::Failed)?)
    }
}

impl<T: Serialize> Reply for Vec<T> {}

impl Reply for () {}

/// Marks functions that need no plan.
pub struct WithoutState;

macro_rules! callable {
    ($($argument:ident $at:literal),*) => {
        impl<F, R, $($argument),*> Callable<($($argument,)*)> for F
        where
            F: Fn(&AppState, $($argument),*) -> R,
            R: Reply,
            $($argument: DeserializeOwned),*
        {
            fn call(&self, app: &AppState, _arguments: &CallArguments<'_>) -> Result<String, CallError> {
                self(app, $(_arguments.parse::<$argument>($at)?),*).json()
            }
        }

        impl<F, R, $($argument),*> Callable<(WithoutState, $($argument,)*)> for F
        where
            F: Fn($($argument),*) -> R,
            R: Reply,
            $($argument: DeserializeOwned),*
        {
            fn call(&self, _: &AppState, _arguments: &CallArguments<'_>) -> Result<String, CallError> {
                self($(_arguments.parse::<$argument>($at)?),*).json()
            }
        }
    };
}

callable!();
callable!(A 0);
callable!(A 0, B 1);
callable!(A 0, B 1, C 2);
callable!(A 0, B 1, C 2, D 3);
callable!(A 0, B 1, C 2, D 3, E 4);
callable!(A 0, B 1, C 2, D 3, E 4, G 5);

/// The list of a room's use cases: functions in scope with `#[specta::specta]`. `@ immediate` after those that answer
/// at once.
macro_rules! use_cases {
    ($($name:ident $(@ $immediate:ident)?),* $(,)?) => {
        &[$(
            $crate::use_case::UseCase::new(
                stringify!($name),
                specta::function::fn_datatype!($name),
                |app, arguments| $crate::use_case::Callable::call(&$name, app, arguments),
            )$(.$immediate())?
        ),*]
    };
}

pub(crate) use use_cases;
