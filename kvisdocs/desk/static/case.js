// A case while somebody types: after each pause the desk judges the form or the text, and each is shown in the other.
// The text is the one truth. Without this script all of it happens when the form is sent.
"use strict";
const PAUSE_MS = 300;
const form = document.getElementById("sagen");
const text = document.getElementById("tekst");
const fields = document.getElementById("felter");
const byId = (id) => document.getElementById(id);

function startCase() {
  const base = form.elements.grund;  // the text that the fields were laid out from; none in the view of the text alone
  let typing = fields ? "fields" : "text";
  let timer = 0, asked = 0, changed = "changed" in form.dataset, sending = false;

  function body(extra = {}) {
    const sent = new URLSearchParams(new FormData(form));
    if (fields && typing === "text") {
      for (const name of [...sent.keys()]) if (name.startsWith("felt/")) sent.delete(name);
      sent.set("grund", text.value);
    }
    for (const [name, value] of Object.entries(extra)) sent.set(name, value);
    return sent;
  }

  form.sentBody = body;  // for what else is to be told what stands here

  async function check(extra = {}) {
    clearTimeout(timer);
    const number = ++asked;
    let answer;
    try {
      const response = await fetch(form.dataset.check, { method: "POST", body: body(extra) });
      if (!response.ok) return false;
      answer = await response.json();
    } catch {
      return false;  // the desk is closed; saving will say so
    }
    if (number === asked) show(answer);
    if (extra.handling) document.dispatchEvent(new CustomEvent("case-typed"));
    return true;
  }

  function show(answer) {
    if (fields) {
      byId("ulaeselig").hidden = answer.isForm;
      fields.inert = !answer.isForm;
      if (answer.fields !== null) {
        replaceFields(answer.fields);
        base.value = answer.text;
        if (typing === "fields" || answer.focus) focusOn(answer.focus);
        typing = "fields";
      }
      if (document.activeElement !== text && text.value !== answer.text) replaceText(answer.text);
      showFaults(answer);
    }
    replace(byId("fundet"), answer.found);
    replace(byId("dokumenter"), answer.documents);
    if (byId("antal").textContent !== answer.count) byId("antal").textContent = answer.count;
  }

  function replaceText(now) {
    const before = text.value.split("\n"), after = now.split("\n");
    const line = after.findIndex((each, number) => each !== before[number]);
    const height = text.scrollHeight / before.length;
    let top = text.scrollTop;
    if (line >= 0 && (line * height < top || (line + 2) * height > top + text.clientHeight)) top = (line - 4) * height;
    text.value = now;
    text.scrollTop = top;  // where the change is
  }

  function replaceFields(now) {
    const open = new Map([...fields.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
    replace(fields, now);
    for (const each of fields.querySelectorAll("details[id]")) {
      if (open.has(each.id) && !each.hasAttribute("autofocus")) each.open = open.get(each.id);
    }
    document.dispatchEvent(new CustomEvent("case-laid-out"));
  }

  function showFaults(answer) {
    for (const place of fields.querySelectorAll(".faults")) {
      const name = place.id.slice("fejl/".length);
      replace(place, answer.faults[name] ?? "");
      const field = byId(`felt/${name}`);
      if (!field || !field.matches("input, select, textarea")) continue;
      if (answer.wrong.includes(name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  function focusOn(name) {
    const place = byId(`felt/${name}`);
    if (!name || !place) return;
    for (let each = place; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    const first = place.matches("fieldset.item") ? place.querySelector("input, select, textarea") : null;
    const at = first ?? place, isSection = at.matches("details, fieldset");
    if (isSection) at.scrollIntoView();  // its beginning: it may be longer than the window
    at.focus({ preventScroll: isSection });
  }

  function note() {
    changed = true;
    byId("ugemt").hidden = false;
    asked += 1;  // an answer that is on its way is of what was there before
    clearTimeout(timer);
    timer = setTimeout(() => {
      document.dispatchEvent(new CustomEvent("case-typed"));
      check();
    }, PAUSE_MS);
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "dokument") return;
    if (fields) typing = "fields";
    const mark = event.target.labels?.[0]?.querySelector(".open");
    if (mark) mark.hidden = event.target.value !== "";
    note();
  });
  if (fields) {
    text.readOnly = false;
    text.addEventListener("input", () => { typing = "text"; note(); });
  }
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (fields && typing === "text") {
      base.value = text.value;
      for (const each of fields.querySelectorAll("[name]")) each.disabled = true;
      setTimeout(() => { for (const each of fields.querySelectorAll("[name]")) each.disabled = false; });
    }
    if (button?.name !== "handling" || button.value.startsWith("vis ")) {
      sending = !button?.formAction.includes("/visning");
      return;
    }
    event.preventDefault();
    note();
    fields.inert = true;  // what would be typed meanwhile would be lost
    if (!(await check({ handling: button.value }))) fields.inert = false;
    else if (/^(op|ned) /.test(button.value)) keepOn(button.value);
    if (document.activeElement === document.body) (button.isConnected ? button : byId("tekst")).focus();
  });

  // After a move the same button of the same item has the focus again, or the other one where it stands at the end.
  function keepOn(pressed) {
    const [action, path] = pressed.split(" ");
    const to = path.replace(/@(\d+)$/, (_, number) => `@${Number(number) + (action === "op" ? -1 : 1)}`);
    const other = action === "op" ? "ned" : "op";
    const find = (each) => [...fields.querySelectorAll("button")].find((one) => one.value === `${each} ${to}`);
    (find(action) ?? find(other))?.focus();
  }

  window.addEventListener("beforeunload", (event) => { if (changed && !sending) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-field], a[data-line]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.field) focusOn(link.dataset.field.slice("felt/".length));
    else showLine(Number(link.dataset.line), Number(link.dataset.column));
  });
  form.dataset.ready = "";
}

// Only what differs is put in, so that a screen reader is not told the same again.
const shown = new WeakMap();
function replace(place, html) {
  if (shown.get(place) === html) return;
  shown.set(place, html);
  place.innerHTML = html;
}

function showLine(line, column) {
  const lines = text.value.split("\n");
  const before = lines.slice(0, line - 1).join("\n");
  const start = before.length + (before || line > 1 ? 1 : 0);
  const at = Math.min(start + Math.max(0, column - 1), text.value.length);
  text.focus();
  text.setSelectionRange(at, at);
  text.scrollTop = Math.max(0, (line - 5) * (text.scrollHeight / lines.length));
}

if (form) startCase();
