//! A box of the chart on its way to another: what is dragged, over what, and whether it may be dropped there.

import type { ChartNode } from './nodes';
import { isMovable, refusal, type Tree } from './dragging';

/** Less than this is a click. */
const THRESHOLD = 5;

export class ChartDrag {
  /** What is dragged, once it has left its place. */
  node = $state.raw<ChartNode | null>(null);
  over = $state.raw<ChartNode | null>(null);
  x = $state(0);
  y = $state(0);
  /** Why it cannot be dropped where it is; none where it can, or over nothing. */
  readonly problem = $derived.by(() =>
    this.node && this.over ? refusal(this.tree(), this.node, this.over) : null,
  );

  constructor(
    readonly tree: () => Tree,
    readonly ondrop: (node: ChartNode, target: ChartNode) => void,
  ) {}

  /** The pointer went down on a box: it is dragged once it moves, until it is let go or Escape is pressed. */
  begin(event: PointerEvent, node: ChartNode): void {
    if (event.button !== 0 || !isMovable(node)) return;
    const start = { x: event.clientX, y: event.clientY };
    const moved = (move: PointerEvent) => {
      const far = Math.abs(move.clientX - start.x) + Math.abs(move.clientY - start.y);
      if (!this.node && far < THRESHOLD) return;
      this.node = node;
      this.x = move.clientX;
      this.y = move.clientY;
      this.over = this.#boxAt(move.clientX, move.clientY);
    };
    const dropped = () => {
      const { node, over, problem } = this;
      if (node) swallowClick();
      end();
      if (node && over && problem === null) this.ondrop(node, over);
    };
    const pressed = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !this.node) return;
      key.preventDefault();
      key.stopPropagation();
      window.addEventListener('pointerup', swallowClick, { once: true });
      end();
    };
    const end = () => {
      this.node = this.over = null;
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('pointerup', dropped);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', pressed, true);
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('pointerup', dropped);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', pressed, true);
  }

  #boxAt(x: number, y: number): ChartNode | null {
    const box = document.elementFromPoint(x, y)?.closest<SVGElement>('[data-node]');
    return (box && this.tree().node(Number(box.dataset.node))) ?? null;
  }
}

/** The click that follows letting go selects nothing. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  // None follows where the pointer was let go over something else.
  setTimeout(() => window.removeEventListener('click', swallow, true));
}
