/* Fields: where they come from. */

const fields = $("#fields");

function releaseFields() {
  for (const button of fields.querySelectorAll("[aria-pressed=true]")) press(button, false);
  if (globalThis.Highlight) CSS.highlights.delete("value");
}

function mark(places) {
  if (!globalThis.Highlight) return;
  const ranges = [];
  for (const { blocks, values } of places)
    for (const block of blocks)
      for (const node of $(".said", block).childNodes)
        for (const value of node.nodeType === Node.TEXT_NODE ? values : []) {
          const at = node.data.indexOf(value);
          if (value && at >= 0) ranges.push(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + value.length }));
        }
  CSS.highlights.set("value", new Highlight(...ranges));
}

function printed(button) {
  const values = JSON.parse(button.dataset.values);
  if (button.dataset.field !== "published") return values;
  const raw = fields.querySelectorAll(".source[data-field=published_raw]");
  return [...values, ...[...raw].flatMap((one) => JSON.parse(one.dataset.values))];
}

fields.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const on = button.getAttribute("aria-pressed") !== "true";
  letGo();
  if (!on) return;
  const sources = button.classList.contains("source")
    ? [button]
    : [...button.closest(".field").querySelectorAll(":scope > .source:enabled, :scope > details:not(:has(.other)) .source:enabled")];
  press(button, true);
  const places = sources.map((source) => {
    const { first, last } = source.dataset, blocks = [];
    for (let i = Number(first); i <= Number(last); i++) blocks.push(tile(i));
    return { blocks, values: printed(source) };
  });
  const blocks = places.flatMap((place) => place.blocks);
  for (const block of blocks) if (foldOf(numberOf(block))) openFold(foldOf(numberOf(block)));
  if (blocks.some((block) => block.hidden)) showAll();
  light(blocks);
  mark(places);
  showTab("page");
  const top = blocks.reduce((a, b) => (numberOf(b) < numberOf(a) ? b : a));
  top.scrollIntoView({ block: "center" });
  explain(numberOf(top));
  schedule();
});

/* Lines from duplicates to what was kept, for what is in sight. */

const inSight = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) entry.isIntersecting ? inSight.add(entry.target) : inSight.delete(entry.target);
  schedule();
}, { root: page });
for (const chunk of page.querySelectorAll(".chunk")) watcher.observe(chunk);

const MOST = 300, OUTSIDE = 60;
let frame = 0;

function schedule() {
  frame ||= requestAnimationFrame(draw);
}

function draw() {
  frame = 0;
  const box = page.getBoundingClientRect();
  const middle = new Map(); // block in sight: the height of its middle
  for (const chunk of inSight)
    for (const one of chunk.querySelectorAll(":scope > .tile")) {
      const i = numberOf(one);
      if (one.hidden || !(data.origins[i] || copiesOf.has(i))) continue;
      const { top, bottom } = one.getBoundingClientRect();
      if (bottom > box.top && top < box.bottom) middle.set(i, (top + bottom) / 2 - box.top);
    }
  const pairs = new Map();
  for (const i of middle.keys())
    for (const copy of data.origins[i] ? [i] : copiesOf.get(i)) pairs.set(copy, data.origins[copy][0]);
  const gutter = Number.parseFloat(getComputedStyle(page).paddingRight);
  const right = page.clientWidth - gutter;
  const drawn = { cold: { lines: "", heads: "" }, hot: { lines: "", heads: "" } };
  const near = current >= 0 ? new Set(family(current)) : new Set();
  const first = Math.min(...middle.keys());
  const out = (i) => (i < first ? -OUTSIDE : box.height + OUTSIDE);
  let count = 0;
  for (const [copy, kept] of pairs) {
    if (count === MOST || tile(copy).hidden || tile(kept).hidden) continue;
    const from = middle.get(copy) ?? out(copy), to = middle.get(kept) ?? out(kept);
    const bend = right + gutter * (0.35 + 0.1 * (count % 6));
    const { lines, heads } = arc(right + 2, from, to, bend);
    const kind = near.has(copy) ? drawn.hot : drawn.cold;
    kind.lines += lines, kind.heads += heads;
    count++;
  }
  const [line, head, hotLine, hotHead] = arcs.children;
  line.setAttribute("d", drawn.cold.lines), head.setAttribute("d", drawn.cold.heads);
  hotLine.setAttribute("d", drawn.hot.lines), hotHead.setAttribute("d", drawn.hot.heads);
}

function arc(x, from, to, bend) {
  const turn = Math.min(14, Math.abs(to - from) / 2) * Math.sign(to - from);
  const lines = `M${x} ${from}Q${bend} ${from} ${bend} ${from + turn}V${to - turn}Q${bend} ${to} ${x + 5} ${to}`;
  return { lines, heads: `M${x} ${to}l7 -4v8z` };
}

page.addEventListener("scroll", schedule, { passive: true });
new ResizeObserver(schedule).observe(page);

/* Parts of the report on narrow screens, and colours. */

const tabs = $("#tabs");

function showTab(name) {
  main.dataset.tab = name;
  for (const tab of tabs.children) press(tab, tab.dataset.tab === name);
  schedule();
}

tabs.addEventListener("click", (event) => {
  const tab = event.target.closest("button");
  if (tab) showTab(tab.dataset.tab);
});

const theme = $("#theme");
function remember(value) {
  try { // refused to files and sandboxes by some browsers
    if (value) localStorage.setItem("cleanpage-colours", value);
    return localStorage.getItem("cleanpage-colours");
  } catch {
    return value;
  }
}
function colour(value) {
  document.documentElement.dataset.theme = value;
}
theme.hidden = false;
theme.addEventListener("change", (event) => {
  colour(event.target.value);
  remember(event.target.value);
});
const wanted = remember();
if (parent !== window) document.documentElement.classList.add("framed");
if (["light", "dark"].includes(wanted)) {
  colour(wanted);
  $(`input[value=${wanted}]`, theme).checked = true;
}

/* In the workbench: which block is chosen. The frame around has the page, so a number is all it needs. */

function tellParent(block) {
  if (parent !== window) parent.postMessage({ block }, "*");
}

addEventListener("message", (event) => {
  const block = event.source === parent && parent !== window ? event.data?.choose : null;
  if (Number.isInteger(block) && tile(block)) choose(block), tile(block).scrollIntoView({ block: "center" });
});

fold();
filter();
if (/^#b\d+$/.test(location.hash) && $(location.hash)) choose(Number(location.hash.slice(2)));
