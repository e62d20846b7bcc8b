import { describe, expect, it } from 'vitest';
import { isEmpty, said, sentence, waterfall, type Chart } from './chart';
import { draw } from './draw';
import { chartFile } from './svg';

const months: Chart = {
  title: 'Cost <by month>',
  places: ['Jan', 'Feb', 'Mar'].map((label) => ({ id: label, label, title: `${label} 2027` })),
  marks: [
    { kind: 'bars', id: 'a', title: 'So far', ink: 'hue-1', values: [10, 20, null] },
    { kind: 'bars', id: 'b', title: 'To come', ink: 'hue-2', values: [5, 0, 40] },
    { kind: 'line', id: 'c', title: 'Budget', ink: 'hue-3', values: [12, null, 60], dash: 'dashed' },
    { kind: 'band', id: 'd', title: 'P10–P90', ink: 'hue-4', low: [1, 2, 3], high: [4, 5, 80] },
  ],
  format: (value) => `€${value}`,
};

describe('a chart', () => {
  it('says in words what it shows at a place', () => {
    expect(sentence(months, 1)).toBe('Feb 2027: So far €20, To come €0, P10–P90 €2 – €5');
    expect(isEmpty(months)).toBe(false);
    expect(isEmpty({ ...months, places: [] })).toBe(true);
  });

  it('reaches from the ground to the highest value, stacked or not', () => {
    const tops = [false, true].map((isStacked) => {
      const { shapes, plot } = draw({ ...months, isStacked }, 600, 200);
      const rects = shapes.filter((shape) => shape.kind === 'rect');
      expect(rects).toHaveLength(4);
      expect(Math.min(...rects.map((rect) => rect.y))).toBeGreaterThanOrEqual(plot.top);
      const feet = rects.map((rect) => rect.y + rect.height);
      expect(Math.max(...feet)).toBeCloseTo(plot.bottom, 0);
      return feet;
    });
    // Stacked, the second bar of January stands on the first.
    expect(tops[1]?.[1]).toBeLessThan(tops[0]?.[1] ?? 0);
  });

  it('leaves labels out where there is no room, and draws when there is nothing', () => {
    const many = {
      ...months,
      places: Array.from({ length: 60 }, (_, at) => ({ id: `${at}`, label: 'Jan 27', title: 'x' })),
      marks: [],
    };
    const labels = draw(many, 400, 200).shapes.filter(
      (shape) => shape.kind === 'text' && shape.words === 'Jan 27',
    );
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.length).toBeLessThan(10);
    expect(() => draw({ ...months, places: [], marks: [] }, 100, 100)).not.toThrow();
  });

  it('is a file that a viewer can read', () => {
    const svg = chartFile(months, (token) => `#${token.length}${token.length}${token.length}`);
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(document.querySelector('parsererror')).toBeNull();
    expect(svg).not.toContain('var(');
    expect(svg).not.toContain('NaN');
  });
});

describe('a waterfall', () => {
  const chart = waterfall(
    [
      { id: 'start', title: 'Approved', value: 100, isTotal: true },
      { id: 'timing', title: 'Timing', value: -30 },
      { id: 'rate', title: 'Rate', value: 12 },
      { id: 'end', title: 'Now', value: 82, isTotal: true },
    ],
    { title: 'Difference', format: String },
  );

  it('begins each step where the one before it ended', () => {
    const mark = chart.marks[0];
    expect(mark?.kind === 'floats' && mark.steps.map((step) => [step.from, step.to])).toEqual([
      [0, 100],
      [100, 70],
      [70, 82],
      [0, 82],
    ]);
    expect(chart.places.map((_, at) => said(chart, chart.marks[0]!, at))).toEqual([
      '100',
      '-30',
      '+12',
      '82',
    ]);
  });

  it('says above each step what it is', () => {
    const words = draw(chart, 800, 200).shapes.flatMap((shape) =>
      shape.kind === 'text' ? [shape.words] : [],
    );
    expect(words).toEqual(expect.arrayContaining(['100', '-30', '+12', '82']));
  });

  const revenue = (isCut: boolean, value = 500_000) =>
    waterfall(
      [
        { id: 'opening', title: 'Opening', value, isTotal: true },
        { id: 'new', title: 'New', value: 9000 },
        { id: 'rest', title: 'Not explained', value: 0, ink: 'hue-4' },
        { id: 'closing', title: 'Closing', value: value + 9000, isTotal: true },
      ],
      { title: 'MRR', format: String },
      { isMoreBad: false, isCut },
    );
  const heights = (of: Chart) =>
    draw(of, 800, 200).shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape.height] : []));

  it('begins its axis below the steps where these could not be seen beside the totals', () => {
    expect(revenue(false).ground).toBeUndefined();
    const { ground = 0 } = revenue(true);
    expect(ground).toBeGreaterThan(0);
    expect(ground).toBeLessThan(500_000);
    const [whole = 0, step = 0] = heights(revenue(false));
    expect(step / whole).toBeLessThan(0.03);
    const [cut = 0, visible = 0] = heights(revenue(true));
    expect(visible / cut).toBeGreaterThan(0.3);
  });

  it('leaves the axis where steps are as large as the totals, or reach below nothing', () => {
    expect(revenue(true, 1000).ground).toBeUndefined();
    expect(revenue(true, -5000).ground).toBeUndefined();
  });

  it('has the colours of what more is, and of what is neither good nor bad', () => {
    const inks = (isMoreBad: boolean) =>
      waterfall(
        [{ id: 'new', title: 'New', value: 1 }],
        { title: '', format: String },
        { isMoreBad },
      ).marks.flatMap((mark) => (mark.kind === 'floats' ? mark.steps.map((step) => step.ink) : []));
    expect([inks(true), inks(false)]).toEqual([['hue-2'], ['hue-3']]);
    const [mark] = revenue(true).marks;
    expect(mark?.kind === 'floats' && mark.steps[2]?.ink).toBe('hue-4');
  });
});

describe('what happened', () => {
  const joined: Chart = {
    ...months,
    happenings: [
      {
        id: 'hires',
        title: 'Hires',
        ink: 'hue-4',
        sign: 'dot',
        at: [[], ['Ada', 'Bo'], ...months.places.slice(2).map(() => [])],
      },
    ],
  };

  it('is marked below its place, with how often', () => {
    const { shapes, plot, middles } = draw(joined, 600, 220);
    const words = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape] : []));
    const often = words.find((shape) => shape.words === '2' && shape.y > plot.bottom);
    expect(often?.x).toBeGreaterThan(middles[1]!);
    expect(words.some((shape) => shape.words === 'Hires')).toBe(true);
    expect(plot.bottom).toBeLessThan(draw(months, 600, 220).plot.bottom);
  });

  it('is heard with the place', () => {
    expect(sentence(joined, 1)).toContain('Hires: Ada, Bo');
    expect(sentence(joined, 0)).not.toContain('Hires');
  });
});
