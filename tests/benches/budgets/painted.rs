//! When a change of the page is on the screen.

/// Script: calls `then` once the next frame has been painted. WebKit runs the callback, works out styles and places and
/// paints in one task, so that whatever is due at once comes right after the paint. A message to oneself would not do:
/// it takes the way through another process and waits for that.
pub const PAINTED: &str = "const painted = (then) => requestAnimationFrame(() => setTimeout(then));";
