//! Where the points of a small curve lie.

export interface CurvePoint {
  /** Which of the values it is. */
  at: number;
  x: number;
  y: number;
}

/** In a box of this size: the highest at the top, the lowest at the bottom; level ones in the middle. */
export function points(values: (number | null)[], width: number, height: number): CurvePoint[] {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const stride = width / Math.max(values.length - 1, 1);
  return values.flatMap((value, at) => {
    if (value === null) return [];
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return [{ at, x: at * stride, y: height - share * height }];
  });
}
