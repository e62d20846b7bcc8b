//! Every command and event of the window, from which the page's client is generated.
//!
//! The use cases of [`headroom_app`] are commands by their names and take and give JSON; only what needs the window is
//! a command of Tauri. So nothing is inlined into one large handler, which took minutes to compile.

use std::{collections::HashMap, sync::Arc};

use headroom_app::{
    USE_CASES,
    state::AppState,
    use_case::{CallError, UseCase},
};
use specta::Types;
use tauri::{
    Manager, Wry,
    ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody},
};
use tauri_specta::{Builder, Commands, collect_commands, collect_events};

use crate::{dialog, look_ahead, notices, open_url, picture};

pub fn interface() -> Builder<Wry> {
    Builder::<Wry>::new()
        .disable_serde_phases()
        .commands(with_use_cases(collect_commands![
            dialog::choose,
            look_ahead::look_ahead,
            open_url::open_link,
            picture::export_picture,
        ]))
        .events(collect_events![
            notices::ChangedElsewhere,
            notices::ImportProgress,
            notices::SimulationProgress,
        ])
}

/// The commands of the window and those of the application.
fn with_use_cases(Commands(handle_own, collect_own): Commands<Wry>) -> Commands<Wry> {
    let mut types = Types::default();
    let use_cases = USE_CASES.iter().copied().flatten();
    let names = |case: &UseCase| case.argument_names(&mut types).into();
    let known: HashMap<&str, (&'static UseCase, Arc<[String]>)> =
        use_cases.clone().zip(use_cases.clone().map(names)).map(|pair| (pair.0.name, pair)).collect();
    let handle = move |invoke: Invoke<Wry>| match known.get(invoke.message.command()) {
        Some((case, names)) => {
            answer(case, names.clone(), invoke);
            true
        }
        None => handle_own(invoke),
    };
    let collect = move |types: &mut Types| {
        let mut all = collect_own(types);
        all.functions.extend(use_cases.clone().map(|case| (case.signature)(types)));
        // The client does not depend on the division into rooms.
        all.functions.sort_by(|a, b| a.name.cmp(&b.name));
        all
    };
    Commands(Arc::new(handle), Arc::new(collect))
}

/// Calls a use case and answers the page, away from the window's thread unless it answers at once.
fn answer(case: &'static UseCase, names: Arc<[String]>, invoke: Invoke<Wry>) {
    let Invoke { message, resolver, .. } = invoke;
    let call = move || -> Result<InvokeResponseBody, InvokeError> {
        let answer = match message.payload() {
            InvokeBody::Json(values) => case.call(&message.webview_ref().state::<AppState>(), &names, values),
            InvokeBody::Raw(_) => Err(CallError::Arguments(format!("{} takes JSON", case.name))),
        };
        Ok(InvokeResponseBody::Json(answer?))
    };
    if case.is_immediate {
        resolver.respond(call());
    } else {
        resolver.respond_async_serialized(async move { call() });
    }
}
