import { afterEach, expect, test, vi } from 'vitest';
import { firstOf, keepFocus, standOf, successor } from './focus';

const put = (html: string) => (document.body.innerHTML = html);
const at = (selector: string) => document.querySelector<HTMLElement>(selector)!;

/** The focus moves in the next frame, which a busy machine may be late with. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 4000 });

afterEach(() => put(''));

test('a dialog begins at its first field, or at a button that does more than close it', () => {
  put('<div id="d"><button aria-label="Close"></button><button id="b"></button><input id="f" /></div>');
  expect(firstOf(at('#d'))).toBe(at('#f'));
  at('#f').remove();
  expect(firstOf(at('#d'))).toBe(at('#b'));
  at('#b').remove();
  expect(firstOf(at('#d'))).toBe(null);
  put('<div id="d"><input id="f" /><input id="own" data-autofocus /></div>');
  expect(firstOf(at('#d'))).toBe(at('#own'));
});

test('what stands in its place takes over, and no text from a button', () => {
  put(
    '<main><p><button id="a"></button><button id="b"></button></p><input /><a id="c" href="#">c</a></main>',
  );
  const first = standOf(at('#a'));
  at('#a').remove();
  expect(successor(first)).toBe(at('#b'));
  const second = standOf(at('#b'));
  at('p').remove();
  expect(successor(second)).toBe(at('#c'));
});

test('a table takes over from what goes in its rows', () => {
  put(
    '<main><div id="t" role="grid" tabindex="0"><p><button id="a"></button></p><a href="#">b</a></div></main>',
  );
  const stand = standOf(at('#a'));
  at('p').remove();
  expect(successor(stand)).toBe(at('#t'));
});

test('the focus moves on when its button goes, and back to where a dialog was opened', async () => {
  let page = 'one';
  const stop = keepFocus(() => page);
  put('<main tabindex="-1"><button id="a"></button><button id="b"></button><button id="c"></button></main>');
  at('#a').focus();
  at('#a').remove();
  await soon(() => expect(document.activeElement).toBe(at('#b')));

  document.body.insertAdjacentHTML('beforeend', '<dialog open><button id="in"></button></dialog>');
  at('#in').focus();
  at('dialog').remove();
  await soon(() => expect(document.activeElement).toBe(at('#b')));

  page = 'two';
  at('#b').remove();
  await soon(() => expect(document.activeElement).toBe(at('main')));
  stop();
});

test('the focus moves on from what goes at once after it has taken it from something else', async () => {
  const stop = keepFocus(() => 'one');
  put('<main><button id="a"></button><button id="b"></button></main><button id="other"></button>');
  at('#other').focus();
  at('#a').focus();
  at('#a').remove();
  await soon(() => expect(document.activeElement).toBe(at('#b')));
  stop();
});
