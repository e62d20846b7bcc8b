import { afterEach, expect, it, vi } from 'vitest';
import { keepPrimaryClicks } from './primary-clicks';

let stop = () => {};
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

/** A press and its click, as WebKit sends them: the click never says which button it was. */
function press(button: HTMLElement, which: number): void {
  button.dispatchEvent(new MouseEvent('pointerdown', { button: which, bubbles: true }));
  button.dispatchEvent(new MouseEvent('click', { button: 0, detail: 1, bubbles: true }));
}

it('takes a right click for no click, on any button, and the keyboard for one', () => {
  stop = keepPrimaryClicks();
  const button = document.body.appendChild(document.createElement('button'));
  const onclick = vi.fn();
  button.addEventListener('click', onclick);
  press(button, 2);
  press(button, 1);
  expect(onclick).not.toHaveBeenCalled();
  button.click();
  expect(onclick).toHaveBeenCalledTimes(1);
  press(button, 0);
  expect(onclick).toHaveBeenCalledTimes(2);
});
