"use strict";

const $ = (query, within = document) => within.querySelector(query);
const data = JSON.parse($("#data").textContent);
const page = $("#page"), article = $("#article"), why = $("#why"), main = $("#main"), arcs = $("#arcs");
const tile = (i) => document.getElementById(`b${i}`);
const numberOf = (element) => Number(element.id.slice(1));

const copiesOf = new Map(); // block that was kept: the blocks that are copies of it
for (const [copy, [first, last]] of Object.entries(data.origins))
  for (let i = first; i <= last; i++) copiesOf.set(i, [...(copiesOf.get(i) ?? []), Number(copy)]);

let current = -1; // the block that the keyboard stands on
let lit = []; // elements marked as belonging to it, or to a field

/* Why: what was said about a block. Page text goes in as text, never as HTML. */

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function link(i, text) {
  return element("a", { href: `#b${i}`, className: "go" }, text);
}

function said(number, score, decided) {
  const [label, rule, reason] = data.said[number];
  const points = element("span", { className: "score" }, score.toFixed(2));
  return element(
    "li", { className: decided ? "decided" : "" },
    element("span", { className: "label" }, label), " ", element("code", {}, rule), " ", points,
    element("p", {}, reason),
  );
}

function explain(i) {
  const [start, end] = data.spans[i], row = data.rows[i];
  const facts = [`block ${i + 1}`, `characters ${start}–${end}`];
  if (data.before[i]) facts.push(`was ${data.before[i]} before`);
  const title = data.roles[i] === data.labels[i] ? data.roles[i] : `${data.roles[i]}, ${data.labels[i]}`;
  const head = element(
    "p", { className: `is ${data.roles[i]}` }, element("strong", {}, title), element("span", {}, facts.join(" · ")),
  );
  const list = element("ul", { className: "findings" });
  for (let at = 0; at < row.length; at += 2) list.append(said(row[at], row[at + 1], at === 0));
  const parts = [head];
  if (data.origins[i]) parts.push(element("p", {}, "Kept instead: ", link(data.origins[i][0], `block ${data.origins[i][0] + 1}`)));
  const copies = copiesOf.get(i) ?? [];
  if (copies.length) {
    const shown = copies.slice(0, 12).flatMap((copy) => [link(copy, `block ${copy + 1}`), " "]);
    parts.push(element("p", {}, copies.length > 1 ? `${copies.length} copies: ` : "Copy: ", ...shown));
  }
  why.replaceChildren(...parts, list);
}

/* Choosing a block. */

function light(elements) {
  for (const one of lit) one.classList.remove("lit");
  lit = elements.filter(Boolean);
  for (const one of lit) one.classList.add("lit");
}

function family(i) {
  const [first, last] = data.origins[i] ?? [i, i];
  const kept = Array.from({ length: Math.min(last - first + 1, 200) }, (_, k) => first + k);
  return [...kept, ...kept.flatMap((one) => copiesOf.get(one) ?? []).slice(0, 500)];
}

function paragraphOf(i) {
  const number = data.paragraphs[data.origins[i]?.[0] ?? i];
  return number < 0 ? null : document.getElementById(`p${number}`);
}

function letGo() {
  if (current >= 0) tile(current).setAttribute("aria-selected", "false");
  current = -1;
  page.removeAttribute("aria-activedescendant");
  releaseFields();
  light([]);
  schedule();
}

function choose(i) {
  releaseFields();
  if (current >= 0) tile(current).setAttribute("aria-selected", "false");
  current = i;
  const chosen = tile(i);
  chosen.setAttribute("aria-selected", "true");
  page.setAttribute("aria-activedescendant", chosen.id);
  if (chosen.hidden) showAll();
  chosen.scrollIntoView({ block: "nearest" });
  const paragraph = paragraphOf(i);
  light([...family(i).map(tile), paragraph]);
  chosen.classList.remove("lit");
  paragraph?.scrollIntoView({ block: "nearest" });
  explain(i);
  schedule();
}

function step(from, by) {
  for (let i = from + by; i >= 0 && i < data.labels.length; i += by) if (!tile(i).hidden) return i;
  return from;
}

function otherCopy(i) {
  const all = family(i).sort((a, b) => a - b);
  return all[(all.indexOf(i) + 1) % all.length];
}

const KEYS = {
  ArrowDown: (i) => step(i, 1),
  ArrowUp: (i) => (i < 0 ? step(-1, 1) : step(i, -1)),
  Home: () => step(-1, 1),
  End: () => step(data.labels.length, -1),
  PageDown: (i) => { for (let n = 0; n < 10; n++) i = step(i, 1); return i; },
  PageUp: (i) => { for (let n = 0; n < 10; n++) i = step(i, -1); return i; },
  Enter: (i) => (i < 0 ? i : otherCopy(i)),
};

page.addEventListener("keydown", (event) => {
  const move = KEYS[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const to = move(current);
  if (to >= 0 && to < data.labels.length) choose(to);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") letGo();
});

page.addEventListener("pointerover", (event) => {
  const over = event.target.closest(".tile");
  if (over && event.pointerType === "mouse") explain(numberOf(over));
});
page.addEventListener("pointerleave", () => {
  if (current >= 0) explain(current);
});

document.addEventListener("click", (event) => {
  const go = event.target.closest("a[href^='#b']");
  const over = go ? null : event.target.closest(".tile, .paragraph");
  if (go) event.preventDefault();
  if (!go && (!over || !getSelection().isCollapsed)) return;
  const i = go ? Number(go.hash.slice(2)) : over.classList.contains("tile") ? numberOf(over) : data.paragraphs.indexOf(numberOf(over));
  if (go || !over.classList.contains("tile")) showTab("page");
  choose(i);
  if (go) page.focus({ preventScroll: true });
});

/* Filters. */

const filters = $("#filters"), chips = [...filters.querySelectorAll(".chip")];
const LINE_HEIGHT = 2.6; // rem, of a tile of one line; what is out of sight is taken to be that high

function filter() {
  const pressed = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true");
  const labels = new Set(pressed.map((chip) => chip.dataset.label));
  const changed = pressed.some((chip) => "changed" in chip.dataset);
  let count = 0;
  for (const chunk of page.querySelectorAll(".chunk")) {
    let here = 0;
    for (const one of chunk.children) {
      const i = numberOf(one);
      one.hidden = pressed.length > 0 && !labels.has(data.labels[i]) && !(changed && data.before[i]);
      here += one.hidden ? 0 : 1;
    }
    chunk.hidden = here === 0;
    chunk.style.containIntrinsicBlockSize = pressed.length ? `${here * LINE_HEIGHT}rem` : "";
    count += here;
  }
  $("#clear").hidden = pressed.length === 0;
  $("#count").textContent = pressed.length ? `${count} of ${data.labels.length} blocks` : "";
  if (current >= 0 && !tile(current).hidden) tile(current).scrollIntoView({ block: "nearest" });
  schedule();
}

function showAll() {
  for (const chip of chips) chip.setAttribute("aria-pressed", "false");
  filter();
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

filters.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) press(chip, chip.getAttribute("aria-pressed") !== "true"), filter();
  if (event.target.closest("#clear")) showAll(), chips[0]?.focus();
});

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
    for (const one of chunk.children) {
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
if (["light", "dark"].includes(wanted)) {
  colour(wanted);
  $(`input[value=${wanted}]`, theme).checked = true;
}
if (/^#b\d+$/.test(location.hash) && $(location.hash)) choose(Number(location.hash.slice(2)));
