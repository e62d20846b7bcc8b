//! Detecting when a change of the page has been painted.

/// Script that calls `then` once the next frame is painted. WebKit runs the callback, layout and painting in one
/// task, so a timer that is due at once runs right after the paint. A message to the page itself would pass through
/// another process and wait for it.
pub const PAINTED: &str = "const painted = (then) => requestAnimationFrame(() => setTimeout(then));";
