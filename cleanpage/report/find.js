/* Folds: a long run of chrome is one row until somebody opens it. */

const FOLDED = 8; // blocks of a run at least
const folds = []; // {first, last, row}; the row stands before the first block
const inFold = new Map(); // block: its fold, while that is closed

let filtering = false; // then all that fits is shown, folded or not
const foldOf = (i) => (filtering ? undefined : inFold.get(i));
const shownFor = (i) => foldOf(i)?.row ?? tile(i);

function counted(first, last) {
  const counts = new Map();
  for (let i = first; i <= last; i++) counts.set(data.labels[i], (counts.get(data.labels[i]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([label, many]) => `${label} ${many}`);
}

function fold() {
  const out = (i) => data.roles[i] === "chrome" && !data.before[i] && !tile(i).classList.contains("near");
  for (let first = 0; first < data.roles.length; first++) {
    let end = first;
    while (end < data.roles.length && out(end)) end++;
    if (end - first >= FOLDED) {
      const words = counted(first, end - 1), most = words.length > 3 ? [...words.slice(0, 3), "…"] : words;
      const row = element("div", { id: `f${first}`, className: "fold", role: "option", lang: "en" }, `${end - first} blocks: ${most.join(", ")}`);
      row.setAttribute("aria-selected", "false");
      tile(first).before(row);
      folds.push({ first, last: end - 1, row });
    }
    first = Math.max(first, end);
  }
  for (const one of folds) closeFold(one);
  $("#unfold").hidden = folds.length === 0;
}

function closeFold(one) {
  one.row.hidden = false;
  for (let i = one.first; i <= one.last; i++) inFold.set(i, one);
}

function openFold(one) {
  one.row.hidden = true;
  one.row.setAttribute("aria-selected", "false");
  for (let i = one.first; i <= one.last; i++) inFold.delete(i);
  one.row.remove();
  filter();
}

function explainFold(one) {
  const head = element("p", { className: "is chrome" }, element("strong", {}, `${one.last - one.first + 1} blocks`), element("span", {}, `blocks ${one.first + 1}–${one.last + 1}`));
  const list = element("ul", { className: "findings" }, ...counted(one.first, one.last).map((words) => element("li", {}, words)));
  why.replaceChildren(head, element("p", {}, "None of them is in the article. Enter or a click opens them."), list);
}

$("#unfold").addEventListener("click", ({ currentTarget: button }) => {
  const on = button.getAttribute("aria-pressed") !== "true";
  press(button, on);
  if (current >= 0) letGo();
  for (const one of folds) {
    if (on) one.row.remove(), inFold.clear();
    else tile(one.first).before(one.row), closeFold(one);
  }
  filter();
});

/* Filters. */

const filters = $("#filters"), chips = [...filters.querySelectorAll(".chip")];
const LINE_HEIGHT = 2.6; // rem, of a tile of one line; what is out of sight is taken to be that high

function filter() {
  const pressed = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true");
  const labels = new Set(pressed.map((chip) => chip.dataset.label));
  const changed = pressed.some((chip) => "changed" in chip.dataset), near = pressed.some((chip) => "near" in chip.dataset);
  const wanted = (i, one) => labels.has(data.labels[i]) || (changed && data.before[i]) || (near && one.classList.contains("near"));
  if (current >= 0) shownFor(current).setAttribute("aria-selected", "false");
  filtering = pressed.length > 0;
  let count = 0;
  for (const chunk of page.querySelectorAll(".chunk")) {
    let here = 0;
    for (const one of chunk.children) {
      const i = numberOf(one), isFold = one.classList.contains("fold");
      one.hidden = isFold ? filtering : filtering ? !wanted(i, one) : inFold.has(i);
      here += one.hidden ? 0 : 1;
      count += one.hidden || isFold ? 0 : 1;
    }
    chunk.hidden = here === 0;
    chunk.style.containIntrinsicBlockSize = here < chunk.children.length ? `${here * LINE_HEIGHT}rem` : "";
  }
  $("#clear").hidden = pressed.length === 0;
  $("#count").textContent = pressed.length ? `${count} of ${data.labels.length} blocks` : "";
  if (current >= 0) {
    shownFor(current).setAttribute("aria-selected", "true");
    shownFor(current).scrollIntoView({ block: "nearest" });
  }
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

/* Search, and the way to the body. */

const search = $("#search");
let hits = [], hit = -1;

const plainly = (text) => text.normalize("NFKC").toLowerCase();

function find() {
  const words = plainly(search.value.trim());
  hits = [], hit = -1;
  if (words) data.labels.forEach((_, i) => plainly($(".said", tile(i)).textContent).includes(words) && hits.push(i));
  if (globalThis.Highlight) {
    const ranges = hits.slice(0, 500).flatMap((i) => [...$(".said", tile(i)).childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).flatMap((node) => {
      const at = node.data.toLowerCase().indexOf(words);
      return at < 0 || at + words.length > node.data.length ? [] : [new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + words.length })];
    }));
    CSS.highlights.set("found", new Highlight(...ranges));
  }
  $("#hits").textContent = !words ? "" : hits.length ? `${hits.length} ${hits.length === 1 ? "block" : "blocks"}` : "not on the page";
}

function toHit(by) {
  if (!hits.length) return;
  hit = (hit + by + hits.length) % hits.length;
  showTab("page");
  choose(hits[hit]);
  $("#hits").textContent = `${hit + 1} of ${hits.length}`;
}

search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(), toHit(event.shiftKey ? -1 : 1);
  if (event.key === "Escape") search.value = "", find(), search.blur();
});

function toBody() {
  const first = data.roles.indexOf("body");
  if (first >= 0) showTab("page"), choose(first), tile(first).scrollIntoView({ block: "start" });
}
$("#to-body").addEventListener("click", toBody);
$("#to-body").disabled = !data.roles.includes("body");
$("#tools").hidden = false;

