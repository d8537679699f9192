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
let hovered = null, pointer = ""; // the block under the pointer, and where that is
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

function chance(i) {
  const likely = data.chances[i], level = data.threshold;
  const is = likely >= level ? "above" : "below";
  const scale = element("div", { className: "scale" });
  scale.append(element("i", { className: "likely" }), element("i", { className: "level" }));
  scale.firstChild.style.inlineSize = `${likely * 100}%`;
  scale.lastChild.style.insetInlineStart = `${level * 100}%`;
  const parts = [element("p", {}, `Probability ${likely.toFixed(3)}, ${is} the page's threshold of ${level.toFixed(3)}`), scale];
  if (data.otherwise[i]) parts.push(element("p", { className: "otherwise" }, `${data.otherwise[i][0].toUpperCase()}${data.otherwise[i].slice(1)}.`));
  const row = data.moved[i] ?? [];
  if (row.length) {
    const most = Math.max(1, ...row.filter((_, at) => at % 2).map(Math.abs));
    const table = element("table", { className: "moved" }, element("caption", {}, "What moved it, in log-odds"));
    for (let at = 0; at < row.length; at += 2) {
      const odds = row[at + 1], bar = element("i", { className: odds < 0 ? "against" : "for" });
      bar.style.inlineSize = `${(Math.abs(odds) / most) * 50}%`;
      table.append(element("tr", {},
        element("th", { scope: "row" }, data.groups[row[at]]),
        element("td", { className: "bar" }, bar),
        element("td", { className: "score" }, `${odds < 0 ? "−" : "+"}${Math.abs(odds).toFixed(2)}`)));
    }
    parts.push(table);
  }
  return parts;
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
  if (data.chances[i] !== null && data.chances[i] !== undefined) parts.push(...chance(i));
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
  if (current >= 0) shownFor(current).setAttribute("aria-selected", "false");
  current = -1;
  page.removeAttribute("aria-activedescendant");
  releaseFields();
  light([]);
  schedule();
}

function choose(i, { unfold = true } = {}) {
  releaseFields();
  if (current >= 0) shownFor(current).setAttribute("aria-selected", "false");
  current = -1;
  if (unfold && foldOf(i)) openFold(foldOf(i));
  if (!foldOf(i) && tile(i).hidden) showAll();
  current = i;
  const chosen = shownFor(i);
  chosen.setAttribute("aria-selected", "true");
  page.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
  tellParent(i);
  if (foldOf(i)) return light([]), explainFold(foldOf(i)), schedule();
  const paragraph = paragraphOf(i);
  light([...family(i).map(tile), paragraph]);
  chosen.classList.remove("lit");
  paragraph?.scrollIntoView({ block: "nearest" });
  explain(i);
  schedule();
}

function step(from, by) {
  const here = from < 0 || from >= data.labels.length ? null : foldOf(from);
  for (let i = from + by; i >= 0 && i < data.labels.length; i += by) {
    const fold = foldOf(i);
    if (fold ? fold !== here : !tile(i).hidden) return fold ? fold.first : i;
  }
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
};
const TYPED = "input:not([type=radio]), textarea, select"; // they take keys for themselves
const SCROLLED = "#article, #fields, .why, .theme"; // arrows and Home do something else there

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  if (event.key === "Escape") return letGo();
  if (event.key === "/" || event.key === "b") {
    event.preventDefault();
    return event.key === "/" ? $("#search").focus() : toBody();
  }
  if (event.target.closest(SCROLLED)) return;
  if (event.key === "Enter" && current >= 0 && !event.target.closest("button, a, summary")) {
    event.preventDefault();
    choose(foldOf(current) ? current : otherCopy(current));
  } else if (event.key in KEYS) {
    event.preventDefault();
    const to = KEYS[event.key](current);
    if (to >= 0 && to < data.labels.length) showTab("page"), choose(to, { unfold: false });
  }
});

document.addEventListener("pointermove", (event) => {
  const at = `${event.clientX} ${event.clientY}`, over = event.target.closest?.(".tile");
  if (over && at !== pointer && event.pointerType === "mouse" && over !== hovered) explain(numberOf(over));
  hovered = over, pointer = at; // at the same place the page has moved under the pointer
});
page.addEventListener("pointerleave", () => {
  hovered = null;
  if (current >= 0) foldOf(current) ? explainFold(foldOf(current)) : explain(current);
});

document.addEventListener("click", (event) => {
  const fold = event.target.closest(".fold");
  if (fold) return choose(numberOf(fold));
  if (event.target.closest("a.out")) return;
  const go = event.target.closest("a[href^='#b']");
  const over = go ? null : event.target.closest(".tile, .paragraph");
  if (go) event.preventDefault();
  if (!go && (!over || !getSelection().isCollapsed)) return;
  const i = go ? Number(go.hash.slice(2)) : over.classList.contains("tile") ? numberOf(over) : data.paragraphs.indexOf(numberOf(over));
  if (go || !over.classList.contains("tile")) showTab("page");
  choose(i);
  if (go) page.focus({ preventScroll: true });
});

