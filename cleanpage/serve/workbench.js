"use strict";

const $ = (id) => document.getElementById(id);
const text = $("text"), rule = $("rule"), state = $("state");
const START = `[[rule]]
id = "mine.lottery"
label = "ad"
why = "The paper's lottery box stands under every article."
pattern = '今日(?:彩票|开奖)[:|].*'
examples = ["今日开奖：双色球"]
counter_examples = ["今日开奖的是一家老书店。"]
`;
const SHORT = 80; // characters of a field's two values that fit on one line
const MAX_BYTES = 20 * 2 ** 20;

let file = null; // {name, base64} of the file that is open
let favor = "balance"; // what the server was started with
let asking = null; // aborts the question that is under way
let lines = []; // text, role and label of each block of the page that is shown
let chosen = -1; // the block that is chosen in the report
let goTo = null; // the block that the next report begins with
let shown = ""; // the page that is shown
let mayWrite = false; // whether somebody has said that the config file may be written

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/* The TOML: what is sent, tried and saved. */

function toml() {
  const settings = [];
  if ($("favor").value !== favor) settings.push(`favor = "${$("favor").value}"`);
  if ($("byline").checked) settings.push("keep_byline = true");
  return [...settings, ...(settings.length && rule.value ? [""] : []), rule.value].join("\n");
}

function page() {
  if (file) return { base64: file.base64 };
  return $("name").value ? { name: $("name").value } : { text: text.value };
}

async function ask(path, body, signal) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `the server answered ${answer.status}`);
  return answer;
}

/* One page: asked again at each change, a moment after the last key. */

let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(tryPage, 300);
}

async function tryPage() {
  clearTimeout(timer);
  asking?.abort();
  const mine = (asking = new AbortController());
  const body = { ...page(), url: $("url").value, toml: toml() };
  const empty = "text" in body && !body.text.trim();
  state.classList.add("waiting");
  try {
    const answer = await (await ask("try", body, mine.signal)).json();
    if (mine !== asking) return;
    problems(answer.problems);
    state.textContent = empty ? "Paste a page to see what becomes of it."
      : answer.tried ? summary(answer.changes) : "Not tried: the rule has to be mended first.";
    $("changed").hidden = empty || !answer.changes.differs;
    $("changed").querySelector(".body").replaceChildren(diff(answer.changes));
    $("report").hidden = empty;
    if (!empty) showReport(answer);
  } catch (error) {
    if (mine === asking && error.name !== "AbortError") state.textContent = `Not tried: ${error.message}`;
  } finally {
    if (mine === asking) state.classList.remove("waiting");
  }
}

function problems(found) {
  $("problems").replaceChildren(...found.map((problem) => element("li", {}, problem)));
  $("save").disabled = $("save-config").disabled = found.length > 0 || !toml().trim();
}

/* The report in its frame, and the line that is chosen there. The frame may run nothing but our script, which sends a
   number; the text of the line comes from the server. */

function showReport(answer) {
  const now = JSON.stringify(page());
  goTo = now === shown && chosen >= 0 ? chosen : answer.first;
  if (now !== shown) choose(-1);
  shown = now;
  lines = answer.lines;
  $("report").srcdoc = answer.report;
}

$("report").addEventListener("load", () => {
  if (goTo !== null) $("report").contentWindow.postMessage({ choose: goTo }, "*");
  goTo = null;
});

addEventListener("message", (event) => {
  if (event.source === $("report").contentWindow && Number.isInteger(event.data?.block)) choose(event.data.block);
});

function choose(block) {
  const line = lines[block];
  $("line").hidden = !line;
  if (chosen !== block) $("line-note").textContent = "";
  chosen = line ? block : -1;
  if (!line) return;
  const [words, role, label] = line;
  $("line-is").textContent = `Block ${block + 1} · ${role === label ? role : `${role}, ${label}`} ·`;
  $("line-text").textContent = words;
  const kept = Boolean(page().name);
  $("stay").disabled = $("go").disabled = !kept;
  $("stay").title = $("go").title = kept ? "" : "Lines of pages of the folder are kept: cleanpage serve FOLDER";
}

