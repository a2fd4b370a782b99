// Buttons for Markdown above the fields that hold it. They work on what is marked, and are reached by Tab and the arrows.
"use strict";
const around = (sign) => (marked) => {
  const isIn = marked.length >= 2 * sign.length && marked.startsWith(sign) && marked.endsWith(sign);
  if (isIn) return [marked.slice(sign.length, -sign.length), 0, 0];
  return [`${sign}${marked}${sign}`, sign.length, sign.length];
};
const before = (sign) => (lines) => {
  const all = lines.split("\n").map((line, number) => [line, sign(number)]);
  const isDone = all.every(([line, start]) => line.startsWith(start));
  return [all.map(([line, start]) => (isDone ? line.slice(start.length) : start + line)).join("\n"), 0, 0];
};
const link = (marked) => [`[${marked}](https://)`, marked ? marked.length + 3 : 1, marked ? 1 : 11];
const table = (marked) => [`${marked && `${marked}\n\n`}| Overskrift | Overskrift |\n| --- | --- |\n| Tekst | Tekst |`, 0, 0];
const SIGNS = [
  { title: "Fed", key: "b", write: around("**") },
  { title: "Kursiv", key: "i", write: around("*") },
  { title: "Link", write: link },
  { title: "Overskrift", write: before(() => "### "), lines: true },
  { title: "Liste", write: before(() => "- "), lines: true },
  { title: "Nummereret liste", write: before((number) => `${number + 1}. `), lines: true },
  { title: "Tabel", write: table, lines: true },
];

function dress(field) {
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Formatering: ${field.labels[0].firstChild.textContent.trim()}`);
  bar.setAttribute("aria-controls", field.id);
  for (const sign of SIGNS) {
    if (sign.lines && field.dataset.prose === "phrase") continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet small";
    button.textContent = sign.title;
    button.tabIndex = bar.childElementCount ? -1 : 0;
    if (sign.key) button.title = `Ctrl+${sign.key.toUpperCase()}`;
    button.addEventListener("click", () => write(field, sign));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => walk(bar, event));
  field.addEventListener("keydown", (event) => {
    const sign = (event.ctrlKey || event.metaKey) && !event.altKey && SIGNS.find((each) => each.key === event.key.toLowerCase());
    if (!sign) return;
    event.preventDefault();
    write(field, sign);
  });
  field.before(bar);
}

function walk(bar, event) {
  const buttons = [...bar.children], at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons.at(to % buttons.length);
  buttons.forEach((each) => { each.tabIndex = each === next ? 0 : -1; });
  next.focus();
}

function write(field, sign) {
  let [start, end] = [field.selectionStart, field.selectionEnd];
  if (sign.lines) {
    start = field.value.lastIndexOf("\n", start - 1) + 1;
    const stop = field.value.indexOf("\n", end);
    end = stop < 0 ? field.value.length : stop;
  }
  const [text, left, right] = sign.write(field.value.slice(start, end));
  field.focus();
  field.setSelectionRange(start, end);
  // The old command is the one that keeps the browser's own undo.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + left, start + text.length - right);
}

const dressAll = () => document.querySelectorAll("textarea[data-prose]").forEach(dress);
document.addEventListener("case-laid-out", dressAll);
dressAll();
