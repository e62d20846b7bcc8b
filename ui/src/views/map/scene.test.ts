import { expect, test } from 'vitest';
import { facetOf, legendOf } from './color-by';
import { edge, graph, node } from './fixtures';
import { layOut } from './layout';
import { linksOf, sceneOf, sizesOf } from './scene';
import { svgOf } from './svg';

const colouring = { by: 'owner', day: '2026-11-24' } as const;
const ink = (token: string) => `[${token}]`;

function drawn(shown: ReturnType<typeof graph>) {
  const layout = layOut(sizesOf(shown), linksOf(shown));
  return sceneOf(shown, layout.places, layout, colouring);
}

test('every node and edge is drawn and written, also back, beside, and to itself', () => {
  const shown = graph(
    [node(1, 'Shop'), node(2, 'Ledger'), node(3, 'Ζήνων <&> "Co"'), node(4, 'Alone')],
    [edge(0, 1), edge(1, 0, { isCycle: true }), edge(0, 2, { stored: 0, implied: 1 }), edge(2, 2)],
  );
  const scene = drawn(shown);
  expect(scene.boxes).toHaveLength(4);
  expect(scene.wires.map((wire) => wire.id)).toEqual([
    'service:1>service:2',
    'service:2>service:1',
    'service:1>service:3',
    'service:3>service:3',
  ]);
  for (const wire of scene.wires) expect(wire.path + wire.head).not.toMatch(/NaN|undefined/);

  const svg = svgOf(scene, { title: 'Shop: neighbours', note: '', legend: [] }, ink);
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.querySelectorAll('.edge')).toHaveLength(4);
  expect(parsed.querySelectorAll('.node')).toHaveLength(4);
  expect(parsed.querySelectorAll('[stroke-dasharray]')).toHaveLength(1);
  expect(svg).toContain('Ζήνων &lt;&amp;&gt;');
  expect(svg).not.toMatch(/var\(--|class="box/);
});

test('a long name is cut in its box and whole in its title', () => {
  const long = 'A service with a name that nobody would give to a service that has to be typed';
  const [box] = drawn(graph([node(1, long)], [])).boxes;
  expect(box!.title).toMatch(/…$/);
  expect(box!.full).toContain(long);
});

test('error budgets have words, and what is not known is neutral', () => {
  const left = (state: string, share: number | null) => {
    const { label, legend, ink } = facetOf(node(1, 'a', { budget: { state, share } }), 'budget', [], '');
    return [label, legend, ink];
  };
  expect(left('left', 0.729)).toEqual(['72% left', 'Half or more left', 'good']);
  expect(left('left', 0.5)[1]).toBe('Half or more left');
  expect(left('left', 0.25)).toEqual(['25% left', 'A quarter or more left', 'medium']);
  expect(left('left', 0.004)).toEqual(['< 1% left', 'Less than a quarter left', 'high']);
  expect(left('spent', -5.9)).toEqual(['Spent', 'Spent', 'critical']);
  expect(left('spent', 0)[0]).toBe('Spent');
  expect(left('nothing-may-fail', null)[0]).toBe('Nothing may fail');
  expect(left('no-figures', null)).toEqual(['SLO without figures', 'SLO without figures', 'line-strong']);
  const none = facetOf(node(1, 'a'), 'budget', [], '');
  expect([none.label, none.ink]).toEqual(['No SLO', 'line']);
  const facets = [none, facetOf(node(1, 'b', { budget: { state: 'spent', share: -1 } }), 'budget', [], '')];
  expect(legendOf(facets).map(({ facet }) => facet.legend)).toEqual(['Spent', 'No SLO']);
});

test('colours have words, and what is not known has its own', () => {
  const day = '2026-11-24';
  const tier = (tier: number | null) => facetOf(node(1, 'a', { tier }), 'tier', [], day);
  expect(tier(1).label).toBe('Tier 1');
  expect(tier(null).label).toBe('No tier');
  const confirmed = (confirmed: string | null) => facetOf(node(1, 'a', { confirmed }), 'confirmed', [], day);
  expect(confirmed('2026-10-01').legend).toBe('Within 3 months');
  expect(confirmed('2020-01-01').label).toBe('Confirmed 1 Jan 2020');
  expect(confirmed(null).legend).toBe('Never confirmed');
  expect(facetOf(node(1, 'a'), 'owner', [], day).legend).toBe('Unowned');
  const legend = legendOf([tier(null), tier(2), tier(1), tier(2)]);
  expect(legend.map((line) => [line.facet.label, line.count])).toEqual([
    ['Tier 1', 1],
    ['Tier 2', 2],
    ['No tier', 1],
  ]);
});