async function makeRule() {
  const note = $("line-note");
  note.textContent = "Looking for examples …";
  try {
    const found = await (await ask("rule", { ...page(), url: $("url").value, toml: toml(), block: chosen })).json();
    rule.value = rule.value.trim() ? `${rule.value.trimEnd()}\n\n${found.toml}` : found.toml;
    const also = found.in_text.length ? ` In the text now: ${found.in_text.map((words) => `“${words}”`).join(", ")}.` : "";
    note.textContent = `Patterns see “${found.folded}”. The rule matches ${count(found.matches, "line")} on ${count(found.pages, "page")}.${also}`;
    tryPage();
  } catch (error) {
    note.textContent = error.message;
  }
}

async function expect(goes) {
  try {
    const { count: many, file: path } = await (await ask("expect", { ...page(), url: $("url").value, line: lines[chosen][0], goes })).json();
    $("line-note").textContent = `Kept: it should ${goes ? "go" : "stay"}. cleanpage check ${path} (${count(many, "line")})`;
  } catch (error) {
    $("line-note").textContent = error.message;
  }
}

$("make").addEventListener("click", makeRule);
$("stay").addEventListener("click", () => expect(false));
$("go").addEventListener("click", () => expect(true));

/* Saving to the config file: asked once. */

async function saveConfig() {
  $("asked").hidden = mayWrite;
  if (!mayWrite) return;
  try {
    const { file: path, favor: now } = await (await ask("save", { toml: toml() })).json();
    $("saved").textContent = `Saved to ${path}; trials are compared with it from now on.`;
    favor = $("favor").value = now;
    $("byline").checked = false;
    rule.value = "";
    tryPage();
  } catch (error) {
    $("saved").textContent = `Not saved: ${error.message}`;
  }
}

$("save-config").addEventListener("click", saveConfig);
$("yes").addEventListener("click", () => ((mayWrite = true), saveConfig()));
$("no").addEventListener("click", () => ($("asked").hidden = true));

function summary(changes) {
  if (!toml().trim()) return "The page as it is cleaned now. Try a rule.";
  if (!changes.differs) return "The trial changes nothing on this page.";
  const { blocks, gone, new: fresh } = changes.counts;
  const parts = [];
  if (gone) parts.push(`${count(gone, "paragraph")} out of the text`);
  if (fresh) parts.push(`${count(fresh, "paragraph")} into the text`);
  if (!gone && !fresh) parts.push("the text stays as it is");
  if (blocks) parts.push(`${count(blocks, "block")} ${blocks === 1 ? "ends" : "end"} differently`);
  if (changes.fields.length) parts.push(`fields: ${changes.fields.map(([name]) => name).join(", ")}`);
  return parts.join(" · ");
}

function diff(changes) {
  const list = element("dl", { className: "diff" });
  const row = (name, kind, words) => list.append(element("dt", {}, ...name), element("dd", { className: kind, dir: "auto" }, words));
  for (const words of changes.gone) row(["out of text"], "gone", `− ${words}`);
  for (const words of changes.new) row(["into text"], "new", `+ ${words}`);
  for (const [name, before, after] of changes.fields) {
    const was = before.join(" · "), is = after.join(" · ");
    if (was && is && was.length + is.length < SHORT) row([name], "", `${was} → ${is}`);
    else was && row([name], "gone", `− ${was}`), is && row([name], "new", `+ ${is}`);
  }
  for (const { text: words, before, after } of changes.blocks) row([element("s", {}, before), ` → ${after}`], "", words);
  const listed = changes.blocks.length + changes.gone.length + changes.new.length;
  const all = changes.counts.blocks + changes.counts.gone + changes.counts.new;
  if (all > listed) row(["…"], "", `${all - listed} more`);
  return list;
}

/* The folder: one line a page, as they are cleaned. */

