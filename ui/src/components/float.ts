//! What floats beside a field, above everything: nothing around it cuts it off, and the window does not either.

/** Between the field and what floats. */
const GAP = 4;
/** Between it and the edge of the window. */
const EDGE = 8;

export interface Box {
  left: number;
  top: number;
  bottom: number;
}

/** Where it stands: under the field, above it where there is more room, and within the window. */
export function placeBeside(
  field: Box,
  size: { width: number; height: number },
  room: { width: number; height: number },
): { left: number; top: number } {
  const left = Math.max(EDGE, Math.min(field.left, room.width - size.width - EDGE));
  const below = field.bottom + GAP;
  const above = field.top - GAP - size.height;
  const fitsBelow = below + size.height <= room.height - EDGE;
  const isAbove = !fitsBelow && field.top > room.height - field.bottom;
  const top = Math.max(EDGE, Math.min(isAbove ? above : below, room.height - size.height - EDGE));
  return { left, top };
}

/** Floats the element beside another one as long as it is there. */
export function float(node: HTMLElement, field: HTMLElement) {
  node.popover = 'manual';
  // Not in jsdom.
  node.showPopover?.();
  const place = () => {
    const { left, top } = placeBeside(
      field.getBoundingClientRect(),
      { width: node.offsetWidth, height: node.offsetHeight },
      { width: window.innerWidth, height: window.innerHeight },
    );
    node.style.left = `${left}px`;
    node.style.top = `${top}px`;
  };
  place();
  const watcher = 'ResizeObserver' in window ? new ResizeObserver(place) : null;
  watcher?.observe(node);
  window.addEventListener('resize', place);
  window.addEventListener('scroll', place, true);
  return {
    destroy() {
      watcher?.disconnect();
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    },
  };
}
