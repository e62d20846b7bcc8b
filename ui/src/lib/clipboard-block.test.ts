import { expect, test } from 'vitest';
import { formatBlock, parseBlock, plainCell } from './clipboard-block';

test('a block from a spreadsheet is read row by row', () => {
  expect(parseBlock('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(parseBlock('one')).toEqual([['one']]);
  expect(parseBlock('a\t\n\tb')).toEqual([
    ['a', ''],
    ['', 'b'],
  ]);
  expect(parseBlock('a\n\nb')).toEqual([['a'], [''], ['b']]);
});

test('quotes hold tabs, line breaks and quotes together', () => {
  expect(parseBlock('"a\tb"\t"say ""hi"""\n"two\nlines"')).toEqual([['a\tb', 'say "hi"'], ['two\nlines']]);
  expect(parseBlock('"not closed\tb')).toEqual([['"not closed', 'b']]);
  expect(parseBlock('"a" b\tc')).toEqual([['"a" b', 'c']]);
});

test('what is written is read again', () => {
  const rows = [
    ['plain', 'with\ttab', 'with "quotes"'],
    ['two\nlines', '', '"'],
  ];
  expect(parseBlock(formatBlock(rows))).toEqual(rows);
});

test('gives numbers as they are, and never words that a spreadsheet would run', () => {
  expect([4197, -2.5, null, undefined, 'Ledger', '2027-03-01'].map(plainCell)).toEqual([
    '4197',
    '-2.5',
    '',
    '',
    'Ledger',
    '2027-03-01',
  ]);
  expect(['=1+1', '+3', '-2', '@x', "'=1"].map(plainCell)).toEqual(["'=1+1", "'+3", "'-2", "'@x", "''=1"]);
});
