// What a picky designer would send back of the page as it stands: text too small to read, controls outside of the window or
// under others, words over words, cut text in the main column of a table. A line for each. Names of 80 letters
// (`areNamesLong`) may be cut where the whole name is shown at the pointer.
const SMALLEST = 11;
const wrong = [];

const name = (node) => {
  const words = (node.getAttribute('aria-label') || node.textContent || node.getAttribute('placeholder') || '').trim();
  return `<${node.tagName.toLowerCase()}> “${words.replace(/\s+/g, ' ').slice(0, 50)}”`;
};

// The part of a node that is in sight: what its scrolling and clipping ancestors leave of it.
function inSight(node) {
  const own = node.getBoundingClientRect();
  let [left, top, right, bottom] = [own.left, own.top, own.right, own.bottom];
  let canScroll = false;
  for (let above = node.parentElement; above; above = above.parentElement) {
    const style = getComputedStyle(above);
    if (style.overflow === 'visible' || above === document.body || above === document.documentElement) continue;
    const box = above.getBoundingClientRect();
    if (/auto|scroll/.test(style.overflow)) canScroll = true;
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    if (style.position === 'fixed') break;
  }
  return { left, top, right, bottom, own, canScroll, isEmpty: right - left < 2 || bottom - top < 2 };
}

const isShown = (node) =>
  node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !node.closest('[inert], [aria-hidden="true"]');

// In a modal dialog only that can be used.
const modal = [...document.querySelectorAll('dialog')].find((dialog) => dialog.matches(':modal'));
const root = modal ?? document.body;

for (const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node || !isShown(node) || node.closest('.visually-hidden, style, script, option')) continue;
  let size = parseFloat(getComputedStyle(node).fontSize);
  const svg = node.closest('svg');
  if (svg && node.getScreenCTM) size *= node.getScreenCTM()?.a ?? 1;
  if (size < SMALLEST - 0.05 && !inSight(node).isEmpty) wrong.push(`text of ${size.toFixed(1)} px: ${name(node)}`);
}

const controls = [...root.querySelectorAll('button, a[href], input, select, textarea, summary')].filter(
  (node) => isShown(node) && node.type !== 'hidden',
);
for (const node of controls) {
  const seen = inSight(node);
  const { own } = seen;
  if (own.width < 1 || own.height < 1) continue;
  if (!seen.canScroll && (own.left < -1 || own.top < -1 || own.right > innerWidth + 1 || own.bottom > innerHeight + 1)) {
    wrong.push(`outside of the window: ${name(node)}`);
    continue;
  }
  if (seen.isEmpty) continue;
  const [x, y] = [(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2];
  if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
  const hit = document.elementFromPoint(x, y);
  const label = node.closest('label');
  if (hit && hit !== node && !node.contains(hit) && !hit.contains(node) && !label?.contains(hit))
    wrong.push(`${name(node)} is under ${name(hit)}`);
}

// Whether a node has a ground of its own over what it does not share with another, as a head that stays has.
function covers(node, other) {
  for (let at = node; at && !at.contains(other); at = at.parentElement) {
    if (!/^rgba\(.*, 0\)$|transparent/.test(getComputedStyle(at).backgroundColor)) return true;
  }
  return false;
}

// Words that lie on other words. Those of a picture may.
const words = [];
for (const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node || !isShown(node) || node.closest('svg, .visually-hidden, style, script, option')) continue;
  const seen = inSight(node);
  if (seen.isEmpty) continue;
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  for (const box of range.getClientRects()) {
    const [left, top] = [Math.max(box.left, seen.left), Math.max(box.top, seen.top)];
    const [right, bottom] = [Math.min(box.right, seen.right), Math.min(box.bottom, seen.bottom)];
    if (right - left > 3 && bottom - top > 3) words.push({ node, left, top, right, bottom });
  }
}
words.sort((one, other) => one.top - other.top);
words.forEach((one, at) => {
  for (const other of words.slice(at + 1)) {
    if (other.top > one.bottom - 4) break;
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    if (covers(one.node, other.node) || covers(other.node, one.node)) continue;
    if (across > 3 && one.node !== other.node && !one.node.closest('[popover], dialog, .palette') === !other.node.closest('[popover], dialog, .palette'))
      wrong.push(`${name(one.node)} lies on ${name(other.node)}`);
  }
});

for (const row of root.querySelectorAll('[role=row], tbody tr')) {
  const cell = row.querySelector('[data-primary], th[scope=row]');
  if (!cell || !isShown(cell) || inSight(cell).isEmpty) continue;
  const cut = [cell, ...cell.querySelectorAll('*')].find(
    (node) =>
      node.clientWidth > 0 &&
      getComputedStyle(node).overflowX !== 'visible' &&
      (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 2),
  );
  const isTold = areNamesLong && cell.querySelector('[title]')?.title.includes(cell.innerText.trim().slice(0, 40));
  if (cut && !isTold) wrong.push(`cut in the main column: ${name(cell)}`);
}

return [...new Set(wrong)].slice(0, 12);