let walking = null;
async function tryFolder() {
  walking?.abort();
  const mine = (walking = new AbortController());
  const results = $("results"), tally = $("tally"), progress = $("progress");
  let done = 0, changed = 0, wrong = 0, total = 0, buffer = "";
  results.replaceChildren();
  $("since").textContent = "";
  $("folder").hidden = $("stop").hidden = false;
  const say = (end) => { tally.textContent = `${changed} of ${count(done, "page")} ${changed === 1 ? "changes" : "change"}${wrong ? `, ${count(wrong, "expectation")} broken` : ""}${end}`; };
  try {
    const reader = (await ask("folder", { toml: toml() }, mine.signal)).body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done: end } = await reader.read();
      const lines = (buffer + (value ?? "")).split("\n");
      buffer = lines.pop();
      for (const line of lines) {
        const found = JSON.parse(line);
        if ("total" in found) {
          total = progress.max = found.total;
          problems(found.problems);
          continue;
        }
        progress.value = ++done;
        for (const words of found.broken ?? []) wrong++, results.prepend(element("p", { className: "bad" }, `${found.name}: ${words}`));
        if (found.error) results.append(element("p", { className: "bad" }, `${found.name}: ${found.error}`));
        else if (found.changes.differs) changed++, results.append(result(found));
      }
      if (end) break;
      say(`, ${total - done} to go`);
    }
    say(done < total ? ", then it ended" : "");
  } catch (error) {
    say(error.name === "AbortError" ? ", then stopped" : `: ${error.message}`);
  } finally {
    if (mine === walking) $("stop").hidden = true;
  }
}

function result({ name, changes }) {
  const open = element("button", { type: "button" }, name);
  open.addEventListener("click", () => {
    closeFile();
    $("name").value = name;
    tryPage();
  });
  return element("details", {}, element("summary", {}, open, ` ${summary(changes)}`), diff(changes));
}

/* Files. */

async function openFile(chosen) {
  if (chosen.size > MAX_BYTES) {
    state.textContent = `${chosen.name} has more than 20 MB.`;
    return;
  }
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(chosen);
  });
  file = { name: chosen.name, base64: address.slice(address.indexOf(",") + 1) };
  $("opened").textContent = chosen.name;
  $("close").hidden = false;
  $("name").value = "";
  tryPage();
}

function closeFile() {
  file = null;
  $("file").value = $("opened").textContent = "";
  $("close").hidden = true;
}

$("file").addEventListener("change", (event) => event.target.files[0] && openFile(event.target.files[0]));
$("close").addEventListener("click", () => (closeFile(), tryPage()));
const drop = $("drop");
for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files[0]) openFile(event.dataTransfer.files[0]);
  });

/* The rest of the form. */

text.addEventListener("input", () => {
  closeFile();
  $("name").value = "";
  soon();
});
$("url").addEventListener("input", soon);
rule.addEventListener("input", () => {
  if (walking && !$("folder").hidden) $("since").textContent = ", before the rule was changed";
  soon();
});
for (const box of [$("favor"), $("byline")]) box.addEventListener("change", tryPage);
$("name").addEventListener("change", () => {
  closeFile();
  tryPage();
});
$("input").addEventListener("submit", (event) => event.preventDefault());
$("example").addEventListener("click", () => {
  rule.value = rule.value.trim() ? `${rule.value.trimEnd()}\n\n${START}` : START;
  rule.focus();
  tryPage();
});
$("try-folder").addEventListener("click", tryFolder);
$("stop").addEventListener("click", () => walking?.abort());
$("hide").addEventListener("click", () => (walking?.abort(), ($("folder").hidden = true)));
$("save").addEventListener("click", () => {
  const address = URL.createObjectURL(new Blob([`${toml().trimEnd()}\n`], { type: "application/toml" }));
  element("a", { href: address, download: "cleanpage.toml" }).click();
  URL.revokeObjectURL(address);
});

async function begin() {
  const { pages, left_out: leftOut, favor: given, config } = await (await fetch("pages")).json();
  favor = $("favor").value = given;
  $("save-config").hidden = !config;
  $("asked").firstElementChild.textContent = `Put this into ${config}? The file is changed, and everything that uses it.`;
  $("name").append(...pages.map((name) => element("option", { value: name }, name)));
  if (leftOut) $("name").append(element("option", { disabled: true }, `${leftOut} more are tried, not listed`));
  $("from-folder").hidden = $("try-folder").hidden = pages.length === 0;
  if (!text.value) $("name").value = pages[0] ?? "";
  tryPage();
}
begin();
