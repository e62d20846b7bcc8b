//! What part of a picture is seen, and how wheel, drag and keys move it. Every chart and map has one.

import type { Rectangle } from './spatial-navigation';

interface Limits {
  least: number;
  most: number;
  /** What fitting does not go below, so that the picture can still be read. */
  readable: number;
}

const MARGIN = 24;
/** How far a key moves the picture. */
const STRIDE = 80;
/** Kept free for the buttons below the picture. */
const FOOT = 64;

export class Viewport {
  width = $state(0);
  height = $state(0);
  zoom = $state(1);
  x = $state(MARGIN);
  y = $state(MARGIN);
  isMoving = $state(false);

  constructor(readonly limits: Limits) {}

  /** How large a picture may be that is seen whole at its own size. */
  get room(): { width: number; height: number } {
    return { width: this.width - 2 * MARGIN, height: this.height - MARGIN - FOOT };
  }

  /** All of it, if it can be read then; else as large as can be read, from the top left. */
  fit(picture: Rectangle, readable = this.limits.readable): void {
    const across = this.room.width / Math.max(1, picture.width);
    const down = this.room.height / Math.max(1, picture.height);
    this.zoom = Math.max(readable, Math.min(1, across, down));
    this.x = Math.max(MARGIN, (this.width - picture.width * this.zoom) / 2) - picture.x * this.zoom;
    this.y = Math.max(MARGIN, (this.height - FOOT - picture.height * this.zoom) / 2) - picture.y * this.zoom;
  }

  /** Fits as `fit` does; where it lies so already, shows all of it, however small. */
  fitAgain(picture: Rectangle): void {
    const place = () => [this.zoom, this.x, this.y].join();
    const before = place();
    this.fit(picture);
    if (place() === before) this.fit(picture, this.limits.least);
  }

  zoomAt(px: number, py: number, factor: number): void {
    const next = Math.min(this.limits.most, Math.max(this.limits.least, this.zoom * factor));
    this.x = px - ((px - this.x) * next) / this.zoom;
    this.y = py - ((py - this.y) * next) / this.zoom;
    this.zoom = next;
  }

  /** Zooms at the middle. */
  zoomBy(factor: number): void {
    this.zoomAt(this.width / 2, this.height / 2, factor);
  }

  moveBy(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
  }

  wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.zoomAt(event.clientX - frame.left, event.clientY - frame.top, Math.exp(-event.deltaY / 500));
  };

  /** Begins to drag the picture, until the pointer is let go; `released` hears whether it went anywhere. */
  grab(event: PointerEvent, released: (isMoved: boolean) => void = () => {}): void {
    if (event.button === 2) return;
    const from = { x: event.clientX, y: event.clientY };
    const start = { x: from.x - this.x, y: from.y - this.y };
    const surface = event.currentTarget as HTMLElement;
    surface.setPointerCapture(event.pointerId);
    this.isMoving = true;
    let isMoved = false;
    surface.onpointermove = (move) => {
      isMoved ||= Math.abs(move.clientX - from.x) + Math.abs(move.clientY - from.y) > 3;
      this.x = move.clientX - start.x;
      this.y = move.clientY - start.y;
    };
    surface.onpointerup = surface.onpointercancel = () => {
      surface.onpointermove = surface.onpointerup = surface.onpointercancel = null;
      this.isMoving = false;
      released(isMoved);
    };
  }

  /** Brings a box into sight by the shortest way. */
  reveal(box: Rectangle): void {
    const left = box.x * this.zoom + this.x;
    const top = box.y * this.zoom + this.y;
    const right = left + box.width * this.zoom;
    const bottom = top + box.height * this.zoom;
    if (right > this.width - MARGIN) this.x -= right - this.width + MARGIN;
    if (left < MARGIN) this.x += MARGIN - left;
    if (bottom > this.height - MARGIN) this.y -= bottom - this.height + MARGIN;
    if (top < MARGIN) this.y += MARGIN - top;
  }

  /** Brings the middle of a box to the middle of what is seen. */
  centre(box: Rectangle): void {
    this.x = this.width / 2 - (box.x + box.width / 2) * this.zoom;
    this.y = this.height / 2 - (box.y + box.height / 2) * this.zoom;
  }

  /** What the keys do in every picture; `fit` is the picture's own. */
  keys(fit: () => void): Record<string, () => void> {
    return {
      '+': () => this.zoomBy(1.25),
      '=': () => this.zoomBy(1.25),
      '-': () => this.zoomBy(0.8),
      f: fit,
      'Ctrl ArrowLeft': () => this.moveBy(STRIDE, 0),
      'Ctrl ArrowRight': () => this.moveBy(-STRIDE, 0),
      'Ctrl ArrowUp': () => this.moveBy(0, STRIDE),
      'Ctrl ArrowDown': () => this.moveBy(0, -STRIDE),
    };
  }
}

/** Runs what a key stands for, alone or with Ctrl. */
export function press(event: KeyboardEvent, keys: Record<string, () => void>): void {
  const name = event.ctrlKey || event.metaKey ? `Ctrl ${event.key}` : event.key;
  const run = event.altKey ? undefined : keys[name];
  if (!run) return;
  event.preventDefault();
  run();
}
