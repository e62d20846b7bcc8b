//! Words of practices that several parts of the view share.

/** How a cell says its state where there is little room. */
export const SHORT: Record<string, string> = {
  below: 'below',
  unknown: 'unknown',
  stale: 'stale',
  met: 'met',
  'not-required': 'free',
  'not-applicable': 'n/a',
};

export function columnId(metric: number): string {
  return `practice-${metric}`;
}

/** What can be chosen as a level: numbers up to the top, with their words. */
export function levelChoices(top: number, words: readonly string[]): { value: string; title: string }[] {
  return Array.from({ length: top + 1 }, (_, level) => {
    const meaning = words[level];
    return { value: String(level), title: meaning ? `${level}: ${meaning}` : String(level) };
  });
}
