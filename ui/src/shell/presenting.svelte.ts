//! Showing a view to a room: the whole screen is for it and the timeline, without what one works with.

class Presenting {
  isOn = $state(false);
  /** Nobody has moved the pointer since: what it happens to rest on is not pointed at. */
  isStill = $state(false);

  toggle(): void {
    if (this.isOn) this.end();
    else this.#begin();
  }

  #begin(): void {
    this.isOn = this.isStill = true;
    // Where the screen cannot be had, the window is as large as it was.
    void document.documentElement.requestFullscreen?.().catch(() => {});
  }

  end(): void {
    this.isOn = this.isStill = false;
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
  }
}

export const presenting = new Presenting();
