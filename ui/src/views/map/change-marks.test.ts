import { expect, test } from 'vitest';
import { changeInWords, changeLineText, changesInShort, changesOn } from './change-marks';
import { edge, graph, node } from './fixtures';
import { sceneOf } from './scene';
import { svgOf } from './svg';
import { emptyLayout } from './layout';

const compared = graph(
  [
    node(1, 'Invoices', {
      change: { mark: 'changed', short: '→ Invoicing', words: ['Payments → Invoicing'] },
    }),
    node(2, 'Ledger'),
    node(3, 'Archive', { change: { mark: 'removed', short: '', words: [] } }),
  ],
  [
    edge(0, 1, { change: { mark: 'becomesCrossTeam', short: '', words: [] } }),
    edge(0, 2, { change: { mark: 'removed', short: '', words: [] } }),
  ],
  { against: { day: '2027-02-01', isInEffect: true } },
);
const places = new Map(compared.nodes.map(({ key }, at) => [key, { x: at * 300, y: 0 }]));
const scene = sceneOf(compared, places, emptyLayout(), { by: 'owner', day: '2027-02-01' });

test('what changes is said in words, on the box and on the line', () => {
  expect(changeInWords({ mark: 'changed', short: '', words: ['a → b', 'Ada joins'] })).toBe(
    'Changed: a → b, Ada joins',
  );
  expect(scene.boxes.map((box) => box.full)).toEqual([
    'Invoices · Changed: Payments → Invoicing',
    'Ledger · Unchanged',
    'Archive · Removed',
  ]);
  expect(scene.boxes.map((box) => box.detail)).toEqual(['→ Invoicing', '', 'Removed']);
  expect(scene.wires.map((wire) => wire.full)).toEqual([
    'Invoices depends on Ledger · Becomes cross-team',
    'Invoices depends on Archive · Removed',
  ]);
  expect(scene.wires.map((wire) => wire.isDashed)).toEqual([false, true]);
});

test('the legend counts boxes and lines of each mark', () => {
  const lines = changesOn(compared);
  expect(lines.map((line) => changeLineText(line, 'service'))).toEqual([
    '− Removed: 1 service, 1 dependency',
    '± Changed: 1 service',
    '↗ Becomes cross-team: 1 dependency',
  ]);
  expect(changesInShort(lines)).toBe('2 removed, 1 changed, 1 becomes cross-team');
  expect(changesOn(graph([node(1, 'A')], []))).toEqual([]);
});

test('a file has sign, dash and colour', () => {
  const file = svgOf(scene, { title: '', note: '', legend: [] }, (token) => token);
  expect(file).toContain('stroke="critical" stroke-width="2" stroke-dasharray="6 4"');
  expect(file).toContain('>↗</text>');
  expect(file).toContain('>±</text>');
});
