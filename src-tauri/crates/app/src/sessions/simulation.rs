//! The running simulation.

use std::sync::{Arc, Mutex, PoisonError};

use headroom_analysis::simulation::RunProgress;

/// The running simulation.
#[derive(Default)]
pub struct SimulationJob {
    running: Mutex<Option<Arc<RunProgress>>>,
}

impl SimulationJob {
    /// Starts one and cancels another that is running.
    pub fn begin(&self) -> Arc<RunProgress> {
        let watch = Arc::new(RunProgress::default());
        let before = self.running.lock().unwrap_or_else(PoisonError::into_inner).replace(watch.clone());
        if let Some(before) = before {
            before.cancel();
        }
        watch
    }

    pub fn cancel(&self) {
        if let Some(watch) = self.running.lock().unwrap_or_else(PoisonError::into_inner).take() {
            watch.cancel();
        }
    }
}
