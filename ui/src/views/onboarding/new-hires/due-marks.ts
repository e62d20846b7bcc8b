//! What is due on the days of a checklist, as shapes: a bar for each day, overdue on top, then open, then done.

import { xOf, type Scale } from '../../../components/timeline/scale';
import type { DueMark } from '../../../ipc/client';

/** The height of the highest bar, in pixels. */
export const MOST = 24;
/** So many that many items on one day can be told from few. */
const heightOf = (items: number) => Math.min(MOST, 4 + items * 3);

export const itemsOf = (mark: DueMark) => mark.over + mark.open + mark.overdue;
const widthOf = (scale: Scale) => Math.max(2, Math.min(8, scale.zoom - 1));
const leftOf = (mark: DueMark, scale: Scale) =>
  xOf(scale, mark.day) + Math.max(0, (scale.zoom - widthOf(scale)) / 2);

/** The paths of all bars by kind; the ground is at [`MOST`]. */
export function shapesOf(marks: DueMark[], scale: Scale): { over: string; open: string; overdue: string } {
  const width = widthOf(scale);
  const shapes = { over: '', open: '', overdue: '' };
  for (const mark of marks) {
    const height = heightOf(itemsOf(mark));
    const x = Math.round(leftOf(mark, scale) * 10) / 10;
    let top = MOST - height;
    for (const kind of ['overdue', 'open', 'over'] as const) {
      const part = (height * mark[kind]) / itemsOf(mark);
      if (part === 0) continue;
      // What has a line around it stays within its place.
      const inset = kind === 'open' ? 0.5 : 0;
      const [w, h] = [width - 2 * inset, part - 2 * inset].map((side) => Math.round(side * 10) / 10);
      shapes[kind] += `M${x + inset} ${Math.round((top + inset) * 10) / 10}h${w}v${h}h-${w}z`;
      top += part;
    }
  }
  return shapes;
}

/** The bar at a place, with a pixel to spare on either side. */
export function markAt(marks: DueMark[], scale: Scale, x: number): DueMark | undefined {
  return marks.find((mark) => {
    const left = leftOf(mark, scale);
    return x >= left - 1 && x <= left + widthOf(scale) + 1;
  });
}
