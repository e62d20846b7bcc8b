/**
 * Runs something once the next frame has been painted; answers with what calls it off. A frame is painted after its
 * callbacks: a timer that is due at once comes right behind it.
 */
export function oncePainted(run: () => void): () => void {
  let timer = 0;
  const frame = requestAnimationFrame(() => (timer = window.setTimeout(run)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/**
 * Whether the first frame with what is there has been painted: what stands below it is built after that frame, so that
 * nobody waits for what they do not see yet.
 */
export function afterPaint(isThere: () => boolean): { readonly isPainted: boolean } {
  let isPainted = $state(false);
  $effect(() => {
    if (!isPainted && isThere()) return oncePainted(() => (isPainted = true));
  });
  return {
    get isPainted() {
      return isPainted;
    },
  };
}
